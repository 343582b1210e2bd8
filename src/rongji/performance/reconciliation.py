"""对账: what the year's tables state beside what the budget and the ledger come to, figure by figure. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from rongji.kernel.bureau_year import BureauYear
from rongji.kernel.figure import Figure, FigureKey, SourceKind


@dataclass(frozen=True, slots=True)
class ReconciledRow:
    """One fact on both sides. difference: stated − derived in 元 (or the unit's own base); None without both.

    agrees: the difference is within what the printed places of both can hide.
    """

    key: FigureKey
    label: str
    stated: Figure | None
    derived: Figure
    difference: Decimal | None
    agrees: bool


def reconcile(year: BureauYear) -> tuple[ReconciledRow, ...]:
    """Every derived figure beside the leading stated one of the same fact, in the order of derivation."""
    return tuple(_rows(year))


def _rows(year: BureauYear) -> Iterator[ReconciledRow]:
    for derived in year.figures:
        if derived.source.kind is not SourceKind.DERIVED or derived.quantity is None:
            continue
        sides = (item for item in year.figures.statements(derived.key) if item.source.kind is not SourceKind.DERIVED)
        stated = next((item for item in sides if item.quantity is not None), None)
        yield _row(derived, stated)


def _row(derived: Figure, stated: Figure | None) -> ReconciledRow:
    left, right = (item.quantity if item else None for item in (stated, derived))
    if left is None or right is None:
        return ReconciledRow(derived.key, derived.full_label, stated, derived, None, True)
    difference = left.base - right.base
    agrees = abs(difference) <= left.half_unit + right.half_unit
    return ReconciledRow(derived.key, derived.full_label, stated, derived, difference, agrees)
