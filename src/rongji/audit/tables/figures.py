"""Cells into figures: what each number of a table is of, in whose scope, on which basis, of which year."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rongji.audit.context import Context
from rongji.audit.naming import fact_key, is_general, is_known_fact, of_fund, own_key, plain, total_of, unsaid_stage
from rongji.audit.tables.lattice import Slot
from rongji.audit.tables.numbers import CellNumber, nil_of, number_in
from rongji.audit.tables.words import (
    is_organisation_heading,
    is_plain_sum,
    is_whole_organisation,
    meaning_of,
    row_kind_of,
    unit_told,
)
from rongji.checks.stated.model import Column, ColumnKind, Row, RowKind, StatedCell
from rongji.kernel.figure import Figure, FigureKey, Source, SourceKind, Stage
from rongji.kernel.place import Place
from rongji.kernel.units import UNITS, UnitKind

STATING = (
    ColumnKind.VALUE,
    ColumnKind.RATE,
    ColumnKind.WEIGHT,
    ColumnKind.SCORE,
    ColumnKind.TARGET,
    ColumnKind.ACTUAL,
)
_STAGES = {ColumnKind.RATE: Stage.RATE, ColumnKind.TARGET: Stage.TARGET, ColumnKind.ACTUAL: Stage.ACTUAL}
_OF_ANY_UNIT = (ColumnKind.VALUE, ColumnKind.TARGET, ColumnKind.ACTUAL)
_SUMS = (RowKind.TOTAL, RowKind.SUBTOTAL)
_TELLING = 4  # characters of a name that is not known and still means one thing
_POINT_WORDS = {ColumnKind.WEIGHT: "分值", ColumnKind.SCORE: "得分"}


@dataclass(frozen=True)
class Light:
    """What holds for a whole region. part: of which form; project: whose form it is; year: that its caption names.

    levels: for each column of weights which label of a row's path it weighs.
    """

    context: Context
    table: int = 0
    part: str = ""
    form: str = ""
    project: str = ""
    year: int | None = None
    caption: str = ""
    organisations: bool = False
    mixed_units: bool = False
    levels: Mapping[int, int] = field(default_factory=dict)

    @property
    def is_project(self) -> bool:
        """Whether the form is about one project, and says nothing of the whole department."""
        return self.form.startswith("project")


def stated_cell(slot: Slot, row: Row, column: Column, light: Light, row_unit: str = "") -> StatedCell:
    """One cell with the number that it states. row_unit: what a column of units says of the row."""
    unit_name = cell_unit(slot.text, row.label, column, row_unit, light.mixed_units)
    number = number_in(slot.text, unit_name) if column.kind in STATING and row.kind is not RowKind.NOTE else None
    if number is not None and not _is_plain_enough(number, column):
        number = None
    place = slot.place()
    if number is None:
        nil = nil_of(slot.text) if column.kind in STATING else None
        return StatedCell(row.index, column.index, slot.text, place, nil=nil)
    figure = _figure(slot, number, row, column, light)
    return StatedCell(row.index, column.index, slot.text, place, figure, readings=(number.reading,))


def cell_unit(text: str, label: str, column: Column, row_unit: str, mixed: bool) -> str:
    """The unit of a bare number: of the row's column of units, of its own name, else of the column.

    mixed: the unit line names several; a whole number whose name does not tell may then be of either.
    """
    if row_unit in UNITS and column.kind in _OF_ANY_UNIT:
        return row_unit
    told = unit_told(label) if column.kind is ColumnKind.VALUE and label else None
    said = meaning_of(label) if told is None and label else None
    if said is not None and said.kind is ColumnKind.RATE and column.kind is ColumnKind.VALUE:
        return said.unit
    is_money = column.unit_name in UNITS and UNITS[column.unit_name].kind is UnitKind.MONEY
    if told is not None and (told or is_money):
        return told
    return "" if mixed and is_money and "." not in text else column.unit_name


def _is_plain_enough(number: CellNumber, column: Column) -> bool:
    """A number among other words states the cell's amount only where results are written in words."""
    return number.alone or column.kind in (ColumnKind.TARGET, ColumnKind.ACTUAL)


def _figure(slot: Slot, number: CellNumber, row: Row, column: Column, light: Light) -> Figure:
    at = slot.place(number.reading.start, number.reading.end)
    if at == Place():
        at = Place(table=light.table, row=row.index + 1, column=column.index + 1)
    return Figure(
        key=_key(row, column, at, light),
        label=_label(row, column, light),
        source=Source(SourceKind.IMPORTED, file=at.file, at=at),
        quantity=number.quantity,
        printed=number.reading.printed,
        vague=number.reading.vague,
        statement="table",
    )


def _label(row: Row, column: Column, light: Light) -> str:
    """What a reader would call the number."""
    name = _row_name(row)
    if column.kind in _POINT_WORDS:
        name = plain(row.path[light.levels[column.index]]) if _is_upper(row, column, light) else name
        word = _POINT_WORDS[column.kind]
        return name if name.endswith(word) else f"{name}{word}"
    says = _column_name(column)
    named = f"{name}{says}" if says and says not in name else name or column.title
    return named or f"第{row.index + 1}行的数"


def _column_name(column: Column) -> str:
    """What the headings add to a row's name: nothing where they only say the basis, the year where they say that."""
    if _says_basis_only(column) and len(column.path) < 2:
        return f"（{column.year}年）" if column.year and not column.stage else ""
    said = [text for text in column.path if row_kind_of(text) is not RowKind.PART and not _is_basis(text)]
    if column.kind is ColumnKind.VALUE and all(is_general(text) for text in said):
        return ""
    return "".join(text for n, text in enumerate(said) if not any(text in later for later in said[n + 1 :]))


def _is_upper(row: Row, column: Column, light: Light) -> bool:
    """Whether a weight is that of an upper level of indicators."""
    return light.levels.get(column.index, len(row.path)) < len(row.path) - 1


def _row_name(row: Row) -> str:
    """The row's label; one that is too general with the label above it."""
    if len(row.path) > 1 and (is_general(row.label) or row.kind in _SUMS):
        return f"{plain(row.path[-2])}{plain(row.label)}"
    return plain(row.label)


def _says_basis_only(column: Column) -> bool:
    """Whether a heading says on which basis or in which year its numbers stand, and not what they are of."""
    if not column.path or _is_basis(column.title):
        return True
    return is_general(column.title) and column.kind is ColumnKind.VALUE


def _is_basis(heading: str) -> bool:
    said = meaning_of(heading)
    return said is not None and bool(said.stage or said.year)


def _key(row: Row, column: Column, at: Place, light: Light) -> FigureKey:
    stage = _stage(column, light)
    if column.kind in _POINT_WORDS:
        return _score_key(row, column, at, light) or own_key(_label(row, column, light), stage=stage, at=at)
    fact = _fact(row, column, light)
    if not fact.name:
        return own_key(_label(row, column, light), stage=stage, at=at)
    return fact_key(
        of_fund(fact.name, light.caption),
        stage=fact.stage or stage,
        at=at,
        scope=fact.scope,
        year=fact.year or column.year or _year_of_table(fact.stage or stage, light),
        of=fact.of,
        context=light.context,
    )


def _year_of_table(stage: Stage, light: Light) -> int | None:
    """The year of a table that names one; what it calls 上年 is the year before."""
    return light.year - 1 if light.year and stage is Stage.PRIOR else light.year


def _score_key(row: Row, column: Column, at: Place, light: Light) -> FigureKey | None:
    """The score of the whole form is a fact of the document; every other score and weight belongs to its row."""
    is_whole = row.kind is RowKind.TOTAL and light.part in ("indicators", "total") and len(row.path) == 1
    if column.kind is not ColumnKind.SCORE or not is_whole or light.is_project:
        return None
    return fact_key("自评得分", stage=Stage.NONE, at=at, context=light.context)


@dataclass(frozen=True, slots=True)
class _Fact:
    """What a number is of; without a name it is compared with no other."""

    name: str = ""
    scope: str = ""
    of: str = ""
    stage: Stage = Stage.NONE
    year: int | None = None


def _fact(row: Row, column: Column, light: Light) -> _Fact:
    if light.organisations:
        return _of_organisation(row, column)
    if light.part == "funds":
        return _fund(row, column, light)
    if light.part == "pairs":
        return _Fact("" if light.is_project else row.label)
    if light.is_project:
        return _Fact()
    if not row.path:
        return _Fact(column.title if is_known_fact(column.title, light.context) else "")
    if column.kind is ColumnKind.RATE:
        is_one = "执行率" in column.title and row.kind not in _SUMS and not is_general(row.label)
        return _Fact(f"{plain(row.label)}执行率" if is_one else "")
    if column.kind is ColumnKind.VALUE and not _says_basis_only(column):
        return _by_column(row, column, light)
    return _by_row(row, light)


def _of_organisation(row: Row, column: Column) -> _Fact:
    """The column names the fact, the row whose it is; 小计 and general names are known by the heading above them."""
    scope = "" if is_whole_organisation(row.label) else row.label
    above = column.path[-2] if len(column.path) > 1 and row_kind_of(column.path[-2]) is not RowKind.PART else ""
    if above and is_plain_sum(column.title):
        return _Fact(above, scope)
    return _Fact(column.title, scope, of=above)


def _by_row(row: Row, light: Light) -> _Fact:
    """The row names the fact; 合计 of a block that is a fact stands for it."""
    block = next((text for text in row.path[-2:-1] if is_known_fact(text, light.context)), "")
    if row.kind in _SUMS and not is_known_fact(row.label, light.context):
        of_table = total_of(light.caption) if row.kind is RowKind.TOTAL and not row.path[:-1] else ""
        return _Fact(block or of_table)
    if len(plain(row.label)) < _TELLING and not is_known_fact(row.label, light.context) and not block:
        return _Fact()
    return _Fact(row.label, of=block)


def _by_column(row: Row, column: Column, light: Light) -> _Fact:
    """The column names the fact where the rows are years or bases (labels across the top, years down)."""
    said = meaning_of(row.label)
    if said is None or said.kind is not ColumnKind.VALUE or not (said.stage or said.year):
        return _Fact()
    name = column.title if is_known_fact(column.title, light.context) else ""
    return _Fact(name, stage=said.stage, year=said.year)


def _fund(row: Row, column: Column, light: Light) -> _Fact:
    """Rows of the funds block: its totals are the money of the whole department or of the project."""
    is_rate = column.kind is ColumnKind.RATE
    if (is_rate and "执行率" not in column.title) or (light.is_project and not light.project):
        return _Fact()
    if row.kind is RowKind.TOTAL or _is_year(row.label):
        money = light.project or "支出合计"
        return _Fact((f"{light.project}执行率" if light.project else "预算执行率") if is_rate else money)
    if is_rate:
        return _Fact()
    if light.is_project:
        return _Fact(f"{light.project}{plain(row.label)}")
    return _Fact(row.label, of=row.path[-2] if len(row.path) > 1 else "整体资金来源")


def _is_year(label: str) -> bool:
    """Whether a row is called by its year only (年度 | 年初预算 …)."""
    said = meaning_of(label)
    return said is not None and said.year is not None and not said.stage


def _stage(column: Column, light: Light) -> Stage:
    if column.kind is ColumnKind.VALUE:
        if column.stage is Stage.NONE and column.unit_name in UNITS and UNITS[column.unit_name].kind is UnitKind.MONEY:
            return unsaid_stage(light.context)
        return column.stage
    return _STAGES.get(column.kind, Stage.NONE)


def lists_organisations(columns: tuple[Column, ...], rows: tuple[Row, ...]) -> bool:
    """Whether rows are organisations: by the heading of their labels and a row that stands for all or two of them."""
    labels = [column for column in columns if column.kind is ColumnKind.LABEL]
    named = bool(labels) and is_organisation_heading(labels[0].path)
    return named and not any(row_kind_of(row.label) is RowKind.PART for row in rows)
