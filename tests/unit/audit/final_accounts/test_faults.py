"""One figure of a true disclosure is changed: the relations that it breaks are seen, and no others."""

import random
from collections import defaultdict
from decimal import Decimal

import pytest
from corpus.final_accounts import final_accounts
from corpus.made import Made, Relation, moved

from rongji.audit.run import findings
from rongji.audit.stated import stated
from rongji.kernel.finding import Finding, Verdict

EACH = 2
FAMILIES = ("row", "levels", "flow", "sides", "balance", "across", "economic", "three", "text-table")


def number(text: str) -> Decimal:
    """The number in a printed text."""
    return Decimal("".join(mark for mark in text if mark.isdigit() or mark == ".")).normalize()


def numbers(finding: Finding) -> set[Decimal]:
    """The numbers that a finding is about."""
    return {item.quantity.value.normalize() for item in finding.figures if item.quantity}


def accusations(made: Made, slot: str, text: str) -> list[Finding]:
    """The contradictions found when one slot prints another number."""
    found = findings(stated(made.with_text(slot, text), "made"))
    return [item for item in found if item.verdict is Verdict.CONTRADICTION]


def trials(made: Made, dice: random.Random) -> list[tuple[Relation, str]]:
    """Some relations of every family, each with one of its slots."""
    by_family: dict[str, list[Relation]] = defaultdict(list)
    for relation in made.relations:
        by_family[relation.family].append(relation)
    chosen = (item for family in FAMILIES for item in dice.sample(by_family[family], min(EACH, len(by_family[family]))))
    return [(relation, dice.choice(relation.slots)) for relation in chosen]


@pytest.mark.parametrize(("style", "seed"), [("standard", 5), ("meetings", 6), ("yuan", 7)])
def test_a_changed_figure_is_found_and_nothing_else_accused(style, seed):
    """Sums, flows, balances, the same amount elsewhere, 三公 parts, text against table."""
    made, dice = final_accounts(seed, style, length=8), random.Random(seed)
    texts = made.texts()
    missed, wrong = [], []
    for relation, slot in trials(made, dice):
        text = moved(texts[slot], dice)
        found = accusations(made, slot, text)
        others = {number(texts[item]) for item in relation.slots if item != slot}
        if not any(number(text) in numbers(item) and others & numbers(item) for item in found):
            missed.append((relation, slot, texts[slot], text))
        wrong += [item.explanation for item in found if number(text) not in numbers(item)]
    assert missed == []
    assert wrong == []
