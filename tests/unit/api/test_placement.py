"""Placement over HTTP: the way of a cohort from its opening to the first day of work, and the same noes as on pages."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from unit.placement.samples import Placements

from rongji.kernel import clock
from rongji.rules.placement.verifying import verify

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def bureau(organisation, actor):
    """The bureau with its people."""
    return Placements.founded(organisation, actor)


@pytest.fixture
def call(user, bureau):
    """`call(method, address, body, role)`: ask the API as somebody of the bureau; a second clerk is `clerk2`."""
    from rongji.accounts.models import Organisation

    clients: dict[str, Client] = {}

    def client(role: str) -> Client:
        if role not in clients:
            clients[role] = Client(headers={"accept": "application/json"})
            person = user(role.rstrip("2"), organisation=Organisation.objects.get(code="yunhu"))
            person.password_changed_at = clock.now()
            person.save()
            clients[role].post("/accounts/login/", {"login": person.username, "password": "Demo-pass-2024"})
        return clients[role]

    def make(method, address, body=None, role="clerk"):
        content = {"content_type": "application/json"} if body is not None else {}
        given = [json.dumps(body)] if body is not None else []
        answer = getattr(client(role), method)(f"/api/placement/{address}", *given, **content)
        return answer.status_code, answer.json()

    return make


def today(days=0):
    """A day counted from today, as text."""
    return str(clock.today() + timedelta(days=days))


RECEIVED = {
    "category": "assigned", "soldier": "军士", "approved_on": "2021-12-01", "reported_on": "2022-01-10",
    "report_by": "2022-01-15",
}  # fmt: skip


def received(call, bureau, merits):
    """A cohort with somebody for each number of merits."""
    from datetime import date

    _, made = call("post", "yunhu/cohorts", {"year": 2021, "season": "秋冬季"})
    people = [
        bureau.person(merits=tuple(("三等功", date(2015 + year, 8, 1)) for year in range(count))) for count in merits
    ]
    ids = [call("post", f"cohorts/{made['id']}/candidates", {"person_id": one, **RECEIVED})[1]["id"] for one in people]
    return made["id"], ids


def test_a_cohort_is_received_scored_and_published(call, bureau):
    """List, page, sheet: what the pages show, and the published rows reckoned again from the answer."""
    cohort, (one, two) = received(call, bureau, (1, 2))
    assert call("post", f"cohorts/{cohort}/points") == (200, {"sheets": 2, "waiting": 0, "problems": []})
    for candidate in (one, two):
        assert call("post", f"candidates/{candidate}/confirm", {"note": ""})[0] == 200
    refused = call("post", f"cohorts/{cohort}/publication", {"notice_until": today(7)})
    assert (refused[0], refused[1]["code"]) == (403, "not-allowed")
    status, done = call("post", f"cohorts/{cohort}/publication", {"notice_until": today(7)}, "section_head")
    assert status == 200
    _, rows = call("get", f"cohorts/{cohort}/sheet")
    assert rows["digest"] == done["done"] and verify(rows["rows"]).holds
    assert {row["名次"] for row in call("get", f"cohorts/{cohort}/sheet?first=2")[1]["rows"]} == {"2"}
    _, listed = call("get", f"cohorts/{cohort}/candidates?by_position=true&limit=1", role="director")
    assert (listed["count"], listed["pages"], listed["rows"][0]["id"], listed["rows"][0]["total"]) == (2, 2, two, "56")
    _, page = call("get", f"candidates/{two}")
    assert [line["points"] for line in page["sheet"]["lines"]] == ["36", "20"] and page["sheet"]["position"] == 1
    _, about = call("get", f"cohorts/{cohort}")
    assert (about["confirmed"], about["examinations"], about["composition"]) == (2, [], "只按服役表现积分排序")
    assert call("post", f"cohorts/{cohort}/publication/withdraw", {"reason": "异议成立"}, "section_head")[0] == 200


def test_results_come_by_rows_all_or_nothing(call, bureau):
    """Tried first; a wrong row is named and nothing is written; absent is a word."""
    cohort, (one, two) = bureau.examined()
    rows = [{"编号": "1", "笔试": "88"}, {"编号": "2", "笔试": "120"}]
    status, tried = call("post", f"cohorts/{cohort}/results/preview", {"rows": rows})
    assert (status, tried["errors"], tried["changed"]) == (200, 1, 1)
    status, refused = call("post", f"cohorts/{cohort}/results", {"rows": rows})
    assert status == 422 and "0 到 100 之间" in refused["findings"][0]["message"]
    rows[1]["笔试"] = "缺考"
    assert call("post", f"cohorts/{cohort}/results", {"rows": rows})[1]["changed"] == 2
    _, page = call("get", f"candidates/{two}")
    assert page["results"][0]["marks"] == "缺考"
    again = {"part": "笔试", "marks": "60.5", "evidence": "补考成绩单"}
    assert call("post", f"candidates/{two}/results", again)[0] == 200
    assert (
        call("post", f"candidates/{two}/results", again | {"marks": "六十"})[1]["code"] == "placement-marks-unreadable"
    )
    assert call("post", f"candidates/{one}/lot", {"lot": 4, "evidence": "抽签记录"})[0] == 200
    assert call("get", f"candidates/{one}")[1]["lot"] == 4
    assert call("get", f"cohorts/{cohort}")[1]["examinations"] == ["笔试"]


def test_facts_units_quotas_and_posts(call, bureau):
    """Entered and read again; a fact is withdrawn with its reason; a post is dropped before the session."""
    cohort, (one,) = received(call, bureau, (1,))
    fact = {
        "item": "海岛",
        "degree": "一类",
        "first_on": "2012-01-01",
        "last_on": "2013-12-31",
        "evidence": "档案第 3 页",
    }
    status, made = call("post", f"candidates/{one}/facts", fact)
    assert status == 201
    assert call("post", f"candidates/{one}/facts", fact | {"degree": "零类"})[1]["code"] == "placement-item-unknown"
    assert call("get", f"candidates/{one}")[1]["facts"][0]["item"] == "海岛"
    assert call("post", f"facts/{made['id']}/withdraw", {"reason": "登记错人"})[0] == 200
    assert call("get", f"candidates/{one}")[1]["facts"] == []
    _, unit = call("post", "yunhu/units", {"name": "云湖县水务局", "kind": "institution"})
    assert call("get", "yunhu/units")[1][0]["name"] == "云湖县水务局"
    assert call("put", f"cohorts/{cohort}/quotas", {"unit_id": unit["id"], "places": 2})[0] == 200
    assert call("post", f"cohorts/{cohort}/posts", {"unit_id": unit["id"], "title": "办事员"}) == (201, {"id": 1})
    assert call("get", f"cohorts/{cohort}/quotas")[1] == [
        {"unit_id": unit["id"], "unit": "云湖县水务局", "places": 2, "offered": 1, "filled": 0}
    ]
    assert call("post", f"cohorts/{cohort}/posts/1/drop", {"reason": "单位改变计划"})[0] == 200
    assert call("get", f"cohorts/{cohort}/posts") == (200, [])


def test_a_session_is_recorded_by_two_clerks(call, bureau):
    """The board tells whose turn it is; a second click, a post taken back, an undoing by the same person: in words."""
    session, _, turns = bureau.session()
    at = f"sessions/{session}"
    assert call("get", at)[1]["current"]["id"] == turns[0]
    choice = {"turn": turns[0], "post": 2}
    assert call("post", f"{at}/choices", choice | {"proxy": "示例代"})[1]["code"] == "placement-authority-missing"
    assert call("post", f"{at}/choices", choice | {"proxy": "示例代", "authority": "委托书 1 号"}) == (201, {"id": 1})
    status, said = call("post", f"{at}/choices", choice, "clerk2")
    assert (status, said["code"]) == (409, "placement-chosen-already")
    back = {"places": 1, "reason": "编制冻结", "document": "水函 3 号"}
    assert call("post", f"{at}/posts/3/withdraw", back) == (200, {"done": "1"})
    assert call("post", f"{at}/choices", {"turn": turns[1], "post": 3})[1]["code"] == "placement-post-withdrawn"
    assert call("post", f"{at}/undo", {"sequence": 1, "reason": "口误"})[1]["code"] == "placement-undo-same-person"
    assert call("post", f"{at}/undo", {"sequence": 1, "reason": "口误"}, "clerk2")[0] == 200
    call("post", f"{at}/choices", choice)
    call("post", f"{at}/skips", {"turn": turns[1], "skip": "absent"})
    _, now = call("get", at, role="director")
    assert (now["chosen"], now["waiting"], now["current"]["id"]) == (1, 2, turns[2])
    assert {line["what"] for line in now["log"]} == {"选定", "撤销", "撤回岗位", "未到场"}
    assert [turn["post_number"] for turn in call("get", f"{at}/turns")[1]] == [2, None, None]
    assert call("post", f"{at}/finish", {"note": ""})[1]["code"] == "placement-somebody-left"
    assert call("post", f"{at}/finish", {"note": "停电改期"}) == (200, {"done": "1"})
    assert call("post", f"{at}/skips", {"turn": turns[1], "skip": "nowhere"})[0] == 422


def test_what_follows_the_choice(call, bureau):
    """Letter, start and contract, file and receipt, survey: each answers what the page would say."""
    from rongji.people.services import NewArchiveItem, add_archive_item
    from rongji.placement.models import Candidate

    _, candidate = bureau.placed()
    person = Candidate.objects.get(pk=candidate).person_id
    add_archive_item(actor=bureau.head, person_id=person, new=NewArchiveItem(kind="退役士兵档案", title="档案"))
    at = f"candidates/{candidate}"
    assert call("post", f"{at}/waiting", {"base": "5,200.00"})[0] in (200, 409, 422)
    assert call("post", f"{at}/letter", {"number": "介字1号", "letter_on": "2022-06-01"}) == (
        200,
        {"done": "2022-07-01"},
    )
    short = {"started_on": "2022-07-04", "contract_from": "2022-07-04", "contract_to": "2023-07-03"}
    assert call("post", f"{at}/start", short)[1]["code"] == "placement-contract-too-short"
    assert call("post", f"{at}/start", short | {"contract_to": "2025-07-03"}) == (200, {"done": "逾期"})
    assert call("post", f"{at}/file", {"sent_on": "2022-07-05", "from_body": "云湖县退役军人事务局"})[0] == 201
    assert call("post", f"{at}/receipt", {"receipt_on": "2022-07-08", "receipt": "回执 7 号"})[0] == 200
    assert call("post", f"{at}/survey", {"satisfaction": "satisfied", "asked_on": "2022-08-01"})[0] == 200
    placing = call("get", at)[1]["placing"]
    assert (placing["late_pay"], placing["receipt"], placing["satisfaction"]) == (True, "回执 7 号", "satisfied")


def test_who_gets_no_post_by_choice(call, bureau):
    """By decision, settled, given up, or elsewhere: each with its day and words."""
    cohort = bureau.cohort()
    officer = bureau.candidate(cohort, category="officer", soldier="")
    own_way = bureau.candidate(cohort, category="self_employed", soldier="")
    quitter, mover = bureau.candidate(cohort), bureau.candidate(cohort)
    unit = bureau.unit()
    assert call("post", f"candidates/{officer}/place", {"unit_id": unit, "decided_on": "2022-02-01"})[0] == 201
    ending = {"on": "2022-03-01", "note": "本人书面说明"}
    for candidate, step in ((own_way, "settle"), (quitter, "give-up"), (mover, "elsewhere")):
        assert call("post", f"candidates/{candidate}/{step}", ending) == (200, {"done": ""})
        assert call("post", f"candidates/{candidate}/{step}", ending)[0] == 409
    assert call("get", "candidates/999999")[0] == 404


def test_another_bureau_and_a_reader_are_kept_out(call, bureau, organisation, user):
    """A director reads and does not write; somebody of another county reads nothing."""
    session, cohort, turns = bureau.session()
    assert call("post", f"cohorts/{cohort}/points", role="director")[0] == 403
    assert call("post", f"sessions/{session}/choices", {"turn": turns[0], "post": 1}, "director")[0] == 403
    stranger = user("section_head", organisation=organisation("other", area_code="990301"))
    stranger.password_changed_at = clock.now()
    stranger.save()
    window = Client(headers={"accept": "application/json"})
    window.post("/accounts/login/", {"login": stranger.username, "password": "Demo-pass-2024"})
    for address in (f"cohorts/{cohort}", f"cohorts/{cohort}/sheet", f"sessions/{session}", "yunhu/cohorts"):
        assert window.get(f"/api/placement/{address}").status_code == 403
    assert Client().get(f"/api/placement/cohorts/{cohort}").status_code == 401
