"""A kind that is only a file runs from receipt to close, with clocks, letters, notice period and follow-up."""

import pytest
from unit.casework.samples import D

from rongji.casework import services
from rongji.casework.models import Case, CaseAct, CaseClock, CaseContact, CaseLetter

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("legal")]


def closed(office):
    """A case that went all the way."""
    case = office.open(answers={"topic": "医疗", "amount": "1200.50"}, received_on=D("2024-03-15"), people=4)
    case = office.act(case, "accept", "2024-03-18")
    case = office.act(case, "ask_papers", "2024-03-20")
    case = office.act(case, "papers_in", "2024-03-30")
    case = office.act(case, "post", "2024-04-08")
    services.add_paper(actor=office.actor(day="2024-04-15"), case_id=case.pk, kind="proof", received_on=D("2024-04-15"))
    return office.act(
        case, "close", "2024-04-16", by="section_head", decision="云退〔2024〕7号", answers={"granted": "1000"}
    )


def test_a_kind_without_python_runs_from_open_to_close(office):
    """Number, steps, answers, decision, acts, contact: everything is where it belongs."""
    case = closed(office)
    assert (case.number, case.version, case.outcome, str(case.closed_on)) == (
        "样例2024-00001", "2020-01-01", "办结", "2024-04-16"
    )  # fmt: skip
    assert case.values == {"topic": "医疗", "amount": 120050, "granted": 100000}
    assert (case.is_open, case.due_on, case.was_late, case.decision) == (False, None, False, "云退〔2024〕7号")
    acts = CaseAct.objects.filter(case=case).values_list("sequence", "act", "from_step", "to_step")
    assert list(acts) == [
        (1, "received", "", "new"), (2, "accept", "new", "doing"), (3, "ask_papers", "doing", "waiting"),
        (4, "papers_in", "waiting", "doing"), (5, "post", "doing", "notice"), (6, "close", "notice", "done"),
    ]  # fmt: skip
    assert list(CaseContact.objects.filter(case=case).values_list("channel", "people")) == [("visit", 4)]


def test_the_clocks_run_from_receipt_stand_still_and_stop(office):
    """Three working days from Friday; twenty days that stood still for ten; a notice period nobody is late by."""
    case = closed(office)
    clocks = {row.clock: row for row in CaseClock.objects.filter(case=case)}
    assert (str(clocks["accept"].started_on), str(clocks["accept"].due_on)) == ("2024-03-15", "2024-03-20")
    assert clocks["handle"].pauses == [["2024-03-20", "2024-03-30"]]
    assert str(clocks["handle"].due_on) == "2024-04-17"  # 18 March + 20 + 10
    assert (str(clocks["notice"].due_on), str(clocks["notice"].stopped_on)) == ("2024-04-15", "2024-04-16")


def test_a_letter_is_numbered_filled_and_kept(office):
    """Money with its unit, days in Chinese, the due day of the clock that the act started."""
    case = closed(office)
    letter = CaseLetter.objects.get(case=case)
    assert letter.number == "云湖退役样受〔2024〕1号"
    assert letter.paragraphs == [
        "张三：", "您于2024年3月15日提出的“要求落实待遇”（医疗，1200.5元）已受理，2024年4月7日前办结。"
    ]  # fmt: skip


def test_an_act_on_a_closed_case_opens_the_next_one(office):
    """The review carries matter, applicant and answers, and runs from the day on which it was asked for."""
    case = closed(office)
    office.act(case, "appeal", "2024-05-10")
    review = Case.objects.get(kind="sample_review")
    assert (review.parent_id, review.applicant, review.values) == (case.pk, "张三", {"topic": "医疗"})
    assert (str(review.received_on), str(review.due_on)) == ("2024-05-10", "2024-06-09")


def test_numbers_have_no_gaps_after_a_refusal(office):
    """A case that is refused takes no number."""
    from rongji.casework.refusals import AnswersUnfit

    first = office.open(answers={"topic": "医疗"})
    with pytest.raises(AnswersUnfit):
        office.open(answers={"topic": "别的"})
    second = office.open(answers={"topic": "住房"})
    assert [first.serial, second.serial] == [1, 2]
