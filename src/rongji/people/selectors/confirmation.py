"""How far the yearly confirmation has come, and who is still to be asked after."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from rongji.accounts.policies import guard
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.people.models import Confirmation, ConfirmationRound
from rongji.people.policies import SEE_PEOPLE
from rongji.people.refusals import RoundUnfit
from rongji.people.selectors.briefs import brief
from rongji.people.types import ConfirmationResult, PersonBrief


@dataclass(frozen=True, slots=True)
class RoundStanding:
    """One round and how many have which result; "" for those who have none yet."""

    id: int
    bureau: str
    year: int
    opened_on: date
    closed_on: date | None
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """Everybody on it."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """Those who have a result."""
        return self.total - self.counts.get("", 0)


def rounds(actor: Actor, bureau: str) -> tuple[RoundStanding, ...]:
    """The rounds of a bureau, the latest first. Raises: NotAllowed, OrganisationUnknown."""
    guard(actor, SEE_PEOPLE, organisation(bureau).scope)
    return tuple(_standing(row) for row in ConfirmationRound.objects.filter(bureau=bureau))


def round_of_year(actor: Actor, bureau: str, year: int) -> RoundStanding:
    """The round of a year. Raises: NotAllowed, OrganisationUnknown, RoundUnfit."""
    guard(actor, SEE_PEOPLE, organisation(bureau).scope)
    row = ConfirmationRound.objects.filter(bureau=bureau, year=year).first()
    if row is None:
        raise RoundUnfit(year=year, why="还没有建立，请先建立")
    return _standing(row)


def people_in_round(
    actor: Actor, round_id: int, *, result: ConfirmationResult | None = None, after: int = 0, limit: int = 50
) -> tuple[PersonBrief, ...]:
    """Those with a result, or with none yet, in the actor's sight, in order of their ids, from after one on."""
    scope = SEE_PEOPLE.scope_filter(actor, path_field="person__scope_path", area_field="person__area")
    rows = Confirmation.objects.filter(scope, round_id=round_id, result=result or "", person_id__gt=after)
    return tuple(brief(row.person) for row in rows.select_related("person").order_by("person_id")[:limit])


def _standing(row: ConfirmationRound) -> RoundStanding:
    counted = row.confirmations.order_by().values_list("result").annotate(number=Count("id"))
    return RoundStanding(row.pk, row.bureau, row.year, row.opened_on, row.closed_on, dict(counted))


def unconfirmed_in_years(bureau: str, years: tuple[int, ...]) -> tuple[int, ...]:
    """Persons whom no round of those years could confirm, though one looked for them: their payments want a look."""
    found = Confirmation.objects.filter(
        Q(result="") | Q(result=ConfirmationResult.NOT_FOUND),
        round__bureau=bureau,
        round__year__in=years,
        round__closed_on__isnull=False,
    )
    return tuple(found.order_by("person_id").values_list("person_id", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class ConfirmationFacts:
    """What the round of a year found of one person."""

    year: int
    result: ConfirmationResult
    confirmed_on: date
    method: str
    note: str


def confirmations_of(person_id: int, *, known_on: date) -> tuple[ConfirmationFacts, ...]:
    """What every round found of a person by a day, oldest first; the caller has checked the right to see the person."""
    rows = Confirmation.objects.filter(person_id=person_id, confirmed_on__lte=known_on).exclude(result="")
    return tuple(
        ConfirmationFacts(row.round.year, ConfirmationResult(row.result), row.confirmed_on, row.method, row.note)
        for row in rows.select_related("round").order_by("confirmed_on", "id")
        if row.confirmed_on
    )
