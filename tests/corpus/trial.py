"""Trials by mutation: one figure of a true document is changed; which broken relations does the audit see, and what
does it accuse wrongly?"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from corpus.flat import as_text
from corpus.made import Made, Relation, moved
from rongji.audit.report import AuditedFile
from rongji.audit.run import audit_read
from rongji.documents.model import Document
from rongji.documents.readers import read_document
from rongji.documents.writers import render
from rongji.kernel.finding import Finding, Verdict


@dataclass
class Score:
    """What came of the trials of one family."""

    broken: int = 0
    seen: int = 0
    asked: int = 0
    missed: list[str] = field(default_factory=list)


@dataclass
class Outcome:
    """What came of all trials: per family of relations, and the accusations that were false."""

    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    documents: int = 0
    trials: int = 0
    false_alarms: list[str] = field(default_factory=list)
    false_alarms_by_check: Counter[str] = field(default_factory=Counter)


def written(document: Document, ending: str) -> bytes:
    """The document as a file of that kind."""
    return as_text(document) if ending == "txt" else render(document, ending)


def audited(document: Document, ending: str) -> AuditedFile:
    """The audit of the document written as a file and read again."""
    name = f"made.{ending}"
    return audit_read(read_document(written(document, ending), name), name)


def attempt(made: Iterable[Made], ending: str, *, most: int = 0, seed: int = 7) -> Outcome:
    """Every document true, then once for every related slot (`most` of them, if given) with that one number changed."""
    outcome = Outcome()
    dice = random.Random(seed)
    for one in made:
        outcome.documents += 1
        _true_document(one, ending, outcome)
        texts = one.texts()
        slots = sorted({slot for relation in one.relations for slot in relation.slots if _number(texts[slot])})
        for slot in dice.sample(slots, most) if most and most < len(slots) else slots:
            outcome.trials += 1
            _changed_document(one, slot, moved(texts[slot], dice), ending, outcome)
    return outcome


def merged(outcomes: Iterable[Outcome]) -> Outcome:
    """Several outcomes as one."""
    whole = Outcome()
    for item in outcomes:
        for family, score in item.scores.items():
            sum_of = whole.scores[family]
            sum_of.broken, sum_of.seen = sum_of.broken + score.broken, sum_of.seen + score.seen
            sum_of.asked += score.asked
            sum_of.missed += score.missed
    return whole


def _true_document(one: Made, ending: str, outcome: Outcome) -> None:
    file = audited(one.document, ending)
    for finding in _accusations(file):
        _note(outcome, f"{one.name}（未改动）", finding)


def _changed_document(one: Made, slot: str, text: str, ending: str, outcome: Outcome) -> None:
    file = audited(one.with_text(slot, text), ending)
    new = _number(text)
    accusations = _accusations(file)
    texts = one.texts()
    for finding in accusations:
        if new not in _numbers(finding):
            _note(outcome, f"{one.name} {slot}→{text}", finding)
    for relation in one.relations:
        if slot not in relation.slots or not _breaks(relation, {**texts, slot: text}):
            continue
        score = outcome.scores[relation.family]
        score.broken += 1
        others = {_number(texts[item]) for item in relation.slots if item != slot}
        if any(_sees(item, new, others) for item in accusations):
            score.seen += 1
        elif any(_sees(item.finding, new, others) for item in file.claims if item.finding.verdict is Verdict.QUESTION):
            score.asked += 1
        else:
            score.missed.append(f"{one.name}：{relation.slots} {slot} {texts[slot]}→{text}")


def _breaks(relation: Relation, texts: dict[str, str]) -> bool:
    """A part that stays within its whole breaks nothing; every other relation is an equation."""
    if relation.family != "within":
        return True
    whole, *parts = (_number(texts[slot]) for slot in relation.slots)
    return any(part > whole for part in parts)


def _sees(finding: Finding, new: Decimal, others: set[Decimal]) -> bool:
    numbers = _numbers(finding)
    return new in numbers and bool(others & numbers or len(others) == 0)


def _accusations(file: AuditedFile) -> list[Finding]:
    return [item.finding for item in file.claims if item.finding.verdict is Verdict.CONTRADICTION]


def _numbers(finding: Finding) -> set[Decimal]:
    return {item.quantity.value.normalize() for item in finding.figures if item.quantity}


def _number(text: str) -> Decimal:
    return Decimal("".join(mark for mark in text if mark.isdigit() or mark == ".")).normalize()


def _note(outcome: Outcome, where: str, finding: Finding) -> None:
    outcome.false_alarms.append(f"{where}：{finding.check} {finding.explanation}")
    outcome.false_alarms_by_check[finding.check] += 1
