"""The figures of a bureau's year out of its cases; rows open by station, then by month, in the end into the cases."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rongji.accounts.kept import kept_parts, rows_in
from rongji.accounts.selectors import organisations_of_kind
from rongji.accounts.trail import room_stamps
from rongji.casework.measures.columns import label_of
from rongji.casework.measures.counts import EVERYWHERE, STATION, Numbers, Source, together
from rongji.casework.measures.every_kind import CHANNEL, KIND, STEP, sources
from rongji.casework.measures.kinds import KindCount, kind_counts, kind_of_year
from rongji.casework.models import Case
from rongji.kernel.figure import Figure
from rongji.law.case_checks import asked_of
from rongji.law.case_kinds import CaseCounting, CaseMoment
from rongji.law.concepts import concept
from rongji.law.loader import lawbook
from rongji.law.measured import Named, figure_by_station

REGISTER, TABLE = "办件台账", "casework"
NO_STATION = "县局窗口"
_MOMENTS = {
    CaseMoment.RECEIVED: "收到日期在当年",
    CaseMoment.CLOSED: "办结日期在当年",
    CaseMoment.ACT: "当年办理过“{act}”",
    CaseMoment.OPEN_AT_END: "年末尚未办结",
}
_COUNTINGS = {
    CaseCounting.CASES: "一件计一次",
    CaseCounting.PERSONS: "一人只计一次",
    CaseCounting.PEOPLE: "来的人数相加",
    CaseCounting.CONTACTS: "来一次计一次",
    CaseCounting.SUM: "“{of}”相加",
}

Members = dict[str, Numbers]


@dataclass(frozen=True, slots=True)
class OfKind:
    """What the cases of one kind count: of what every kind yields by concept, and of what the kind declares itself."""

    whole: Mapping[str, Numbers]
    common: Mapping[str, tuple[Figure, ...]]
    own: tuple[Figure, ...]

    @property
    def rows(self) -> int:
        """How many rows its figures carry."""
        return rows_in(self.own) + sum(rows_in(figures) for figures in self.common.values())


def derived_figures(bureau: str, year: int) -> Iterator[Figure]:
    """Every figure that cases yield for a bureau's year; none where it has no case.

    What a kind counts is kept until something happens to a case of that kind.
    """
    kinds = sorted(Case.objects.filter(bureau=bureau).order_by().values_list("kind", flat=True).distinct())
    if not kinds:
        return
    names = {item.code: item.name for item in organisations_of_kind("station")} | {EVERYWHERE: "各站点合计"}
    found = tuple(_kept(bureau, year, kinds, names))
    for source in sources(year):
        for concept_id in source.adds:
            whole = together(item.whole[concept_id] for item in found if concept_id in item.whole)
            yield _figure(Named(concept_id, _definition(concept_id)), whole, names)
            members = (figure for item in found for figure in item.common.get(concept_id, ()))
            yield from sorted(members, key=lambda figure: figure.key.member)
    for item in found:
        yield from item.own


def _kept(bureau: str, year: int, kinds: Sequence[str], names: Mapping[str, str]) -> Iterable[OfKind]:
    places = room_stamps(bureau)
    written = {kind: (places.of(f"casework/{kind}"), places.of("accounts")) for kind in kinds}

    def make(missing: Sequence[str]) -> dict[str, OfKind]:
        return _counted(bureau, year, missing, names, is_every=len(missing) == len(kinds))

    return kept_parts(("casework", bureau, year), written, make, lambda item: item.rows).values()


def _counted(
    bureau: str, year: int, kinds: Sequence[str], names: Mapping[str, str], *, is_every: bool
) -> dict[str, OfKind]:
    """What some kinds count: one query for what all of them yield, and those of each kind."""
    common: dict[str, dict[str, Members]] = {kind: {} for kind in kinds}
    for source in sources(year):
        for concept_id, members in common_numbers(source, bureau, year, () if is_every else kinds).items():
            for member, numbers in members.items():
                if (kind := _kind_in(member)) in common:  # another's first case may have come in meanwhile
                    common[kind].setdefault(concept_id, {})[member] = numbers
    return {kind: _of_kind(bureau, year, kind, common[kind], names) for kind in kinds}


def _of_kind(bureau: str, year: int, kind: str, common: Mapping[str, Members], names: Mapping[str, str]) -> OfKind:
    counts = kind_counts(bureau, year, [kind] if common else [])
    return OfKind(
        {concept_id: members[f"{KIND}:{kind}"] for concept_id, members in common.items()},
        {
            concept_id: tuple(
                _figure(Named(concept_id, _definition(concept_id), member, _label(concept_id, member, year)), it, names)
                for member, it in members.items()
            )
            for concept_id, members in common.items()
        },
        tuple(
            _figure(named(count, member), numbers, names)
            for count in counts
            for member, numbers in sorted(count.numbers.items())
            if numbers.whole or not member
        ),
    )


def common_numbers(source: Source, bureau: str, year: int, kinds: Sequence[str] = ()) -> dict[str, Members]:
    """Concept → member → number; a member that one concept of the source has, every other has, be it nothing.

    So a rate always finds its base beside it. kinds: only these, () for all.
    """
    found: dict[str, dict[str, Counter[str]]] = {name: defaultdict(Counter) for name in source.adds}
    for group in source.groups(bureau, year, kinds):
        members = tuple(_members(group))
        for name, by_member in found.items():
            for member in members:
                by_member[member][group[STATION]] += group[name]
    return {name: {key: Numbers(dict(value)) for key, value in members.items()} for name, members in found.items()}


def named(count: KindCount, member: str) -> Named:
    """What a number of a kind is of, and how it is counted."""
    kind, measure = count.kind, count.measure
    act = kind.acts_by_id[measure.act].label if measure.act else ""
    of = asked_of(kind)[measure.of].label if measure.of else ""
    how = "，".join((
        measure.definition, _MOMENTS[measure.moment].format(act=act), _COUNTINGS[measure.counting].format(of=of)
    ))  # fmt: skip
    axis, _, word = member.partition(":")
    own = next((item for item in measure.by if item.removeprefix("field:") == axis), axis)
    label = f"{measure.label}（{label_of(kind, own, word)}）" if member else measure.label
    return Named(kind.concept(measure), how, member, label)


def _members(group: Mapping[str, Any]) -> Iterator[str]:
    kind = group[KIND]
    yield f"{KIND}:{kind}"
    for axis in (CHANNEL, STEP):
        if axis in group:
            yield f"{axis}:{kind}.{group[axis]}"


def _kind_in(member: str) -> str:
    """The kind of which a member of a common number is: kind:petition, channel:petition.visit."""
    return member.partition(":")[2].partition(".")[0]


def _label(name: str, member: str, year: int) -> str:
    """A common number in words: 收到办件（信访事项·来访）."""
    axis, _, word = member.partition(":")
    kind_id, _, part = word.partition(".")
    kind = kind_of_year(kind_id, year)
    said = kind.label if kind else kind_id
    if axis != KIND:
        said = f"{said}·{label_of(kind, axis, part) if kind else part}"
    return f"{concept(lawbook(), name).label}（{said}）"


def _definition(name: str) -> str:
    return concept(lawbook(), name).definition


def _figure(what: Named, numbers: Numbers, names: Mapping[str, str]) -> Figure:
    return figure_by_station(
        what, numbers.stations, names, register=REGISTER, table=TABLE, nowhere=NO_STATION, total=numbers.total
    )
