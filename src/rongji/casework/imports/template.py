"""The table of chosen cases, to be filled in with what is different in each."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from rongji.casework.imports.headings import CASE_LABEL, TOLD, act_of, asked_in
from rongji.casework.selectors.facts import CaseLine
from rongji.law.asked import Asked, AskedKind
from rongji.people.imports.answer_sheets import KIND_HINTS, heading_formats, print_well, sheet_title, width_of

_WIDTHS = (18, 14, 40)
_LONGEST_INLINE = 200  # characters that Excel takes of a list inside a rule


def act_table(*, kind: str, act: str, lines: Sequence[CaseLine]) -> bytes:
    """An .xlsx file with a row for each case and a column for each field of the act. Raises: ActUnknown."""
    declared, asked = act_of(kind, act), asked_in(kind, act)
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}) as book:
        sheet, styles = book.add_worksheet(sheet_title(declared.label)), heading_formats(book)
        _head(sheet, styles, asked)
        for row, line in enumerate(lines, 1):
            for column, words in enumerate((line.number, line.applicant, line.title)):
                sheet.write_string(row, column, words, styles["text"])
        for column, item in enumerate(asked.values(), len(_WIDTHS)):
            rule = _rule(item)
            if rule and lines:
                sheet.data_validation(1, column, len(lines), column, rule)
        print_well(sheet, len(_WIDTHS) + len(asked) - 1)
    return buffer.getvalue()


def _head(sheet: Worksheet, styles: Mapping[str, Any], asked: Mapping[str, Asked]) -> None:
    for column, (label, width) in enumerate(zip((CASE_LABEL, *TOLD), _WIDTHS, strict=True)):
        sheet.set_column(column, column, width, styles["text"])
        sheet.write_string(0, column, label, styles["plain" if column else "needed"])
    for column, item in enumerate(asked.values(), len(_WIDTHS)):
        sheet.set_column(column, column, width_of(item), styles["text"])
        sheet.write_string(0, column, item.label, styles["plain"])
        hint = f"{KIND_HINTS[item.kind]}每件都一样的可以不填，在网页上填一次。"
        sheet.write_comment(0, column, hint, {"author": "荣绩", "x_scale": 2})


def _rule(asked: Asked) -> dict[str, Any] | None:
    words = ["是", "否"] if asked.kind is AskedKind.FLAG else list(asked.choices)
    fits = len(",".join(words)) <= _LONGEST_INLINE and not any("," in word for word in words)
    if not words or not fits:
        return None
    return {"validate": "list", "source": words, "error_title": "不在可选范围内"}
