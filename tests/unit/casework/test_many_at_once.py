"""One act for many cases: each by its own rules, all or none, or those that can be; every case tells its batch."""

import pytest
from unit.casework.samples import BUREAU, D

from rongji.accounts.models import TrailEntry
from rongji.casework import refusals, services
from rongji.casework.models import Case, CaseAct, CaseBatch, CaseLetter, CasePaper
from rongji.casework.types import CaseToDo, NewActs, PaperGiven

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("legal")]
MEDICAL = {"topic": "医疗"}


def opened(office, count, **given):
    return [office.open(answers=MEDICAL, applicant=f"申请人{number}", **given) for number in range(1, count + 1)]


def to_do(cases, **answers):
    return [CaseToDo(case_id=case.pk, answers=answers) for case in cases]


def accepted(on="2024-03-15", **given):
    return NewActs(kind="sample", act="accept", on=D(on), **given)


def act_on(actor, cases, new=None, **given):
    return services.act_on_cases(actor=actor, bureau=BUREAU, new=new or accepted(), cases=cases, **given)


def to_notice(office, cases):
    """Bring cases to the end of their notice, the acts done by the clerk."""
    act_on(office.actor(), to_do(cases))
    act_on(office.actor(), to_do(cases), NewActs(kind="sample", act="post", on=D("2024-03-15")))


def test_each_case_has_its_own_act_letter_and_trail_entry_and_tells_the_batch(office):
    """In the order given; the letters are numbered in that order, without gaps."""
    cases = opened(office, 3)[::-1]
    outcome = act_on(office.actor(), to_do(cases))
    assert (outcome.done, outcome.left) == (tuple(case.pk for case in cases), ())
    batch = CaseBatch.objects.get()
    assert (batch.number, batch.pk, batch.act_label) == ("成批2024-0001", outcome.id, "受理")
    acts = CaseAct.objects.filter(batch=batch).order_by("id")
    assert [(row.case_id, row.sequence, row.to_step) for row in acts] == [(case.pk, 2, "doing") for case in cases]
    letters = CaseLetter.objects.filter(batch=batch).order_by("serial")
    assert [(row.case_id, row.serial) for row in letters] == [(case.pk, n) for n, case in enumerate(cases, 1)]
    assert "申请人3" in letters[0].paragraphs[0]
    entries = list(TrailEntry.objects.order_by("sequence"))[-4:]
    assert [(row.action, row.subject_id) for row in entries[:3]] == [
        ("casework.act_on_case", str(case.pk)) for case in cases
    ]
    assert all("成批2024-0001" in row.summary and row.detail["batch"] == "成批2024-0001" for row in entries[:3])
    assert entries[3].action == "casework.act_on_cases"
    assert entries[3].detail["cases"] == [case.pk for case in cases]


def test_the_second_batch_of_a_year_has_the_next_number(office):
    """Within the bureau; a batch that was refused takes none."""
    first, second = opened(office, 2)
    act_on(office.actor(), to_do([first]))
    with pytest.raises(refusals.ActBatchRefused):
        act_on(office.actor(), to_do([first, second]))
    assert act_on(office.actor(), to_do([second])).number == "成批2024-0002"
    assert sorted(CaseLetter.objects.values_list("serial", flat=True)) == [1, 2]


def test_all_or_none_and_every_refused_case_is_told_with_its_reason(office):
    """Two of four cannot be; nothing is done, and both are named."""
    cases = opened(office, 4)
    office.act(cases[1], "withdraw", "2024-03-15")
    office.act(cases[3], "ask_papers", "2024-03-15")
    with pytest.raises(refusals.ActBatchRefused, match="4 件里有 2 件不能办理“受理”，整批没有办理") as caught:
        act_on(office.actor(), to_do(cases))
    outcome = caught.value.facts["outcome"]
    assert [(item.place, item.number) for item in outcome.left] == [(2, cases[1].number), (4, cases[3].number)]
    assert "已撤回" in outcome.left[0].why and "待补正" in outcome.left[1].why
    assert outcome.done == (cases[0].pk, cases[2].pk)
    assert not CaseBatch.objects.exists() and not CaseLetter.objects.exists()
    assert not CaseAct.objects.filter(act="accept").exists()


def test_those_that_can_be_are_done_where_that_is_chosen_and_what_was_left_is_kept(office):
    """The letters of those that were done have no gaps where a case was refused."""
    cases = opened(office, 3)
    office.act(cases[1], "withdraw", "2024-03-15")
    outcome = act_on(office.actor(), to_do(cases), only_possible=True)
    assert outcome.done == (cases[0].pk, cases[2].pk)
    assert CaseBatch.objects.get().left == [
        {"case": cases[1].pk, "number": cases[1].number, "why": outcome.left[0].why}
    ]
    assert sorted(CaseLetter.objects.values_list("serial", flat=True)) == [1, 2]
    assert "1 件不能办理" in TrailEntry.objects.latest("sequence").summary


def test_where_nothing_can_be_done_there_is_no_batch(office):
    """Not even an empty one."""
    case = office.act(opened(office, 1)[0], "withdraw", "2024-03-15")
    with pytest.raises(refusals.ActBatchRefused):
        act_on(office.actor(), to_do([case]), only_possible=True)
    assert not CaseBatch.objects.exists()


def test_a_case_may_have_answers_of_its_own(office):
    """They stand over those that all have."""
    cases = opened(office, 2)
    to_notice(office, cases)
    new = NewActs(
        kind="sample", act="close", on=D("2024-03-23"), answers={"granted": "100", "again": "否"},
        decision="云退〔2024〕1号",
        papers=(PaperGiven(kind="proof"),),
    )  # fmt: skip
    own = [CaseToDo(case_id=cases[0].pk, answers={"granted": "250.50"}), CaseToDo(case_id=cases[1].pk)]
    act_on(office.actor("section_head", "2024-03-23"), own, new)
    assert [Case.objects.get(pk=case.pk).values["granted"] for case in cases] == [25050, 10000]
    assert [Case.objects.get(pk=case.pk).decision for case in cases] == ["云退〔2024〕1号"] * 2
    assert CasePaper.objects.filter(kind="proof").count() == 2


@pytest.mark.parametrize(
    ("given", "by", "said"),
    [
        ({"answers": {}}, "section_head", "请填写“核定金额”"),
        ({"answers": {"granted": "约一百"}}, "section_head", "约"),
        ({"answers": {"granted": "1", "other": "x"}}, "section_head", "没有字段“other”"),
        ({"papers": ()}, "section_head", "还缺材料：办结证明"),
        ({"decision": " "}, "section_head", "必须填写批准文号"),
        ({"on": D("2024-03-22")}, "section_head", "到 2024-03-22 才满"),
        ({"on": D("2024-03-14")}, "section_head", "早于上一次办理"),
        ({"on": D("2024-03-24")}, "section_head", "在今天"),
        ({}, "clerk", "须由另一人办理"),
        ({}, "director", "您在该办件的范围内没有这一角色"),
    ],
)
def test_every_case_is_checked_as_if_it_were_alone(office, given, by, said):
    """Two pairs of hands, papers, notice periods, days, answers: no batch gets around them."""
    cases = opened(office, 2)
    to_notice(office, cases)
    good = {"answers": {"granted": "100"}, "decision": "云退〔2024〕1号", "papers": (PaperGiven(kind="proof"),)}
    new = NewActs(**{"kind": "sample", "act": "close", "on": D("2024-03-23"), **good, **given})
    with pytest.raises(refusals.ActBatchRefused) as caught:
        act_on(office.actor(by, "2024-03-23"), to_do(cases), new)
    assert [said in item.why for item in caught.value.facts["outcome"].left] == [True, True]
    assert not CasePaper.objects.exists()


def test_what_was_seen_of_a_case_holds_for_a_batch_too(office):
    """Somebody else has noted something in between: that case is told, by name."""
    cases = [office.act(case, "accept", "2024-03-15") for case in opened(office, 2)]
    office.act(cases[1], "ask_longer", "2024-03-15", by="clerk")
    many = [CaseToDo(case_id=case.pk, seen=2) for case in cases]
    with pytest.raises(refusals.ActBatchRefused) as caught:
        act_on(office.actor(), many, NewActs(kind="sample", act="ask_papers", on=D("2024-03-15")))
    left = caught.value.facts["outcome"].left
    assert [(item.number, item.code) for item in left] == [(cases[1].number, "case-moved-on")]


def test_a_case_named_twice_one_of_another_kind_and_one_that_is_not_there_are_told(office, organisation, user):
    """Each by its place in the batch; a case of another bureau is one that is not there."""
    one, two = opened(office, 2)
    other = office.open("sample_review", by="director", answers=MEDICAL)
    strange = [CaseToDo(case_id=pk) for pk in (one.pk, one.pk, other.pk, 10**9, two.pk)]
    outcome = act_on(office.actor(), strange, only_possible=True)
    assert outcome.done == (one.pk, two.pk)
    assert [(item.place, item.code) for item in outcome.left] == [
        (2, "case-twice-in-batch"), (3, "case-of-other-kind"), (4, "case-unknown"),
    ]  # fmt: skip


def test_a_batch_has_at_least_one_case_and_not_too_many(office):
    """The refusal says how many fit."""
    with pytest.raises(refusals.ActBatchUnfit, match="一批 1 至 2000 件，现在是 0 件"):
        act_on(office.actor(), [])
    with pytest.raises(refusals.ActBatchUnfit, match="现在是 2001 件"):
        act_on(office.actor(), [CaseToDo(case_id=number) for number in range(1, 2002)])
    with pytest.raises(refusals.ActUnknown, match="受理"):
        act_on(office.actor(), [CaseToDo(case_id=1)], NewActs(kind="sample", act="nothing", on=D("2024-03-15")))


def test_a_trial_tells_what_would_become_of_each_and_keeps_nothing(office):
    """No act, no letter, no number, no trail."""
    cases = opened(office, 2)
    office.act(cases[1], "withdraw", "2024-03-15")
    entries = TrailEntry.objects.count()
    tried = services.try_on_cases(actor=office.actor(), bureau=BUREAU, new=accepted(), cases=to_do(cases))
    assert (tried.id, tried.done, [item.number for item in tried.left]) == (0, (cases[0].pk,), [cases[1].number])
    assert TrailEntry.objects.count() == entries
    assert not CaseBatch.objects.exists() and not CaseLetter.objects.exists()
    assert Case.objects.get(pk=cases[0].pk).step == "new"


def test_an_act_that_opens_a_case_opens_one_for_each(office):
    """The follow-ups are numbered without gaps, and a bug in the middle leaves nothing."""
    cases = opened(office, 3)
    to_notice(office, cases)
    close = NewActs(
        kind="sample", act="close", on=D("2024-03-23"), answers={"granted": "1"}, decision="号",
        papers=(PaperGiven(kind="proof"),),
    )  # fmt: skip
    act_on(office.actor("section_head", "2024-03-23"), to_do(cases), close)
    appeal = NewActs(kind="sample", act="appeal", on=D("2024-03-25"))
    act_on(office.actor("clerk", "2024-03-25"), to_do(cases), appeal)
    opened_by = Case.objects.filter(kind="sample_review").order_by("serial")
    assert [(row.serial, row.parent_id) for row in opened_by] == [(n, case.pk) for n, case in enumerate(cases, 1)]


def test_a_failure_in_the_middle_leaves_nothing(office, monkeypatch):
    """Anything but a refusal of one case ends the whole batch."""
    from rongji.casework.services import acting

    cases, told = opened(office, 3), []

    def break_down(doing, *rest):
        told.append(doing.case.pk)
        if len(told) == 2:
            raise KeyboardInterrupt
        return original(doing, *rest)

    original = acting._record
    monkeypatch.setattr(acting, "_record", break_down)
    with pytest.raises(KeyboardInterrupt):
        act_on(office.actor(), to_do(cases))
    assert not CaseBatch.objects.exists() and not CaseLetter.objects.exists()
    assert set(Case.objects.values_list("step", flat=True)) == {"new"}
