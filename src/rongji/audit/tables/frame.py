"""The columns of a block: which slots are one column, what each heading says, which column is part of which."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rongji.audit.tables.blocks import Block
from rongji.audit.tables.column_wholes import with_wholes
from rongji.audit.tables.headings import headings_over
from rongji.audit.tables.lattice import Lattice, Slot
from rongji.audit.tables.numbers import is_number, nil_of
from rongji.audit.tables.words import (
    Meaning,
    meaning_of,
    row_kind_of,
    sign_of,
    unit_in,
    unit_told,
)
from rongji.checks.stated.model import Column, ColumnKind, RowKind
from rongji.kernel.figure import Nil, Stage
from rongji.kernel.units import UNITS

NAMING = (ColumnKind.LABEL, ColumnKind.NUMBER, ColumnKind.CODE)
_FEW = 2
_CODE_SIZES = {3, 5, 7}
_CODE_BEGINS = "235"
_POINTS = (ColumnKind.WEIGHT, ColumnKind.SCORE)


@dataclass(frozen=True)
class Frame:
    """The columns of a block.

    side: texts of the cells that only name the block. unit_column: the column that names the unit of each row.
    mixed_units: the unit line names several, so that a number may be of either.
    """

    columns: tuple[Column, ...]
    side: tuple[str, ...] = ()
    unit_column: int | None = None
    mixed_units: bool = False

    def of_kind(self, *kinds: ColumnKind) -> tuple[Column, ...]:
        """The columns of these kinds, left to right."""
        return tuple(column for column in self.columns if column.kind in kinds)

    def labels(self) -> tuple[Column, ...]:
        """The columns that name the rows: those in front of the first number, and further levels of indicators."""
        first = self.first_value
        found = tuple(c for c in self.columns if c.kind in NAMING and (c.index < first or _names_a_level(c)))
        return found or tuple(c for c in self.columns[:1] if c.kind is ColumnKind.TEXT)

    def weight_levels(self) -> dict[int, int]:
        """For each column of weights how many columns of names of indicators stand before the one it weighs."""
        names = [column.index for column in self.labels() if column.kind is ColumnKind.LABEL]
        weights = self.of_kind(ColumnKind.WEIGHT)
        return {c.index: sum(1 for name in names if name < c.index) - 1 for c in weights if len(weights) > 1}

    @property
    def first_value(self) -> int:
        """Index of the first column that states something; labels after it are no labels of rows."""
        return next((column.index for column in self.columns if column.kind not in NAMING), len(self.columns))


def _names_a_level(column: Column) -> bool:
    """Whether a column names a level of indicators, wherever it stands."""
    return any("级指标" in text for text in column.path)


def kept_columns(block: Block) -> tuple[list[int], tuple[str, ...]]:
    """The places of the lattice that are columns of their own, and the texts of cells beside the whole block."""
    lattice, rows = block.lattice, block.rows
    side: list[str] = []
    kept: list[int] = []
    for c in block.columns or range(lattice.width):
        slots = [lattice.rows[r][c] for r in rows]
        if all(slot.filled for slot in slots):
            continue
        if not kept and (name := _side_name(slots, lattice.width, block.head[-1] if block.head else None)):
            side.append(name)
            continue
        if kept and _is_same_column(lattice, rows, kept[-1], c):
            continue
        kept.append(c)
    return kept, tuple(side)


def _is_same_column(lattice: Lattice, rows: Sequence[int], left: int, c: int) -> bool:
    """Whether one cell covers both places in every row that has more than a name and a remark."""
    apart = [r for r in rows if lattice.rows[r][left] is not lattice.rows[r][c]]
    full = [r for r in rows if len(lattice.fresh(r)) > _FEW]
    return not apart or (bool(full) and not any(len(lattice.fresh(r)) > _FEW for r in apart))


def _side_name(slots: Sequence[Slot], width: int, last_head: int | None) -> str:
    """The text of a cell that stands beside a block: it reaches from the headings below them, or beside all rows.

    A last line may run under it, and a page may cut it into several cells.
    """
    first = slots[0]
    rest = [slot for slot in slots if slot is not first]
    if len(slots) < 2 or first.columns >= width or not first.words or len(rest) == len(slots) - 1:
        return ""
    if last_head is not None and first.last_row > last_head:
        more = [s.words for s in rest if s.columns == first.columns and row_kind_of(s.text) is RowKind.ITEM]
        return "".join(dict.fromkeys([first.words, *more]))
    return first.words if all(slot.columns > first.columns for slot in rest) else ""


def frame_of(block: Block, lines: tuple[str, ...]) -> Frame:
    """The columns of a block with headings. lines: the units that hold for the whole table, money first."""
    unit_line = lines[0] if lines else ""
    kept, side = kept_columns(block)
    columns = [_column(block, index, c, unit_line) for index, c in enumerate(kept)]
    units = next((c.index for c in columns if _holds_units(block, kept[c.index])), None)
    if units is not None:
        columns[units] = replace(columns[units], kind=ColumnKind.TEXT)
    columns = _settled(block, kept, columns)
    return Frame(with_wholes(block, kept, columns), side, units, len(lines) > 1)


def _holds_units(block: Block, c: int) -> bool:
    """Whether a column names the unit of each row (计量单位: 万元、人、件 …)."""
    words = [slot.words for slot in _own(block, c) if slot.words]
    named = sum(1 for text in words if text in UNITS)
    says_so = any("单位" in slot.words for slot in headings_over(block, c))
    return bool(words) and named * 5 >= len(words) * 4 and (named > 1 or says_so)


def _column(block: Block, index: int, c: int, unit_line: str) -> Column:
    headings = headings_over(block, c)
    path = tuple(slot.words for slot in headings)
    meaning = _joined([meaning_of(text) for text in path])
    profile = _profile(block, c)
    kind = _kind(meaning, profile)
    unit = _unit(path, meaning, kind, unit_line)
    if kind is ColumnKind.RATE and not unit and profile.percents:
        unit = "%"
    stage = meaning.stage if meaning and kind is ColumnKind.VALUE else Stage.NONE
    return Column(
        index, path, kind, stage, unit, meaning.year if meaning else None, sign=sign_of(path[-1]) if path else 1
    )


def _unit(path: tuple[str, ...], meaning: Meaning | None, kind: ColumnKind, unit_line: str) -> str:
    """The unit that the headings tell, lowest first; the unit line holds for amounts only."""
    named = next((unit_in(text) for text in reversed(path) if unit_in(text)), "") or (meaning.unit if meaning else "")
    if named or kind is not ColumnKind.VALUE:
        return named
    told = next((unit for text in reversed(path) if (unit := unit_told(text)) is not None), None)
    return unit_line if told is None else told


def _joined(meanings: Sequence[Meaning | None]) -> Meaning | None:
    """What the headings above a column say together: the lowest known one, lacking basis and year from above."""
    known = [item for item in meanings if item]
    if not known:
        return None
    lowest = known[-1] if meanings[-1] is not None else replace(known[-1], unit="")
    if meanings[-1] is None and lowest.kind in NAMING:
        return None
    for item in reversed(known[:-1]):
        if item.kind is ColumnKind.VALUE and lowest.stage is Stage.NONE and lowest.kind is ColumnKind.VALUE:
            lowest = replace(lowest, stage=item.stage, budget_unsaid=item.budget_unsaid)
        if lowest.year is None:
            lowest = replace(lowest, year=item.year)
    return lowest


@dataclass(frozen=True, slots=True)
class _Profile:
    """What the cells of a column are."""

    numbers: int = 0
    percents: int = 0
    words: int = 0
    counting: bool = False
    codes: bool = False


def _profile(block: Block, c: int) -> _Profile:
    texts = [slot.text for slot in _own(block, c) if slot.words]
    numbers = [text for text in texts if is_number(text)]
    digits = ["".join(text.split()) for text in texts]
    whole = [text for text in digits if text.isdigit()]
    return _Profile(
        numbers=len(numbers),
        percents=sum(1 for text in numbers if text.rstrip().endswith(("%", "％"))),
        words=sum(1 for text in texts if nil_of(text) is Nil.WORD) - len(numbers),
        counting=len(whole) > 2 and [int(text) for text in whole] == list(range(1, len(whole) + 1)),
        codes=are_codes(whole) and len(whole) >= len(texts) - 1,
    )


def are_codes(texts: Sequence[str]) -> bool:
    """Whether whole numbers are classification codes: of 3, 5 and 7 digits, the shorter beginning the longer.

    Codes of one length are in order and begin alike; amounts of three digits are amounts.
    """
    sizes = {len(text) for text in texts}
    if len(texts) <= _FEW or not sizes <= _CODE_SIZES or sizes == {min(_CODE_SIZES)}:
        return False
    if len(sizes) == 1:
        alike = any(one[:3] == other[:3] for one, other in pairwise(texts))
        return alike and list(texts) == sorted(texts) and all(text[0] in _CODE_BEGINS for text in texts)
    known = set(texts)
    return any(text[:size] in known for text in texts for size in sizes if size < len(text))


def _own(block: Block, c: int) -> Iterator[Slot]:
    for r in block.body:
        slot = block.lattice.rows[r][c]
        if slot.row == r and slot.column == c:
            yield slot


def _kind(meaning: Meaning | None, profile: _Profile) -> ColumnKind:
    if meaning is None:
        return _kind_by_cells(profile)
    if meaning.kind is ColumnKind.VALUE and profile.numbers and profile.percents == profile.numbers:
        return ColumnKind.RATE
    if not meaning.strong and meaning.kind is ColumnKind.VALUE and profile.words > 2 * profile.numbers:
        return ColumnKind.TEXT
    if not meaning.strong and meaning.kind is ColumnKind.TEXT and profile.numbers > profile.words:
        return ColumnKind.VALUE
    if meaning.kind is ColumnKind.LABEL and profile.counting and not profile.words:
        return ColumnKind.NUMBER
    return meaning.kind


def _kind_by_cells(profile: _Profile) -> ColumnKind:
    if profile.codes:
        return ColumnKind.CODE
    if profile.counting:
        return ColumnKind.NUMBER
    if profile.numbers > profile.words:
        return ColumnKind.RATE if profile.percents == profile.numbers else ColumnKind.VALUE
    return ColumnKind.LABEL if profile.words else ColumnKind.VALUE


def _settled(block: Block, kept: list[int], columns: list[Column]) -> list[Column]:
    """Kinds that only show among the other columns of the block."""
    columns = _labels_before_values(columns)
    columns = _names_under_goals(block, kept, columns)
    return _budgets_apart(_points_of_levels(columns))


def _points_of_levels(columns: list[Column]) -> list[Column]:
    """Where each level of indicators has a column of weights, the name of the level goes before 分值."""
    if sum(1 for column in columns if column.kind is ColumnKind.WEIGHT) < 2:
        return columns
    made, level = [], ""
    for column in columns:
        is_name = column.kind is ColumnKind.LABEL
        level = next((text for text in column.path if "级指标" in text), column.title) if is_name else level
        is_level = column.kind is ColumnKind.WEIGHT and level and level not in column.path
        made.append(replace(column, path=(level, *column.path)) if is_level else column)
    return made


def _labels_before_values(columns: list[Column]) -> list[Column]:
    """Words of unknown heading are labels in front of the numbers, and mere text behind them."""
    first = next((c.index for c in columns if c.kind not in NAMING and c.kind is not ColumnKind.TEXT), len(columns))
    return [
        replace(column, kind=ColumnKind.TEXT)
        if column.kind is ColumnKind.LABEL and column.index > first and meaning_of(column.title) is None
        else column
        for column in columns
    ]


def _names_under_goals(block: Block, kept: list[int], columns: list[Column]) -> list[Column]:
    """绩效目标 heads the names of the indicators where no other column does, else their targets."""
    named = any(column.kind is ColumnKind.LABEL and "指标" in column.title for column in columns)
    made = []
    for column in columns:
        meaning = meaning_of(column.title) if column.path else None
        if column.kind is ColumnKind.TARGET and meaning and not meaning.strong and not named:
            profile = _profile(block, kept[column.index])
            has_actual = any(item.kind is ColumnKind.ACTUAL for item in columns)
            if profile.words > profile.numbers and has_actual:
                column = replace(column, kind=ColumnKind.LABEL)
        made.append(column)
    return made


def _budgets_apart(columns: list[Column]) -> list[Column]:
    """预算数 beside an adjusted budget is the first one, else the one that the outturn is measured by."""
    adjusted = {c.year for c in columns if c.stage is Stage.ADJUSTED and not _is_unsaid(c)}
    return [
        replace(column, stage=Stage.INITIAL) if _is_unsaid(column) and column.year in adjusted else column
        for column in columns
    ]


def _is_unsaid(column: Column) -> bool:
    return any(meaning.budget_unsaid for meaning in map(meaning_of, column.path) if meaning)
