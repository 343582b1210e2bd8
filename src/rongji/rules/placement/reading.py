"""How rules of placement read the law: the scoring version of a season, as known on a day, in one area."""

from datetime import date

from rongji.law.model import Lawbook, Row, Trust
from rongji.law.shapes.placement import PlacementSeason, TieOrder
from rongji.law.shapes.placement_order import Composition
from rongji.law.values import as_of, leading, tables_named
from rongji.rules.entitlement.one_off import Reading
from rongji.rules.placement.facts import ScoredFact
from rongji.rules.placement.refusals import UnknownItem, UnknownSeason

POINTS, SEASONS = "placement.points", "placement.seasons"
YEARS, LEFT_OVER = "placement.service_years", "placement.service_left_over"
FIRST, TIES, ELIGIBILITY = "placement.first_placed", "placement.tie_order", "placement.eligibility"
DEADLINES, SHARES = "placement.deadlines", "placement.shares"
COMPOSITION, BREAKS, GROUPS = "placement.composition", "placement.service_breaks", "placement.item_groups"


def season_day(year: int, season: str, *, known_on: date, region: str = "", law: Lawbook | None = None) -> date:
    """The first day of a season of discharge: the day for which the scoring version is read.

    Raises: UnknownSeason, NoValueInForce.
    """
    known = seasons(region=region, law=law)
    if season not in known:
        raise UnknownSeason(season=season, known="、".join(known))
    row = as_of(SEASONS, on=date(year, 12, 31), known_on=known_on, region=region, law=law, season=season)
    value: PlacementSeason = row.value
    return date.fromisoformat(f"{year}-{value.first}")


def seasons(*, region: str = "", law: Lawbook | None = None) -> tuple[str, ...]:
    """The seasons of discharge that tables name."""
    return tuple(
        dict.fromkeys(key[0] for table in tables_named(SEASONS, region=region, law=law) for key in table.by_key)
    )


def reading_for(year: int, season: str, *, known_on: date, region: str = "", law: Lawbook | None = None) -> Reading:
    """The scoring version of a season.

    Raises: UnknownSeason.
    """
    return Reading(season_day(year, season, known_on=known_on, region=region, law=law), known_on, region, law)


def degrees_of(item: str, *, region: str = "", law: Lawbook | None = None) -> tuple[str, ...]:
    """The degrees of an item that any version has; none for an item that there is not."""
    return tuple(degree for name, degree in words(region=region, law=law) if name == item)


def words(*, region: str = "", law: Lawbook | None = None) -> tuple[tuple[str, str], ...]:
    """Every item and degree that any version scores, in the order of the table."""
    tables = tables_named(POINTS, region=region, law=law)
    return tuple(dict.fromkeys((key[0], key[1]) for table in reversed(tables) for key in table.by_key))


def points_row(reading: Reading, fact: ScoredFact) -> Row | None:
    """The row of an item and degree; None where the version gives no points for it.

    Raises: UnknownItem, ValueIsMissing where the version has the item and its points are not in the file.
    """
    if (fact.item, fact.degree) not in words(region=reading.region, law=reading.law):
        known = degrees_of(fact.item, region=reading.region, law=reading.law)
        raise UnknownItem(item=fact.item, degree=fact.degree, known="、".join(known) or "（没有这一项）")
    return reading.maybe(POINTS, item=fact.item, degree=fact.degree)


def scores(reading: Reading, item: str) -> bool:
    """Whether the version has an item at all, its points known or not."""
    for table in tables_named(POINTS, region=reading.region, law=reading.law):
        rows = (leading(table, key, on=reading.on, known_on=reading.known_on) for key in table.by_key if key[0] == item)
        if any(row is not None and (row.value is not None or row.trust is Trust.GAP) for row in rows):
            return True
    return False


def group_of(reading: Reading, item: str) -> str:
    """The group of an item that goes by time, empty where no table tells it."""
    known = {key[0] for table in tables_named(GROUPS, region=reading.region, law=reading.law) for key in table.by_key}
    row = reading.maybe(GROUPS, item=item) if item in known else None
    return str(row.value.group) if row is not None else ""


def composition(reading: Reading) -> tuple[Composition, Row]:
    """What the order is made of: points of service, and examinations beside them where the area holds any.

    Raises: NoValueInForce, ValueIsMissing.
    """
    row = reading.row(COMPOSITION)
    return row.value, row


def tie_order(reading: Reading) -> tuple[TieOrder, Row]:
    """What is compared where totals are equal.

    Raises: NoValueInForce.
    """
    row = reading.row(TIES)
    return row.value, row
