"""Reads the record sheets whose rows become plain records of the bureau-year."""

from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar

from rongji.kernel.bureau_year import (
    Direction,
    EvidenceFacts,
    GoalFacts,
    IndicatorFacts,
    ProblemFacts,
    ProjectFacts,
    SignatoryFacts,
    TextFacts,
    UnitFacts,
)
from rongji.kernel.figure import Figure, FigureKey
from rongji.performance.workbook.figures import Draft, figure_label, figures_of_row
from rongji.performance.workbook.headers import BoundSheet
from rongji.performance.workbook.layout import closest
from rongji.performance.workbook.reading import Reading, RowReader


class Coded(Protocol):
    """A record with a code."""

    @property
    def code(self) -> str:
        """Its code, unique on its sheet."""


Record = TypeVar("Record")
CodedRecord = TypeVar("CodedRecord", bound=Coded)


def rows_of(reading: Reading, bound: BoundSheet | None) -> Iterator[RowReader]:
    """Every data row of a sheet; none when the sheet is absent."""
    for raw in bound.rows if bound else ():
        yield RowReader(reading, bound, raw)  # type: ignore[arg-type]


def read_coded(
    reading: Reading, bound: BoundSheet | None, build: Callable[[RowReader], CodedRecord]
) -> tuple[CodedRecord, ...]:
    """The records of a sheet, each code only once."""
    found: dict[str, CodedRecord] = {}
    for row in rows_of(reading, bound):
        record = build(row)
        if record.code in found:
            row.error("code", f"编码“{record.code}”重复了", "请改为不同的编码，或删除重复的行")
        elif record.code:
            found[record.code] = record
    return tuple(found.values())


def unit_record(row: RowReader) -> UnitFacts:
    """One unit."""
    return UnitFacts(
        code=row.code(),
        name=row.text("name"),
        is_bureau_proper=row.yes("is_bureau_proper", default=False),
        keeps_own_accounts=row.yes("keeps_own_accounts", default=True),
        note=row.text("note"),
        place=row.place,
    )


def evidence_record(row: RowReader) -> EvidenceFacts:
    """One piece of evidence, with the name of the file that is to be attached."""
    title, kind, file_name = row.text("title"), row.text("kind"), row.text("file_name")
    return EvidenceFacts(code=row.code(), title=title, kind=kind, file_name=file_name)


def project_record(row: RowReader) -> ProjectFacts:
    """One project, without its amounts."""
    return ProjectFacts(
        code=row.code(),
        name=row.text("name"),
        category=row.text("category"),
        owner=row.text("owner"),
        purpose=row.text("purpose"),
        place=row.place,
    )


def project_figures(row: RowReader, code: str) -> list[Figure]:
    """The amounts of one project."""
    drafts = []
    for column in row.bound.sheet.columns:
        if not column.concept:
            continue
        key = FigureKey(column.concept, column.stage, member=f"{column.axis}:{code}")
        stated = row.number(column.id, column.unit)
        if stated:
            drafts.append(Draft(key, figure_label(row.reading, key), column, stated))
    return figures_of_row(row, drafts)


def goal_record(row: RowReader) -> GoalFacts:
    """One goal, task, duty or project target."""
    return GoalFacts(
        code=row.code(),
        kind=row.choice("kind"),
        expected=row.text("expected"),
        result=row.text("result"),
        completion=row.quantity("completion", row.bound.sheet.column("completion").unit),
        target_type=row.text("target_type"),
        project=row.known("project", row.reading.projects, "项目"),
        place=row.place,
    )


def indicator_record(row: RowReader) -> IndicatorFacts:
    """One row of the indicator table."""
    direction = Direction(row.choice("direction") or Direction.QUALITATIVE)
    unit_name = row.unit_name()
    counts = direction is not Direction.QUALITATIVE
    target, target_text = row.quantity_or_text("target", unit_name, must_count=counts)
    actual, actual_text = row.quantity_or_text("actual", unit_name, must_count=counts)
    columns = row.bound.sheet
    return IndicatorFacts(
        code=row.code(),
        level1=row.text("level1"),
        level2=row.text("level2"),
        name=row.text("name"),
        direction=direction,
        unit_name=unit_name,
        target=target,
        target_upper=row.quantity("target_upper", unit_name) if unit_name else None,
        target_text=target_text,
        actual=actual,
        actual_text=actual_text,
        weight=row.quantity("weight", columns.column("weight").unit),
        stated_score=row.quantity("stated_score", columns.column("stated_score").unit),
        tier=row.choice("tier"),
        share=row.quantity("share", columns.column("share").unit),
        formula=_formula(row),
        reason=row.text("reason"),
        evidence=tuple(code for _, code in row.evidence()),
        project=row.known("project", row.reading.projects, "项目"),
        parent=row.text("parent"),
        money=row.quantity("money", columns.column("money").unit),
        place=row.place,
    )


def _formula(row: RowReader) -> str:
    text = row.text("formula")
    known = row.reading.vocabulary.formulas
    if text and known and text not in known:
        near = closest(text, known)
        hint = f"是否为“{near}”？" if near else f"可用：{'、'.join(known)}"
        row.error("formula", f"没有编号为“{text}”的计算公式", hint)
    return text


def text_record(row: RowReader) -> TextFacts:
    """One narrative section."""
    return TextFacts(code=row.code(), title=row.text("title"), body=row.text("body"), place=row.place)


def problem_record(row: RowReader) -> ProblemFacts:
    """One problem, measure or suggestion."""
    return ProblemFacts(
        code=row.code(),
        kind=row.choice("kind"),
        text=row.text("text"),
        answers=row.text("answers"),
        owner=row.text("owner"),
        due=row.text("due"),
        place=row.place,
    )


def signatory_record(row: RowReader) -> SignatoryFacts:
    """One member of the evaluation group."""
    return SignatoryFacts(
        name=row.text("name"),
        post=row.text("post"),
        organisation=row.text("organisation"),
        role=row.choice("role") or "member",
    )


def check_references(
    reading: Reading, bound: BoundSheet | None, column_id: str, codes: set[str], *, itself: str = ""
) -> None:
    """Every code in a column must be a code of the same sheet (and not the row itself)."""
    for row in rows_of(reading, bound):
        code = row.text(column_id)
        if code and code not in codes:
            row.error(column_id, f"“{code}”不在本表的编码中", "请填本表已有的编码，或留空")
        elif code and itself and code == row.text(itself):
            row.error(column_id, f"“{code}”指向了自己", "请填上级的编码，或留空")
