"""A document as the plain text that copying out of a word processor leaves: every cell a line behind a tab."""

from rongji.documents.grid import grid
from rongji.documents.model import Document, Heading, Paragraph, SignatureBlock, Table, Title

FORMATS = ("txt", "docx", "xlsx", "html", "pdf")


def as_text(document: Document) -> bytes:
    """The words alone; the cells of a table one a line, rows apart by an empty line."""
    lines: list[str] = []
    for block in document.blocks:
        match block:
            case Title():
                lines += [*block.lines, ""]
            case Heading() | Paragraph():
                lines += ["".join(run.text for run in block.runs), ""]
            case SignatureBlock():
                lines += ["".join(run.text for run in line) for line in block.lines]
            case Table():
                lines += _table(block)
    return "\n".join(lines).encode()


def _table(block: Table) -> list[str]:
    lines = [item for item in (block.caption, block.unit_note) if item]
    slots = grid(block).slots
    for r, placed in enumerate(slots):
        for c, item in enumerate(placed):
            if item.column == c:  # a cell that reaches down is printed again as an empty one
                lines.append("\t" + (item.cell.text if item.row == r else ""))
        lines.append("")
    return lines
