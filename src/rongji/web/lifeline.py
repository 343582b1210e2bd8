"""A life on one line: periods and events of a person as bars and points that the page draws, in shares of its width."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

_TICKS_AT_MOST = 9
_STEPS = (1, 2, 5, 10, 20)
_NARROWEST = Decimal("0.7")
_WHOLE = Decimal(100)
_WIDE_ENOUGH = Decimal(14)


@dataclass(frozen=True, slots=True)
class Span:
    """One period in one lane. last: the last day on which it held, None while it holds; a single day is a point."""

    lane: str
    label: str
    first: date
    last: date | None
    tone: str = ""

    @property
    def is_point(self) -> bool:
        """Whether it is an event and no period."""
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class Bar:
    """A span as it is drawn: start and width in per cent of the line; label_at: inside, or before or behind it."""

    label: str
    title: str
    start: str
    width: str
    tone: str
    is_point: bool
    label_at: str = "inside"


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of bars. rows: bars that overlap stand below one another."""

    label: str
    rows: tuple[tuple[Bar, ...], ...]


@dataclass(frozen=True, slots=True)
class Lifeline:
    """The lanes and the years written under them, each with its place in per cent."""

    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[str, int], ...]


def lifeline(spans: Iterable[Span], *, born_on: date, until: date) -> Lifeline:
    """Lay out a life from the year of birth to the end of the year of `until`; lanes in order of first mention."""
    first, last = date(born_on.year, 1, 1), date(max(until.year, born_on.year) + 1, 1, 1)
    shown = [span for span in spans if span.first < last]
    lanes = dict.fromkeys(span.lane for span in shown)
    drawn = tuple(Lane(name, _stacked([s for s in shown if s.lane == name], first, last, until)) for name in lanes)
    return Lifeline(drawn, _ticks(first, last))


def _stacked(spans: Sequence[Span], first: date, last: date, until: date) -> tuple[tuple[Bar, ...], ...]:
    """Bars on as few rows as possible without one covering another; points lie upon the first row."""
    ends: list[date] = []
    rows: list[list[Bar]] = [[]]
    points = [_bar(span, span.first, span.first, first, last) for span in spans if span.is_point]
    for span in sorted((item for item in spans if not item.is_point), key=lambda item: (item.first, item.last or last)):
        end = min(span.last or until, last)
        row = next((number for number, taken in enumerate(ends) if taken < span.first), len(ends))
        if row == len(ends):
            ends.append(end)
            rows += [[]] if row else []
        ends[row] = max(ends[row], end)
        rows[row].append(_bar(span, max(span.first, first), max(end, span.first), first, last))
    rows = [[_labelled_beside(row[0])] if len(row) == 1 else row for row in rows]
    rows[0] += points
    return tuple(tuple(row) for row in rows)


def _labelled_beside(bar: Bar) -> Bar:
    """A bar that has its row to itself and is too narrow for its label, with the label where there is room."""
    if Decimal(bar.width) >= _WIDE_ENOUGH:
        return bar
    return replace(bar, label_at="before" if Decimal(bar.start) > _WHOLE / 2 else "behind")


def _bar(span: Span, start: date, end: date, first: date, last: date) -> Bar:
    place = _share(start, first, last)
    width = max(_share(end, first, last) - place, _NARROWEST)
    place = min(place, _WHOLE - width)
    said = f"{span.first:%Y-%m-%d}" if span.is_point else f"{span.first:%Y-%m} 至 {_end_words(span)}"
    return Bar(span.label, f"{span.label}：{said}", f"{place:.2f}", f"{width:.2f}", span.tone, span.is_point)


def _end_words(span: Span) -> str:
    return f"{span.last:%Y-%m}" if span.last else "今"


def _share(day: date, first: date, last: date) -> Decimal:
    whole = (last - first).days
    return max(Decimal(0), min(_WHOLE, _WHOLE * (day - first).days / whole))


def _ticks(first: date, last: date) -> tuple[tuple[str, int], ...]:
    years = last.year - first.year
    step = next((step for step in _STEPS if years <= step * _TICKS_AT_MOST), _STEPS[-1])
    begin = -(-first.year // step) * step
    places = ((year, _share(date(year, 1, 1), first, last)) for year in range(begin, last.year, step))
    return tuple(
        (f"{place:.2f}", year) for place, year in ((place, year) for year, place in places) if place < _WHOLE - 3
    )
