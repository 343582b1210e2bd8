"""Who may do what, as a table, and the rules that every policy obeys."""

import pytest
from django.http import HttpResponse
from django.urls import include, path
from tests_clock import AT

from rongji.accounts import policies
from rongji.accounts.policies import Policy, all_policies, guard, guarded, public, unguarded_views
from rongji.accounts.refusals import NotAllowed, SignInNeeded
from rongji.accounts.types import BUSINESS_ROLES, Actor, Grant, Origin, OriginKind, Role, Scope

TABLE = """
role                | manage_users | see_users | manage_organisations | read_trail | verify_trail
clerk               | no           | no        | no                   | no         | no
section_head        | no           | no        | no                   | no         | no
finance             | no           | no        | no                   | no         | no
director            | no           | no        | no                   | no         | no
performance_officer | no           | no        | no                   | no         | no
reviewer            | no           | no        | no                   | no         | no
administrator       | yes          | yes       | yes                  | no         | yes
auditor             | no           | yes       | no                   | yes        | yes
"""


def matrix() -> list[tuple[str, Role, bool]]:
    """The table, cell by cell."""
    head, *rows = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]
    return [
        (f"accounts.{policy}", Role(row[0]), cell == "yes")
        for row in rows
        for policy, cell in zip(head[1:], row[1:], strict=True)
    ]


def holder(*grants: Grant) -> Actor:
    """Somebody with exactly these rights."""
    return Actor(name="示例", origin=Origin(OriginKind.CLI), at=AT, user_id=1, grants=grants)


@pytest.mark.parametrize(("name", "role", "may"), matrix())
def test_each_role_may_do_what_the_table_says(name, role, may):
    """Every role against every policy of the accounts."""
    policy = next(item for item in all_policies() if item.name == name)
    assert policy.permits(holder(Grant(role))) is may


def test_the_table_is_complete():
    """A new policy of the accounts, or a new role, has to be entered in the table."""
    cells = matrix()
    assert {name for name, _, _ in cells} == {p.name for p in all_policies() if p.name.startswith("accounts.")}
    assert {role for _, role, _ in cells} == set(Role)


def test_the_administrator_has_no_right_to_business_data():
    """No policy anywhere lets the administrator do what a business role may do."""
    mixed = [p.name for p in all_policies() if Role.ADMINISTRATOR in p.roles and p.roles & BUSINESS_ROLES]
    assert mixed == []
    with pytest.raises(ValueError, match="mixes administrator"):
        Policy("test.mixed", "混合", frozenset({Role.ADMINISTRATOR, Role.FINANCE}))


def test_a_policy_is_declared_once():
    """Two policies of one name would let one of them be forgotten."""
    with pytest.raises(ValueError, match="declared twice"):
        Policy("accounts.see_users", "别的", frozenset({Role.CLERK}))


SCOPED = Policy("test.scoped", "填报本单位数据", frozenset({Role.FINANCE}))
BUREAU, UNIT, ELSEWHERE = Scope("/1/", "430104"), Scope("/1/2/", "430104"), Scope("/7/", "430121")

SCOPES = [
    ("everywhere", Grant(Role.FINANCE), (True, True, True)),
    ("the bureau and below", Grant(Role.FINANCE, path="/1/"), (True, True, False)),
    ("one unit only", Grant(Role.FINANCE, path="/1/2/"), (False, True, False)),
    ("a city by its area code", Grant(Role.FINANCE, area="4301"), (True, True, True)),
    ("a district by its area code", Grant(Role.FINANCE, area="430104"), (True, True, False)),
    ("unit and area both", Grant(Role.FINANCE, path="/1/", area="430121"), (False, False, False)),
    ("everywhere, but in another role", Grant(Role.CLERK), (False, False, False)),
]


@pytest.mark.parametrize(("where", "grant", "expected"), SCOPES, ids=[row[0] for row in SCOPES])
def test_a_role_reaches_as_far_as_its_scope(where, grant, expected):
    """Bureau, unit below it, another bureau."""
    who = holder(grant)
    assert tuple(SCOPED.permits(who, scope) for scope in (BUREAU, UNIT, ELSEWHERE)) == expected


def test_rights_of_different_scopes_do_not_mix():
    """Finance here and clerk everywhere is not finance everywhere."""
    who = holder(Grant(Role.FINANCE, path="/1/2/"), Grant(Role.CLERK))
    assert SCOPED.permits(who, UNIT)
    assert not SCOPED.permits(who, ELSEWHERE)


def test_the_refusal_says_who_what_and_why():
    """Outside of the role, and outside of the scope, in words."""
    with pytest.raises(NotAllowed, match="示例不能“填报本单位数据”：需要角色“财务”。"):
        guard(holder(Grant(Role.CLERK)), SCOPED, BUREAU)
    with pytest.raises(NotAllowed, match="不在您的权限范围内") as caught:
        guard(holder(Grant(Role.FINANCE, path="/7/")), SCOPED, BUREAU)
    assert (caught.value.status, caught.value.exit_code) == (403, 4)


def test_a_scoped_policy_without_a_subject_is_a_bug():
    """A service cannot forget to say what it is about."""
    with pytest.raises(TypeError, match="needs the subject"):
        guard(holder(Grant(Role.FINANCE)), SCOPED)


class Request:
    """As much of a request as a guard looks at."""

    def __init__(self, actor: Actor | None) -> None:
        self.actor = actor


@guarded(SCOPED)
def a_page(request):
    """A view of the test."""
    return HttpResponse("ok")


@public(reason="登录前要看得到")
def a_public_page(request):
    """A public view of the test."""
    return HttpResponse("ok")


def a_forgotten_page(request):
    """A view without a policy."""
    return HttpResponse("ok")


def test_a_guarded_view_wants_somebody_with_the_role():
    """Nobody signed in, the wrong role, the right role."""
    with pytest.raises(SignInNeeded):
        a_page(Request(None))
    with pytest.raises(NotAllowed):
        a_page(Request(holder(Grant(Role.ADMINISTRATOR))))
    assert a_page(Request(holder(Grant(Role.FINANCE, path="/1/")))).content == b"ok"


def test_a_view_without_a_policy_is_found():
    """However deep its address lies."""
    patterns = [
        path("page/", a_page),
        path("open/", a_public_page),
        path("deep/", include([path("forgotten/", a_forgotten_page)])),
    ]
    assert unguarded_views(patterns) == ["deep/forgotten/"]


def test_an_api_operation_without_a_policy_is_found():
    """The function behind each operation counts, not the path."""
    from ninja import NinjaAPI

    api = NinjaAPI(urls_namespace="policy-test", docs_url=None, openapi_url=None)
    api.get("/guarded")(a_page)
    api.post("/forgotten")(a_forgotten_page)
    found = unguarded_views([path("api/", include((api.urls[0], "policy-test")))])
    assert [item for item in found if "api-root" not in item and item != "api/"] == ["api/forgotten POST"]


def test_every_address_of_the_system_has_a_policy():
    """The real addresses: pages, sign-in, API."""
    assert unguarded_views("rongji.config.urls") == []


def test_pages_of_libraries_are_open_for_a_stated_reason_only():
    """Each exception names a module and a reason."""
    assert all(
        module.startswith(("allauth.", "ninja.openapi.")) and reason
        for module, reason in policies.PUBLIC_MODULES.items()
    )
