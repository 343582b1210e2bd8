"""A number of cases: whose rows, what each adds, by what it is told apart. All adding up is left to the database."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, QuerySet, Value

Rows = Callable[[str, int], Sequence[QuerySet]]
STATION = "station"
EVERYWHERE = "*"
"""In the place of a station: rows that are not told apart by station."""


@dataclass(frozen=True)
class Numbers:
    """A number of the year, in all and by member, by station.

    total: where it is not the sum of the stations, because what stands in several of them counts once.
    """

    stations: dict[str, int] = field(default_factory=dict)
    total: int | None = None

    @property
    def whole(self) -> int:
        """In all."""
        return sum(self.stations.values()) if self.total is None else self.total


def together(parts: Iterable[Numbers]) -> Numbers:
    """Several numbers that share nothing, added up station by station."""
    summed: Counter[str] = Counter()
    for part in parts:
        summed.update(part.stations)
    return Numbers(dict(summed))


@dataclass(frozen=True, slots=True)
class Source:
    """Rows that are counted together by one query for each part of them.

    case: path from the row to its case, with the two underscores. day: by which the rows of a number are laid out in
    months. axes: name → column; adds: concept → what is added up of a group. by_station: false where hundreds of
    members times hundreds of stations would tell nobody anything.
    """

    rows: Rows
    case: str
    day: str
    axes: Mapping[str, Any]
    adds: Mapping[str, Any]
    by_station: bool = True

    def groups(self, bureau: str, year: int, kinds: Sequence[str] = ()) -> Iterator[dict[str, Any]]:
        """Station and axes with everything that is added up, group by group. kinds: only these, () for all."""
        of_kinds = {f"{self.case}kind__in": kinds} if kinds else {}
        station = F(f"{self.case}station_code") if self.by_station else Value(EVERYWHERE)
        by = {STATION: station, **self.axes}
        aliases = {f"at_{place}": what for place, what in enumerate(by.values())}
        adds = {f"add_{place}": what for place, what in enumerate(self.adds.values())}
        for rows in self.rows(bureau, year):
            grouped = rows.filter(**of_kinds).order_by().values(**aliases).annotate(**adds)
            for row in grouped:
                yield {
                    **{name: row[f"at_{place}"] for place, name in enumerate(by)},
                    **{name: row[f"add_{place}"] or 0 for place, name in enumerate(self.adds)},
                }


def year_days(year: int) -> tuple[date, date]:
    """First and last day."""
    return date(year, 1, 1), date(year, 12, 31)
