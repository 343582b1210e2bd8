"""The problems of an uploaded table as a page lists them: sheet by sheet, what must be put right first."""

from collections.abc import Iterable
from itertools import groupby

from rongji.people.imports.problems import CellProblem

SHOWN = 100

Sheets = list[tuple[str, list[CellProblem], int]]


def by_sheet(problems: Iterable[CellProblem]) -> Sheets:
    """Problems of each sheet: the first of them, and how many there are."""
    ranked = sorted(problems, key=lambda item: (item.sheet, not item.is_error))
    found: Sheets = []
    for sheet, group in groupby(ranked, key=lambda item: item.sheet):
        items = list(group)
        found.append((sheet or "整本", items[:SHOWN], len(items)))
    return found
