"""Figures that are true and merely printed with fewer places are never accused, whatever they are."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from rongji.checks import relations
from rongji.kernel.figure import Figure, FigureKey, Source, SourceKind
from rongji.kernel.finding import Verdict
from rongji.kernel.quantity import Quantity, half_up

FEN = st.integers(min_value=0, max_value=10**13)
PLACES = st.integers(min_value=0, max_value=6)
SOURCE = Source(SourceKind.IMPORTED)


def printed(fen: int, places: int) -> Figure:
    """A true amount as a table prints it in 万元."""
    exact = Decimal(fen) / 1_000_000
    quantity = Quantity(half_up(exact, places), "万元", places)
    return Figure(FigureKey("expenditure.total"), "金额", SOURCE, quantity, quantity.shown())


def percentage(exact: Decimal, places: int) -> Figure:
    """A true rate as a table prints it."""
    quantity = Quantity(half_up(exact * 100, places), "%", places)
    return Figure(FigureKey("execution.rate"), "比率", SOURCE, quantity, quantity.shown())


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(FEN, PLACES), min_size=1, max_size=12), PLACES)
def test_true_sums(parts, places):
    total = printed(sum(fen for fen, _ in parts), places)
    finding = relations.sum_of_parts(total, relations.positive([printed(*part) for part in parts]))
    assert finding.verdict is not Verdict.CONTRADICTION


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(FEN, PLACES), min_size=1, max_size=12), PLACES, FEN)
def test_true_parts_of_a_whole(parts, places, rest):
    total = printed(sum(fen for fen, _ in parts) + rest, places)
    finding = relations.parts_within(total, [printed(*part) for part in parts])
    assert finding.verdict in (Verdict.HOLDS, Verdict.ROUNDING)


@settings(max_examples=100, deadline=None)
@given(FEN, PLACES, PLACES)
def test_one_fact_printed_twice(fen, places, others):
    finding = relations.same_fact(printed(fen, places), printed(fen, others))
    assert finding.verdict in (Verdict.HOLDS, Verdict.ROUNDING)


@settings(max_examples=100, deadline=None)
@given(FEN, FEN.filter(bool), PLACES, PLACES, st.integers(min_value=0, max_value=4))
def test_true_rates(top, bottom, top_places, bottom_places, places):
    """A denominator that prints as nothing may be asked about, never accused."""
    rate = percentage(Decimal(top) / Decimal(bottom), places)
    finding = relations.ratio(rate, printed(top, top_places), printed(bottom, bottom_places))
    assert finding.verdict is not Verdict.CONTRADICTION


@settings(max_examples=100, deadline=None)
@given(FEN, FEN.filter(bool), PLACES, PLACES, st.integers(min_value=0, max_value=4))
def test_true_growth(now, before, now_places, before_places, places):
    rate = percentage(Decimal(now) / Decimal(before) - 1, places)
    finding = relations.growth(rate, printed(now, now_places), printed(before, before_places))
    assert finding.verdict is not Verdict.CONTRADICTION


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(FEN, PLACES), min_size=1, max_size=6), PLACES, st.integers(min_value=1, max_value=10**6))
def test_any_difference_beyond_printing_is_seen(parts, places, excess):
    """The other side: what lies beyond the tolerance is always called a contradiction."""
    figures = [printed(*part) for part in parts]
    total = printed(sum(fen for fen, _ in parts), places)
    stated = sum((item.quantity.value for item in figures), Decimal(0))
    tolerance = relations.sum_of_parts(total, relations.positive(figures)).tolerance
    step = Decimal(1).scaleb(-places)
    off = half_up(stated + tolerance, places) + step * (excess + 1)
    wrong = Figure(total.key, total.label, SOURCE, Quantity(off, "万元", places), f"{off}")
    finding = relations.sum_of_parts(wrong, relations.positive(figures))
    assert finding.verdict is Verdict.CONTRADICTION
