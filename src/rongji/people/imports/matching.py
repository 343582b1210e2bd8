"""Which file of the register a row speaks of: by ID number, else by file number, else by name, birth and village."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from rongji.accounts.secrets import Purpose, decrypt
from rongji.people.imports.cells import MaskedNumber
from rongji.people.imports.judging import Objection
from rongji.people.imports.sealing import SealedRow
from rongji.people.imports.tables import PLAIN
from rongji.people.models import (
    Attribute,
    BankAccount,
    DisabilityGrade,
    Identity,
    Person,
    Residence,
    ServicePeriod,
)

_PERSON = ("id", "number", "name", "sex", "born_on", "died_on", "id_index", "id_cipher", "phone_index", "phone_cipher",
           "village", "scope_path", "area")  # fmt: skip
_DATED = ("id", "person_id", "decision", "evidence")
_FACTS: dict[type[models.Model], tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    Identity: ("identities", ("category", "first_month", "last_month"), ("first_month", "id")),
    DisabilityGrade: ("grades", ("cause", "grade", "decided_on"), ("decided_on", "id")),
    ServicePeriod: (
        "service", ("enlisted_on", "discharged_on", "unit_kind", "rank", "discharge_kind"), ("enlisted_on", "id"),
    ),
    Residence: (
        "residences", ("village", "address", "area_code", "station_code", "from_on"), ("from_on", "known_on", "id"),
    ),
    BankAccount: (
        "accounts", ("kind", "number_cipher", "number_index", "tail", "bank", "holder", "from_on"), ("from_on", "id"),
    ),
}  # fmt: skip
Fact = Any  # a row of one of these tables, with the columns named above


@dataclass(slots=True)
class State:
    """A person of the register and the facts that stand, each list in the order in which they came true.

    attributes: the plain words by kind; the others are asked for when they are about to change.
    """

    person: Fact
    attributes: dict[str, str] = field(default_factory=dict)
    identities: list[Fact] = field(default_factory=list)
    grades: list[Fact] = field(default_factory=list)
    service: list[Fact] = field(default_factory=list)
    residences: list[Fact] = field(default_factory=list)
    accounts: list[Fact] = field(default_factory=list)


@dataclass(slots=True)
class Match:
    """A row with the person it speaks of (None: nobody yet) and what keeps it from being taken over."""

    sealed: SealedRow
    state: State | None = None
    objections: list[Objection] = field(default_factory=list)


def matched(bureau: str, batch: Sequence[SealedRow], nameless: Mapping[tuple[str, date], list[Fact]]) -> list[Match]:
    """The rows of one batch with their persons and the facts that stand of them.

    nameless: those of the bureau without an ID number by name and birth, whom a row with one may speak of.
    """
    by_index = _by(bureau, "id_index", {item.id_index for item in batch if item.id_index})
    by_number = _by(bureau, "number", {item.row.number for item in batch if item.row.number})
    left = [item for item in batch if not item.id_index and item.row.number not in by_number]
    namesakes = {**nameless, **_namesakes(bureau, left)}
    found = [_match(item, by_index, by_number, namesakes) for item in batch]
    _refuse_absorbed(bureau, found)
    load([match.state for match in found if match.state])
    for match in found:
        _refuse_masks(match)
    return found


def without_number(bureau: str) -> dict[tuple[str, date], list[Fact]]:
    """The persons of a bureau without an ID number, by name and birth."""
    found: dict[tuple[str, date], list[Fact]] = {}
    for person in people(bureau).filter(id_index=""):
        found.setdefault((person.name, person.born_on), []).append(person)
    return found


def people(bureau: str) -> Any:
    """The standing files of a bureau as plain rows."""
    return Person.objects.filter(bureau=bureau, merged_into__isnull=True).values_list(*_PERSON, named=True)


def _by(bureau: str, name: str, wanted: Iterable[str]) -> dict[str, Fact]:
    # without the second condition SQLite does not see that the partial index on ID numbers serves
    rows = people(bureau).filter(**{f"{name}__in": list(wanted)}).exclude(**{name: ""}).order_by()
    return {getattr(row, name): row for row in rows}


def _namesakes(bureau: str, rows: Iterable[SealedRow]) -> dict[tuple[str, date], list[Fact]]:
    """Persons of the same name and birth, for rows that no number leads to."""
    found: dict[tuple[str, date], list[Fact]] = {}
    for item in rows:
        name, born = item.row.name, item.row.born_on
        if born and (name, born) not in found:
            found[name, born] = list(people(bureau).filter(name=name, born_on=born))
    return found


def _match(
    item: SealedRow,
    by_index: dict[str, Fact],
    by_number: dict[str, Fact],
    namesakes: Mapping[tuple[str, date], Sequence[Fact]],
) -> Match:
    row = item.row
    match = Match(item)
    if item.id_index and (person := by_index.get(item.id_index)):
        match.state = State(person)
        other = by_number.get(row.number)
        if other is not None and other.id != person.id:
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


def _match_by_name(match: Match, namesakes: Sequence[Fact]) -> None:
    """Those whose ID number says otherwise are somebody else; of several left, the village decides."""
    row = match.sealed.row
    fitting = [person for person in namesakes if not (match.sealed.id_index and person.id_index)]
    near = [person for person in fitting if not row.village or not person.village or person.village == row.village]
    if len(near) == 1:
        match.state = State(near[0])
    elif len(near) > 1:
        what = f"在册有 {len(near)} 个同名同生日的人，分不清是哪一个"
        match.objections.append(Objection("name", what, "请填写身份证号或档案号"))


def load(states: Sequence[State]) -> None:
    """The standing facts of the persons of a batch, one query for each kind."""
    by_person = {state.person.id: state for state in states}
    standing = {"person_id__in": list(by_person), "superseded_on__isnull": True}
    plain = Attribute.objects.filter(**standing, kind__in=list(PLAIN)).order_by("from_on", "known_on", "id")
    for person_id, kind, value in plain.values_list("person_id", "kind", "value"):
        by_person[person_id].attributes[kind] = value
    for model, (name, columns, order) in _FACTS.items():
        rows = model._default_manager.filter(**standing).order_by(*order)
        if model is BankAccount:
            rows = rows.filter(to_on__isnull=True)
        for row in rows.values_list(*_DATED, *columns, named=True):
            getattr(by_person[row.person_id], name).append(row)


def _refuse_absorbed(bureau: str, matches: Sequence[Match]) -> None:
    """A file that has been merged into another is written into no more, and its number is not given out again."""
    new = [match.sealed for match in matches if match.state is None]
    gone = Person.objects.filter(bureau=bureau, merged_into__isnull=False).values_list("number", "merged_into__number")
    by_number = dict(gone.filter(number__in=[item.row.number for item in new if item.row.number]))
    by_index = gone.filter(id_index__in=[item.id_index for item in new if item.id_index])
    kept_of = {
        index: (number, kept)
        for number, kept, index in by_index.values_list("number", "merged_into__number", "id_index")
    }
    for match in matches:
        row, index = match.sealed.row, match.sealed.id_index
        if match.state is None and row.number in by_number:
            what = f"档案号 {row.number} 已并入档案 {by_number[row.number]}"
            match.objections.append(Objection("number", what, "请改填保留的档案号；另一个人请把这一格清空"))
        elif match.state is None and index in kept_of:
            what = "身份证号所在的档案 {} 已并入档案 {}".format(*kept_of[index])
            match.objections.append(Objection("id_number", what, "请填写保留的档案号和它的身份证号"))


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
