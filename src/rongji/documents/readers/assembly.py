"""Blocks into a document: the name and the unit over a table go to the table, the first title names it all."""

from collections.abc import Sequence
from dataclasses import replace

from rongji.documents.model import Block, Document, Paragraph, Style, Table, Title
from rongji.documents.readers import signs
from rongji.documents.readers.peeling import parted, peeled


def document_of(blocks: Sequence[Block], name: str = "") -> Document:
    """The document of these blocks; name: what the file calls itself, for want of a title.

    A line that says only the unit of the table below it, and a short line that only names that table, become
    the table's unit note and caption.
    """
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Table):
            for part in parted(block):
                lines, table = peeled(part, opens=not made)
                made += lines
                made.append(_named(table, made))
        else:
            made.append(block)
    return Document(_title(made) or name, tuple(made))


_LINES_OVER_TABLE = 4
_SHORT = 60
_NAME = 24


def _named(table: Table, before: list[Block]) -> Table:
    """The table with the lines over it; its name and its pure unit line are taken away from the blocks before."""
    caption, unit = table.caption, table.unit_note
    lines = range(len(before) - 1, max(len(before) - 1 - _LINES_OVER_TABLE, -1), -1)
    for at in lines:
        block = before[at]
        if not isinstance(block, Paragraph) or not _is_short(block):
            break
        if not unit and signs.unit_phrase(block.text):
            unit = signs.unit_phrase(block.text)
            if signs.is_unit_line(block.text):
                del before[at]
        elif not caption and _is_caption(block):
            caption = block.text.strip()
            del before[at]
            break
    return replace(table, caption=caption, unit_note=unit) if (caption, unit) != ("", "") else table


def _is_short(block: Paragraph) -> bool:
    return len(block.text) <= _SHORT and not block.text.endswith(("。", "；"))


def _is_caption(block: Paragraph) -> bool:
    """A line set as a caption, or one right over a table that is short and says nothing of its own."""
    if block.style is not Style.BODY:
        return block.style is Style.CAPTION
    text = block.text.strip()
    is_name = (
        1 < len(text) <= _NAME and not any(mark in text for mark in "。；：，:;,") and not signs.is_date_line(text)
    )
    return signs.is_caption(text) or (is_name and not signs.is_form_number(text))


def _title(blocks: Sequence[Block]) -> str:
    title = next((block for block in blocks if isinstance(block, Title)), None)
    return "".join(title.lines) if title else ""
