"""How findings speak: numbers, differences and sums as a clerk would read them aloud."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import gcd

from rongji.kernel.figure import Figure, Stage
from rongji.kernel.quantity import EXACT, Quantity, group_thousands
from rongji.kernel.reading.vague import WRITTEN_BEFORE, WRITTEN_BETWEEN
from rongji.kernel.units import UnitKind, unit

MINUS = "−"
_FINEST = Decimal("1E-12")  # of what has no end


def as_decimal(value: Fraction, unit_name: str) -> Decimal:
    """A base-unit fraction in the given unit, exact where it can be."""
    factor_top, factor_bottom = unit(unit_name).factor.as_integer_ratio()
    top, bottom = value.numerator * factor_bottom, value.denominator * factor_top
    quotient = EXACT.divide(top, bottom)
    return quotient if _ends(bottom // gcd(top, bottom)) else quotient.quantize(_FINEST, context=EXACT)


def _ends(denominator: int) -> bool:
    """Whether a fraction in lowest terms has an end as a decimal: nothing but twos and fives below its line."""
    return pow(10, denominator.bit_length(), denominator) == 0


def plain(value: Decimal) -> str:
    """A decimal without trailing zeros and with a true minus sign."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", MINUS) if text != "-0" else "0"


def amount(quantity: Quantity) -> str:
    """A quantity with its unit, spaced as official texts print it."""
    text = group_thousands(quantity.value, quantity.places).replace("-", MINUS)
    return f"{text}%" if quantity.unit_name == "%" else f"{text} {quantity.unit_name}".rstrip()


def value_of(figure: Figure) -> str:
    """The figure's number with unit and its approximating word."""
    if figure.quantity is None:
        return figure.printed or "空白"
    quantity = figure.quantity
    if figure.vague in WRITTEN_BEFORE:
        return figure.vague + amount(quantity)
    if figure.vague in WRITTEN_BETWEEN and quantity.unit_name != "%":
        return f"{plain_places(quantity)} {figure.vague}{quantity.unit_name}"
    return amount(quantity) + figure.vague


def label_of(figure: Figure, others: Sequence[Figure] = ()) -> str:
    """The figure's label; its basis is added when the other figures stand on another one."""
    stages = {item.key.stage for item in (*others, figure)} - {Stage.NONE, Stage.RATE}
    if len(stages) < 2 or figure.key.stage in (Stage.NONE, Stage.RATE):
        return figure.label
    if figure.key.stage is Stage.PRIOR:
        return figure.label if "上年" in figure.label else f"上年{figure.label}"
    return figure.full_label


def said(figure: Figure, others: Sequence[Figure] = ()) -> str:
    """`资金来源合计 13351.2 万元`."""
    return f"{label_of(figure, others)} {value_of(figure)}"


def where(figure: Figure) -> str:
    """The place of a figure in words, in brackets, or nothing; the bureau's own note of the place comes first."""
    source = figure.source
    stands = str(replace(source.at, file="")) if source.at else ""
    place = source.note or source.line or stands or source.place
    return f"（{place}）" if place else ""


def total_of(terms: Sequence[tuple[int, Figure]], total: Figure, limit: int = 6) -> str:
    """`财政拨款 7547.08 + 其他资金 5834.54`; long lists are shortened to their ends and their number."""
    shown = [_term(sign, figure, total) for sign, figure in terms]
    if len(shown) > limit:
        shown = [*shown[:3], f"+ …（共 {len(shown)} 项）", shown[-1]]
    text = " ".join(shown)
    return text.removeprefix("+ ")


def _term(sign: int, figure: Figure, total: Figure) -> str:
    quantity = figure.quantity
    if quantity is None or total.quantity is None:
        return ""
    same_unit = quantity.unit_name == total.quantity.unit_name
    number = plain_places(quantity) if same_unit else amount(quantity)
    return f"{'+' if sign > 0 else MINUS} {_member_label(figure, total)} {number}"


def _member_label(figure: Figure, total: Figure) -> str:
    """A member of a breakdown by its own name: 死亡抚恤, not 项目支出（死亡抚恤）."""
    label = label_of(figure, (total,))
    own = label.removeprefix(f"{total.label}（")
    return own.removesuffix("）") if own != label and own.endswith("）") else label


def plain_places(quantity: Quantity) -> str:
    """The number as printed, without unit."""
    return group_thousands(quantity.value, quantity.places).replace("-", MINUS)


def in_unit(value: Fraction, like: Quantity, places: int | None = None) -> Quantity:
    """A base-unit value as a quantity in the unit of `like`, with its own exact places unless given."""
    exact = as_decimal(value, like.unit_name)
    if places is None:
        places = max(like.places, -int(exact.normalize().as_tuple().exponent))
    return Quantity(exact, like.unit_name, places)


def gap(difference: Decimal, unit_name: str) -> str:
    """A difference with its unit; differences of percentages are percentage points."""
    name = "个百分点" if unit(unit_name).kind is UnitKind.RATIO and unit_name == "%" else unit_name
    return f"{plain(difference)} {name}"
