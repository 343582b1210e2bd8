"""小数位: amounts below a fen, and different places for amounts of one table."""

from collections import Counter
from collections.abc import Iterator

from rongji.checks.registry import check
from rongji.checks.situation import Situation
from rongji.kernel.figure import Figure
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.quantity import FEN_PER_YUAN
from rongji.kernel.units import UnitKind

_SHOWN = 4


@check(title="金额不细于一分", level=Verdict.DEFECT)
def amounts_are_whole_fen(situation: Situation) -> Iterator[Finding]:
    """No amount has digits below a fen: 万元 carries at most six places, 元 two."""
    for figure in situation.year.figures:
        quantity = figure.quantity
        if quantity is None or quantity.unit.kind is not UnitKind.MONEY:
            continue
        fen = quantity.base * FEN_PER_YUAN
        if fen == fen.to_integral_value():
            continue
        yuan = quantity.to("元", 4).shown().rstrip("0")
        text = f"{figure.label} {quantity.shown()} {quantity.unit_name}，合 {yuan} 元，不足一分的金额不存在。"
        remedy = "查原始凭证改正，多半是多打了一位数字。"
        yield Finding("", Verdict.DEFECT, text, (figure,), quantity, remedy=remedy)


@check(title="同一张表的小数位统一", level=Verdict.QUESTION)
def places_are_even(situation: Situation) -> Iterator[Finding]:
    """Amounts of one sheet are printed with one number of places; a dropped final zero is pointed out."""
    sheets: dict[tuple[str, str], list[Figure]] = {}
    for figure in situation.year.figures:
        if figure.quantity and figure.quantity.unit.kind is UnitKind.MONEY and figure.quantity.value:
            sheets.setdefault((figure.source.sheet or figure.statement, figure.quantity.unit_name), []).append(figure)
    for (sheet, unit_name), figures in sheets.items():
        usual, _ = Counter(item.quantity.places for item in figures if item.quantity).most_common(1)[0]
        odd = [item for item in figures if item.quantity and item.quantity.places != usual]
        if odd and sheet:
            yield _uneven(sheet, unit_name, usual, odd)


def _uneven(sheet: str, unit_name: str, usual: int, odd: list[Figure]) -> Finding:
    named = "、".join(f"{item.label} {item.quantity.shown()}" for item in odd[:_SHOWN] if item.quantity)
    more = f"等 {len(odd)} 处" if len(odd) > _SHOWN else ""
    text = f"“{sheet}”中金额多数保留 {usual} 位小数，{named}{more}的位数不同（{unit_name}）。"
    return Finding("", Verdict.QUESTION, text, tuple(odd), remedy=f"统一保留 {usual} 位小数，末位是 0 也写出来。", subject=sheet)
