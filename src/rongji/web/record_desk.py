"""What the pages of the registers share: in which bureau somebody works, what of a register is listed, its filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from rongji.accounts.policies import Policy
from rongji.accounts.selectors import OrganisationFacts, organisation, organisations_below, organisations_of_kind
from rongji.accounts.types import Actor, Scope
from rongji.law.asked import Asked, AskedKind
from rongji.law.registers import Register
from rongji.rules.answers import NO, YES, AnswerRefused, read_answer
from rongji.services.policies import KEEP_RECORDS, SEE_RECORDS
from rongji.services.types import RecordRow
from rongji.web.bureaus import NoBureau
from rongji.web.forms.fields import Choice

_BUREAU, _STATION = "bureau", "station"
_STATION_ENDS = ("退役军人服务站", "退役军人服务中心")
_IN_A_LIST = 9
_ROLES = ("day", "until", "title", "category", "station")
_NUMBERS = (AskedKind.COUNT, AskedKind.DECIMAL, AskedKind.MONEY)
_CHOSEN = (AskedKind.CHOICE, AskedKind.FLAG)
_MOST_FILTERS = 3
_PERIOD = ("first", "last")


def bureaus_around(actor: Actor, policy: Policy) -> list[OrganisationFacts]:
    """The bureaus in which the actor may do something, in all of one or in some station of it."""
    grants = actor.grants_of(policy.roles)
    return [
        item
        for item in organisations_of_kind(_BUREAU)
        if any(_meet(item.path, grant.path) and _meet(item.area_code, grant.area) for grant in grants)
    ]


def _meet(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def bureau_of(actor: Actor, code: str, policy: Policy = SEE_RECORDS) -> OrganisationFacts:
    """The bureau that an address names. Raises: OrganisationUnknown, NotAllowed when no part of it is the actor's."""
    found = next((item for item in bureaus_around(actor, policy) if item.code == code), None)
    if found is None:
        facts = organisation(code)
        policy.check(actor, facts.scope)
        return facts
    return found


def chosen_among(bureaus: Sequence[OrganisationFacts], wanted: str) -> OrganisationFacts:
    """The bureau that is asked for, else the first. Raises: NoBureau."""
    if not bureaus:
        raise NoBureau
    return next((item for item in bureaus if item.code == wanted), bureaus[0])


def keeping_scope(actor: Actor, bureau: OrganisationFacts, policy: Policy = KEEP_RECORDS) -> Scope:
    """The whole bureau for whoever may write in all of it, else the first station that is the actor's."""
    if policy.permits(actor, bureau.scope):
        return bureau.scope
    own = next((item for item in organisations_below(bureau.code) if policy.permits(actor, item.scope)), None)
    return own.scope if own else bureau.scope


def station_choices(actor: Actor, bureau: str, policy: Policy = KEEP_RECORDS) -> tuple[Choice, ...]:
    """The stations of a bureau in which the actor may write, villages under the heading of their town."""
    known = {item.code: item for item in organisations_below(bureau)}
    heads = {item.parent_code for item in known.values() if item.kind == _STATION}
    found = []
    for item in known.values():
        if policy.permits(actor, item.scope):
            over = known.get(item.parent_code)
            is_leaf = item.kind == _STATION and item.code not in heads
            town = item if item.code in heads and item.kind == _STATION else over
            group = town.name if town and town.kind == _STATION and (is_leaf or town is item) else ""
            found.append(Choice(item.code, item.name, group))
    return tuple(sorted(found, key=lambda choice: bool(choice.group)))


@dataclass(frozen=True, slots=True)
class Column:
    """A field as a column of a list."""

    field: Asked

    @property
    def is_number(self) -> bool:
        """Whether it is set to the right and added up."""
        return self.field.kind in _NUMBERS


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer in a list, with where it leads: to the record, to a person."""

    label: str
    text: str
    is_number: bool
    is_main: bool
    person: int | None = None


def columns_of(register: Register) -> tuple[Column, ...]:
    """What a list shows of a register: what dates, names and tells apart its records, then the shorter of the rest."""
    by_role = [getattr(register, role) for role in _ROLES]
    first = [register.by_id[name] for name in dict.fromkeys(name for name in by_role if name)]
    rest = [item for item in register.fields if item not in first and item.kind is not AskedKind.LONG]
    needed = sorted(rest, key=lambda item: (not item.is_needed, item.kind not in _NUMBERS))
    kept = set(item.id for item in needed[: max(0, _IN_A_LIST - len(first))])
    return tuple(Column(item) for item in [*first, *(item for item in rest if item.id in kept)])


def cells_of(register: Register, columns: Sequence[Column], row: RecordRow) -> list[Cell]:
    """The answers of a record in the columns of a list."""
    main = register.title or register.day
    return [
        Cell(
            column.field.label,
            _short(column.field, row),
            column.is_number,
            column.field.id == main,
            row.person_id if column.field.id == register.person else None,
        )
        for column in columns
    ]


def _short(asked: Asked, row: RecordRow) -> str:
    """An answer as a list shows it: persons by name and records by title alone, stations by their place."""
    text = row.cells[asked.id]
    if asked.kind in (AskedKind.RECORD, AskedKind.PERSON):
        return text.partition(" ")[2] or text
    return short_station(text) if asked.kind is AskedKind.STATION else text


def short_station(name: str) -> str:
    """A station by its place."""
    return next((name.removesuffix(end) for end in _STATION_ENDS if name.removesuffix(end)), name)


@dataclass(frozen=True, slots=True)
class Filter:
    """A field by which a list is narrowed, with its words and the one that is chosen."""

    name: str
    label: str
    words: tuple[str, ...]
    chosen: str


def filters_of(register: Register, query: Mapping[str, str]) -> list[Filter]:
    """The fields of one choice by which a list is narrowed; the one that tells records apart comes first."""
    fields = [item for item in register.fields if item.kind in _CHOSEN]
    ranked = sorted(fields, key=lambda item: item.id != register.category)[:_MOST_FILTERS]
    return [_filter(item, "category" if item.id == register.category else item.id, query) for item in ranked]


def _filter(asked: Asked, name: str, query: Mapping[str, str]) -> Filter:
    words = (YES, NO) if asked.kind is AskedKind.FLAG else asked.choices
    return Filter(name, asked.label, words, query.get(name, ""))


def asked_for(given: Mapping[str, Any]) -> dict[str, str]:
    """The filters of an address without what is empty; days as people write them are put as the lists want them."""
    kept = {name: str(value).strip() for name, value in given.items() if str(value).strip()}
    for name in _PERIOD:
        if name in kept:
            kept[name] = _as_day(kept[name])
    return {name: text for name, text in kept.items() if name not in ("after", "bureau")}


def _as_day(text: str) -> str:
    try:
        return str(read_answer(Asked("day", "日期", AskedKind.DAY), text))
    except AnswerRefused:
        return text  # the list refuses it in its own words


def query_of(given: Mapping[str, str], **more: str) -> str:
    """The filters as the end of an address."""
    return urlencode({**given, **more})
