"""Tables into regions: which cells are headers, which row is part of which, what every number is of."""

from collections.abc import Iterator

from rongji.audit.context import Context
from rongji.audit.tables.blocks import blocks_of
from rongji.audit.tables.final_accounts import final_accounts_of
from rongji.audit.tables.flat import flat_blocks
from rongji.audit.tables.lattice import lattice_of
from rongji.audit.tables.regions import Setting, region_of
from rongji.audit.tables.words import unit_in
from rongji.checks.stated.model import StatedTable
from rongji.documents.model import Document, Heading, Table

__all__ = ["tables_of"]


def tables_of(document: Document, context: Context) -> tuple[StatedTable, ...]:
    """Every region of every table, in reading order; the nine tables of final accounts are read by their own rules."""
    official = final_accounts_of(document, context)
    return tuple(
        region
        for table, setting in _settings(document, context)
        for region in (official[setting.number] if setting.number in official else _regions(table, setting))
    )


def _settings(document: Document, context: Context) -> Iterator[tuple[Table, Setting]]:
    """Each table with what stands above it."""
    headings: dict[int, str] = {}
    number = 0
    for block in document.blocks:
        if isinstance(block, Heading):
            headings = {level: text for level, text in headings.items() if level < block.level}
            headings[block.level] = "".join(run.text for run in block.runs)
        elif isinstance(block, Table):
            number += 1
            unit_line = unit_in(f"（{block.unit_note}）") or unit_in(block.unit_note) or unit_in(block.caption)
            yield block, Setting(context, number, block.caption, unit_line, tuple(headings.values()))


def _regions(table: Table, setting: Setting) -> Iterator[StatedTable]:
    blocks = blocks_of(lattice_of(table), marked=table.header_rows) if table.spans_known else flat_blocks(table)
    yield from (region_of(block, setting, index) for index, block in enumerate(blocks) if block.body)
