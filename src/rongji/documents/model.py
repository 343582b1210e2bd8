"""The one block model of a document: title, headings, paragraphs, tables with spans, inline figures.

The same model is what writers print and what readers will return; every piece can carry its place.
Pure data: no layout decisions beyond what an official form itself states (alignment, spans, orientation).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rongji.documents.formula import Formula
from rongji.kernel.place import Place
from rongji.kernel.quantity import Quantity


class Align(StrEnum):
    """Horizontal alignment; AUTO lets the writer choose by content (labels centred, long text justified)."""

    AUTO = ""
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


class VerticalAlign(StrEnum):
    """Vertical alignment inside a cell."""

    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


class Style(StrEnum):
    """What a paragraph is, from which its type and size follow."""

    BODY = "body"  # 正文
    NOTE = "note"  # 注、说明: smaller
    CAPTION = "caption"  # 表题、图题
    ATTACHMENT = "attachment"  # 附件 2, 附表1: at the upper left, the title two lines below
    SIGNATURE = "signature"  # 落款: right-hand side, see SignatureBlock


class Orientation(StrEnum):
    """How a page lies."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class Status(StrEnum):
    """What is known of a printed figure."""

    PLAIN = ""
    OK = "ok"  # backed, and every check on it holds
    TROUBLE = "trouble"  # a finding stands against it
    UNBACKED = "unbacked"  # typed digits that no figure stands behind


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words. A line break inside a paragraph is `\\n`."""

    text: str
    bold: bool = False
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class FigureRef:
    """A printed number that opens into its figure.

    text: exactly what is printed; key: text form of the figure's key (empty for an unbacked number).
    note: trust or finding in one line, shown where there is room for it.
    """

    text: str
    key: str
    status: Status = Status.PLAIN
    note: str = ""
    bold: bool = False
    place: Place | None = None


Run = Text | FigureRef


@dataclass(frozen=True, slots=True)
class Title:
    """The title of the document; several lines when the author broke it, else the writer balances it."""

    lines: tuple[str, ...]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 一、, 2 （一）, 3 1., 4 （1）. The number is part of the runs."""

    level: int
    runs: tuple[Run, ...]
    place: Place | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 4:
            raise ValueError(f"a heading has level 1 to 4, not {self.level}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. indent: first line two characters in (paragraphs inside cells: none unless asked)."""

    runs: tuple[Run, ...]
    align: Align = Align.AUTO
    indent: bool = True
    style: Style = Style.BODY
    place: Place | None = None

    @property
    def text(self) -> str:
        """The words as printed."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """落款: who and when, on the right; the last line is the date, those above stand centred over it."""

    lines: tuple[tuple[Run, ...], ...]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table, possibly spanning.

    quantity: the number that the text prints, so that a spreadsheet holds a true number.
    formula: how the number follows from other cells (by `name`); a writer uses it only when it gives
    exactly the printed number, so a contradiction stays as it was stated.
    header: label or heading cell; vertical: upright characters from top to bottom.
    """

    paragraphs: tuple[Paragraph, ...] = ()
    colspan: int = 1
    rowspan: int = 1
    align: Align = Align.AUTO
    valign: VerticalAlign = VerticalAlign.MIDDLE
    header: bool = False
    vertical: bool = False
    name: str = ""
    quantity: Quantity | None = None
    formula: Formula | None = None
    place: Place | None = None

    @property
    def text(self) -> str:
        """The words as printed, paragraphs on lines of their own."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the cells that begin in it, left to right. min_height_mm: room for a signature or a stamp."""

    cells: tuple[Cell, ...]
    min_height_mm: int = 0
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose cells fill its rectangle exactly.

    columns: relative widths; header_rows: leading rows repeated on every page; unit_note: 单位：万元.
    spans_known: False when the file kept no spans (a table flattened to lines); short rows are then filled up at
    their end with empty cells, which may stand in the wrong column.
    """

    columns: tuple[int, ...]
    rows: tuple[Row, ...]
    header_rows: int = 0
    caption: str = ""
    unit_note: str = ""
    spans_known: bool = True
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page. numbers_anew: with page 1 again, as a letter of its own (pdf)."""

    numbers_anew: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """What follows begins on a new page of this orientation; name: the sheet's name in a workbook."""

    orientation: Orientation = Orientation.PORTRAIT
    name: str = ""


Block = Title | Heading | Paragraph | SignatureBlock | Table | PageBreak | Section


@dataclass(frozen=True)
class Document:
    """A whole document.

    properties: unit, year, version, digest … kept as file properties.
    notice: the standing of a draft in two to six words (预填, 暂定稿), printed across every page; empty when final.
    dated_on: date of the document, the only date that goes into the file.
    explanations: lines that explain a figure, by its key; a format that can opens them where it is printed.
    """

    title: str
    blocks: tuple[Block, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""
    dated_on: date | None = None
    explanations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def tables(self) -> Iterator[Table]:
        """Every table, in order."""
        return (block for block in self.blocks if isinstance(block, Table))

    def runs(self) -> Iterator[Run]:
        """Every inline run, in reading order, cells included (titles and captions are not runs)."""
        for block in self.blocks:
            yield from _runs_of(block)

    def texts(self) -> Iterator[str]:
        """Every printed string: runs, titles, captions, notes."""
        yield from (self.title, self.notice)
        yield from (run.text for run in self.runs())
        for block in self.blocks:
            if isinstance(block, Title):
                yield from block.lines
            elif isinstance(block, Table):
                yield from (block.caption, block.unit_note)

    def figures(self) -> Iterator[FigureRef]:
        """Every inline figure, in reading order."""
        return (run for run in self.runs() if isinstance(run, FigureRef))


def _runs_of(block: Block) -> Iterator[Run]:
    match block:
        case Heading() | Paragraph():
            yield from block.runs
        case SignatureBlock():
            for line in block.lines:
                yield from line
        case Table():
            for row in block.rows:
                for cell in row.cells:
                    for paragraph in cell.paragraphs:
                        yield from paragraph.runs
