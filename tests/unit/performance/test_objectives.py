"""Objectives: drafted, reviewed by the four criteria, approved by another person, changed only with a reason."""

from dataclasses import replace

import pytest

from rongji.accounts.refusals import NotAllowed, SamePerson
from rongji.kernel.bureau_year import BureauYear, Direction, GoalFacts, IndicatorFacts
from rongji.kernel.finding import Verdict
from rongji.kernel.quantity import Quantity
from rongji.performance.objectives import selectors, services
from rongji.performance.objectives.content import as_content, from_content, objectives_of
from rongji.performance.objectives.refusals import NoOpenDraft, NothingChanged, ReasonForChangeNeeded, TargetsNotReady

pytestmark = pytest.mark.django_db


def target(code: str = "I01", value: str = "4113", weight: str = "10", **fields) -> IndicatorFacts:
    """A clear target: 发放 4113 人."""
    values = {
        "level1": "产出指标", "level2": "数量指标",
        "name": "抚恤补助发放人数", "direction": Direction.AT_LEAST, "unit_name": "人",
        "target": Quantity.parse(value, "人"), "weight": Quantity.parse(weight, "分"),
    }  # fmt: skip
    return IndicatorFacts(code=code, **{**values, **fields})


VAGUE = target(
    "I02", name="服务水平", direction=Direction.QUALITATIVE, target=None, target_text="进一步提升", unit_name="文字"
)
GOAL = GoalFacts(code="G1", kind="goal", expected="按月足额发放抚恤补助")


def year(*indicators: IndicatorFacts) -> BureauYear:
    """A bureau-year with those indicators."""
    return BureauYear("county", "示例县退役军人事务局", 2024, "national-2020", indicators=indicators, goals=(GOAL,))


@pytest.fixture
def bureau(organisation):
    """The bureau."""
    return organisation("county")


@pytest.fixture
def officer(actor, bureau):
    """Who drafts."""
    return actor("performance_officer", organisation=bureau)


@pytest.fixture
def director(actor, bureau):
    """Who approves."""
    return actor("director", organisation=bureau)


def approved(officer, director, *indicators: IndicatorFacts, reason: str = "") -> None:
    """A version in force."""
    where = {"bureau": "county", "year": 2024}
    services.draft_objectives(actor=officer, objectives=objectives_of(year(*indicators)), reason=reason, **where)
    services.propose_objectives(actor=officer, **where)
    services.decide_objectives(actor=director, approve=True, **where)


def test_results_are_no_part_of_an_objective_and_content_reads_back():
    """What is approved before the year holds targets only."""
    done = target(actual=Quantity.parse("4000", "人"), reason="x", evidence=("E1",))
    kept = objectives_of(year(done))
    assert kept.indicators[0].actual is None and kept.indicators[0].evidence == ()
    assert from_content(as_content(kept)) == kept


def test_a_vague_target_is_sent_back_with_how_to_write_it(officer):
    """The four criteria stand before the approval; the advice says what to write."""
    where = {"bureau": "county", "year": 2024}
    services.draft_objectives(actor=officer, objectives=objectives_of(year(target(), VAGUE)), **where)
    with pytest.raises(TargetsNotReady, match="服务水平"):
        services.propose_objectives(actor=officer, **where)


def test_the_drafter_cannot_approve_and_the_director_can(officer, director, actor, bureau):
    """Two persons, and a clerk is neither."""
    where = {"bureau": "county", "year": 2024}
    both = actor("director", organisation=bureau)
    services.draft_objectives(actor=officer, objectives=objectives_of(year(target())), **where)
    services.propose_objectives(actor=officer, **where)
    with pytest.raises(NotAllowed):
        services.decide_objectives(actor=officer, approve=True, **where)
    as_maker = replace(both, user_id=officer.user_id)
    with pytest.raises(SamePerson):
        services.decide_objectives(actor=as_maker, approve=True, **where)
    services.decide_objectives(actor=director, approve=True, **where)
    assert selectors.objectives_in_force("county", 2024).indicators[0].code == "I01"


def test_a_change_of_approved_objectives_needs_a_reason_and_keeps_the_old_version(officer, director):
    """The new version replaces the old one only when it is approved; both stay readable."""
    approved(officer, director, target())
    where = {"bureau": "county", "year": 2024}
    changed = objectives_of(year(target(value="4200")))
    with pytest.raises(ReasonForChangeNeeded):
        services.draft_objectives(actor=officer, objectives=changed, **where)
    services.draft_objectives(actor=officer, objectives=changed, reason="年中新增对象", **where)
    assert str(selectors.objectives_in_force("county", 2024).indicators[0].target) == "4113人"
    services.propose_objectives(actor=officer, **where)
    services.decide_objectives(actor=director, approve=True, **where)
    assert [item.state for item in selectors.versions("county", 2024)] == ["superseded", "approved"]
    assert selectors.versions("county", 2024)[1].changes == ("指标 I01 年度指标值：4113人 → 4200人",)


def test_a_version_that_says_the_same_is_refused(officer, director):
    """No empty versions."""
    approved(officer, director, target())
    with pytest.raises(NothingChanged):
        services.draft_objectives(
            actor=officer, bureau="county", year=2024, objectives=objectives_of(year(target())), reason="x"
        )


def test_a_rejected_version_is_a_draft_again(officer, director):
    """The drafter corrects it and proposes again."""
    where = {"bureau": "county", "year": 2024}
    services.draft_objectives(actor=officer, objectives=objectives_of(year(target())), **where)
    with pytest.raises(NoOpenDraft):
        services.decide_objectives(actor=director, approve=True, **where)
    services.propose_objectives(actor=officer, **where)
    services.decide_objectives(actor=director, approve=False, note="请补充时效指标", **where)
    services.propose_objectives(actor=officer, **where)
    services.decide_objectives(actor=director, approve=True, **where)


def test_an_evaluation_against_other_targets_than_the_approved_ones_is_a_defect(officer, director):
    """Lowering the target after the fact does not pass."""
    approved(officer, director, target())
    same, lowered = selectors.against_approved(year(target())), selectors.against_approved(year(target(value="3900")))
    assert [finding.verdict for finding in same] == [Verdict.HOLDS]
    assert [finding.verdict for finding in lowered] == [Verdict.DEFECT]
    assert "4113人 → 3900人" in lowered[0].explanation
