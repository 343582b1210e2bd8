"""Tables into regions: which cells are headers, which row is part of which, what every number is of."""

import re
from collections.abc import Iterator

from rongji.audit.context import Context
from rongji.audit.tables.blocks import blocks_of
from rongji.audit.tables.distinct import distinct
from rongji.audit.tables.final_accounts import final_accounts_of
from rongji.audit.tables.flat import flat_blocks
from rongji.audit.tables.lattice import lattice_of
from rongji.audit.tables.regions import Setting, regions_of
from rongji.audit.tables.words import unit_in, units_of_line
from rongji.checks.stated.model import StatedTable
from rongji.documents.model import Document, Heading, Paragraph, Style, Table, Title

__all__ = ["tables_of"]

_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_ONLY_YEAR = re.compile(r"[（(]?\d{4}年度?[）)]?")
_UNIT_LINE_LENGTH = 24


def tables_of(document: Document, context: Context) -> tuple[StatedTable, ...]:
    """Every region of every table, in reading order; the nine tables of final accounts are read by their own rules."""
    official = final_accounts_of(document, context)
    found: list[StatedTable] = []
    generic: list[int] = []
    for table, setting in _settings(document, context):
        known = official.get(setting.number)  # nothing for the further pages of a table that goes on
        regions = tuple(_regions(table, setting)) if known is None else known
        generic += range(len(found), len(found) + len(regions)) if known is None else []
        found += regions
    for place, region in zip(generic, distinct([found[place] for place in generic], context), strict=True):
        found[place] = region
    return tuple(found)


def _settings(document: Document, context: Context) -> Iterator[tuple[Table, Setting]]:
    """Each table with what stands above it."""
    above = _Above()
    number = 0
    for block in document.blocks:
        match block:
            case Heading():
                above.heading(block.level, "".join(run.text for run in block.runs).strip())
            case Title():
                above.title = above.caption = "".join("".join(block.lines).split())
                above.unit_line = ""
            case Paragraph():
                above.line(block.text, is_caption=block.style is Style.CAPTION)
            case Table():
                number += 1
                yield block, above.setting(block, context, number)


class _Above:
    """Headings, title, and the lines right above a table."""

    def __init__(self) -> None:
        self.headings: dict[int, str] = {}
        self.title = self.caption = self.unit_line = ""

    def heading(self, level: int, text: str) -> None:
        self.headings = {at: kept for at, kept in self.headings.items() if at < level}
        self.headings[level] = text
        self.caption = self.unit_line = ""

    def line(self, text: str, *, is_caption: bool) -> None:
        words = "".join(text.split())
        if not words:
            return
        if len(words) < _UNIT_LINE_LENGTH and units_of_line(words):
            self.unit_line = words
        else:
            self.caption = words if is_caption else ""
            self.unit_line = ""

    def setting(self, table: Table, context: Context, number: int) -> Setting:
        caption = table.caption or self.caption
        units = units_of_line(table.unit_note or self.unit_line) or ((unit,) if (unit := unit_in(caption)) else ())
        years = set(_YEAR.findall(caption))
        caption = "" if _ONLY_YEAR.fullmatch(caption) else caption
        year = int(years.pop()) if len(years) == 1 else None
        self.caption = self.unit_line = ""
        return Setting(context, number, caption, units, tuple(self.headings.values()), self.title, year)


def _regions(table: Table, setting: Setting) -> Iterator[StatedTable]:
    blocks = blocks_of(lattice_of(table), marked=table.header_rows) if table.spans_known else flat_blocks(table)
    return regions_of(blocks, setting)
