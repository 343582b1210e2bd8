"""What the system itself computes from what is stated, and which keys a text may therefore quote.

Rates and growth are made here from `legal/identities`; scores, indicator rows, goals and the comparison with last year
are made when a report is, under the names listed here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from rongji.kernel.bureau_year import BureauYear
from rongji.kernel.figure import Figure, FigureKey, FigureSet, Source, SourceKind, Stage
from rongji.kernel.quantity import Quantity
from rongji.law.model import Identity, Lawbook

RATE_PLACES = 2
_PERCENT = Decimal(100)

OF_THE_EVALUATION = (
    "evaluation.total",
    "evaluation.weight",
    "evaluation.execution_rate",
    "evaluation.execution_weight",
    "evaluation.execution_score",
)
# The same of one project's own table, `#project:CODE`.
OF_A_PROJECT = {name: name.replace("evaluation.", "project.") for name in OF_THE_EVALUATION}
OF_AN_INDICATOR = (
    *("indicator.target", "indicator.target_upper", "indicator.actual"),
    *("indicator.weight", "indicator.score", "indicator.stated_score"),
)
OF_A_GOAL = ("goal.completion", "goal.number")
OF_A_COMPARISON = ("change.amount", "change.rate")


def may_be_quoted(key: FigureKey, year: BureauYear, book: Lawbook) -> bool:
    """Whether a text may quote that key: it is stated, follows from what is stated, or is made with the report.

    Does not cover: whether last year is known, or a score can be computed; the report itself tells when one cannot.
    """
    if key in year.figures or key.concept in OF_THE_EVALUATION:
        return True
    return _is_of_a_record(key, year) or _is_of_last_year(key, year) or key in _rates(year.figures, book)


def _is_of_a_record(key: FigureKey, year: BureauYear) -> bool:
    """Whether the key is one that a row of the year itself gets (`#indicator:I01`, `#goal:G1-2`, `#project:P03`)."""
    axis, _, code = key.member.partition(":")
    if key.concept in OF_AN_INDICATOR:
        return axis == "indicator" and any(item.code == code for item in year.indicators)
    if key.concept in OF_A_GOAL:
        return axis == "goal" and any(code in (item.code, f"{item.code}-{_ordinal(code)}") for item in year.goals)
    return key.concept in OF_A_PROJECT.values() and any(item.code == code for item in year.projects)


def _ordinal(code: str) -> str:
    return code.rpartition("-")[2] if code.rpartition("-")[2].isdigit() else ""


def _is_of_last_year(key: FigureKey, year: BureauYear) -> bool:
    """Whether last year's file, where there is one, gives the figure: a fact stated this year, and its change."""
    if key.concept in OF_A_COMPARISON:
        concept = key.member.removeprefix("fact:")
        return any(FigureKey(concept, stage) in year.figures for stage in (Stage.ACTUAL, Stage.NONE))
    stages = (Stage.ACTUAL, Stage.NONE)
    return key.stage is Stage.PRIOR and any(replace(key, stage=stage) in year.figures for stage in stages)


def _rates(figures: FigureSet, book: Lawbook) -> set[FigureKey]:
    return {figure.key for figure in derived_rates(figures, book)}


def derived_rates(figures: FigureSet, book: Lawbook) -> Iterator[Figure]:
    """Rates and growth of the whole bureau that follow from stated figures and that nobody stated.

    Rounding: exact, printed with two places.
    """
    for identity in book.identities:
        if identity.kind in ("rate", "growth"):
            key = FigureKey.parse(identity.total)
            inputs = [figures.get(FigureKey.parse(part)) for part in identity.parts]
            if key not in figures and all(item and item.quantity for item in inputs):
                yield from _rate(key, identity, [item for item in inputs if item], book)


def _rate(key: FigureKey, identity: Identity, inputs: list[Figure], book: Lawbook) -> Iterator[Figure]:
    top, bottom = (item.quantity.base for item in inputs if item.quantity)
    if bottom == 0:
        return
    share = (top / bottom if identity.kind == "rate" else (top - bottom) / bottom) * _PERCENT
    quantity = Quantity(share, "%", RATE_PLACES)
    concept = book.concepts.get(key.concept)
    yield derived(key, concept.label if concept else identity.label, quantity, identity.label, inputs)


def derived(
    key: FigureKey,
    label: str,
    quantity: Quantity,
    how: str,
    inputs: Iterable[Figure] = (),
    *,
    act: str = "",
    trust: str = "",
) -> Figure:
    """A figure that follows from others."""
    source = Source(SourceKind.DERIVED)
    return Figure(key, label, source, quantity, quantity.shown(), how=how, inputs=tuple(inputs), act=act, trust=trust)
