"""Puts together what a report is made from: evaluation, evaluations of the projects, check findings. Pure."""

from dataclasses import replace
from datetime import date

from rongji.checks import check_year
from rongji.kernel.bureau_year import BureauYear
from rongji.kernel.figure import Figure, FigureKey, FigureSet, Stage
from rongji.law.loader import lawbook
from rongji.law.model import Lawbook
from rongji.reports.sources import Sources
from rongji.rules.scoring.evaluate import evaluate_under_law
from rongji.rules.scoring.types import Evaluation

_MONEY_STAGES = (Stage.INITIAL, Stage.ADJUSTED, Stage.ACTUAL)


def gather_sources(
    year: BureauYear, *, on: date, known_on: date, prior: BureauYear | None = None, law: Lawbook | None = None
) -> Sources:
    """One bureau-year with its evaluation and findings under the law as of `on`, as known on `known_on`.

    Raises: UnknownScheme, NoValueInForce.
    """
    book = law or lawbook()
    return Sources(
        year=year,
        book=book,
        evaluation=_evaluation(year, on, known_on, book),
        findings=check_year(year, law=book, on=on, known_on=known_on).findings,
        prior=prior,
        projects=_project_evaluations(year, on, known_on, book),
    )


def _evaluation(year: BureauYear, on: date, known_on: date, book: Lawbook) -> Evaluation | None:
    if not year.scheme:
        return None
    own = replace(year, indicators=tuple(row for row in year.indicators if not row.project)) if _both(year) else year
    return evaluate_under_law(own, on=on, known_on=known_on, law=book)


def _both(year: BureauYear) -> bool:
    """Whether the department has rows of its own beside those of its projects."""
    return any(row.project for row in year.indicators) and any(not row.project for row in year.indicators)


def _project_evaluations(year: BureauYear, on: date, known_on: date, book: Lawbook) -> dict[str, Evaluation]:
    codes = dict.fromkeys(row.project for row in year.indicators if row.project)
    return {
        code: evaluate_under_law(project_year(year, code), on=on, known_on=known_on, law=book)
        for code in codes
        if year.scheme
    }


def project_year(year: BureauYear, code: str) -> BureauYear:
    """One project looked at as if it were the whole: its own indicators, its own money as the expenditure."""
    rows = tuple(row for row in year.indicators if row.project == code)
    return replace(year, indicators=rows, figures=FigureSet(_project_money(year, code)))


def _project_money(year: BureauYear, code: str) -> tuple[Figure, ...]:
    found = []
    for stage in _MONEY_STAGES:
        figure = year.figures.get(FigureKey("expenditure.project", stage, "", f"project:{code}"))
        if figure is not None:
            found.append(replace(figure, key=FigureKey("expenditure.total", stage)))
    return tuple(found)
