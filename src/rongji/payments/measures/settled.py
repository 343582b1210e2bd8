"""Numbers over what approved runs of a year settled: persons and money, by benefit, category, station and month.

Money is what lines come to, with overpayments that were found taken off; lines of cancelled payments do not count.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, QuerySet, Sum

from rongji.accounts.selectors import organisations_of_kind
from rongji.awards.measures import benefit_label, categories_of, event_years
from rongji.kernel.figure import Figure, RowRef
from rongji.kernel.month import Month
from rongji.law.measured import Group, Named, amount_of, counted_figure
from rongji.payments import models
from rongji.payments.types import SETTLED_STATES, Cause, PaymentState
from rongji.people.measures import MaySee, Register, fields_of, person_row

PAYROLL, TABLE = "发放台账", "payments"
NO_STATION = "未分站点"
SHOWN_PERSONS = 500
BY_BENEFIT, BY_STATION, BY_MONTH = "benefit", "station", "month"


@dataclass(frozen=True, slots=True)
class Paid:
    """What one award or grant settled for a person over some runs. group: of its category, as the law names it."""

    person: int
    station: str
    award: int | None
    grant: int | None
    benefit: str
    run: int
    cause: str
    fen: int
    category: str = ""


@dataclass(frozen=True, slots=True)
class LineCount:
    """A number over settled lines. opens: by which word its groups are made; counts: persons, else money."""

    named: Named
    chosen: Callable[[Paid], bool]
    counts_persons: bool
    opens: str


class Settled:
    """What a bureau's approved runs of a year settled, added up once in the database."""

    def __init__(self, bureau: str, year: int) -> None:
        self.bureau = bureau
        self.year = year

    @cached_property
    def months(self) -> dict[int, int]:
        """Month of payment of each approved run, by its number."""
        span = (Month.of(self.year, 1).number, Month.of(self.year, 12).number)
        rows = models.PaymentRun.objects.filter(
            payroll__bureau=self.bureau, state__in=SETTLED_STATES, pay_month__range=span
        )
        return dict(rows.order_by("pay_month", "sequence").values_list("id", "pay_month"))

    def lines(self, runs: Iterable[int]) -> QuerySet:
        """Their lines, without those of cancelled payments."""
        cancelled = models.Payment.objects.filter(run__in=list(runs), state=PaymentState.CANCELLED)
        gone = list(cancelled.values_list("id", flat=True))
        rows = models.RunLine.objects.filter(run__in=list(runs)).order_by()
        return rows.exclude(payment__in=gone) if gone else rows

    @cached_property
    def paid(self) -> tuple[Paid, ...]:
        """By person, award or grant and benefit, over the whole year."""
        columns = ("person_id", "person__station_code", "award_id", "grant_id", "benefit")
        rows = self.lines(self.months).values_list(*columns).annotate(fen=Sum("due_fen"))
        categories = categories_of(self.bureau)
        return tuple(
            Paid(person, station, award, grant, benefit, 0, "", fen, categories.get(award, ""))
            for person, station, award, grant, benefit, fen in rows
        )

    @cached_property
    def monthly(self) -> tuple[tuple[Paid, int], ...]:
        """By run, benefit, cause and kind, with how many lines."""
        rows = self.lines(self.months).values_list("run_id", "benefit", "cause", "grant_id")
        return tuple(
            (Paid(0, "", None if grant else 0, grant, benefit, run, cause, fen), lines)
            for run, benefit, cause, grant, fen, lines in rows.annotate(fen=Sum("due_fen"), n=Count("id"))
        )

    def of_run_month(self, month: int, count: LineCount) -> tuple[Paid, ...]:
        """What the runs of one month settled, by person, of one number."""
        runs = [run for run, own in self.months.items() if own == month]
        columns = ("person_id", "person__station_code", "award_id", "grant_id", "benefit", "cause")
        rows = self.lines(runs).values_list(*columns).annotate(fen=Sum("due_fen"))
        found = (Paid(*row[:5], runs[0] if runs else 0, row[5], row[6]) for row in rows)
        return tuple(item for item in found if count.chosen(item))

    @cached_property
    def register(self) -> Register:
        """Names of categories and their groups."""
        return Register(self.bureau, self.year)

    @cached_property
    def accrual(self) -> dict[int, int]:
        """The year of the event of every grant settled, by number of the grant."""
        return event_years(item.grant for item in self.paid if item.grant)


def line_counts(settled: Settled) -> Iterator[LineCount]:
    """Every number, those by benefit, category, group and year of the event included."""
    for prefix, kind in (("payments.", _periodic), ("payments.one_off_", _one_off)):
        word = "定期待遇" if kind is _periodic else "一次性待遇"
        yield _persons(Named(f"{prefix}recipients", f"当年有{word}核发明细的不同人员"), kind, BY_BENEFIT)
        yield _money(Named(f"{prefix}amount", f"{word}核发明细之和，查出的多发已减去"), kind, BY_MONTH)
        for benefit in sorted({item.benefit for item in settled.paid if kind(item)}):
            label = benefit_label(benefit)
            yield from _both(prefix, f"benefit:{benefit}", label, _all(kind, _has("benefit", benefit)))
    yield _persons(Named("payments.persons", "当年有核发明细的不同人员"), _anything, BY_BENEFIT)
    yield _money(Named("payments.total", "当年全部核发明细之和，查出的多发已减去"), _anything, BY_MONTH)
    yield _money(Named("payments.raised", "原因为提标补发的明细之和"), _arrears, BY_MONTH)
    yield from _by_category(settled)
    for year in sorted(set(settled.accrual.values())):
        chosen = _of_event_year(settled, year)
        yield from _both("payments.one_off_", f"event_year:{year}", f"{year} 年事由的一次性待遇", chosen)


def _by_category(settled: Settled) -> Iterator[LineCount]:
    register = settled.register
    categories = sorted({item.category for item in settled.paid if item.category})
    for category in categories:
        label = register.labels.get(category, category)
        yield from _both("payments.", f"category:{category}", label, _has("category", category))
    for group in sorted({register.groups.get(category, "") for category in categories} - {""}):
        own = frozenset(category for category in categories if register.groups.get(category) == group)
        yield from _both("payments.", f"group:{group}", f"{group}类人员", _among(own))


def settled_figures(settled: Settled) -> Iterator[Figure]:
    """The figure of every number that is not nothing."""
    names = {item.code: item.name for item in organisations_of_kind("station")}
    for count in line_counts(settled):
        if count.opens == BY_MONTH:
            groups = list(_months(settled, count))
        else:
            groups = list(_groups([item for item in settled.paid if count.chosen(item)], count, names))
        if groups:
            yield _figure(settled, count, groups)


def _figure(settled: Settled, count: LineCount, groups: list[Group]) -> Figure:
    total = None
    if count.counts_persons and count.opens == BY_BENEFIT:
        total = len({item.person for item in settled.paid if count.chosen(item)})
    overlap = "先后或同时领取几项的，合计只计一次"
    return counted_figure(count.named, groups, register=PAYROLL, table=TABLE, total=total, overlap=overlap)


def _months(settled: Settled, count: LineCount) -> Iterator[Group]:
    summed: Counter[int] = Counter()
    lines: Counter[int] = Counter()
    for item, number in settled.monthly:
        if count.chosen(item):
            summed[settled.months[item.run]] += item.fen
            lines[settled.months[item.run]] += number
    for month in sorted(lines):
        yield Group(str(month), f"{Month.from_number(month).label}发放（{lines[month]} 条）", summed[month])


def _groups(items: list[Paid], count: LineCount, names: dict[str, str]) -> Iterator[Group]:
    for word, own in _by(items, count.opens).items():
        label = benefit_label(word) if count.opens == BY_BENEFIT else names.get(word, word) or NO_STATION
        yield Group(word, label, _added(own, count))


def _by(items: Iterable[Paid], opens: str) -> dict[str, list[Paid]]:
    """Items by benefit or station, most first."""
    found: dict[str, list[Paid]] = {}
    for item in items:
        found.setdefault(getattr(item, opens), []).append(item)
    return dict(sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])))


def _added(items: Iterable[Paid], count: LineCount) -> int:
    return len({item.person for item in items}) if count.counts_persons else sum(item.fen for item in items)


def persons_behind(settled: Settled, identifier: str, may_see: MaySee) -> tuple[RowRef, ...]:
    """What one group of a number opens into: its persons, or its stations where they are many.

    identifier: as the figure's row carries it, with the station behind it where that was opened.
    """
    name, _, rest = identifier.partition("|")
    group, has_station, station = rest.partition("|")
    count = next((item for item in line_counts(settled) if item.named.name == name), None)
    if count is None:
        return ()
    if count.opens == BY_MONTH:
        items = settled.of_run_month(int(group), count) if group.isdecimal() else ()
    else:
        items = tuple(item for item in settled.paid if count.chosen(item) and getattr(item, count.opens) == group)
    if has_station:
        items = tuple(item for item in items if item.station == station)
    elif count.opens != BY_STATION and len({item.person for item in items}) > SHOWN_PERSONS:
        names = {item.code: item.name for item in organisations_of_kind("station")}
        return tuple(
            RowRef(TABLE, f"{name}|{group}|{code}", names.get(code, code) or NO_STATION, _quantity(own, count))
            for code, own in _by(items, BY_STATION).items()
        )
    return _rows(items, count, may_see)


def _rows(items: tuple[Paid, ...], count: LineCount, may_see: MaySee) -> tuple[RowRef, ...]:
    by_person: dict[int, list[Paid]] = {}
    for item in items:
        by_person.setdefault(item.person, []).append(item)
    found = []
    for fields in fields_of(by_person):
        own = by_person[fields["id"]]
        fen = sum(item.fen for item in own)
        said = f"{amount_of('payments.amount', fen).to('元', 2)}" if count.counts_persons else ""
        found.append(person_row(fields, _quantity(own, count), may_see, said))
    return tuple(found)


def _quantity(items: Iterable[Paid], count: LineCount):  # type: ignore[no-untyped-def]
    return amount_of(count.named.concept, _added(items, count))


def _persons(named: Named, chosen: Callable[[Paid], bool], opens: str) -> LineCount:
    return LineCount(named, chosen, True, opens)


def _money(named: Named, chosen: Callable[[Paid], bool], opens: str) -> LineCount:
    return LineCount(named, chosen, False, opens)


def _both(prefix: str, member: str, label: str, chosen: Callable[[Paid], bool]) -> Iterator[LineCount]:
    """Persons and money of one kind side by side, both by station."""
    yield _persons(
        Named(f"{prefix}recipients", f"当年核发{label}的不同人员", member, f"{label}人数"), chosen, BY_STATION
    )
    yield _money(Named(f"{prefix}amount", f"{label}明细之和", member, f"{label}金额"), chosen, BY_STATION)


def _periodic(item: Paid) -> bool:
    return item.grant is None


def _one_off(item: Paid) -> bool:
    return item.grant is not None


def _anything(item: Paid) -> bool:
    return True


def _arrears(item: Paid) -> bool:
    return item.cause == Cause.ARREARS


def _all(*conditions: Callable[[Paid], bool]) -> Callable[[Paid], bool]:
    return lambda item: all(condition(item) for condition in conditions)


def _has(field: str, value: str) -> Callable[[Paid], bool]:
    return lambda item: getattr(item, field) == value


def _among(categories: frozenset[str]) -> Callable[[Paid], bool]:
    return lambda item: item.category in categories


def _of_event_year(settled: Settled, year: int) -> Callable[[Paid], bool]:
    return lambda item: settled.accrual.get(item.grant or 0) == year
