"""Points of a cohort: facts of the register and facts entered beside it, confirmation, publication, refusals."""

from datetime import date
from decimal import Decimal

import pytest
from unit.placement.samples import OPENED, PUBLISHED

from rongji.accounts.models import TrailEntry
from rongji.accounts.refusals import NotAllowed
from rongji.placement import selectors, services
from rongji.placement.models import Candidate, ScoreSheet
from rongji.placement.refusals import (
    CandidateTwice,
    CohortExists,
    CohortStep,
    EvidenceMissing,
    NoticeUnfit,
    NotReady,
    OfficerMissing,
    PersonNotHere,
    ReportedEarly,
    ReportedLate,
    SoldierWord,
)
from rongji.placement.types import Category
from rongji.rules.placement.refusals import FullTie, UnknownItem, UnknownSeason
from rongji.rules.placement.verifying import verify

pytestmark = pytest.mark.database


def test_service_merits_and_disability_come_out_of_the_register(bureau):
    """Twelve years, two merits, a grade by war: 36 + 10 + 0.5 + 20; nothing is typed twice."""
    cohort = bureau.cohort()
    merits = (("三等功", date(2015, 8, 1)), ("嘉奖", date(2016, 12, 1)))
    candidate = bureau.candidate(cohort, bureau.person(merits=merits, grade=("因战", 8)))
    found = services.compute_points(actor=bureau.on(OPENED), cohort_id=cohort)
    assert (found.sheets, found.problems) == (1, ())
    sheet = selectors.candidate_page(bureau.on(OPENED), candidate).candidate.sheet
    assert sheet.total == Decimal("66.5")
    assert [(line["item"], line["degree"], line["points"]) for line in sheet.lines] == [
        ("服役年限", "前段", "36"),
        ("平时奖励", "嘉奖", "0.5"),
        ("平时奖励", "三等功", "10"),
        ("因战残疾", "8", "20"),
    ]
    assert all(line["law"].startswith("placement.") and line["acts"] for line in sheet.lines)


def test_what_the_register_lacks_is_entered_with_evidence(bureau):
    """A posting, and that a merit on file was given in war: it then counts once, as that."""
    cohort = bureau.cohort()
    candidate = bureau.candidate(cohort, bureau.person(merits=(("三等功", date(2015, 8, 1)),)))
    bureau.fact(candidate, "海岛", "一类", first_on=date(2012, 1, 1), last_on=date(2013, 12, 31))
    bureau.fact(candidate, "战时奖励", "三等功", first_on=date(2015, 8, 1))
    services.compute_points(actor=bureau.on(OPENED), cohort_id=cohort)
    assert ScoreSheet.objects.get().total == Decimal("36") + Decimal("3.6") + 20


def test_a_fact_needs_evidence_and_a_word_of_the_tables(bureau):
    """Nothing earns points on hearsay, and no item that no version knows."""
    candidate = bureau.candidate(bureau.cohort())
    with pytest.raises(EvidenceMissing, match="依据材料"):
        services.record_scoring_fact(
            actor=bureau.on(OPENED), candidate_id=candidate, new=services.candidates.NewFact(item="海岛", degree="一类")
        )
    with pytest.raises(UnknownItem, match="三类、二类、一类、特类"):
        bureau.fact(candidate, "海岛", "零类")


def test_who_cannot_be_scored_is_told_why_and_nobody_else_is_kept_from_it(bureau):
    """Seven years without any merit is no ground; a gap in the law is named; the others get their sheets."""
    cohort = bureau.cohort()
    bureau.candidate(cohort)
    bureau.candidate(cohort, bureau.person(enlisted=date(2014, 12, 1)))
    martyr = bureau.candidate(cohort)
    bureau.fact(martyr, "相关身份和岗位", "烈士子女")
    found = services.compute_points(actor=bureau.on(OPENED), cohort_id=cohort)
    assert found.sheets == 1
    ineligible, missing = found.problems
    assert (ineligible.number, missing.number) == (2, 3)
    assert "不符合由政府安排工作的任何一条" in ineligible.sentence
    assert "数值缺失" in missing.sentence and "烈士子女" in missing.sentence


def test_facts_that_change_ask_for_a_new_confirmation(bureau):
    """A confirmation belongs to the lines that were seen; the same lines again keep it."""
    cohort = bureau.cohort()
    candidate = bureau.candidate(cohort)
    bureau.confirmed(cohort)
    services.compute_points(actor=bureau.on(OPENED), cohort_id=cohort)
    assert ScoreSheet.objects.get().confirmed_on == OPENED
    fact = bureau.fact(candidate, "参加作战", "作战天数", count=4)
    assert ScoreSheet.objects.get().confirmed_on is None
    with pytest.raises(NotReady, match="1 号的积分还没有本人确认"):
        services.publish_points(actor=bureau.on(OPENED), cohort_id=cohort, notice_until=PUBLISHED)
    services.withdraw_scoring_fact(actor=bureau.on(OPENED), fact_id=fact, reason="登记错人")
    bureau.confirmed(cohort)
    assert services.publish_points(actor=bureau.on(OPENED), cohort_id=cohort, notice_until=PUBLISHED)


def test_the_published_sheet_can_be_reckoned_again_by_anybody(bureau):
    """What is published is the order with its reasons; the recomputation from these rows alone agrees."""
    cohort, candidates = bureau.published()
    facts, rows = selectors.published_sheet(bureau.on(PUBLISHED), cohort)
    assert verify(rows).holds
    assert facts.digest and facts.known_on == PUBLISHED
    positions = dict(ScoreSheet.objects.values_list("candidate", "position"))
    assert [positions[candidate] for candidate in candidates] == [1, 2, 3]
    assert not any("991" in cell for row in rows for cell in row.values() if len(cell) == 18)


def test_a_full_tie_is_refused_and_nothing_is_published(bureau):
    """The bureau has to say how to settle it; the cohort stays as it was."""
    cohort = bureau.cohort()
    bureau.candidate(cohort)
    bureau.candidate(cohort)
    bureau.confirmed(cohort)
    with pytest.raises(FullTie, match="1、2"):
        services.publish_points(actor=bureau.on(OPENED), cohort_id=cohort, notice_until=PUBLISHED)
    assert selectors.cohort(bureau.on(OPENED), cohort).state == "preparing"


def test_a_publication_is_taken_back_with_a_reason(bureau):
    """An objection proved right: points can be put right and published again; both acts are in the trail."""
    cohort, _ = bureau.published()
    with pytest.raises(CohortStep, match="积分已经公示"):
        services.compute_points(actor=bureau.on(PUBLISHED), cohort_id=cohort)
    services.withdraw_publication(actor=bureau.on(PUBLISHED), cohort_id=cohort, reason="异议成立，奖励补登")
    assert selectors.cohort(bureau.on(PUBLISHED), cohort).digest == ""
    services.publish_points(actor=bureau.on(PUBLISHED), cohort_id=cohort, notice_until=date(2022, 5, 25))
    actions = list(TrailEntry.objects.filter(subject_kind="placement").values_list("action", flat=True))
    assert actions.count("placement.publish_points") == 2
    assert "placement.withdraw_publication" in actions


def test_only_the_head_of_the_section_publishes(bureau):
    """A clerk reckons and confirms; publishing is another role's act; the director only sees."""
    cohort = bureau.cohort()
    bureau.candidate(cohort)
    bureau.confirmed(cohort)
    with pytest.raises(NotAllowed):
        services.publish_points(actor=bureau.on(OPENED, bureau.clerk), cohort_id=cohort, notice_until=PUBLISHED)
    with pytest.raises(NotAllowed):
        services.compute_points(actor=bureau.on(OPENED, bureau.director), cohort_id=cohort)
    with pytest.raises(NoticeUnfit):
        services.publish_points(actor=bureau.on(OPENED), cohort_id=cohort, notice_until=date(2022, 2, 28))
    assert selectors.candidates(bureau.on(OPENED, bureau.director), cohort)


LATE = {"reported_on": date(2022, 2, 15), "report_by": date(2022, 1, 15)}


def test_who_reports_too_late_without_a_reason_is_not_received(bureau):
    """More than thirty days after the day named: a reason, or nothing; the thirtieth day is in time."""
    cohort = bureau.cohort()
    assert bureau.candidate(cohort, reported_on=date(2022, 2, 14), report_by=date(2022, 1, 15))
    with pytest.raises(ReportedLate, match="逾期超过 30 日"):
        bureau.candidate(cohort, **LATE)
    assert bureau.candidate(cohort, **LATE, late_reason="住院，附病历")


def test_without_a_day_named_the_law_gives_thirty_days_to_report(bureau):
    """Reckoned from the approval of the discharge."""
    candidate = bureau.candidate(bureau.cohort(), report_by=None)
    assert Candidate.objects.get(pk=candidate).report_by == date(2021, 12, 31)


def test_unfit_receptions_are_refused(bureau):
    """Days that cannot be, a person of nobody, the same person twice, a spouse without an officer, no word for whom."""
    cohort = bureau.cohort()
    person = bureau.person()
    bureau.candidate(cohort, person)
    with pytest.raises(CandidateTwice, match="编号 1"):
        bureau.candidate(cohort, person)
    with pytest.raises(PersonNotHere):
        bureau.candidate(cohort, 999_999)
    with pytest.raises(ReportedEarly):
        bureau.candidate(cohort, reported_on=date(2021, 11, 30))
    with pytest.raises(ReportedEarly):
        bureau.candidate(cohort, reported_on=date(2022, 3, 2))
    with pytest.raises(SoldierWord, match="军士 或 义务兵"):
        bureau.candidate(cohort, soldier="士官")
    with pytest.raises(OfficerMissing):
        bureau.candidate(cohort, category=Category.SPOUSE)
    officer = bureau.candidate(cohort, category=Category.OFFICER)
    assert bureau.candidate(cohort, category=Category.SPOUSE, officer_id=officer)


def test_a_season_is_opened_once_and_is_one_of_the_table(bureau):
    """The refusal names the cohort that there is."""
    bureau.cohort()
    with pytest.raises(CohortExists, match="2021年秋冬季"):
        bureau.cohort()
    with pytest.raises(UnknownSeason):
        bureau.cohort(season="冬天")
