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
    rows = _item_rows(sheet, range(end, sheet.height), label, tuple(columns))
    if not rows.keys() >= _NEEDED or label in columns:
        return None
    made = [Column(label, sheet.path(label, start, end), ColumnKind.LABEL)]
    made += [Column(c, sheet.path(c, start, end), ColumnKind.VALUE, _STAGES[name]) for c, name in columns.items()]
    region = Region(part.id, made, column_roles=dict(columns))
    for item, row in rows.items():
        region.add(Row(row, (sheet.texts[row][label],), RowKind.TOTAL if item == "total" else RowKind.ITEM), item)
    _link_rows(region)
    return region


def _item_rows(sheet: Sheet, rows: range, label: int, columns: tuple[int, ...]) -> dict[str, int]:
    """The row of each item; of two with the same meaning (一、“三公”经费支出, （一）支出合计) the one with amounts."""
    found: dict[str, int] = {}
    for row in rows:
        item = _item(sheet.texts[row][label])
        stated = any(text[:1].isdigit() for text in (sheet.texts[row][column] for column in columns))
        earlier = found.get(item)
        blank = earlier is not None and not any(sheet.texts[earlier][column][:1].isdigit() for column in columns)
        if item and sheet.begins(row, label) and (earlier is None or (blank and stated)):
            found[item] = row
    return dict(sorted(found.items(), key=lambda entry: entry[1]))


def _bases(sheet: Sheet, start: int) -> tuple[int, dict[int, str]] | None:
    """The header row that names bases, and which column has which."""
    for row in range(start, min(start + 4, sheet.height)):
        found = {
            column: words().three_bases[text]
            for column, text in enumerate(sheet.texts[row])
            if text in words().three_bases and sheet.cell(row, column).colspan == 1
        }
        leftmost = {name: column for column, name in reversed(found.items())}
        if found:
            return row, {column: name for name, column in sorted(leftmost.items(), key=lambda item: item[1])}
    return None


def _wide(sheet: Sheet, part: Part) -> Region | None:
    """One row; the columns name basis and item."""
    start = sheet.header_start
    end = _amounts(sheet, start)
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


def _amounts(sheet: Sheet, start: int) -> int:
    """The first row with an amount behind the header and its numbering; the end of a table without amounts."""
    for row in range(start + 1, sheet.height):
        texts = [text for text in sheet.texts[row] if text]
        named = any(_item(text) or text in words().three_bases for text in texts)
        numbers = [text for text in texts if text[0].isdigit() or text in "-—－"]
        is_plain = len(numbers) == len(texts) > 0
        if not named and not sheet.is_steps(row) and (is_plain or any("." in text for text in numbers)):
            return row
    return sheet.height


def _one_row(region: Region, sheet: Sheet, start: int, end: int, label: str) -> Region:
    rows = [
        row
        for row in range(end, sheet.height)
        if sheet.is_body(row, start, end) and sheet.has_number(row, range(sheet.width))
    ]
    if rows:
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
