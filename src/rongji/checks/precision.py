"""小数位: amounts below a fen, and different places for amounts of one table."""

from collections import Counter
from collections.abc import Iterator

from rongji.checks.registry import check
from rongji.checks.same_fact import is_unit_slip
from rongji.checks.situation import Situation
from rongji.kernel.figure import Figure
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.quantity import FEN_PER_YUAN
from rongji.kernel.units import UnitKind

_SHOWN = 4
_UNEVEN = 2


@check(title="金额不细于一分", level=Verdict.DEFECT)
def amounts_are_whole_fen(situation: Situation) -> Iterator[Finding]:
    """No amount has digits below a fen: 万元 carries at most six places, 元 two."""
    for figure in situation.year.figures:
        quantity = figure.quantity
        if quantity is None or quantity.unit.kind is not UnitKind.MONEY:
            continue
        fen = quantity.base * FEN_PER_YUAN
        leading = situation.year.figures.get(figure.key)
        if fen == fen.to_integral_value() or (leading is not None and is_unit_slip(leading, figure)):
            continue
        yuan = quantity.to("元", 4).shown().rstrip("0")
        text = f"{figure.label} {quantity.shown()} {quantity.unit_name}，合 {yuan} 元，不足一分的金额不存在。"
        remedy = "查原始凭证改正，多半是多打了一位数字。"
        yield Finding("", Verdict.DEFECT, text, (figure,), quantity, remedy=remedy)


@check(title="表中金额的小数位统一", level=Verdict.QUESTION)
def places_are_even(situation: Situation) -> Iterator[Finding]:
    """Amounts of the tables are printed with one number of places; a dropped final zero is pointed out."""
    figures = [item for item in situation.year.figures if _is_table_amount(item)]
    counted = Counter(item.quantity.places for item in figures if item.quantity)
    if len(counted) < _UNEVEN:
        return
    wanted = situation.year.profile.get("money_places", "")
    usual = int(wanted) if wanted.isdigit() else counted.most_common(1)[0][0]
    odd = [item for item in figures if item.quantity and item.quantity.places != usual]
    named = "、".join(f"{item.label} {item.quantity.shown()}" for item in odd[:_SHOWN] if item.quantity)
    more = f"等 {len(odd)} 处" if len(odd) > _SHOWN else ""
    text = f"表中金额（万元）应保留 {usual} 位小数，{named}{more}的位数不同。"
    remedy = f"统一保留 {usual} 位小数，末位是 0 也写出来。"
    yield Finding("", Verdict.QUESTION, text, tuple(odd), remedy=remedy, subject="money_places")


def _is_table_amount(figure: Figure) -> bool:
    quantity = figure.quantity
    if quantity is None or quantity.unit_name != "万元" or not quantity.value:
        return False
    return figure.statement == "form" and not figure.key.concept.startswith("fact.")
