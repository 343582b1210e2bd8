"""What every page of a bureau-year has before it: its standing, its sources and the report as it would be now."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rongji.accounts.types import Actor
from rongji.kernel.bureau_year import BureauYear
from rongji.kernel.figure import Figure, FigureKey
from rongji.kernel.finding import Finding, Verdict
from rongji.performance.selectors import year_summary
from rongji.performance.types import YearSummary
from rongji.reports.build import Report, build_report
from rongji.reports.figures import is_scored
from rongji.reports.form import Form
from rongji.reports.form_reader import find_form, load_forms
from rongji.reports.readiness import Readiness, readiness_of
from rongji.reports.selectors import current_sources, fitting_forms
from rongji.reports.sources import Sources
from rongji.web.menu import YearPage

RATES = tuple(FigureKey.parse(text) for text in ("evaluation.execution_rate", "expenditure.total:rate"))
_OFFICE = "退役军人事务局"


@dataclass(frozen=True)
class Desk:
    """One bureau-year as its pages see it. report: None while no form fits what is stated."""

    actor: Actor
    summary: YearSummary
    sources: Sources
    report: Report | None

    @property
    def facts(self) -> BureauYear:
        """What the bureau states."""
        return self.sources.year

    @property
    def form(self) -> str:
        """The form in which the report is previewed."""
        return self.report.form.id if self.report else ""

    @cached_property
    def readiness(self) -> Readiness:
        """What the report still needs."""
        return readiness_of(self.sources, self.report)

    @property
    def is_scored(self) -> bool:
        """Whether any indicator carries points; without one the total would be the execution score alone."""
        return is_scored(self.sources.evaluation)

    @property
    def rate(self) -> Figure | None:
        """The execution rate, as far as the figures give one."""
        return next((found for key in RATES if (found := self.figure(key))), None)

    def figure(self, key: FigureKey) -> Figure | None:
        """A figure as the report would print it, else as it is stated."""
        figures = self.report.figures if self.report else self.facts.figures
        return figures.get(key)

    def of(self, verdict: Verdict) -> tuple[Finding, ...]:
        """The findings of one verdict."""
        return tuple(item for item in self.sources.findings if item.verdict is verdict)

    @property
    def contradictions(self) -> int:
        """How many contradictions the figures hold."""
        return len(self.of(Verdict.CONTRADICTION))

    @property
    def defects(self) -> int:
        """How many requirements are not met."""
        return len(self.of(Verdict.DEFECT))

    def context(self, **more: Any) -> dict[str, Any]:
        """What the templates of every year page need."""
        page = YearPage(self.summary.bureau, self.summary.year, f"{short_name(self.summary.name)} {self.summary.year}")
        return {"year_page": page, "summary": self.summary, "desk": self, "form": self.form, **more}


def open_desk(actor: Actor, bureau: str, year: int, form: str = "") -> Desk:
    """The desk of one bureau-year; without a form, the bureau's own, else the first that fits.

    Raises: YearUnknown, NotAllowed, NoSuchForm, FormDoesNotFit.
    """
    summary = year_summary(actor, bureau, year)
    sources = current_sources(actor=actor, bureau=bureau, year=year)
    forms = load_forms()
    chosen = find_form(form, forms) if form else usual_form(sources.year)
    report = build_report(sources, chosen, forms, dated_on=actor.day) if chosen else None
    return Desk(actor, summary, sources, report)


def usual_form(facts: BureauYear) -> Form | None:
    """The form that the bureau names, if it fits; else the first that does."""
    fitting = [form for form, missing in fitting_forms(facts) if not missing]
    own = facts.profile.get("form", "")
    return next((form for form in fitting if form.id == own), fitting[0] if fitting else None)


def short_name(name: str) -> str:
    """The bureau without the long name of its office, as lists and menus show it."""
    return name.replace(_OFFICE, "", 1) or name
