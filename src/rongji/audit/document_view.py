"""A document of any format as markup, block by block, with the places of its findings marked."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TypeVar

from rongji.audit.marking import Address, Marking, Piece, Stretch, address_of, cut
from rongji.audit.markup import attributes, pieces, words
from rongji.documents.grid import CrookedTable, Placed, grid
from rongji.documents.model import (
    Block,
    Cell,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    Run,
    Section,
    SignatureBlock,
    Table,
    Title,
)
from rongji.kernel.place import Place

Item = TypeVar("Item")
_LETTERS = 26
_DIGITS = re.compile("[0-9]")
_NUMBER = re.compile(r"[-−+]?[0-9０-９][0-9０-９,，.．]*[%％]?")


def document_view(document: Document, marking: Marking) -> str:
    """All blocks."""
    view = _View(marking)
    return "".join(view.block(block) for block in document.blocks)


class _View:
    """The markup of one document."""

    def __init__(self, marking: Marking) -> None:
        self.marking = marking

    def block(self, block: Block) -> str:
        """One block."""
        match block:
            case Title():
                lines = "<br>".join(self._said(line, block.place) for line in block.lines)
                return f'<h2 class="au-title">{lines}</h2>'
            case Heading():
                return f'<p class="au-heading au-level-{block.level}">{self._runs(block.runs, block.place)}</p>'
            case Paragraph():
                indent = " au-indent" if block.indent else ""
                return f'<p class="au-paragraph{indent}">{self._runs(block.runs, block.place)}</p>'
            case SignatureBlock():
                lines = "".join(f"<p>{self._runs(line, block.place)}</p>" for line in block.lines)
                return f'<div class="au-signature">{lines}</div>'
            case Table():
                return self._table(block)
            case Section():
                return f'<h3 class="au-sheet-name">{words(block.name)}</h3>' if block.name else '<hr class="au-break">'
            case PageBreak():
                return '<hr class="au-break">'

    def _said(self, text: str, place: Place | None) -> str:
        (found,) = cut([text], self.marking.at(address_of(place)), _start(place))
        return pieces(found, self.marking.prefix)

    def _runs(self, runs: Sequence[Run], place: Place | None) -> str:
        addressed = [(address_of(run.place) or address_of(place), run) for run in runs]
        return "".join(self._together(address, group) for address, group in _by_address(addressed))

    def _together(self, address: Address | None, runs: Sequence[Run]) -> str:
        """Runs of one piece of the document: places count through all of them."""
        cuts = cut([run.text for run in runs], self.marking.at(address), _start(runs[0].place))
        return "".join(self._run(run, found) for run, found in zip(runs, cuts, strict=True))

    def _run(self, run: Run, found: Iterable[Piece]) -> str:
        marked = pieces(found, self.marking.prefix).replace("\n", "<br>")
        return f"<b>{marked}</b>" if run.bold else marked

    def _table(self, table: Table) -> str:
        caption = words(table.caption)
        unit = f'<span class="au-unit">{words(table.unit_note)}</span>' if table.unit_note else ""
        head = f"<caption>{caption}{unit}</caption>" if caption or unit else ""
        is_sheet = any(_sheet_cell(cell) for row in table.rows for cell in row.cells)
        body = "".join(self._row(row, is_sheet) for row in table.rows)
        letters = _column_letters(table) if is_sheet else ""
        kind = " au-is-sheet" if is_sheet else ""
        laid = f'<table class="au-table{kind}">{head}{letters}<tbody>{body}</tbody></table>'
        return f'<div class="au-table-wrap">{laid}</div>'

    def _row(self, row: Row, is_sheet: bool) -> str:
        shown = "".join(self._cell(cell) for cell in row.cells)
        number = f'<th class="au-row-number" scope="row">{_row_number(row)}</th>' if is_sheet else ""
        return f"<tr>{number}{shown}</tr>"

    def _cell(self, cell: Cell) -> str:
        spans = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
        spans += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
        tag = "th" if cell.header else "td"
        address = address_of(cell.place)
        if not cell.text.strip():
            here = self.marking.at(address)
            marked = self._empty(here) if here else ""
            return f"<{tag}{spans}{marked}></{tag}>"
        number = ' class="au-number"' if not cell.header and _is_number(cell) else ""
        return f"<{tag}{spans}{number}>{self._content(cell, address)}</{tag}>"

    def _empty(self, here: Sequence[Stretch]) -> str:
        """The attributes of an empty cell that a finding is about."""
        anchor = next((stretch.id for stretch in here if not stretch.anchor), "")
        for stretch in here:
            stretch.anchor = stretch.anchor or anchor
        return attributes(here, self.marking.prefix, anchor, "au-empty")

    def _content(self, cell: Cell, address: Address | None) -> str:
        """The paragraphs of a cell; a place counts through them, with a line break between."""
        addressed: list[tuple[Address | None, Run | None]] = []
        for number, paragraph in enumerate(cell.paragraphs):
            if number:
                addressed.append((address, None))
            own = address_of(paragraph.place) or address
            addressed += [(address_of(run.place) or own, run) for run in paragraph.runs]
        return "".join(self._in_cell(where, group) for where, group in _by_address(addressed))

    def _in_cell(self, address: Address | None, runs: Sequence[Run | None]) -> str:
        shift = _start(runs[0].place) if runs[0] else 0
        cuts = cut([run.text if run else "\n" for run in runs], self.marking.at(address), shift)
        return "".join(self._run(run, found) if run else "<br>" for run, found in zip(runs, cuts, strict=True))


def _by_address(addressed: Iterable[tuple[Address | None, Item]]) -> Iterator[tuple[Address | None, list[Item]]]:
    for address, group in groupby(addressed, key=lambda pair: pair[0]):
        yield address, [item for _, item in group]


def _is_number(cell: Cell) -> bool:
    """Whether a cell holds a number and stands at the right, under the others of its column."""
    return cell.quantity is not None or bool(_NUMBER.fullmatch(cell.text.strip()))


def _start(place: Place | None) -> int:
    """Where in its line or cell a run begins."""
    return place.span[0] if place and place.span else 0


def _sheet_cell(cell: Cell) -> str:
    return cell.place.cell if cell.place else ""


def _row_number(row: Row) -> str:
    names = (_sheet_cell(cell) for cell in row.cells)
    return words("".join(_DIGITS.findall(next((name for name in names if name), ""))))


def _column_letters(table: Table) -> str:
    """The letters over a sheet, beginning with the one of its first known cell."""
    first = next(
        (_column_of(name) - placed.column for placed in _placed(table) if (name := _sheet_cell(placed.cell))), 0
    )
    heads = "".join(f'<th scope="col">{_letters(first + number)}</th>' for number in range(len(table.columns)))
    return f'<thead><tr class="au-letters"><th></th>{heads}</tr></thead>'


def _placed(table: Table) -> Sequence[Placed]:
    try:
        return grid(table).cells
    except CrookedTable:  # shown as it came
        return ()


def _column_of(name: str) -> int:
    """The column of a cell named like B4, counted from 0."""
    number = 0
    for letter in name.rstrip("0123456789"):
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return max(0, number - 1)


def _letters(number: int) -> str:
    """A, B … Z, AA for a column counted from 0."""
    text = ""
    while number >= 0:
        number, rest = divmod(number, _LETTERS)
        text = chr(ord("A") + rest) + text
        number -= 1
    return text
