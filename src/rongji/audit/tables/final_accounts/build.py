"""Regions of the nine tables into stated tables: every cell with its number, named by what it is."""

from dataclasses import dataclass, replace

from rongji.audit.tables.final_accounts.region import Region
from rongji.audit.tables.final_accounts.sheet import Sheet
from rongji.audit.tables.final_accounts.words import words
from rongji.checks.stated.model import ColumnKind, Parts, Row, StatedCell, StatedTable
from rongji.documents.model import Cell
from rongji.kernel.figure import Figure, FigureKey, Nil, Source, SourceKind
from rongji.kernel.place import Place
from rongji.kernel.quantity import NotANumber, Quantity

FORM = "final-accounts"
_DASHES = frozenset("-—－–―/")
_NONE = frozenset({"无", "没有", "零"})


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands around a table. number: of the table in the document; set_number: which unit's nine tables."""

    number: int
    set_number: int
    caption: str
    heading: tuple[str, ...]
    unit_name: str
    year: int | None


def built(region: Region, sheet: Sheet, setting: Setting, region_number: int, place: Place) -> StatedTable:
    """The stated table of a region; uncertain when a number in it cannot be read or its reading is in doubt."""
    rows = _with_paths(region)
    cells: list[StatedCell] = []
    doubt = region.doubt if setting.unit_name else "没有写明金额单位"
    for row in rows:
        for column in region.columns:
            at = region.place(row.index, column.index)
            if not sheet.begins(*at):
                continue
            cell = _cell(region, row, column.index, sheet.cell(*at), setting)
            cells.append(cell)
            unread = column.kind is ColumnKind.VALUE and cell.figure is None and cell.nil is None
            if unread and column.index in region.column_roles:
                doubt = doubt or f"“{cell.text}”不是数"
    columns = tuple(replace(item, unit_name=setting.unit_name, year=setting.year) for item in region.columns)
    return StatedTable(
        number=setting.number,
        region=region_number,
        columns=columns,
        rows=rows,
        cells=tuple(cells),
        place=place,
        caption=setting.caption or words().parts[region.part].title,
        heading=setting.heading,
        form=FORM,
        part=region.part,
        unit_name=setting.unit_name,
        year=setting.year,
        certain=not doubt,
        doubt=doubt,
    )


def address(region: Region, row: int, column: int) -> str:
    """What a cell is, as one word for all prints of the table: `income/all/income-fiscal`; empty when not known."""
    row_role, column_role = region.row_roles.get(row, ""), region.column_roles.get(column, "")
    if not row_role or not column_role:
        return ""
    if row_role == "amounts":
        return f"{region.part}/{column_role}"
    if region.part == "three-public" and row_role in words().three_bases.values():
        return f"{region.part}/{column_role}/{row_role}"
    return f"{region.part}/{row_role}/{column_role}"


def _cell(region: Region, row: Row, column: int, cell: Cell, setting: Setting) -> StatedCell:
    place = _place_of(cell)
    text = "".join(cell.text.split())
    described = next(item for item in region.columns if item.index == column)
    if described.kind is not ColumnKind.VALUE:
        return StatedCell(row.index, column, cell.text, place)
    name = address(region, row.index, column)
    nil = _nil(text)
    if nil is not None:
        return StatedCell(row.index, column, cell.text, place, nil=nil, fact=name)
    try:
        quantity = Quantity.parse(text, setting.unit_name or "元")
    except NotANumber:
        return StatedCell(row.index, column, cell.text, place)
    at = ".".join(str(item) for item in (setting.number, row.index, column))
    key = FigureKey(f"决算/{name}" if name else f"决算/{region.part}", member=_member(setting, name, at))
    figure = Figure(
        key=key,
        label=_label(region, row, column),
        source=Source(SourceKind.IMPORTED, file=place.file, at=place),
        quantity=quantity,
        printed=text,
        statement="table",
    )
    return StatedCell(row.index, column, cell.text, place, figure=figure, fact=name)


def _member(setting: Setting, name: str, at: str) -> str:
    """Figures of one unit's nine tables never meet those of another's."""
    if not name:
        return f"at:{at}"
    return f"set:{setting.set_number}" if setting.set_number > 1 else ""


def _label(region: Region, row: Row, column: int) -> str:
    """How the figure is called beside others of its table: 死亡抚恤（项目支出）."""
    path = next(item.path for item in region.columns if item.index == column)
    if region.part == "three-public":
        return f"{row.label or _three_name(path)}{_basis(region, row, column)}"
    amounts = sum(1 for item in region.columns if item.kind is ColumnKind.VALUE)
    if amounts == 1 or not path:
        return row.label
    meaning = region.column_roles.get(column, "")
    parts = path[-2:] if len(path) > 1 and path[-1] in words().total_rows | {"小计"} else path[-1:]
    title = "".join(parts) if meaning else path[-1]
    return f"{row.label}（{title}）"


def _three_name(path: tuple[str, ...]) -> str:
    items = [text for text in path if text in words().three_items]
    if len(items) > 1 and words().three_items[items[-1]] == "total":
        return items[-2]
    return items[-1] if items else path[-1]


def _basis(region: Region, row: Row, column: int) -> str:
    basis = {region.column_roles.get(column, "").rpartition("/")[2], region.row_roles.get(row.index, "")}
    return (
        "预算数" if "budget" in basis else "上年决算数" if "prior" in basis else "决算数" if "actual" in basis else ""
    )


def _nil(text: str) -> Nil | None:
    if not text:
        return Nil.BLANK
    if set(text) <= _DASHES:
        return Nil.DASH
    return Nil.NONE if text in _NONE else None


def _place_of(cell: Cell) -> Place:
    if cell.place is not None:
        return cell.place
    return next((item.place for item in cell.paragraphs if item.place is not None), Place())


def _with_paths(region: Region) -> tuple[Row, ...]:
    """Rows with the labels of the rows above them in front of their own."""
    by_index = {row.index: row for row in region.rows}
    made = []
    for row in region.rows:
        labels, above = [row.label], row.whole
        while above is not None and above in by_index and len(labels) < 4:
            labels.insert(0, by_index[above].label)
            above = by_index[above].whole
        made.append(replace(row, path=tuple(labels), parts=row.parts if row.whole is not None else Parts.UNKNOWN))
    return tuple(made)
