"""Reconciliation: the year's tables beside the ledger."""

from decimal import Decimal

from rongji.kernel.bureau_year import BureauYear
from rongji.kernel.figure import Figure, FigureKey, FigureSet, Source, SourceKind
from rongji.kernel.quantity import Quantity
from rongji.performance.reconciliation import reconcile

KEY = FigureKey.parse("expenditure.total:actual")


def figure(value: str, kind: SourceKind, key: FigureKey = KEY) -> Figure:
    """支出合计 as one side states it."""
    return Figure(key, "支出合计", Source(kind), Quantity.parse(value, "万元"), value)


def rows(*figures: Figure):
    """The reconciliation of a year with those figures."""
    return reconcile(BureauYear("county", "示例县", 2024, "national-2020", figures=FigureSet(figures)))


def test_a_table_in_two_places_agrees_with_the_ledger_it_was_rounded_from():
    """Half a unit of the last printed place is no difference."""
    (row,) = rows(figure("1086.28", SourceKind.IMPORTED), figure("1086.279051", SourceKind.DERIVED))
    assert row.agrees and row.difference == Decimal("9.49")


def test_a_table_that_says_something_else_does_not():
    """One fen beyond the tolerance is named in 元."""
    (row,) = rows(figure("1086.29", SourceKind.IMPORTED), figure("1086.279051", SourceKind.DERIVED))
    assert not row.agrees and row.difference == Decimal("109.49")


def test_what_only_the_ledger_knows_is_listed_without_a_difference():
    """A derived figure that no table states cannot disagree."""
    (row,) = rows(figure("5", SourceKind.DERIVED))
    assert row.stated is None and row.difference is None


def test_what_only_the_table_states_is_not_reconciled():
    """There is nothing to hold it against."""
    assert rows(figure("5", SourceKind.DECLARED)) == ()
