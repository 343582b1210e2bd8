"""Indicator formulas: what is divided by what or just counted, and how sheets have been seen to score the result."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from rongji.kernel.bureau_year import Direction
from rongji.kernel.figure import FigureKey, UnreadableKey
from rongji.kernel.units import UNITS, UnitKind
from rongji.law.fields import Fields

DEFINITION = "definition"


@dataclass(frozen=True, slots=True)
class Term:
    """One figure in a signed sum."""

    sign: int
    key: FigureKey

    def __str__(self) -> str:
        return f"{'-' if self.sign < 0 else ''}{self.key}"


@dataclass(frozen=True, slots=True)
class Definition:
    """numerator ÷ denominator, both signed sums of figures, in `unit` with `places` decimals.

    Without a denominator the numerator itself is the value: a number of persons, of payments, an amount.

    basis: which figures are meant, in words. concept: figure under which forms state the same rate.
    target: usual target, None when the bureau sets its own. hand: what a person still has to take out by hand.
    """

    numerator: tuple[Term, ...]
    denominator: tuple[Term, ...]
    basis: str
    unit: str
    places: int
    direction: Direction
    target: Decimal | None
    concept: str
    aliases: tuple[str, ...]
    hand: str

    @property
    def is_count(self) -> bool:
        """Whether nothing is divided."""
        return not self.denominator

    @property
    def concepts(self) -> tuple[str, ...]:
        """Every concept it speaks of."""
        named = tuple(term.key.concept for term in (*self.numerator, *self.denominator))
        return (*named, self.concept) if self.concept else named


class ScoringKind(StrEnum):
    """Shape of a scoring rule seen on a sheet."""

    PROPORTIONAL = "proportional"
    PER_STEP_OVER = "per_step_over"
    PER_STEP_SHORT = "per_step_short"
    BANDS = "bands"


@dataclass(frozen=True, slots=True)
class ScoreStep:
    """Up to and including `upper` (in the unit of the formula) that share of the weight is given."""

    upper: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True)
class IndicatorScoring:
    """How one sheet scores the rate.

    start: full marks up to (over) or from (short) here. Each begun or full `step` beyond takes `deduct` of the weight.
    bands: full share table for BANDS, above the last one nothing.
    """

    kind: ScoringKind
    text: str
    start: Decimal | None = None
    step: Decimal | None = None
    deduct: Decimal | None = None
    bands: tuple[ScoreStep, ...] = ()


def read_formula_part(value: Fields, keys: tuple[str, ...]) -> Any:
    """The definition of a formula, or one scoring rule for it."""
    found = _definition(value) if keys == (DEFINITION,) else _scoring(value)
    value.finish()
    return found


def _terms(value: Fields, name: str, *, required: bool = True) -> tuple[Term, ...]:
    found = []
    for text in value.texts(name, required=required):
        try:
            found.append(Term(-1 if text.startswith("-") else 1, FigureKey.parse(text.removeprefix("-"))))
        except UnreadableKey as refusal:
            value.wrong(str(refusal))
    if required and not found:
        value.wrong(f"“{name}”至少要有一个数据编号")
    return tuple(found)


def _definition(value: Fields) -> Definition:
    unit = value.text("unit")
    if unit not in UNITS:
        value.wrong(f"计量单位“{unit}”不在单位表内")
    is_ratio = unit in UNITS and UNITS[unit].kind is UnitKind.RATIO
    return Definition(
        numerator=_terms(value, "numerator"),
        denominator=_terms(value, "denominator", required=is_ratio),
        basis=value.text("basis"),
        unit=unit,
        places=value.whole("places", default=2),
        direction=value.choice("direction", Direction),
        target=value.number("target", required=False),
        concept=value.text("concept", required=False),
        aliases=value.texts("aliases"),
        hand=value.text("hand", required=False),
    )


def _scoring(value: Fields) -> IndicatorScoring:
    kind = value.choice("rule", ScoringKind)
    stepped = kind in (ScoringKind.PER_STEP_OVER, ScoringKind.PER_STEP_SHORT)
    return IndicatorScoring(
        kind=kind,
        text=value.text("text"),
        start=value.number("start", required=stepped),
        step=value.number("step", required=stepped),
        deduct=value.number("deduct", required=stepped),
        bands=tuple(_step(item) for item in value.each("bands", required=kind is ScoringKind.BANDS)),
    )


def _step(item: Fields) -> ScoreStep:
    found = ScoreStep(item.exact("upper"), item.exact("share"))
    item.finish()
    return found
