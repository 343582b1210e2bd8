"""Cases through the API: the same rules as the pages, refusals in one shape, writes only with the token."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rongji.accounts.models import TrailEntry
from rongji.casework.models import Case, CasePaper
from rongji.kernel import clock
from rongji.kernel.china_time import day_of

pytestmark = pytest.mark.django_db
WHERE = "/api/cases?bureau=yunhu"


@pytest.fixture
def bureau(organisation):
    """The bureau of the invented county."""
    return organisation("yunhu", area_code="990201", name="云湖县退役军人事务局")


@pytest.fixture
def client_of(user, bureau):
    """`client_of("clerk")`: a program with the session of somebody of that role."""

    def make(role, organisation=None, **options):
        client = Client(headers={"accept": "application/json"}, **options)
        person = user(role, organisation=organisation or bureau)
        person.password_changed_at = clock.now()
        person.save()
        client.post("/accounts/login/", {"login": person.username, "password": "Demo-pass-2024"})
        return client

    return make


def today():
    """The day of the requests."""
    return day_of(clock.now())


def petition(**given):
    """A petition that came today."""
    answers = {"topic": "抚恤优待", "request": "请求核实优待金"}
    facts = {"kind": "petition", "channel": "visit", "received_on": str(today()), "title": "反映优待金", "people": 3}
    return {**facts, "applicant": "示例甲某", "answers": answers, **given}


def post(client, address, body):
    """A write in JSON."""
    return client.post(address, json.dumps(body), content_type="application/json")


def test_kinds_come_with_their_guide(client_of):
    """Fields, acts, limits with their act: what a program needs to fill in a case."""
    found = client_of("clerk").get("/api/cases/kinds?bureau=yunhu").json()
    by_id = {item["id"]: item for item in found}
    assert "petition" in by_id
    kind = client_of("clerk").get("/api/cases/kinds/petition?bureau=yunhu&on=2021-03-01").json()
    assert kind["version"] == "2005-05-01" and by_id["petition"]["version"] != kind["version"]
    assert any("60 日" in line for line in kind["guide"]["多久办好"])
    assert {item["id"] for item in kind["fields"] if item["needed"]} == {"topic", "request"}


def test_a_case_is_opened_listed_acted_upon_and_rated(client_of):
    """From receipt to the word of the applicant, each answer saying where the case stands."""
    clerk, head = client_of("clerk"), client_of("section_head")
    made = post(clerk, WHERE, petition())
    assert made.status_code == 201
    case = made.json()["id"]
    (line,) = clerk.get(WHERE).json()["cases"]
    assert (line["id"], line["light"], line["number"]) == (case, "green", made.json()["number"])
    assert clerk.get("/api/cases/lights?bureau=yunhu").json()["green"] == 1
    moved = post(clerk, f"/api/cases/{case}/acts", {"act": "accept", "on": str(today()), "seen": 1})
    assert (moved.status_code, moved.json()["step"]) == (201, "handling")
    shown = clerk.get(f"/api/cases/{case}").json()
    assert [clock["id"] for clock in shown["clocks"] if not clock["stopped_on"]] == ["handle"]
    assert shown["clocks"][-1]["words"] and shown["clocks"][-1]["citation"]
    letter = shown["letters"][0]["id"]
    assert clerk.get(f"/api/cases/letters/{letter}.pdf").content.startswith(b"%PDF")
    proof = {"kind": "close_evidence", "received_on": str(today())}
    assert head.post(f"/api/cases/{case}/papers", proof).status_code == 201
    answers = {"facts": "属实", "opinion": "补发", "result": "支持", "solved": True}
    ended = post(head, f"/api/cases/{case}/acts", {"act": "close", "on": str(today()), "answers": answers})
    assert (ended.json()["is_open"], ended.json()["outcome"]) == (False, "办结")
    assert post(clerk, f"/api/cases/{case}/rating", {"satisfaction": "fair", "on": str(today())}).status_code == 200
    assert Case.objects.get(pk=case).satisfaction == "fair"


def test_contacts_and_scans_are_kept(client_of):
    """One 批次 of four people; a scan by multipart, refused when its content is not what its name says."""
    clerk = client_of("clerk")
    case = post(clerk, WHERE, petition()).json()["id"]
    came = {"on": str(today()), "channel": "phone", "people": 4}
    assert post(clerk, f"/api/cases/{case}/contacts", came).status_code == 201
    told = clerk.get(f"/api/cases/{case}").json()["contacts"]
    assert [item["people"] for item in told] == [3, 4]
    scan = {"kind": "statement", "received_on": str(today()), "file": SimpleUploadedFile("材料.pdf", b"%PDF-1.7 x")}
    assert clerk.post(f"/api/cases/{case}/papers", scan).status_code == 201
    assert CasePaper.objects.get(case=case).digest
    fake = {**scan, "file": SimpleUploadedFile("材料.pdf", b"MZ")}
    refused = clerk.post(f"/api/cases/{case}/papers", fake)
    assert (refused.status_code, refused.json()["code"]) == (422, "file-refused")


def test_every_wrong_answer_is_told_by_its_field(client_of):
    """One refusal with all of them, nothing written."""
    wrong = petition(answers={"topic": "天气", "group": "也许"})
    refused = post(client_of("clerk"), WHERE, wrong)
    assert (refused.status_code, refused.json()["code"]) == (422, "case-answers-unfit")
    assert all(name in refused.json()["facts"]["problems"] for name in ("topic", "group", "request"))
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"kind": "no_such_kind"}, 422, None),
        ({"channel": "pigeon"}, 422, "case-channel-unknown"),
        ({"title": " "}, 422, "case-title-missing"),
        ({"people": 0}, 422, "case-people-unfit"),
        ({"title": "有\x00字符"}, 422, "parameters-unreadable"),
        ({"received_on": "昨天"}, 422, "parameters-unreadable"),
        ({"person_id": 999999}, 404, "person-unknown"),
    ],
)
def test_what_cannot_be_opened_is_refused_in_one_shape(client_of, change, status, code):
    """A code, a sentence, the facts."""
    refused = post(client_of("clerk"), WHERE, petition(**change))
    assert refused.status_code == status or refused.status_code in (404, 422)
    assert set(refused.json()) == {"code", "message", "facts"} and refused.json()["message"]
    assert code is None or refused.json()["code"] == code


def test_of_two_who_act_at_once_the_second_is_told(client_of):
    """By the sequence that each has seen."""
    clerk = client_of("clerk")
    case = post(clerk, WHERE, petition()).json()["id"]
    first = {"act": "progress", "on": str(today()), "answers": {"work": "已电话了解"}, "seen": 1}
    assert post(clerk, f"/api/cases/{case}/acts", first).status_code == 201
    second = post(client_of("clerk"), f"/api/cases/{case}/acts", {**first, "answers": {"work": "另一件事"}})
    assert (second.status_code, second.json()["code"]) == (409, "case-moved-on")


def test_overdue_and_hand_over(client_of, user, bureau):
    """What is late is listed with its steps, and given to somebody else by whoever leads."""
    clerk, head = client_of("clerk"), client_of("section_head")
    late = petition(received_on=str(today() - timedelta(days=30)))
    case = post(clerk, WHERE, late).json()["id"]
    (found,) = clerk.get("/api/cases/overdue?bureau=yunhu").json()["cases"]
    assert found["case"]["id"] == case and found["days_late"] == 15 and found["stages"][0]["days"] == 30
    other = user("clerk", organisation=bureau)
    body = {"cases": [case], "to": other.username, "reason": "岗位调整"}
    assert post(clerk, "/api/cases/hand-over", body).status_code == 403
    assert post(head, "/api/cases/hand-over", body).json() == {"count": 1}
    assert clerk.get(f"{WHERE}&handler={other.username}").json()["cases"][0]["id"] == case


def test_strangers_see_and_write_nothing(client_of, organisation):
    """Not signed in, of a role without business data, of another bureau."""
    case = post(client_of("clerk"), WHERE, petition()).json()["id"]
    assert Client().get(f"/api/cases/{case}").status_code == 401
    assert client_of("administrator").get(f"/api/cases/{case}").status_code == 403
    elsewhere = client_of("clerk", organisation("yl", area_code="430104"))
    assert elsewhere.get(f"/api/cases/{case}").status_code == 403
    assert elsewhere.get(WHERE).json()["cases"] == []
    assert post(elsewhere, WHERE, petition()).status_code == 403


def test_a_write_needs_the_token_of_the_session(client_of):
    """So that no other site can write with somebody's cookies; with the token the trail says it came by the API."""
    clerk = client_of("clerk")
    strict = Client(enforce_csrf_checks=True, headers={"accept": "application/json"})
    strict.cookies = clerk.cookies
    refused = post(strict, WHERE, petition())
    assert (refused.status_code, refused.json()["code"]) == (403, "api-token-needed")
    page = strict.get("/cases/").content.decode()
    token = page.partition('"X-CSRFToken": "')[2].partition('"')[0]
    headers = {"X-CSRFToken": token}
    done = strict.post(WHERE, json.dumps(petition()), content_type="application/json", headers=headers)
    assert done.status_code == 201
    assert TrailEntry.objects.get(action="casework.open_case").origin.startswith("api")


def test_a_form_where_json_is_asked_for_is_told_so(client_of):
    """One shape, no crash."""
    refused = client_of("clerk").post(WHERE, {"kind": "petition"})
    assert (refused.status_code, refused.json()["code"]) == (422, "api-json-needed")


def test_many_cases_are_done_with_one_call(client_of):
    """A trial first; all or none with every case that stands against it; then those that can be."""
    clerk = client_of("clerk")
    ids = [post(clerk, WHERE, petition(title=f"事项{number}")).json()["id"] for number in range(3)]
    new = {"kind": "petition", "act": "accept", "on": str(today()), "cases": [{"case": pk, "seen": 1} for pk in ids]}
    where = "/api/cases/acts?bureau=yunhu"
    tried = post(clerk, where, {**new, "trial": True})
    assert (tried.status_code, tried.json()["done"], tried.json()["id"]) == (200, ids, 0)
    post(clerk, f"/api/cases/{ids[1]}/acts", {"act": "accept", "on": str(today())})
    refused = post(clerk, where, new)
    assert refused.status_code == 409 and refused.json()["code"] == "case-act-batch-refused"
    assert [(item["case"], item["code"]) for item in refused.json()["left"]] == [(ids[1], "case-moved-on")]
    done = post(clerk, where, {**new, "only_possible": True})
    assert (done.status_code, done.json()["done"]) == (201, [ids[0], ids[2]])
    letters = clerk.get(f"/api/cases/batches/{done.json()['id']}/letters.pdf")
    assert letters["Content-Type"] == "application/pdf" and letters.content.startswith(b"%PDF")
    assert clerk.get("/api/cases/batches/999/letters.pdf").status_code == 404
