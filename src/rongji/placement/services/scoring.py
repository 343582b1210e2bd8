"""Points of a cohort: reckoned for everybody, and confirmed by each candidate."""

from dataclasses import dataclass
from datetime import date

from rongji.accounts.types import Actor
from rongji.placement.models import Cohort, ScoreSheet
from rongji.placement.policies import KEEP_PLACEMENT
from rongji.placement.reckoning import Reckoned, kept_parts, reckon
from rongji.placement.refusals import SheetMissing
from rongji.placement.types import CohortState, Problem
from rongji.placement.writing import AT_ONCE, on_candidate, on_cohort, record, update_many

_FIELDS = (
    "computed_on", "known_on", "total", "first", "lines", "digest", "score", "score_parts", "score_trouble",
    "confirmed_on", "confirmed_note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scored:
    """What a reckoning of a cohort came to: how many sheets, and everybody who has none, with the reason.

    waiting: how many sheets have no score yet, because an examination is missing.
    """

    sheets: int
    problems: tuple[Problem, ...]
    waiting: int = 0


def compute_points(*, actor: Actor, cohort_id: int) -> Scored:
    """Reckon the points sheet of everybody of a cohort who is given work; those who cannot be scored are told why.

    A sheet that comes out as it was keeps its confirmation; another one has to be confirmed again.
    Raises: NotAllowed, CohortUnknown, CohortStep.
    """
    with on_cohort(
        actor=actor, cohort_id=cohort_id, policy=KEEP_PLACEMENT, states=(CohortState.PREPARING,), step="核算积分"
    ) as cohort:
        found = reckon(cohort, actor.day)
        _keep(cohort, found.reckoned, actor.day)
        waiting = sum(1 for one in found.reckoned if one.score is None)
        facts = {"sheets": len(found.reckoned), "problems": len(found.problems), "waiting": waiting}
        said = f"核算积分 {len(found.reckoned)} 人，{len(found.problems)} 人不能评分"
        record(actor, "compute_points", cohort, said, facts)
    return Scored(len(found.reckoned), tuple(found.problems), waiting)


def confirm_points(*, actor: Actor, candidate_id: int, note: str = "") -> None:
    """The candidate has seen the points sheet and confirmed it. Raises: NotAllowed, SheetMissing, CohortStep."""
    with on_candidate(
        actor=actor, candidate_id=candidate_id, policy=KEEP_PLACEMENT, states=(CohortState.PREPARING,), step="确认积分"
    ) as candidate:
        sheet = ScoreSheet.objects.filter(candidate=candidate).first()
        if sheet is None:
            raise SheetMissing(name=f"{candidate.number} 号")
        sheet.confirmed_on, sheet.confirmed_note = actor.day, note.strip()[:255]
        sheet.save(update_fields=["confirmed_on", "confirmed_note"])
        facts = {"candidate": candidate.pk, "digest": sheet.digest}
        record(actor, "confirm_points", candidate.cohort, f"{candidate.number} 号本人确认积分", facts)


def _keep(cohort: Cohort, reckoned: list[Reckoned], known_on: date) -> None:
    """Write every sheet, in portions; whoever has none any more loses the old one."""
    standing = {sheet.candidate_id: sheet for sheet in ScoreSheet.objects.filter(candidate__cohort=cohort)}
    fresh, changed = [], []
    for one in reckoned:
        sheet = standing.pop(one.candidate.pk, None)
        (changed if sheet else fresh).append(_filled(sheet or ScoreSheet(candidate=one.candidate), one, known_on))
    ScoreSheet.objects.bulk_create(fresh, batch_size=AT_ONCE)
    update_many(changed, _FIELDS)
    gone = [sheet.pk for sheet in standing.values()]
    for start in range(0, len(gone), AT_ONCE):
        ScoreSheet.objects.filter(pk__in=gone[start : start + AT_ONCE]).delete()


def _filled(sheet: ScoreSheet, one: Reckoned, known_on: date) -> ScoreSheet:
    if sheet.digest != one.digest:
        sheet.confirmed_on, sheet.confirmed_note = None, ""
    sheet.computed_on = sheet.known_on = known_on
    sheet.total, sheet.first, sheet.digest = one.sheet.total, one.sheet.first, one.digest
    sheet.lines = one.lines
    sheet.score, sheet.score_trouble = one.score.score if one.score else None, one.trouble
    sheet.score_parts = kept_parts(one.score)
    return sheet
