"""The figures of a bureau's year out of its cases; rows open by station, then by month, in the end into the cases."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from rongji.accounts.selectors import organisations_of_kind
from rongji.casework.measures.columns import label_of
from rongji.casework.measures.counts import EVERYWHERE, STATION, Numbers, Source
from rongji.casework.measures.every_kind import CHANNEL, KIND, STEP, sources
from rongji.casework.measures.kinds import KindCount, kind_counts, kind_of_year
from rongji.casework.models import Case
from rongji.kernel.figure import Figure
from rongji.law.case_checks import asked_of
from rongji.law.case_kinds import CaseCounting, CaseMoment
from rongji.law.concepts import concept
from rongji.law.loader import lawbook
from rongji.law.measured import Group, Named, counted_figure

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


def derived_figures(bureau: str, year: int) -> Iterator[Figure]:
    """Every figure that cases yield for a bureau's year; none where it has no case."""
    if not Case.objects.filter(bureau=bureau).exists():
        return
    names = {item.code: item.name for item in organisations_of_kind("station")} | {EVERYWHERE: "各站点合计"}
    kinds: set[str] = set()
    for source in sources(year):
        for name, members in common_numbers(source, bureau, year).items():
            kinds |= {member.partition(":")[2] for member in members if member.startswith(f"{KIND}:")}
            for member, numbers in sorted(members.items()):
                yield _figure(Named(name, _definition(name), member, _label(name, member, year)), numbers, names)
    for count in kind_counts(bureau, year, sorted(kinds)):
        for member, numbers in sorted(count.numbers.items()):
            if numbers.whole or not member:
                yield _figure(named(count, member), numbers, names)


def common_numbers(source: Source, bureau: str, year: int) -> dict[str, Members]:
    """Concept → member → number; a member that one concept of the source has, every other has, be it nothing.

    So a rate always finds its base beside it.
    """
    found: dict[str, dict[str, Counter[str]]] = {name: defaultdict(Counter, {"": Counter()}) for name in source.adds}
    for group in source.groups(bureau, year):
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
    yield ""
    yield f"{KIND}:{kind}"
    for axis in (CHANNEL, STEP):
        if axis in group:
            yield f"{axis}:{kind}.{group[axis]}"


def _label(name: str, member: str, year: int) -> str:
    """A common number in words: 收到办件（信访事项·来访）."""
    if not member:
        return ""
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
    rows = sorted(numbers.stations.items(), key=lambda row: (-row[1], row[0]))
    groups = (Group(code, names.get(code, code) or NO_STATION, amount) for code, amount in rows if amount)
    return counted_figure(what, groups, register=REGISTER, table=TABLE, total=numbers.total)
