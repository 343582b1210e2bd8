"""The made-up year satisfies every identity and breakdown of legal/identities exactly, and binds every figure.

The identities are walked here on their own, without the checks, so that both are held against each other.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
import yaml
from unit.examples.sources import MADE_UP, keys_of, year_of

from rongji.kernel.figure import FigureKey, Stage
from rongji.law.concepts import concept
from rongji.law.loader import lawbook

IDENTITIES = Path(__file__).resolve().parents[3] / "legal" / "identities"
HEADCOUNT = ("posts.", "staff.")


@dataclass(frozen=True)
class Relation:
    """One equation or bound of a year: its kind, the number that is stated, and signed numbers it rests on."""

    law: str
    kind: str
    total: FigureKey
    parts: tuple[tuple[int, FigureKey], ...]


def laws(kind: str) -> list[dict]:
    """Every identity (or breakdown) that the data folder lays down."""
    found = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(IDENTITIES.glob("*.yaml"))]
    return [item for content in found for item in content.get(kind, [])]


def base(name: str, key: FigureKey) -> Fraction | None:
    quantity = year_of(name).figures.quantity(key)
    return None if quantity is None else Fraction(quantity.base)


def stated(name: str, concept_id: str) -> list[FigureKey]:
    """Every key of one concept that states a number, members left out."""
    figures = year_of(name).figures
    return [key for key in keys_of(name) if key.concept == concept_id and not key.member and figures.quantity(key)]


@cache
def relations(name: str) -> tuple[Relation, ...]:
    return (*from_identities(name), *from_breakdowns(name), *from_units(name))


def from_identities(name: str) -> Iterator[Relation]:
    for law in laws("identities"):
        if law["kind"] == "stages":
            yield from from_stages(name, law)
            continue
        head = FigureKey.parse(law["total"])
        for total in stated(name, head.concept):
            allowed = [head.stage.value] if head.stage else law.get("stages", "all")
            fits = allowed == "all" or total.stage.value in allowed
            if fits and (law["scope"] == "each" or not total.unit):
                parts = [signed(text, total, law["kind"]) for text in law["parts"]]
                there = tuple((sign, key) for sign, key in parts if base(name, key) is not None)
                if len(there) >= max(1, int(law.get("least", 1))):
                    yield Relation(law["id"], law["kind"], total, there)


def signed(text: str, total: FigureKey, kind: str) -> tuple[int, FigureKey]:
    """A part as written in the law, for the unit of the total and, in a sum, on its stage."""
    key = FigureKey.parse(text.removeprefix("-"))
    stage = key.stage if kind in ("rate", "growth") else key.stage or total.stage
    return (-1 if text.startswith("-") else 1), replace(key, stage=stage, unit=total.unit)


def from_stages(name: str, law: dict) -> Iterator[Relation]:
    for total in keys_of(name):
        if total.stage is Stage(law["total"]):
            parts = [replace(total, stage=Stage(part)) for part in law["parts"]]
            if all(base(name, key) is not None for key in parts):
                yield Relation(law["id"], "sum", total, tuple((1, key) for key in parts))


def from_breakdowns(name: str) -> Iterator[Relation]:
    figures = year_of(name).figures
    for law in laws("breakdowns"):
        for total in stated(name, law["concept"]):
            members = figures.members(total.concept, total.stage, total.unit, law["axis"])
            if members:
                yield Relation(law["id"], "sum", total, tuple((1, item.key) for item in members))


def from_units(name: str) -> Iterator[Relation]:
    """汇总: the whole bureau is the sum of its units."""
    facts, book = year_of(name), lawbook()
    for total in keys_of(name):
        is_own = total.concept.startswith("fact.")
        if total.unit or total.member or is_own or concept(book, total.concept).over_units != "sum":
            continue
        rows = [unit for unit in facts.units if unit.keeps_own_accounts or total.concept.startswith(HEADCOUNT)]
        parts = [replace(total, unit=unit.code) for unit in rows]
        there = tuple((1, key) for key in parts if base(name, key) is not None)
        if there:
            yield Relation("units", "sum", total, there)


def expected(name: str, relation: Relation) -> Fraction:
    """What the parts come to."""
    values = [sign * (base(name, key) or Fraction(0)) for sign, key in relation.parts]
    if relation.kind == "rate":
        return values[0] / values[1]
    if relation.kind == "growth":
        return (values[0] - values[1]) / values[1]
    return sum(values, Fraction(0))


@pytest.mark.parametrize("name", MADE_UP)
def test_every_sum_is_exact(name):
    sums = [item for item in relations(name) if item.kind in ("sum", "equal")]
    assert len(sums) >= (120 if name == "qingshan-2024" else 60)
    wrong = [(item.law, str(item.total)) for item in sums if base(name, item.total) != expected(name, item)]
    assert wrong == []


@pytest.mark.parametrize("name", MADE_UP)
def test_no_part_is_more_than_its_whole(name):
    bounds = [item for item in relations(name) if item.kind == "subset"]
    assert [
        (item.law, str(item.total)) for item in bounds if expected(name, item) > (base(name, item.total) or 0)
    ] == []


@pytest.mark.parametrize("name", MADE_UP)
def test_every_rate_is_the_quotient_rounded_half_up(name):
    rates = [item for item in relations(name) if item.kind in ("rate", "growth")]
    assert len(rates) >= (12 if name == "qingshan-2024" else 3)
    for item in rates:
        quantity = year_of(name).figures.quantity(item.total)
        exact = expected(name, item) * 100
        rounded = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert quantity.value == rounded, str(item.total)


def test_every_identity_of_the_law_is_at_work_in_the_year():
    """It has no suspense money; everything else is at work."""
    used = {item.law for item in relations("qingshan-2024")}
    every = {item["id"] for item in (*laws("identities"), *laws("breakdowns"))}
    assert every - used == {"suspense-flow"}


def declared(name: str) -> Iterator[set[str]]:
    """The keys that each fact of the year is tied to."""
    for item in year_of(name).declared_concepts:
        own, others = f"fact.{item.code}", {item.part_of, item.numerator, item.denominator} - {""}
        if others:
            yield {own, *others}


def test_every_figure_takes_part_in_a_relation():
    facts = year_of("qingshan-2024")
    bound = {str(key) for item in relations("qingshan-2024") for key in (item.total, *(key for _, key in item.parts))}
    bound |= {key for tied in declared("qingshan-2024") for key in tied}
    bound |= {str(key) for key in keys_of("qingshan-2024") if len(facts.figures.statements(key)) > 1}
    assert [str(key) for key in keys_of("qingshan-2024") if str(key) not in bound] == []


@pytest.mark.parametrize("name", MADE_UP)
def test_complete_lists_of_facts_close(name):
    figures, sums = year_of(name).figures, {}
    for item in year_of(name).declared_concepts:
        if item.part_of and item.complete:
            part = figures.quantity(FigureKey(f"fact.{item.code}"))
            sums[item.part_of] = sums.get(item.part_of, Decimal(0)) + part.base
    assert len(sums) >= 9
    assert [key for key, total in sums.items() if figures.quantity(FigureKey.parse(key)).base != total] == []


def test_rates_of_facts_follow():
    figures = year_of("qingshan-2024").figures
    rates = [item for item in year_of("qingshan-2024").declared_concepts if item.numerator]
    assert len(rates) >= 8
    for item in rates:
        rate, top, bottom = (
            figures.quantity(FigureKey.parse(key)) for key in (f"fact.{item.code}", item.numerator, item.denominator)
        )
        exact = top.base / bottom.base / rate.unit.factor
        assert rate.value == exact.quantize(Decimal(1).scaleb(-rate.places), ROUND_HALF_UP), item.code
