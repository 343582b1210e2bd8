"""How one cell of a table of answers is read, before its answer is judged: what Excel makes of days and numbers."""

import unicodedata
from datetime import date, datetime
from typing import Any

from rongji.kernel.month import Month
from rongji.law.asked import Asked, AskedKind
from rongji.people.imports.dates import Day, read_day
from rongji.people.imports.problems import CellTrouble
from rongji.people.imports.source import Value
from rongji.people.imports.words import squeezed, words

_NUMBERS = (AskedKind.COUNT, AskedKind.DECIMAL, AskedKind.MONEY)
_WORDS = (AskedKind.TEXT, AskedKind.LONG, AskedKind.FLAG)
_LONG_NUMBERS = {AskedKind.PERSON: "，或改填档案号", AskedKind.SECRET: ""}
_EXACT = 10**15
INJECTED = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would take for a formula; our csv files put an apostrophe before it."""


def answer_of(asked: Asked, value: Value, *, starts_1904: bool = False, is_csv: bool = False) -> Any:
    """The answer of a cell as text, None when it is blank or a mark for nothing.

    Raises: CellTrouble.
    """
    if value is None or (isinstance(value, str) and _is_nothing(asked, value)):
        return None
    if asked.kind in (AskedKind.DAY, AskedKind.MONTH):
        return _of_day(asked, value, starts_1904=starts_1904)
    if asked.kind is AskedKind.CHOICE:
        return _of_choice(asked, value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(asked, value)
    return _without_guard(value) if isinstance(value, str) and is_csv else value


def _is_nothing(asked: Asked, text: str) -> bool:
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return True
    return asked.kind not in _WORDS and plain not in asked.choices and plain.lower() in words().nothing


def _of_day(asked: Asked, value: Value, *, starts_1904: bool) -> str | None:
    found: Day | None = read_day(value, starts_1904=starts_1904)
    if found is None:
        return None
    if asked.kind is AskedKind.MONTH:
        return str(Month.from_day(found.day))
    if not found.whole:
        raise CellTrouble(f"“{asked.label}”只写到月", "请写到日，如 2024-10-01")
    return found.day.isoformat()


def _of_choice(asked: Asked, value: Value) -> str:
    text = _of_number(asked, value) if isinstance(value, int | float) else str(value).strip()
    told = {squeezed(word): word for word in asked.choices}
    return told.get(squeezed(text), text)


def _of_number(asked: Asked, value: float) -> str:
    """As Excel shows it: whole numbers without a point, no more than fifteen digits."""
    if asked.kind in _LONG_NUMBERS and abs(value) >= _EXACT:
        remedy = f"请把这一列设为“文本”格式后重新填写{_LONG_NUMBERS[asked.kind]}"
        raise CellTrouble(f"“{asked.label}”存成了数字，Excel 只保留前 15 位", remedy)
    if value == int(value) and abs(value) < _EXACT:
        return str(int(value))
    return f"{value:.15g}"


def _without_guard(text: str) -> str:
    """Without the apostrophe that our own csv files put before what would begin a formula."""
    rest = text.strip().removeprefix("'")
    return rest if rest != text.strip() and rest.removeprefix("'").startswith(INJECTED) else text


def told(value: Value) -> str:
    """What a cell holds, for people."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[:40]
