"""Ranking candidates by points with ties, explained per person, beside pandas and polars on the same list.

`./run bench placement --sizes 10000,100000 --rounds 7`. All ways must give the same order; ours also refuses a full tie
and says of everybody why they stand there, which the others do not. Ours needs no data frame; pandas is left out where
it is not installed. The last column reckons 10 000 points sheets from their facts, with every row of law.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import polars

try:
    import pandas
except ImportError:  # a comparison less, nothing that we need
    pandas = None

from rongji.rules.entitlement.service_time import Span
from rongji.rules.placement.facts import ScoredFact, Soldier
from rongji.rules.placement.points import points_sheet
from rongji.rules.placement.ranking import Standing, rank
from rongji.rules.placement.reading import reading_for, tie_order

SEASON, KNOWN = (2021, "秋冬季"), date(2025, 12, 31)
SECONDS_FOR_TEN_THOUSAND = 0.5


def standings(count: int) -> list[Standing]:
    """Candidates as a large list has them: many equal totals, told apart by service and age, none fully tied."""
    source = random.Random(20211130)
    found: list[Standing] = []
    seen: set[tuple[Decimal, int, int, date]] = set()
    while len(found) < count:
        total = Decimal(source.randrange(200, 1400)) / 10
        time_served = (source.randrange(60, 200), source.randrange(0, 30))
        born = date(1985, 1, 1) + timedelta(days=source.randrange(5000))
        key = (total, *time_served, born)
        if key not in seen:
            seen.add(key)
            found.append(Standing(str(len(found) + 1), total, Span(*time_served), born, source.random() < 0.001))
    return found


def ours(items: list[Standing]) -> list[str]:
    """The rule itself."""
    order = tie_order(reading_for(*SEASON, known_on=KNOWN))[0]
    return [place.standing.number for place in rank(items, order)]


def _columns(items: list[Standing]) -> dict[str, list]:
    return {
        "number": [item.number for item in items],
        "plain": [not item.is_first for item in items],
        # Tenths of a point as whole numbers: the frames have no exact decimals to sort by in both libraries.
        "tenths": [0 if item.is_first else int(item.total * 10) for item in items],
        "months": [item.time.months for item in items],
        "days": [item.time.days for item in items],
        "born": [item.born_on.toordinal() if item.born_on else 0 for item in items],
    }


BY = ["plain", "tenths", "months", "days", "born"]
RISING = [True, False, False, False, True]


def by_polars(items: list[Standing]) -> list[str]:
    """Sorted as a polars frame."""
    frame = polars.DataFrame(_columns(items))
    return list(frame.sort(BY, descending=[not rising for rising in RISING])["number"])


def by_pandas(items: list[Standing]) -> list[str]:
    """Sorted as a pandas frame."""
    frame = pandas.DataFrame(_columns(items))
    return list(frame.sort_values(BY, ascending=RISING, kind="stable")["number"])


def sheets(count: int) -> float:
    """Seconds for so many points sheets."""
    source = random.Random(7)
    reading = reading_for(*SEASON, known_on=KNOWN)
    soldiers = [
        Soldier(
            date(2009, 1, 1) + timedelta(days=source.randrange(700)), date(2021, 11, 30), "军士", *SEASON,
            facts=(
                ScoredFact("平时奖励", "三等功", source.randrange(1, 4)),
                ScoredFact("平时奖励", "嘉奖", source.randrange(1, 9)),
                ScoredFact("海岛", "一类", 1, date(2015, 1, 1), date(2017, 6, 30)),
            ),
        )
        for _ in range(count)
    ]  # fmt: skip
    start = time.perf_counter()
    for soldier in soldiers:
        points_sheet(soldier, reading)
    return time.perf_counter() - start


def measured(way: Callable[[list[Standing]], list[str]], items: list[Standing], rounds: int) -> tuple[float, list[str]]:
    """The median of some rounds, and the order that came out."""
    seconds, order = [], []
    for _ in range(rounds):
        start = time.perf_counter()
        order = way(items)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), order


def main() -> int:
    """Print the table; 1 where an order differs or the bar for 10 000 is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    ways = {"荣绩": ours, "polars": by_polars} | ({"pandas": by_pandas} if pandas is not None else {})
    failed = False
    for size in (int(text) for text in options.sizes.split(",")):
        items = standings(size)
        results = {name: measured(way, items, options.rounds) for name, way in ways.items()}
        orders = {tuple(order) for _, order in results.values()}
        said = "  ".join(f"{name} {seconds * 1000:.1f} ms" for name, (seconds, _) in results.items())
        print(f"{size:>8} 人：{said}  {'结果一致' if len(orders) == 1 else '结果不一致'}")
        failed |= len(orders) != 1 or (size == 10_000 and results["荣绩"][0] > SECONDS_FOR_TEN_THOUSAND)
    print(f"   10000 份积分表：{sheets(10_000):.2f} s")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
