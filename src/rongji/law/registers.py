"""Register declarations (legal/registers): what one register of the bureau's work keeps, and what it counts.

They are no dated legal values, so they are read without the lawbook, as strictly as the forms are. From a declaration
follow list, form, filters, Excel template, import, export, history, measures and API.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path

from rongji.kernel.digest import digest
from rongji.kernel.units import UNITS
from rongji.law.asked import Asked, AskedKind, read_asked
from rongji.law.fields import Fields
from rongji.law.locate import find_legal
from rongji.law.reading import Problems, read_yaml
from rongji.law.refusals import LawNotUsable, UnknownRegister

FOLDER = "registers"
CONCEPT_PREFIX = "services."


class When(StrEnum):
    """Which records of a register belong to a year."""

    DURING = "during"  # 当年发生: the day of the record lies in the year
    IN_FORCE = "in_force"  # 年末在册: begun by the last day of the year and not ended then
    TO_DATE = "to_date"  # 累计: begun by the last day of the year
    ENDED = "ended"  # 当年截止: what lasts and whose end lies in the year


class Counting(StrEnum):
    """How the records that belong are counted."""

    RECORDS = "records"  # one each
    SUM = "sum"  # a count, decimal or amount of money of the record is added up
    PERSONS = "persons"  # distinct persons of the register of people
    DISTINCT = "distinct"  # distinct answers of a field


@dataclass(frozen=True, slots=True)
class RegisterMeasure:
    """A number that a register yields: a concept of the catalogue (`services.<register>.<id>`).

    of: the field that is summed or told apart. where: field → answers that count (empty: all); a flag as 是 or 否.
    by: the axes (fields of one choice, station) on which the number opens into members.
    fills: figure of the catalogue that the number states, too (`asset.fixed:actual`), so that nobody has to type it.
    """

    id: str
    label: str
    unit: str
    counting: Counting
    when: When
    definition: str
    of: str = ""
    where: Mapping[str, tuple[str, ...]] = None  # type: ignore[assignment]
    by: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    fills: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """Two fields of a record of which the first is at most the second (达成就业 ≤ 到场)."""

    less: str
    more: str


@dataclass(frozen=True)
class Register:
    """A register: one row for each thing that happened or is kept.

    area: heading under which it stands. unit: the word that counts its records. day: the field that dates a record;
    until: the field that ends it (empty: nothing lasts). title: the field by which people know it; category: the field
    of one choice by which it is told apart; person, station: the fields that name them.
    one: the fields that make a record the same as another (a second one is refused or taken as its update).
    inventory: the points of the inventory that it answers. planned: the day may lie in the future (a plan, a task).
    """

    id: str
    label: str
    area: str
    unit: str
    note: str
    fields: tuple[Asked, ...]
    day: str
    until: str = ""
    title: str = ""
    category: str = ""
    person: str = ""
    station: str = ""
    parent: str = ""
    one: tuple[str, ...] = ()
    bounds: tuple[Bound, ...] = ()
    measures: tuple[RegisterMeasure, ...] = ()
    inventory: tuple[str, ...] = ()
    on_phone: bool = False
    public: bool = False
    planned: bool = False

    @cached_property
    def by_id(self) -> Mapping[str, Asked]:
        """The fields by id."""
        return {item.id: item for item in self.fields}

    @cached_property
    def digest(self) -> str:
        """Changes with the declaration: what was counted by another one is counted anew."""
        return digest(self)

    def axes_of(self, measure: RegisterMeasure) -> tuple[str, ...]:
        """The axes on which a number is told apart by itself; by station it only opens, there are hundreds of them."""
        return tuple(name for name in measure.by if name != self.station)

    def concept(self, measure: RegisterMeasure) -> str:
        """The concept that a measure fills."""
        return f"{CONCEPT_PREFIX}{self.id}.{measure.id}"


def register_ids(root: Path | str | None = None) -> tuple[str, ...]:
    """Every register by id, in order."""
    return tuple(path.stem for path in _paths(find_legal(root)))


def registers(root: Path | str | None = None) -> tuple[Register, ...]:
    """Every register. Raises: LawNotUsable."""
    return tuple(register(name, root) for name in register_ids(root))


def register(register_id: str, root: Path | str | None = None) -> Register:
    """One register.

    Raises: UnknownRegister, LawNotUsable when the file cannot be read strictly.
    """
    return _register(register_id, str(find_legal(root)))


@lru_cache(maxsize=256)
def _register(register_id: str, folder: str) -> Register:
    path = Path(folder) / FOLDER / f"{register_id}.yaml"
    if path not in set(_paths(Path(folder))):
        raise UnknownRegister(id=register_id)
    problems = Problems()
    found = _read(path, problems)
    if found is None or problems.found:
        raise LawNotUsable(count=len(problems.found), first=str(problems.found[0]))
    return found


def check_registers(folder: Path, problems: Problems) -> None:
    """Everything wrong with the registers of a folder of legal data."""
    known = {path.stem for path in _paths(folder)}
    for path in _paths(folder):
        found = _read(path, problems)
        for asked in found.fields if found else ():
            if asked.of and asked.of not in known:
                problems.add(f"{FOLDER}/{path.name}", "", f"字段“{asked.id}”所指的登记簿“{asked.of}”不存在")


def _paths(folder: Path) -> Iterator[Path]:
    yield from sorted((folder / FOLDER).glob("*.yaml"))


def _read(path: Path, problems: Problems) -> Register | None:
    file = f"{FOLDER}/{path.name}"
    content = read_yaml(path, file, problems)
    if content is None:
        return None
    fields = Fields(content, file, "", problems)
    if fields.text("id") != path.stem:
        fields.wrong(f"id 应与文件名“{path.stem}”一致")
    found = Register(
        id=path.stem,
        label=fields.text("label"),
        area=fields.text("area"),
        unit=fields.text("unit"),
        note=fields.text("note", required=False),
        fields=read_asked(fields),
        day=fields.text("day"),
        until=fields.text("until", required=False),
        title=fields.text("title", required=False),
        category=fields.text("category", required=False),
        person=fields.text("person", required=False),
        station=fields.text("station", required=False),
        parent=fields.text("parent", required=False),
        one=fields.texts("one"),
        bounds=tuple(_bound(item) for item in fields.each("bounds", required=False)),
        measures=tuple(_measure(item) for item in fields.each("measures", required=False)),
        inventory=fields.texts("inventory"),
        on_phone=fields.flag("on_phone", default=False),
        public=fields.flag("public", default=False),
        planned=fields.flag("planned", default=False),
    )
    _check(found, fields)
    fields.finish()
    return found


def _bound(item: Fields) -> Bound:
    found = Bound(item.text("less"), item.text("more"))
    item.finish()
    return found


def _measure(item: Fields) -> RegisterMeasure:
    counting = item.choice("counting", Counting, default=Counting.RECORDS)
    where = item.part("where", required=False)
    found = RegisterMeasure(
        id=item.text("id"),
        label=item.text("label"),
        unit=item.text("unit"),
        counting=counting,
        when=item.choice("when", When, default=When.DURING),
        definition=item.text("definition"),
        of=item.text("of", required=counting in (Counting.SUM, Counting.DISTINCT)),
        where={name: where.texts(name, required=True) for name in where.content} if where else {},
        by=item.texts("by"),
        aliases=item.texts("aliases"),
        fills=item.text("fills", required=False),
    )
    item.finish()
    if found.unit and found.unit not in UNITS:
        item.wrong(f"计量单位“{found.unit}”不在单位表内")
    return found


_ROLES = {
    "day": (AskedKind.DAY, AskedKind.MONTH),
    "until": (AskedKind.DAY,),
    "title": (AskedKind.TEXT, AskedKind.PERSON, AskedKind.CHOICE, AskedKind.STATION, AskedKind.RECORD),
    "category": (AskedKind.CHOICE,),
    "person": (AskedKind.PERSON,),
    "station": (AskedKind.STATION,),
    "parent": (AskedKind.RECORD,),
}
_NUMBERS = (AskedKind.COUNT, AskedKind.DECIMAL, AskedKind.MONEY)


def _check(found: Register, fields: Fields) -> None:
    """Every field that a role, a bound or a measure names is there and of the kind that it needs."""
    kinds = {item.id: item.kind for item in found.fields}
    if found.unit and found.unit not in UNITS:
        fields.wrong(f"计量单位“{found.unit}”不在单位表内")
    for role, fit in _ROLES.items():
        name = getattr(found, role)
        if name and kinds.get(name) not in fit:
            fields.wrong(f"“{role}”所指的字段“{name}”不存在或种类不合")
    if not found.by_id.get(found.day, found.fields[0]).is_needed:
        fields.wrong(f"字段“{found.day}”是记录的日期，必须填写，请去掉 needed: false")
    for name in (*found.one, *(side for bound in found.bounds for side in (bound.less, bound.more))):
        if name not in kinds:
            fields.wrong(f"没有字段“{name}”")
    for bound in found.bounds:
        for name in (bound.less, bound.more):
            if kinds.get(name) is AskedKind.SECRET:
                fields.wrong(f"字段“{name}”是加密保存的号码，不能比大小")
    for measure in found.measures:
        _check_measure(measure, found, kinds, fields)


def _check_measure(measure: RegisterMeasure, found: Register, kinds: Mapping[str, AskedKind], fields: Fields) -> None:
    if measure.counting is Counting.SUM and kinds.get(measure.of) not in _NUMBERS:
        fields.wrong(f"指标“{measure.id}”求和的字段“{measure.of}”不是数")
    if kinds.get(measure.of) is AskedKind.SECRET:
        fields.wrong(f"指标“{measure.id}”不能数“{measure.of}”：它是加密保存的号码")
    if measure.counting is Counting.PERSONS and not found.person:
        fields.wrong(f"指标“{measure.id}”计人数，登记簿却没有 person 字段")
    if measure.when in (When.IN_FORCE, When.ENDED) and not found.until:
        fields.wrong(f"指标“{measure.id}”计年末在册或当年截止，登记簿却没有 until 字段")
    for name, words in measure.where.items():
        asked = found.by_id.get(name)
        offered = ("是", "否") if asked and asked.kind is AskedKind.FLAG else asked.choices if asked else ()
        for word in set(words) - set(offered):
            fields.wrong(f"指标“{measure.id}”的条件：字段“{name}”没有“{word}”可选")
    for name in measure.by:
        if kinds.get(name) not in (AskedKind.CHOICE, AskedKind.STATION):
            fields.wrong(f"指标“{measure.id}”不能按“{name}”分：应是选项或站点字段")
