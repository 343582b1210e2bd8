"""Units of measure: what counts the same things, what may be rounded, powers of ten in front of a counting word."""

from decimal import Decimal

import pytest

from rongji.kernel.quantity import Quantity
from rongji.kernel.units import UNITS, UnitKind, UnknownUnit, count_family, is_measured, unit

SAME = [
    "人 名 位 万人 千名",
    "件 宗 起",
    "场 场次",
    "批 批次",
    "台 辆",
    "天 日",
    "月 个月",
    "工作日 个工作日",
    "米 公里 千米",
    "亩 公顷",
]


@pytest.mark.parametrize("row", SAME)
def test_words_that_count_the_same_things_can_be_compared(row):
    """名 and 人 are the same persons, 2 万人 are 20000 人."""
    first, *others = row.split()
    assert all(unit(first).is_comparable_with(unit(name)) for name in others)


@pytest.mark.parametrize(
    ("left", "right"), [("人", "人次"), ("人", "户"), ("件", "批次"), ("次", "场次"), ("万元", "人"), ("年", "月")]
)
def test_words_that_count_different_things_are_never_compared(left, right):
    """A visit is no person."""
    assert not unit(left).is_comparable_with(unit(right))


@pytest.mark.parametrize(
    ("amount", "name", "base"),
    [
        ("2.5", "万封", "25000"),
        ("3", "千人", "3000"),
        ("5", "百万元", "5000000"),
        ("1.2", "公里", "1200"),
        ("2", "公顷", "30"),
    ],
)
def test_a_unit_holds_so_many_base_units(amount, name, base):
    """A power of ten before a counting word is part of the unit."""
    assert Quantity(Decimal(amount), name, 1).base == Decimal(base)


def test_the_printed_scale_is_kept():
    """2.5万封 hides up to 500 letters; 25000 封 hides none."""
    assert Quantity(Decimal("2.5"), "万封", 1).half_unit == 500
    assert str(Quantity(Decimal("2.5"), "万封", 1).to("封")) == "25000封"


@pytest.mark.parametrize(
    ("name", "measured"),
    [("小时", True), ("平方米", True), ("个月", True), ("万人", True), ("人", False), ("件", False)],
)
def test_what_measures_may_be_rounded(name, measured):
    """Persons come in wholes, hours do not; thousands are rounded."""
    assert is_measured(name) is measured


@pytest.mark.parametrize("name", ["万", "万%", "百千人", "万万人", "文", "人人"])
def test_what_is_no_unit_is_refused(name):
    """Only a counting word or 元 can have a power of ten in front."""
    with pytest.raises(UnknownUnit):
        unit(name)


def test_every_family_is_a_unit_of_its_own():
    """The word that stands for a family is in the list."""
    counts = [name for name, item in UNITS.items() if item.kind is UnitKind.COUNT]
    assert all(count_family(name) in UNITS for name in counts)
