"""The law of a run as small plain tables: what an engine joins claims with to come to the judge's amounts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise, product

from rongji.kernel.month import MONTHS_A_YEAR, Month
from rongji.kernel.refusal import Refusal
from rongji.law.benefits import BENEFITS
from rongji.law.exclusions import EXCLUSIONS, Relation
from rongji.law.model import DatedTable, Lawbook
from rongji.law.refusals import UnknownBenefit
from rongji.law.shapes.benefit import Event, MonthWord, RoundingWay
from rongji.rules.entitlement.as_known import LawAsKnown, as_known
from rongji.rules.entitlement.periods import TIMING, timing_row
from rongji.rules.entitlement.rates import Rate
from rongji.rules.entitlement.standards import rate, rate_before


@dataclass(frozen=True, slots=True, order=True)
class RateKind:
    """What a rate is looked up by: benefit, words of the standard's keys, paying area."""

    benefit: str
    standard_key: str
    area: str


@dataclass(frozen=True, slots=True)
class KindRow:
    """One kind: its dense id, the number of its benefit (also the order among equals), and of its region's rules."""

    rate_id: int
    benefit_id: int
    region_id: int
    kind: RateKind


@dataclass(frozen=True, slots=True)
class RateRow:
    """One kind in one month; no row where nothing is due.

    fen = half_up(amount_fen × units ÷ divisor), or with over_year half_up(amount_fen × units × position ÷ divisor)
    minus the same with position − 1. before_*: by the standard known before this one (before_amount_fen 0: none).
    """

    rate_id: int
    month: int
    amount_fen: int
    divisor: int
    position: int
    over_year: bool
    before_amount_fen: int = 0
    before_divisor: int = 1
    before_position: int = 1
    before_over_year: bool = False


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A kind and month for which the law refuses: a run with a live claim on it must refuse in the same words."""

    rate_id: int
    month: int
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class TimingRow:
    """One event of a benefit for days from `from_day` to `to_day` (both included).

    The month: index of the day's month + offset, or with by_year index of January of the day's year + offset.
    age: years of the birthday before which nothing is paid; only on the event from_age.
    """

    benefit_id: int
    region_id: int
    event: str
    from_day: date
    to_day: date
    by_year: bool
    offset: int
    age: int


@dataclass(frozen=True, slots=True)
class ExclusionRow:
    """In these months (both included) the benefit gives way to the other: always, or when it is the smaller one."""

    region_id: int
    benefit_id: int
    other_id: int
    from_month: int
    to_month: int
    higher: bool


@dataclass(frozen=True)
class LawTables:
    """Everything a run needs of the law, as known on one day, for months first to last."""

    known_on: date
    first: Month
    last: Month
    kinds: tuple[KindRow, ...]
    rates: tuple[RateRow, ...]
    missing: tuple[MissingRow, ...]
    timings: tuple[TimingRow, ...]
    exclusions: tuple[ExclusionRow, ...]
    benefits: dict[str, int] = field(default_factory=dict)

    @property
    def rate_ids(self) -> dict[RateKind, int]:
        """The dense id of each kind."""
        return {row.kind: row.rate_id for row in self.kinds}


_OFFSETS = {
    MonthWord.SAME_MONTH: (False, 0),
    MonthWord.NEXT_MONTH: (False, 1),
    MonthWord.DECEMBER: (True, MONTHS_A_YEAR - 1),
    MonthWord.NEXT_JANUARY: (True, MONTHS_A_YEAR),
    None: (False, 0),
}


def law_tables(
    kinds: Iterable[RateKind], first: Month, last: Month, known_on: date, law: Lawbook | None = None
) -> LawTables:
    """The tables for these kinds and months; ids are dense, in the order of the kinds.

    As of: rows known on `known_on`. What the law refuses for a month stands in `missing`.
    Raises: UnknownBenefit, NoValueInForce where the exclusions do not speak of a pair.
    """
    known = as_known(known_on, law)
    wanted = sorted(set(kinds))
    _refuse_unknown(wanted, known)
    regions = {region: number for number, region in enumerate(sorted({known.region_of(k.area) for k in wanted}))}
    rows = tuple(
        KindRow(number, known.order[kind.benefit], regions[known.region_of(kind.area)], kind)
        for number, kind in enumerate(wanted)
    )
    found = [_rates(row, month, known) for row in rows for month in first.until(last)]
    pairs = {(row.kind.benefit, known.region_of(row.kind.area)) for row in rows}
    return LawTables(
        known_on=known_on,
        first=first,
        last=last,
        kinds=rows,
        rates=tuple(item for item in found if isinstance(item, RateRow)),
        missing=tuple(item for item in found if isinstance(item, MissingRow)),
        timings=tuple(row for pair in sorted(pairs) for row in _timings(*pair, regions, known)),
        exclusions=tuple(_exclusions(sorted(pairs), regions, first, last, known)),
        benefits=dict(known.order),
    )


def _refuse_unknown(kinds: Iterable[RateKind], known: LawAsKnown) -> None:
    for kind in kinds:
        if kind.benefit not in known.order:
            raise UnknownBenefit(id=kind.benefit)


def _rates(row: KindRow, month: Month, known: LawAsKnown) -> RateRow | MissingRow | None:
    kind = row.kind
    try:
        found = rate(kind.benefit, kind.standard_key, kind.area, month, known.known_on, known.book)
    except Refusal as refusal:
        return MissingRow(row.rate_id, month.index, refusal)
    if found is None:
        return None
    before = rate_before(found, kind.benefit, kind.standard_key, kind.area, month, known.book)
    return RateRow(row.rate_id, month.index, *_plain(found), *(_plain(before) if before else ()))


def _plain(found: Rate) -> tuple[int, int, int, bool]:
    over_year = found.divisor > 1 and found.rounding is RoundingWay.OVER_STANDARD_YEAR
    return found.amount_fen, found.divisor, found.position, over_year


def _timings(benefit: str, region: str, regions: dict[str, int], known: LawAsKnown) -> Iterator[TimingRow]:
    for event in Event:
        days = [*_cut_days(TIMING, region, known), date.max]
        for start, after in pairwise(days):
            row = timing_row(known, benefit, event, start, region)
            if row is not None:
                by_year, offset = _OFFSETS[row.value.month]
                until = after if after == date.max else after - timedelta(days=1)
                ids = known.order[benefit], regions[region]
                yield TimingRow(*ids, event.value, start, until, by_year, offset, row.value.age)


def _exclusions(
    pairs: list[tuple[str, str]], regions: dict[str, int], first: Month, last: Month, known: LawAsKnown
) -> Iterator[ExclusionRow]:
    # The other benefit may be paid by an area of another region.
    others = sorted({benefit for benefit, _ in pairs})
    for region, number in regions.items():
        benefits = [benefit for benefit, home in pairs if home == region]
        for start, end in _spans(region, first, last, known):
            for one, other in product(benefits, others):
                relation = known.relation(one, other, start, region)
                if relation in (Relation.HIGHER, Relation.YIELDS):
                    ids = number, known.order[one], known.order[other]
                    yield ExclusionRow(*ids, start.index, end.index, relation is Relation.HIGHER)


def _spans(region: str, first: Month, last: Month, known: LawAsKnown) -> Iterator[tuple[Month, Month]]:
    """The months from first to last in runs within which no row of the exclusions begins or ends."""
    days = {day for table in (EXCLUSIONS, BENEFITS) for day in _cut_days(table, region, known)}
    months = {Month.from_day(day) + (day.day > 1) for day in days}
    starts = sorted({first, *(month for month in months if first < month <= last)})
    yield from ((start, after - 1) for start, after in pairwise([*starts, last + 1]))


def _cut_days(table: str, region: str, known: LawAsKnown) -> list[date]:
    """Every day on which a row of a table, in the region or wider, begins, or is over for the first time."""
    found: set[date] = set()
    for one in _tables(table, region, known):
        for row in one.rows:
            if row.known <= known.known_on:
                found |= {row.effective, *((row.until + timedelta(days=1),) if row.until else ())}
    return sorted(found)


def _tables(table: str, region: str, known: LawAsKnown) -> Iterator[DatedTable]:
    codes = dict.fromkeys(region[:depth].ljust(6, "0") for depth in (6, 4, 2)) if region else {}
    return (known.book.tables[code, table] for code in (*codes, "") if (code, table) in known.book.tables)
