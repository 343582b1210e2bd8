"""The year by hand in Polars, streaming, as well as we can write it; the same plan as in SQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from year.population import AGES, DECEMBER, FAMILY, JANUARY, RURAL, law, steps

ROW = ["person_id", "award_id", "rate_id", "pay_month", "for_month", "due_fen"]


def _index(day: str) -> pl.Expr:
    return pl.col(day).dt.year() * 12 + pl.col(day).dt.month().cast(pl.Int32) - 1


def timed(claims: Path) -> pl.LazyFrame:
    """First and last month of every claim within the year."""
    start = pl.when(pl.col("start") == 2).then(pl.col("basis_on").dt.year() * 12 + 12).otherwise(_index("basis_on") + 1)
    birthday = pl.when(pl.col("benefit_id").is_in(list(AGES))).then(_index("born_on") + 720).otherwise(0)
    ended = pl.when(pl.col("end") == 2).then(pl.col("ended_on").dt.year() * 12 + 11).otherwise(_index("ended_on"))
    return (
        pl.scan_parquet(claims)
        .select(
            "person_id", "award_id", "benefit_id", "rate_id", "units",
            first=pl.max_horizontal(pl.lit(JANUARY), start, birthday).cast(pl.Int32),
            last=pl.min_horizontal(pl.lit(DECEMBER), ended, _index("died_on")).cast(pl.Int32),
        )
        .filter(pl.col("first") <= pl.col("last"))
    )  # fmt: skip


class Way:
    """Hand-written Polars."""

    def __init__(self, claims: Path) -> None:
        self.claims = claims
        self.rates, self.steps = pl.from_arrow(law().rates), pl.from_arrow(steps())

    def _prices(self, live: pl.DataFrame) -> pl.DataFrame:
        units = live.lazy().select("rate_id", "units").unique().collect(engine="streaming")
        product = 2 * pl.col("amount_fen") * pl.col("units").cast(pl.Int64) + pl.col("divisor")
        fen = (product // (2 * pl.col("divisor").cast(pl.Int64))).alias("fen")
        return self.rates.join(units, on="rate_id").select("rate_id", "units", "month", "vintage", fen)

    def _priced(self, prices: pl.DataFrame) -> pl.DataFrame:
        new = self.steps.join(prices, left_on=["for_month", "vintage"], right_on=["month", "vintage"])
        old = prices.rename({"fen": "old"})
        both = new.join(
            old,
            left_on=["rate_id", "units", "for_month", "before"],
            right_on=["rate_id", "units", "month", "vintage"],
            how="left",
        )
        due = pl.col("fen") - pl.col("old").fill_null(0)
        return both.select("rate_id", "units", "pay_month", "for_month", due_fen=due).filter(pl.col("due_fen") != 0)

    def _rows(self) -> pl.LazyFrame:
        live = timed(self.claims).collect(engine="streaming")
        prices = self._prices(live)
        family = pl.col("benefit_id").is_in([*FAMILY, RURAL])
        several = (
            live.lazy().filter(family).group_by("person_id").len().filter(pl.col("len") > 1).collect(engine="streaming")
        )
        choosers = several["person_id"].implode()
        chooses = family & pl.col("person_id").is_in(choosers)
        inside = (pl.col("first") <= pl.col("for_month")) & (pl.col("for_month") <= pl.col("last"))
        free = (
            live.lazy().filter(~chooses).join(self._priced(prices).lazy(), on=["rate_id", "units"]).filter(inside)
        ).select(ROW)
        return pl.concat([free, self._chosen(live.lazy().filter(chooses), prices)])

    def _chosen(self, live: pl.LazyFrame, prices: pl.DataFrame) -> pl.LazyFrame:
        key = ["person_id", "month", "vintage"]
        rows = live.join(prices.lazy(), on=["rate_id", "units"]).filter(
            (pl.col("first") <= pl.col("month")) & (pl.col("month") <= pl.col("last"))
        )
        # One number in whose order the one that is paid comes first: amount, and of equal ones the benefit.
        order = pl.when(pl.col("benefit_id") == RURAL).then(0).otherwise(pl.col("fen") * 8 + 7 - pl.col("benefit_id"))
        best = (
            rows.with_columns(order=order)
            .group_by(key)
            .agg(pl.col("award_id", "rate_id", "fen").get(pl.col("order").arg_max()))
        )
        new = self.steps.lazy().join(best, left_on=["for_month", "vintage"], right_on=["month", "vintage"])
        old = self.steps.lazy().join(best, left_on=["for_month", "before"], right_on=["month", "vintage"])
        both = pl.concat(
            [
                new.select(*ROW[:-1], due_fen=pl.col("fen")),
                old.select(*ROW[:-1], due_fen=-pl.col("fen")),
            ]
        )
        return both.group_by(ROW[:-1]).agg(pl.col("due_fen").sum()).filter(pl.col("due_fen") != 0).select(ROW)

    def totals(self) -> Any:
        """Totals by run, month and rate."""
        weighted = (pl.col("due_fen") * (pl.col("person_id") % 1009)).sum()
        sums = (
            pl.len().cast(pl.Int64).alias("lines"),
            pl.col("due_fen").sum().alias("fen"),
            weighted.alias("weighted"),
        )
        return (
            self._rows().group_by("pay_month", "for_month", "rate_id").agg(*sums).collect(engine="streaming").to_arrow()
        )

    def ledger(self, place: Path) -> None:
        """Every row as Parquet."""
        self._rows().sink_parquet(place, compression="zstd", engine="streaming")
