"""How one cell is read as a word: text, code, yes or no, one of a list, a year, a unit of measure."""

import re
from decimal import Decimal

from rongji.documents.readers.workbook.raw import CellKind, RawCell
from rongji.kernel.units import UNITS
from rongji.performance.workbook.layout import Column, closest, squeeze
from rongji.performance.workbook.numbers import refuse_what_is_no_number
from rongji.performance.workbook.problems import CellTrouble

_CODE = re.compile(r"[\w.\-]{1,40}")
_BUREAU = re.compile(r"[a-z0-9][a-z0-9\-]{0,39}")
_YEAR = re.compile(r"(20\d{2})年?(度)?")
_YES = {"是", "对", "有", "y", "yes", "true", "1", "√", "✓"}
_NO = {"否", "不是", "n", "no", "false", "0", "×"}
FIRST_YEAR, LAST_YEAR = 2000, 2099


def read_text(cell: RawCell) -> str:
    """The text of a cell, edges trimmed, line ends as one character.

    Raises: CellTrouble for a formula error.
    """
    if cell.kind is CellKind.ERROR:
        raise CellTrouble(f"公式出错（{cell.text}）", "请直接填写文字")
    if cell.kind is CellKind.PERCENT:
        return f"{cell.text}%"
    return cell.text.replace("\r\n", "\n").replace("\r", "\n").strip()


def read_code(cell: RawCell) -> str:
    """A code: letters, digits, Chinese, dot, underscore, dash.

    Raises: CellTrouble.
    """
    if cell.kind in (CellKind.NUMBER, CellKind.DATE):
        refuse_what_is_no_number(cell)
    text = read_text(cell)
    if text and not _CODE.fullmatch(text):
        raise CellTrouble(f"编码“{text}”含有不能使用的字符", "请只用字母、数字、汉字、短横和小数点，不超过 40 字")
    return text


def read_bureau(cell: RawCell) -> str:
    """The code of a bureau.

    Raises: CellTrouble.
    """
    text = read_text(cell)
    if not _BUREAU.fullmatch(text):
        raise CellTrouble(f"单位编码“{text}”不合要求", "请用小写字母、数字和短横，如 xianju-01")
    return text


def read_year(cell: RawCell) -> str:
    """A budget year as four digits; 2021年 and 2021年度 are understood.

    Raises: CellTrouble.
    """
    found = _YEAR.fullmatch(squeeze(read_text(cell)))
    if not found:
        raise CellTrouble(f"年度“{cell.text}”不合要求", "请填四位年份，如 2021")
    return found.group(1)


def read_yes_or_no(cell: RawCell) -> bool | None:
    """Yes, no, or None when blank.

    Raises: CellTrouble.
    """
    text = squeeze(read_text(cell)).lower()
    if not text:
        return None
    if text in _YES | _NO:
        return text in _YES
    raise CellTrouble(f"“{cell.text}”不是“是”或“否”", "请填 是 或 否")


def read_choice(cell: RawCell, column: Column) -> str:
    """The stored word of one of the column's choices, given by its printed or its stored word.

    Raises: CellTrouble.
    """
    wanted = squeeze(read_text(cell))
    if not wanted:
        return ""
    for stored, printed in column.choices:
        if wanted in (squeeze(stored), squeeze(printed)):
            return stored
    labels = "、".join(printed for _, printed in column.choices)
    raise CellTrouble(f"“{cell.text}”不在可选范围内", f"请从中选一项：{labels}")


def read_unit(cell: RawCell) -> str:
    """A unit of measure of the controlled list.

    Raises: CellTrouble.
    """
    text = squeeze(read_text(cell))
    if not text or text in UNITS:
        return text
    near = next((name for name in UNITS if name in text), "") or closest(text, UNITS)
    hint = f"是否为“{near}”？" if near else "如 万元、人、人次、件、%"
    raise CellTrouble(f"计量单位“{cell.text}”不在单位表内", f"请改用单位表中的写法，{hint}")


def read_integer(cell: RawCell) -> str:
    """A small whole number, as text.

    Raises: CellTrouble.
    """
    text = squeeze(read_text(cell))
    if text and not (text.isascii() and text.isdigit() and Decimal(text) <= 9):
        raise CellTrouble(f"“{cell.text}”不是 0 到 9 的整数", "请填 0 到 9 的整数")
    return text


def split_list(text: str) -> tuple[str, ...]:
    """The parts of a list in one cell, separated by ；、，or a line break."""
    return tuple(part for item in re.split(r"[；;、，,\n]", text) if (part := item.strip()))
