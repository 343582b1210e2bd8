"""Numbers of persons and of files: nobody counts twice in one number, which opens by station and then by person."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rongji.accounts.selectors import organisations_of_kind
from rongji.kernel.figure import Figure
from rongji.law.measured import Group, Named, counted_figure
from rongji.people.measures.persons import REGISTER, TABLE
from rongji.people.measures.register import Ids, Register, Sets
from rongji.people.types import CONFIRMATION_LABELS, AttributeKind, ConfirmationResult, LifeEventKind

NO_STATION = "未分站点"
NOT_SAID = "未填"
PARTICIPATIONS = {"war": "参战", "nuclear_test": "参试"}


@dataclass(frozen=True, slots=True)
class Headcount:
    """A number of distinct persons. keeps_zero: nobody is a number too, because something is divided by it or it by."""

    named: Named
    persons: Callable[[], Ids]
    keeps_zero: bool = False


def headcounts(register: Register) -> Iterator[Headcount]:
    """Every number of persons, those by category, grade, result … included."""
    yield from _files(register)
    yield from _whereabouts(register)
    yield from _identities(register)
    yield from _disabilities(register)
    yield from _confirmations(register)
    yield from _by_word("people.merits", "授予日期在当年的立功受奖", register.merits, "grade")
    yield from _by_word("people.discharged", "退役日期在当年的服役经历", register.discharged, "discharge")
    took_part = Sets({PARTICIPATIONS[kind]: ids for kind, ids in register.took_part.items()})
    yield from _by_word("people.participants", "有参战、参试经历记录", took_part, "participation")
    for concept, kind in (
        ("people.employment_recorded", AttributeKind.EMPLOYMENT),
        ("people.insurance_recorded", AttributeKind.INSURANCE),
    ):
        yield from _by_word(concept, "年末有这项记录，按最近一条", register.attribute(kind), "status")


def headcount_figures(register: Register) -> Iterator[Figure]:
    """The figure of every number that is not nothing."""
    names = {item.code: item.name for item in organisations_of_kind("station")}
    for headcount in headcounts(register):
        ids = headcount.persons()
        if ids or headcount.keeps_zero:
            groups = _by_station(register, ids, names)
            yield counted_figure(headcount.named, groups, register=REGISTER, table=TABLE)


def _by_station(register: Register, ids: Ids, names: dict[str, str]) -> list[Group]:
    counted = Counter(register.persons[person].station for person in ids)
    rows = sorted(counted.items(), key=lambda row: (-row[1], row[0]))
    return [Group(code, names.get(code, code) or NO_STATION, number) for code, number in rows]


def _files(register: Register) -> Iterator[Headcount]:
    papers, persons = register.papers, register.persons
    dead = frozenset(persons) - register.alive
    new = frozenset(person for person, line in persons.items() if line.registered_on.year == register.year)
    yield _of("people.files", "年末已建档、未并入他人的档案", frozenset(persons), keeps_zero=True)
    yield _of("people.registered", "建档日期在当年", new)
    yield _of("people.files_scanned", "至少一件材料已扫描", papers["scanned"], keeps_zero=True)
    yield _of("people.files_complete", "登记的材料没有缺件", papers["any"] - papers["missing"])
    yield _of("people.files_incomplete", "登记的材料有缺件", papers["missing"])
    yield _of("people.files_of_deceased", "本人年末已去世的档案", dead)
    yield _of("people.files_handed_over", "寄出日期在当年的档案转递", register.handed_over)


def _whereabouts(register: Register) -> Iterator[Headcount]:
    yield _of("people.served", "年末有档案、在世、未迁出", register.alive - register.away)
    yield _of("people.deaths", "死亡日期在当年", register.died)
    yield _of("people.moved_in", "当年有迁入记录", register.moved(LifeEventKind.MOVED_IN))
    yield _of("people.moved_out", "当年有迁出记录", register.moved(LifeEventKind.MOVED_OUT))


def _identities(register: Register) -> Iterator[Headcount]:
    yield _of("people.identified_then", "按年末当日所知：12 月身份有效、在世、未迁出", register.standing_then)
    for concept, how, sets, opening in (
        ("people.identified", "按现在所知：12 月身份有效、在世、未迁出", register.standing, ""),
        ("people.newly_identified", "身份起始月份在当年", register.begun, "新认定"),
    ):
        yield _of(concept, how, sets.together)
        for category, ids in sets.items():
            label = register.labels.get(category, category)
            yield _of(concept, f"{how}，{label}", ids, f"category:{category}", f"{opening}{label}")
        for group, ids in _in_groups(register, sets).items():
            yield _of(concept, f"{how}，{group}类", ids, f"group:{group}", f"{opening}{group}类人员")


def _in_groups(register: Register, sets: Sets) -> dict[str, Ids]:
    found: dict[str, Ids] = {}
    for category, ids in sets.items():
        group = register.groups.get(category, "")
        if group:
            found[group] = found.get(group, frozenset()) | ids
    return found


def _disabilities(register: Register) -> Iterator[Headcount]:
    first, anew = register.graded(first_time=True), register.graded(first_time=False)
    yield _of("people.disability_changes", "评定日期在当年的残疾等级", first | anew)
    yield _of("people.disability_changes", "当年首次评定残疾等级", first, "change:new", "新评定残疾等级")
    yield _of("people.disability_changes", "当年调整残疾等级", anew, "change:adjusted", "调整残疾等级")
    here = register.alive - register.away
    held = {person: said for person, said in register.grades.items() if person in here}
    yield _of("people.disabled", "年末有残疾等级、在世、未迁出", frozenset(held))
    for grade in sorted({grade for _, grade in held.values()}):
        ids = frozenset(person for person, said in held.items() if said[1] == grade)
        yield _of("people.disabled", f"年末残疾等级为 {grade} 级", ids, f"grade:{grade}", f"{grade} 级残疾人员")
    for cause in sorted({cause for cause, _ in held.values()}):
        ids = frozenset(person for person, said in held.items() if said[0] == cause)
        yield _of("people.disabled", f"年末残疾性质为{cause}", ids, f"cause:{cause}", f"{cause}残疾人员")


def _confirmations(register: Register) -> Iterator[Headcount]:
    results = register.confirmations
    if not results:
        return
    done = Sets({word: ids for word, ids in results.items() if word})
    yield _of("people.to_confirm", "在当年的确认名单上", Sets(results).together)
    yield _of("people.confirmed", "当年的确认已有结果", done.together, keeps_zero=True)
    for word, ids in done.items():
        label = CONFIRMATION_LABELS[ConfirmationResult(word)]
        yield _of("people.confirmed", f"确认结果为{label}", ids, f"result:{word}", f"年度确认{label}人数")


def _by_word(concept: str, how: str, sets: dict[str, Ids], axis: str) -> Iterator[Headcount]:
    yield _of(concept, how, Sets(sets).together)
    for word, ids in sets.items():
        said = word or NOT_SAID
        yield _of(concept, f"{how}，{said}", ids, f"{axis}:{said}", said)


def _of(concept: str, how: str, ids: Ids, member: str = "", label: str = "", *, keeps_zero: bool = False) -> Headcount:
    return Headcount(Named(concept, how, member, label), lambda: ids, keeps_zero)
