"""What a document states: its tables and passages read into figures, each with label, basis, unit and place.

This is what the checks on documents look at. It is made by `rongji.audit` out of the block model of a file; nothing
here knows a file format. A figure's key is the identity of the fact: two figures with one key and comparable units
are two printings of one fact.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from rongji.checks.stated.phrase import Phrase
from rongji.kernel.figure import Figure, Nil, Stage
from rongji.kernel.place import Place
from rongji.kernel.reading import Reading


class ColumnKind(StrEnum):
    """What the cells of a column are."""

    LABEL = "label"  # 项目、指标名称、机构名称
    NUMBER = "number"  # 序号、行次
    CODE = "code"  # 科目编码
    VALUE = "value"  # an amount or a count; the basis is the column's stage
    RATE = "rate"  # 执行率、完成率、占比、增长率
    WEIGHT = "weight"  # 分值、权重
    SCORE = "score"  # 得分
    TARGET = "target"  # 年度指标值
    ACTUAL = "actual"  # 实际完成值
    REASON = "reason"  # 偏差原因分析及改进措施
    TEXT = "text"  # any other words


class RowKind(StrEnum):
    """What a row is among the rows of its table."""

    ITEM = "item"
    TOTAL = "total"  # 合计、总计、总分
    SUBTOTAL = "subtotal"  # 小计
    PART = "part"  # 其中：
    GROUP = "group"  # a heading inside the table, without numbers of its own
    NOTE = "note"  # 注：…


class Parts(StrEnum):
    """How much of a whole its listed parts make up, as far as the print tells."""

    ALL = "all"  # the list is complete by its form (合计 = rows, 一级科目 = 二级科目)
    SOME = "some"  # some parts are named (主要有、其中包括)
    UNKNOWN = "unknown"  # 其中: usually complete, not necessarily


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table region.

    index: place in the grid from 0. path: header texts from top to bottom, white space removed.
    unit_name: unit that the header or the unit line gives, empty when unknown. year: the year a header names.
    whole: index of the column of which this one is a part, with `parts` saying how sure the list is complete.
    sign: how a part enters its whole (−1: 减).
    """

    index: int
    path: tuple[str, ...]
    kind: ColumnKind
    stage: Stage = Stage.NONE
    unit_name: str = ""
    year: int | None = None
    whole: int | None = None
    parts: Parts = Parts.UNKNOWN
    sign: int = 1

    @property
    def title(self) -> str:
        """The header as one would name the column."""
        return self.path[-1] if self.path else ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table region.

    index: place in the grid from 0. path: labels of the rows and cells it stands under, its own label last.
    number: printed number or marker (`1、`, `（一）`, `其中：`); code: classification code when the row has one.
    whole: index of the row of which this one is a part; parts: how sure the list below that whole is complete.
    sign: how a part enters its whole (−1: 减).
    """

    index: int
    path: tuple[str, ...]
    kind: RowKind = RowKind.ITEM
    level: int = 0
    number: str = ""
    code: str = ""
    whole: int | None = None
    parts: Parts = Parts.UNKNOWN
    sign: int = 1

    @property
    def label(self) -> str:
        """The row's own label."""
        return self.path[-1] if self.path else ""


@dataclass(frozen=True, slots=True)
class StatedCell:
    """One cell of a region; spans are already spread, so a covered place has no cell of its own.

    readings: every number read in the text; figure: the one number that the cell states, None for words.
    nil: why there is no number (blank, －, 无, a word). fact: what the cell is in a form whose every cell is known
    (`income/all/spent-basic` of the nine tables), stated or blank; empty elsewhere.
    """

    row: int
    column: int
    text: str
    place: Place
    figure: Figure | None = None
    nil: Nil | None = None
    readings: tuple[Reading, ...] = ()
    fact: str = ""


@dataclass(frozen=True)
class StatedTable:
    """A region of a table that has one set of column headers (a form sheet usually holds several regions).

    number: which table of the document it stands in, from 1. region: which region of that table, from 0.
    form, part: ids of the recognised form and of its part (`self-evaluation`/`funds`, `final-accounts`/`income`),
    empty when it is none that is known. unit_name: of the unit line. heading: path of headings it stands under.
    certain: whether rows and columns were read without doubt; checks leave an uncertain table alone. doubt: why not.
    """

    number: int
    region: int
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    cells: tuple[StatedCell, ...]
    place: Place
    caption: str = ""
    heading: tuple[str, ...] = ()
    form: str = ""
    part: str = ""
    unit_name: str = ""
    year: int | None = None
    certain: bool = True
    doubt: str = ""

    @cached_property
    def _grid(self) -> dict[tuple[int, int], StatedCell]:
        return {(cell.row, cell.column): cell for cell in self.cells}

    @cached_property
    def body(self) -> tuple[Row, ...]:
        """The rows that may carry numbers: no headings inside the table, no notes."""
        return tuple(row for row in self.rows if row.kind not in (RowKind.GROUP, RowKind.NOTE))

    def cell(self, row: int, column: int) -> StatedCell | None:
        """The cell at that place of the grid, None when nothing begins there."""
        return self._grid.get((row, column))

    def figure(self, row: int, column: int) -> Figure | None:
        """The number stated at that place."""
        cell = self.cell(row, column)
        return cell.figure if cell else None

    def columns_of(self, kind: ColumnKind) -> tuple[Column, ...]:
        """The columns of one kind, left to right."""
        return tuple(column for column in self.columns if column.kind is kind)

    def parts_of_row(self, index: int) -> tuple[Row, ...]:
        """The rows that are direct parts of a row."""
        return tuple(row for row in self.rows if row.whole == index)

    def parts_of_column(self, index: int) -> tuple[Column, ...]:
        """The columns that are direct parts of a column."""
        return tuple(column for column in self.columns if column.whole == index)

    def figures(self) -> Iterator[Figure]:
        """Every number the region states."""
        return (cell.figure for cell in self.cells if cell.figure)


@dataclass(frozen=True, slots=True)
class Mention:
    """One number in running text: the reading of its characters, and what it is of.

    reading: span in the passage's text, kind and quantity. figure: the number with label and key; None for what is
    no quantity (dates, document numbers, ordinals, list markers). phrase: how it stands in its sentence.
    """

    reading: Reading
    figure: Figure | None = None
    phrase: Phrase | None = None

    @property
    def start(self) -> int:
        """First character in the passage's text."""
        return self.reading.start

    @property
    def end(self) -> int:
        """The character after the last."""
        return self.reading.end


@dataclass(frozen=True)
class Passage:
    """A paragraph of running text (of the body, or of a cell that holds prose), lines joined.

    heading: the headings it stands under. is_heading: it is itself one. places: where each stretch of the text
    stands, as (first character, place), in order; `place_of` answers for a span. kept: what several checks derive
    from the passage, derived once.
    """

    text: str
    mentions: tuple[Mention, ...]
    places: tuple[tuple[int, Place], ...]
    heading: tuple[str, ...] = ()
    is_heading: bool = False
    kept: dict[str, object] = field(default_factory=dict, compare=False, repr=False)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The quantities of the passage, in order."""
        return tuple(item.figure for item in self.mentions if item.figure)

    def place_of(self, start: int, end: int) -> Place:
        """The place of a stretch of the text; `span` counts within the piece the place names."""
        return place_in(self.places, start, end)


@dataclass(frozen=True)
class StatedDocument:
    """All that a document states. year: the budget year it reports on; organisation: who reports, empty if unread."""

    name: str
    title: str = ""
    year: int | None = None
    organisation: str = ""
    tables: tuple[StatedTable, ...] = ()
    passages: tuple[Passage, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every number with its fact: tables that were read with certainty first, then the text."""
        stated = [figure for table in self.tables if table.certain for figure in table.figures()]
        return (*stated, *(figure for passage in self.passages for figure in passage.figures))


def place_in(places: tuple[tuple[int, Place], ...], start: int, end: int) -> Place:
    """The place of a stretch of joined text; where it runs over a line's end, the part in its first line."""
    found = Place()
    begins = 0
    limit = end
    for offset, place in places:
        if offset > start:
            limit = min(end, offset)
            break
        begins, found = offset, place
    shift = found.span[0] if found.span else 0
    return replace(found, span=(start - begins + shift, limit - begins + shift))
