"""The worked arrears come out of every engine to the fen, under either rounding."""

import pytest
from engines.tables import claim, claims, law, month, rates
from engines.worked_examples import Worked, worked

from rongji.compute import Engine, Inputs
from rongji.compute.shapes import SETTLED, schema

FIRST, LAST = month("2022-06"), month("2026-04")


def recipients() -> list[tuple[int, Worked, bool]]:
    """Every example twice: each month rounded for itself, and over the year of the standard."""
    pairs = [(example, once) for example in worked() for once in (False, True)]
    return [(number, example, once) for number, (example, once) in enumerate(pairs, start=1)]


def rate_rows(number: int, example: Worked, *, once: bool, new: bool) -> list[dict]:
    """The rate of one recipient over all the months: the old standard, and from August the new one once it is known."""
    august = month(example.effective)
    rows = rates((number, "2022-06", "2026-04", example.old * 100, 12), august=august if once else None)
    for row in rows:
        if new and row["month"] >= august:
            before = {"before_amount_fen": example.old * 100, "before_divisor": 12, "before_position": row["position"]}
            row |= {"amount_fen": example.new * 100, **before}
    return rows


def inputs(*, new: bool, pay_month: int, settled=None) -> Inputs:
    """All recipients, as the law was known before the notices or after them."""
    everybody = recipients()
    rows = [row for number, example, once in everybody for row in rate_rows(number, example, once=once, new=new)]
    return Inputs(
        claims=claims(*(claim(n, person_id=n, rate_id=n, units=example.units) for n, example, _ in everybody)),
        law=law([row for row in rows if row["month"] <= pay_month]),
        first_month=FIRST,
        pay_month=pay_month,
        settled=settled,
    )


def arrears(engine: Engine) -> dict[int, list[dict]]:
    """Everybody was paid by the old standards to the end; then the new ones become known. Lines by award."""
    paid = engine.due(inputs(new=False, pay_month=LAST)).to_pylist()
    settled = [{**{name: line[name] for name in SETTLED if name != "fen"}, "fen": line["due_fen"]} for line in paid]
    import pyarrow as pa

    lines = engine.due(
        inputs(new=True, pay_month=LAST, settled=pa.Table.from_pylist(settled, schema(SETTLED)))
    ).to_pylist()
    by_award: dict[int, list[dict]] = {}
    for line in lines:
        by_award.setdefault(line["award_id"], []).append(line)
    return by_award


def judge(lines: dict[int, list[dict]]) -> None:
    """Months, cause and sum of every example, up to the month before the raise is paid."""
    for number, example, once in recipients():
        expected = example.rounded_once if once else example.rounded_each_month
        late = [line for line in lines[number] if line["for_month"] < month(example.paid_in)]
        assert [line["for_month"] for line in late] == list(range(month(example.effective), month(example.paid_in)))
        assert {line["cause"] for line in late} == {"arrears"}
        assert (example.case, once, sum(line["due_fen"] for line in late)) == (example.case, once, expected)
        assert len(late) == example.months


def test_arrears_of_published_standards_embedded(inside):
    """Each month rounded for itself, or over the year of the standard: both columns of the worked examples."""
    judge(arrears(inside))


@pytest.mark.cluster
def test_arrears_of_published_standards_on_the_cluster(cluster):
    """The same on a master with two workers."""
    judge(arrears(cluster))
