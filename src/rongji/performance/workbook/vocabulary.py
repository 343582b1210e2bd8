"""The words of law and of the concept catalogue that a workbook may use."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from rongji.law.loader import inspect, lawbook
from rongji.law.model import Concept, Identity, Lawbook
from rongji.law.refusals import LawNotUsable
from rongji.law.schemes import scheme_ids
from rongji.law.shapes.codes import CodeEntry
from rongji.law.shapes.formula import Definition
from rongji.performance.workbook.layout import known_forms

_AXES = ("functional", "economic")
_FORMULA_PREFIX = "indicator."


@dataclass(frozen=True)
class Vocabulary:
    """What may be named: concepts, schemes, forms, indicator formulas, classification codes of one year.

    codes: axis → code → name.
    """

    concepts: Mapping[str, Concept]
    schemes: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    formulas: tuple[str, ...] = ()
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    identities: tuple[Identity, ...] = ()

    def label(self, concept: str) -> str:
        """The printed name of a concept, or its id when the catalogue does not know it."""
        found = self.concepts.get(concept)
        return found.label if found else concept

    def code_name(self, axis: str, code: str) -> str | None:
        """The name of a classification code in that year; None when the year's table does not list it."""
        return self.codes.get(axis, {}).get(code)


@lru_cache(maxsize=16)
def vocabulary_for(year: int) -> Vocabulary:
    """The words in force at the end of a budget year.

    Reads the legal data without insisting that every table of it is in order: a trouble in a score
    band is no reason to refuse a workbook.
    """
    try:
        book = lawbook()
    except LawNotUsable:
        book = inspect()
    return Vocabulary(
        concepts=book.concepts,
        schemes=scheme_ids(law=book),
        forms=known_forms(),
        formulas=_formulas(book),
        codes={axis: _codes(book, axis, date(year, 12, 31)) for axis in _AXES},
        identities=book.identities,
    )


def _formulas(book: Lawbook) -> tuple[str, ...]:
    tables = book.national("indicators")
    found = [table.id for table in tables if any(isinstance(row.value, Definition) for row in table.rows)]
    return (*(item.removeprefix(_FORMULA_PREFIX) for item in found), *found)


def _codes(book: Lawbook, axis: str, on: date) -> dict[str, str]:
    table = book.tables.get(("", f"codes.{axis}"))
    found = {}
    for keys, rows in table.by_key.items() if table else ():
        in_force = [row for row in rows if row.effective <= on]
        if in_force and isinstance(in_force[-1].value, CodeEntry):
            found[keys[0]] = in_force[-1].value.name
    return found
