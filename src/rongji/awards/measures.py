"""What awards count for a bureau's year: benefits granted and ended, one-off grants, identities without their benefit.

Persons count once in each number; grants are counted by piece and by amount, by the year of their event, paid or not.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import Exists, OuterRef, Q

from rongji.accounts.selectors import organisations_of_kind
from rongji.awards.models import Award, AwardTerm, Grant
from rongji.awards.types import END_LABELS, EndKind, GrantState
from rongji.kernel.figure import Figure, RowRef
from rongji.law.measured import Named, amount_of, figure_by_station
from rongji.law.values import find
from rongji.people.measures import MaySee, Register, fields_of, person_row

REGISTER, TABLE = "待遇台账", "awards"
NO_STATION = "未分站点"
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Line:
    """What one record adds to a number: whose it is, how much (1 for a person or a piece, fen of money)."""

    person: int
    station: str
    amount: int


@dataclass(frozen=True, slots=True)
class AwardCount:
    """A number of awards, grants or persons. stations: what it is at each; persons: what each of one station adds."""

    named: Named
    stations: Callable[[], Mapping[str, int]]
    persons: Callable[[str], Mapping[int, int]]


def derived_figures(bureau: str, year: int) -> Iterator[Figure]:
    """Every figure that awards and grants yield for a bureau's year, each opening by station; none without any."""
    if not (Award.objects.filter(bureau=bureau).exists() or Grant.objects.filter(bureau=bureau).exists()):
        return
    names = {item.code: item.name for item in organisations_of_kind("station")}
    for count in counts(bureau, year):
        if summed := count.stations():
            yield figure_by_station(count.named, summed, names, register=REGISTER, table=TABLE, nowhere=NO_STATION)


def rows_behind(bureau: str, year: int, identifier: str, may_see: MaySee) -> tuple[RowRef, ...]:
    """The persons of one station behind one number. identifier: as the figure's row carries it."""
    name, opens, station = identifier.partition("|")
    found = next((count for count in counts(bureau, year) if opens and count.named.name == name), None)
    if found is None:
        return ()
    summed, concept = found.persons(station), found.named.concept
    return tuple(person_row(row, amount_of(concept, summed[row["id"]]), may_see) for row in fields_of(summed))


def counts(bureau: str, year: int) -> Iterator[AwardCount]:
    """Every number, those by benefit and cause included."""
    yield from _flows(bureau, year)
    yield from _grants(bureau, year)
    yield from _without_award(bureau, year)


def categories_of(bureau: str) -> dict[int, str]:
    """The category that each award of a bureau rests on, by number of the award; '' where none was written down."""
    return dict(Award.objects.filter(bureau=bureau).order_by().values_list("id", "category"))


def event_years(grants: Iterable[int]) -> dict[int, int]:
    """The year of the event of some grants, by their number."""
    wanted = sorted(set(grants))
    found: dict[int, int] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = Grant.objects.filter(pk__in=wanted[start : start + AT_ONCE]).values_list("id", "event_on")
        found |= {pk: event_on.year for pk, event_on in rows}
    return found


def benefit_label(benefit: str) -> str:
    """The name of a benefit as the law last knows it; its id where no table names it."""
    row = find("entitlement.benefits", on=date.max, known_on=date.max, benefit=benefit)
    return row.value.label if row else benefit


def _flows(bureau: str, year: int) -> Iterator[AwardCount]:
    opened = Award.objects.filter(bureau=bureau, opened_on__year=year).order_by()
    rows = opened.values_list("benefit", "person_id", "person__station_code").distinct()
    yield from _by_word("awards.opened", "登记日期在当年的定期待遇", rows, "benefit")
    ended = AwardTerm.objects.filter(award__bureau=bureau, superseded_on__isnull=True, ended_on__year=year)
    ended = ended.exclude(end_kind=EndKind.CHANGED).order_by()
    causes = ended.values_list("end_kind", "award__person_id", "award__person__station_code").distinct()
    labels = {str(kind): label for kind, label in END_LABELS.items()}
    yield from _by_word("awards.ended", "终止日期在当年的定期待遇", causes, "end", labels)


def _by_word(
    concept: str, how: str, rows: Iterable[tuple[str, int, str]], axis: str, labels: dict[str, str] | None = None
) -> Iterator[AwardCount]:
    """Distinct persons of each word, and of all together."""
    by_word: dict[str, dict[int, str]] = {}
    for word, person, station in rows:
        by_word.setdefault(word, {})[person] = station
    everybody = {person: station for persons in by_word.values() for person, station in persons.items()}
    yield _persons(Named(concept, f"{how}涉及的不同人员"), everybody)
    for word, persons in sorted(by_word.items()):
        label = labels[word] if labels else benefit_label(word)
        yield _persons(Named(concept, f"{how}（{label}）涉及的不同人员", f"{axis}:{word}", label), persons)


def _persons(named: Named, stations: dict[int, str]) -> AwardCount:
    return _added(named, tuple(Line(person, station, 1) for person, station in stations.items()))


def _added(named: Named, lines: tuple[Line, ...]) -> AwardCount:
    """A number that records add up to."""

    def stations() -> Counter[str]:
        summed: Counter[str] = Counter()
        for line in lines:
            summed[line.station] += line.amount
        return summed

    def persons(station: str) -> Counter[int]:
        summed: Counter[int] = Counter()
        for line in lines:
            if line.station == station:
                summed[line.person] += line.amount
        return summed

    return AwardCount(named, stations, persons)


def _grants(bureau: str, year: int) -> Iterator[AwardCount]:
    standing = Grant.objects.filter(
        bureau=bureau, superseded_on__isnull=True, state=GrantState.APPROVED, event_on__year=year
    )
    rows = list(standing.order_by("id").values_list("benefit", "person_id", "person__station_code", "amount_fen"))
    benefits = sorted({row[0] for row in rows})
    for benefit in ("", *benefits):
        own = [row for row in rows if not benefit or row[0] == benefit]
        member = f"benefit:{benefit}" if benefit else ""
        label = benefit_label(benefit) if benefit else ""
        pieces = Named("awards.grants", f"事由在当年、已批准的{label or '一次性待遇'}件数", member, label)
        money = Named(
            "awards.granted",
            f"事由在当年、已批准的{label or '一次性待遇'}金额之和",
            member,
            label and f"{label}批准金额",
        )
        yield _added(pieces, tuple(Line(person, station, 1) for _, person, station, _ in own))
        yield _added(money, tuple(Line(person, station, fen) for _, person, station, fen in own))


def _without_award(bureau: str, year: int) -> Iterator[AwardCount]:
    """Who holds an identity that goes with a monthly benefit and has none on record: somebody ought to look."""
    register, concept = Register(bureau, year), "awards.identified_without"
    monthly = [word for word in register.categories if _is_monthly(register.benefits.get(word, ""))]
    having = Award.objects.filter(bureau=bureau, person=OuterRef("person"))
    rows = register.standing.filter(Q(category__in=monthly), ~Exists(having))
    chosen = {"": Q(), **{category: Q(category=category) for category in monthly}}
    counted = cache(lambda: rows.by_station(chosen))
    for category, such in chosen.items():
        label = register.labels.get(category, category)
        how = f"年末有{label or '应享受定期待遇的'}身份、没有登记任何定期待遇的人员"
        yield AwardCount(
            Named(concept, how, f"category:{category}" if category else "", label),
            lambda category=category: counted()[category],  # type: ignore[misc]
            lambda station, such=such: dict.fromkeys(rows.filter(such).ids_at(station), 1),  # type: ignore[misc]
        )


def _is_monthly(benefit: str) -> bool:
    row = find("entitlement.benefits", on=date.max, known_on=date.max, benefit=benefit) if benefit else None
    return row is not None and row.value.is_monthly
