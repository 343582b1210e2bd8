"""The facts of a bureau-year laid out as rows of the workbook: the reverse of reading it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rongji.kernel.bureau_year import BureauYear, IndicatorFacts
from rongji.kernel.figure import Figure, FigureKey, SourceKind
from rongji.kernel.quantity import Quantity
from rongji.performance.workbook.figures import FACT_PREFIX
from rongji.performance.workbook.layout import PLACES_SEPARATOR, WHOLE_BUREAU, Column, Layout, Sheet, SheetKind
from rongji.performance.workbook.profile import IDENTITY_FIELDS


@dataclass(frozen=True, slots=True)
class Cell:
    """What to write in one cell: the text as printed, and the quantity when it is a number."""

    text: str
    quantity: Quantity | None = None


Row = dict[str, Cell]


@dataclass
class _Tables:
    year: BureauYear
    layout: Layout
    rows: dict[str, list[Row]] = field(default_factory=dict)
    left: list[Figure] = field(default_factory=list)

    def take(self, key: FigureKey, sheet: Sheet, statement: str = "form") -> Figure | None:
        """The first statement of a key not yet written, preferring the one read from this very sheet."""
        found = [item for item in self.left if item.key == key and item.statement == statement]
        found.sort(key=lambda item: item.source.sheet != sheet.title)
        if found and (found[0].source.sheet in ("", sheet.title) or not self._is_placed_elsewhere(found[0])):
            self.left.remove(found[0])
            return found[0]
        return None

    def _is_placed_elsewhere(self, figure: Figure) -> bool:
        return self.layout.sheet_titled(figure.source.sheet) is not None


def tabulate(year: BureauYear, layout: Layout) -> dict[str, list[Row]]:
    """Sheet id → rows → column id → cell. Derived figures are left out: the system computes them again."""
    tables = _Tables(year, layout)
    tables.left = [item for item in year.figures if item.source.kind is not SourceKind.DERIVED]
    tables.rows["profile"] = [_profile(year)]
    for sheet in layout.sheets:
        if sheet.kind is SheetKind.MATRIX:
            tables.rows[sheet.id] = list(_matrix(tables, sheet))
        elif sheet.into in _RECORDS:
            tables.rows[sheet.id] = _RECORDS[sheet.into](tables, sheet)
    tables.rows["restated"] = _statements(tables)
    return tables.rows


def _profile(year: BureauYear) -> Row:
    identity = {name: str(getattr(year, name)) for name in IDENTITY_FIELDS}
    return {name: Cell(text) for name, text in {**identity, **year.profile}.items()}


def _matrix(tables: _Tables, sheet: Sheet) -> Iterable[Row]:
    for heading, unit_code, member, concept, stage in _matrix_rows(tables, sheet):
        placed: list[tuple[Column, Figure]] = []
        for column in sheet.columns:
            key = FigureKey(column.concept or concept, column.stage or stage, unit_code, column.member or member)
            figure = tables.take(key, sheet)
            if figure:
                placed.append((column, figure))
        if placed:
            yield {"row": Cell(heading), **_figure_cells(placed)}


def _matrix_rows(tables: _Tables, sheet: Sheet) -> Iterable[tuple[str, str, str, str, Any]]:
    """Row heading, unit, member, concept, stage of every row the sheet may have."""
    if sheet.rows == "fixed":
        for item in sheet.items:
            yield item.title, "", "", item.concept, item.stage
        return
    yield WHOLE_BUREAU, "", "", "", ""
    if sheet.rows == "units":
        for unit in tables.year.units:
            yield unit.code, unit.code, "", "", ""
        return
    axis = sheet.axis or "project"
    members = [item.key.member for item in tables.left if item.key.member.startswith(f"{axis}:") and not item.key.unit]
    for member in dict.fromkeys(members):
        yield member.partition(":")[2], "", member, "", ""


def _figure_cells(placed: list[tuple[Column, Figure]]) -> Row:
    cells = {column.id: Cell(figure.printed, figure.quantity) for column, figure in placed}
    cells["source"] = Cell(_sources([figure for _, figure in placed]))
    cells["evidence"] = Cell(_evidence(placed))
    return cells


def _sources(figures: list[Figure]) -> str:
    notes = [figure.source.note for figure in figures]
    if len(set(notes)) == 1:
        return notes[0]
    return PLACES_SEPARATOR.join(note.replace(PLACES_SEPARATOR, "，") for note in notes)


def _evidence(placed: list[tuple[Column, Figure]]) -> str:
    parts = []
    for code in dict.fromkeys(code for _, figure in placed for code in figure.source.evidence):
        columns = [column for column, figure in placed if code in figure.source.evidence]
        parts += [code] if len(columns) == len(placed) else [f"{column.title}:{code}" for column in columns]
    return PLACES_SEPARATOR.join(parts)


def _statements(tables: _Tables) -> list[Row]:
    sheet = tables.layout.sheet("restated")
    units = {column.concept: column.unit for item in tables.layout.sheets for column in item.columns if column.unit}
    return [_statement(item, sheet, units.get(item.key.concept, "万元")) for item in tables.left]


def _statement(figure: Figure, sheet: Sheet, usual_unit: str) -> Row:
    value = sheet.column("value")
    return {
        "key": Cell(str(figure.key)),
        "unit_name": Cell(figure.quantity.unit_name if figure.quantity else usual_unit),
        "vague": Cell(figure.vague),
        "statement": Cell(figure.statement),
        **_figure_cells([(value, figure)]),
    }


def _plain(record: Any, sheet: Sheet, **more: Cell) -> Row:
    """Every column that is an attribute of the record, choices by their printed word."""
    cells: Row = {}
    for column in sheet.columns:
        value = getattr(record, column.id, None)
        if value is not None and not column.concept:
            cells[column.id] = _cell(value, column)
    place = getattr(record, "place", "")
    if sheet.has_source and place and not _is_automatic(place, sheet):
        cells["source"] = Cell(place)
    return {**cells, **more}


def _is_automatic(place: str, sheet: Sheet) -> bool:
    return place.startswith(f"工作表“{sheet.title}”第")


def _cell(value: Any, column: Column) -> Cell:
    if isinstance(value, Quantity):
        return Cell(value.shown(), value)
    if isinstance(value, bool):
        return Cell("是" if value else "否")
    return Cell(dict(column.choices).get(str(value), str(value)))


def _simple(name: str) -> Callable[[_Tables, Sheet], list[Row]]:
    return lambda tables, sheet: [_plain(record, sheet) for record in getattr(tables.year, name)]


def _projects(tables: _Tables, sheet: Sheet) -> list[Row]:
    rows = []
    for project in tables.year.projects:
        placed = []
        for column in sheet.columns:
            if column.concept:
                figure = tables.take(FigureKey(column.concept, column.stage, "", f"project:{project.code}"), sheet)
                placed += [(column, figure)] if figure else []
        row = _plain(project, sheet)
        if placed:
            numbers = _figure_cells(placed)
            row = {**row, **numbers, "source": row.get("source") or numbers["source"]}
        rows.append(row)
    return rows


def _indicators(tables: _Tables, sheet: Sheet) -> list[Row]:
    return [indicator_row(item, sheet) for item in tables.year.indicators]


def indicator_row(item: IndicatorFacts, sheet: Sheet) -> Row:
    """One row of the indicator table as the workbook holds it; percentages with their sign."""
    row = _plain(item, sheet, evidence=Cell(PLACES_SEPARATOR.join(item.evidence)))
    for name, text in (("target", item.target_text), ("actual", item.actual_text)):
        if text:
            row[name] = Cell(text)
    return row


def _facts(tables: _Tables, sheet: Sheet) -> list[Row]:
    value = next(column for column in sheet.columns if column.is_figure)
    rows = []
    for concept in tables.year.declared_concepts:
        row = _plain(concept, sheet)
        figure = tables.take(FigureKey(f"{FACT_PREFIX}{concept.code}"), sheet)
        if figure:
            row.update({"vague": Cell(figure.vague), **_figure_cells([(value, figure)])})
        rows.append(row)
    return rows


_RECORDS: Mapping[str, Callable[[_Tables, Sheet], list[Row]]] = {
    "units": _simple("units"),
    "projects": _projects,
    "goals": _simple("goals"),
    "indicators": _indicators,
    "declared_concepts": _facts,
    "texts": _simple("texts"),
    "problems": _simple("problems"),
    "signatories": _simple("signatories"),
    "evidence": _simple("evidence"),
}
