"""A whole self-evaluation: every row scored and explained, the gates, the total and the grade."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from rongji.kernel.bureau_year import BureauYear, IndicatorFacts
from rongji.kernel.quantity import half_up
from rongji.kernel.refusal import Refusal
from rongji.law.formulas import IndicatorFormula, formulas
from rongji.law.loader import lawbook
from rongji.law.model import Act, Lawbook, Row
from rongji.law.schemes import GRADE_BANDS, ScoreScheme, scheme
from rongji.law.shapes.scheme import ScoredBy
from rongji.law.values import as_of
from rongji.rules.rule import rule
from rongji.rules.scoring.grade import grade_of
from rongji.rules.scoring.row_gates import evidence_gates
from rongji.rules.scoring.score_execution import score_execution
from rongji.rules.scoring.score_row import RowResult, score_row
from rongji.rules.scoring.settle import SettledRow, duplicate_gates, projects_with_tables, settled_rows
from rongji.rules.scoring.types import Evaluation, Gate, ScoredRow
from rongji.rules.scoring.weights import weight_gates

REGION_KEY = "area_code"
DAY_KEY = "document_on"


class UnknownProject(Refusal):
    """A project that the year does not list."""

    code = "unknown-project"
    sentence = "{year} 年度没有编码为“{project}”的项目，现有：{known}。请核对项目编码。"
    status = 404


@rule(id="scoring.evaluation", cites=("mof-2020-10",))
def evaluate(
    year: BureauYear,
    *,
    scheme: ScoreScheme,
    bands: Row,
    formulas: Mapping[str, IndicatorFormula],
    acts: Mapping[str, Act] | None = None,
    project: str = "",
) -> Evaluation:
    """绩效自评: score every row, hold the result against the gates, add up, grade.

    Unit: 分. Rounding: each row once, half up to the scheme's places; the total is the sum of the rounded rows.
    A year that fails a gate gets a provisional total without a grade and the list of what is missing.
    project: the project's own table and money instead of the department's.
    Does not cover: contradictions between figures (the checks) and the bureau's own total, which is never an input.
    """
    acts = acts or {}
    rows = settled_rows(year, scheme.tiers, scheme.aggregation, formulas, project)
    typed, scored = _split(rows, scheme)
    execution = score_execution(year, scheme, acts, typed, project)
    results = [*([execution] if execution else []), *(score_row(row, scheme, acts) for row in scored)]
    closing = weight_gates(scored, None if project else year, scheme)
    gates = _gates(year, scheme, scored, closing, results)
    total = half_up(_sum([result.row for result in results]), scheme.rounding.total_places)
    return Evaluation(
        bureau=year.bureau,
        name=_name(year, project),
        year=year.year,
        scheme=scheme.id,
        scheme_label=scheme.label,
        final=not gates,
        total=total,
        weight_total=sum((result.row.weight or Decimal(0) for result in results), Decimal(0)),
        grade=None if gates else grade_of(total, bands.value),
        grade_act=bands.act,
        trust=scheme.weakest.value,
        rows=tuple(result.row for result in results),
        gates=gates,
        remarks=tuple(remark for result in results for remark in result.remarks),
        project=project,
    )


def evaluate_under_law(
    year: BureauYear,
    *,
    on: date,
    known_on: date,
    scheme_id: str = "",
    project: str = "",
    law: Lawbook | None = None,
) -> Evaluation:
    """Evaluate with the law as of `on`, as known on `known_on`. scheme_id: instead of the year's own scheme.

    Raises: UnknownScheme, UnknownProject, NoValueInForce.
    """
    if project and project not in {item.code for item in year.projects}:
        known = "、".join(item.code for item in year.projects) or "（没有登记项目）"
        raise UnknownProject(year=year.year, project=project, known=known)
    book, region = law or lawbook(), year.profile.get(REGION_KEY, "")
    in_force = formulas(on=on, known_on=known_on, region=region, law=book)
    return evaluate(
        year,
        scheme=scheme(scheme_id or year.scheme, on=on, known_on=known_on, region=region, law=book),
        bands=as_of(GRADE_BANDS, on=on, known_on=known_on, region=region, law=book, form="continuous"),
        formulas={formula.id: formula for formula in in_force},
        acts=book.acts,
        project=project,
    )


def evaluate_projects(
    year: BureauYear, *, on: date, known_on: date, scheme_id: str = "", law: Lawbook | None = None
) -> dict[str, Evaluation]:
    """One evaluation for each project that has indicator rows of its own, by project code.

    Raises: UnknownScheme, NoValueInForce.
    """
    days = {"on": on, "known_on": known_on}
    listed = {item.code for item in year.projects}
    return {
        code: evaluate_under_law(year, **days, scheme_id=scheme_id, project=code, law=law)
        for code in projects_with_tables(year)
        if code in listed
    }


def evaluation_day(year: BureauYear, today: date) -> date:
    """The day whose law applies: that of the report where the bureau dated it, else today."""
    try:
        return date.fromisoformat(year.profile.get(DAY_KEY, ""))
    except ValueError:
        return today


def _split(rows: Sequence[SettledRow], scheme: ScoreScheme) -> tuple[IndicatorFacts | None, list[SettledRow]]:
    """The bureau's own row for execution, if it typed one, and all others."""
    own = [row for row in rows if _is_execution(row, scheme)]
    return (own[0].facts if own else None), [row for row in rows if not _is_execution(row, scheme)]


def _is_execution(row: SettledRow, scheme: ScoreScheme) -> bool:
    block = scheme.block_named(row.facts.level1)
    return block is not None and block.scored_by is ScoredBy.EXECUTION


def _name(year: BureauYear, project: str) -> str:
    if not project:
        return year.name
    return next((item.name for item in year.projects if item.code == project), project)


def _gates(
    year: BureauYear,
    scheme: ScoreScheme,
    rows: Sequence[SettledRow],
    closing: Sequence[Gate],
    results: Sequence[RowResult],
) -> tuple[Gate, ...]:
    """Weights first, then row by row; each sentence once."""
    registered = {item.code: item for item in year.evidence}
    found = [*closing, *duplicate_gates(year.indicators)]
    by_row = [gate for result in results for gate in result.gates]
    evidence = [gate for row in rows for gate in evidence_gates(row, registered, scheme)]
    return tuple(dict.fromkeys((*found, *by_row, *evidence)))


def _sum(rows: Sequence[ScoredRow]) -> Decimal:
    return sum((row.score or Decimal(0) for row in rows), Decimal(0))
