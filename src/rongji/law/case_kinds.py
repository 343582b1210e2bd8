"""Case kinds (legal/casework/<kind>/<effective day>.yaml): how one matter is handled, from receipt to the end.

A kind is a folder, a version is a file named by the day from which it applies; a local one lies under
legal/regions/<code>/casework/<kind>/. A running case keeps the version with which it began. Time limits themselves are
dated law (deadlines.casework); a clock names the one it runs on.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path

from rongji.kernel.units import UNITS
from rongji.law.asked import Asked, read_asked
from rongji.law.fields import Fields
from rongji.law.locate import find_legal
from rongji.law.model import Trust
from rongji.law.reading import Problems, read_yaml
from rongji.law.refusals import LawNotUsable, UnknownCaseKind

FOLDER = "casework"
CONCEPT_PREFIX = "casework."
RECEIVED, THEN = "received", "act"


class About(StrEnum):
    """Whom a case may be about."""

    PERSON = "person"  # somebody of the register of people
    ANYBODY = "anybody"  # an applicant by name, on the register or not


class Follows(StrEnum):
    """What an act does to the running clocks beside starting and stopping them."""

    NOTHING = "nothing"
    PAUSE = "pause"  # 补正、专家评审: every running clock stands still
    RESUME = "resume"
    EXTEND = "extend"  # once, approved by somebody else than the one who asked


class CaseCounting(StrEnum):
    """How cases are counted."""

    CASES = "cases"  # 件
    PEOPLE = "people"  # 人次: the people who came, each time
    CONTACTS = "contacts"  # 批次: the times somebody came, called or wrote
    PERSONS = "persons"  # 人: distinct persons of the register
    SUM = "sum"  # a field is added up


class CaseMoment(StrEnum):
    """By which day a case belongs to a year."""

    RECEIVED = "received"
    CLOSED = "closed"
    ACT = "act"  # the day of an act (named in `act`)
    OPEN_AT_END = "open_at_end"  # received by the last day of the year and not closed then


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in which a case arrives. counts_people: whether people come, so that 批次 and 人次 are asked for."""

    id: str
    label: str
    counts_people: bool = False
    is_assigned: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A document asked for."""

    id: str
    label: str
    is_needed: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A state in which a case waits. role: whose turn it is. is_final: closed. public: as the applicant is told."""

    id: str
    label: str
    role: str = ""
    is_final: bool = False
    public: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time limit that runs. procedure, step: its row in deadlines.casework."""

    id: str
    label: str
    procedure: str
    step: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What an act does beyond the case: a service by name, and where its arguments come from.

    given: argument → source: `field:<id>`, `case:<person|received_on|acted_on|decision|area|number>`, or `=literal`.
    """

    do: str
    given: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Act:
    """What may be done with a case: from which steps, by which roles, with which answers, and what follows.

    to: the next step, empty to stay. by_other: not by whoever did the act before it (two pairs of eyes).
    starts, stops: clocks. outcome: the word with which the act closes the case. opens: a follow-up kind (复查).
    after_close: may be done on a closed case (评价、申请复查).
    """

    id: str
    label: str
    from_steps: tuple[str, ...]
    to: str
    roles: tuple[str, ...]
    fields: tuple[Asked, ...]
    papers: tuple[Paper, ...]
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    follows: Follows
    letter: str
    outcome: str
    opens: str
    effects: tuple[Effect, ...]
    by_other: bool = False
    after_close: bool = False
    needs_decision: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """An official letter: title, number pattern ({short}, {year}, {serial}), and paragraphs with {placeholders}."""

    id: str
    title: str
    number: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseMeasure:
    """A number that the cases of a kind yield beside the common ones: concept `casework.<kind>.<id>`.

    where: `channel`, `outcome`, `step` or `field:<id>` → the words that count. by: axes of the same names.
    """

    id: str
    label: str
    unit: str
    counting: CaseCounting
    moment: CaseMoment
    definition: str
    of: str
    act: str
    where: Mapping[str, tuple[str, ...]]
    by: tuple[str, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class CaseKind:
    """One version of a case kind. key: how a case stores it (`2022-05-01`, local: `430000/2022-05-01`)."""

    id: str
    key: str
    label: str
    area: str
    unit: str
    act: str
    provision: str
    effective: date
    known: date
    trust: Trust
    about: About
    channels: tuple[Channel, ...]
    fields: tuple[Asked, ...]
    papers: tuple[Paper, ...]
    steps: tuple[Step, ...]
    clocks: tuple[Clock, ...]
    acts: tuple[Act, ...]
    letters: tuple[Letter, ...]
    measures: tuple[CaseMeasure, ...]
    open_roles: tuple[str, ...]
    open_starts: tuple[str, ...]
    is_public: bool
    guide: str
    inventory: tuple[str, ...]
    note: str

    @cached_property
    def steps_by_id(self) -> Mapping[str, Step]:
        """The steps by id."""
        return {item.id: item for item in self.steps}

    @cached_property
    def acts_by_id(self) -> Mapping[str, Act]:
        """The acts by id."""
        return {item.id: item for item in self.acts}

    @cached_property
    def clocks_by_id(self) -> Mapping[str, Clock]:
        """The clocks by id."""
        return {item.id: item for item in self.clocks}

    @property
    def first_step(self) -> Step:
        """Where a case begins."""
        return self.steps[0]

    def concept(self, measure: CaseMeasure) -> str:
        """The concept that a measure fills."""
        return f"{CONCEPT_PREFIX}{self.id}.{measure.id}"


def case_kind_ids(root: Path | str | None = None) -> tuple[str, ...]:
    """Every kind by id, in order; local ones included."""
    return tuple(sorted({path.parent.name for _, path in _paths(find_legal(root))}))


def case_kind(kind: str, *, on: date, region: str = "", root: Path | str | None = None) -> CaseKind:
    """The version in force on a day: of the region or of the nearest region above it that has one, else the national.

    Raises: UnknownCaseKind, LawNotUsable.
    """
    versions = _versions(kind, str(find_legal(root)))
    for place in (*(region[:end] for end in (12, 9, 6) if len(region) >= end), *_above(region), ""):
        fit = [item for item in versions if item.key.rpartition("/")[0] == place and item.effective <= on]
        if fit:
            return max(fit, key=lambda item: item.effective)
    raise UnknownCaseKind(id=kind, on=on)


def case_kind_version(kind: str, key: str, root: Path | str | None = None) -> CaseKind:
    """The version that a case began with. Raises: UnknownCaseKind, LawNotUsable."""
    for item in _versions(kind, str(find_legal(root))):
        if item.key == key:
            return item
    raise UnknownCaseKind(id=f"{kind} {key}", on="")


def case_kinds(*, on: date, region: str = "", root: Path | str | None = None) -> tuple[CaseKind, ...]:
    """Every kind that may be opened on a day in a region."""
    found = []
    for kind in case_kind_ids(root):
        try:
            found.append(case_kind(kind, on=on, region=region, root=root))
        except UnknownCaseKind:
            continue
    return tuple(found)


def check_case_kinds(folder: Path, problems: Problems) -> None:
    """Everything wrong with the case kinds of a folder of legal data."""
    for region, path in _paths(folder):
        _read(region, path, folder, problems)


def _above(region: str) -> tuple[str, ...]:
    return (f"{region[:4]}00", f"{region[:2]}0000") if len(region) >= 6 else ()


@lru_cache(maxsize=128)
def _versions(kind: str, folder: str) -> tuple[CaseKind, ...]:
    problems = Problems()
    found = [
        _read(region, path, Path(folder), problems) for region, path in _paths(Path(folder)) if path.parent.name == kind
    ]
    if problems.found:
        raise LawNotUsable(count=len(problems.found), first=str(problems.found[0]))
    return tuple(item for item in found if item is not None)


def _paths(folder: Path) -> Iterator[tuple[str, Path]]:
    """Region and file of every version."""
    for path in sorted((folder / FOLDER).glob("*/*.yaml")):
        yield "", path
    for path in sorted((folder / "regions").glob(f"*/{FOLDER}/*/*.yaml")):
        yield path.parents[2].name, path


def _read(region: str, path: Path, folder: Path, problems: Problems) -> CaseKind | None:
    file = path.relative_to(folder).as_posix()
    content = read_yaml(path, file, problems)
    if content is None:
        return None
    fields = Fields(content, file, "", problems)
    if fields.text("id") != path.parent.name:
        fields.wrong(f"id 应与文件夹“{path.parent.name}”一致")
    effective = fields.day("effective") or date.min
    if path.stem != effective.isoformat():
        fields.wrong(f"文件名应为施行日“{effective}”")
    found = CaseKind(
        id=path.parent.name,
        key=f"{region}/{path.stem}" if region else path.stem,
        label=fields.text("label"),
        area=fields.text("area"),
        unit=fields.text("unit"),
        act=fields.text("act"),
        provision=fields.text("provision", required=False),
        effective=effective,
        known=fields.day("known") or date.min,
        trust=fields.choice("trust", Trust),
        about=fields.choice("about", About),
        channels=tuple(_channel(item) for item in fields.each("channels")),
        fields=read_asked(fields, required=False),
        papers=_papers(fields),
        steps=tuple(_step(item) for item in fields.each("steps")),
        clocks=tuple(_clock(item) for item in fields.each("clocks", required=False)),
        acts=tuple(_act(item) for item in fields.each("acts")),
        letters=tuple(_letter(item) for item in fields.each("letters", required=False)),
        measures=tuple(_measure(item) for item in fields.each("measures", required=False)),
        open_roles=fields.texts("open_roles", required=True),
        open_starts=fields.texts("open_starts"),
        is_public=fields.flag("public", default=False),
        guide=fields.text("guide", required=False),
        inventory=fields.texts("inventory"),
        note=fields.text("note", required=False),
    )
    fields.finish()
    _check(found, fields)
    return found


def _channel(item: Fields) -> Channel:
    found = Channel(
        item.text("id"),
        item.text("label"),
        item.flag("counts_people", default=False),
        item.flag("assigned", default=False),
    )
    item.finish()
    return found


def _papers(fields: Fields) -> tuple[Paper, ...]:
    found = []
    for item in fields.each("papers", required=False):
        found.append(
            Paper(
                item.text("id"),
                item.text("label"),
                item.flag("needed", default=True),
                item.text("note", required=False),
            )
        )
        item.finish()
    return tuple(found)


def _step(item: Fields) -> Step:
    found = Step(
        item.text("id"),
        item.text("label"),
        item.text("role", required=False),
        item.flag("final", default=False),
        item.text("public", required=False),
    )
    item.finish()
    return found


def _clock(item: Fields) -> Clock:
    found = Clock(item.text("id"), item.text("label"), item.text("procedure"), item.text("step"))
    item.finish()
    return found


def _act(item: Fields) -> Act:
    found = Act(
        id=item.text("id"),
        label=item.text("label"),
        from_steps=item.texts("from", required=True),
        to=item.text("to", required=False),
        roles=item.texts("roles", required=True),
        fields=read_asked(item, required=False),
        papers=_papers(item),
        starts=item.texts("starts"),
        stops=item.texts("stops"),
        follows=item.choice("follows", Follows, default=Follows.NOTHING),
        letter=item.text("letter", required=False),
        outcome=item.text("outcome", required=False),
        opens=item.text("opens", required=False),
        effects=tuple(_effect(entry) for entry in item.each("effects", required=False)),
        by_other=item.flag("by_other", default=False),
        after_close=item.flag("after_close", default=False),
        needs_decision=item.flag("needs_decision", default=False),
        note=item.text("note", required=False),
    )
    item.finish()
    return found


def _effect(item: Fields) -> Effect:
    given = item.part("given", required=False)
    found = Effect(item.text("do"), {name: given.text(name) for name in given.content} if given else {})
    item.finish()
    return found


def _letter(item: Fields) -> Letter:
    found = Letter(item.text("id"), item.text("title"), item.text("number"), item.texts("paragraphs", required=True))
    item.finish()
    return found


def _measure(item: Fields) -> CaseMeasure:
    counting = item.choice("counting", CaseCounting, default=CaseCounting.CASES)
    moment = item.choice("moment", CaseMoment, default=CaseMoment.RECEIVED)
    where = item.part("where", required=False)
    found = CaseMeasure(
        id=item.text("id"),
        label=item.text("label"),
        unit=item.text("unit"),
        counting=counting,
        moment=moment,
        definition=item.text("definition"),
        of=item.text("of", required=counting is CaseCounting.SUM),
        act=item.text("act", required=moment is CaseMoment.ACT),
        where={name: where.texts(name, required=True) for name in where.content} if where else {},
        by=item.texts("by"),
        aliases=item.texts("aliases"),
    )
    item.finish()
    if found.unit and found.unit not in UNITS:
        item.wrong(f"计量单位“{found.unit}”不在单位表内")
    return found


def _check(found: CaseKind, fields: Fields) -> None:
    """Everything that a part names is there, every step can be reached, and a case can end."""
    clocks, letters = set(found.clocks_by_id), {item.id for item in found.letters}
    steps, reached = found.steps_by_id, {found.steps[0].id} if found.steps else set()
    for name in set(found.open_starts) - clocks:
        fields.wrong(f"没有时限“{name}”")
    for act in found.acts:
        reached.add(act.to)
        for name in {*act.starts, *act.stops} - clocks:
            fields.wrong(f"办理“{act.id}”所指的时限“{name}”不存在")
        for name in {*act.from_steps, *([act.to] if act.to else [])} - set(steps):
            fields.wrong(f"办理“{act.id}”所指的环节“{name}”不存在")
        if act.letter and act.letter not in letters:
            fields.wrong(f"办理“{act.id}”所指的文书“{act.letter}”不存在")
        if bool(act.outcome) != bool(act.to and act.to in steps and steps[act.to].is_final):
            fields.wrong(f"办理“{act.id}”：走到终结环节的要写 outcome，其余不写")
    for name in set(steps) - reached:
        fields.wrong(f"环节“{name}”没有办法走到")
    if not any(step.is_final for step in found.steps):
        fields.wrong("没有终结环节（final: true），办件无法办结")
