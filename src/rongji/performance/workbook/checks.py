"""The check columns and rows that a template offers beside what is typed: stated total − Σ parts, as real formulas."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rongji.kernel.figure import Stage
from rongji.law.model import Identity
from rongji.performance.workbook.layout import CHECK_PREFIX, Column, Sheet


@dataclass(frozen=True, slots=True)
class Check:
    """A relation within one row or one column: total − Σ signed parts should be nil.

    total and parts are column ids (for a check column) or item ids (for a check row).
    """

    heading: str
    total: str
    parts: tuple[tuple[int, str], ...]


def column_checks(sheet: Sheet, identities: Iterable[Identity]) -> list[Check]:
    """The sums that hold between columns of the sheet."""
    found = []
    by_stage: dict[tuple[str, Stage], Column] = {(item.concept, item.stage): item for item in sheet.columns}
    for identity in identities:
        if identity.kind == "sum":
            for stage in dict.fromkeys(stage for _, stage in by_stage):
                columns = {concept: item for (concept, at), item in by_stage.items() if at is stage and concept}
                found += _check(identity, {name: (item.id, item.title) for name, item in columns.items()})
        elif identity.kind == "stages" and sheet.rows == "fixed":
            columns = {item.stage.value: item for item in sheet.columns if not item.concept}
            found += _check(identity, {name: (item.id, item.title) for name, item in columns.items()})
    return found


def row_checks(sheet: Sheet, identities: Iterable[Identity]) -> list[Check]:
    """The sums that hold between the fixed rows of the sheet."""
    items = {item.concept: (item.id, item.title) for item in sheet.items}
    return [check for identity in identities if identity.kind == "sum" for check in _check(identity, items)]


def _check(identity: Identity, places: dict[str, tuple[str, str]]) -> list[Check]:
    parts = [(-1 if part.startswith("-") else 1, part.removeprefix("-")) for part in identity.parts]
    present = tuple((sign, places[name][0]) for sign, name in parts if name in places)
    if identity.total not in places or len(present) < max(identity.least, 2):
        return []
    return [Check(f"{CHECK_PREFIX}：{places[identity.total][1]}", places[identity.total][0], present)]


def difference_formula(total: str, parts: Sequence[tuple[int, str]]) -> str:
    """The Excel formula of total − Σ parts over cell addresses; empty text while nothing is filled in."""
    cells = ",".join([total, *(address for _, address in parts)])
    signed = "".join(f"{'-' if sign > 0 else '+'}N({address})" for sign, address in parts)
    return f'=IF(OR(COUNT({total})=0,COUNT({cells})<2),"",ROUND({total}{signed},6))'
