"""Numbers of persons and of files: nobody counts twice in one number, which opens by station and then by person.

Numbers over the same rows are counted together, in one query; what a word says is counted by the words there are.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from rongji.accounts.kept import kept_parts
from rongji.accounts.selectors import organisations_of_kind
from rongji.accounts.trail import room_stamps
from rongji.kernel.figure import Figure
from rongji.law.measured import Named, figure_by_station
from rongji.people.measures.counting import Rows, Stations
from rongji.people.measures.persons import REGISTER, TABLE
from rongji.people.measures.register import Register
from rongji.people.models.person import at_station
from rongji.people.types import (
    CONFIRMATION_LABELS,
    AttributeKind,
    ConfirmationResult,
    DisabilityCause,
    LifeEventKind,
)

NO_STATION = "未分站点"
NOT_SAID = "未填"
PARTICIPATIONS = {"war": "参战", "nuclear_test": "参试"}
HEAVIEST, LIGHTEST = 1, 10


@dataclass(frozen=True, slots=True)
class Headcount:
    """A number of distinct persons. keeps_zero: nobody is a number too, because something is divided by it or it by."""

    named: Named
    chosen: Q
    keeps_zero: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """One number for each word of a column, beside the whole. axis: of the figures' members."""

    column: str
    axis: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers over the same rows. words: of the first number, which then is the only one."""

    rows: Rows
    headcounts: tuple[Headcount, ...]
    words: Words | None = None

    def counted(self) -> Iterator[tuple[Headcount, Stations]]:
        """Every number with its persons by station."""
        by_word = self.rows.by_word(self.words.column) if self.words else {}
        if self.words and self.rows.once:
            yield self.headcounts[0], sum(by_word.values(), Counter())
        else:
            found = self.rows.by_station({item.named.name: item.chosen for item in self.headcounts})
            yield from ((item, found[item.named.name]) for item in self.headcounts)
        for word, stations in by_word.items():
            yield self._of_word(word), stations

    def at(self, stations: Collection[str]) -> "Tally":
        """The same numbers of the persons of some stations."""
        return replace(self, rows=self.rows.at(stations))

    def of_words(self, names: Collection[str]) -> Iterator[Headcount]:
        """The numbers of single words among some names, in order."""
        if self.words:
            prefix = f"{self.headcounts[0].named.concept}#{self.words.axis}:"
            yield from (self._of_word(name.removeprefix(prefix)) for name in sorted(names) if name.startswith(prefix))

    def rows_of(self, name: str) -> Rows | None:
        """The rows of the number of that name; None when it is not among these."""
        for item in self.headcounts:
            if item.named.name == name:
                return self.rows.filter(item.chosen)
        prefix = f"{self.headcounts[0].named.concept}#{self.words.axis}:" if self.words else ""
        if self.words is None or not name.startswith(prefix):
            return None
        said = name.removeprefix(prefix)
        return self.rows.filter(Q(**{self.words.column: "" if said == NOT_SAID else said}))

    def _of_word(self, word: str) -> Headcount:
        assert self.words is not None
        whole, said = self.headcounts[0].named, word or NOT_SAID
        return Headcount(Named(whole.concept, f"{whole.how}，{said}", f"{self.words.axis}:{said}", said), Q())


def headcount_figures(register: Register) -> Iterator[Figure]:
    """The figure of every number that is not nothing.

    What a station counts is kept until something is written about one of its persons: nobody stands in two stations.
    """
    names = {item.code: item.name for item in organisations_of_kind("station")}
    found = _together(_kept(register))
    for tally in tallies(register):
        for headcount in (*tally.headcounts, *tally.of_words(found)):
            stations = found.get(headcount.named.name, Counter())
            if stations or headcount.keeps_zero:
                yield figure_by_station(
                    headcount.named, stations, names, register=REGISTER, table=TABLE, nowhere=NO_STATION
                )


Numbers = dict[str, int]
"""Name of a number → persons."""


def _kept(register: Register) -> dict[str, Numbers]:
    stamps, codes = room_stamps(register.bureau), register.stations
    written = {code: (stamps.of(f"people/{at_station(code)}"), stamps.of("accounts")) for code in codes}

    def count(missing: Sequence[str]) -> dict[str, Numbers]:
        found: dict[str, Numbers] = {code: {} for code in missing}
        for tally in tallies(register):
            rows = tally if len(missing) == len(codes) else tally.at(missing)
            for headcount, stations in rows.counted():
                for code, persons in stations.items():
                    found.setdefault(code, {})[headcount.named.name] = persons
        return found

    return kept_parts(("people", register.bureau, register.year), written, count, len)


def _together(kept: Mapping[str, Numbers]) -> dict[str, Stations]:
    found: dict[str, Stations] = {}
    for code, numbers in kept.items():
        for name, persons in numbers.items():
            found.setdefault(name, Counter())[code] = persons
    return found


def tallies(register: Register) -> Iterator[Tally]:
    """Every number of persons, those by category, grade, result … included."""
    yield from _files(register)
    yield from _whereabouts(register)
    yield from _identities(register)
    yield from _disabilities(register)
    yield from _confirmations(register)
    yield _by_word("people.merits", "授予日期在当年的立功受奖", register.merits, "grade", "grade")
    yield _by_word("people.discharged", "退役日期在当年的服役经历", register.discharged, "discharge_kind", "discharge")
    yield _participants(register)
    for concept, kind in (
        ("people.employment_recorded", AttributeKind.EMPLOYMENT),
        ("people.insurance_recorded", AttributeKind.INSURANCE),
    ):
        yield _by_word(concept, "年末有这项记录，按最近一条", register.attribute(kind), "value", "status")


def _files(register: Register) -> Iterator[Tally]:
    dead = Q(died_on__lte=register.last_day)
    new, died = Q(registered_on__year=register.year), Q(died_on__year=register.year)
    yield Tally(
        register.persons,
        (
            _of("people.files", "年末已建档、未并入他人的档案", keeps_zero=True),
            _of("people.registered", "建档日期在当年", new),
            _of("people.files_of_deceased", "本人年末已去世的档案", dead),
            _of("people.deaths", "死亡日期在当年", died),
        ),
    )
    for concept, how, rows in (
        ("people.files_complete", "登记的材料没有缺件", register.with_all_papers),
        ("people.files_incomplete", "登记的材料有缺件", register.with_papers_missing),
        ("people.files_handed_over", "寄出日期在当年的档案转递", register.handed_over),
    ):
        yield Tally(rows, (_of(concept, how),))
    yield Tally(register.with_scans, (_of("people.files_scanned", "至少一件材料已扫描", keeps_zero=True),))


def _whereabouts(register: Register) -> Iterator[Tally]:
    yield Tally(register.served, (_of("people.served", "年末有档案、在世、未迁出"),))
    moved = (
        _of("people.moved_in", "当年有迁入记录", Q(kind=LifeEventKind.MOVED_IN)),
        _of("people.moved_out", "当年有迁出记录", Q(kind=LifeEventKind.MOVED_OUT)),
    )
    yield Tally(register.moves, moved)


def _identities(register: Register) -> Iterator[Tally]:
    how = "按年末当日所知：12 月身份有效、在世、未迁出"
    yield Tally(register.standing_then, (_of("people.identified_then", how),))
    how = "按现在所知：12 月身份有效、在世、未迁出"
    yield Tally(register.standing, tuple(_by_category(register, "people.identified", how, "")))
    how = "身份起始月份在当年"
    yield Tally(register.begun, tuple(_by_category(register, "people.newly_identified", how, "新认定")))


def _by_category(register: Register, concept: str, how: str, opening: str) -> Iterator[Headcount]:
    """All of them, and those of each category and of each group of categories."""
    yield _of(concept, how)
    groups: dict[str, list[str]] = {}
    for category in register.categories:
        label = register.labels.get(category, category)
        chosen = Q(category=category)
        yield _of(concept, f"{how}，{label}", chosen, f"category:{category}", f"{opening}{label}")
        if group := register.groups.get(category, ""):
            groups.setdefault(group, []).append(category)
    for group, categories in groups.items():
        chosen = Q(category__in=categories)
        yield _of(concept, f"{how}，{group}类", chosen, f"group:{group}", f"{opening}{group}类人员")


def _disabilities(register: Register) -> Iterator[Tally]:
    concept, graded, before = "people.disability_changes", register.graded, register.had_a_grade
    yield Tally(graded, (_of(concept, "评定日期在当年的残疾等级"),))
    first = _of(concept, "当年首次评定残疾等级", member="change:new", label="新评定残疾等级")
    yield Tally(graded.filter(~before), (first,))
    anew = _of(concept, "当年调整残疾等级", member="change:adjusted", label="调整残疾等级")
    yield Tally(graded.filter(before), (anew,))
    held = [_of("people.disabled", "年末有残疾等级、在世、未迁出")]
    for grade in range(HEAVIEST, LIGHTEST + 1):
        how, label = f"年末残疾等级为 {grade} 级", f"{grade} 级残疾人员"
        held.append(_of("people.disabled", how, Q(grade=grade), f"grade:{grade}", label))
    for cause in sorted(DisabilityCause):
        how, label = f"年末残疾性质为{cause}", f"{cause}残疾人员"
        held.append(_of("people.disabled", how, Q(cause=cause), f"cause:{cause}", label))
    yield Tally(register.grades, tuple(held))


def _confirmations(register: Register) -> Iterator[Tally]:
    rows = register.confirmations
    if not rows.query.exists():
        return
    held = [
        _of("people.to_confirm", "在当年的确认名单上"),
        _of("people.confirmed", "当年的确认已有结果", ~Q(result=""), keeps_zero=True),
    ]
    for word in sorted(ConfirmationResult):
        label = CONFIRMATION_LABELS[word]
        how = f"确认结果为{label}"
        held.append(_of("people.confirmed", how, Q(result=word), f"result:{word}", f"年度确认{label}人数"))
    yield Tally(rows, tuple(held))


def _participants(register: Register) -> Tally:
    concept, how = "people.participants", "有参战、参试经历记录"
    held = [_of(concept, how)]
    for kind, said in sorted(PARTICIPATIONS.items()):
        held.append(_of(concept, f"{how}，{said}", Q(kind=kind), f"participation:{said}", said))
    return Tally(register.took_part, tuple(held))


def _by_word(concept: str, how: str, rows: Rows, column: str, axis: str) -> Tally:
    return Tally(rows, (_of(concept, how),), Words(column, axis))


def _of(
    concept: str, how: str, chosen: Q | None = None, member: str = "", label: str = "", *, keeps_zero: bool = False
) -> Headcount:
    return Headcount(Named(concept, how, member, label), chosen or Q(), keeps_zero)
