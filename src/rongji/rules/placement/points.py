"""The points sheet of one soldier, item by item, each with its row of law."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from rongji.law.model import Row, Trust
from rongji.law.shapes.placement import PER_LABELS, PlacementPoints, PointsPer, points_text
from rongji.rules.entitlement.one_off import Reading, reference
from rongji.rules.placement.facts import RANK, SERVICE, ScoredFact, Soldier
from rongji.rules.placement.months import months_without_break, refuse_unfit_periods, whole_months
from rongji.rules.placement.reading import FIRST, POINTS, points_row, scores
from rongji.rules.placement.refusals import CountUnfit, RankMissing
from rongji.rules.placement.service_years import scored_years, years_text
from rongji.rules.rule import rule

ZERO = Decimal(0)
_UNITS = {PointsPer.YEAR: "年", PointsPer.EACH: "次", PointsPer.MONTH: "个月", PointsPer.DAY: "天"}
_TOPS = (PointsPer.ONCE, PointsPer.HIGHEST)


@dataclass(frozen=True, slots=True)
class PointsLine:
    """One line of a sheet.

    Unit: 分. quantity: years in halves, times, months or days; each: points of one. rows: the law it rests on.
    """

    item: str
    degree: str
    quantity: Decimal
    per: PointsPer | None
    each: Decimal
    points: Decimal
    rows: tuple[Row, ...]
    words: str
    fact: ScoredFact | None = None

    @property
    def references(self) -> tuple[str, ...]:
        """The rows of law as they are cited: table#number."""
        return tuple(dict.fromkeys(reference(row) for row in self.rows))


@dataclass(frozen=True, slots=True)
class PointsSheet:
    """积分表 of one soldier. first: the honour by which the holder is placed before everybody, without points."""

    lines: tuple[PointsLine, ...]
    first: str = ""

    @property
    def total(self) -> Decimal:
        """The sum of the lines, in 分."""
        return sum((line.points for line in self.lines), ZERO)

    @property
    def trust(self) -> Trust:
        """The weakest trust word among the rows of law."""
        rows = (row for line in self.lines for row in line.rows)
        return max((row.trust for row in rows), key=lambda trust: trust.rank, default=Trust.OFFICIAL)


@rule(id="placement.points", cites=("placement-points-2016", "placement-points-2018", "placement-points-2023"))
def points_sheet(soldier: Soldier, reading: Reading) -> PointsSheet:
    """服役表现量化评分: the points of each item by the version of the discharge season.

    Unit: 分. Rounding: none; years come in halves, months and days in wholes, points are exact. As of: the first day
    of the season of discharge, as known on the day of the reading.
    Does not cover: an examination beside the points (`placement.composition`).
    Raises: ServiceOverlaps, BreakUnsettled, UnknownItem, CountUnfit, PeriodMissing, PeriodOutsideService,
    PeriodsOverlap, RankMissing, EndsBeforeStart, NoValueInForce, ValueIsMissing.
    """
    honoured = first_placed(soldier, reading)
    if honoured is not None:
        return PointsSheet((_honoured(*honoured),), honoured[0].item)
    service = tuple(_service(soldier, reading))
    if scores(reading, RANK) and not any(fact.item == RANK for fact in soldier.facts):
        raise RankMissing(season=soldier.season_label)
    return PointsSheet((*service, *_facts(soldier, reading)))


@rule(id="placement.first_placed", cites=("placement-points-2018",))
def first_placed(soldier: Soldier, reading: Reading) -> tuple[ScoredFact, Row] | None:
    """八一勋章、荣誉称号: the holder is placed before everybody, without points; the honour and its row, or None.

    Unit: none. Rounding: none. As of: the first day of the season of discharge.
    """
    for fact in soldier.facts:
        for word in fact.honours:
            row = reading.maybe(FIRST, honour=word) if word else None
            if row is not None and row.value.first:
                return replace(fact, item=word, degree=""), row
    return None


def _honoured(fact: ScoredFact, row: Row) -> PointsLine:
    words = f"{fact.item}获得者，不计分，排在最前"
    return PointsLine(fact.item, "", Decimal(1), None, ZERO, ZERO, (row,), words, fact)


def _service(soldier: Soldier, reading: Reading) -> Iterator[PointsLine]:
    """The part of the years up to the threshold, and what goes beyond it."""
    years, year_rows, said = scored_years(soldier, reading)
    for degree in ("前段", "后段"):
        row = reading.row(POINTS, item=SERVICE, degree=degree)
        law: PlacementPoints = row.value
        upper = min(years, Fraction(law.until_years)) if law.until_years else years
        counted = max(upper - law.from_years, Fraction(0))
        if not counted and degree == "后段":
            continue
        quantity = Decimal(years_text(counted))
        part = f"超过{law.from_years}年的" if law.from_years else ""
        fact = ScoredFact(SERVICE, degree)
        words = f"服役{said}，{part}{_product(quantity, law, law.points * quantity)}"
        yield PointsLine(
            SERVICE, degree, quantity, law.per, law.points, law.points * quantity, (row, *year_rows), words, fact
        )


def _facts(soldier: Soldier, reading: Reading) -> Iterator[PointsLine]:
    """Every fact in the order of the table, those of which only the highest counts settled among themselves."""
    found = [(fact, points_row(reading, fact)) for fact in soldier.facts]
    monthly = [fact for fact, row in found if row is not None and row.value.per is PointsPer.MONTH]
    refuse_unfit_periods(soldier, monthly, reading)
    lines = [_line(fact, row, monthly, reading) for fact, row in found]
    for line in sorted(lines, key=lambda line: (line.rows[0].number if line.rows else 0, line.item, line.degree)):
        yield _unless_higher(line, lines)


def _line(fact: ScoredFact, row: Row | None, monthly: list[ScoredFact], reading: Reading) -> PointsLine:
    if fact.count <= 0:
        raise CountUnfit(item=fact.item, degree=fact.degree, count=fact.count)
    if row is None:
        return PointsLine(fact.item, fact.degree, Decimal(fact.count), None, ZERO, ZERO, (), "本办法不计这一项", fact)
    law: PlacementPoints = row.value
    if law.per is PointsPer.MONTH:
        return _monthly(fact, row, monthly, reading)
    quantity = Decimal(1 if law.per in _TOPS else fact.count)
    points = law.points * quantity
    return PointsLine(
        fact.item, fact.degree, quantity, law.per, law.points, points, (row,), _product(quantity, law, points), fact
    )


def _monthly(fact: ScoredFact, row: Row, monthly: list[ScoredFact], reading: Reading) -> PointsLine:
    law: PlacementPoints = row.value
    months = whole_months(fact, reading)
    stretch = months_without_break(fact, monthly)
    said = f"{fact.first_on} 至 {fact.last_on}，"
    if stretch < law.least_months:
        words = f"{said}连续 {stretch} 个月，不满 {law.least_months} 个月，不计分"
        return PointsLine(fact.item, fact.degree, Decimal(months), law.per, law.points, ZERO, (row,), words, fact)
    points = law.points * months
    words = f"{said}{_product(Decimal(months), law, points)}"
    return PointsLine(fact.item, fact.degree, Decimal(months), law.per, law.points, points, (row,), words, fact)


def _product(quantity: Decimal, law: PlacementPoints, points: Decimal) -> str:
    """3 次 × 10 分 = 30 分."""
    if law.per in _TOPS:
        return (
            f"{PER_LABELS[law.per]} {points_text(points)} 分"
            if law.per is PointsPer.HIGHEST
            else f"{points_text(points)} 分"
        )
    return f"{points_text(quantity)}{_UNITS[law.per]} × {points_text(law.points)} 分 = {points_text(points)} 分"


def _unless_higher(line: PointsLine, lines: list[PointsLine]) -> PointsLine:
    """The line, or without its points where another of the item is higher and only the highest counts."""
    if line.per not in _TOPS:
        return line
    rivals = [other for other in lines if other.item == line.item and other.per in _TOPS]
    top = max(rivals, key=lambda other: other.points)
    if top is line:
        return line
    return replace(line, points=ZERO, words=f"只计最高一项（{top.degree}），这一项不计分")
