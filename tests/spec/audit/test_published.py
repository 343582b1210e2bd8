"""Two published reports, every relation between their figures judged by hand: the audit says the same.

The reports themselves stay outside the project; where they lie beside it (`../shared/seeds`) they are audited as they
are, and everywhere a retelling with the same figures in the same layout is (`published/`).
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from rongji.audit.report import AuditedFile
from rongji.audit.run import audit_path
from rongji.kernel.finding import Finding, Verdict

HERE = Path(__file__).parent
SEEDS = HERE.parents[3] / "shared" / "seeds"
RETOLD = HERE / "published"


def reports() -> Iterator[tuple[str, Path]]:
    """Each list of relations with each printing of its report that is at hand."""
    for path in sorted(HERE.glob("relations_*.yaml")):
        number = path.stem.removeprefix("relations_")
        for folder in (RETOLD, SEEDS):
            yield from ((number, found) for found in sorted(folder.glob(f"{number}_*.txt")))


def cases() -> Iterator[object]:
    """One test for each relation in each printing."""
    for number, path in reports():
        for relation in listed(number):
            yield pytest.param(path, relation, id=f"{number}-{path.parent.name}-{relation['of']}")


def listed(number: str) -> list[dict]:
    """The relations that a careful reader sees in that report."""
    return yaml.safe_load((HERE / f"relations_{number}.yaml").read_text(encoding="utf-8"))["relations"]


_AUDITED: dict[Path, AuditedFile] = {}


def audited(path: Path) -> AuditedFile:
    """The audit of a report, made once."""
    if path not in _AUDITED:
        _AUDITED[path] = audit_path(path)
    return _AUDITED[path]


def values(finding: Finding) -> Counter[Decimal]:
    """The numbers that a finding is about, as printed."""
    return Counter(item.quantity.value.normalize() for item in finding.figures if item.quantity)


def printed(finding: Finding) -> set[str]:
    """The stretches of text that a finding points at, without white space."""
    texts = (*(item.printed for item in finding.figures), *(spot.text for spot in finding.spots))
    return {"".join(text.split()) for text in texts}


def matches(finding: Finding, relation: dict) -> bool:
    """Whether a finding is about that relation."""
    if "printed" in relation:
        return any("".join(relation["printed"].split()) in text for text in printed(finding))
    if relation.get("list"):
        return "list" in finding.check and finding.stated is not None and str(finding.stated.value) == "3"
    if "figures_contain" in relation:
        wanted = Counter(Decimal(text).normalize() for text in relation["figures_contain"])
        return relation["check_about"] in finding.check and wanted <= values(finding)
    return values(finding) == Counter(Decimal(text).normalize() for text in relation["figures"])


def allowed(relation: dict) -> set[Verdict]:
    """The verdicts that are right for a relation."""
    verdict = relation["verdict"]
    return {Verdict(item) for item in (verdict if isinstance(verdict, list) else [verdict])}


def test_the_lists_are_at_hand():
    assert {number for number, _ in reports()} == {"000", "001"}


@pytest.mark.parametrize(("path", "relation"), list(cases()))
def test_the_audit_says_what_a_careful_reader_says(path: Path, relation: dict):
    found = [item.finding for item in audited(path).claims if matches(item.finding, relation)]
    assert found, f"not looked at: {relation['of']}"
    right = [item for item in found if item.verdict in allowed(relation)]
    assert right, [(item.verdict, item.explanation) for item in found]
    if "difference" in relation:
        assert {item.difference for item in right} == {Decimal(relation["difference"])}


@pytest.mark.parametrize(("number", "path"), list(reports()), ids=str)
def test_it_accuses_of_nothing_else(number: str, path: Path):
    known = [item for item in listed(number) if Verdict.CONTRADICTION in allowed(item)]
    others = [
        item.finding.explanation
        for item in audited(path).claims
        if item.finding.verdict is Verdict.CONTRADICTION and not any(matches(item.finding, one) for one in known)
    ]
    assert others == []
