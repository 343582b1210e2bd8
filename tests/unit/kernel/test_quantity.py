"""A quantity keeps its value, its unit and how many places were printed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongji.kernel.quantity import NotANumber, NotWholeFen, Quantity, UnitsDiffer, half_up
from rongji.kernel.units import UnknownUnit

READ = [
    ("9692.786137", "万元", "9692.786137", 6),
    ("9,692.79", "万元", "9692.79", 2),
    ("４２．５０", "万元", "42.50", 2),
    ("86%", "%", "86", 0),
    ("86.0％", "%", "86.0", 1),
    ("-3.5", "%", "-3.5", 1),
    ("　13351.2　", "万元", "13351.2", 1),
]


@pytest.mark.parametrize(("text", "unit", "value", "places"), READ)
def test_a_printed_number_is_read_with_its_places(text, unit, value, places):
    """Full-width digits, separators and blanks are understood; the printed places are kept."""
    quantity = Quantity.parse(text, unit)
    assert quantity.value == Decimal(value)
    assert quantity.places == places


@pytest.mark.parametrize("text", ["", "达标", "1.2.3", "4.30621E+17", "1,23", "约40", "－", "12万"])
def test_what_is_not_a_plain_number_is_refused(text):
    """Words, broken separators and scientific notation are never guessed at."""
    with pytest.raises(NotANumber):
        Quantity.parse(text, "万元")


def test_an_unknown_unit_is_refused_with_its_name():
    """The list of units is closed."""
    with pytest.raises(UnknownUnit, match="亩分"):
        Quantity.parse("1", "亩分")


def test_money_is_whole_fen_or_says_so():
    """Six places of 万元 are a fen; a seventh is refused."""
    assert Quantity.parse("26.777876", "万元").fen == 26777876
    with pytest.raises(NotWholeFen):
        _ = Quantity.parse("26.7777876", "万元").fen
    with pytest.raises(UnitsDiffer):
        _ = Quantity.parse("3", "人").fen


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_fen_survive_the_way_to_the_printed_page_and_back(fen):
    """Six places of 万元 hold every fen exactly."""
    shown = Quantity.from_fen(fen, "万元", 6).shown()
    assert Quantity.parse(shown, "万元").fen == fen


@pytest.mark.parametrize(
    ("value", "places", "shown"), [("0.125", 2, "0.13"), ("-0.125", 2, "-0.13"), ("2.5", 0, "3"), ("-0.001", 2, "0.00")]
)
def test_rounding_is_half_away_from_zero_and_zero_has_no_sign(value, places, shown):
    """The rounding of official tables."""
    assert Quantity(Decimal(value), "万元", places).shown() == shown
    assert half_up(Decimal("0.5"), 0) == 1
    assert half_up(Decimal("9" * 30 + ".5"), 0) == Decimal(10**30)


def test_persons_and_visits_are_never_comparable():
    """人 and 名 count the same, 人次 does not; 件 and 宗 do; money never meets a count."""
    person, name, visit = (Quantity(Decimal(1), u, 0).unit for u in ("人", "名", "人次"))
    assert person.is_comparable_with(name)
    assert not person.is_comparable_with(visit)
    assert not person.is_comparable_with(Quantity(Decimal(1), "元", 0).unit)


def test_a_change_of_unit_keeps_the_amount_and_shifts_the_places():
    """4.2150 万元 is 42150 元, printed without decimals; back it has its four places again."""
    amount = Quantity.parse("4.2150", "万元")
    assert str(amount.to("元")) == "42150元"
    assert str(amount.to("元").to("万元")) == "4.2150万元"
