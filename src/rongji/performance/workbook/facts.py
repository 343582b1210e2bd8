"""Reads the bureau's own facts (业务数据) and the further statements of facts already in the tables (文中复述)."""

from rongji.kernel.bureau_year import DeclaredConcept
from rongji.kernel.figure import Figure, FigureKey, UnreadableKey
from rongji.kernel.units import UnitKind, unit
from rongji.performance.workbook.figures import FACT_PREFIX, Draft, figure_label, figures_of_row, may_be_negative
from rongji.performance.workbook.headers import BoundSheet
from rongji.performance.workbook.layout import Column
from rongji.performance.workbook.reading import Reading, RowReader
from rongji.performance.workbook.records import read_coded, rows_of

_REFERENCES = ("part_of", "numerator", "denominator")


def read_facts(reading: Reading, bound: BoundSheet | None) -> tuple[tuple[DeclaredConcept, ...], list[Figure]]:
    """The declared concepts and their figures; references between them are resolved to keys."""
    reading.facts.update({row.cell("code").text: row.cell("label").text for row in rows_of(reading, bound)})
    figures: list[Figure] = []
    concepts = read_coded(reading, bound, _concept)
    known = {concept.code: concept for concept in concepts}
    for row in rows_of(reading, bound):
        concept = known.pop(row.cell("code").text, None)
        if concept:
            figures += _fact_figures(row, concept)
    return concepts, figures


def _concept(row: RowReader) -> DeclaredConcept:
    references = {name: _reference(row, name) for name in _REFERENCES}
    return DeclaredConcept(
        code=row.code(),
        label=row.text("label"),
        unit_name=row.unit_name(),
        period=row.text("period"),
        complete=row.yes("complete", default=False),
        topic=row.text("topic"),
        **references,
    )


def _reference(row: RowReader, column_id: str) -> str:
    """A key: a fact's code becomes `fact.<code>`, a key of the catalogue stays."""
    text = row.text(column_id)
    if not text:
        return ""
    if text in row.reading.facts:
        return f"{FACT_PREFIX}{text}"
    key = read_key(row, column_id, text)
    return str(key) if key else ""


def read_key(row: RowReader, column_id: str, text: str) -> FigureKey | None:
    """The key in a cell, its concept, unit and project known; None after noting what is wrong."""
    try:
        key = FigureKey.parse(text)
    except UnreadableKey as refusal:
        row.error(column_id, str(refusal).rstrip("。"), "请照“数据编号”的写法改正，如 expenditure.total:actual")
        return None
    reading = row.reading
    own = key.concept.removeprefix(FACT_PREFIX)
    is_own = key.concept.startswith(FACT_PREFIX) and own in reading.facts
    if not is_own and key.concept not in reading.vocabulary.concepts:
        row.error(column_id, f"没有“{key.concept}”这项数据", "请填业务数据的编码，或系统数据编号")
        return None
    if key.unit and key.unit not in reading.units:
        row.error(column_id, f"机构“{key.unit}”没有在工作表“机构”中登记", "请改为已登记的机构编码")
        return None
    axis, _, code = key.member.partition(":")
    if axis == "project" and code not in reading.projects:
        row.error(column_id, f"项目“{code}”没有在工作表“项目”中登记", "请改为已登记的项目编码")
        return None
    return key


def _fact_figures(row: RowReader, concept: DeclaredConcept) -> list[Figure]:
    column = next(item for item in row.bound.sheet.columns if item.is_figure)
    if not concept.unit_name:
        return []
    draft = _draft(row, column, FigureKey(f"{FACT_PREFIX}{concept.code}"), concept.unit_name, "form")
    return figures_of_row(row, [draft]) if draft else []


def _draft(row: RowReader, column: Column, key: FigureKey, unit_name: str, statement: str) -> Draft | None:
    is_change = unit(unit_name).kind is UnitKind.RATIO
    stated = row.number(column.id, unit_name, may_be_negative=may_be_negative(key) or is_change)
    if stated is None:
        return None
    return Draft(key, figure_label(row.reading, key), column, stated, statement, row.choice("vague"))


def read_statements(reading: Reading, bound: BoundSheet | None) -> list[Figure]:
    """Further printings of facts, each with where it stands."""
    figures: list[Figure] = []
    seen: set[tuple[FigureKey, str]] = set()
    for row in rows_of(reading, bound):
        figure = _statement(row)
        if figure is None:
            continue
        if (figure.key, figure.statement) in seen:
            row.error(
                "statement",
                f"“{figure.key}”在“{figure.statement}”处已填过",
                "同一处只填一次；确有两处的请写明各自位置",
            )
        seen.add((figure.key, figure.statement))
        figures.append(figure)
    return figures


def _statement(row: RowReader) -> Figure | None:
    text, unit_name, statement = row.text("key"), row.unit_name(), row.text("statement")
    if text in row.reading.facts:
        text = f"{FACT_PREFIX}{text}"
    key = read_key(row, "key", text) if text else None
    if key is None or not unit_name or not statement:
        return None
    concept = row.reading.vocabulary.concepts.get(key.concept)
    if concept and not unit(concept.unit).is_comparable_with(unit(unit_name)):
        row.error(
            "unit_name", f"“{concept.label}”以“{concept.unit}”计，不能用“{unit_name}”", "请核对数据编号和计量单位"
        )
        return None
    draft = _draft(row, row.bound.sheet.column("value"), key, unit_name, statement)
    return figures_of_row(row, [draft])[0] if draft else None
