"""PDF files: text and tables as a reader of the printed pages sees them, every piece with its page and box."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rongji.documents.model import Block
from rongji.documents.readers.assembly import document_of
from rongji.documents.readers.model import ReadFile, UnreadableDocument
from rongji.documents.readers.pdf_cells import table_of
from rongji.documents.readers.pdf_file import OpenPdf, opened
from rongji.documents.readers.pdf_frame import Box
from rongji.documents.readers.pdf_furniture import without_furniture
from rongji.documents.readers.pdf_joins import joined_items
from rongji.documents.readers.pdf_pages import ReadPage, TextLine, read_page
from rongji.documents.readers.pdf_prose import Prose, name_over
from rongji.kernel.place import Place


def read_pdf(data: bytes, file: str) -> ReadFile:
    """A PDF with its text and tables.

    Does not cover: text in pictures; such pages are named in the notes.
    Raises: UnreadableDocument.
    """
    with opened(data, file) as document:
        pages = without_furniture([_page(document, number) for number in range(1, document.page_count + 1)])
    if all(not page.items for page in pages):
        raise UnreadableDocument(file=file, reason="里面只有图片，没有文字，请先作文字识别（OCR）再交")
    return ReadFile("pdf", document_of(list(_blocks(pages, file))), tuple(_notes(pages)))


def _page(document: OpenPdf, number: int) -> ReadPage:
    with document.page(number) as page:
        return read_page(page)


def _blocks(pages: Sequence[ReadPage], file: str) -> Iterator[Block]:
    frames = {page.number: page.frame for page in pages}

    def placing(page: int, box: Box) -> Place:
        return Place(file=file, page=page, box=frames[page].shown_box(box))

    items = joined_items(pages)
    widths = {page.number: round(page.frame.width) for page in pages}
    prose = Prose([item for item in items if isinstance(item, TextLine)], widths, placing)
    lines: list[TextLine] = []
    tables = 0
    for item in items:
        if isinstance(item, TextLine):
            lines.append(item)
            continue
        tables += 1
        name = None if prose.is_opening else name_over(item, lines)
        yield from prose.blocks([line for line in lines if line is not name])
        yield replace(table_of(item, tables, placing), caption=name.text if name else "")
        lines = []
    yield from prose.blocks(lines)


def _notes(pages: Sequence[ReadPage]) -> Iterator[str]:
    for page in pages:
        if page.is_picture:
            yield f"第{page.number}页是图片，图片里的文字没有读；请先作文字识别（OCR）再核对。"
        elif page.is_recognised:
            yield f"第{page.number}页的文字是对图片作文字识别得来的，可能有误，请对照原图。"
