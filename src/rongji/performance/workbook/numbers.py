"""How one cell is read as a number: what is understood, what is refused, and what to write instead."""

import re
from dataclasses import dataclass
from decimal import Decimal

from rongji.documents.readers.workbook.raw import CellKind, RawCell
from rongji.kernel.figure import Nil
from rongji.kernel.quantity import NotANumber, NotWholeFen, Quantity, group_thousands
from rongji.kernel.units import UNITS, Unit, UnitKind
from rongji.performance.workbook.problems import CellTrouble, Doubt

NIL_WORDS = {
    **dict.fromkeys(("无", "没有"), Nil.NONE),
    **dict.fromkeys(("－", "-", "—", "–", "——", "--", "−", "/", "／", "不适用"), Nil.DASH),
}
VAGUE_BEFORE = ("约", "近")
VAGUE_AFTER = ("余", "多", "以上", "左右")
_SCIENTIFIC = re.compile(r"[+-]?\d+(\.\d+)?[eE][+-]?\d+")
_BRACKETED = re.compile(r"[(（]([\d.,]+)[)）]|[△▲]([\d.,]+)")
_GAPS = re.compile(r"(?<=\d)[\s\u3000](?=\d)")
_MINUS = str.maketrans("−﹣", "--")


@dataclass(frozen=True, slots=True)
class Stated:
    """What one cell states: a quantity, or why there is none; the text as printed; what to look at."""

    quantity: Quantity | None
    printed: str
    nil: Nil | None = None
    doubts: tuple[Doubt, ...] = ()


def read_number(cell: RawCell, unit: Unit, *, may_be_negative: bool = False, money_places: int = 0) -> Stated | None:
    """The number in a cell, in the unit of its column; None when blank.

    money_places: places that the bureau's tables print; a number cell without a format of its own is
    taken to show at least that many, because Excel drops the zeros of 633.70.
    Raises: CellTrouble.
    """
    if cell.is_blank:
        return None
    refuse_what_is_no_number(cell)
    text = cell.text.strip()
    if cell.kind is CellKind.TEXT and text in NIL_WORDS:
        return Stated(None, text, NIL_WORDS[text])
    _refuse_wrong_scale(cell, unit)
    quantity = _with_shown_places(_quantity(text, unit), cell, money_places)
    _refuse_ambiguous_ratio(cell, quantity)
    if quantity.value < 0 and not may_be_negative:
        raise CellTrouble(f"“{text}”是负数，此处不可能为负", "请核对符号，填零或正数")
    return Stated(quantity, _printed(cell, quantity), None, tuple(_doubts(quantity, cell)))


def refuse_what_is_no_number(cell: RawCell) -> None:
    """Formula errors, dates, yes/no cells and numbers that have lost digits.

    Raises: CellTrouble.
    """
    if cell.kind is CellKind.ERROR:
        raise CellTrouble(f"公式出错（{cell.text}）", "请修正公式后重新保存，或直接填数字")
    if cell.kind is CellKind.DATE:
        raise CellTrouble(f"此格被当作日期（{cell.text}）", "请把单元格格式改为“常规”，再填数字")
    if cell.kind is CellKind.BOOLEAN:
        raise CellTrouble("此格是“是/否”值，不是数字", "请填数字")
    if cell.trouble:
        raise CellTrouble(cell.trouble, "请按凭证或报表上的数字重填，不超过 15 位")


def _quantity(text: str, unit: Unit) -> Quantity:
    text = text.translate(_MINUS)
    if _SCIENTIFIC.fullmatch(text):
        raise CellTrouble(f"“{text}”是科学计数法", "请写成普通数字，如 12345.67")
    try:
        return Quantity.parse(text.removesuffix(unit.name) or text, unit.name)
    except NotANumber:
        raise _why_not_a_number(text, unit) from None


def _why_not_a_number(text: str, unit: Unit) -> CellTrouble:
    """The most helpful sentence about a text that is no number."""
    if bracketed := _BRACKETED.fullmatch(text):
        return CellTrouble(f"“{text}”的负号写法不能识别", f"如为负数请写 -{bracketed.group(1) or bracketed.group(2)}")
    if closed := _plain(_GAPS.sub("", text), unit):
        return CellTrouble(f"“{text}”数字中间有空格", f"请写 {closed}")
    for word in VAGUE_BEFORE + VAGUE_AFTER:
        bare = _plain(text.replace(word, "").removesuffix(unit.name), unit)
        if word in text and bare:
            return CellTrouble(f"“{text}”带有约数词“{word}”", f"请只填 {bare}；本表有“约数词”栏的，约数词填在该栏")
    return _why_other_unit(text, unit) or CellTrouble(
        f"“{text}”不是数字", "请填阿拉伯数字；没有数据请留空，确实没有写“无”，不适用写“－”"
    )


def _why_other_unit(text: str, unit: Unit) -> CellTrouble | None:
    for name in sorted((*UNITS, "万", "亿"), key=len, reverse=True):
        number = text.removesuffix(name)
        if not name or number == text or not _plain(number, unit):
            continue
        other = UNITS.get(name) or UNITS[f"{name}元"]
        remedy = f"本栏以“{unit.name}”计，请换算后只填数字"
        if other.is_comparable_with(unit) and unit.kind is UnitKind.MONEY:
            converted = Quantity.parse(number, other.name).to(unit.name)
            remedy = f"本栏以“{unit.name}”计，请写 {converted.shown()}"
        return CellTrouble(f"“{text}”的计量单位与本栏不同", remedy)
    return None


def _plain(text: str, unit: Unit) -> str:
    """The text when it is a plain number, else nothing."""
    try:
        Quantity.parse(text, unit.name)
    except NotANumber:
        return ""
    return text.strip()


def _refuse_wrong_scale(cell: RawCell, unit: Unit) -> None:
    if cell.kind is CellKind.PERCENT and unit.name != "%":
        raise CellTrouble(
            f"此格是百分比格式（{cell.text}%），而本栏以“{unit.name}”计", "请把单元格格式改为“常规”，再填数字"
        )
    if unit.name == "%" and cell.kind is CellKind.NUMBER and not cell.format_known and Decimal(cell.text) != 0:
        raise CellTrouble(f"无法判断 {cell.text} 是比例还是百分数", f"请按文本填写，如 {_as_percent(cell.text)}")


def _refuse_ambiguous_ratio(cell: RawCell, quantity: Quantity) -> None:
    """A bare 0.86 in a % column may mean 86% or 0.86%: only the clerk knows."""
    is_bare = (
        quantity.unit_name == "%" and cell.kind is not CellKind.PERCENT and "%" not in cell.text.replace("％", "%")
    )
    if is_bare and 0 < abs(quantity.value) <= 1:
        shown = quantity.shown()
        raise CellTrouble(
            f"“{cell.text}”可能是 {_as_percent(shown)}，也可能是 {shown}%",
            f"请写成 {_as_percent(shown)}（或 {shown}%）",
        )


def _as_percent(text: str) -> str:
    return f"{(Decimal(text) * 100).normalize():f}%"


def _with_shown_places(quantity: Quantity, cell: RawCell, money_places: int) -> Quantity:
    if cell.kind not in (CellKind.NUMBER, CellKind.PERCENT):
        return quantity
    wanted = cell.places
    if wanted is None and quantity.unit_name == "万元":
        wanted = money_places
    return Quantity(quantity.value, quantity.unit_name, max(quantity.places, wanted or 0))


def _printed(cell: RawCell, quantity: Quantity) -> str:
    if cell.kind is CellKind.TEXT:
        return cell.text.strip()
    shown = group_thousands(quantity.value, quantity.places)
    return f"{shown}%" if cell.kind is CellKind.PERCENT else shown


def _doubts(quantity: Quantity, cell: RawCell) -> list[Doubt]:
    found = []
    if cell.places is not None and quantity.places > cell.places:
        seen = group_thousands(quantity.value, cell.places)
        what = f"此格显示为 {seen}，实际存的是 {quantity.shown()}，已按实际存的数取用"
        found.append(Doubt(what, f"如以显示的数为准，请改填 {seen}"))
    if quantity.unit.kind is UnitKind.MONEY:
        try:
            _ = quantity.fen
        except NotWholeFen:
            found.append(Doubt(f"{quantity} 折合不是整分，已按所写保留", "请核对小数位数（以万元计最多六位小数）"))
    if quantity.unit.kind is UnitKind.COUNT and quantity.value != quantity.value.to_integral_value():
        found.append(Doubt(f"{quantity} 不是整数，已按所写保留", "请核对是否填错栏目或计量单位"))
    return found
