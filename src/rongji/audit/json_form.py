"""The audit of a file as JSON: every relation looked at, numbers as decimal strings, null for what is absent."""

from decimal import Decimal
from typing import Any

from rongji.audit.marks import Mark, marks_of, words_of
from rongji.audit.report import ORDER, AuditedFile, Claim
from rongji.checks.registry import check_named
from rongji.kernel.finding import Finding
from rongji.kernel.quantity import Quantity

Entry = dict[str, Any]


def entry_of(audited: AuditedFile, name: str = "") -> Entry:
    """One file. name: what it is called in the answer, by default its own name."""
    counts = {verdict.value: audited.counts[verdict] for verdict in ORDER}
    stated = audited.stated
    return {
        "file": name or audited.file,
        "kind": audited.kind or None,
        "title": (stated.title if stated else "") or None,
        "organisation": (stated.organisation if stated else "") or None,
        "year": stated.year if stated else None,
        "error": audited.refusal or None,
        "notes": list(audited.notes),
        "claims": [claim_json(item) for item in audited.claims],
        "summary": {**counts, "claims": len(audited.claims)},
    }


def claim_json(claim: Claim) -> dict[str, Any]:
    """One relation with its verdict, places and arithmetic."""
    finding = claim.finding
    return {
        "id": claim.id,
        "check": finding.check,
        "title": title_of(finding),
        "verdict": finding.verdict.value,
        "where": [_where(mark) for mark in marks_of(finding)],
        "stated": _quantity(finding.stated),
        "computed": _quantity(finding.computed),
        "difference": _decimal(finding.difference),
        "tolerance": _decimal(finding.tolerance),
        "explanation": finding.explanation,
        "remedy": finding.remedy or None,
        "group": finding.group or None,
        "proposal": finding.proposal or None,
    }


def title_of(finding: Finding) -> str:
    """What the check behind a finding is called."""
    check = check_named(finding.check)
    return check.title if check else finding.check


def _where(mark: Mark) -> dict[str, Any]:
    place = mark.place
    return {
        "line": place.line,
        "page": place.page,
        "box": list(place.box) if place.box else None,
        "sheet": place.sheet or None,
        "cell": place.cell or None,
        "paragraph": place.paragraph,
        "table": place.table,
        "row": place.row,
        "column": place.column,
        "span": list(place.span) if place.span else None,
        "text": mark.text,
        "label": mark.label or None,
        "place": words_of(place),
    }


def _quantity(quantity: Quantity | None) -> dict[str, str] | None:
    return {"value": quantity.shown(), "unit": quantity.unit_name} if quantity else None


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
