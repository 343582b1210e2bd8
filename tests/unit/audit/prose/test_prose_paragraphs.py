"""Paragraphs of many bureaux: every relation in them is seen, and a planted fault is found where it is."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from rongji.audit.run import findings
from rongji.audit.stated import stated
from rongji.documents.model import Document, Paragraph, Text, Title
from rongji.kernel.finding import Finding, Verdict

GOOD = (Verdict.HOLDS, Verdict.ROUNDING)
CASES = yaml.load(  # numbers stay as printed
    (Path(__file__).parent / "paragraphs.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)


def audited(text: str) -> tuple[Finding, ...]:
    """All findings on a report that consists of these paragraphs, one a line."""
    title = "2023年度部门决算公开"
    blocks = (Title((title,)), *(Paragraph((Text(line),)) for line in text.splitlines()))
    return findings(stated(Document(title, blocks), "test"))


def numbers(finding: Finding) -> Counter[Decimal]:
    """The values that a finding compares."""
    return Counter(item.quantity.value.normalize() for item in finding.figures if item.quantity)


def accused(found: tuple[Finding, ...], *verdicts: Verdict) -> list[Finding]:
    return [item for item in found if item.verdict in verdicts]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["of"])
def test_every_relation_of_a_true_paragraph_holds(case: dict):
    found = audited(case["text"])
    unwanted = (Verdict.CONTRADICTION,) if "questions" in case else (Verdict.CONTRADICTION, Verdict.QUESTION)
    assert [item.explanation for item in accused(found, *unwanted)] == []
    seen = [numbers(item) for item in accused(found, *GOOD)]
    for relation in case["holds"]:
        assert Counter(Decimal(value).normalize() for value in relation) in seen, relation


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["of"])
def test_a_planted_fault_is_found_and_nothing_else_accused(case: dict):
    (before, after) = next(iter(case["planted"].items()))
    assert before in case["text"]
    found = audited(case["text"].replace(before, after, 1))
    new = Decimal(after).normalize()
    about = [item for item in accused(found, Verdict.CONTRADICTION, Verdict.QUESTION) if new in numbers(item)]
    if "silent" in case:
        assert accused(found, Verdict.CONTRADICTION) == []
    else:
        wanted = (Verdict.CONTRADICTION, Verdict.QUESTION) if "asked" in case else (Verdict.CONTRADICTION,)
        assert [item for item in about if item.verdict in wanted], [item.explanation for item in found]
    others = [item.explanation for item in accused(found, Verdict.CONTRADICTION) if new not in numbers(item)]
    assert others == []
