"""Word files in the official layout: official font names, 22 × 28 grid, page numbers towards the fore edge."""

from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path
from xml.sax.saxutils import escape

from rongji.documents import layout, paper
from rongji.documents.grid import Grid, Placed, grid
from rongji.documents.layout import Fitted
from rongji.documents.model import (
    Align,
    Block,
    Cell,
    Document,
    FigureRef,
    Heading,
    PageBreak,
    Paragraph,
    Run,
    Section,
    SignatureBlock,
    Style,
    Table,
    Title,
    VerticalAlign,
)
from rongji.documents.paper import Sheet
from rongji.documents.writers.docx_package import Bookmarked, package, section_properties, twips

_JC = {Align.LEFT: "left", Align.CENTER: "center", Align.RIGHT: "right", Align.JUSTIFY: "both"}
_VALIGN = {VerticalAlign.TOP: "top", VerticalAlign.MIDDLE: "center", VerticalAlign.BOTTOM: "bottom"}
_STYLE_IDS = {
    Style.BODY: "BodyText",
    Style.NOTE: "Note",
    Style.CAPTION: "Caption",
    Style.ATTACHMENT: "Attachment",
    Style.SIGNATURE: "Signature",
}


def render(document: Document, *, font_dir: Path | None = None) -> bytes:
    """The document as docx bytes. font_dir is not used: the file names fonts and carries none.

    Raises: CrookedTable.
    """
    body = _Body()
    for block, following in zip_longest(document.blocks, document.blocks[1:]):
        body.add(block, is_signed=isinstance(following, SignatureBlock))
    return package(
        body.finished(),
        title=layout.printable(document.title),
        notice=layout.printable(document.notice),
        properties={key: layout.printable(value) for key, value in document.properties.items()},
        dated_on=document.dated_on,
        figures=body.figures,
    )


class _Body:
    """The body as it grows: which sheet we are on, whether a page break is due, the figures printed so far."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.figures: list[Bookmarked] = []
        self.sheet: Sheet = paper.PORTRAIT
        self.break_is_due = False
        self.ends_in_table = False

    def add(self, block: Block, *, is_signed: bool = False) -> None:
        """Append one block. is_signed: a signature follows, which never stands alone on a page."""
        match block:
            case Section():
                self._turn(paper.sheet(block.orientation))
            case PageBreak():
                self.break_is_due = bool(self.parts)
            case Table():
                self._table(block)
            case SignatureBlock():
                self._signature(block)
            case Title():
                self._title(block)
            case Heading():
                self._paragraph(f"Heading{block.level}", self._runs(block.runs))
            case Paragraph():
                self._written(block, "<w:keepNext/>" if is_signed else "")

    def finished(self) -> str:
        """The body with the properties of its last section."""
        if self.ends_in_table:
            self._paragraph("Gap", "")
        return "".join(self.parts) + section_properties(self.sheet)

    def _turn(self, sheet: Sheet) -> None:
        if self.parts:
            self._paragraph("Gap", "", extra=section_properties(self.sheet))
        self.sheet = sheet
        self.break_is_due = False

    def _paragraph(self, style: str, content: str, properties: str = "", extra: str = "", keep: str = "") -> None:
        # The schema fixes the order: style, keep with next, page break, indents and alignment, section.
        before = "<w:pageBreakBefore/>" if self.break_is_due else ""
        self.break_is_due = self.ends_in_table = False
        self.parts.append(
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}{before}{properties}{extra}</w:pPr>{content}</w:p>'
        )

    def _written(self, block: Paragraph, keep: str) -> None:
        properties = ""
        is_flush = not block.indent or block.align in (Align.CENTER, Align.RIGHT)
        if block.style is Style.BODY and is_flush:
            properties = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
        elif block.style is Style.NOTE and not is_flush:
            properties = '<w:ind w:firstLineChars="200" w:firstLine="480"/>'
        if block.align is not Align.AUTO:
            properties += f'<w:jc w:val="{_JC[block.align]}"/>'
        self._paragraph(_STYLE_IDS[block.style], self._runs(block.runs), properties, keep=keep)

    def _title(self, block: Title) -> None:
        room = int(self.sheet.text_width * paper.POINTS_PER_MM / paper.TITLE_SIZE)
        lines = [line for given in block.lines for line in layout.balanced(layout.printable(given), room)]
        self._paragraph("Title", _text("\n".join(lines)))

    def _signature(self, block: SignatureBlock) -> None:
        for number, (line, indent) in enumerate(zip(block.lines, layout.signature_indents(block.lines), strict=True)):
            right = f'w:rightChars="{round(indent * 100)}" w:right="{round(indent * paper.BODY_SIZE * 20)}"'
            gap = '<w:spacing w:before="579"/>' if number == 0 else ""
            keep = "<w:keepNext/>" if number + 1 < len(block.lines) else ""
            self._paragraph("Signature", self._runs(line), f"{gap}<w:ind {right}/>", keep=keep)

    def _table(self, table: Table) -> None:
        if table.caption:
            self._paragraph("Caption", _text(table.caption))
        if table.unit_note:
            self._paragraph("UnitNote", _text(table.unit_note))
        if self.break_is_due or self.ends_in_table:
            self._paragraph("Gap", "")
        laid, fitted = grid(table), layout.fit(table, self.sheet.text_width)
        columns = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in fitted.widths)
        rows = "".join(self._row(table, laid, fitted, number) for number in range(len(table.rows)))
        self.parts.append(
            '<w:tbl><w:tblPr><w:tblStyle w:val="FormTable"/>'
            f'<w:tblW w:w="{twips(sum(fitted.widths))}" w:type="dxa"/><w:jc w:val="center"/>'
            '<w:tblLayout w:type="fixed"/></w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
        )
        self.ends_in_table = True

    def _row(self, table: Table, laid: Grid, fitted: Fitted, number: int) -> str:
        least = table.rows[number].min_height_mm
        height = f'<w:trHeight w:val="{twips(least)}" w:hRule="atLeast"/>' if least else ""
        whole = "<w:cantSplit/>" if layout.is_kept_whole(laid, number, fitted) else ""
        header = "<w:tblHeader/>" if number < table.header_rows else ""
        starts = [placed for c, placed in enumerate(laid.slots[number]) if placed.column == c]
        cells = "".join(self._cell(placed, number, table, fitted) for placed in starts)
        return f"<w:tr><w:trPr>{whole}{height}{header}</w:trPr>{cells}</w:tr>"

    def _cell(self, placed: Placed, row: int, table: Table, fitted: Fitted) -> str:
        cell, width = placed.cell, fitted.span(placed.column, placed.cell.colspan)
        span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
        merge = ""
        if cell.rowspan > 1:
            merge = '<w:vMerge w:val="restart"/>' if row == placed.row else "<w:vMerge/>"
        direction = '<w:textDirection w:val="tbRlV"/>' if cell.vertical else ""
        stand = f'<w:vAlign w:val="{_VALIGN[cell.valign]}"/>'
        properties = f'<w:tcW w:w="{twips(width)}" w:type="dxa"/>{span}{merge}{direction}{stand}'
        style = "TableHead" if cell.header and row < table.header_rows else "TableText"
        content = self._cell_paragraphs(cell, style, width, fitted.size) if row == placed.row else ""
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content or _empty(style)}</w:tc>"

    def _cell_paragraphs(self, cell: Cell, style: str, width: float, size: float) -> str:
        common = layout.alignment(cell, width, size)
        made = []
        for paragraph in cell.paragraphs:
            indent = f'<w:ind w:firstLineChars="200" w:firstLine="{round(size * 40)}"/>' if paragraph.indent else ""
            indent = indent or _label_inset(cell, width, size)
            align = _JC[paragraph.align or common]
            runs = self._runs(paragraph.runs, size=size, width=width)
            made.append(f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{indent}<w:jc w:val="{align}"/></w:pPr>{runs}</w:p>')
        return "".join(made)

    def _runs(self, runs: Iterable[Run], size: float | None = None, width: float | None = None) -> str:
        made = []
        for run in runs:
            text = layout.printable(run.text)
            if size is not None and width is not None:
                text = layout.breakable(text, width, size)
            written = _text(text, bold=run.bold, size=size)
            made.append(self._bookmarked(run, written) if isinstance(run, FigureRef) and run.key else written)
        return "".join(made)

    def _bookmarked(self, run: FigureRef, written: str) -> str:
        number = len(self.figures) + 1
        name = f"figure_{number:04d}"
        note = layout.printable(run.note)
        self.figures.append(Bookmarked(name, layout.printable(run.key), run.status.value, note))
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{written}<w:bookmarkEnd w:id="{number}"/>'


def _text(text: str, *, bold: bool = False, size: float | None = None) -> str:
    """One run; hint eastAsia makes quotation marks and dashes full width."""
    half_points = f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else ""
    weight = "<w:b/>" if bold else ""
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in layout.printable(text).split("\n"))
    return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/>{weight}{half_points}</w:rPr>{"<w:br/>".join(lines)}</w:r>'


def _empty(style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>'


def _label_inset(cell: Cell, width: float, size: float) -> str:
    """Indents on both sides that make a label break into even lines, without a break in its text."""
    lines = layout.label_lines(cell.text, width, size) if cell.header and not cell.vertical else ()
    if len({len(line) for line in lines}) != 1 or len(lines) == 1:
        return ""
    wanted = layout.width_in_em(lines[0]) * size / paper.POINTS_PER_MM
    spare = (width - 2 * layout.CELL_PADDING_MM - wanted) / 2 - 0.2
    return f'<w:ind w:left="{twips(spare)}" w:right="{twips(spare)}"/>' if spare > 0 else ""
