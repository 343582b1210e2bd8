"""The inbox by due day, lights, filters, pages; overdue cases with their stages; the ledger of old matters."""

from datetime import timedelta

import pytest
from unit.casework.samples import BUREAU, D

from rongji.accounts.refusals import NotAllowed
from rongji.casework import selectors, services
from rongji.casework.refusals import CaseUnknown, FilterUnfit
from rongji.casework.types import CaseFilters, CaseState, Light

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("legal")]


def numbers(office, *, on="2024-03-15", by="clerk", page="", limit=50, **filters):
    """The serials of a list."""
    found = selectors.inbox(
        office.actor(by, on), bureau=BUREAU, on=D(on), filters=CaseFilters(**filters), page=page, limit=limit
    )
    return [int(line.number[-5:]) for line in found.lines]


@pytest.fixture
def three(office):
    """Three cases: one green in handling, one amber, one paused; received on three days."""
    first = office.open(answers={"topic": "医疗"}, received_on=D("2024-03-01"))
    first = office.act(first, "accept", "2024-03-04")
    second = office.open(answers={"topic": "住房"}, received_on=D("2024-03-11"), title="住房修缮", applicant="李四")
    third = office.open(answers={"topic": "医疗"}, received_on=D("2024-03-12"), campaign="春季攻坚")
    third = office.act(third, "ask_papers", "2024-03-12")
    return first, second, third


def test_the_inbox_is_ordered_by_due_day_and_those_without_come_last(office, three):
    """Second is due on 14 March, first on the 24th, third stands still."""
    assert [str(case.due_on) for case in three] == ["2024-03-24", "2024-03-14", "None"]
    assert numbers(office, on="2024-03-13") == [2, 1, 3]


@pytest.mark.parametrize(
    ("on", "light", "found"),
    [
        ("2024-03-13", Light.AMBER, [2]),
        ("2024-03-13", Light.GREEN, [1]),
        ("2024-03-13", Light.PAUSED, [3]),
        ("2024-03-14", Light.RED, []),  # the due day itself is not late
        ("2024-03-15", Light.RED, [2]),
        ("2024-03-16", Light.GREEN, [1]),
        ("2024-03-17", Light.AMBER, [1]),  # seven days before
        ("2024-03-25", Light.RED, [2, 1]),
    ],
)
def test_a_light_is_filtered_as_it_is_shown(office, three, on, light, found):
    """The filter of the database and the light of the line agree, and so do the counts."""
    assert numbers(office, on=on, light=light) == found
    everything = selectors.inbox(office.actor(day=on), bureau=BUREAU, on=D(on))
    assert [int(line.number[-5:]) for line in everything.lines if line.light is light] == found
    assert selectors.light_counts(office.actor(day=on), bureau=BUREAU, on=D(on))[light] == len(found)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"kind": "sample"}, [2, 1, 3]), ({"kind": "petition"}, []), ({"channel": "visit"}, [2, 1, 3]),
        ({"text": "住房"}, [2]), ({"text": "李"}, [2]), ({"text": "样例2024-00003"}, [3]),
        ({"campaign": "春季攻坚"}, [3]),
        ({"step": "doing"}, [1]), ({"handler": "yunhu-clerk"}, [2, 1, 3]), ({"handler": "nobody"}, []),
        ({"legacy_only": True}, []), ({"state": CaseState.ALL}, [3, 2, 1]), ({"state": CaseState.CLOSED}, []),
    ],
)  # fmt: skip
def test_a_list_is_narrowed_by_what_a_clerk_looks_for(office, three, filters, found):
    """Kind, channel, words, number, campaign, step, handler, state."""
    assert numbers(office, on="2024-03-13", **filters) == found


@pytest.mark.parametrize("state", list(CaseState))
def test_pages_join_to_the_whole_list(office, three, state):
    """Page by page every case comes once, in the order of the whole."""
    office.act(office.open(answers={"topic": "医疗"}), "withdraw", "2024-03-15")
    actor, filters = office.actor(), CaseFilters(state=state)
    whole = selectors.inbox(actor, bureau=BUREAU, on=D("2024-03-15"), filters=filters).lines
    found, page = [], ""
    for _ in range(9):
        part = selectors.inbox(actor, bureau=BUREAU, on=D("2024-03-15"), filters=filters, page=page, limit=1)
        found += part.lines
        page = part.next
        if not page:
            break
    assert [line.id for line in found] == [line.id for line in whole]


@pytest.mark.parametrize("page", ["x", "2024-03-15", "2024-03-15.x", "2024-13-01.3", f"-.{'9' * 30}"])
def test_a_mark_that_is_none_is_refused(office, page):
    """Not a crash, and not the first page."""
    with pytest.raises(FilterUnfit, match="第一页"):
        selectors.inbox(office.actor(), bureau=BUREAU, on=D("2024-03-15"), page=page)


def test_a_search_text_beyond_reason_is_refused(office):
    """Sixty signs are enough to find anything."""
    with pytest.raises(FilterUnfit, match="缩短"):
        numbers(office, text="长" * 61)


def test_nobody_sees_cases_of_another_bureau(office, three, organisation, user):
    """The clerk next door finds nothing and may not open the page."""
    from rongji.accounts.selectors import actor_for

    other = organisation("qingshan", area_code="990101")
    stranger = actor_for(user=user("clerk", organisation=other), origin=office.actor().origin, at=office.actor().at)
    assert selectors.inbox(stranger, bureau=BUREAU, on=D("2024-03-15")).lines == ()
    with pytest.raises(NotAllowed):
        selectors.case_page(stranger, three[0].pk, on=D("2024-03-15"))
    with pytest.raises(CaseUnknown):
        selectors.case_page(stranger, 10**9, on=D("2024-03-15"))


def test_overdue_cases_say_where_the_days_went_and_who_is_told(office, three):
    """Second was due on Thursday 14 March: the section head on the next working day, the director on the sixth."""
    told = {}
    for on in ("2024-03-15", "2024-03-21", "2024-03-22"):
        line = selectors.overdue(office.actor(day=on), bureau=BUREAU, on=D(on)).lines[0]
        told[on] = (line.days_late, line.working_days_late, line.report_to)
    assert told == {
        "2024-03-15": (1, 1, "section_head"), "2024-03-21": (7, 5, "section_head"), "2024-03-22": (8, 6, "director")
    }  # fmt: skip
    late = selectors.overdue(office.actor(day="2024-04-01"), bureau=BUREAU, on=D("2024-04-01")).lines
    stages = {line.case.number[-1]: [(item.step, item.days) for item in line.stages] for line in late}
    assert stages == {"1": [("new", 3), ("doing", 28)], "2": [("new", 21)]}


@pytest.mark.parametrize("role", ["section_head", "director"])
def test_the_list_for_a_role_holds_exactly_what_is_to_be_reported_to_it(office, three, role):
    """Day by day over a holiday, the filter and the lines agree; the director's are the section head's, too."""
    told = {"section_head": {"section_head", "director"}, "director": {"director"}}[role]
    for offset in range(0, 40, 3):
        on = D("2024-03-14") + timedelta(days=offset)
        actor = office.actor(day=str(on))
        whole = selectors.overdue(actor, bureau=BUREAU, on=on).lines
        found = selectors.overdue(actor, bureau=BUREAU, on=on, report_to=role).lines
        assert [line.case.id for line in found] == [line.case.id for line in whole if line.report_to in told]
    with pytest.raises(FilterUnfit, match="没有向"):
        selectors.overdue(office.actor(), bureau=BUREAU, on=D("2024-03-15"), report_to="mayor")


def test_the_ledger_of_old_matters_balances(office):
    """Opening and taken up less closed is what remains; a matter of this year is not in it."""
    old = office.open(answers={"topic": "医疗"}, received_on=D("2023-05-04"), legacy_since=D("2009-01-01"))
    office.open(answers={"topic": "医疗"}, received_on=D("2023-06-01"), legacy_since=D("2011-01-01"))
    office.open(answers={"topic": "医疗"}, received_on=D("2024-02-01"), legacy_since=D("2012-01-01"))
    office.open(answers={"topic": "医疗"}, received_on=D("2024-02-01"))
    office.act(old, "withdraw", "2024-03-01")
    found = selectors.legacy_ledger(
        office.actor(day="2024-12-31"), bureau=BUREAU, first=D("2024-01-01"), last=D("2024-12-31")
    )
    assert (found.total.opening, found.total.taken_up, found.total.closed, found.total.remaining) == (2, 1, 1, 2)
    with pytest.raises(FilterUnfit, match="晚于"):
        selectors.legacy_ledger(office.actor(), bureau=BUREAU, first=D("2024-02-01"), last=D("2024-01-01"))


def test_the_page_tells_everything_of_a_case(office, three):
    """Clocks in words with their act, acts with answers, what may be done next and by whom."""
    page = selectors.case_page(office.actor(), three[0].pk, on=D("2024-03-15"))
    assert page.answers == (("类别", "医疗"),)
    accept, handle = page.clocks
    assert (accept.left, handle.left, handle.light) == ("", "还有 9 日", Light.GREEN)
    assert "自 2024-03-04 的次日起 20 日" in handle.words
    assert "最后一个工作日是 2024-03-22" in handle.words  # the 24th is a Sunday
    assert ("12345" in handle.citation, handle.trust_label) == (True, "待核（把握较小）")
    assert [act.label for act in page.possible] == ["通知补正", "申请延期", "批准延期", "张榜公示", "撤回"]
    assert page.letters[0].unit == "云湖县退役军人事务局"
    head = selectors.case_page(office.actor("section_head"), three[0].pk, on=D("2024-03-15"))
    assert [act.label for act in head.possible] == ["批准延期"]


def test_a_case_is_found_by_its_number(office, three):
    """By number, or by # and the id."""
    actor = office.actor()
    assert selectors.case_named(actor, BUREAU, three[0].number) == three[0].pk
    assert selectors.case_named(actor, BUREAU, f"#{three[0].pk}") == three[0].pk
    with pytest.raises(CaseUnknown):
        selectors.case_named(actor, BUREAU, "样例2024-99999")


def test_the_telephone_is_shown_masked(office):
    """Kept encrypted, shown in part."""
    case = office.open(answers={"topic": "医疗"}, contact="13800001234")
    assert "13800001234" not in case.contact_cipher
    assert selectors.case_page(office.actor(), case.pk, on=D("2024-03-15")).contact == "138****1234"


def test_a_paper_comes_back_as_it_was_filed(office):
    """The scan by its digest; paper only is said to be so."""
    from rongji.casework.refusals import PaperUnfit

    case, actor = office.open(answers={"topic": "医疗"}), office.actor()
    on = D("2024-03-15")
    scan = services.add_paper(
        actor=actor, case_id=case.pk, kind="proof", received_on=on, file_name="证明.pdf", data=b"%PDF-1.4 proof"
    )
    assert selectors.paper_file(actor, scan) == ("证明.pdf", b"%PDF-1.4 proof")
    plain = services.add_paper(actor=actor, case_id=case.pk, kind="proof", received_on=on)
    with pytest.raises(PaperUnfit, match="没有扫描件"):
        selectors.paper_file(actor, plain)
    assert [item.title for item in selectors.case_page(actor, case.pk, on=on).papers] == ["办结证明", "办结证明"]
