"""The empty table of a register: what belongs in each column, words and stations to choose from, one row as example."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from rongji.accounts.types import Actor
from rongji.law.asked import Asked, AskedKind
from rongji.law.registers import Register
from rongji.law.registers import register as declared_register
from rongji.people.imports.answer_sheets import (
    KIND_HINTS,
    heading_formats,
    print_well,
    sample_of,
    sheet_title,
    width_of,
)
from rongji.services.imports.headings import SAMPLE, SAMPLE_LABEL
from rongji.services.places import Places
from rongji.services.policies import KEEP_RECORDS

ROOM = 2000
"""Rows that are prepared with lists to choose from."""
LISTS = "备查选项"
_LONGEST_INLINE = 200  # characters that Excel takes of a list inside a rule


def template(*, actor: Actor, bureau: str, register: str) -> bytes:
    """The empty table as an .xlsx file.

    Raises: NotAllowed, OrganisationUnknown, UnknownRegister.
    """
    KEEP_RECORDS.require_role(actor)
    declared, places = declared_register(register), Places(bureau)
    stations = [places.name(code) for code, item in places.by_code.items() if KEEP_RECORDS.permits(actor, item.scope)]
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(sheet_title(declared.label))
        lists = _Lists(book.add_worksheet(LISTS), book.add_format({"bold": True, "bottom": 1}))
        _write_columns(book, sheet, declared, lists, stations)
        lists.add("机构和站点", stations)
        lists.sheet.protect()
    return buffer.getvalue()


class _Lists:
    """The sheet of the words to choose from, one column for each list."""

    def __init__(self, sheet: Worksheet, heading: Any) -> None:
        self.sheet, self.heading = sheet, heading
        self.columns: dict[str, str] = {}

    def add(self, label: str, words: Sequence[str]) -> str:
        """Where the list stands, as a rule of Excel names it."""
        if label not in self.columns:
            index = len(self.columns)
            self.sheet.write_string(0, index, label, self.heading)
            for row, word in enumerate(words, 1):
                self.sheet.write_string(row, index, word)
            self.sheet.set_column(index, index, max([10, *(2 * len(word) + 2 for word in (label, *words[:200]))]))
            letter = _letters(index)
            self.columns[label] = f"='{LISTS}'!${letter}$2:${letter}${max(len(words), 1) + 1}"
        return self.columns[label]


def _write_columns(book: Workbook, sheet: Worksheet, register: Register, lists: _Lists, stations: list[str]) -> None:
    styles = heading_formats(book)
    sheet.set_column(0, 0, 6, styles["text"])
    sheet.write_string(0, 0, SAMPLE_LABEL, styles["plain"])
    sheet.write_string(1, 0, SAMPLE, styles["sample"])
    for index, asked in enumerate(register.fields, 1):
        sheet.set_column(index, index, width_of(asked), styles["text"])
        sheet.write_string(0, index, asked.label, styles["needed" if asked.is_needed else "plain"])
        sheet.write_comment(0, index, _hint(register, asked), {"author": "荣绩", "x_scale": 2})
        sheet.write_string(1, index, _sample(asked, stations), styles["sample"])
        rule = _rule(asked, lists, stations)
        if rule:
            sheet.data_validation(1, index, ROOM, index, rule)
    print_well(sheet, len(register.fields))


def _hint(register: Register, asked: Asked) -> str:
    """What belongs in a column, in a few lines."""
    lines = ["必填。" if asked.is_needed else "可以不填。", KIND_HINTS[asked.kind]]
    if asked.unit:
        lines.append(f"单位：{asked.unit}。")
    if asked.hint:
        lines.append(f"{asked.hint.rstrip('。')}。")
    if asked.id in register.one:
        others = "、".join(f"“{register.by_id[name].label}”" for name in register.one)
        lines.append(f"{others}相同的算同一条：再次导入时更正它。")
    return "\n".join(lines)


def _sample(asked: Asked, stations: list[str]) -> str:
    if asked.kind is AskedKind.STATION:
        return stations[-1] if stations else ""
    return sample_of(asked)


def _rule(asked: Asked, lists: _Lists, stations: list[str]) -> dict[str, Any] | None:
    if asked.kind is AskedKind.STATION:
        return {"validate": "list", "source": lists.add("机构和站点", stations), "error_type": "warning"}
    words = ["是", "否"] if asked.kind is AskedKind.FLAG else list(asked.choices)
    if not words:
        return None
    inline = words if len(",".join(words)) <= _LONGEST_INLINE and not any("," in word for word in words) else None
    message = f"请从 {'、'.join(words[:6])}{'…' if len(words) > 6 else ''} 中选择"
    return {
        "validate": "list", "source": inline or lists.add(asked.label, words), "error_title": "不在可选范围内",
        "error_message": message[:250],
    }  # fmt: skip


def _letters(index: int) -> str:
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text
