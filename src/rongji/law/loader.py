"""Loads the legal data of one folder and looks at every row of it before saying no."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from rongji.law.acts import read_acts
from rongji.law.concepts import read_breakdowns, read_concepts, read_identities
from rongji.law.declared import Catalogue, is_declared
from rongji.law.locate import find_legal
from rongji.law.model import Concept, DatedTable, Lawbook
from rongji.law.reading import Problems
from rongji.law.refusals import LawNotUsable
from rongji.law.shapes.formula import Definition
from rongji.law.tables import place_of, read_tables


@lru_cache(maxsize=4)
def lawbook(root: str | None = None) -> Lawbook:
    """The legal data in force for this process, loaded once.

    Raises: LawNotUsable when anything in it is wrong, LegalFolderMissing.
    """
    return load(root)


def load(root: Path | str | None = None, *, production: bool = False) -> Lawbook:
    """The legal data of a folder. production: refuse rows whose value is a `gap`.

    Raises: LawNotUsable, LegalFolderMissing.
    """
    book = inspect(root, production=production)
    if book.problems:
        raise LawNotUsable(count=len(book.problems), first=str(book.problems[0]))
    return book


def inspect(root: Path | str | None = None, *, production: bool = False) -> Lawbook:
    """The same, with everything wrong listed in `problems` instead of a refusal.

    Raises: LegalFolderMissing.
    """
    folder = find_legal(root)
    problems = Problems()
    acts = read_acts(folder, problems)
    concepts = read_concepts(folder, problems)
    tables = read_tables(folder, acts, problems, production=production)
    _check_formula_keys(tables.values(), concepts, problems)
    return Lawbook(
        root=str(folder),
        acts=acts,
        tables=tables,
        concepts=Catalogue(concepts, str(folder)),
        identities=read_identities(folder, concepts, problems),
        breakdowns=read_breakdowns(folder, concepts, problems),
        problems=tuple(problems.found),
    )


def _check_formula_keys(tables: Iterable[DatedTable], concepts: Mapping[str, Concept], problems: Problems) -> None:
    """Formulas may speak only of what the concept catalogue names (what is declared: see law.declared)."""
    for table in tables:
        for row in table.rows:
            if not isinstance(row.value, Definition):
                continue
            for concept in row.value.concepts:
                if concept not in concepts and not is_declared(concept):
                    problems.add(table.file, place_of(row.number, row.line), f"数据目录中没有“{concept}”")
