"""The fields of a form: their words, how they are typed, and how what was typed is read.

What was typed is read by `rules.answers`, like cells of tables and answers that come through the API.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from rongji.kernel.month import Month
from rongji.law.asked import Asked, AskedKind
from rongji.rules.answers import NO, YES, AnswerMissing, AnswerRefused, read_answer

LONGEST = 120
LARGEST_COUNT = 999_999


class NotOffered(AnswerRefused):
    """A choice that is not, or no longer, among those offered."""

    code = "form-choice-not-offered"
    sentence = "“{label}”选的不在现在可选的范围内，请重新选择。"


class FieldKind(StrEnum):
    """How a field is typed."""

    TEXT = "text"
    LONG = "long"
    DAY = "day"
    MONTH = "month"
    COUNT = "count"
    DECIMAL = "decimal"
    MONEY = "money"
    CHOICE = "choice"
    SECRET = "secret"
    PERSON = "person"  # a name, the end of an ID number or a file number, looked up as it is typed
    RECORD = "record"  # a record of a register, looked up by its title as it is typed
    FILE = "file"
    PAPER = "paper"  # a document that was brought: a tick, and its scan where there is one
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose. group: the heading under which it stands, empty for none."""

    value: str
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field. initial: what stands in it at first; a secret is never shown again, not even after a refusal.

    unit: printed beside it. group: the heading under which it stands, told once for fields that follow each other.
    declared: the declaration that it comes from; it is checked by it and handed on as typed, since the service that
    takes it reads it by the same declaration. is_leading: what is typed here decides what else is asked.
    """

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    is_needed: bool = True
    hint: str = ""
    initial: str = ""
    choices: Sequence[Choice] = field(default=())
    most: int = LONGEST
    unit: str = ""
    group: str = ""
    declared: Asked | None = None
    is_leading: bool = False

    def read(self, typed: str) -> Any:
        """What was typed as the service takes it; None (text: empty) for nothing.

        Raises: AnswerMissing, AnswerTooLong, AnswerUnreadable, NotOffered.
        """
        text = typed.replace("\x00", "").strip()
        if self.kind is FieldKind.CHOICE:
            return self._chosen(text)
        if self.declared is not None:
            if not self._is_untouched(text):
                read_answer(replace(self.declared, id=self.name), text)
            return text
        return _from_plain(self.kind, read_answer(self._as_asked(), text, is_covered=False))

    def _is_untouched(self, text: str) -> bool:
        """Whether a personal number comes back masked as it stood there: the service keeps the one that it has."""
        return self.declared is not None and self.declared.kind is AskedKind.SECRET and text == self.initial != ""

    def _chosen(self, text: str) -> str:
        if not text and self.is_needed:
            raise AnswerMissing(name=self.name, label=self.label)
        if text and text not in {choice.value for choice in self.choices}:
            raise NotOffered(name=self.name, label=self.label)
        return text

    def _as_asked(self) -> Asked:
        """The field as a declaration would ask for it."""
        kind = _ASKED.get(self.kind, AskedKind.TEXT)
        most = self.most if kind in (AskedKind.TEXT, AskedKind.LONG) else 0
        if kind is AskedKind.COUNT:
            most = LARGEST_COUNT
        return Asked(self.name, self.label, kind, self.is_needed, unit=self.unit, most=most)


@dataclass(frozen=True, slots=True)
class PaperGiven:
    """What was said of one paper. file: its scan as uploaded, None for paper only."""

    is_here: bool
    file: Any = None


UPLOADED = (FieldKind.FILE, FieldKind.PAPER)
"""Kinds that do not come as text."""


def read_all(fields: Sequence[Field], typed: Mapping[str, str]) -> tuple[dict[str, Any], list[AnswerRefused]]:
    """Every field that is typed, in order: what could be read, and a refusal for each that could not."""
    values: dict[str, Any] = {}
    refused: list[AnswerRefused] = []
    for item in fields:
        if item.kind in UPLOADED:
            continue
        try:
            values[item.name] = item.read(typed.get(item.name, ""))
        except AnswerRefused as refusal:
            refused.append(refusal)
    return values, refused


def declared_fields(
    declared: Sequence[Asked], *, choices: Mapping[str, Sequence[Choice]] | None = None, group: str = ""
) -> tuple[Field, ...]:
    """The fields of a declaration as a form asks for them. choices: of links: `station`, `record:<register>`."""
    offered = choices or {}
    return tuple(_declared(item, offered, group) for item in declared)


def _declared(asked: Asked, offered: Mapping[str, Sequence[Choice]], group: str) -> Field:
    kind = _TYPED[asked.kind]
    choices: Sequence[Choice] = tuple(Choice(word, word) for word in asked.choices)
    if asked.kind is AskedKind.FLAG:
        choices = (Choice(YES, YES), Choice(NO, NO))
    elif asked.kind is AskedKind.STATION:
        choices = offered.get("station", ())
    elif asked.kind is AskedKind.RECORD:
        choices = offered.get(f"record:{asked.of}", ())
        kind = FieldKind.CHOICE if choices else kind
    return Field(
        asked.id,
        asked.label,
        kind,
        asked.is_always_needed,
        hint=asked.hint,
        choices=choices,
        most=asked.longest if asked.kind in (AskedKind.TEXT, AskedKind.LONG) else LONGEST,
        unit=asked.unit,
        group=group,
        declared=asked,
    )


def _from_plain(kind: FieldKind, value: Any) -> Any:
    """A plain answer as services take it: days and months as such, nothing as empty text where text is asked for."""
    if value is None:
        return "" if kind in _TEXTS else None
    if kind is FieldKind.DAY:
        return date.fromisoformat(value)
    return Month.from_number(value) if kind is FieldKind.MONTH else value


_TEXTS = frozenset({"text", "long", "secret", "person", "record", "hidden"})
_ASKED = {
    FieldKind.LONG: AskedKind.LONG,
    FieldKind.DAY: AskedKind.DAY,
    FieldKind.MONTH: AskedKind.MONTH,
    FieldKind.COUNT: AskedKind.COUNT,
    FieldKind.DECIMAL: AskedKind.DECIMAL,
    FieldKind.MONEY: AskedKind.MONEY,
}
_TYPED = {
    AskedKind.TEXT: FieldKind.TEXT,
    AskedKind.LONG: FieldKind.LONG,
    AskedKind.DAY: FieldKind.DAY,
    AskedKind.MONTH: FieldKind.MONTH,
    AskedKind.COUNT: FieldKind.COUNT,
    AskedKind.DECIMAL: FieldKind.DECIMAL,
    AskedKind.MONEY: FieldKind.MONEY,
    AskedKind.CHOICE: FieldKind.CHOICE,
    AskedKind.FLAG: FieldKind.CHOICE,
    AskedKind.STATION: FieldKind.CHOICE,
    AskedKind.RECORD: FieldKind.RECORD,
    AskedKind.PERSON: FieldKind.PERSON,
    AskedKind.SECRET: FieldKind.TEXT,
}
