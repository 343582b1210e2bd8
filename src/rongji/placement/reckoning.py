"""Reckoning a cohort: the sheet and the score of everybody who chooses by points, and who has none and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from rongji.kernel.digest import digest
from rongji.kernel.refusal import Refusal
from rongji.law.shapes.placement import PER_LABELS, points_text
from rongji.placement.gathering import Gathered, refuse_ineligible
from rongji.placement.models import Candidate, Cohort, ExamResult
from rongji.placement.types import CandidateState, Category, Problem
from rongji.rules.entitlement.one_off import Reading
from rongji.rules.placement.composition import OrderScore, PartLine, Result
from rongji.rules.placement.eligibility import grounds
from rongji.rules.placement.facts import Soldier
from rongji.rules.placement.points import PointsLine, PointsSheet, points_sheet
from rongji.rules.placement.published import score_of

MOST_TROUBLE = 255


@dataclass(frozen=True, slots=True)
class Reckoned:
    """One candidate reckoned. score: None while an examination is missing, which trouble says.

    lines: of the sheet as they are stored; digest: of them, what the candidate confirms.
    """

    candidate: Candidate
    soldier: Soldier
    sheet: PointsSheet
    score: OrderScore | None
    trouble: str
    lines: list[dict[str, str]]
    digest: str


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A cohort reckoned: those with a sheet, those without, and what was read for all of them."""

    reckoned: list[Reckoned]
    problems: list[Problem]
    gathered: Gathered


def scored_candidates(cohort: Cohort) -> QuerySet[Candidate]:
    """Those of a cohort who choose by points."""
    return Candidate.objects.filter(cohort=cohort, category=Category.ASSIGNED, state=CandidateState.WAITING)


def reckon(cohort: Cohort, known_on: date) -> Reckoning:
    """Everybody of a cohort who chooses by points, by number."""
    candidates = list(scored_candidates(cohort).order_by("number"))
    found = Reckoning([], [], Gathered(cohort, candidates, known_on))
    results = results_of(ExamResult.objects.filter(candidate__cohort=cohort))
    for candidate in candidates:
        try:
            found.reckoned.append(_reckoned(candidate, found.gathered, results.get(candidate.pk, [])))
        except Refusal as refusal:
            found.problems.append(Problem(candidate.pk, candidate.number, str(refusal)))
    return found


def results_of(rows: Iterable[ExamResult]) -> dict[int, list[Result]]:
    """Results by candidate."""
    found: dict[int, list[Result]] = {}
    for row in rows:
        found.setdefault(row.candidate_id, []).append(Result(row.part, row.marks))
    return found


def scored(sheet: PointsSheet, results: Iterable[Result], reading: Reading) -> tuple[OrderScore | None, str]:
    """What the candidate is ranked by; or None and the sentence that says what is missing."""
    try:
        return score_of(sheet, results, reading), ""
    except Refusal as refusal:
        return None, str(refusal)[:MOST_TROUBLE]


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


def plain_part(line: PartLine) -> dict[str, str]:
    """A part of the score as it is stored and shown."""
    return {
        "part": line.part.name,
        "reached": line.reached,
        "points": points_text(line.points),
        "words": line.words,
        "law": line.reference,
        "act": line.row.act,
        "trust": line.row.trust.value,
    }


def kept_parts(score: OrderScore | None) -> list[Mapping[str, str]]:
    """The parts of a score as they are stored."""
    return [plain_part(line) for line in score.lines] if score else []


def _reckoned(candidate: Candidate, gathered: Gathered, results: Iterable[Result]) -> Reckoned:
    soldier = gathered.soldier(candidate)
    cohort = gathered.cohort
    refuse_ineligible(grounds(soldier, known_on=gathered.known_on, region=cohort.area[:6]))
    sheet = points_sheet(soldier, gathered.reading)
    lines = [plain_line(line) for line in sheet.lines]
    return Reckoned(candidate, soldier, sheet, *scored(sheet, results, gathered.reading), lines, digest(lines))
