"""PDF files: text and tables as a reader of the printed pages sees them, every piece with its page and box."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rongji.documents.model import Block
from rongji.documents.readers.assembly import document_of
from rongji.documents.readers.model import ReadFile, UnreadableDocument
from rongji.documents.readers.pdf_apart import pages_apart
from rongji.documents.readers.pdf_cells import table_of
from rongji.documents.readers.pdf_frame import Box
from rongji.documents.readers.pdf_furniture import without_furniture
from rongji.documents.readers.pdf_groups import grouped, names
from rongji.documents.readers.pdf_guard import is_harmless
from rongji.documents.readers.pdf_joins import joined_items
from rongji.documents.readers.pdf_notes import notes
from rongji.documents.readers.pdf_pages import ReadPage, TextLine, read_page
from rongji.documents.readers.pdf_prose import Prose
from rongji.documents.readers.pdf_raw import raw_pages
from rongji.kernel.place import Place


def read_pdf(data: bytes, file: str) -> ReadFile:
    """A PDF with its text and tables.

    Does not cover: text in pictures; such pages are named in the notes.
    Raises: UnreadableDocument.
    """
    raw = raw_pages(data, file) if is_harmless(data) else pages_apart(data, file)
    pages = without_furniture([read_page(page) for page in raw])
    if all(not page.items for page in pages):
        raise UnreadableDocument(file=file, reason=_why_empty(pages))
    document = document_of(list(_blocks(pages, file)))
    return ReadFile("pdf", document, tuple(notes(pages, document)))


def _blocks(pages: Sequence[ReadPage], file: str) -> Iterator[Block]:
    frames = {page.number: page.frame for page in pages}

    def placing(page: int, box: Box) -> Place:
        return Place(file=file, page=page, box=frames[page].shown_box(box))

    items = joined_items(pages)
    widths = {page.number: round(page.frame.width) for page in pages}
    prose = Prose([item for item in items if isinstance(item, TextLine)], widths, placing)
    groups, rest = grouped(items)
    named = names(groups, {page.number: page.furniture for page in pages})
    for number, ((lines, table), name) in enumerate(zip(groups, named, strict=True), 1):
        yield from prose.blocks([line for line in lines if line is not name])
        yield replace(table_of(table, number, placing), caption=name.text if name else "")
    yield from prose.blocks(rest)


def _why_empty(pages: Sequence[ReadPage]) -> str:
    if any(page.is_picture for page in pages):
        return "里面只有图片，没有文字，请先作文字识别（OCR）再交"
    if any(page.is_damaged for page in pages):
        return "各页都已损坏，请用原来的软件重新导出 PDF"
    if any(page.unknown for page in pages):
        return "文字没有编码（字体缺对照表），请用原来的软件重新导出 PDF，或先作文字识别（OCR）"
    return "里面没有能读的文字，请用原来的软件打开，看是不是空白，再重新导出 PDF"
