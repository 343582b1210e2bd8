"""Accounts, roles and organisations are changed by services only: permission first, one audit entry always."""

from datetime import date

import pytest

from rongji.accounts import selectors, services
from rongji.accounts.models import RoleAssignment, TrailEntry, User
from rongji.accounts.refusals import (
    AreaCodeUnfit,
    NotAllowed,
    OrganisationExists,
    OrganisationKindUnfit,
    OrganisationUnknown,
    PasswordUnfit,
    RoleNotHeld,
    RolesExclude,
    RoleUnknown,
    UserExists,
    UsernameUnfit,
    UserUnknown,
)
from rongji.accounts.types import ROLE_LABELS, SEPARATE_DUTIES, Origin, OriginKind, Role

pytestmark = pytest.mark.django_db
GOOD = "Long-enough-2024"


@pytest.fixture
def admin(actor):
    """Whoever runs the system."""
    return actor("administrator")


@pytest.fixture
def bureau(admin):
    """A bureau opened by the service."""
    return services.open_organisation(
        actor=admin, code="yl", name="示例局", kind="bureau", area_code="430104", effective_on=date(2019, 3, 1)
    )


WRITES = {
    "open_organisation": {"code": "new", "name": "新局", "kind": "bureau", "area_code": "430104"},
    "change_area_code": {"code": "yl", "area_code": "430105", "effective_on": date(2024, 1, 1)},
    "add_user": {"username": "emil", "display_name": "示例戊", "password": GOOD},
    "assign_role": {"username": "known", "role": "clerk"},
    "withdraw_role": {"username": "known", "role": "finance"},
    "reset_password": {"username": "known", "password": GOOD},
    "close_user": {"username": "known"},
}


@pytest.mark.parametrize("name", WRITES)
def test_every_write_asks_for_permission_and_leaves_one_entry(name, admin, actor, user, bureau):
    """Refused to finance without a trace of a change; done by the administrator with exactly one entry."""
    user("finance", username="known")
    service, facts = getattr(services, name), WRITES[name]
    finance = actor("finance")
    before = TrailEntry.objects.count()
    with pytest.raises(NotAllowed):
        service(actor=finance, **facts)
    assert TrailEntry.objects.count() == before
    service(actor=admin, **facts)
    entries = TrailEntry.objects.order_by("sequence")[before:]
    assert [(entry.action, entry.actor_id) for entry in entries] == [(f"accounts.{name}", admin.user_id)]


def test_a_password_never_reaches_the_trail(admin):
    """Neither in clear nor hashed."""
    services.add_user(actor=admin, username="emil", display_name="示例戊", password=GOOD)
    stored = User.objects.get(username="emil").password
    told = "".join(str(entry.detail) + entry.summary for entry in TrailEntry.objects.all())
    assert GOOD not in told
    assert stored not in told


REFUSED = [
    ("add_user", {"username": "Ä", "display_name": "x", "password": GOOD}, UsernameUnfit),
    ("add_user", {"username": "known", "display_name": "x", "password": GOOD}, UserExists),
    ("add_user", {"username": "emil", "display_name": "x", "password": "weak"}, PasswordUnfit),
    (
        "add_user",
        {"username": "emil", "display_name": "x", "password": GOOD, "organisation_code": "?"},
        OrganisationUnknown,
    ),
    ("assign_role", {"username": "nobody", "role": "clerk"}, UserUnknown),
    ("assign_role", {"username": "known", "role": "king"}, RoleUnknown),
    ("assign_role", {"username": "known", "role": "clerk", "organisation_code": "?"}, OrganisationUnknown),
    ("withdraw_role", {"username": "known", "role": "clerk"}, RoleNotHeld),
    ("open_organisation", {"code": "yl", "name": "x", "kind": "bureau", "area_code": "430104"}, OrganisationExists),
    ("open_organisation", {"code": "b", "name": "x", "kind": "bureau", "area_code": "4301"}, AreaCodeUnfit),
    ("open_organisation", {"code": "b", "name": "x", "kind": "unit", "area_code": "430104"}, OrganisationKindUnfit),
    ("open_organisation", {"code": "b", "name": "x", "kind": "king", "area_code": "430104"}, OrganisationKindUnfit),
]


@pytest.mark.parametrize(("name", "facts", "refusal"), REFUSED, ids=[f"{row[0]}-{row[2].__name__}" for row in REFUSED])
def test_a_bad_request_is_refused_in_words_and_changes_nothing(name, facts, refusal, admin, user, bureau):
    """Each with its own refusal; no entry remains."""
    user("finance", username="known")
    before = TrailEntry.objects.count()
    with pytest.raises(refusal):
        getattr(services, name)(actor=admin, **facts)
    assert TrailEntry.objects.count() == before


PAIRS = [(held, wanted) for held in Role for wanted in Role]


@pytest.mark.parametrize(("held", "wanted"), PAIRS, ids=[f"{a}+{b}" for a, b in PAIRS])
def test_using_running_and_auditing_the_system_are_three_people(held, wanted, admin, user):
    """All 64 pairs of roles: only roles of the same duty go together."""
    user(held.value, username="known")
    together = any({held, wanted} <= duty for duty in SEPARATE_DUTIES)
    if together:
        services.assign_role(actor=admin, username="known", role=ROLE_LABELS[wanted])
    else:
        with pytest.raises(RolesExclude):
            services.assign_role(actor=admin, username="known", role=wanted.value)
    held_now = set(RoleAssignment.objects.filter(user__username="known").values_list("role_id", flat=True))
    assert held_now == ({held.value, wanted.value} if together else {held.value})


def test_the_same_role_is_given_once(admin, user):
    """Giving it again changes nothing and tells nothing."""
    user(username="known")
    first = services.assign_role(actor=admin, username="known", role="clerk")
    before = TrailEntry.objects.count()
    assert services.assign_role(actor=admin, username="known", role="clerk") == first
    assert TrailEntry.objects.count() == before


def test_an_organisation_keeps_its_former_area_codes(admin, bureau):
    """Both sides of the day on which the code changed."""
    services.change_area_code(actor=admin, code="yl", area_code="430105", effective_on=date(2022, 7, 1), act="示例批复")
    assert selectors.area_code_on("yl", date(2022, 6, 30)) == "430104"
    assert selectors.area_code_on("yl", date(2022, 7, 1)) == "430105"
    assert selectors.organisation("yl").area_code == "430105"


def test_a_closed_account_acts_no_more(admin, user):
    """Not on the command line either."""
    user("finance", username="known")
    services.close_user(actor=admin, username="known")
    with pytest.raises(UserUnknown):
        selectors.actor_named(username="known", origin=Origin(OriginKind.CLI), at=admin.at)
