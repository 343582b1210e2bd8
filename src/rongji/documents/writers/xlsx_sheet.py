"""How the blocks of one section lie on a worksheet: one column grid for all its tables, rows, print set-up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rongji.documents import layout, paper
from rongji.documents.grid import Grid, Placed, grid
from rongji.documents.layout import Fitted
from rongji.documents.model import Block, Document, Section, Table
from rongji.documents.paper import Sheet

_TOO_NEAR_MM = 1.6  # column borders of different tables that are nearer than this become one
_ROW_LIMIT = 400.0  # points; Excel ends at 409
_LINE_HEIGHT = 1.38
_MAX_NAME = 31


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of a worksheet, both ends included, counted from 0."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def is_single(self) -> bool:
        """Whether it is one cell."""
        return (self.first_row, self.first_column) == (self.last_row, self.last_column)


@dataclass
class Laid:
    """One worksheet: its name, its paper, its blocks, and the borders of its columns in mm from the left."""

    name: str
    sheet: Sheet
    blocks: list[Block] = field(default_factory=list)

    @property
    def borders(self) -> tuple[float, ...]:
        """Column borders that serve every table of the sheet."""
        width = float(self.sheet.text_width)
        wanted = {0.0, width}
        for block in self.blocks:
            if isinstance(block, Table):
                wanted |= set(_table_borders(layout.fit(block, width)))
        return _thinned(sorted(wanted), width)


def sheets(document: Document) -> tuple[Laid, ...]:
    """One worksheet per section that holds anything."""
    laid = [Laid(_safe_name(document.title, 1), paper.PORTRAIT)]
    for block in document.blocks:
        if isinstance(block, Section):
            laid.append(Laid(_safe_name(block.name, len(laid) + 1), paper.sheet(block.orientation)))
        else:
            laid[-1].blocks.append(block)
    filled = [one for one in laid if one.blocks] or laid[:1]
    return tuple(_with_own_names(filled))


def _safe_name(name: str, number: int) -> str:
    """A name that Excel takes: without its seven marks, at most 31 characters."""
    kept = "".join(c for c in layout.printable(name).replace("\n", "") if c not in "[]:*?/\\").strip().strip("'")
    return kept[:_MAX_NAME] or f"第{number}部分"


def _with_own_names(laid: Sequence[Laid]) -> Iterator[Laid]:
    taken: set[str] = set()
    for one in laid:
        name, number = one.name, 2
        while name.lower() in taken:
            suffix = f"（{number}）"
            name, number = one.name[: _MAX_NAME - len(suffix)] + suffix, number + 1
        taken.add(name.lower())
        yield Laid(name, one.sheet, one.blocks)


def _table_borders(fitted: Fitted) -> list[float]:
    borders = [0.0]
    for width in fitted.widths:
        borders.append(borders[-1] + width)
    return borders


def _thinned(borders: Sequence[float], width: float) -> tuple[float, ...]:
    kept = [0.0]
    for border in borders:
        if border - kept[-1] >= _TOO_NEAR_MM:
            kept.append(border)
    kept[-1] = width
    return tuple(kept)


def nearest(borders: Sequence[float], position: float) -> int:
    """Number of the border nearest to a position."""
    return min(range(len(borders)), key=lambda k: abs(borders[k] - position))


@dataclass(frozen=True)
class TableOnSheet:
    """A table set down on a worksheet: which rows and columns each of its cells takes."""

    table: Table
    grid: Grid
    fitted: Fitted
    row_starts: tuple[int, ...]  # one more than the table has rows
    heights: tuple[float, ...]  # of worksheet rows, in points
    columns: tuple[int, ...]  # border numbers of the table's own columns, one more than it has

    def area(self, placed: Placed) -> Area:
        """The worksheet rectangle of a cell."""
        return Area(
            self.row_starts[placed.rows.start],
            self.columns[placed.columns.start],
            self.row_starts[placed.rows.stop] - 1,
            self.columns[placed.columns.stop] - 1,
        )


def set_down(table: Table, laid: Laid, first_row: int) -> TableOnSheet:
    """Lay a table on a worksheet from a row on; a row too tall for Excel becomes several merged ones."""
    cells, fitted = grid(table), layout.fit(table, laid.sheet.text_width)
    starts, heights = [first_row], []
    for height in _row_heights(table, cells, fitted):
        count = -int(-height // _ROW_LIMIT)
        heights += [height / count] * count
        starts.append(starts[-1] + count)
    columns = tuple(nearest(laid.borders, border) for border in _table_borders(fitted))
    if any(a >= b for a, b in pairwise(columns)):
        raise ValueError("two columns of one table fell together on the worksheet")
    return TableOnSheet(table, cells, fitted, tuple(starts), tuple(heights), columns)


def shown_text(placed: Placed, fitted: Fitted) -> str:
    """The text of a cell; a label with line breaks between its words, as a clerk sets them: Excel breaks anywhere."""
    cell = placed.cell
    if not cell.header or cell.vertical:
        return cell.text
    width = fitted.span(placed.column, cell.colspan)
    lines = (layout.label_lines(line, width, fitted.size) for line in cell.text.split("\n"))
    return "\n".join(part for line in lines for part in line)


def text_height(text: str, width_mm: float, size: float) -> float:
    """Points that a wrapped text needs in height."""
    return layout.lines_needed(text, width_mm, size) * size * _LINE_HEIGHT + size * 0.6


def _row_heights(table: Table, cells: Grid, fitted: Fitted) -> list[float]:
    heights = [max(row.min_height_mm * paper.POINTS_PER_MM, fitted.size * 1.9) for row in table.rows]
    for placed in sorted(cells.cells, key=lambda one: one.cell.rowspan):
        width = fitted.span(placed.column, placed.cell.colspan)
        need = text_height(shown_text(placed, fitted), width, fitted.size)
        lacking = need - sum(heights[r] for r in placed.rows)
        if lacking > 0:
            for r in placed.rows:
                heights[r] += lacking / placed.cell.rowspan
    return heights


@dataclass(frozen=True, slots=True)
class Piece:
    """A block on a worksheet: its first row, its height in points, whether it stays with what follows (headings)."""

    row: int
    height: float
    is_kept: bool = False
    is_table: bool = False
    begins_page: bool = False


def page_breaks(pieces: Sequence[Piece], page: float) -> list[int]:
    """Rows before which a new page begins: where asked, and before a table that fits a page but not the rest of one."""
    breaks: list[int] = []
    used, group = 0.0, list[Piece]()
    for piece in pieces:
        group.append(piece)
        if piece.is_kept:
            continue
        height = sum(one.height for one in group)
        is_cut = piece.is_table and height <= page < used + height
        if group[0].row and (is_cut or piece.begins_page):
            breaks.append(group[0].row)
            used = 0.0
        used = used + height if used + height <= page else height % page
        group = []
    return breaks
