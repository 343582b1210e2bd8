"""Web pages: a fragment for the web app (no inline style, no script) and a page that stands by itself."""

import base64
from html import escape
from itertools import groupby
from pathlib import Path

from rongji.documents import layout, paper
from rongji.documents.font_choice import web_font_subset
from rongji.documents.fonts import web_font_files
from rongji.documents.grid import Grid, Placed, grid
from rongji.documents.layout import Fitted
from rongji.documents.model import (
    Align,
    Block,
    Document,
    FigureRef,
    Heading,
    Orientation,
    PageBreak,
    Paragraph,
    Run,
    Section,
    SignatureBlock,
    Status,
    Style,
    Table,
    Text,
    Title,
    VerticalAlign,
)

STYLESHEET = Path(__file__).with_name("paper.css")
_DESK = "body{margin:0;padding:8mm 0;background:#e9ecf0}@media print{body{padding:0;background:none}}"
_PIXELS_PER_MM = 96 / 25.4


def html_fragment(document: Document) -> str:
    """The document as `<article class="rj-document">`, styled by `paper.css`.

    Every figure is a `<button class="figure" data-figure="KEY">`; it has no handler of its own.
    """
    return _Page(document, standalone=False).article()


def render(document: Document, *, font_dir: Path | None = None) -> bytes:
    """A page that stands by itself: styles and the needed glyphs inside, explanations open on a click.

    font_dir is not used: only the open fonts that come with the program may travel inside a file.
    """
    page = _Page(document, standalone=True)
    article = page.article()
    words = [layout.printable(text) for text in document.texts()]
    words += [line for lines in document.explanations.values() for line in lines]
    faces = "".join(_font_face(name, path, words) for name, path in web_font_files().items())
    facts = "".join(
        f'<meta name="{escape(key)}" content="{escape(value)}">' for key, value in sorted(document.properties.items())
    )
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{_escaped(document.title)}</title>"
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{facts}'
        f"<style>{faces}{STYLESHEET.read_text(encoding='utf-8')}\n"
        f"{_DESK}</style></head>\n<body>{article}{page.explanations()}</body></html>\n"
    ).encode()


def _font_face(name: str, path: Path, words: list[str]) -> str:
    content = base64.b64encode(web_font_subset(path, words)).decode()
    return f'@font-face {{ font-family: "{name}"; src: url("data:font/woff;base64,{content}") format("woff"); }}\n'


def _escaped(text: str) -> str:
    return escape(layout.printable(text))


class _Page:
    """The markup of one document, and the figures whose explanations it opens."""

    def __init__(self, document: Document, *, standalone: bool) -> None:
        self.document = document
        self.standalone = standalone
        self.opened: dict[str, str] = {}

    def article(self) -> str:
        """All sheets."""
        sheets = "".join(self._sheet(orientation, blocks) for orientation, blocks in _sheets(self.document))
        return f'<article class="rj-document" lang="zh-CN">{sheets}</article>'

    def explanations(self) -> str:
        """The boxes that open beside figures, by means of the browser alone."""
        return "".join(
            f'<div class="rj-explanation" popover id="{name}">'
            + "".join(f"<p>{_escaped(line)}</p>" for line in self.document.explanations[key])
            + "</div>"
            for key, name in self.opened.items()
        )

    def _sheet(self, orientation: Orientation, blocks: list[Block]) -> str:
        notice = self.document.notice
        mark = f'<div class="{_notice_classes(notice)}" aria-hidden="true" data-notice="{_escaped(notice)}"></div>'
        content = "".join(self._block(block, paper.sheet(orientation)) for block in blocks)
        return f'<section class="rj-sheet rj-{orientation.value}">{mark if notice else ""}{content}</section>'

    def _block(self, block: Block, sheet: paper.Sheet) -> str:
        match block:
            case Title():
                room = int(sheet.text_width * paper.POINTS_PER_MM / paper.TITLE_SIZE)
                lines = (line for given in block.lines for line in layout.balanced(layout.printable(given), room))
                return '<h1 class="rj-title">' + "".join(f"<span>{escape(line)}</span>" for line in lines) + "</h1>"
            case Heading():
                tag = f"h{block.level + 1}"
                return f'<{tag} class="rj-heading rj-level-{block.level}">{self._runs(block.runs)}</{tag}>'
            case Paragraph():
                return f'<p class="{_paragraph_classes(block)}">{self._runs(block.runs)}</p>'
            case SignatureBlock():
                lines = (f"<p>{self._runs(line)}</p>" for line in block.lines)
                return f'<div class="rj-signature">{"".join(lines)}</div>'
            case Table():
                return self._table(block, sheet)
            case PageBreak() | Section():
                return ""

    def _table(self, table: Table, sheet: paper.Sheet) -> str:
        laid, fitted = grid(table), layout.fit(table, sheet.text_width)
        columns = "".join(f'<col width="{100 * width / sheet.text_width:.2f}%">' for width in fitted.widths)
        rows = [self._row(table, laid, fitted, number) for number in range(len(table.rows))]
        head = f"<thead>{''.join(rows[: table.header_rows])}</thead>" if table.header_rows else ""
        title = f'<span class="rj-table-title">{_escaped(table.caption)}</span>' if table.caption else ""
        unit = f'<span class="rj-unit-note">{_escaped(table.unit_note)}</span>' if table.unit_note else ""
        caption = f"<caption>{title}{unit}</caption>" if title or unit else ""
        size = f"{fitted.size:g}".replace(".", "-")
        return (
            f'<div class="rj-table-wrap"><table class="rj-table rj-size-{size}">{caption}'
            f"<colgroup>{columns}</colgroup>{head}<tbody>{''.join(rows[table.header_rows :])}</tbody></table></div>"
        )

    def _row(self, table: Table, laid: Grid, fitted: Fitted, number: int) -> str:
        own = [p for c, p in enumerate(laid.slots[number]) if (p.row, p.column) == (number, c)]
        least = table.rows[number].min_height_mm
        height = f' height="{round(least * _PIXELS_PER_MM)}"' if least else ""
        long = "" if layout.is_kept_whole(laid, number, fitted) else ' class="rj-long"'
        return f"<tr{long}>{''.join(self._cell(placed, table, fitted, height) for placed in own)}</tr>"

    def _cell(self, placed: Placed, table: Table, fitted: Fitted, height: str) -> str:
        cell = placed.cell
        align = layout.alignment(cell, fitted.span(placed.column, cell.colspan), fitted.size)
        classes = ["rj-cell", f"rj-{align.value}"]
        classes += ["rj-label"] if cell.header else []
        classes += ["rj-vertical"] if cell.vertical else []
        classes += [f"rj-{cell.valign.value}"] if cell.valign is not VerticalAlign.MIDDLE else []
        spans = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
        spans += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
        tag = "th" if cell.header else "td"
        scope = ""
        if cell.header:
            scope = ' scope="col"' if placed.row < table.header_rows else ' scope="row"'
        is_label = cell.header and not cell.vertical
        content = "".join(self._cell_paragraph(paragraph, is_label) for paragraph in cell.paragraphs)
        return f'<{tag} class="{" ".join(classes)}"{spans}{scope}{height}>{content}</{tag}>'

    def _cell_paragraph(self, block: Paragraph, is_label: bool) -> str:
        classes = ([f"rj-{block.align.value}"] if block.align else []) + (["rj-indent"] if block.indent else [])
        attribute = f' class="{" ".join(classes)}"' if classes else ""
        label = _label(block.runs) if is_label else ""
        return f"<p{attribute}>{label or self._runs(block.runs)}</p>"

    def _runs(self, runs: tuple[Run, ...]) -> str:
        return "".join(self._run(run) for run in runs)

    def _run(self, run: Run) -> str:
        text = _escaped(run.text)
        inner = f"<b>{text}</b>" if run.bold else text
        match run:
            case Text():
                return inner
            case FigureRef():
                return self._figure(run, inner)

    def _figure(self, run: FigureRef, inner: str) -> str:
        status = f" figure-{run.status.value}" if run.status is not Status.PLAIN else ""
        title = f' title="{_escaped(run.note)}"' if run.note else ""
        if not run.key:
            return f'<span class="figure{status}"{title}>{inner}</span>'
        key = _escaped(run.key)
        target = ""
        if self.standalone and run.key in self.document.explanations:
            name = self.opened.setdefault(run.key, f"figure-{len(self.opened) + 1}")
            target = f' popovertarget="{name}"'
        return f'<button type="button" class="figure{status}" data-figure="{key}"{title}{target}>{inner}</button>'


def _label(runs: tuple[Run, ...]) -> str:
    """A label of plain words, with the places where a narrow cell may break it; empty when it holds figures."""
    if not runs or any(isinstance(run, FigureRef) or run.bold for run in runs):
        return ""
    text = layout.printable("".join(run.text for run in runs))
    return "<wbr>".join(map(escape, layout.label_words(text)))


def _sheets(document: Document) -> list[tuple[Orientation, list[Block]]]:
    """Blocks by sheet: a page break or section begins a new one; empty sheets are not shown."""
    numbered: list[tuple[int, Orientation, Block]] = []
    number, orientation = 0, Orientation.PORTRAIT
    for block in document.blocks:
        if isinstance(block, Section | PageBreak):
            number += 1
            orientation = block.orientation if isinstance(block, Section) else orientation
        else:
            numbered.append((number, orientation, block))
    return [
        (side, [block for _, _, block in group]) for (_, side), group in groupby(numbered, key=lambda item: item[:2])
    ]


_FLUSH = (Style.CAPTION, Style.ATTACHMENT)
# Longest notice in characters → the class whose type lets it fit across the sheet.
_NOTICE_SIZES = ((5, ""), (8, "rj-notice-medium"), (12, "rj-notice-long"))


def _notice_classes(notice: str) -> str:
    fitting = (name for most, name in _NOTICE_SIZES if layout.width_in_em(notice) <= most)
    return f"rj-notice {next(fitting, 'rj-notice-longest')}".strip()


def _paragraph_classes(block: Paragraph) -> str:
    classes = ["rj-paragraph"]
    if block.style in (Style.NOTE, Style.CAPTION, Style.ATTACHMENT):
        classes.append(f"rj-{block.style.value}")
    align = block.align or (Align.RIGHT if block.style is Style.SIGNATURE else Align.AUTO)
    if block.indent and align not in (Align.CENTER, Align.RIGHT) and block.style not in _FLUSH:
        classes.append("rj-indent")
    if align:
        classes.append(f"rj-{align.value}")
    return " ".join(classes)
