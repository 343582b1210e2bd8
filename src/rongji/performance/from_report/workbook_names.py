"""Under which names the facts of the workbook are printed: titles of its columns and rows, labels, aliases."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rongji.audit.context import Context
from rongji.audit.naming import canonical, plain
from rongji.kernel.figure import Stage
from rongji.law.model import Concept
from rongji.performance.workbook.layout import Sheet, SheetKind, load_layout
from rongji.performance.workbook.vocabulary import vocabulary_for


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of the workbook for one fact of the whole bureau: concept, its possible bases, its unit of measure."""

    concept: str
    stages: frozenset[Stage]
    unit_name: str


@lru_cache(maxsize=16)
def slots(year: int) -> dict[str, Slot]:
    """Concept → slot, for every concept that a matrix of the workbook has room for."""
    stages: dict[str, set[Stage]] = defaultdict(set)
    units: dict[str, str] = {}
    for sheet in load_layout().sheets:
        if sheet.kind is SheetKind.MATRIX and sheet.rows in ("units", "fixed"):
            for concept, stage, unit_name in _facts(sheet):
                stages[concept].add(stage)
                units.setdefault(concept, unit_name)
    return {name: Slot(name, frozenset(found), units[name]) for name, found in stages.items()}


def _facts(sheet: Sheet) -> Iterable[tuple[str, Stage, str]]:
    """Every fact a matrix has room for, breakdowns left out."""
    for column in sheet.columns:
        if column.member:
            continue
        for item in sheet.items or (None,):
            concept = column.concept or (item.concept if item else "")
            stage = column.stage or (item.stage if item else Stage.NONE)
            unit_name = column.unit or (item.unit if item else "")
            if concept:
                yield concept, stage, unit_name


@lru_cache(maxsize=32)
def concepts_by_name(year: int, context: Context) -> dict[str, str]:
    """Name as the audit calls a fact → concept; names that stand for more than one are left out."""
    found: dict[str, set[str]] = defaultdict(set)
    known = vocabulary_for(year).concepts
    for concept in (known[name] for name in slots(year) if name in known):
        for name in names_of(concept):
            found[name].add(concept.id)
            found[canonical(name, context)].add(concept.id)
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}


def names_of(concept: Concept) -> tuple[str, ...]:
    """Every name of a concept, without marks and blanks."""
    return tuple(plain(name) for name in (concept.label, *concept.aliases))


@lru_cache(maxsize=64)
def columns_by_name(sheet_id: str, year: int) -> dict[str, int]:
    """Name → number of the column of a sheet, by title and by the names of its concept where these are unique."""
    sheet = load_layout().sheet(sheet_id)
    known = vocabulary_for(year).concepts
    found: dict[str, set[int]] = defaultdict(set)
    for number, column in enumerate(sheet.columns):
        concept = known.get(column.concept)
        own = names_of(concept) if concept and column.stage in (Stage.ACTUAL, Stage.NONE) else ()
        for name in (plain(column.title), *own):
            found[name].add(number)
    return {name: next(iter(numbers)) for name, numbers in found.items() if len(numbers) == 1}


@lru_cache(maxsize=16)
def items_by_name(sheet_id: str, year: int) -> dict[str, int]:
    """Name → number of the fixed row of a sheet, by title and by the names of its concept where these are unique."""
    sheet = load_layout().sheet(sheet_id)
    known = vocabulary_for(year).concepts
    found: dict[str, set[int]] = defaultdict(set)
    for number, item in enumerate(sheet.items):
        concept = known.get(item.concept)
        for name in (plain(item.title), *(names_of(concept) if concept else ())):
            found[name].add(number)
    return {name: next(iter(numbers)) for name, numbers in found.items() if len(numbers) == 1}
