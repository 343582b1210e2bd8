"""体检报告: all findings of one bureau-year, in order, counted by verdict."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from rongji.checks.causes import grouped
from rongji.checks.registry import check_named, registered
from rongji.checks.situation import Situation
from rongji.kernel.bureau_year import BureauYear
from rongji.kernel.figure import Figure
from rongji.kernel.finding import VERDICT_LABELS, Finding, Verdict
from rongji.kernel.quantity import Quantity
from rongji.law.loader import lawbook
from rongji.law.model import Lawbook

ORDER = (Verdict.CONTRADICTION, Verdict.DEFECT, Verdict.QUESTION, Verdict.ROUNDING, Verdict.HOLDS)


@dataclass(frozen=True)
class CheckReport:
    """What the checks found in one bureau-year: gravest first, each verdict in the order of the checks."""

    bureau: str
    name: str
    year: int
    findings: tuple[Finding, ...]

    @cached_property
    def counts(self) -> Mapping[Verdict, int]:
        """How many findings of each verdict, zeros included."""
        counted = Counter(item.verdict for item in self.findings)
        return {verdict: counted[verdict] for verdict in ORDER}

    @property
    def trouble(self) -> tuple[Finding, ...]:
        """Contradictions and defects: what must be dealt with before the report goes out."""
        return tuple(item for item in self.findings if item.is_trouble)

    @property
    def is_clean(self) -> bool:
        """Whether nothing contradicts and nothing is missing; questions may remain."""
        return not self.trouble

    def of(self, verdict: Verdict) -> tuple[Finding, ...]:
        """The findings of one verdict."""
        return tuple(item for item in self.findings if item.verdict is verdict)

    def with_findings(self, more: Iterable[Finding]) -> "CheckReport":
        """The report with findings of other rooms sorted in (objectives, monitoring)."""
        ordered = sorted((*self.findings, *more), key=lambda item: ORDER.index(item.verdict))
        return replace(self, findings=tuple(ordered))

    def as_json(self) -> dict[str, Any]:
        """The report as JSON with numbers as decimal strings."""
        return {
            "bureau": self.bureau,
            "name": self.name,
            "year": self.year,
            "clean": self.is_clean,
            "counts": {verdict.value: count for verdict, count in self.counts.items()},
            "findings": [finding_json(item) for item in self.findings],
        }


def check_year(
    year: BureauYear, *, law: Lawbook | None = None, on: date | None = None, known_on: date | None = None
) -> CheckReport:
    """Every check over one bureau-year.

    As of: `on` is the day of the evaluation, by default the last day of the year after the budget year; `known_on`
    limits which publications count, by default the same day.
    """
    day = on or date(year.year + 1, 12, 31)
    situation = Situation(year, law or lawbook(), day, known_on or day)
    findings = grouped(tuple(run(situation)))
    ordered = sorted(findings, key=lambda item: ORDER.index(item.verdict))
    return CheckReport(year.bureau, year.name, year.year, tuple(ordered))


def run(situation: Situation) -> Iterator[Finding]:
    """The findings of every registered check, in order of registration."""
    for item in registered():
        yield from item.findings(situation)


def finding_json(finding: Finding) -> dict[str, Any]:
    """One finding as JSON."""
    check = check_named(finding.check)
    return {
        "check": finding.check,
        "title": check.title if check else "",
        "basis": check.basis if check else "",
        "verdict": finding.verdict.value,
        "verdict_label": VERDICT_LABELS[finding.verdict],
        "subject": finding.subject,
        "explanation": finding.explanation,
        "stated": _quantity_json(finding.stated),
        "computed": _quantity_json(finding.computed),
        "difference": _number(finding.difference),
        "tolerance": _number(finding.tolerance),
        "figures": [_figure_json(item) for item in finding.figures],
        "remedy": finding.remedy,
        "group": finding.group,
        "proposal": finding.proposal,
    }


def _figure_json(figure: Figure) -> dict[str, Any]:
    return {
        "key": str(figure.key),
        "label": figure.full_label,
        "value": str(figure.quantity.value) if figure.quantity else None,
        "unit": figure.quantity.unit_name if figure.quantity else None,
        "printed": figure.printed,
        "statement": figure.statement,
        "place": figure.source.place,
    }


def _quantity_json(quantity: Quantity | None) -> dict[str, str] | None:
    return {"value": quantity.shown(), "unit": quantity.unit_name} if quantity else None


def _number(value: Any) -> str | None:
    return None if value is None else f"{value:f}"
