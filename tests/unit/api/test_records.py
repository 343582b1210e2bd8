"""The registers over HTTP: the same services, the same noes, answers as one would type them."""

import json
import re

import pytest
from django.test import Client

from rongji.kernel import clock

pytestmark = [pytest.mark.database, pytest.mark.django_db]
FAIRS = "/api/registers/yunhu/job_fairs"
FAIR = {
    "held_on": "2023-03-05",
    "title": "春风行动",
    "kind": "现场招聘会",
    "employers": "3",
    "posts": "40",
    "attendees": "320",
}


@pytest.fixture
def bureau(organisation):
    """The bureau that keeps the registers."""
    return organisation("yunhu", area_code="990201")


@pytest.fixture
def call(user, bureau):
    """Ask the API as somebody of a role."""
    clients: dict[str, Client] = {}

    def client(role: str) -> Client:
        if role not in clients:
            clients[role] = Client(headers={"accept": "application/json"})
            person = user(role, organisation=bureau)
            person.password_changed_at = clock.now()
            person.save()
            clients[role].post("/accounts/login/", {"login": person.username, "password": "Demo-pass-2024"})
        return clients[role]

    def make(method: str, address: str, body=None, role: str = "clerk"):
        answer = getattr(client(role), method)(
            address, *([json.dumps(body)] if body is not None else []),
            **({"content_type": "application/json"} if body is not None else {}),
        )  # fmt: skip
        return answer.status_code, answer.json()

    return make


def test_the_registers_and_what_one_of_them_asks_for(call):
    status, listed = call("get", "/api/registers/yunhu")
    assert status == 200
    assert {"job_fairs", "visits"} <= {item["id"] for item in listed}
    _, declared = call("get", f"{FAIRS}/declaration")
    assert declared["fields"][0]["id"] == "held_on"
    assert "services.job_fairs.sessions" in [item["concept"] for item in declared["measures"]]


def test_a_record_is_entered_read_changed_and_withdrawn(call):
    status, made = call("post", FAIRS, {"answers": FAIR})
    assert (status, made["version"]) == (201, 1)
    address = f"/api/records/{made['id']}"
    change = {"version": 1, "answers": {"attendees": 330}, "reason": "补签到表"}
    assert call("patch", address, change) == (200, {"id": made["id"], "version": 2})
    status, again = call("patch", address, change)
    assert (status, again["code"]) == (409, "record-changed")
    _, page = call("get", address)
    assert page["record"]["answers"]["attendees"] == "330"
    assert page["history"][1]["fields"] == [["到场", "320", "330"]]
    status, gone = call("post", f"{address}/withdraw", {"reason": "重复登记"})
    assert (status, bool(gone["withdrawn_on"])) == (200, True)
    assert call("get", FAIRS)[1]["rows"] == []


def test_a_list_is_filtered_and_paged_by_parameters(call):
    for n in range(3):
        call("post", FAIRS, {"answers": {**FAIR, "title": f"第{n}场", "held_on": f"2023-0{n + 1}-01"}})
    _, page = call("get", f"{FAIRS}?first=2023-02-01&limit=1")
    assert (len(page["rows"]), page["count"], page["totals"]["attendees"]) == (1, "2", "640")
    _, rest = call("get", f"{FAIRS}?first=2023-02-01&limit=1&after={page['after']}")
    assert (rest["rows"][0]["title"], rest["after"]) == ("第1场", "")
    status, refused = call("get", f"{FAIRS}?nothing=x")
    assert (status, refused["code"]) == (422, "record-filter-unfit")


def test_rows_are_tried_and_then_taken_all_or_none(call):
    rows = [FAIR, {**FAIR, "title": "二", "attendees": "近300"}]
    status, tried = call("post", f"{FAIRS}/preview", {"rows": rows})
    assert (status, tried["added"], tried["errors"]) == (200, 1, 1)
    assert [(item["row"], item["field"]) for item in tried["findings"]] == [(2, "attendees")]
    assert call("post", f"{FAIRS}/rows", {"rows": rows})[0] == 422
    status, taken = call("post", f"{FAIRS}/rows", {"rows": [FAIR]})
    assert (status, len(taken["ids"])) == (200, 1)
    assert call("post", f"{FAIRS}/rows", {"rows": [FAIR]})[1]["unchanged"] == 1


@pytest.mark.parametrize(
    ("method", "address", "body", "role", "status"),
    [
        ("post", FAIRS, {"answers": {**FAIR, "attendees": "近300"}}, "clerk", 422),
        ("post", FAIRS, {"answers": FAIR}, "reviewer", 403),
        ("post", "/api/registers/yunhu/none", {"answers": {}}, "clerk", 404),
        ("post", "/api/registers/none/job_fairs", {"answers": FAIR}, "clerk", 404),
        ("get", "/api/records/999999", None, "clerk", 404),
        ("get", "/api/registers/yunhu", None, "administrator", 403),
    ],
)
def test_every_refusal_has_the_one_shape(call, method, address, body, role, status):
    found, answer = call(method, address, body, role)
    assert (found, set(answer)) == (status, {"code", "message", "facts"})
    assert re.search("[。：]", answer["message"])
