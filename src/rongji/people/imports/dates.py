"""Days as offices write them: 1958-3-5, 1958.03.05, 19580305, 1958年3月5日, day cells, serial numbers, months alone."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from rongji.kernel.month import Month
from rongji.people.imports.problems import CellTrouble
from rongji.people.imports.source import Value

_HOW = "请写成 1958-03-05 的形式，只知道月份的写成 1958-03"
_PARTED = re.compile(r"(\d{4})[-/.年\s](\d{1,2})(?:[-/.月\s](\d{1,2})日?|月(?:份)?)?[日号]?")
_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_SHORT_YEAR = re.compile(r"'?\d{2}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?|月)?")
_EXCEL_EPOCH = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
_FIRST_SERIAL, _LAST_SERIAL = 3654, 73_415  # 1910-01-01 to 2100-12-31: whole numbers that can only be serials
_FIRST_YEAR, _LAST_YEAR = 1880, 2100
_CHINESE = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_TENS = re.compile(r"([一二三])?十([一二三四五六七八九])?")


@dataclass(frozen=True, slots=True)
class Day:
    """A day as told; whole: with its day of the month. A month alone stands as its first day."""

    day: date
    whole: bool = True

    def agrees(self, other: date) -> bool:
        """Whether it may be that day, as far as it is told."""
        return self.day == other if self.whole else Month.from_day(self.day) == Month.from_day(other)


def read_day(value: Value, *, starts_1904: bool = False) -> Day | None:
    """The day of a cell, None when it is blank.

    Raises: CellTrouble for what is no day, and for what could be several.
    """
    if isinstance(value, datetime):
        return Day(_possible(value.date(), str(value)))
    if isinstance(value, date):
        return Day(_possible(value, str(value)))
    if isinstance(value, str):
        return _of_text(value)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise CellTrouble(f"“{value}”不是日期", _HOW)
    return _of_number(value, starts_1904)


@lru_cache(maxsize=8192)
def _of_text(text: str) -> Day | None:
    plain = unicodedata.normalize("NFKC", text).strip().strip("'‘’`").replace("。", ".").replace("、", ".")
    plain = _TIME.sub("", plain)
    if "年" in plain:
        plain = _TENS.sub(_of_tens, plain).translate(_CHINESE)
    plain = re.sub(r"\s*([-/.年月日])\s*", r"\1", plain).rstrip("./-")
    if not plain:
        return None
    if found := _PARTED.fullmatch(plain) or _TOGETHER.fullmatch(plain):
        return _of_parts(int(found[1]), int(found[2]), int(found[3] or 0), text)
    if _SHORT_YEAR.fullmatch(plain):
        raise CellTrouble(f"“{text}”的年份只有两位，分不清是哪个世纪", "请写出四位年份，如 1958-03")
    if len(plain) == 5 and plain.isdigit() and _FIRST_SERIAL <= int(plain) <= _LAST_SERIAL:
        return _of_serial(int(plain), starts_1904=False)
    if plain.isdigit() and len(plain) == 4:
        raise CellTrouble(f"“{text}”只有年份", _HOW)
    raise CellTrouble(f"“{text[:20]}”不是日期", _HOW)


def _of_tens(found: re.Match[str]) -> str:
    """十二 as 12, 三十 as 30; years are written digit by digit."""
    return (found[1] or "一") + (found[2] or "〇")


def _of_number(value: float, starts_1904: bool) -> Day:
    text = f"{value:.10f}".rstrip("0").rstrip(".")
    if value == int(value):
        whole = int(value)
        if len(text) in (6, 8):
            return _of_parts(whole // 10000 if len(text) == 8 else whole // 100,
                             whole // 100 % 100 if len(text) == 8 else whole % 100,
                             whole % 100 if len(text) == 8 else 0, text)  # fmt: skip
        if _FIRST_SERIAL <= whole <= _LAST_SERIAL:
            return _of_serial(whole, starts_1904)
        if _FIRST_YEAR <= whole <= _LAST_YEAR:
            raise CellTrouble(f"“{text}”只有年份", _HOW)
        raise CellTrouble(f"数字 {text} 不是日期", _HOW)
    return _of_decimal(value, text, starts_1904)


def _of_decimal(value: float, text: str, starts_1904: bool) -> Day:
    """1958.3 and 1958.11 as numbers; 1958.1 may have been 1958.10 before Excel dropped the nought."""
    year, _, month = text.partition(".")
    if len(year) == 4 and _FIRST_YEAR <= int(year) <= _LAST_YEAR and len(month) <= 2:
        if month == "1":
            remedy = f"请设为文本格式后写成 {year}-01 或 {year}-10"
            raise CellTrouble(f"数字 {text} 分不清是 1 月还是 10 月（Excel 会去掉小数末尾的 0）", remedy)
        return _of_parts(int(year), int(month), 0, text)
    if len(year) <= 2:
        raise CellTrouble(f"“{text}”的年份只有两位，分不清是哪个世纪", "请写出四位年份，如 1958-03")
    if _FIRST_SERIAL <= int(value) <= _LAST_SERIAL:
        return _of_serial(int(value), starts_1904)
    raise CellTrouble(f"数字 {text} 不是日期", _HOW)


def _of_serial(serial: int, starts_1904: bool) -> Day:
    return Day((_EPOCH_1904 if starts_1904 else _EXCEL_EPOCH) + timedelta(days=serial))


def _of_parts(year: int, month: int, day: int, text: str) -> Day:
    try:
        return Day(_possible(date(year, month, day or 1), text), whole=bool(day))
    except ValueError:
        shown = f"{year}年{month}月{day}日" if day else f"{year}年{month}月"
        raise CellTrouble(f"“{text}”：日历上没有{shown}", _HOW) from None


def _possible(day: date, text: str) -> date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise CellTrouble(f"“{text[:20]}”的年份不可能", _HOW)
    return day
