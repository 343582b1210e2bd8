"""The roster handed back: as it came, with every bad cell coloured and the reasons in a column of their own.

An .xlsx file keeps everything that it had, only styles and the new column are added. Other kinds are written anew
with what was read of them. A list of all problems is the last sheet. What is added begins with 备查 and is passed over
when the roster is imported again.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from rongji.people.imports.cells import plain_text
from rongji.people.imports.headings import bind
from rongji.people.imports.marked_parts import (
    LIST_HEADINGS,
    LIST_TITLE,
    LIST_WIDTHS,
    SheetMarks,
    height_of,
    write_patched,
)
from rongji.people.imports.problems import LEVEL_LABELS, CellProblem, Level, ProblemList
from rongji.people.imports.source import Source, SourceSheet, Value, open_roster
from rongji.people.imports.words import Words, words

REASONS = "备查：要改的问题"
FILLS = {Level.ERROR: "FFD9D6", Level.WARNING: "FFF3C4"}
RED = "#9B1C1C"
REASON_WIDTH = 70
_LONGEST_TITLE = 31


def write_marked(
    path: Path, source: Path | bytes, problems: Sequence[CellProblem], file: str = "", known: Words | None = None
) -> None:
    """Write the marked copy of a roster. known: the words of another kind of table.

    Raises: UnreadableWorkbook.
    """
    known = known or words()
    data = source if isinstance(source, bytes) else source.read_bytes()
    opened = open_roster(data, file or (source.name if isinstance(source, Path) else ""))
    sheets = (sheet for sheet in opened.sheets if not known.is_note(sheet.title))
    marks = {sheet.title: _marks(sheet, problems, known) for sheet in sheets}
    if opened.kind == "xlsx" and write_patched(path, data, list(marks.values()), list(listed(problems))):
        return
    _write_anew(path, opened, marks, problems)


def listed(problems: Iterable[CellProblem]) -> Iterator[tuple[str, ...]]:
    """The rows of the list of problems."""
    for number, item in enumerate(problems, 1):
        label = LEVEL_LABELS[item.level]
        yield str(number), label, item.sheet, item.address, item.found, item.what, item.remedy


def _marks(sheet: SourceSheet, problems: Sequence[CellProblem], known: Words) -> SheetMarks:
    cells: dict[tuple[int, int], Level] = {}
    reasons: dict[int, list[str]] = {}
    bound = bind(sheet, known, ProblemList())
    heading = bound.last_row if bound else 1
    for item in problems:
        if item.sheet != sheet.title:
            continue
        row = item.row or heading
        if item.column >= 0:
            before = cells.get((row, item.column))
            cells[row, item.column] = Level.ERROR if Level.ERROR in (before, item.level) else item.level
        reasons.setdefault(row, []).append(f"【{LEVEL_LABELS[item.level]}】{item.what}。{item.remedy}。")
    own = reasons.pop(heading, [])
    texts = {row: "\n".join(told) for row, told in reasons.items()}
    texts[heading] = "\n".join([REASONS, *own])
    return SheetMarks(sheet.title, cells, texts, heading, _free_column(sheet, bound))


def _free_column(sheet: SourceSheet, bound: Any) -> int:
    """The first column without anything, or the one that an earlier marking added."""
    for index, texts in bound.headings.items() if bound else ():
        if any(text.startswith(REASONS[:2]) for text in texts):
            return int(index)
    return sheet.width


def _write_anew(path: Path, source: Source, marks: dict[str, SheetMarks], problems: Sequence[CellProblem]) -> None:
    with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        styles = {
            "plain": book.add_format({"num_format": "@", "valign": "vcenter", "font_name": "宋体", "font_size": 10}),
            "wrapped": book.add_format({"num_format": "@", "valign": "vcenter", "text_wrap": True, "font_size": 10}),
            "heading": book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1}),
            "reason": book.add_format({"text_wrap": True, "valign": "vcenter", "font_color": RED, "font_size": 9}),
            **{level: book.add_format({"num_format": "@", "bg_color": f"#{colour}", "valign": "vcenter"})
               for level, colour in FILLS.items()},
        }  # fmt: skip
        for sheet in source.sheets:
            if sheet.title in marks:
                output = book.add_worksheet(sheet.title[:_LONGEST_TITLE])
                _write_sheet(output, sheet, marks[sheet.title], styles)
        _write_list(book.add_worksheet(LIST_TITLE), problems, styles)


def _write_sheet(output: Worksheet, sheet: SourceSheet, marks: SheetMarks, styles: dict[Any, Any]) -> None:
    covered = {(row, column) for merge in sheet.merges
               for row in range(merge.first_row, merge.last_row + 1)
               for column in range(merge.first_column, merge.last_column + 1)}  # fmt: skip
    widths: dict[int, int] = {}
    for number, values in sheet.rows():
        plain = styles["heading"] if number <= marks.heading_row else styles["plain"]
        for column, value in enumerate(values):
            level = marks.cells.get((number, column))
            text = _shown(value)
            if column == marks.column or ((number - 1, column) in covered and not level):
                continue
            if text or level:
                output.write_string(number - 1, column, text, styles[level] if level else plain)
                if number > marks.heading_row:
                    widths[column] = max(widths.get(column, 6), min(sum(2 if ord(c) > 255 else 1 for c in text), 36))
        if number in marks.reasons:
            style = styles["heading"] if number == marks.heading_row else styles["reason"]
            output.write_string(number - 1, marks.column, marks.reasons[number], style)
            output.set_row(number - 1, height_of(marks.reasons[number], REASON_WIDTH))
    _merge(output, sheet, styles)
    for column, width in widths.items():
        output.set_column(column, column, width + 2)
    output.set_column(marks.column, marks.column, REASON_WIDTH)
    output.freeze_panes(marks.heading_row, 0)


def _merge(output: Worksheet, sheet: SourceSheet, styles: dict[Any, Any]) -> None:
    firsts = {(merge.first_row, merge.first_column): merge for merge in sheet.merges}
    for number, values in sheet.rows():
        for (row, column), merge in firsts.items():
            if row == number - 1 and column < len(values) and (merge.last_row, merge.last_column) != (row, column):
                area = (row, column, merge.last_row, merge.last_column)
                output.merge_range(*area, _shown(values[column]), styles["heading"])
        if number > max((row for row, _ in firsts), default=0):
            return


def _write_list(output: Worksheet, problems: Sequence[CellProblem], styles: dict[Any, Any]) -> None:
    for column, (heading, width) in enumerate(zip(LIST_HEADINGS, LIST_WIDTHS, strict=True)):
        output.set_column(column, column, width)
        output.write_string(0, column, heading, styles["heading"])
    for row, (item, told) in enumerate(zip(problems, listed(problems), strict=True), 1):
        for column, text in enumerate(told):
            output.write_string(row, column, text, styles[item.level] if column == 1 else styles["wrapped"])
    output.freeze_panes(1, 0)


def _shown(value: Value) -> str:
    if isinstance(value, datetime | date):
        return plain_text(value)
    return value if isinstance(value, str) else plain_text(value)
