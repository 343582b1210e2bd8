"""Results of examinations, and lots: entered one by one; whole tables of them come by `rongji.placement.imports`."""

from collections.abc import Iterable
from decimal import Decimal

from rongji.accounts.types import Actor
from rongji.law.shapes.placement import points_text
from rongji.law.shapes.placement_order import OrderPart
from rongji.placement.gathering import reading_of
from rongji.placement.models import Candidate, ExamResult, ScoreSheet
from rongji.placement.policies import KEEP_PLACEMENT
from rongji.placement.refusals import EvidenceMissing, LotUnfit, StateUnfit
from rongji.placement.types import CATEGORY_LABELS, STATE_LABELS, CandidateState, Category, CohortState
from rongji.placement.writing import on_candidate, record
from rongji.rules.entitlement.one_off import Reading
from rongji.rules.placement.composition import ABSENT, check_marks
from rongji.rules.placement.reading import composition
from rongji.rules.placement.refusals import PartUnknown

STALE = "成绩有变化，请重新核算积分"
MOST_LOT = 99_999
_AT_ONCE = 500


def record_result(*, actor: Actor, candidate_id: int, part: str, marks: Decimal | None, evidence: str) -> None:
    """Enter what a candidate reached in one examination; another entry replaces it. marks: None: absent.

    Raises: NotAllowed, CandidateUnknown, CohortStep, StateUnfit, EvidenceMissing, PartUnknown, ResultUnfit.
    """
    if not evidence.strip():
        raise EvidenceMissing(what="成绩的依据（如成绩单文号）")
    with on_candidate(
        actor=actor, candidate_id=candidate_id, policy=KEEP_PLACEMENT, states=(CohortState.PREPARING,), step="登记成绩"
    ) as candidate:
        refuse_unranked(candidate, "登记成绩")
        law = examination(reading_of(candidate.cohort, actor.day), candidate.cohort.year, candidate.cohort.season, part)
        if marks is not None:
            check_marks(law, marks)
        values = {"marks": marks, "evidence": evidence.strip()[:120], "recorded_on": actor.day}
        ExamResult.objects.update_or_create(candidate=candidate, part=part, defaults=values)
        mark_stale([candidate.pk])
        text = ABSENT if marks is None else points_text(marks)
        facts = {"candidate": candidate.pk, "part": part, "marks": text, "evidence": values["evidence"]}
        record(actor, "record_result", candidate.cohort, f"{candidate.number} 号{part} {text}", facts)


def record_lot(*, actor: Actor, candidate_id: int, lot: int, evidence: str) -> None:
    """Enter the number that a candidate drew, for places where a lot decides between equals.

    Raises: NotAllowed, CandidateUnknown, CohortStep, StateUnfit, EvidenceMissing, LotUnfit.
    """
    if not evidence.strip():
        raise EvidenceMissing(what="抽签的依据（如抽签记录、监督人员）")
    refuse_lot(lot)
    with on_candidate(
        actor=actor, candidate_id=candidate_id, policy=KEEP_PLACEMENT, states=(CohortState.PREPARING,), step="登记抽签"
    ) as candidate:
        refuse_unranked(candidate, "登记抽签")
        candidate.lot = lot
        candidate.save(update_fields=["lot"])
        facts = {"candidate": candidate.pk, "lot": lot, "evidence": evidence.strip()[:120]}
        record(actor, "record_lot", candidate.cohort, f"{candidate.number} 号抽签号 {lot}", facts)


def examination(reading: Reading, year: int, season: str, part: str) -> OrderPart:
    """The examination of that name in the order of a season. Raises: PartUnknown and those of the law."""
    offered = composition(reading)[0].examinations
    found = next((item for item in offered if item.name == part), None)
    if found is None:
        names = "、".join(item.name for item in offered)
        known = f"可用的有：{names}" if names else "只按服役表现积分排序，不用登记成绩"
        raise PartUnknown(season=f"{year}年{season}", part=part, known=known)
    return found


def refuse_lot(lot: int) -> None:
    """Refuse a lot that is none. Raises: LotUnfit."""
    if not 1 <= lot <= MOST_LOT:
        raise LotUnfit(lot=lot, most=MOST_LOT)


def refuse_unranked(candidate: Candidate, step: str) -> None:
    """Refuse somebody who does not choose by points. Raises: StateUnfit."""
    category, state = Category(candidate.category), CandidateState(candidate.state)
    if category is not Category.ASSIGNED or state is not CandidateState.WAITING:
        raise StateUnfit(
            name=f"{candidate.number} 号", category=CATEGORY_LABELS[category], state=STATE_LABELS[state], step=step,
            hint="只有待安置、按积分选岗的退役士兵参加排序",
        )  # fmt: skip


def mark_stale(candidate_ids: Iterable[int]) -> None:
    """The scores of these people are older than their results."""
    wanted = list(candidate_ids)
    for start in range(0, len(wanted), _AT_ONCE):
        sheets = ScoreSheet.objects.filter(candidate__in=wanted[start : start + _AT_ONCE])
        sheets.update(score=None, score_parts=[], score_trouble=STALE)
