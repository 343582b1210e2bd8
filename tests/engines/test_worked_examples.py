"""The worked arrears come out of the engine to the fen, under either rounding."""

import pytest
from engines.tables import claim, claims, law, month, rates
from engines.worked_examples import Worked, worked

from rongji.compute import Engine, Inputs, embedded
from rongji.compute.shapes import SETTLED, schema


def inputs(example: Worked, *, yuan: int, pay_month: int, new_from: int | None, once: bool, settled=None) -> Inputs:
    """One recipient whose standard is raised in August."""
    august = month(example.effective)
    rows = rates((1, "2021-01", "2026-12", yuan * 100, 12), august=august if once else None)
    if new_from is not None:
        for row in rows:
            row["amount_fen"] = (example.new if row["month"] >= new_from else example.old) * 100
            row |= {"before_amount_fen": example.old * 100, "before_divisor": 12, "before_position": row["position"]}
    rows = [row for row in rows if august - 3 <= row["month"] <= pay_month]
    return Inputs(
        claims=claims(claim(7, units=example.units)),
        law=law(rows),
        first_month=august - 3,
        pay_month=pay_month,
        settled=settled,
    )


def arrears(engine: Engine, example: Worked, *, once: bool) -> int:
    """Pay every month by the old standard up to the last one before the notice, then reckon by the new one."""
    august, pay_month = month(example.effective), month(example.paid_in)
    before = engine.due(inputs(example, yuan=example.old, pay_month=pay_month - 1, new_from=None, once=once))
    paid = before.select(["person_id", "award_id", "grant_id", "benefit_id", "for_month"]).append_column(
        "fen", before["due_fen"]
    )
    lines = engine.due(
        inputs(example, yuan=0, pay_month=pay_month, new_from=august, once=once, settled=paid.cast(schema(SETTLED)))
    ).to_pylist()
    assert [line["for_month"] for line in lines] == list(range(august, pay_month + 1))
    late = [line for line in lines if line["for_month"] < pay_month]
    assert {line["cause"] for line in late} == {"arrears"}
    assert len(late) == example.months
    return sum(line["due_fen"] for line in late)


@pytest.mark.parametrize("example", worked(), ids=lambda example: example.case)
def test_arrears_of_published_standards_embedded(example):
    """Each month rounded for itself, or over the year of the standard: both columns of the worked examples."""
    with embedded(threads=1) as engine:
        assert arrears(engine, example, once=False) == example.rounded_each_month
        assert arrears(engine, example, once=True) == example.rounded_once


@pytest.mark.cluster
def test_arrears_of_published_standards_on_the_cluster(cluster):
    """The same on a master with two workers; every example in its own reckoning."""
    for example in worked()[1:2]:
        assert arrears(cluster, example, once=False) == example.rounded_each_month
        assert arrears(cluster, example, once=True) == example.rounded_once
