"""What a report is made from, and whether a form fits what the bureau has stated."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rongji.kernel.bureau_year import BureauYear
from rongji.kernel.figure import Stage
from rongji.kernel.finding import Finding
from rongji.law.model import Lawbook
from rongji.performance.workbook.layout import Layout, Sheet, SheetKind, load_layout
from rongji.reports.form import Each, Form
from rongji.reports.records import COLLECTIONS, Records
from rongji.reports.refusals import FormDoesNotFit
from rongji.rules.scoring.types import Evaluation


@dataclass(frozen=True)
class Sources:
    """One bureau-year with everything computed from it.

    projects: evaluation of each project with indicators of its own, by code. prior: the year before, if it is known.
    """

    year: BureauYear
    book: Lawbook
    evaluation: Evaluation | None = None
    findings: tuple[Finding, ...] = ()
    prior: BureauYear | None = None
    projects: Mapping[str, Evaluation] = field(default_factory=dict)


def missing_sheets(form: Form, records: Records, layout: Layout | None = None) -> tuple[str, ...]:
    """Titles of the sheets that the form needs and the bureau left empty."""
    return tuple(_title(name, layout) for name in form.requires if not _has(name, records, layout))


def require_fit(form: Form, records: Records) -> None:
    """Refuse a form that would print empty tables.

    Raises: FormDoesNotFit.
    """
    missing = missing_sheets(form, records)
    if missing:
        raise FormDoesNotFit(label=form.label, missing="、".join(f"“{title}”" for title in missing))


def _has(name: str, records: Records, layout: Layout | None) -> bool:
    if name in COLLECTIONS:
        return bool(records.of(Each(name)))
    sheet = _sheet(name, layout)
    return sheet is not None and _states_anything(sheet, records.year)


def _states_anything(sheet: Sheet, year: BureauYear) -> bool:
    if sheet.kind is not SheetKind.MATRIX:
        return bool(getattr(year, sheet.into, ()) or (sheet.kind is SheetKind.PAIRS and year.profile))
    wanted = _facts_of(sheet)
    return any((item.key.concept, item.key.stage) in wanted for item in year.figures if item.quantity is not None)


def _facts_of(sheet: Sheet) -> set[tuple[str, Stage]]:
    """The concept and stage of every cell that a matrix sheet can hold."""
    rows = [(item.concept, item.stage) for item in sheet.items] or [("", Stage.NONE)]
    return {(column.concept or concept, column.stage or stage) for column in sheet.columns for concept, stage in rows}


def _sheet(name: str, layout: Layout | None) -> Sheet | None:
    return next((sheet for sheet in (layout or load_layout()).sheets if sheet.id == name), None)


def _title(name: str, layout: Layout | None) -> str:
    sheet = _sheet(name, layout)
    return sheet.title if sheet else {"comparison": "上年数", "project_indicators": "项目绩效指标"}.get(name, name)
