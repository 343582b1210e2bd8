"""Fields of a case as columns of a query, in both databases, and the words that they hold."""

from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, F, Func, TextField
from django.db.models.expressions import Expression
from django.db.models.functions import Cast

from rongji.law.asked import Asked, AskedKind
from rongji.law.case_checks import FIELD, asked_of
from rongji.law.case_kinds import CaseKind
from rongji.rules.answers import NO, YES

OWN = ("channel", "outcome", "step")
"""Axes that every case has beside its fields."""
_FLAGS = {"postgresql": {YES: "true", NO: "false"}, "sqlite": {YES: "1", NO: "0"}}


class Answer(Func):
    """One answer as text, None where there is none; the JSON is read once a row."""

    output_field = TextField()

    def __init__(self, name: str, **extra: Any) -> None:
        self.name = name
        super().__init__(F("values"), **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """json_extract gives flags as 1 and 0, numbers as numbers."""
        held, params = compiler.compile(self.source_expressions[0])
        return f"CAST(json_extract({held}, %s) AS TEXT)", [*params, f"$.{self.name}"]

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """->> gives everything as text."""
        held, params = compiler.compile(self.source_expressions[0])
        return f"({held} ->> %s)", [*params, self.name]

    @property
    def identity(self) -> Any:
        """Two answers are the same column when they are of the same field."""
        return (*super().identity, self.name)


def column(axis: str) -> Expression | F:
    """What an axis of a kind (`channel`, `field:topic`) is in a case."""
    if axis in OWN:
        return F(axis)
    return Answer(axis.removeprefix(FIELD))


def number(name: str) -> Expression:
    """A count or an amount of money (fen) as a whole number."""
    return Cast(Answer(name), BigIntegerField())


def stored(kind: CaseKind, axis: str, word: str) -> str:
    """A word as its column holds it."""
    return _FLAGS[connection.vendor].get(word, word) if _is_flag(kind, axis) else word


def word_of(kind: CaseKind, axis: str, held: Any) -> str:
    """What a column holds, as a word; empty where nothing was answered."""
    if held is None:
        return ""
    if _is_flag(kind, axis):
        return YES if held in ("true", "1") else NO
    return str(held)


def label_of(kind: CaseKind, axis: str, word: str) -> str:
    """A word as people read it: channels and steps by their labels."""
    if axis == "channel":
        return next((item.label for item in kind.channels if item.id == word), word)
    if axis == "step":
        return next((item.label for item in kind.steps if item.id == word), word)
    asked = asked_of(kind).get(axis.removeprefix(FIELD))
    return f"{asked.label}：{word}" if asked and asked.kind is AskedKind.FLAG else word


def asked_by(kind: CaseKind, axis: str) -> Asked | None:
    """The field of an axis, None for what every case has."""
    return asked_of(kind).get(axis.removeprefix(FIELD))


def _is_flag(kind: CaseKind, axis: str) -> bool:
    asked = asked_by(kind, axis)
    return asked is not None and asked.kind is AskedKind.FLAG
