"""Tables of Word files: spans from gridSpan and vMerge; a table inside a cell stands after the one that holds it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rongji.documents.model import Block
from rongji.documents.readers.archive import attribute, child, local
from rongji.documents.readers.cells import cell_at
from rongji.documents.readers.limits import MAX_COLUMNS
from rongji.documents.readers.rectangle import Claim, spanned, with_header
from rongji.kernel.place import Place

if TYPE_CHECKING:
    from rongji.documents.readers.docx import DocxBody

_WRAPPERS = frozenset("sdt sdtContent smartTag customXml ins moveTo".split())


@dataclass(slots=True)
class _Cell:
    """A cell as the file has it. column: of the grid, from 0."""

    column: int
    across: int
    down: int = 1
    parts: list[str] = field(default_factory=list)
    inner: list[Any] = field(default_factory=list)


def table_blocks(item: Any, body: "DocxBody") -> Iterator[Block]:
    """The table, and after it the tables that stood inside its cells; a frame of one cell falls away."""
    rows = _rows(item, body)
    cells = [cell for row in rows for cell in row]
    inner = [table for cell in cells for table in cell.inner]
    if len(cells) == 1 and inner:
        yield from body.frame(cells[0].parts, inner)
        return
    body.tables += 1
    number = body.tables
    table = spanned(
        [[Claim(cell, cell.across, cell.down) for cell in row] for row in rows],
        body.file,
        lambda cell, row, column, across, down: cell_at(
            cell.parts,
            Place(file=body.file, table=number, row=row, column=column),
            colspan=across,
            rowspan=down,
        ),
        place=Place(file=body.file, table=number),
    )
    if table:
        yield with_header(table, _header_rows(item))
    body.nested += len(inner)
    for one in inner:
        yield from table_blocks(one, body)


def _rows(item: Any, body: "DocxBody") -> list[list[_Cell]]:
    """The cells that begin in each row; what continues a cell above makes that one longer."""
    above: dict[int, _Cell] = {}
    made: list[list[_Cell]] = []
    for row in _children(item, "tr"):
        properties = child(row, "trPr")
        if properties is not None and child(properties, "del") is not None:
            body.seen.deletions += 1
            continue
        made.append(_row(row, _skipped(properties), above, body))
    return made


def _row(row: Any, column: int, above: dict[int, _Cell], body: "DocxBody") -> list[_Cell]:
    begun: list[_Cell] = [_Cell(0, column)] if column else []
    reached: dict[int, _Cell] = {}
    for tc in _children(row, "tc"):
        body.count_piece()
        properties = child(tc, "tcPr")
        across = min(max(_number(properties, "gridSpan"), 1), MAX_COLUMNS)
        body.count_slots(across)
        owner = above.get(column) if _continues(properties) else None
        if owner is not None and owner.across == across:
            owner.down += 1
        else:
            owner = _Cell(column, across)
            _fill(owner, tc, body)
            begun.append(owner)
        reached[column] = owner
        column += across
    above.clear()
    above.update(reached)
    return begun


def _fill(cell: _Cell, element: Any, body: "DocxBody") -> None:
    """The paragraphs of a cell, and the tables inside it."""
    for item in element:
        name = local(item)
        if name == "p":
            text = body.text_of(item)
            cell.parts += text.split("\n") if text else []
            boxes, body.seen.boxes = body.seen.boxes, []
            for box in boxes:
                _fill(cell, box, body)
        elif name == "tbl":
            cell.inner.append(item)
        elif name in _WRAPPERS:
            _fill(cell, item, body)


def _children(element: Any, name: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, those inside content controls too."""
    for item in element:
        found = local(item)
        if found == name:
            yield item
        elif found in _WRAPPERS:
            yield from _children(item, name)


def _skipped(properties: Any) -> int:
    return min(_number(properties, "gridBefore"), MAX_COLUMNS) if properties is not None else 0


def _continues(properties: Any) -> bool:
    merge = child(properties, "vMerge") if properties is not None else None
    return merge is not None and attribute(merge, "val") in ("", "continue")


def _number(properties: Any, name: str) -> int:
    item = child(properties, name) if properties is not None else None
    text = attribute(item, "val") if item is not None else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def _header_rows(item: Any) -> int:
    """How many leading rows are repeated on every page."""
    count = 0
    for row in _children(item, "tr"):
        header = child(row, "trPr", "tblHeader")
        if header is None or attribute(header, "val") in ("0", "false"):
            return count
        count += 1
    return count
