"""The year one person at a time, with decimals in yuan: slow, simple, and of another shape than everything else."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet

from year.population import AGES, DECEMBER, JANUARY, RURAL, SUPPLEMENT, law, steps

CENT = Decimal("0.01")


def month_of(day: Any) -> int:
    """The month of a day."""
    return day.year * 12 + day.month - 1


def months(claim: dict[str, Any]) -> range:
    """The months of the year in which a claim is paid."""
    first = claim["basis_on"].year * 12 + 12 if claim["start"] == 2 else month_of(claim["basis_on"]) + 1
    if claim["benefit_id"] in AGES:
        first = max(first, month_of(claim["born_on"]) + AGES[claim["benefit_id"]] * 12)
    last = DECEMBER
    if claim["ended_on"]:
        last = min(last, claim["ended_on"].year * 12 + 11 if claim["end"] == 2 else month_of(claim["ended_on"]))
    if claim["died_on"]:
        last = min(last, month_of(claim["died_on"]))
    return range(max(first, JANUARY), last + 1)


class Way:
    """A loop with decimals."""

    def __init__(self, claims: Path) -> None:
        self.claims = claims
        self.rates = {
            (row["rate_id"], row["month"], row["vintage"]): (Decimal(row["amount_fen"]) / 100, row["divisor"])
            for row in law().rates.to_pylist()
        }
        self.steps = steps().to_pylist()

    def _yuan(self, claim: dict[str, Any], month: int, vintage: int) -> Decimal:
        amount, divisor = self.rates[claim["rate_id"], month, vintage]
        return (amount * claim["units"] / divisor).quantize(CENT, ROUND_HALF_UP)

    def _paid(self, held: list[dict[str, Any]], month: int, vintage: int) -> dict[int, Decimal]:
        alone = [(claim, self._yuan(claim, month, vintage)) for claim in held if month in claim["months"]]
        paid = {claim["award_id"]: yuan for claim, yuan in alone if claim["benefit_id"] == SUPPLEMENT}
        periodic = [(claim, yuan) for claim, yuan in alone if claim["benefit_id"] != SUPPLEMENT]
        if periodic:
            key = lambda one: (one[0]["benefit_id"] == RURAL, -one[1], one[0]["benefit_id"])  # noqa: E731
            claim, yuan = min(periodic, key=key)
            paid[claim["award_id"]] = yuan
        return paid

    def totals(self) -> Any:
        """Totals by run, month and rate."""
        sums: defaultdict[tuple[int, int, int], list[int]] = defaultdict(lambda: [0, 0, 0])
        rows = parquet.read_table(self.claims).to_pylist()
        for person, claims in groupby(rows, key=lambda row: row["person_id"]):
            held = [claim | {"months": months(claim)} for claim in claims]
            for step in self.steps:
                self._add(sums, person, held, step)
        names = ("pay_month", "for_month", "rate_id", "lines", "fen", "weighted")
        return pa.Table.from_pylist([dict(zip(names, (*key, *value), strict=True)) for key, value in sums.items()])

    def _add(self, sums: Any, person: int, held: list[dict[str, Any]], step: dict[str, int]) -> None:
        new = self._paid(held, step["for_month"], step["vintage"])
        old = self._paid(held, step["for_month"], step["before"]) if step["before"] >= 0 else {}
        for claim in held:
            yuan = new.get(claim["award_id"], Decimal(0)) - old.get(claim["award_id"], Decimal(0))
            if yuan:
                fen = int(yuan * 100)
                found = sums[step["pay_month"], step["for_month"], claim["rate_id"]]
                found[0] += 1
                found[1] += fen
                found[2] += fen * (person % 1009)
