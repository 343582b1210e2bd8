"""Answers inside the JSON of a record as columns of a query, in both databases; whole numbers where they are added."""

from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Func, TextField, Value
from django.db.models.expressions import Expression, F

from rongji.law.asked import Asked, AskedKind
from rongji.law.registers import Register
from rongji.rules.answers import MOST_PLACES, NO, YES

SCALE = 10**MOST_PLACES
"""By which decimals are multiplied, so that sums are sums of whole numbers."""


class Answer(Func):
    """One answer as text, None where there is none."""

    output_field = TextField()

    def __init__(self, name: str, **extra: Any) -> None:
        self.name = name
        super().__init__(F("values"), **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """json_extract gives flags as 1 and 0, everything else as it is."""
        column, params = compiler.compile(self.source_expressions[0])
        return f"json_extract({column}, %s)", [*params, f"$.{self.name}"]

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """->> gives everything as text."""
        column, params = compiler.compile(self.source_expressions[0])
        return f"({column} ->> %s)", [*params, self.name]

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


def column(register: Register, name: str) -> Expression:
    """A field as a column: the copy beside the answers where there is one."""
    if name == register.category:
        return F("category")
    if name == register.station:
        return F("station_code")
    return F("person_id") if name == register.person else Answer(name)


def number(asked: Asked) -> Expression:
    """A numeric field as whole numbers: counts, fen, decimals times SCALE."""
    return Whole(Answer(asked.id), is_decimal=asked.kind is AskedKind.DECIMAL)


def as_stored(asked: Asked, word: str) -> Any:
    """A word of a choice, or 是 and 否 of a flag, as the column of the database in use holds it."""

    if asked.kind is not AskedKind.FLAG:
        return Value(word)
    if connection.vendor == "postgresql":
        return Value({YES: "true", NO: "false"}[word])
    return Value({YES: 1, NO: 0}[word])


def as_word(asked: Asked, held: Any) -> str:
    """What a column holds, as a word: the other way round."""
    if held is None:
        return ""
    if asked.kind is AskedKind.FLAG:
        return YES if held in (1, "1", "true", True) else NO
    return str(held)
