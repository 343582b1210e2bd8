"""财政拨款“三公”经费支出决算表: one row of both bases, a row for each item, or a row for each basis."""

from rongji.audit.tables.final_accounts.region import Region
from rongji.audit.tables.final_accounts.sheet import Sheet
from rongji.audit.tables.final_accounts.words import Part, words
from rongji.checks.stated.model import Column, ColumnKind, Parts, Row, RowKind
from rongji.kernel.figure import Stage

_STAGES = {"budget": Stage.ADJUSTED, "actual": Stage.ACTUAL, "prior": Stage.PRIOR}
_NEEDED = {"total", "reception"}


def read_three_public(sheet: Sheet, part: Part) -> tuple[Region, ...]:
    """The one region, whatever way the table lies; nothing when its items are not found."""
    for reader in (_long, _wide, _turned):
        region = reader(sheet, part)
        if region is not None:
            return (region,)
    return ()


def _long(sheet: Sheet, part: Part) -> Region | None:
    """Items in rows, bases in columns."""
    start = sheet.header_start
    bases = _bases(sheet, start)
    if not bases:
        return None
    end = bases[0] + 1
    columns, label = bases[1], 0
    items = [(row, _item(sheet.texts[row][label])) for row in range(end, sheet.height) if sheet.begins(row, label)]
    if not {item for _, item in items} >= _NEEDED or label in columns:
        return None
    made = [Column(label, sheet.path(label, start, end), ColumnKind.LABEL)]
    made += [Column(c, sheet.path(c, start, end), ColumnKind.VALUE, _STAGES[name]) for c, name in columns.items()]
    region = Region(part.id, made, column_roles=dict(columns))
    for row, item in items:
        text = sheet.texts[row][label]
        if text and not sheet.repeats(row, start, end) and item not in region.row_roles.values():
            region.add(Row(row, (text,), RowKind.TOTAL if item == "total" else RowKind.ITEM), item)
    _link_rows(region)
    return region


def _bases(sheet: Sheet, start: int) -> tuple[int, dict[int, str]] | None:
    """The header row that names bases, and which column has which."""
    for row in range(start, min(start + 4, sheet.height)):
        found = {
            column: words().three_bases[text]
            for column, text in enumerate(sheet.texts[row])
            if text in words().three_bases and sheet.cell(row, column).colspan == 1
        }
        if found and len(set(found.values())) == len(found):
            return row, found
    return None


def _wide(sheet: Sheet, part: Part) -> Region | None:
    """One row; the columns name basis and item."""
    start = sheet.header_start
    end = _amounts(sheet, start)
    if end is None:
        return None
    columns, roles = [], {}
    for column in range(sheet.width):
        path = sheet.path(column, start, end)
        bases = [words().three_bases[text] for text in path if text in words().three_bases]
        if len(bases) == 1 and (item := _deepest(path)):
            roles[column] = f"{item}/{bases[0]}"
            columns.append(Column(column, path, ColumnKind.VALUE, _STAGES[bases[0]]))
        else:
            columns.append(Column(column, path, ColumnKind.TEXT))
    items = {role.split("/")[0] for role in roles.values()}
    if not items >= _NEEDED or len(set(roles.values())) != len(roles):
        return None
    return _one_row(Region(part.id, _linked(columns, roles), column_roles=roles), sheet, start, end, "")


def _turned(sheet: Sheet, part: Part) -> Region | None:
    """Bases in rows, items in columns."""
    start = sheet.header_start
    rows = {
        row: words().three_bases[sheet.texts[row][0]]
        for row in range(start + 1, sheet.height)
        if sheet.texts[row][0] in words().three_bases
    }
    if not rows:
        return None
    end = min(rows)
    roles = {column: item for column in range(1, sheet.width) if (item := _deepest(sheet.path(column, start, end)))}
    repeated = len(set(roles.values())) != len(roles)
    if not set(roles.values()) >= {"reception", "vehicles"} or (repeated and not _drop_overall(roles)):
        return None
    columns = [Column(0, sheet.path(0, start, end), ColumnKind.LABEL)]
    columns += [Column(c, sheet.path(c, start, end), ColumnKind.VALUE, Stage.ACTUAL) for c in sorted(roles)]
    region = Region(part.id, _linked(columns, roles), column_roles=roles)
    for row, basis in rows.items():
        region.add(Row(row, (sheet.texts[row][0],)), basis)
    return region


def _drop_overall(roles: dict[int, str]) -> bool:
    """Two columns of totals (合计 over 三公 with 会议费, 小计 of 三公): the first is none of ours."""
    totals = sorted(column for column, item in roles.items() if item == "total")
    if len(totals) == 2:
        del roles[totals[0]]
    return len(set(roles.values())) == len(roles)


def _amounts(sheet: Sheet, start: int) -> int | None:
    """The first row with an amount behind the header and its numbering."""
    for row in range(start + 1, sheet.height):
        texts = [text for text in sheet.texts[row] if text]
        if texts and not sheet.is_steps(row) and all(text[0].isdigit() or text in "-—－" for text in texts):
            return row
    return None


def _one_row(region: Region, sheet: Sheet, start: int, end: int, label: str) -> Region:
    rows = [row for row in range(end, sheet.height) if not sheet.repeats(row, start, end) and any(sheet.texts[row])]
    region.add(Row(end, (label,)), "amounts")
    if len(rows) > 1:
        region.doubt = "三公经费表不止一行数"
    return region


def _item(text: str) -> str:
    return words().three_items.get(text, "")


def _deepest(path: tuple[str, ...]) -> str:
    """The item that a header path ends in; 小计 stands for the group above it."""
    found = [item for text in path if (item := _item(text))]
    while len(found) > 1 and found[-1] == "total":
        found.pop()
    return found[-1] if found else ""


def _linked(columns: list[Column], roles: dict[int, str]) -> list[Column]:
    """Columns tied to the column of their whole, on the same basis."""
    by_role = {role: column for column, role in roles.items()}
    made = []
    for column in columns:
        item, _, basis = roles.get(column.index, "").partition("/")
        above = _whole_of(item)
        whole = by_role.get(f"{above}/{basis}" if basis else above)
        parts = Parts.ALL if whole is not None and above != "reception" else Parts.UNKNOWN
        made.append(Column(column.index, column.path, column.kind, column.stage, whole=whole, parts=parts))
    return made


def _whole_of(item: str) -> str:
    return next((whole for whole, items in words().three_parts.items() if item in items), "")


def _link_rows(region: Region) -> None:
    by_role = {role: index for index, role in region.row_roles.items()}
    for index, role in tuple(region.row_roles.items()):
        above = _whole_of(role)
        if above in by_role:
            region.link(index, by_role[above], Parts.UNKNOWN if above == "reception" else Parts.ALL)
