"""Tables by functional classification: 收入决算表, 支出决算表 and those of the three kinds of budget."""

from rongji.audit.tables.final_accounts.region import Region, value_columns
from rongji.audit.tables.final_accounts.sheet import Sheet, joined_code, leading_code, looks_like_code
from rongji.audit.tables.final_accounts.words import Part, plain, words
from rongji.checks.stated.model import Column, ColumnKind, Parts, Row, RowKind

_LEVELS = {3: 1, 5: 2, 7: 3}
_LEAST_COLUMNS = 2


def read_codes(sheet: Sheet, part: Part) -> tuple[Region, ...]:
    """The one region of such a table; nothing when it has not its shape."""
    start = sheet.header_start
    labels = _label_columns(sheet, start)
    if not labels:
        return ()
    codes = [column for column, kind in labels.items() if kind is ColumnKind.CODE]
    names = [column for column, kind in labels.items() if kind is ColumnKind.LABEL]
    end = _body_start(sheet, start, [*codes, *names])
    values = [column for column in range(sheet.width) if column not in labels]
    columns, roles = value_columns(sheet, values, start, end, part.group)
    if part.group not in roles.values():
        return ()
    described = [Column(column, sheet.path(column, start, end), kind) for column, kind in labels.items()]
    region = Region(part.id, sorted([*described, *columns], key=lambda item: item.index), column_roles=roles)
    _read_rows(region, sheet, start, end, codes, names)
    if len(columns) < _LEAST_COLUMNS and not any(row.code for row in region.rows):
        return ()  # a short table of the same name: 支出决算表 with 基本支出 and 项目支出
    _link_levels(region)
    if any(not role for column in columns for role in (roles.get(column.index, ""),) if not column.path):
        region.doubt = region.doubt or _stray(region, sheet, end)
    return (region,)


def _label_columns(sheet: Sheet, start: int) -> dict[int, ColumnKind]:
    """The columns that name a row: codes on the left, then the name; 行次 columns are numbers."""
    found: dict[int, ColumnKind] = {}
    known = words()
    for column in range(sheet.width):
        texts = [sheet.texts[row][column] for row in range(start, min(start + 5, sheet.height))]
        if any(text in known.codes for text in texts):
            found[column] = ColumnKind.CODE
        elif any(text in known.names for text in texts):
            found[column] = ColumnKind.LABEL
        elif any(text in known.lines for text in texts):
            found[column] = ColumnKind.NUMBER
    if not any(kind is ColumnKind.LABEL for kind in found.values()):
        last = max((column for column, kind in found.items() if kind is ColumnKind.CODE), default=None)
        if last is not None and len(found) > 1:
            found[last] = ColumnKind.LABEL
    return found


def _body_start(sheet: Sheet, start: int, labels: list[int]) -> int:
    """The first row with a code or 合计 in its label columns."""
    for row in range(start + 1, sheet.height):
        texts = [sheet.texts[row][column] for column in labels]
        first = next((text for text in texts if text), "")
        if first in words().total_rows or any(looks_like_code(text) or leading_code(text)[0] for text in texts):
            return row
    return sheet.height


def _read_rows(region: Region, sheet: Sheet, start: int, end: int, codes: list[int], names: list[int]) -> None:
    seen: set[str] = set()
    for row in range(end, sheet.height):
        if not sheet.is_body(row, start, end):
            continue
        code, name = _code_and_name(sheet, row, codes, names)
        if not name and not code:
            if _has_amount(region, sheet, row):
                region.doubt = f"第 {row + 1} 行有数而没有科目"
            continue
        if not code and name in words().total_rows:
            region.add(Row(row, (name,), RowKind.TOTAL), "all")
        elif code in seen:
            region.doubt = f"科目 {code} 出现不止一次"
        elif code:
            seen.add(code)
            class_role = f"class:{name}" if len(code) == 3 else code
            region.add(Row(row, (name,), RowKind.ITEM, _LEVELS[len(code)], code=code), class_role)
        else:
            _read_uncoded(region, sheet, row, name, bool(codes))


def _read_uncoded(region: Region, sheet: Sheet, row: int, name: str, coded: bool) -> None:
    """A row without code: a class by its name where the table gives no codes; else its place is unknown."""
    if coded and _has_amount(region, sheet, row):
        region.doubt = f"第 {row + 1} 行“{name}”没有科目编码"
    role = f"class:{name}" if not coded and name in words().classes else ""
    region.add(Row(row, (name,), RowKind.ITEM, 1 if role else 0), role)


def _code_and_name(sheet: Sheet, row: int, codes: list[int], names: list[int]) -> tuple[str, str]:
    own = [sheet.texts[row][column] for column in codes if sheet.begins(row, column)]
    code = joined_code(own)
    name = next((sheet.texts[row][column] for column in names if sheet.texts[row][column]), "")
    if code:
        return code, name if name not in own else ""
    for text in (name, "".join(own)):
        found, rest = leading_code(text)
        if found:
            return found, plain(rest) or name
    return "", name or "".join(own)


def _has_amount(region: Region, sheet: Sheet, row: int) -> bool:
    columns = [column.index for column in region.columns if column.kind is ColumnKind.VALUE]
    return sheet.has_number(row, columns)


def _stray(region: Region, sheet: Sheet, end: int) -> str:
    """Why a column without any heading is a doubt: something stands in it."""
    blank = [column.index for column in region.columns if column.kind is ColumnKind.VALUE and not column.path]
    filled = any(sheet.texts[row][column] for row in range(end, sheet.height) for column in blank)
    return "有一栏没有栏目名称" if filled else ""


def _link_levels(region: Region) -> None:
    """项 under 款 under 类 under 合计, or under the nearest level that is printed."""
    total = next((row.index for row in region.rows if row.kind is RowKind.TOTAL), None)
    by_code = {row.code: row.index for row in region.rows if row.code}
    for row in tuple(region.rows):
        if row.kind is RowKind.TOTAL:
            continue
        if row.code:
            above = next(
                (by_code[row.code[:n]] for n in (5, 3) if n < len(row.code) and row.code[:n] in by_code), total
            )
            region.link(row.index, above, Parts.ALL)
        elif region.row_roles.get(row.index, "").startswith("class:"):
            region.link(row.index, total, Parts.ALL)
