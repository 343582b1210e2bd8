"""Points of a cohort: reckoned, confirmed by each candidate, published with the order, and taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from rongji.accounts.types import Actor
from rongji.kernel.digest import digest
from rongji.kernel.refusal import Refusal
from rongji.law.shapes.placement import PER_LABELS, points_text
from rongji.people.selectors import briefs
from rongji.placement.gathering import Gathered, refuse_ineligible
from rongji.placement.models import Candidate, Cohort, ScoreSheet
from rongji.placement.policies import KEEP_PLACEMENT, PUBLISH_POINTS
from rongji.placement.refusals import EvidenceMissing, NoticeUnfit, NotReady, SheetMissing
from rongji.placement.types import CandidateState, Category, CohortState
from rongji.placement.writing import on_candidate, on_cohort, record
from rongji.rules.placement.eligibility import grounds
from rongji.rules.placement.facts import Soldier
from rongji.rules.placement.points import PointsLine, PointsSheet, points_sheet
from rongji.rules.placement.published import Published, published_rows
from rongji.rules.placement.ranking import Place, Standing, rank
from rongji.rules.placement.reading import tie_order
from rongji.rules.placement.service_years import served

LISTED = 10


@dataclass(frozen=True, slots=True)
class Problem:
    """A candidate who could not be scored, with what to do about it."""

    candidate_id: int
    number: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Scored:
    """What a reckoning of a cohort came to: how many sheets, and everybody who has none, with the reason."""

    sheets: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Reckoned:
    candidate: Candidate
    soldier: Soldier
    sheet: PointsSheet

    @property
    def digest(self) -> str:
        """Of the lines: what the candidate confirms."""
        return digest([plain_line(line) for line in self.sheet.lines])


def compute_points(*, actor: Actor, cohort_id: int) -> Scored:
    """Reckon the points sheet of everybody of a cohort who is given work; those who cannot be scored are told why.

    A sheet that comes out as it was keeps its confirmation; another one has to be confirmed again.
    Raises: NotAllowed, CohortUnknown, CohortStep.
    """
    with on_cohort(
        actor=actor, cohort_id=cohort_id, policy=KEEP_PLACEMENT, states=(CohortState.PREPARING,), step="核算积分"
    ) as cohort:
        reckoned, problems = _reckon(cohort, actor.day)
        for one in reckoned:
            _keep(one, actor.day)
        without = [problem.candidate_id for problem in problems]
        ScoreSheet.objects.filter(candidate__in=without).delete()
        facts = {"sheets": len(reckoned), "problems": len(problems)}
        record(actor, "compute_points", cohort, f"核算积分 {len(reckoned)} 人，{len(problems)} 人不能评分", facts)
    return Scored(len(reckoned), tuple(problems))


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


def publish_points(*, actor: Actor, cohort_id: int, notice_until: date) -> str:
    """Freeze points and order, and publish them; returns the digest of the published sheet.

    Raises: NotAllowed, CohortUnknown, CohortStep, NoticeUnfit, NotReady, FullTie, TieFactMissing.
    """
    if notice_until < actor.day:
        raise NoticeUnfit(until=notice_until, today=actor.day)
    with on_cohort(
        actor=actor, cohort_id=cohort_id, policy=PUBLISH_POINTS, states=(CohortState.PREPARING,), step="公示积分"
    ) as cohort:
        reckoned, problems = _reckon(cohort, actor.day)
        _refuse_unready(reckoned, problems)
        places = _ranked(cohort, reckoned, actor.day)
        cohort.sheet = list(published_rows(_published(cohort, reckoned, places, actor.day)))
        cohort.digest, cohort.state = digest(cohort.sheet), CohortState.PUBLISHED
        cohort.known_on, cohort.published_on, cohort.notice_until = actor.day, actor.day, notice_until
        cohort.save()
        for place in places:
            ScoreSheet.objects.filter(candidate__cohort=cohort, candidate__number=int(place.standing.number)).update(
                position=place.position, why=place.why[:120], known_on=actor.day
            )
        facts = {"candidates": len(places), "digest": cohort.digest, "until": notice_until}
        record(actor, "publish_points", cohort, f"公示积分和选岗顺序 {len(places)} 人，至 {notice_until}", facts)
    return cohort.digest


def withdraw_publication(*, actor: Actor, cohort_id: int, reason: str) -> None:
    """Take a publication back, because an objection proved right; points can be put right and published again.

    Raises: NotAllowed, CohortUnknown, CohortStep, EvidenceMissing.
    """
    if not reason.strip():
        raise EvidenceMissing(what="撤回公示的原因")
    with on_cohort(
        actor=actor, cohort_id=cohort_id, policy=PUBLISH_POINTS, states=(CohortState.PUBLISHED,), step="撤回公示"
    ) as cohort:
        before = cohort.digest
        cohort.state, cohort.sheet, cohort.digest = CohortState.PREPARING, [], ""
        cohort.known_on = cohort.published_on = cohort.notice_until = None
        cohort.save()
        ScoreSheet.objects.filter(candidate__cohort=cohort).update(position=None, why="")
        record(actor, "withdraw_publication", cohort, f"撤回积分公示：{reason.strip()}", {"digest": before})


def plain_line(line: PointsLine) -> dict[str, str]:
    """A line of a sheet as it is stored and shown: every value a text."""
    fact = line.fact
    return {
        "item": line.item,
        "degree": line.degree,
        "quantity": points_text(line.quantity),
        "per": PER_LABELS[line.per] if line.per else "",
        "each": points_text(line.each),
        "points": points_text(line.points),
        "words": line.words,
        "first_on": str(fact.first_on) if fact and fact.first_on else "",
        "last_on": str(fact.last_on) if fact and fact.last_on else "",
        "law": "、".join(line.references),
        "acts": "、".join(dict.fromkeys(row.act for row in line.rows)),
        "trust": max((row.trust for row in line.rows), key=lambda trust: trust.rank).value if line.rows else "",
    }


def scored_candidates(cohort: Cohort) -> QuerySet[Candidate]:
    """Those of a cohort who choose by points."""
    return Candidate.objects.filter(cohort=cohort, category=Category.ASSIGNED, state=CandidateState.WAITING)


def _reckon(cohort: Cohort, known_on: date) -> tuple[list[_Reckoned], list[Problem]]:
    candidates = list(scored_candidates(cohort).order_by("number"))
    gathered = Gathered(cohort, candidates, known_on)
    reckoned, problems = [], []
    for candidate in candidates:
        try:
            soldier = gathered.soldier(candidate)
            refuse_ineligible(grounds(soldier, known_on=known_on, region=cohort.area[:6]))
            reckoned.append(_Reckoned(candidate, soldier, points_sheet(soldier, gathered.reading)))
        except Refusal as refusal:
            problems.append(Problem(candidate.pk, candidate.number, str(refusal)))
    return reckoned, problems


def _keep(one: _Reckoned, known_on: date) -> None:
    values = {
        "computed_on": known_on, "known_on": known_on, "total": one.sheet.total, "first": one.sheet.first,
        "lines": [plain_line(line) for line in one.sheet.lines], "digest": one.digest,
    }  # fmt: skip
    sheet = ScoreSheet.objects.filter(candidate=one.candidate).first() or ScoreSheet(candidate=one.candidate)
    if sheet.digest != one.digest:
        sheet.confirmed_on, sheet.confirmed_note = None, ""
    for name, value in values.items():
        setattr(sheet, name, value)
    sheet.save()


def _refuse_unready(reckoned: list[_Reckoned], problems: list[Problem]) -> None:
    """Everybody must be scored, as they have confirmed."""
    if problems:
        said = f"{_numbers(problem.number for problem in problems)} 号"
        raise NotReady(step="公示", why=f"{said}不能评分，原因写在各人的页面上，也可以重新核算积分逐人查看")
    if not reckoned:
        raise NotReady(step="公示", why="名单上没有由政府安排工作的退役士兵")
    confirmed = dict(
        ScoreSheet.objects.filter(
            candidate__in=[one.candidate.pk for one in reckoned], confirmed_on__isnull=False
        ).values_list("candidate", "digest")
    )
    waiting = [one.candidate.number for one in reckoned if confirmed.get(one.candidate.pk) != one.digest]
    if waiting:
        said = _numbers(waiting)
        raise NotReady(step="公示", why=f"{said} 号的积分还没有本人确认，或确认后有变化，请重新核算并请本人确认")


def _numbers(numbers: Iterable[int]) -> str:
    found = [str(number) for number in numbers]
    return "、".join(found[:LISTED]) + (f" 等 {len(found)} 个" if len(found) > LISTED else "")


def _ranked(cohort: Cohort, reckoned: list[_Reckoned], known_on: date) -> tuple[Place, ...]:
    gathered = Gathered(cohort, [one.candidate for one in reckoned], known_on)
    standings = (
        Standing(
            str(one.candidate.number), one.sheet.total, served(one.soldier.enlisted_on, one.soldier.discharged_on),
            gathered.born.get(one.candidate.person_id), bool(one.sheet.first),
        )
        for one in reckoned
    )  # fmt: skip
    return rank(standings, tie_order(gathered.reading)[0])


def _published(
    cohort: Cohort, reckoned: list[_Reckoned], places: tuple[Place, ...], known_on: date
) -> Iterable[Published]:
    files = briefs({one.candidate.person_id for one in reckoned})
    by_number = {str(one.candidate.number): one for one in reckoned}
    for place in places:
        one = by_number[place.standing.number]
        name = files[one.candidate.person_id].name
        yield Published(place, name, one.soldier, one.sheet, cohort.area[:6], known_on)
