"""How a cell follows from other cells: written as a real formula where a format has formulas.

A formula names cells by `Cell.name`, anywhere in the same document.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SumOf:
    """The cells of `plus` added up, those of `minus` taken off (合计, 结余)."""

    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RatioOf:
    """One cell divided by another (执行率, 占比)."""

    numerator: str
    denominator: str


@dataclass(frozen=True, slots=True)
class ChangeOf:
    """By which share one cell differs from another (增长率, 变动率): (current − previous) ÷ previous."""

    current: str
    previous: str


@dataclass(frozen=True, slots=True)
class ProductOf:
    """Cells multiplied (得分 = 分值 × 执行率)."""

    factors: tuple[str, ...]


Formula = SumOf | RatioOf | ChangeOf | ProductOf


def operands(formula: Formula) -> tuple[str, ...]:
    """The names of every cell that a formula needs."""
    match formula:
        case SumOf(plus, minus):
            return (*plus, *minus)
        case RatioOf(numerator, denominator):
            return (numerator, denominator)
        case ChangeOf(current, previous):
            return (current, previous)
        case ProductOf(factors):
            return factors


def renamed(formula: Formula, names: Mapping[str, str]) -> Formula:
    """The same formula over cells that go by other names; a name not listed stays."""

    def told(group: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(names.get(name, name) for name in group)

    match formula:
        case SumOf(plus, minus):
            return SumOf(told(plus), told(minus))
        case RatioOf(numerator, denominator):
            return RatioOf(*told((numerator, denominator)))
        case ChangeOf(current, previous):
            return ChangeOf(*told((current, previous)))
        case ProductOf(factors):
            return ProductOf(told(factors))
