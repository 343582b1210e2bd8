"""一般公共预算财政拨款基本支出决算表: economic items in one list, or in several side by side."""

from collections.abc import Mapping
from dataclasses import dataclass

from rongji.audit.tables.final_accounts.region import TOTAL, Region, role_of
from rongji.audit.tables.final_accounts.sheet import Sheet, joined_code, leading_code
from rongji.audit.tables.final_accounts.words import Part, words
from rongji.checks.stated.model import Column, ColumnKind, Parts, Row, RowKind
from rongji.kernel.figure import Stage

_ALL = "all"
_SHARES = ("personnel", "running")


@dataclass(frozen=True, slots=True)
class _List:
    """One list of items: its code column, the columns of its names, those of its amounts."""

    code: int
    names: tuple[int, ...]
    values: tuple[int, ...]


def read_economic(sheet: Sheet, part: Part) -> tuple[Region, ...]:
    """The one region: the lists of the table stacked, each below the one left of it; nothing without codes."""
    start = sheet.header_start
    end = _body_start(sheet, start)
    lists = _lists(sheet, start, end)
    if not lists or any(len(item.values) != len(lists[0].values) for item in lists):
        return ()
    first = lists[0]
    roles = {column: role_of(sheet.path(column, start, end)[-1:], "") for column in first.values}
    if TOTAL not in roles.values() and "spent" not in roles.values() and "basic" not in roles.values():
        return ()
    roles = {column: TOTAL if role in ("spent", "basic") else role for column, role in roles.items()}
    region = Region(part.id, _columns(sheet, first, roles, start, end), column_roles=roles)
    for number, one in enumerate(lists):
        _read_list(region, sheet, one, number, end, dict(zip(first.values, one.values, strict=True)))
    _read_totals(region, sheet, lists, end)
    _link(region)
    return (region,) if any(row.code for row in region.rows) else ()


def _body_start(sheet: Sheet, start: int) -> int:
    for row in range(start + 1, sheet.height):
        texts = sheet.texts[row]
        if any(joined_code([text]) or leading_code(text)[0] for text in texts) or any(
            text in words().economic_totals and text not in words().header for text in texts
        ):
            return row
        if texts[0] in words().total_rows:
            return row
    return sheet.height


def _lists(sheet: Sheet, start: int, end: int) -> list[_List]:
    """From each code column to the next."""
    paths = [sheet.path(column, start, end) for column in range(sheet.width)]
    codes = [c for c, path in enumerate(paths) if set(path) & words().codes and not (set(path) & words().lines)]
    starts = [c for c in codes if c - 1 not in codes]
    found = []
    for begin, stop in zip(starts, [*starts[1:], sheet.width], strict=True):
        inner = [c for c in range(begin, stop) if not set(paths[c]) & words().lines]
        names = tuple(c for c in inner if c not in codes and set(paths[c][-1:]) & words().names)
        values = tuple(c for c in inner if c not in codes and c not in names and paths[c])
        found.append(_List(begin, names, values))
    return [item for item in found if item.values]


def _columns(sheet: Sheet, one: _List, roles: Mapping[int, str], start: int, end: int) -> list[Column]:
    made = [Column(one.code, sheet.path(one.code, start, end), ColumnKind.CODE)]
    made += [Column(column, sheet.path(column, start, end), ColumnKind.LABEL) for column in one.names]
    whole = next((column for column, role in roles.items() if role == TOTAL), None)
    for column in one.values:
        of = whole if roles[column] in _SHARES else None
        path = sheet.path(column, start, end)
        path = path if len(one.values) > 1 else path[-1:]
        made.append(Column(column, path, ColumnKind.VALUE, Stage.ACTUAL, whole=of, parts=Parts.ALL))
    return made


def _read_list(region: Region, sheet: Sheet, one: _List, number: int, end: int, shift: Mapping[int, int]) -> None:
    seen = {row.code for row in region.rows}
    for row in range(end, sheet.height):
        text = sheet.texts[row][one.code]
        name = next((sheet.texts[row][column] for column in one.names if sheet.texts[row][column]), "")
        code, rest = (joined_code([text]), name) if joined_code([text]) else leading_code(text or name)
        if not code or not sheet.begins(row, one.code):
            continue
        if code in seen or code[:3] not in words().economic:
            region.doubt = f"经济分类科目 {code} 无法归类"
            continue
        seen.add(code)
        index = row + number * sheet.height
        region.grid_rows[index] = row
        region.shifted[index] = dict(shift)
        region.add(Row(index, (rest or name,), RowKind.ITEM, 1 if len(code) == 3 else 2, code=code), code)


def _read_totals(region: Region, sheet: Sheet, lists: list[_List], end: int) -> None:
    """人员经费合计, 公用经费合计, 合计: a label and the next number to its right in the same row."""
    values = [column for one in lists for column in one.values]
    own = lists[0].values
    for row in range(end, sheet.height):
        for column in range(sheet.width):
            role = words().economic_totals.get(sheet.texts[row][column], "")
            taken = role in region.row_roles.values()
            if not role or taken or column in values or not sheet.begins(row, column):
                continue
            behind = sheet.slots[row][column].columns.stop
            right = next((one.values for one in lists if one.values[0] >= behind), None)
            if right is None:
                continue
            index = row + (len(lists) + column) * sheet.height
            region.grid_rows[index] = row
            region.shifted[index] = dict(zip(own, right, strict=True))
            region.add(Row(index, (sheet.texts[row][column],), RowKind.TOTAL), role)


def _link(region: Region) -> None:
    """款 under 类, 类 under 人员经费 or 公用经费 where these have rows, else under 合计."""
    by_role = {role: index for index, role in region.row_roles.items()}
    by_code = {row.code: row.index for row in region.rows if row.code}
    for row in tuple(region.rows):
        role = region.row_roles.get(row.index, "")
        if row.code:
            share = words().economic[row.code[:3]]
            above = by_role.get(share, by_role.get(_ALL))
            if len(row.code) > 3:
                above = by_code.get(row.code[:3])
            region.link(row.index, above, Parts.ALL)
        elif role in ("personnel", "operating"):
            region.link(row.index, by_role.get(_ALL), Parts.ALL)
