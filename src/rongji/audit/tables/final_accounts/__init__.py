"""部门决算公开: the nine tables, known by their titles whatever province and order, read with their own rules.

A table that has the title but not the shape of one of the nine is left to the general reading.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from rongji.audit.context import Context
from rongji.audit.tables.final_accounts.build import FORM, Setting, built
from rongji.audit.tables.final_accounts.codes import read_codes
from rongji.audit.tables.final_accounts.economic import read_economic
from rongji.audit.tables.final_accounts.region import Region
from rongji.audit.tables.final_accounts.sheet import Sheet, sheet_of
from rongji.audit.tables.final_accounts.sided import read_sided
from rongji.audit.tables.final_accounts.three_public import read_three_public
from rongji.audit.tables.final_accounts.words import Part, part_titled
from rongji.checks.stated.model import StatedTable
from rongji.documents.model import Document, Heading, Paragraph, Section, Table, Title
from rongji.kernel.place import Place

__all__ = ["FORM", "final_accounts_of"]

_READERS: Mapping[str, Callable[[Sheet, Part], tuple[Region, ...]]] = {
    "sided": read_sided,
    "codes": read_codes,
    "economic": read_economic,
    "three-public": read_three_public,
}
_UNIT = re.compile(r"单位[:：]?\s*(?:人民币)?\s*(亿元|万元|千元|元)")
_NEAR = 6
_LONGEST_TITLE = 80


@dataclass
class _Found:
    """A recognised table on its way."""

    number: int
    sheet: Sheet
    part: Part
    regions: tuple[Region, ...]
    unit_name: str
    heading: tuple[str, ...]
    caption: str
    place: Place
    set_number: int = 1


@dataclass
class _Walk:
    """The lines since the last table while a document is gone through."""

    lines: list[str] = field(default_factory=list)
    headings: dict[int, str] = field(default_factory=dict)

    def pass_by(self, block: object) -> None:
        """Take the text of a block that is no table."""
        match block:
            case Section(name=name) if name:
                self.lines.append(name)
            case Title(lines=lines):
                self.lines += lines
            case Heading(level=level, runs=runs):
                text = "".join(run.text for run in runs)
                self.headings = {key: value for key, value in self.headings.items() if key < level} | {level: text}
                self.lines.append(text)
            case Paragraph():
                self.lines.append(block.text)


def final_accounts_of(document: Document, context: Context) -> Mapping[int, tuple[StatedTable, ...]]:
    """The regions of every table that is one of the nine, by the table's number in the document (from 1)."""
    found = list(_recognised(document))
    _number_sets(found)
    units = Counter(item.unit_name for item in found if item.unit_name)
    usual = units.most_common(1)[0][0] if len(units) == 1 else ""
    made = {}
    for item in found:
        unit_name = item.unit_name or usual
        setting = Setting(item.number, item.set_number, item.caption, item.heading, unit_name, context.year)
        made[item.number] = tuple(
            built(region, item.sheet, setting, number, item.place) for number, region in enumerate(item.regions)
        )
    return made


def _recognised(document: Document) -> Iterator[_Found]:
    walk = _Walk()
    number = 0
    for block in document.blocks:
        if not isinstance(block, Table):
            walk.pass_by(block)
            continue
        number += 1
        found = _read(block, number, walk)
        walk.lines = []
        if found is not None:
            yield found


def _read(table: Table, number: int, walk: _Walk) -> _Found | None:
    sheet = sheet_of(table)
    if sheet is None:
        return None
    lead = sheet.lead()
    near = [line for line in walk.lines[-_NEAR:] if len(line) <= _LONGEST_TITLE]
    titles = [*lead, table.caption, *reversed(near)]
    part = next((item for text in titles for line in text.split("\n") if (item := part_titled(line))), None)
    if part is None:
        return None
    regions = _READERS[part.layout](sheet, part)
    if not regions:
        return None
    unit_name = _unit([table.unit_note, *lead, table.caption, *reversed(near)])
    caption = table.caption or part.title
    return _Found(
        number, sheet, part, regions, unit_name, tuple(walk.headings.values()), caption, table.place or Place()
    )


def _unit(lines: list[str]) -> str:
    for line in lines:
        found = _UNIT.search("".join(line.split()))
        if found:
            return found[1]
    return ""


def _number_sets(found: list[_Found]) -> None:
    """A table that has been there already begins the tables of another unit."""
    number, seen = 1, set[str]()
    for item in found:
        if item.part.id in seen:
            number, seen = number + 1, set()
        seen.add(item.part.id)
        item.set_number = number
