"""What cannot be: every no of casework, and what it says to do."""

import pytest
from unit.casework.samples import BUREAU, D

from rongji.accounts.refusals import NamedUserNeeded, NotAllowed
from rongji.casework import refusals, services
from rongji.casework.models import Case, CaseAct, CaseLetter
from rongji.casework.types import NewAct, NewCase
from rongji.law.refusals import UnknownCaseKind

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("legal")]
GOOD = {"answers": {"topic": "医疗"}}


NOT_OPENED = [
    # what is given, refusal, part of its sentence
    ({"kind": "nothing"}, UnknownCaseKind, "nothing"),
    ({"channel": "pigeon"}, refusals.ChannelUnknown, "来访、省级交办"),
    ({"channel": "province"}, refusals.AssignedByMissing, "交办单位"),
    ({"people": 0}, refusals.CountUnfit, "1 至"),
    ({"people": 10**9}, refusals.CountUnfit, "1 至"),
    ({"title": "  "}, refusals.TitleMissing, "填写事项"),
    ({"title": "长" * 201}, refusals.TitleMissing, "200"),
    ({"applicant": " "}, refusals.ApplicantMissing, "申请人"),
    ({"received_on": D("2024-03-16"), "day": "2024-03-15"}, refusals.CaseDayUnfit, "之后"),
    ({"legacy_since": D("2024-03-16")}, refusals.CaseDayUnfit, "晚于收到日期"),
    ({"answers": {}}, refusals.AnswersUnfit, "请填写“类别”"),
    ({"answers": {"topic": "医疗", "amount": "约三千"}}, refusals.AnswersUnfit, "约"),
    ({"answers": {"topic": "医疗", "what": "x"}}, refusals.AnswersUnfit, "没有字段“what”"),
    ({"station": "elsewhere"}, refusals.StationUnfit, "不属于"),
    ({"parent": 10**9}, refusals.CaseUnknown, "没有编号"),
    ({"by": "director"}, refusals.KindNotYours, "经办人"),
    ({"by": "reviewer"}, NotAllowed, "登记办件"),
]


@pytest.mark.parametrize(("given", "refusal", "said"), NOT_OPENED)
def test_a_case_that_is_not_opened_says_why_and_leaves_nothing(office, organisation, given, refusal, said):
    """No row, no number taken, no trail."""
    organisation("elsewhere", area_code="990101")
    with pytest.raises(refusal, match=said):
        office.open(**{**GOOD, **given})
    assert not Case.objects.exists()


def test_several_wrong_answers_are_told_at_once(office):
    """One refusal, each field with its sentence."""
    with pytest.raises(refusals.AnswersUnfit) as caught:
        office.open(answers={"topic": "别的", "amount": "many"})
    assert set(caught.value.facts["problems"]) == {"topic", "amount"}


def test_a_submission_of_the_public_window_has_one_case(office):
    """Taken over twice, it is refused with the number of the first."""
    first = office.open(**GOOD, intake="WB20240315-7")
    with pytest.raises(refusals.IntakeTaken, match=first.number):
        office.open(**GOOD, intake="WB20240315-7")


RULES = """
exclusive:
  - {by: [field:hardship_on], outcomes: [办结]}
limits:
  - {since: "field:hardship_on", procedure: sample, step: ask_review, when: {field:topic: [医疗]}}
  - {since: "field:hardship_on", procedure: sample, step: notice, not_before: true, when: {field:topic: [住房]}}
order:
  - fields: [hardship_on, received_on]
"""


@pytest.fixture
def ruled(sample):
    """The sample kind with limits of application, exclusive by the day of the hardship."""
    sample.write_text(sample.read_text(encoding="utf-8") + RULES, encoding="utf-8")


@pytest.mark.parametrize(
    ("topic", "hardship_on", "refusal"),
    [
        ("医疗", "2024-02-14", None),  # thirty days before
        ("医疗", "2024-02-13", refusals.ApplicationTooLate),
        ("住房", "2024-03-08", None),  # seven days before
        ("住房", "2024-03-09", refusals.ApplicationTooEarly),
        ("住房", "2024-03-16", refusals.DaysOutOfOrder),
    ],
)
def test_what_is_applied_for_too_late_or_too_early_is_refused(office, ruled, topic, hardship_on, refusal):
    """On the last day and on the first day it is in time; days do not run backwards."""
    answers = {"topic": topic, "hardship_on": hardship_on}
    if refusal is None:
        assert office.open(answers=answers).is_open
        return
    with pytest.raises(refusal):
        office.open(answers=answers)


def test_there_is_one_case_for_one_hardship(office, ruled):
    """While one runs; after it was withdrawn another may be opened."""
    answers = {"topic": "医疗", "hardship_on": "2024-03-01"}
    first = office.open(answers=answers)
    with pytest.raises(refusals.CaseNotAlone, match=first.number):
        office.open(answers=answers)
    office.act(first, "withdraw", "2024-03-15")
    assert office.open(answers=answers).serial == 2


NOT_DONE = [
    # act, day, what else, refusal, part of its sentence
    ("nothing", "2024-03-20", {}, refusals.ActUnknown, "受理"),
    ("close", "2024-03-20", {}, refusals.ActNotPossible, "办理中"),
    ("post", "2024-03-20", {"day": "2024-03-19"}, refusals.CaseDayUnfit, "之后"),
    ("post", "2024-03-17", {"day": "2024-03-20"}, refusals.CaseDayUnfit, "早于上一次"),
    ("post", "2024-03-20", {"by": "director"}, refusals.ActNotYours, "经办人"),
    ("extend", "2024-03-20", {}, refusals.SameHands, "另一人"),
    ("post", "2024-03-20", {"answers": {"x": "1"}}, refusals.AnswersUnfit, "没有字段"),
    ("post", "2024-03-20", {"by": "reviewer"}, NotAllowed, "办理办件"),
]


@pytest.mark.parametrize(("act", "on", "given", "refusal", "said"), NOT_DONE)
def test_an_act_that_is_not_done_says_why_and_changes_nothing(office, act, on, given, refusal, said):
    """The case stays where it was."""
    case = office.act(office.open(**GOOD), "accept", "2024-03-18")
    with pytest.raises(refusal, match=said):
        office.act(case, act, on, **given)
    assert (Case.objects.get(pk=case.pk).step, CaseAct.objects.filter(case=case).count()) == ("doing", 2)


def test_a_case_that_is_not_there_is_said_so(office):
    """Not a crash."""
    with pytest.raises(refusals.CaseUnknown):
        services.act_on_case(actor=office.actor(), case_id=10**9, new=NewAct(act="accept", on=D("2024-03-15")))


@pytest.fixture
def posted(office):
    """A case whose notice hangs until 5 April 2024."""
    case = office.act(office.open(**GOOD), "accept", "2024-03-18")
    return office.act(case, "post", "2024-03-29")


def close(office, case, on="2024-04-08", **given):
    """Close it as the section head."""
    given = {"decision": "云退〔2024〕7号", "answers": {"granted": "1000"}, "by": "section_head", **given}
    return office.act(case, "close", on, **given)


def proof(office, case):
    """Bring the paper that closing needs."""
    services.add_paper(actor=office.actor(day="2024-04-01"), case_id=case.pk, kind="proof", received_on=D("2024-04-01"))


def test_closing_needs_the_paper_the_decision_and_the_end_of_the_notice(office, posted):
    """Each of them is asked for by name; then it closes."""
    with pytest.raises(refusals.PapersMissing, match="办结证明"):
        close(office, posted)
    proof(office, posted)
    with pytest.raises(refusals.DecisionMissing, match="批准文号"):
        close(office, posted, decision=" ")
    with pytest.raises(refusals.WaitingNotOver, match="2024-04-05"):
        close(office, posted, on="2024-04-05")
    with pytest.raises(refusals.SameHands):
        close(office, posted, by="clerk")
    assert close(office, posted, on="2024-04-06").outcome == "办结"


def test_nobody_does_a_second_pair_of_hands_without_an_account(office, posted):
    """The operator of the machine is not somebody else."""
    from dataclasses import replace

    operator = replace(office.actor("section_head", "2024-04-08"), user_id=None, username="")
    with pytest.raises(NamedUserNeeded):
        services.act_on_case(actor=operator, case_id=posted.pk, new=NewAct(act="close", on=D("2024-04-08")))


def test_an_extension_is_approved_by_another_once_and_before_the_end(office):
    """Ten more days in the law; then no more."""
    case = office.act(office.open(**GOOD), "accept", "2024-03-18")
    case = office.act(case, "ask_longer", "2024-04-05")
    case = office.act(case, "extend", "2024-04-07", by="section_head")
    assert str(case.due_on) == "2024-04-17"
    case = office.act(case, "ask_longer", "2024-04-10")
    with pytest.raises(refusals.NothingToExtend, match="只能延期一次"):
        office.act(case, "extend", "2024-04-11", by="section_head")


def test_what_has_run_out_is_not_extended(office):
    """The approval comes before the end or not at all."""
    case = office.act(office.open(**GOOD), "accept", "2024-03-18")
    case = office.act(case, "ask_longer", "2024-04-08")
    with pytest.raises(refusals.NothingToExtend, match="2024-04-07 到期"):
        office.act(case, "extend", "2024-04-08", by="section_head")


def test_the_second_of_two_clerks_is_told_what_the_first_did(office):
    """By the step, where the act is no longer possible; by `seen`, where it still would be."""
    case = office.open(**GOOD)
    office.act(case, "accept", "2024-03-18")
    with pytest.raises(refusals.ActNotPossible, match="办理了“受理”"):
        office.act(case, "accept", "2024-03-18", by="clerk")
    with pytest.raises(refusals.CaseMovedOn, match="刷新"):
        office.act(case, "post", "2024-03-18", seen=1)
    assert office.act(case, "post", "2024-03-18", seen=2).step == "notice"


def test_a_closed_case_stays_closed(office):
    """But for what may be done afterwards."""
    case = office.act(office.open(**GOOD), "withdraw", "2024-03-18")
    with pytest.raises(refusals.ActNotPossible, match="已撤回"):
        office.act(case, "withdraw", "2024-03-19")


def test_a_review_asked_for_too_late_refuses_the_act_that_asks_for_it(office, posted):
    """Nothing of it is kept: no act, no follow-up."""
    proof(office, posted)
    case = close(office, posted)
    with pytest.raises(refusals.ApplicationTooLate, match="原办件办结"):
        office.act(case, "appeal", "2024-05-09")
    assert not Case.objects.filter(kind="sample_review").exists()
    office.act(case, "appeal", "2024-05-08")
    assert Case.objects.filter(kind="sample_review", parent=case).exists()


def test_a_refused_effect_refuses_the_act(office, sample):
    """Nothing of the act is kept: clocks, letter and step stay as they were."""
    text = sample.read_text(encoding="utf-8").replace(
        "    letter: accepted\n", "    letter: accepted\n    effects: [{do: fly}]\n"
    )
    sample.write_text(text, encoding="utf-8")
    case = office.open(**GOOD)
    with pytest.raises(refusals.EffectUnknown, match="fly"):
        office.act(case, "accept", "2024-03-18")
    assert Case.objects.get(pk=case.pk).step == "new"
    assert not CaseLetter.objects.exists()


NOT_KEPT = [
    ("add_contact", {"on": D("2024-03-15"), "channel": "pigeon"}, refusals.ContactUnfit, "渠道"),
    ("add_contact", {"on": D("2024-03-15"), "channel": "visit", "people": 0}, refusals.ContactUnfit, "人数"),
    ("add_contact", {"on": D("2024-03-16"), "channel": "visit"}, refusals.ContactUnfit, "今天"),
    ("add_contact", {"on": D("2024-03-14"), "channel": "visit"}, refusals.ContactUnfit, "收到日期"),
    ("add_paper", {"kind": " ", "received_on": D("2024-03-15")}, refusals.PaperUnfit, "哪一种"),
    ("add_paper", {"kind": "proof", "received_on": D("2024-03-16")}, refusals.PaperUnfit, "今天"),
    ("add_member", {"role": "friend", "name": "某局长", "from_on": D("2024-03-15")}, refusals.MemberUnfit, "职责"),
    ("add_member", {"role": "leader", "name": " ", "from_on": D("2024-03-15")}, refusals.MemberUnfit, "姓名"),
    ("add_member", {"role": "leader", "name": "某局长", "from_on": D("2024-03-16")}, refusals.MemberUnfit, "起始"),
    ("rate_case", {"satisfaction": "satisfied", "on": D("2024-03-15")}, refusals.RatingUnfit, "还没有办结"),
    ("rate_case", {"satisfaction": "great", "on": D("2024-03-15")}, refusals.RatingUnfit, "满意"),
]


@pytest.mark.parametrize(("name", "given", "refusal", "said"), NOT_KEPT)
def test_what_is_kept_beside_the_acts_is_checked(office, name, given, refusal, said):
    """Days, numbers and words."""
    case = office.open(**GOOD)
    with pytest.raises(refusal, match=said):
        getattr(services, name)(actor=office.actor(), case_id=case.pk, **given)


def test_a_batch_with_one_bad_case_is_refused_whole(office):
    """The place of the bad one is told; not one is kept."""
    good = NewCase(
        kind="sample",
        channel="visit",
        received_on=D("2024-03-15"),
        title="甲",
        applicant="张三",
        answers={"topic": "医疗"},
    )
    bad = NewCase(kind="sample", channel="visit", received_on=D("2024-03-15"), title="乙", applicant="李四")
    with pytest.raises(refusals.BatchUnfit, match="第 2 件"):
        services.open_cases(actor=office.actor(), bureau=BUREAU, many=[good, bad])
    assert not Case.objects.exists()


def test_two_of_one_batch_that_may_not_both_be_are_told(office, ruled):
    """The same hardship twice, or the same submission twice; nothing is kept."""
    from dataclasses import replace

    answers = {"topic": "医疗", "hardship_on": "2024-03-01"}
    one = NewCase(
        kind="sample", channel="visit", received_on=D("2024-03-15"), title="甲", applicant="张三", answers=answers
    )
    another = replace(one, answers={"topic": "医疗", "hardship_on": "2024-03-02"}, intake="W1")
    for many in ([one, one], [replace(one, intake="W1"), another]):
        with pytest.raises(refusals.BatchUnfit, match="与本批第 1 件重复"):
            services.open_cases(actor=office.actor(), bureau=BUREAU, many=many)
    assert not Case.objects.exists()
