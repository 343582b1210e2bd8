"""Row scope in the database: the same answers as the policies give for single records."""

import pytest

from rongji.accounts.models import Organisation
from rongji.accounts.policies import Policy
from rongji.accounts.scoping import scope_filter
from rongji.accounts.types import Role

pytestmark = pytest.mark.django_db
READ = Policy("test.read_units", "查看单位", frozenset({Role.FINANCE, Role.REVIEWER}))


@pytest.fixture
def tree(organisation):
    """A bureau with a unit and a station below it, and a second bureau in another district."""
    bureau = organisation("yl", area_code="430104")
    unit = organisation("yl-1", parent=bureau, area_code="430104")
    return {
        "bureau": bureau,
        "unit": unit,
        "station": organisation("yl-1-1", parent=unit, area_code="430104001", kind="station"),
        "other": organisation("wc", area_code="430112"),
    }


ROWS = [
    ("no role at all", "", None, "", set()),
    ("administrator everywhere", "administrator", None, "", set()),
    ("auditor everywhere", "auditor", None, "", set()),
    ("finance everywhere", "finance", None, "", {"yl", "yl-1", "yl-1-1", "wc"}),
    ("finance of the bureau", "finance", "bureau", "", {"yl", "yl-1", "yl-1-1"}),
    ("finance of the unit", "finance", "unit", "", {"yl-1", "yl-1-1"}),
    ("reviewer of the city", "reviewer", None, "4301", {"yl", "yl-1", "yl-1-1", "wc"}),
    ("reviewer of one district", "reviewer", None, "430112", {"wc"}),
    ("clerk of one subdistrict", "clerk", None, "430104001", {"yl-1-1"}),
    ("finance of the unit in another district", "finance", "unit", "430112", set()),
]


@pytest.mark.parametrize(("who", "role", "where", "area", "seen"), ROWS, ids=[row[0] for row in ROWS])
def test_rows_are_visible_within_unit_and_area(actor, tree, who, role, where, area, seen):
    """What each person sees of the tree."""
    person = actor(role, organisation=tree[where] if where else None, area=area)
    visible = set(Organisation.objects.visible_to(person).values_list("code", flat=True))
    assert visible == seen


@pytest.mark.parametrize(("who", "role", "where", "area", "seen"), ROWS, ids=[row[0] for row in ROWS])
def test_the_list_and_the_single_record_agree(actor, tree, who, role, where, area, seen):
    """The condition for the database and the check of one record are the same rule."""
    person = actor(role, organisation=tree[where] if where else None, area=area)
    condition = READ.scope_filter(person, path_field="path", area_field="area_code")
    listed = set(Organisation.objects.filter(condition).values_list("code", flat=True))
    assert listed == {item.code for item in tree.values() if READ.permits(person, item)}


def test_a_sibling_whose_number_begins_alike_is_not_seen(actor, organisation):
    """`/1/` is not the beginning of `/12/`: the path closes every number."""
    bureaus = [organisation(f"b{number}") for number in range(12)]
    short = min(bureaus, key=lambda item: item.pk)
    person = actor("finance", organisation=short)
    assert [item.code for item in Organisation.objects.visible_to(person)] == [short.code]


def test_a_limit_that_the_table_does_not_know_shows_nothing(actor, tree):
    """Finance of one unit sees no row of a table that has no unit, rather than all of them."""
    person = actor("finance", organisation=tree["unit"])
    assert not Organisation.objects.filter(scope_filter(person, area_field="area_code")).exists()


def test_several_roles_add_up(user, tree, roles):
    """The unit by one role, the other bureau by another."""
    from tests_clock import AT

    from rongji.accounts.models import RoleAssignment
    from rongji.accounts.selectors import actor_for
    from rongji.accounts.types import Origin, OriginKind

    person = user("finance", organisation=tree["unit"])
    RoleAssignment.objects.create(user=person, role_id="reviewer", organisation=tree["other"])
    acting = actor_for(user=person, origin=Origin(OriginKind.CLI), at=AT)
    assert {item.code for item in Organisation.objects.visible_to(acting)} == {"yl-1", "yl-1-1", "wc"}
