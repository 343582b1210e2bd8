"""The 总表 with 收入 on the left and 支出 on the right: each side is a region of its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from rongji.audit.tables.final_accounts.region import Region, value_columns
from rongji.audit.tables.final_accounts.sheet import Sheet
from rongji.audit.tables.final_accounts.words import Part, is_numbered, is_some_of, row_called, words
from rongji.checks.stated.model import Column, ColumnKind, Parts, Row, RowKind

_YEAR, _ALL = "year", "all"
_MAIN = {"used", "opening", "allocated", "closing"}


@dataclass(frozen=True, slots=True)
class _Side:
    """The columns of one side."""

    name: str
    label: int
    numbers: tuple[int, ...]
    values: tuple[int, ...]


def read_sided(sheet: Sheet, part: Part) -> tuple[Region, ...]:
    """The two sides; nothing when they cannot be told apart or their year's totals are not found."""
    start = sheet.header_start
    end = _body_start(sheet, start)
    labels = [c for c in range(sheet.width) if _is_label(sheet, c, start, end) and not _goes_on(sheet, c, start, end)]
    if len(labels) != 2:
        return ()
    regions = []
    for name, begin, stop in (("income-side", labels[0], labels[1]), ("spending-side", labels[1], sheet.width)):
        numbers = tuple(c for c in range(begin + 1, stop) if words().lines & set(sheet.path(c, start, end)))
        values = tuple(c for c in range(begin + 1, stop) if c not in numbers and not _is_label(sheet, c, start, end))
        region = _read_side(sheet, part, _Side(name, begin, numbers, values), start, end)
        if region is None:
            return ()
        regions.append(region)
    return tuple(regions)


def _body_start(sheet: Sheet, start: int) -> int:
    """Behind the last row that names or numbers the columns."""
    last = start
    for row in range(start, min(start + 6, sheet.height)):
        texts = set(sheet.texts[row])
        if texts & words().names or texts & words().lines or sheet.is_steps(row) or {"收入", "支出"} <= texts:
            last = row
    return last + 1


def _is_label(sheet: Sheet, column: int, start: int, end: int) -> bool:
    """Whether the column's header names rows (项目)."""
    return any(sheet.texts[row][column] in words().names for row in range(start, end))


def _goes_on(sheet: Sheet, column: int, start: int, end: int) -> bool:
    """Whether a label column is only the right half of one cell over two columns."""
    return column > 0 and any(
        sheet.slots[row][column] is sheet.slots[row][column - 1] and sheet.texts[row][column] in words().names
        for row in range(start, end)
    )


def _read_side(sheet: Sheet, part: Part, side: _Side, start: int, end: int) -> Region | None:
    columns, roles = value_columns(sheet, side.values, start, end, "income" if side.name == "income-side" else "spent")
    described = [Column(side.label, sheet.path(side.label, start, end), ColumnKind.LABEL)]
    described += [Column(c, sheet.path(c, start, end), ColumnKind.NUMBER) for c in side.numbers]
    region = Region(part.id, [*described, *columns], column_roles=roles, side=side.name)
    rows = [
        (row, sheet.texts[row][side.label], sheet.cell(row, side.label).text)
        for row in range(end, sheet.height)
        if sheet.begins(row, side.label) and sheet.texts[row][side.label] and sheet.is_body(row, start, end)
    ]
    known = _known(region)
    year = next((place for place, (_, text, _) in enumerate(rows) if known.get(text) == _YEAR), None)
    if year is None or not roles:
        return None
    index, text, _ = rows[year]
    _read_items(region, rows[:year], index)
    region.add(Row(index, (text,), RowKind.TOTAL), _YEAR)
    _read_foot(region, rows[year + 1 :], index)
    return region


def _known(region: Region) -> Mapping[str, str]:
    return words().income_rows if region.side == "income-side" else words().spending_rows


def _read_items(region: Region, rows: list[tuple[int, str, str]], year: int) -> None:
    """What the year's total is made of: numbered lines; what stands under one of them without number is some of it."""
    numbered = any(is_numbered(text) for _, _, text in rows)
    main: int | None = None
    for row, text, printed in rows:
        below = is_some_of(printed) or (numbered and not is_numbered(printed))
        if below:
            region.add(Row(row, (text,), RowKind.PART, 2, whole=main, parts=Parts.SOME))
        else:
            main = row
            known = row_called(_known(region), text) if region.side == "income-side" else f"class:{text}"
            role = known or f"row:{text}"
            region.add(Row(row, (text,), RowKind.ITEM, 1, whole=year, parts=Parts.ALL), role)


def _read_foot(region: Region, rows: list[tuple[int, str, str]], year: int) -> None:
    """Below the year's total: what is brought forward or left over, and the grand total."""
    meaning = _known(region)
    total = next((row for row, text, _ in rows if meaning.get(text) == _ALL), None)
    if total is not None:
        region.link(year, total, Parts.ALL)
    main: int | None = None
    main_role = ""
    for row, text, printed in rows:
        role = row_called(meaning, text)
        if row == total:
            region.add(Row(row, (text,), RowKind.TOTAL), _ALL)
        elif role in _MAIN:
            main, main_role = row, role
            region.add(Row(row, (text,), RowKind.ITEM, 1, whole=total, parts=Parts.ALL), role)
        elif main is not None:
            parts = Parts.ALL if role.startswith("fund-") and not is_some_of(printed) else Parts.SOME
            own = f"{main_role}-{role.removeprefix('fund-')}" if role.startswith("fund-") else ""
            region.add(Row(row, (text,), RowKind.PART, 2, whole=main, parts=parts), own)
        else:
            region.doubt = f"“{text}”在总表中的位置不明"
