"""Blocks into a document: the name and the unit over a table go to the table, the first title names it all."""

from collections.abc import Sequence
from dataclasses import replace

from rongji.documents.model import Block, Document, Paragraph, Style, Table, Title
from rongji.documents.readers import signs


def document_of(blocks: Sequence[Block]) -> Document:
    """The document of these blocks.

    A line that says only the unit of the table below it, and a short line that only names that table, become
    the table's unit note and caption.
    """
    made: list[Block] = []
    for block in blocks:
        made.append(_named(block, made) if isinstance(block, Table) else block)
    return Document(_title(made), tuple(made))


def _named(table: Table, before: list[Block]) -> Table:
    """The table with the lines over it, which are taken away from the blocks before."""
    named = table
    if not named.unit_note and before and _is_unit_line(before[-1]):
        named = replace(named, unit_note=_text(before.pop()))
    if not named.caption and before and _is_caption(before[-1]):
        named = replace(named, caption=_text(before.pop()))
        if not named.unit_note and before and _is_unit_line(before[-1]):
            named = replace(named, unit_note=_text(before.pop()))
    return named


def _is_unit_line(block: Block) -> bool:
    return isinstance(block, Paragraph) and signs.is_unit_line(block.text)


def _is_caption(block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return False
    return block.style is Style.CAPTION or (block.style is Style.BODY and signs.is_caption(block.text))


def _text(block: Block) -> str:
    return block.text.strip() if isinstance(block, Paragraph) else ""


def _title(blocks: Sequence[Block]) -> str:
    title = next((block for block in blocks if isinstance(block, Title)), None)
    return "".join(title.lines) if title else ""
