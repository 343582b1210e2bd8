"""What a column says of other columns: candidate definitions of a rate or difference, judged over all its rows.

A heading seldom says exactly how its column was computed (执行率 of which budget? 占比 of which total?). So every
definition the heading allows is tried on every row. One that fits most rows is the column's definition, and a row that
fits none stands out; a column that fits nothing is only asked about.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from rongji.checks import relations
from rongji.checks.excuses import asked, unless_cut_off
from rongji.checks.relations import Terms
from rongji.checks.stated.model import Column, Row, StatedTable
from rongji.kernel.figure import Figure
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.quantity import Quantity
from rongji.kernel.units import UnitKind

_ENOUGH = 2  # 两行以上相符，才算看出该栏怎么算
_FRACTION = Decimal("1.5")  # 没有百分号而不大于此数的，可能是小数形式的比率
_WHOLE = 100
_SAMPLE = 24  # 先看若干行，看出该栏怎么算，再看全栏


class How(StrEnum):
    """The shape of a definition."""

    RATIO = "ratio"  # top ÷ bottom
    GROWTH = "growth"  # (top − bottom) ÷ bottom
    SUM = "sum"  # signed sum of top
    PRODUCT = "product"  # top × top


@dataclass(frozen=True, slots=True)
class Definition:
    """One way of computing a column.

    top, bottom: signed columns. base: the row whose cell stands below the line, the same one for every row; of_whole:
    it is the row that each row is a part of. capped: a rate that forms print as 100% at most.
    """

    how: How
    top: tuple[tuple[int, Column], ...]
    bottom: tuple[tuple[int, Column], ...] = ()
    base: Row | None = None
    of_whole: bool = False
    capped: bool = False

    @property
    def name(self) -> str:
        """What it divides by, or takes, in words."""
        if self.base or self.of_whole:
            return self.base.label if self.base else "上一级"
        return "、".join(column.title for _, column in (self.bottom or self.top))


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row under one definition."""

    row: Row
    finding: Finding

    @property
    def settles(self) -> bool:
        """Whether the row fits."""
        return self.finding.agrees

    @property
    def proves(self) -> bool:
        """Whether the fit says something: neither nothing nor the whole."""
        stated = self.finding.stated
        whole = stated is not None and stated.unit.kind is UnitKind.RATIO and abs(stated.base) == 1
        return self.settles and stated is not None and bool(stated.value) and not whole


def judged(
    table: StatedTable,
    column: Column,
    definitions: Sequence[Definition],
    *,
    unproven: Verdict | None,
    rows: Sequence[Row],
) -> Iterator[Finding]:
    """Every row of a column under the definition that fits it best.

    unproven: what a row that does not fit is called where the other rows do not prove the definition: CONTRADICTION
    when the heading itself says how the column is computed, QUESTION when it nearly does, None to say nothing.
    """
    ways = list(dict.fromkeys(definitions))
    stated = [row for row in rows if table.figure(row.index, column.index)]
    if not ways or not stated:
        return
    best = max(ways, key=lambda item: _proofs(list(outcomes(table, column, item, stated[:_SAMPLE]))))
    found = list(outcomes(table, column, best, stated))
    misfits = [item.row for item in found if not item.settles]
    others = dict(_fitting(table, column, [item for item in ways if item != best], misfits))
    missed = [row for row in misfits if row.index not in others]
    settled = len(found) - len(misfits)
    proven = _proofs(found) >= _ENOUGH and settled > len(missed)
    alone = unproven is Verdict.CONTRADICTION and len(missed) <= max(1, settled)
    for item in found:
        if item.settles:
            yield item.finding
        elif item.row.index in others:
            name, other = others[item.row.index]
            yield _other_basis(item.finding, name) if proven or unproven else other.finding
        elif proven or alone:
            yield item.finding
        elif unproven:
            yield _unsure(item.finding)


def _fitting(
    table: StatedTable, column: Column, ways: Sequence[Definition], rows: Sequence[Row]
) -> Iterator[tuple[int, tuple[Definition, Outcome]]]:
    """The rows that fit another definition than the column's own."""
    for way in ways if rows else ():
        yield from ((item.row.index, (way, item)) for item in outcomes(table, column, way, rows) if item.settles)


def rate_figures(figure: Figure, text: str) -> list[Figure]:
    """The readings of a cell that holds a rate: 86% and 0.86, with the sign or without it."""
    quantity = figure.quantity
    if quantity is None:
        return []
    signed = any(mark in text for mark in "%％‰")
    if quantity.unit.kind is UnitKind.RATIO and signed:
        return [figure]
    found = [replace(figure, quantity=Quantity(quantity.value, "%", quantity.places))]
    if abs(quantity.value) <= _FRACTION and quantity.places:
        found.append(replace(figure, quantity=Quantity(quantity.value, "倍", quantity.places)))
    return found


def finding_of(table: StatedTable, column: Column, definition: Definition, row: Row, base: Row) -> Finding | None:
    """One row of a column under one definition, divided by a cell of the row `base`; None where a number is missing."""
    cell = table.cell(row.index, column.index)
    if cell is None or cell.figure is None or cell.figure.quantity is None:
        return None
    top = _terms(table, definition.top, row)
    bottom = _terms(table, definition.bottom, base)
    if top is None or bottom is None:
        return None
    if definition.how is How.SUM:
        return relations.sum_of_parts(cell.figure, top) if _add_up(cell.figure, top) else None
    if definition.how is How.PRODUCT:
        return relations.product(cell.figure, [figure for _, figure in top]) if _make(cell.figure, top) else None
    return _as_rate(cell.figure, cell.text, definition, top, bottom)


def _as_rate(stated: Figure, text: str, definition: Definition, top: Terms, bottom: Terms) -> Finding | None:
    """Nothing is said of zero by zero, and of amounts whose units do not go together."""
    if not _are_alike([*top, *bottom]) or (
        _is_zero(bottom) and (_is_zero(top) or not stated.quantity or not stated.quantity.value)
    ):
        return None
    found = [_rate(item, definition, top, bottom) for item in rate_figures(stated, text)]
    best = next((item for item in found if item.agrees), found[0] if found else None)
    return unless_cut_off(_capped(best, definition)) if best else None


def _rate(stated: Figure, definition: Definition, top: Terms, bottom: Terms) -> Finding:
    if definition.how is How.GROWTH:
        return relations.growth_or_fall(stated, top[0][1], bottom[0][1])
    return relations.ratio_of_sums(stated, top, bottom)


def _capped(finding: Finding, definition: Definition) -> Finding:
    """A rate of completion that is never printed above one hundred."""
    stated, computed = finding.stated, finding.computed
    if finding.verdict is not Verdict.CONTRADICTION or stated is None or computed is None:
        return finding
    if stated.base != 1 or computed.base <= 1:
        return finding
    if definition.capped:
        text = finding.explanation.partition("，相差")[0]
        return replace(finding, verdict=Verdict.HOLDS, explanation=f"{text}，按最高 {_WHOLE}% 填列。", remedy="")
    return asked(finding, f"可能按最高 {_WHOLE}% 填列。", "超过的据实填写，或注明按最高数填列。")


def outcomes(table: StatedTable, column: Column, definition: Definition, rows: Sequence[Row]) -> Iterator[Outcome]:
    """Every row that states all the numbers of a definition."""
    above = {item.index: item for item in table.rows}
    for row in rows:
        base = definition.base or (above.get(-1 if row.whole is None else row.whole) if definition.of_whole else row)
        found = finding_of(table, column, definition, row, base) if base else None
        if found is not None:
            yield Outcome(row, found)


def _terms(table: StatedTable, signed: Sequence[tuple[int, Column]], row: Row) -> Terms | None:
    found = [(sign, table.figure(row.index, column.index)) for sign, column in signed]
    stated = [(sign, figure) for sign, figure in found if figure is not None and figure.quantity is not None]
    return stated if len(stated) == len(found) else None


def _proofs(outcomes: Sequence[Outcome]) -> int:
    return sum(1 for item in outcomes if item.proves)


def _add_up(total: Figure, terms: Terms) -> bool:
    return _are_alike([(1, total), *terms])


def _make(result: Figure, factors: Terms) -> bool:
    """Whether the factors make the result: points by a rate, money by a count of things at a price."""
    kinds = [figure.quantity.unit.kind for _, figure in factors if figure.quantity]
    made = result.quantity.unit.kind if result.quantity else None
    rest = [kind for kind in kinds if kind not in (UnitKind.RATIO, UnitKind.COUNT, UnitKind.UNSAID)]
    return rest == [made] and all(figure.quantity and figure.quantity.value >= 0 for _, figure in factors)


def _are_alike(terms: Terms) -> bool:
    units = [figure.quantity.unit for _, figure in terms if figure.quantity]
    return all(units[0].is_comparable_with(item) for item in units)


def _is_zero(terms: Terms) -> bool:
    return all(figure.quantity and not figure.quantity.value for _, figure in terms)


def _other_basis(finding: Finding, other: Definition) -> Finding:
    return asked(finding, f"若按{other.name}计算则相符，疑为口径不同。", "同一栏用同一口径，并在表下注明。")


def _unsure(finding: Finding) -> Finding:
    if finding.verdict is not Verdict.CONTRADICTION:
        return finding
    return asked(finding, "该栏多行都不合此算法，可能另有口径。", "写明该栏的算法，改正出错的数。")
