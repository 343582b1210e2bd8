"""Several rows into one before scoring: amounts add up, ratios and qualitative shares are weighted by money."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from rongji.kernel.quantity import Quantity
from rongji.kernel.refusal import Refusal
from rongji.kernel.units import UnitKind
from rongji.law.shapes.scheme import Aggregation, Combine
from rongji.rules.rule import rule
from rongji.rules.scoring.points import as_decimal, percent, plain, shown

CITES = ("hubei-form-2020",)


class PartsDiffer(Refusal):
    """Rows that cannot become one because they measure different things."""

    code = "parts-differ"
    sentence = "计量单位不同（{units}），不能汇总。"


class MoneyMissing(Refusal):
    """Rows to be weighted by money, some of which name none."""

    code = "parts-without-money"
    sentence = "按资金加权需要每行的对应资金，{parts}没有填或合计为 0。"


@dataclass(frozen=True, slots=True)
class Part:
    """One row on its way into another: its code, the value concerned, and the money behind it."""

    code: str
    value: Quantity
    money: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Combined:
    """What several rows come to, and the arithmetic in words."""

    value: Quantity
    how: str


def combine(parts: Sequence[Part], law: Aggregation) -> Combined:
    """One value out of several by the scheme's way for their kind of unit.

    Raises: PartsDiffer, MoneyMissing.
    """
    first = parts[0].value.unit
    if any(not first.is_comparable_with(part.value.unit) for part in parts):
        raise PartsDiffer(units="、".join(dict.fromkeys(part.value.unit_name for part in parts)))
    way = law.ratios if first.kind is UnitKind.RATIO else law.amounts
    return add_up(parts) if way is Combine.SUM else average_by_money(parts)


@rule(id="scoring.add_up", cites=CITES)
def add_up(parts: Sequence[Part]) -> Combined:
    """绝对值指标汇总: the values add up, in the unit of the first row.

    Unit: that of the first row. Rounding: none.
    """
    unit = parts[0].value.unit
    total = sum((part.value.base for part in parts), Decimal(0)) / unit.factor
    value = Quantity(total, unit.name, max(part.value.places for part in parts))
    return Combined(value, f"{' + '.join(str(part.value) for part in parts)} = {value}")


@rule(id="scoring.average_by_money", cites=CITES)
def average_by_money(parts: Sequence[Part]) -> Combined:
    """比率指标汇总: the average weighted by the money behind each row.

    Unit: that of the first row. Rounding: none in the value (28 digits); shown with the places of the rows.
    Raises: MoneyMissing when a row names no money, or all of it is zero.
    """
    unit = parts[0].value.unit
    weights = money_weights([(part.code, part.money) for part in parts])
    average = sum((Fraction(p.value.base) * w for p, w in zip(parts, weights, strict=True)), Fraction(0))
    exact = average / Fraction(unit.factor)
    value = Quantity(as_decimal(exact), unit.name, max(part.value.places for part in parts))
    terms = " + ".join(f"{p.value} × {percent(w)}" for p, w in zip(parts, weights, strict=True))
    return Combined(value, f"按资金加权 {terms} ≈ {shown(exact)}{unit.name}")


@rule(id="scoring.share_by_money", cites=CITES)
def share_by_money(parts: Sequence[tuple[str, Decimal, Quantity | None]]) -> tuple[Fraction, str]:
    """定性指标汇总: the shares given to each row, weighted by the money behind them (code, share, money).

    Unit: share of the weight, 0–1. Rounding: none.
    Raises: MoneyMissing when a row names no money, or all of it is zero.
    """
    weights = money_weights([(code, money) for code, _, money in parts])
    share = sum((Fraction(given) * w for (_, given, _), w in zip(parts, weights, strict=True)), Fraction(0))
    terms = " + ".join(f"{plain(given * 100)}% × {percent(w)}" for (_, given, _), w in zip(parts, weights, strict=True))
    return share, f"按资金加权 {terms} ≈ {percent(share)}"


def money_weights(parts: Sequence[tuple[str, Quantity | None]]) -> list[Fraction]:
    """Each row's part of all the money; negative amounts count as missing."""
    bad = [code for code, money in parts if money is None or money.base < 0]
    total = sum((Fraction(money.base) for _, money in parts if money), Fraction(0))
    if bad or total <= 0:
        raise MoneyMissing(parts="、".join(bad or [code for code, _ in parts]))
    return [Fraction(money.base) / total for _, money in parts if money]
