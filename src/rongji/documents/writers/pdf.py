"""PDF in the official layout, typeset by typst from data; equal documents give identical bytes."""

import json
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from rongji.documents import layout, paper
from rongji.documents.font_choice import FontPlan, plan_fonts
from rongji.documents.fonts import Face
from rongji.documents.grid import Grid, Placed, grid
from rongji.documents.model import (
    Align,
    Block,
    Cell,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Run,
    Section,
    SignatureBlock,
    Style,
    Table,
    Title,
)
from rongji.documents.paper import Sheet

TEMPLATE = Path(__file__).with_name("official.typ")
_ALWAYS_PRINTED = "—0123456789"
_MM_PER_TABLE_LINE = 0.55  # of one point of type: line height 1.42 em, in mm

Data = dict[str, Any]


class TypesettingFailed(RuntimeError):
    """A bug: the typesetter warned; a PDF about which it warned is never handed out."""


def render(document: Document, *, font_dir: Path | None = None) -> bytes:
    """The document as PDF bytes.

    Raises: MissingGlyphs when a character cannot be drawn, CrookedTable, TypesettingFailed.
    """
    texts = [layout.printable(text) for text in document.texts()]
    plan = plan_fonts([*texts, _ALWAYS_PRINTED], font_dir)
    data = json.dumps(_document(document, plan), ensure_ascii=False)
    with tempfile.TemporaryDirectory(prefix="rongji-fonts-") as directory:
        _gather(plan, Path(directory))
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[directory])
        made, warnings = typst.compile_with_warnings(
            TEMPLATE.read_bytes(),
            format="pdf",
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs={"document": data},
            timestamp=0,
        )
    if warnings:
        raise TypesettingFailed("; ".join(warning.message for warning in warnings))
    return made


def _gather(plan: FontPlan, directory: Path) -> None:
    """Put exactly the planned font files before the typesetter, so that nothing else can slip in."""
    for number, path in enumerate(dict.fromkeys(file.path for file in plan.files)):
        target = directory / f"{number:03d}{Path(path).suffix}"
        try:
            target.symlink_to(path)
        except OSError:
            shutil.copyfile(path, target)  # file systems and accounts without links


def _document(document: Document, plan: FontPlan) -> Data:
    return {
        "title": layout.printable(document.title),
        "notice": layout.printable(document.notice),
        "keywords": [f"{key}={value}" for key, value in sorted(document.properties.items())],
        "fonts": {face.value: list(plan.families[face]) for face in Face},
        "bold": {face.value: plan.is_bold_available(face) for face in Face},
        "strong_kai": plan.families[Face.KAI][0] == plan.families[Face.BODY][0],
        "strong_title": not plan.families[Face.TITLE][0].lower().startswith(("方正", "fz")),
        "paper": {
            "body_size": paper.BODY_SIZE,
            "title_size": paper.TITLE_SIZE,
            "note_size": paper.NOTE_SIZE,
            "number_size": paper.PAGE_NUMBER_SIZE,
            "line_pitch": paper.LINE_PITCH,
            "character_pitch": paper.CHARACTER_PITCH,
            "number_drop": paper.PAGE_NUMBER_DROP,
            "outer_gap": paper.FORE_EDGE,
            "cell_padding": layout.CELL_PADDING_MM,
        },
        "sections": _sections(document),
    }


def _sections(document: Document) -> list[Data]:
    """Blocks by the orientation of their pages; a section without blocks leaves no empty page."""
    sections: list[Data] = [_section(paper.PORTRAIT)]
    sheet = paper.PORTRAIT
    for block in document.blocks:
        if isinstance(block, Section):
            sheet = paper.sheet(block.orientation)
            sections.append(_section(sheet))
        elif isinstance(block, PageBreak) and block.numbers_anew:
            sections.append(_section(sheet, anew=True))
        else:
            _append(sections[-1]["blocks"], _block(block, sheet))
    filled = [section for section in sections if section["blocks"]]
    return filled or sections[:1]


def _section(sheet: Sheet, *, anew: bool = False) -> Data:
    return {"sheet": asdict(sheet), "anew": anew, "blocks": []}


def _append(blocks: list[Data], made: Data) -> None:
    """Add a block; a signature becomes the last line of the paragraph before it, so that it never stands alone."""
    if made["kind"] == "signature" and blocks and blocks[-1]["kind"] == "paragraph":
        blocks[-1]["signature"] = made
    else:
        blocks.append(made)


def _block(block: Block, sheet: Sheet) -> Data:
    match block:
        case Title():
            return {"kind": "title", "lines": _title_lines(block, sheet)}
        case Heading():
            return {"kind": "heading", "level": block.level, "runs": _runs(block.runs)}
        case Paragraph():
            return {"kind": "paragraph", **_paragraph(block, Align.JUSTIFY)}
        case SignatureBlock():
            lines = [_runs(line) for line in block.lines]
            return {"kind": "signature", "lines": lines, "indents": list(layout.signature_indents(block.lines))}
        case Table():
            return {"kind": "table", **_table(block, sheet)}
        case PageBreak():
            return {"kind": "break"}
        case Section():
            raise TypeError("sections are opened by their document")


def _title_lines(title: Title, sheet: Sheet) -> list[str]:
    room = int(sheet.text_width * paper.POINTS_PER_MM / paper.TITLE_SIZE)
    return [line for given in title.lines for line in layout.balanced(layout.printable(given), room)]


def _runs(runs: tuple[Run, ...]) -> list[tuple[str, bool]]:
    return [(layout.printable(run.text), run.bold) for run in runs]


def _paragraph(block: Paragraph, default: Align) -> Data:
    align = block.align or (Align.RIGHT if block.style is Style.SIGNATURE else default)
    align = Align.CENTER if block.style is Style.CAPTION and not block.align else align
    is_indented = block.indent and align in (Align.JUSTIFY, Align.LEFT) and block.style is not Style.ATTACHMENT
    return {"runs": _runs(block.runs), "align": align.value, "indent": is_indented, "style": block.style.value}


def _table(table: Table, sheet: Sheet) -> Data:
    laid, fitted = grid(table), layout.fit(table, sheet.text_width)
    return {
        "caption": layout.printable(table.caption),
        "unit_note": layout.printable(table.unit_note),
        "size": fitted.size,
        "widths": list(fitted.widths),
        "heights": [_fixed_height(table, laid, number, fitted) for number in range(len(table.rows))],
        "header_rows": table.header_rows,
        "cells": [_cell(placed, table, laid, fitted) for placed in laid.cells],
    }


def _fixed_height(table: Table, laid: Grid, number: int, fitted: layout.Fitted) -> int | None:
    """The least height of a row when its text surely fits in it, else none: the text decides."""
    least = table.rows[number].min_height_mm
    need = layout.lines_in_row(laid, number, fitted) * fitted.size * _MM_PER_TABLE_LINE + 2
    return least if least > need else None


def _cell(placed: Placed, table: Table, laid: Grid, fitted: layout.Fitted) -> Data:
    cell = placed.cell
    width = fitted.span(placed.column, cell.colspan)
    align = layout.alignment(cell, width, fitted.size)
    whole = all(layout.is_kept_whole(laid, row, fitted) for row in placed.rows) and cell.rowspan == 1
    return {
        "x": placed.column,
        "y": placed.row,
        "colspan": cell.colspan,
        "rowspan": cell.rowspan,
        "align": align.value,
        "valign": cell.valign.value,
        "vertical": cell.vertical,
        "face": (Face.HEI if cell.header and placed.row < table.header_rows else Face.BODY).value,
        "breakable": not whole,
        "paragraphs": [
            {**_paragraph(item, align), "runs": _cell_runs(item, cell, width, fitted.size)} for item in cell.paragraphs
        ],
    }


def _cell_runs(item: Paragraph, cell: Cell, width: float, size: float) -> list[tuple[str, bool]]:
    runs = [(layout.breakable(text, width, size), bold) for text, bold in _runs(item.runs)]
    if cell.header and not cell.vertical and len(runs) == 1:
        text, bold = runs[0]
        return [("\n".join(layout.label_lines(text, width, size)), bold)]
    return runs
