"""Short ways to look at what a reader made of a file."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import asdict

from rongji.documents.grid import grid
from rongji.documents.model import Document, Heading, Paragraph, SignatureBlock, Table, Title
from rongji.documents.readers import ReadFile, read_document

HOLE = "×"  # a slot that no cell of the file fills
LEFT, ABOVE = "<", "^"  # a slot that the cell at its left, or the one above, reaches into


def read(content: str | bytes, file: str = "示例.txt") -> ReadFile:
    """The file read from bytes."""
    return read_document(content.encode() if isinstance(content, str) else content, file)


def tables(content: str | bytes, file: str = "示例.txt") -> list[Table]:
    """Every table of a file."""
    return list(read(content, file).document.tables())


def shown(table: Table) -> list[list[str]]:
    """A table as a grid of texts, spans and holes marked. Fails when the cells do not fill the rectangle."""
    return [
        [
            (placed.cell.text if placed.cell.place or placed.cell.text else HOLE)
            if (placed.row, placed.column) == (r, c)
            else (LEFT if placed.row == r else ABOVE)
            for c, placed in enumerate(line)
        ]
        for r, line in enumerate(grid(table).slots)
    ]


def outline(document: Document) -> list[tuple[str, str]]:
    """Every block with its text, tables by their caption."""
    return [_named(block) for block in document.blocks]


def _named(block: object) -> tuple[str, str]:
    match block:
        case Title():
            return "title", "|".join(block.lines)
        case Heading():
            return f"h{block.level}", "".join(run.text for run in block.runs)
        case Paragraph():
            return block.style.value, block.text
        case SignatureBlock():
            return "signed", "|".join("".join(run.text for run in line) for line in block.lines)
        case Table():
            return "table", block.caption
    return type(block).__name__.lower(), ""


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def with_part(data: bytes, name: str, content: str | bytes) -> bytes:
    """The archive with one part exchanged."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {item.filename: source.read(item) for item in source.infolist()}
    return archive({**parts, name: content})


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(body: str, **parts: str) -> bytes:
    """A Word file with this body; further parts by their name without folder and ending."""
    head = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:wps="wps" xmlns:mc="mc" xmlns:v="v"'
    made = {f"word/{name}.xml": f"<w:{name} {head}>{content}</w:{name}>" for name, content in parts.items()}
    document = f"<w:document {head}><w:body>{body}</w:body></w:document>"
    return archive({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **made})


def p(text: str, properties: str = "") -> str:
    """A Word paragraph."""
    ppr = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f'<w:p>{ppr}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def tc(text: str, properties: str = "") -> str:
    """A Word cell."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A Word row."""
    ppr = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{ppr}{''.join(cells)}</w:tr>"


def places(document: Document) -> list[dict[str, object]]:
    """The set parts of every run's place, in reading order."""
    return [
        {name: value for name, value in asdict(run.place).items() if value not in (None, "", "示例.txt")}
        for run in document.runs()
        if run.place
    ]
