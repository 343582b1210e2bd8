"""A candidate as the scoring needs them: facts of the register of people, and those entered for the scoring."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date

from rongji.kernel.refusal import Refusal
from rongji.law.shapes.placement import PointsPer
from rongji.people.selectors import births, grades_known, merits_known, service_known
from rongji.people.types import GradeFacts, ServiceFacts
from rongji.placement.models import Candidate, Cohort, ScoringFact
from rongji.placement.refusals import NotEligible, ServiceMissing, ServiceOpen
from rongji.rules.entitlement.one_off import Reading
from rongji.rules.placement.eligibility import Ground, is_eligible
from rongji.rules.placement.facts import PEACE, RANK, ScoredFact, Soldier, Stretch
from rongji.rules.placement.reading import points_row, reading_for, scores

SCORED_CAUSES = ("因战", "因公")


class Gathered:
    """What is known of the candidates of a cohort on one day, read in a few queries for all of them."""

    def __init__(self, cohort: Cohort, candidates: Sequence[Candidate], known_on: date) -> None:
        persons = [candidate.person_id for candidate in candidates]
        self.cohort, self.known_on = cohort, known_on
        self.reading = reading_for(cohort.year, cohort.season, known_on=known_on, region=cohort.area[:6])
        self.born = births(persons)
        self._service = service_known(persons, known_on=known_on)
        self._merits = merits_known(persons, known_on=known_on)
        self._grades = grades_known(persons, known_on=known_on)
        self._entered = entered_facts(candidate.pk for candidate in candidates)
        self._has_rank = scores(self.reading, RANK)
        self._monthly: dict[str, bool] = {}

    def soldier(self, candidate: Candidate) -> Soldier:
        """The candidate with every fact for the scoring.

        Raises: ServiceMissing, ServiceOpen.
        """
        periods = ended_service(self._service.get(candidate.person_id, []))
        entered = self._entered.get(candidate.pk, [])
        facts = [*entered, *self._of_register(candidate, entered)]
        if self._has_rank and not any(fact.item == RANK for fact in entered):
            facts += self._ranks(periods)
        stretches = stretches_of(periods)
        return Soldier(
            stretches[0][0], stretches[-1][1], candidate.soldier, self.cohort.year, self.cohort.season, tuple(facts),
            stretches if len(stretches) > 1 else (),
        )  # fmt: skip

    def _ranks(self, periods: Sequence[ServiceFacts]) -> list[ScoredFact]:
        """The rank at the discharge; where the version gives points by the month, the rank of every period."""
        if not self._is_monthly(periods[-1].rank):
            return [ScoredFact(RANK, periods[-1].rank)] if periods[-1].rank else []
        return [ScoredFact(RANK, item.rank, 1, item.enlisted_on, item.discharged_on) for item in periods if item.rank]

    def _is_monthly(self, rank: str) -> bool:
        if rank not in self._monthly:
            self._monthly[rank] = False
            with suppress(Refusal):  # a rank that no table knows, or a gap, is told where the sheet is reckoned
                row = points_row(self.reading, ScoredFact(RANK, rank))
                self._monthly[rank] = row is not None and row.value.per is PointsPer.MONTH
        return self._monthly[rank]

    def _of_register(self, candidate: Candidate, entered: Sequence[ScoredFact]) -> list[ScoredFact]:
        merits = merits_counted(self._merits.get(candidate.person_id, []), entered)
        return [*merits, *disability(self._grades.get(candidate.person_id, []))]


def refuse_ineligible(found: tuple[Ground, ...]) -> None:
    """Refuse somebody who meets none of the grounds. Raises: NotEligible."""
    if not is_eligible(found):
        raise NotEligible(grounds="；".join(ground.words for ground in found))


def reading_of(cohort: Cohort, known_on: date) -> Reading:
    """The scoring version of a cohort. Raises: UnknownSeason."""
    return reading_for(cohort.year, cohort.season, known_on=known_on, region=cohort.area[:6])


def entered_facts(candidate_ids: Iterable[int]) -> Mapping[int, list[ScoredFact]]:
    """The facts entered for the scoring, by candidate."""
    found: dict[int, list[ScoredFact]] = {}
    rows = ScoringFact.objects.filter(candidate__in=list(candidate_ids), withdrawn_on__isnull=True).order_by("id")
    for row in rows:
        fact = ScoredFact(row.item, row.degree, row.count, row.first_on, row.last_on)
        found.setdefault(row.candidate_id, []).append(fact)
    return found


def ended_service(periods: Sequence[ServiceFacts]) -> Sequence[ServiceFacts]:
    """Every period of service, oldest first, all of them ended. Raises: ServiceMissing, ServiceOpen."""
    if not any(period.discharged_on is not None for period in periods):
        raise ServiceMissing
    running = next((period for period in periods if period.discharged_on is None), None)
    if running is not None:
        raise ServiceOpen(first=running.enlisted_on)
    return periods


def stretches_of(periods: Iterable[ServiceFacts]) -> tuple[Stretch, ...]:
    """First and last day of each period that has ended, oldest first."""
    return tuple((period.enlisted_on, period.discharged_on) for period in periods if period.discharged_on is not None)


def merits_counted(merits: Iterable[tuple[str, date]], entered: Sequence[ScoredFact]) -> list[ScoredFact]:
    """Merits of the register, which does not say in war or in peace: in peace, unless entered here as another sort.

    What is entered here with the same degree and day stands for the merit of the register.
    """
    told = {(fact.degree, fact.first_on) for fact in entered if fact.first_on is not None}
    counted: dict[str, int] = {}
    for grade, awarded_on in merits:
        if (grade, awarded_on) not in told:
            counted[grade] = counted.get(grade, 0) + 1
    return [_merit(grade, count) for grade, count in counted.items()]


def disability(grades: Sequence[GradeFacts]) -> list[ScoredFact]:
    """The last grade, where its cause is one that is scored."""
    last = grades[-1] if grades else None
    if last is None or last.cause not in SCORED_CAUSES:
        return []
    return [ScoredFact(f"{last.cause}残疾", str(last.grade))]


def _merit(grade: str, count: int) -> ScoredFact:
    """八一勋章 is an item of its own; whatever else the register holds is a merit in peace."""
    return ScoredFact(grade, "") if grade in ("八一勋章", "荣誉称号") else ScoredFact(PEACE, grade, count)
