"""Answers inside a JSON column as columns of a query, alike in both databases; whole numbers where they are added."""

from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, F, Func, TextField
from django.db.models.expressions import Expression

from rongji.law.asked import Asked, AskedKind
from rongji.rules.answers import MOST_PLACES, NO, YES

SCALE = 10**MOST_PLACES
"""By which decimals are multiplied, so that sums are sums of whole numbers."""
_FLAGS = {"postgresql": {YES: "true", NO: "false"}, "sqlite": {YES: "1", NO: "0"}}


class Answer(Func):
    """One answer of the column `values` as text, None where there is none."""

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


class Whole(Func):
    """A number kept as text or number, as a whole number: decimals times SCALE."""

    output_field = BigIntegerField()

    def __init__(self, expression: Expression, *, is_decimal: bool = False, **extra: Any) -> None:
        self.is_decimal = is_decimal
        super().__init__(expression, **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """A double holds every number up to 9 × 10^15 exactly, and rounding finds the one that was meant."""
        inner, params = compiler.compile(self.source_expressions[0])
        exact = f"CAST(ROUND(CAST({inner} AS REAL) * {SCALE}) AS INTEGER)"
        return (exact if self.is_decimal else f"CAST({inner} AS INTEGER)"), params

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """As numeric, exact."""
        inner, params = compiler.compile(self.source_expressions[0])
        exact = f"CAST(CAST({inner} AS numeric) * {SCALE} AS bigint)"
        return (exact if self.is_decimal else f"CAST({inner} AS bigint)"), params


def number(asked: Asked) -> Expression:
    """A numeric field as whole numbers: counts, fen, decimals times SCALE."""
    return Whole(Answer(asked.id), is_decimal=asked.kind is AskedKind.DECIMAL)


def stored(asked: Asked | None, word: str) -> str:
    """A word of a choice, or 是 and 否 of a flag, as the column holds it. asked: None for plain text."""
    is_flag = asked is not None and asked.kind is AskedKind.FLAG
    return _FLAGS[connection.vendor].get(word, word) if is_flag else word


def word_of(asked: Asked | None, held: Any) -> str:
    """What a column holds, as a word: the other way round; empty where nothing was answered."""
    if held is None:
        return ""
    if asked is not None and asked.kind is AskedKind.FLAG:
        return YES if held in ("true", "1") else NO
    return str(held)
