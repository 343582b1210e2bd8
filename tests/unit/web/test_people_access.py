"""Which role gets which page of people and payments: the policies of the services, in scope, and never a crash."""

import re

import pytest
from django.test import Client
from payroll_county import BUREAU, County

from rongji.kernel import clock

pytestmark = pytest.mark.django_db
OPEN, CLOSED = 200, 403
EVERYBODY = (
    "clerk", "section_head", "finance", "director", "performance_officer", "reviewer", "administrator", "auditor",
)  # fmt: skip
BUREAU_PEOPLE = {"clerk", "section_head", "finance", "director", "performance_officer", "auditor"}
MONEY = {"clerk", "section_head", "finance", "director", "reviewer", "auditor"}
PAGES = {
    "/people/": BUREAU_PEOPLE,
    "/people/{person}/": BUREAU_PEOPLE,
    "/people/families/{family}/": BUREAU_PEOPLE,
    "/people/stations/": BUREAU_PEOPLE,
    "/people/import/": {"clerk", "section_head"},
    "/people/new/": {"clerk", "section_head"},
    "/people/confirmation/": BUREAU_PEOPLE,
    "/people/duplicates/": BUREAU_PEOPLE,
    "/people/duplicates/{person}/{person}/": BUREAU_PEOPLE,
    "/people/{person}/why/2023-10/": MONEY - {"reviewer"},  # a reviewer sees sums, and no person
    "/payments/": MONEY,
    "/payments/{run}/": MONEY,
    "/payments/{run}/lines/?cause=regular": MONEY,
    "/payments/{run}/bank/": MONEY,
    "/payments/approvals/": {"section_head", "finance", "director"},
    "/payments/recoveries/": MONEY,
    "/payments/what-if/": MONEY,
}
ACTS = {
    "/people/{person}/reveal/": {"clerk", "section_head", "finance"},
    "/people/found/": BUREAU_PEOPLE,
    "/people/import/confirm/": {"clerk", "section_head"},
    "/people/confirmation/1/unchanged/": {"clerk", "section_head"},
    "/payments/compute/": {"clerk", "finance"},
    "/payments/{run}/propose/": {"clerk", "finance"},
    "/payments/{run}/discard/": {"clerk", "finance"},
    "/payments/{run}/approve/": {"section_head", "finance", "director"},
    "/payments/{run}/send-back/": {"section_head", "finance", "director"},
    "/payments/{run}/bank/make/": {"finance"},
    "/payments/{run}/bank/retry/": {"finance"},
    "/payments/{run}/bank/return/": {"finance"},
    "/payments/{run}/bank/settle/": {"finance"},
    "/payments/{run}/bank/post/": {"finance"},
}


@pytest.fixture
def county(organisation, actor):
    """A pensioner with a household and one month paid."""
    from payroll_county import day, on

    from rongji.people.services import add_family_member, open_family

    made = County.founded(organisation, actor, first_month="2023-10")
    person, _ = made.pensioner("2023-07-01")
    clerk = on(made.clerk, day("2023-07-02"))
    family = open_family(actor=clerk, bureau=BUREAU, number="H-1")
    add_family_member(actor=clerk, family_id=family, person_id=person, role="户主", from_on=day("1980-05-01"))
    made.places = {"person": person, "family": family, "run": made.paid("2023-11-05", "2023-10").pk}
    return made


@pytest.fixture
def client_of(user):
    """A signed-in client of a role, everywhere or in one bureau; its crashes are answers and not exceptions."""

    def make(role, organisation=None):
        person = user(role, organisation=organisation)
        person.password_changed_at = clock.now()
        person.save()
        client = Client(raise_request_exception=False)
        client.post("/accounts/login/", {"login": person.username, "password": "Demo-pass-2024"})
        return client

    return make


@pytest.mark.parametrize("role", EVERYBODY)
def test_a_page_is_open_to_its_roles_only(county, client_of, role):
    """Open, or refused in words that name the roles; never half a page."""
    client = client_of(role)
    for page, roles in PAGES.items():
        answer = client.get(page.format(**county.places))
        assert answer.status_code == (OPEN if role in roles else CLOSED), page
        if role not in roles:
            assert "需要角色" in answer.content.decode()


@pytest.mark.parametrize("role", EVERYBODY)
def test_an_act_is_refused_to_every_other_role(county, client_of, role):
    """Whoever lacks the role is refused with words; whoever has it is answered, if only by what the form lacks."""
    client = client_of(role)
    for address, roles in ACTS.items():
        answer = client.post(address.format(**county.places), {})
        assert answer.status_code < 500, address
        assert (answer.status_code == CLOSED) == (role not in roles), address


def test_nobody_sees_the_people_and_payments_of_another_bureau(county, organisation, client_of):
    """Neither by search nor by address; the same words as for what does not exist, or that it is out of scope."""
    client = client_of("clerk", organisation("elsewhere", area_code="440100"))
    assert "示例" not in client.post("/people/found/", {"words": "示例"}).content.decode().replace("示例”", "")
    for page in (
        "/people/{person}/",
        "/people/families/{family}/",
        "/people/{person}/why/2023-10/",
        "/payments/{run}/",
        "/payments/{run}/bank/",
    ):
        assert client.get(page.format(**county.places)).status_code == CLOSED, page


def test_a_statement_for_the_person_is_a_pdf(county, client_of):
    """Whoever may see runs takes it along; others are refused."""
    from rongji.payments.selectors import payments_of_person

    (payment,) = payments_of_person(county.places["person"])
    answer = client_of("clerk").get(f"/payments/statements/{payment.id}/")
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert client_of("performance_officer").get(f"/payments/statements/{payment.id}/").status_code == CLOSED


def test_nothing_on_a_page_leads_to_where_its_reader_may_not_go(county, client_of):
    """A performance officer reads the file, and finds no door in it that is closed."""
    client = client_of("performance_officer")
    page = client.get("/people/{person}/".format(**county.places)).content.decode()
    doors = set(re.findall(r'href="(/(?:people|payments)/[^"#]*)"', page))
    assert doors
    assert [door for door in doors if client.get(door).status_code != OPEN] == []


def test_what_does_not_exist_is_said_in_words(county, client_of):
    """A person, run, month or station that nobody knows: 404 with what to do."""
    client = client_of("section_head")
    for page in (
        "/people/99999/",
        "/people/{person}/why/2023-99/",
        "/payments/99999/",
        "/people/families/99999/",
        "/people/stations/no/",
    ):
        answer = client.get(page.format(**county.places))
        assert answer.status_code == 404 and "代号" in answer.content.decode(), page


def test_no_number_of_a_person_stands_on_a_page_in_full(organisation, actor, client_of):
    """File, search and station list print masks; the ID number, telephone and account are nowhere in the answer."""
    from payroll_county import account_number

    from rongji.kernel.identity_number import check_character

    made = County.founded(organisation, actor, first_month="2023-10")
    number = "99020119550304003" + check_character("99020119550304003")
    person, _ = made.pensioner("2023-07-01", id_number=number, phone="19900001234")
    client = client_of("clerk")
    pages = [client.get(f"/people/{person}/"), client.post("/people/found/", {"words": "示例"})]
    for page in pages:
        words = page.content.decode()
        assert "990201********" in words
        assert number not in words and "19900001234" not in words and account_number(1) not in words


def test_a_run_names_the_dead_as_known_when_it_was_computed(county, client_of):
    """Who died before the next run is told there; the run of the month before says nothing of it."""
    county.died("2023-11-20", county.places["person"], "2023-11-02")
    later = county.paid("2023-11-25", "2023-11").pk
    client = client_of("section_head")
    warned = [f"/payments/{run}/" for run in (county.places["run"], later)
              if "已去世，仍有应发" in client.get(f"/payments/{run}/").content.decode()]  # fmt: skip
    assert warned == [f"/payments/{later}/"]


def test_a_review_asks_few_questions_however_many_lines_it_has(county, client_of, django_assert_max_num_queries):
    """A handful for a review and for a file, whatever they list."""
    for _ in range(12):
        county.pensioner("2023-07-01")
    later = county.paid("2023-11-06", "2023-11").pk
    client = client_of("section_head")
    person = county.places["person"]
    pages = {
        f"/payments/{later}/": 60,
        f"/payments/{later}/lines/?cause=new": 30,
        f"/people/{person}/": 70,
        "/people/stations/": 40,
    }
    for page, most in pages.items():
        with django_assert_max_num_queries(most):
            assert client.get(page).status_code == OPEN
