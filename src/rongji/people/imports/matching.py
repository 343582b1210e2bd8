"""Which file of the register a row speaks of: by ID number, else by file number, else by name, birth and village."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rongji.accounts.secrets import Purpose, decrypt
from rongji.people.imports.cells import MaskedNumber
from rongji.people.imports.judging import Objection
from rongji.people.imports.sealing import SealedRow
from rongji.people.models import (
    Attribute,
    BankAccount,
    DisabilityGrade,
    Identity,
    LifeEvent,
    Person,
    Residence,
    ServicePeriod,
)
from rongji.people.types import AttributeKind, LifeEventKind


@dataclass(slots=True)
class State:
    """A person of the register and the facts that stand, each list in the order in which they came true."""

    person: Person
    attributes: dict[str, list[Attribute]] = field(default_factory=dict)
    identities: list[Identity] = field(default_factory=list)
    grades: list[DisabilityGrade] = field(default_factory=list)
    service: list[ServicePeriod] = field(default_factory=list)
    residences: list[Residence] = field(default_factory=list)
    accounts: list[BankAccount] = field(default_factory=list)
    deaths: list[LifeEvent] = field(default_factory=list)


@dataclass(slots=True)
class Match:
    """A row with the person it speaks of (None: nobody yet) and what keeps it from being taken over."""

    sealed: SealedRow
    state: State | None = None
    objections: list[Objection] = field(default_factory=list)


def matched(bureau: str, batch: Sequence[SealedRow]) -> list[Match]:
    """The rows of one batch with their persons and the facts that stand of them."""
    by_index = _by(Person.objects.filter(id_index__in={s.id_index for s in batch if s.id_index}), bureau, "id_index")
    numbers = {s.row.number for s in batch if s.row.number}
    by_number = _by(Person.objects.filter(number__in=numbers), bureau, "number")
    namesakes = _namesakes(bureau, [s for s in batch if s.id_index not in by_index and s.row.number not in by_number])
    found = [_match(item, by_index, by_number, namesakes) for item in batch]
    _load([match.state for match in found if match.state])
    for match in found:
        _refuse_masks(match)
    return found


def _by(rows: Any, bureau: str, name: str) -> dict[str, Person]:
    return {getattr(row, name): row for row in rows.filter(bureau=bureau, merged_into__isnull=True)}


def _namesakes(bureau: str, rows: Iterable[SealedRow]) -> dict[tuple[str, date], list[Person]]:
    """Persons of the same name and birth, for rows that no number leads to."""
    wanted = {(item.row.name, item.row.born_on) for item in rows if item.row.born_on}
    if not wanted:
        return {}
    names, births = {name for name, _ in wanted}, {born for _, born in wanted}
    found: dict[tuple[str, date], list[Person]] = {}
    people = Person.objects.filter(bureau=bureau, name__in=names, born_on__in=births, merged_into__isnull=True)
    for person in people:
        found.setdefault((person.name, person.born_on), []).append(person)
    return found


def _match(
    item: SealedRow,
    by_index: dict[str, Person],
    by_number: dict[str, Person],
    namesakes: dict[tuple[str, date], list[Person]],
) -> Match:
    row = item.row
    match = Match(item)
    if item.id_index and (person := by_index.get(item.id_index)):
        match.state = State(person)
        other = by_number.get(row.number)
        if other is not None and other.pk != person.pk:
            what = f"档案号 {row.number} 是另一个人的，这个身份证号的档案号是 {person.number}"
            match.objections.append(Objection("number", what, "请改正档案号，或把这一格清空"))
    elif row.number and (person := by_number.get(row.number)):
        match.state = State(person)
        if item.id_index and person.id_index and row.name != person.name:
            what = f"档案号 {row.number} 是另一个人的（姓名和身份证号都不同）"
            match.objections.append(Objection("number", what, "请改正档案号；新的人员请把这一格清空"))
    else:
        _match_by_name(match, namesakes.get((row.name, row.born_on), []) if row.born_on else [])
    if match.state is None and not (item.id_index or (row.born_on and row.sex)):
        what = "在册人员里没有找到这个人，也不能新建档案"
        remedy = "请填写完整的身份证号，或出生日期和性别"
        match.objections.append(Objection("id_number", what, remedy))
    return match


def _match_by_name(match: Match, namesakes: Sequence[Person]) -> None:
    """Those whose ID number says otherwise are somebody else; of several left, the village decides."""
    row = match.sealed.row
    fitting = [person for person in namesakes if not (match.sealed.id_index and person.id_index)]
    near = [person for person in fitting if not row.village or not person.village or person.village == row.village]
    if len(near) == 1:
        match.state = State(near[0])
    elif len(near) > 1:
        what = f"在册有 {len(near)} 个同名同生日的人，分不清是哪一个"
        match.objections.append(Objection("name", what, "请填写身份证号或档案号"))


def _load(states: Sequence[State]) -> None:
    """The standing facts of the persons of a batch, one query for each kind."""
    by_person = {state.person.pk: state for state in states}
    standing = {"person_id__in": list(by_person), "superseded_on__isnull": True}
    for row in Attribute.objects.filter(**standing).order_by("from_on", "known_on", "id"):
        by_person[row.person_id].attributes.setdefault(row.kind, []).append(row)
    for row in Identity.objects.filter(**standing).order_by("first_month", "id"):
        by_person[row.person_id].identities.append(row)
    for row in DisabilityGrade.objects.filter(**standing).order_by("decided_on", "id"):
        by_person[row.person_id].grades.append(row)
    for row in ServicePeriod.objects.filter(**standing).order_by("enlisted_on", "id"):
        by_person[row.person_id].service.append(row)
    for row in Residence.objects.filter(**standing).order_by("from_on", "known_on", "id"):
        by_person[row.person_id].residences.append(row)
    for row in BankAccount.objects.filter(**standing, to_on__isnull=True).order_by("from_on", "id"):
        by_person[row.person_id].accounts.append(row)
    for row in LifeEvent.objects.filter(**standing, kind=LifeEventKind.DIED):
        by_person[row.person_id].deaths.append(row)


def _refuse_masks(match: Match) -> None:
    """A number with stars may only say that nothing has changed."""
    for column, masked in match.sealed.row.masked.items():
        if match.state is None:
            what = "号码带星号，在册人员里又没有找到这个人"
            match.objections.append(Objection(column, what, "请填写完整的号码，或填写档案号以便对应"))
        elif not _fits(masked, match.state, column):
            what = "带星号的号码与在册的不一致"
            match.objections.append(Objection(column, what, "要改号码的，请填写完整的新号码；不改的，请保留原样"))


def _fits(masked: MaskedNumber, state: State, column: str) -> bool:
    if column == "account_number":
        return not state.accounts or masked.text.endswith(state.accounts[-1].tail)
    if column == "phone":
        return masked.fits(decrypt(state.person.phone_cipher, Purpose.PHONE))
    return masked.fits(decrypt(state.person.id_cipher, Purpose.ID_NUMBER))


def last_value(state: State, kind: AttributeKind) -> str:
    """What stands last of a plain fact, empty when nothing does."""
    rows = state.attributes.get(kind)
    return rows[-1].value if rows else ""
