"""Case pages: the inbox with its lights, forms that come out of a kind, what is due and why, hand-over and ledgers."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rongji.casework.models import Case, CaseLetter, CasePaper
from rongji.casework.services import add_paper
from rongji.kernel import clock

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 3)
OPEN, REFUSED, CLOSED, GONE_ON, SHUT = 200, 422, 403, 302, 409
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def monday(monkeypatch):
    """Requests come on a Monday in June 2024."""
    at = datetime(TODAY.year, TODAY.month, TODAY.day, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def bureau(organisation):
    """The bureau of the invented county with a station."""
    made = organisation("yunhu", area_code="990201", name="云湖县退役军人事务局")
    organisation("yunhu-1", parent=made, kind="station", area_code="990201101", name="石桥镇退役军人服务站")
    return made


@pytest.fixture
def office(user, bureau):
    """Who works in the bureau, each on a day of their own."""
    from unit.casework.samples import Office

    return Office(user, bureau)


@pytest.fixture
def client_of(office):
    """`client_of("clerk")`: somebody of the office at a browser; name: a second one of the same role."""

    return lambda role, name="": office.browser(role, name=name)


@pytest.fixture
def petition(office):
    """`petition(30)`: a petition received so many days ago, registered that day."""

    def make(days=0, **given):
        answers = {"topic": "抚恤优待", "request": "请求核实优待金"}
        received = TODAY - timedelta(days=days)
        return office.open("petition", received_on=received, title=f"第{days}日前的事项", answers=answers, **given)

    return make


def words(client, address, **options):
    """A page as text."""
    return client.get(address, **options).content.decode()


def typed(**given):
    """What a clerk types to open a petition."""
    facts = {
        "case_applicant": "示例甲某", "case_channel": "visit", "case_received_on": "2024年6月3日", "case_people": "3",
        "case_title": "反映优待金", "topic": "抚恤优待", "request": "请求核实",
    }  # fmt: skip
    return {**facts, **given}


# --- the inbox ------------------------------------------------------------------------------------------


def test_the_inbox_lists_by_due_day_with_lights_in_words(petition, client_of):
    """Late first, then near, then in time; the counts stand on top."""
    for days in (1, 14, 30):
        petition(days)
    page = words(client_of("clerk"), "/cases/")
    at = [page.index(f"第{days}日前的事项") for days in (30, 14, 1)]
    assert at == sorted(at)
    assert all(word in page for word in ("已超期", "临近到期", "期限内", "期限中止", "超期 15 日", "还有 1 日"))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("light=red", {30}),
        ("light=amber", {14}),
        ("text=第1日", {1}),
        ("channel=phone", {14}),
        ("kind=hotline", set()),
        ("station=yunhu-1", {1}),
        ("state=closed", set()),
        ("legacy=1", {30}),
        ("light=nonsense&state=nonsense&person=x", {1, 14, 30}),
    ],
)
def test_filters_narrow_the_inbox(petition, client_of, query, shown):
    """Each by itself; words that are none narrow nothing."""
    petition(1, station="yunhu-1")
    petition(14, channel="phone")
    petition(30, legacy_since=date(2016, 1, 1))
    page = words(client_of("clerk"), f"/cases/?{query}")
    assert {days for days in (1, 14, 30) if f">第{days}日前的事项<" in page} == shown


def test_mine_and_everybodys(petition, office, client_of):
    """The inbox opens with one's own; the rest is one click away."""
    petition(1)
    other = client_of("clerk", "second")
    assert "第1日前的事项" not in words(other, "/cases/") and "手上没有在办的办件" in words(other, "/cases/")
    assert "第1日前的事项" in words(other, "/cases/?whose=all")


def test_the_inbox_goes_on_where_the_part_before_ended(petition, client_of, monkeypatch):
    """By key, not by number of page; the next part comes as rows."""
    from rongji.web.views import cases

    monkeypatch.setattr(cases, "PER_PAGE", 2)
    for days in (1, 2, 3):
        petition(days)
    client = client_of("clerk")
    page = words(client, "/cases/")
    assert "第3日前的事项" in page and "第1日前的事项" not in page
    address = page.partition('class="rj-more" hx-get="')[2].partition('"')[0].replace("&amp;", "&")
    rows = words(client, address, headers=HTMX)
    assert "第1日前的事项" in rows and "<html" not in rows and "继续往下看" not in rows


def test_the_inbox_asks_as_often_for_many_as_for_few(petition, client_of, django_assert_num_queries):
    """No question for each row."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of("clerk")
    petition(1)
    words(client, "/cases/")
    with CaptureQueriesContext(connection) as few:
        words(client, "/cases/?whose=all")
    for days in range(2, 12):
        petition(days)
    with django_assert_num_queries(len(few)):
        words(client, "/cases/?whose=all")
    assert len(few) < 30


# --- opening --------------------------------------------------------------------------------------------


def test_a_petition_is_opened_by_its_form_with_its_papers(client_of):
    """People, answers as typed, a scan; then the page of the case."""
    client = client_of("clerk")
    scan = SimpleUploadedFile("材料.pdf", b"%PDF-1.7 x")
    answer = client.post("/cases/new/petition/", typed(**{"paper-statement-file": scan, "paper-evidence": "1"}))
    case = Case.objects.get()
    assert answer.status_code == GONE_ON and answer["Location"] == f"/cases/{case.pk}/"
    assert (case.contacts.get().people, case.values["topic"]) == (3, "抚恤优待")
    papers = {paper.kind: paper.digest for paper in CasePaper.objects.all()}
    assert papers["statement"] and papers["evidence"] == ""


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"request": ""}, "request", "请填写“反映的情况和请求”"),
        ({"topic": "天气"}, "topic", "不在现在可选的范围内"),
        ({"case_received_on": "2024-06-04"}, "case_received_on", "在今天（2024-06-03）之后"),
        ({"case_channel": "city"}, "case_assigned_by", "请填写交办单位"),
        ({"case_applicant": ""}, "case_applicant", "请填写申请人姓名"),
        ({"case_people": "几个"}, "case_people", "带有“几”"),
        ({"case_person": "查无此人"}, "case_person", "没有找到人"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_what_was_typed_stays(client_of, change, field, said):
    """The sentence names what to do; nothing is written."""
    answer = client_of("clerk").post("/cases/new/petition/", typed(**change))
    page = answer.content.decode()
    assert answer.status_code == REFUSED and not Case.objects.exists()
    assert said in page.partition(f'id="wrong-{field}"')[2].partition("</p>")[0]
    assert 'value="反映优待金"' in page and 'value="2024' in page


def test_several_wrong_fields_are_told_at_once(client_of):
    """Each beside itself."""
    page = client_of("clerk").post("/cases/new/petition/", typed(request="", case_people="x")).content.decode()
    assert 'id="wrong-request"' in page and 'id="wrong-case_people"' in page


def test_a_person_is_looked_up_by_name_and_file_number(office, client_of, bureau):
    """One name, two people: the list says who; the file number says which."""
    from rongji.people.models import Person
    from rongji.people.services import register_person
    from rongji.people.types import NewPerson, Sex

    for year in (1955, 1956):
        new = NewPerson(name="示例双名", born_on=date(year, 3, 4), sex=Sex.MALE)
        register_person(actor=office.actor("section_head"), bureau="yunhu", new=new)
    client, (first, second) = client_of("clerk"), Person.objects.order_by("id")
    found = client.post("/pick/person/", {"field": "case_person", "case_person": "示例双名"}).content.decode()
    assert f'data-picked="{first.number}　示例双名"' in found and second.number in found
    unclear = client.post("/cases/new/petition/", typed(case_person="示例双名")).content.decode()
    assert "找到不止一人" in unclear
    client.post("/cases/new/petition/", typed(case_person=f"{second.number}　示例双名"))
    assert Case.objects.get().person_id == second.pk
    assert "示例双名" in words(client, f"/cases/?person={second.pk}")


# --- one case -------------------------------------------------------------------------------------------


def test_the_page_says_what_is_due_and_why(petition, client_of):
    """The limit in words with its act and the word how far it is confirmed; acts of others with their roles."""
    case = petition(3)
    page = words(client_of("clerk"), f"/cases/{case.pk}/")
    assert "自 2024-05-31 的次日起 15 日。到 2024-06-15 到期。" in page
    assert "《信访工作条例》" in page and "二手资料" in page
    assert "不予受理（股室负责人）" in page and f"/cases/{case.pk}/acts/accept/" in page


def test_an_act_issues_its_letter_and_moves_the_case(petition, client_of):
    """From a window: back to the page; the letter as PDF and Word, the same bytes each time."""
    case, client = petition(3), client_of("clerk")
    where = f"/cases/{case.pk}/acts/accept/"
    shown = words(client, where, headers=HTMX)
    assert "办理后进入“办理中”" in shown and "将制发《信访事项受理告知书》" in shown
    answer = client.post(where, {"act_on": "2024-06-03", "act_seen": "1"}, headers=HTMX)
    assert answer.status_code == 204 and answer["HX-Redirect"] == f"/cases/{case.pk}/"
    letter = CaseLetter.objects.get()
    page = words(client, f"/cases/{case.pk}/")
    assert letter.number in page and "待受理 → 办理中" in page
    made = client.get(f"/cases/letters/{letter.pk}/pdf/")
    assert made.content.startswith(b"%PDF") and made.content == client.get(f"/cases/letters/{letter.pk}/pdf/").content
    assert client.get(f"/cases/letters/{letter.pk}/docx/").content.startswith(b"PK")
    assert client.get(f"/cases/letters/{letter.pk}/exe/").status_code == 404


def test_an_act_whose_paper_is_missing_is_refused_and_nothing_is_kept(petition, office, client_of):
    """With the paper ticked in the same form it goes through; the same hands may not do both."""
    case = petition(3)
    office.act(case, "accept", "2024-06-03")
    head, where = client_of("section_head"), f"/cases/{case.pk}/acts/close/"
    facts = {"act_on": "2024-06-03", "facts": "属实", "opinion": "补发", "result": "支持", "solved": "是"}
    refused = head.post(where, facts)
    assert refused.status_code == REFUSED and "还缺材料：办结佐证材料" in refused.content.decode()
    wrong = head.post(where, {**facts, "paper-close_evidence": "1", "act_on": "2024-06-09"})
    assert wrong.status_code == REFUSED and not CasePaper.objects.exists()
    assert head.post(where, {**facts, "paper-close_evidence": "1"}).status_code == GONE_ON
    case.refresh_from_db()
    assert (case.outcome, CasePaper.objects.count()) == ("办结", 1)
    assert "登记评价" in words(head, f"/cases/{case.pk}/")
    rated = head.post(f"/cases/{case.pk}/rating/", {"satisfaction": "satisfied", "on": "2024-06-03"})
    assert rated.status_code == GONE_ON and "申请人评价：满意" in words(head, f"/cases/{case.pk}/")


def test_of_two_clerks_the_second_is_told_what_the_first_did(petition, client_of):
    """The form carries what its clerk had seen."""
    case, first, second = petition(3), client_of("clerk"), client_of("clerk", "second")
    where = f"/cases/{case.pk}/acts/progress/"
    assert 'name="act_seen" value="1"' in words(second, where)
    facts = {"act_on": "2024-06-03", "act_seen": "1"}
    assert first.post(where, {**facts, "work": "已了解"}).status_code == GONE_ON
    late = second.post(where, {**facts, "work": "我也去了"})
    page = late.content.decode()
    assert late.status_code == SHUT and "在您打开之后已有变动" in page and "我也去了" in page


@pytest.mark.parametrize(
    ("address", "facts", "shown"),
    [
        ("contacts/new/", {"channel": "phone", "on": "2024-06-03", "people": "4"}, "2 批次，5 人次"),
        ("papers/new/", {"kind": "statement", "received_on": "2024-06-03"}, "信访材料或者接访记录"),
        ("members/new/", {"role": "leader", "member": "示例局长", "from_on": "2024-06-03"}, "示例局长"),
    ],
)
def test_contacts_papers_and_members_are_written_down(petition, client_of, address, facts, shown):
    """Each by its form, each on the page afterwards."""
    case, client = petition(3), client_of("section_head")
    assert client.post(f"/cases/{case.pk}/{address}", facts).status_code == GONE_ON
    assert shown in words(client, f"/cases/{case.pk}/")


def test_a_member_leaves(petition, client_of):
    """The door stands beside the name and is gone afterwards."""
    case, client = petition(3), client_of("section_head")
    facts = {"role": "task_force", "member": "示例成员", "from_on": "2024-06-01"}
    client.post(f"/cases/{case.pk}/members/new/", facts)
    door = f"/cases/{case.pk}/members/{case.members.get().pk}/end/"
    assert door in words(client, f"/cases/{case.pk}/")
    assert client.post(door, {"to_on": "2024-06-03"}).status_code == GONE_ON
    assert door not in words(client, f"/cases/{case.pk}/")


def test_a_scan_comes_back_as_it_was_brought(petition, office, client_of):
    """Its digest is checked; paper only has nothing to download."""
    case = petition(3)
    actor, on = office.actor("clerk", "2024-06-03"), date(2024, 6, 3)
    kept = add_paper(
        actor=actor, case_id=case.pk, kind="statement", received_on=on, file_name="a.pdf", data=b"%PDF-1 x"
    )
    paper = add_paper(actor=actor, case_id=case.pk, kind="evidence", received_on=on)
    client = client_of("clerk")
    assert client.get(f"/cases/papers/{kept}/").content == b"%PDF-1 x"
    assert client.get(f"/cases/papers/{paper}/").status_code == REFUSED


# --- lists over cases -----------------------------------------------------------------------------------


def test_the_overdue_list_says_how_late_where_the_days_went_and_whom_to_tell(petition, client_of):
    """Days, working days, steps."""
    petition(30)
    petition(1)
    page = words(client_of("section_head"), "/cases/overdue/")
    assert "第30日前的事项" in page and "第1日前的事项" not in page
    assert "15 日" in page and "待受理 30 日" in page and "个工作日" in page
    petition(16)
    told = words(client_of("section_head"), "/cases/overdue/?report_to=director")
    assert "第30日前的事项" in told and "第16日前的事项" not in told


def test_the_ledger_of_old_matters_balances(petition, office, client_of):
    """Opening, taken up, closed, remaining; a period that runs backwards is refused."""
    office.open("petition", received_on=date(2023, 12, 1), title="旧事", legacy_since=date(2010, 1, 1),
                answers={"topic": "住房", "request": "请求"})  # fmt: skip
    petition(3, legacy_since=date(2012, 1, 1))
    client = client_of("section_head")
    page = words(client, "/cases/legacy/")
    cells = [part.partition("<")[0].partition(">")[2] for part in page.partition("<tfoot>")[2].split("<td")[2:]]
    assert cells[:4] == ["1", "1", "0", "2"]
    assert client.get("/cases/legacy/?first=2024-05-01&last=2024-04-01").status_code == REFUSED


def test_many_cases_change_hands_at_once(petition, office, client_of):
    """By whoever leads; a clerk has no such page; without a reason nothing moves."""
    cases = [petition(days) for days in (1, 2, 3)]
    head = client_of("section_head")
    client_of("clerk", "second")
    clerk, second = office.users["clerk"], office.users["second"]
    assert client_of("clerk").get("/cases/hand-over/").status_code == CLOSED
    page = words(head, f"/cases/hand-over/?handler={clerk.username}")
    assert all(case.number in page for case in cases) and second.username in page
    facts = {"case": [case.pk for case in cases[:2]], "to": second.username, "handler": clerk.username}
    head.post("/cases/hand-over/", facts)
    assert Case.objects.filter(handler=second).count() == 0
    head.post("/cases/hand-over/", {**facts, "reason": "岗位调整"})
    assert Case.objects.filter(handler=second).count() == 2
    assert "交接" in words(head, f"/cases/{cases[0].pk}/")


# --- kinds ----------------------------------------------------------------------------------------------


def test_the_catalogue_offers_what_the_role_may_open(client_of):
    """Every kind of the day with its limits; an auditor reads and opens nothing."""
    page = words(client_of("clerk"), "/cases/kinds/")
    assert "受理告知 15 日 · 办结 60 日" in page and "/cases/new/petition/" in page
    assert "/cases/new/petition/" not in words(client_of("auditor"), "/cases/kinds/")


def test_the_guide_of_a_kind_is_that_of_the_day(client_of):
    """The version in force, its act, its letters with their numbers."""
    client = client_of("clerk")
    assert "《信访工作条例》" in words(client, "/cases/kinds/petition/")
    before = words(client, "/cases/kinds/petition/?on=2021-01-01")
    assert "2005-05-01" in before and "云湖退役信受〔2021〕×号" in before
    assert client.get("/cases/kinds/no_such_kind/").status_code in (404, REFUSED)


@pytest.mark.parametrize("role", ["reviewer", "administrator"])
def test_who_has_no_business_data_sees_no_case(petition, client_of, role):
    """Neither the inbox nor a case."""
    case, client = petition(3), client_of(role)
    assert [client.get(address).status_code for address in ("/cases/", f"/cases/{case.pk}/")] == [CLOSED, CLOSED]
