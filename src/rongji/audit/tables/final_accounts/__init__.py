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
from rongji.audit.tables.final_accounts.words import Part, part_marked, part_titled
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
    """A table with the title of one of the nine. pages: how it goes on; numbers: of its tables in the document.

    totals, codes: the total rows, by their label, and the codes that have come so far.
    """

    part: Part
    sheet: Sheet
    numbers: list[int]
    unit_name: str
    heading: tuple[str, ...]
    caption: str
    place: Place
    set_number: int = 1
    pages: list[Sheet] = field(default_factory=list)
    totals: dict[str, tuple[str, ...]] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)

    def go_on(self, page: Sheet, number: int) -> None:
        """One more page."""
        self.pages.append(page)
        self.numbers.append(number)
        self.totals |= page.totals()
        self.codes |= page.codes()

    def close(self) -> "_Found":
        """The whole table, its pages joined."""
        self.sheet, self.pages = self.sheet.continued(self.pages), []
        return self


@dataclass
class _Walk:
    """The lines since the last table while a document is gone through."""

    lines: list[str] = field(default_factory=list)
    headings: dict[int, str] = field(default_factory=dict)
    is_final: bool = False

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
    """The regions of every table that is one of the nine, by the table's number in the document (from 1).

    A table that goes on as several is read as one; the numbers after its first then have no regions.
    """
    found = [
        (item, regions)
        for item in _titled(document, context)
        if (regions := _READERS[item.part.layout](item.sheet, item.part))
    ]
    _number_sets([item for item, _ in found])
    units = Counter(item.unit_name for item, _ in found if item.unit_name)
    usual = next(iter(units)) if len(units) == 1 else ""
    made: dict[int, tuple[StatedTable, ...]] = {}
    for item, regions in found:
        unit_name = item.unit_name or usual
        setting = Setting(item.numbers[0], item.set_number, item.caption, item.heading, unit_name, context.year)
        made.update(dict.fromkeys(item.numbers, ()))
        made[item.numbers[0]] = tuple(
            built(region, item.sheet, setting, number, item.place) for number, region in enumerate(regions)
        )
    return made


def _titled(document: Document, context: Context) -> Iterator[_Found]:
    """Every table with a title of the nine, with the tables in which it goes on."""
    walk, number = _Walk(is_final="决算" in context.title), 0
    last: _Found | None = None
    for block in document.blocks:
        if not isinstance(block, Table):
            walk.pass_by(block)
            continue
        number += 1
        sheet = sheet_of(block)
        found = _with_title(block, sheet, number, walk) if sheet is not None else None
        if last is not None and sheet is not None and _goes_on(last, sheet, found, walk.lines):
            last.go_on(sheet, number)
            found = None
        elif last is not None:
            yield last.close()
            last = None
        last, walk.lines = found or last, []
    if last is not None:
        yield last.close()


def _with_title(table: Table, sheet: Sheet, number: int, walk: _Walk) -> _Found | None:
    near = [line for line in walk.lines[-_NEAR:] if len(line) <= _LONGEST_TITLE]
    lines = [*sheet.lead(), table.caption, *reversed(near)]
    part = next((item for text in lines for line in text.split("\n") if (item := part_titled(line))), None)
    if part is None and walk.is_final:
        part = part_marked([text for texts in sheet.texts for text in texts])
    if part is None:
        return None
    unit_name = _unit([table.unit_note, *lines])
    heading = tuple(walk.headings.values())
    place = table.place or Place()
    caption = table.caption or part.title
    return _Found(part, sheet, [number], unit_name, heading, caption, place, totals=sheet.totals(), codes=sheet.codes())


def _goes_on(last: _Found, sheet: Sheet, found: _Found | None, between: list[str]) -> bool:
    """Whether a table is the next page of the one before: no other title, the same columns, no other total."""
    if found is not None and found.part is not last.part:
        return False
    if sheet.width != last.sheet.width or any(len(line) > _LONGEST_TITLE for line in between):
        return False
    repeated = sheet.repeated_head(last.sheet)
    if not repeated and (found is not None or any(_says_something(line) for line in between)):
        return False
    totals = sheet.totals()
    again = totals.keys() & last.totals.keys()
    same = all(totals[label] == last.totals[label] for label in again)
    return same and not (again and last.codes & sheet.codes())


def _says_something(line: str) -> bool:
    """Whether a line between two tables is more than a page number."""
    return any("\u4e00" <= mark <= "\u9fff" for mark in line)


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
