"""Which role gets which page: the same policies as the services, and nobody sees another bureau's year."""

from pathlib import Path

import pytest
from django.test import Client

from rongji.kernel import clock

ROOT = Path(__file__).resolve().parents[3]
YEAR = "/years/wangcheng/2021/"
pytestmark = pytest.mark.django_db

OPEN, CLOSED = 200, 403
TABLE = [
    ("performance_officer", "import/", OPEN),
    ("finance", "import/", OPEN),
    ("clerk", "import/", CLOSED),
    ("director", "import/", CLOSED),
    ("director", "versions/", OPEN),
    ("reviewer", "report/", OPEN),
    ("reviewer", "indicators/", OPEN),
    ("auditor", "checks/", OPEN),
    ("administrator", "", CLOSED),
    ("administrator", "report/", CLOSED),
    ("administrator", "figure/?key=expenditure.total:actual", CLOSED),
]


@pytest.fixture
def bureau(organisation, actor):
    """A bureau with one published year."""
    from rongji.performance.services import import_year

    made = organisation("wangcheng", area_code="430112", name="长沙市望城区退役军人事务局")
    import_year(actor=actor("finance", organisation=made), source=ROOT / "examples/wangcheng-2021/year.yaml")
    return made


@pytest.fixture
def client_of(user):
    """A signed-in client of a role, everywhere or in one bureau."""

    def make(role, organisation=None):
        person = user(role, organisation=organisation)
        person.password_changed_at = clock.now()
        person.save()
        client = Client()
        client.post("/accounts/login/", {"login": person.username, "password": "Demo-pass-2024"})
        return client

    return make


@pytest.mark.parametrize(("role", "page", "status"), TABLE)
def test_a_page_is_open_to_its_roles_only(bureau, client_of, role, page, status):
    """Open or refused in words, never half a page."""
    answer = client_of(role).get(YEAR + page)
    assert answer.status_code == status
    if status == CLOSED:
        assert "需要角色" in answer.content.decode()


def test_nobody_sees_the_year_of_another_bureau(bureau, organisation, client_of):
    """Neither in the list nor by its address."""
    client = client_of("performance_officer", organisation("elsewhere", area_code="440100"))
    assert "望城" not in client.get("/years/").content.decode()
    assert client.get(f"{YEAR}report/").status_code == CLOSED


def test_signed_out_leads_to_the_sign_in_page(bureau):
    """And back to where one wanted to go."""
    answer = Client().get(f"{YEAR}report/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/") and "wangcheng" in answer["Location"]


@pytest.mark.parametrize(("role", "lands_on"), [("clerk", "/years/"), ("administrator", "/system/users/")])
def test_everybody_lands_on_the_first_page_of_their_own_menu(client_of, role, lands_on):
    """The front door leads on by role."""
    assert client_of(role).get("/")["Location"] == lands_on


def test_a_finaliser_may_not_lock_a_year_behind_a_forged_status(bureau, client_of):
    """A status outside the list is taken as the first step, which is all that this state permits."""
    client = client_of("performance_officer", bureau)
    client.post(f"{YEAR}versions/status/", {"status": "no-such-state"})
    assert "已提交" in client.get(f"{YEAR}versions/").content.decode()
