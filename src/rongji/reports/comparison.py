"""与上年对比: facts that both years state, side by side, with the change and its rate as figures of their own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from rongji.checks.computed import RATE_PLACES
from rongji.kernel.bureau_year import BureauYear
from rongji.kernel.figure import Figure, FigureKey, Source, SourceKind, Stage
from rongji.kernel.quantity import Quantity

_PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One fact of this year against the last: the two figures, and what follows from them."""

    label: str
    current: Figure
    prior: Figure
    change: Figure
    rate: Figure | None

    def as_record(self) -> Mapping[str, str]:
        """The fields a form prints: tokens of the four figures."""
        return {
            "label": self.label,
            "current": _token(self.current),
            "prior": _token(self.prior),
            "change": _token(self.change),
            "rate": _token(self.rate) if self.rate else "－",
        }

    @property
    def derived(self) -> tuple[Figure, ...]:
        """The figures that this comparison adds."""
        return (self.change, self.rate) if self.rate else (self.change,)


def _token(figure: Figure) -> str:
    return f"{{{{{figure.key}}}}}"


def compare_years(year: BureauYear, prior: BureauYear | None = None) -> tuple[Comparison, ...]:
    """Whole-bureau facts with a figure for this year and one for the last.

    Last year's figure is the one this year's forms state as 上年决算数, else the final figure of the prior year itself.
    """
    return tuple(_comparisons(year, prior))


def _comparisons(year: BureauYear, prior: BureauYear | None) -> Iterator[Comparison]:
    for key in tuple(year.figures.keys()):
        current = year.figures.get(key)
        if key.unit or key.member or current is None or current.quantity is None:
            continue
        if key.stage is Stage.ACTUAL or (key.stage is Stage.NONE and key.concept.startswith("posts.")):
            before = prior_figure(key, year, prior)
            if before is not None and before.quantity is not None:
                yield _compared(current, before)


def prior_figure(key: FigureKey, year: BureauYear, prior: BureauYear | None) -> Figure | None:
    """Last year's figure of one fact, addressed with the stage 上年."""
    stated = year.figures.get(replace(key, stage=Stage.PRIOR))
    if stated is not None and stated.quantity is not None:
        return stated
    earlier = prior.figures.get(key) if prior else None
    if earlier is None or prior is None:
        return None
    source = replace(earlier.source, note=f"{prior.year}年度{earlier.source.note}")
    return replace(earlier, key=replace(key, stage=Stage.PRIOR), source=source)


def _compared(current: Figure, before: Figure) -> Comparison:
    assert current.quantity and before.quantity
    now, then = current.quantity, before.quantity
    places = max(now.places, then.to(now.unit_name).places)
    change = Quantity(now.value - then.base / now.unit.factor, now.unit_name, places)
    member = f"fact:{current.key.concept}"
    return Comparison(
        label=current.label,
        current=current,
        prior=before,
        change=_derived("change.amount", member, f"{current.label}增减额", change, "本年数 − 上年数", current, before),
        rate=_rate(member, current, before),
    )


def _rate(member: str, current: Figure, before: Figure) -> Figure | None:
    assert current.quantity and before.quantity
    if before.quantity.base == 0:
        return None
    share = (current.quantity.base - before.quantity.base) / before.quantity.base * _PERCENT
    quantity = Quantity(share, "%", RATE_PLACES)
    return _derived(
        "change.rate", member, f"{current.label}增减率", quantity, "（本年数 − 上年数）÷ 上年数", current, before
    )


def _derived(concept: str, member: str, label: str, quantity: Quantity, how: str, *inputs: Figure) -> Figure:
    key = FigureKey(concept, Stage.RATE if quantity.unit_name == "%" else Stage.NONE, "", member)
    return Figure(key, label, Source(SourceKind.DERIVED), quantity, quantity.shown(), how=how, inputs=inputs)
