"""Findings read back as equations between facts, so that one can ask what a changed figure would settle.

Sums, equal amounts, rates and growth can be read back; inequalities, scores and questions cannot.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rongji.kernel.figure import Figure, FigureKey
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.quantity import EXACT
from rongji.kernel.units import UnitKind

_TWO, _THREE = 2, 3
_ADDED = ({UnitKind.MONEY}, {UnitKind.COUNT}, {UnitKind.UNSAID})
_DIVIDED = tuple({UnitKind.RATIO, *kinds} for kinds in _ADDED)
_SAME = Decimal("1e-9")  # 比率除不尽时的比较精度

Values = Mapping[FigureKey, Decimal]


class Shape(StrEnum):
    """What an equation looks like."""

    SUM = "sum"  # signed figures and a constant add up to zero
    RATIO = "ratio"  # first = second ÷ third
    GROWTH = "growth"  # first = second ÷ third − 1


@dataclass(frozen=True, slots=True)
class Equation:
    """A finding read back. signs: the sign of every fact in a sum; for a rate its three facts in order."""

    index: int
    shape: Shape
    signs: tuple[tuple[FigureKey, int], ...]
    constant: Decimal
    tolerance: Decimal
    contradicts: bool

    def gap(self, values: Values) -> Decimal | None:
        """What is left over with those values; None where it cannot be computed."""
        if self.shape is Shape.SUM:
            return total(((sign, values[key]) for key, sign in self.signs), self.constant)
        rate, top, bottom = (values[key] for key, _ in self.signs)
        if not bottom:
            return None
        due = EXACT.divide(top, bottom)
        return EXACT.subtract(rate, due - 1 if self.shape is Shape.GROWTH else due)

    def closes(self, gap: Decimal | None) -> bool:
        """Whether that gap is within what printing explains."""
        return gap is not None and abs(gap) <= self.tolerance


def equation_of(index: int, finding: Finding) -> Equation | None:
    """The finding as an equation, None when it is none."""
    if finding.difference is None or finding.tolerance is None or len(finding.figures) < _TWO:
        return None
    if finding.verdict not in (Verdict.CONTRADICTION, Verdict.HOLDS, Verdict.ROUNDING):
        return None
    if any(item.vague or item.quantity is None for item in finding.figures):
        return None
    read = _read(finding)
    if read is None:
        return None
    shape, signs, constant = read
    tolerance = EXACT.multiply(finding.tolerance, _factor(finding))
    return Equation(index, shape, signs, constant, tolerance, finding.verdict is Verdict.CONTRADICTION)


def values_of(findings: Iterable[Finding]) -> tuple[dict[FigureKey, Decimal], dict[FigureKey, Figure]]:
    """Each fact once, as its leading statement has it (the last figure of a comparison of two printings)."""
    values: dict[FigureKey, Decimal] = {}
    printed: dict[FigureKey, Figure] = {}
    for finding in findings:
        for figure in reversed(finding.figures):
            if figure.quantity is not None and figure.key not in values:
                values[figure.key] = base_of(figure)
                printed[figure.key] = figure
    return values, printed


def base_of(figure: Figure) -> Decimal:
    """The figure's amount in base units."""
    return figure.quantity.base if figure.quantity else Decimal(0)


def total(terms: Iterable[tuple[int, Decimal]], constant: Decimal = Decimal(0)) -> Decimal:
    """The signed sum, exact."""
    result = constant
    for sign, value in terms:
        result = EXACT.add(result, value) if sign > 0 else EXACT.subtract(result, value)
    return result


def _read(finding: Finding) -> tuple[Shape, tuple[tuple[FigureKey, int], ...], Decimal] | None:
    """The shape that reproduces the finding's own difference."""
    printed, *basis = finding.figures
    kinds = {item.quantity.unit.kind for item in finding.figures if item.quantity}
    if len(basis) == 1 and basis[0].key == printed.key and len(kinds) == 1:
        return (Shape.SUM, ((basis[0].key, 1),), -base_of(printed)) if kinds in _ADDED else None
    if len({item.key for item in finding.figures}) != len(finding.figures):
        return None
    due = EXACT.subtract(base_of(printed), EXACT.multiply(finding.difference or Decimal(0), _factor(finding)))
    if kinds in _ADDED:
        signs = _signs(printed, basis, due)
        return (Shape.SUM, signs, Decimal(0)) if signs else None
    if kinds in _DIVIDED and len(basis) == _TWO and base_of(basis[1]):
        shape = _quotient(EXACT.divide(base_of(basis[0]), base_of(basis[1])), due)
        return (shape, tuple((item.key, 1) for item in finding.figures), Decimal(0)) if shape else None
    return None


def _signs(printed: Figure, basis: list[Figure], due: Decimal) -> tuple[tuple[FigureKey, int], ...]:
    if due == total((1, base_of(part)) for part in basis):
        return ((printed.key, 1), *((part.key, -1) for part in basis))
    if len(basis) == _TWO and due == EXACT.subtract(base_of(basis[0]), base_of(basis[1])):
        return ((printed.key, 1), (basis[0].key, -1), (basis[1].key, 1))
    return ()


def _quotient(quotient: Decimal, due: Decimal) -> Shape | None:
    if abs(due - quotient) < _SAME:
        return Shape.RATIO
    return Shape.GROWTH if abs(due - quotient + 1) < _SAME else None


def _factor(finding: Finding) -> Decimal:
    return finding.stated.unit.factor if finding.stated else Decimal(1)
