"""Puts together what a report is made from: evaluation, evaluations of the projects, check findings. Pure."""

from datetime import date

from rongji.checks import check_year
from rongji.kernel.bureau_year import BureauYear
from rongji.law.loader import lawbook
from rongji.law.model import Lawbook
from rongji.reports.sources import Sources
from rongji.rules.scoring.evaluate import evaluate_projects, evaluate_under_law, evaluation_day


def gather_sources(
    year: BureauYear, *, on: date, known_on: date, prior: BureauYear | None = None, law: Lawbook | None = None
) -> Sources:
    """One bureau-year with its evaluation and findings under the law of the evaluation day, as known on `known_on`.

    The evaluation day is the day of the document where the year names one, else `on`.

    Raises: UnknownScheme, NoValueInForce.
    """
    book = law or lawbook()
    on = evaluation_day(year, on)
    return Sources(
        year=year,
        book=book,
        evaluation=evaluate_under_law(year, on=on, known_on=known_on, law=book) if year.scheme else None,
        findings=check_year(year, law=book, on=on, known_on=known_on).findings,
        prior=prior,
        projects=evaluate_projects(year, on=on, known_on=known_on, law=book) if year.scheme else {},
    )
