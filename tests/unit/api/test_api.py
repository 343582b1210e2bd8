"""The API: the same rooms and policies as the pages, one error shape, numbers as strings."""

import json
from pathlib import Path

import jsonschema
import pytest
from django.test import Client

from rongji.kernel import clock
from rongji.performance.services import import_year

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.django_db
YEAR = "/api/years/qingshan/2024"


@pytest.fixture
def bureau(organisation):
    """The bureau of the made-up year."""
    return organisation("qingshan", area_code="990101")


@pytest.fixture
def year(bureau, actor):
    """The made-up year on record."""
    import_year(
        actor=actor("performance_officer", organisation=bureau), source=ROOT / "examples/qingshan-2024/year.yaml"
    )


@pytest.fixture
def client_of(user, bureau):
    """A signed-in client of a role."""

    def make(role: str, organisation=None) -> Client:
        client = Client(headers={"accept": "application/json"})
        person = user(role, organisation=organisation or bureau)
        person.password_changed_at = clock.now()
        person.save()
        client.post("/accounts/login/", {"login": person.username, "password": "Demo-pass-2024"})
        return client

    return make


def test_without_signing_in_there_is_nothing(year):
    """401 and the one error shape."""
    answer = Client().get(f"{YEAR}/figures")
    assert answer.status_code == 401
    assert set(answer.json()) == {"code", "message", "facts"}


def test_years_and_figures_are_given_as_strings(year, client_of):
    """No float anywhere in the answer."""
    client = client_of("reviewer")
    assert [(item["bureau"], item["year"]) for item in client.get("/api/years").json()] == [("qingshan", 2024)]
    found = client.get(f"{YEAR}/figures", {"concept": "expenditure.total"}).json()
    assert found and all(isinstance(item["value"], str) for item in found)
    assert "float" not in {type(value).__name__ for item in found for value in item.values()}


def test_a_figure_opens_into_its_lineage(year, client_of):
    """Label, definition, source, statements."""
    found = client_of("director").get(f"{YEAR}/figure", {"key": "expenditure.total:actual"}).json()
    assert found["label"].startswith("支出合计") and found["definition"] and found["statements"]


def test_the_evaluation_keeps_the_schema_of_the_reference(year, client_of):
    """The made-up year is final."""
    found = client_of("finance").get(f"{YEAR}/evaluation").json()
    schema = json.loads((ROOT / "docs/reference/evaluation.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(found, schema)
    assert found["final"] is True


def test_the_check_lists_what_holds_too(year, client_of):
    """A clean year with everything that was looked at."""
    found = client_of("finance").get(f"{YEAR}/check").json()
    assert found["counts"]["contradiction"] == 0 and found["counts"]["holds"] > 50


@pytest.mark.parametrize(
    ("role", "address", "status"),
    [
        ("administrator", f"{YEAR}/figures", 403),
        ("finance", "/api/years/nowhere/2024/figures", 404),
        ("finance", "/api/years/qingshan/twenty/figures", 422),
        ("finance", f"{YEAR}/figure?key=no.such:thing", 422),
    ],
)
def test_every_refusal_has_one_shape(role, address, status, year, client_of):
    """Code, sentence, facts."""
    answer = client_of(role).get(address)
    assert answer.status_code == status
    assert set(answer.json()) == {"code", "message", "facts"}


def test_another_bureau_s_year_is_out_of_sight(year, client_of, organisation):
    """Row scope holds over the API."""
    other = organisation("other", area_code="430621")
    client = client_of("finance", other)
    assert client.get("/api/years").json() == []
    assert client.get(f"{YEAR}/figures").status_code in (403, 404)


def test_the_documentation_is_served_from_here(db):
    """No address outside this server in the page."""
    page = Client().get("/api/docs").content.decode()
    assert "/static/ninja/" in page and "cdn" not in page


def test_an_account_that_owes_a_new_password_is_told_so_in_json(year, user, bureau):
    """No redirect to a page where JSON was asked for."""
    person = user("finance", organisation=bureau)
    client = Client(headers={"accept": "application/json"})
    client.post("/accounts/login/", {"login": person.username, "password": "Demo-pass-2024"})
    answer = client.get("/api/years")
    assert answer.status_code == 403 and answer.json()["code"] == "duty-first"
