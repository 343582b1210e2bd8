"""What stands on a page before anybody makes sense of it: its characters and what is drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rongji.documents.readers.pdf_file import OpenPdf, damaged, opened
from rongji.documents.readers.pdf_frame import Frame
from rongji.documents.readers.pdf_glyphs import Glyph, PageText, page_text
from rongji.documents.readers.pdf_strokes import Drawn, Stroke, drawn_on

_NOWHERE = Frame(0.0, 0.0, 1.0, 1.0)
_MOST_PIECES = 20_000_000  # characters and drawn lines of a whole document


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page by its number from 1. is_damaged: it could not be read, and holds nothing."""

    number: int
    text: PageText
    drawn: Drawn
    is_damaged: bool = False

    @property
    def size(self) -> int:
        """How many pieces it holds."""
        drawn = len(self.drawn.horizontal) + len(self.drawn.vertical) + len(self.drawn.fills)
        return drawn + len(self.text.glyphs) + len(self.text.hidden) + len(self.text.turned)


def raw_pages(data: bytes, file: str) -> Iterator[RawPage]:
    """Every page, one at a time. Raises: UnreadableDocument."""
    with opened(data, file) as document:
        total = 0
        for number in range(1, document.page_count + 1):
            page = _raw_page(document, number)
            total += page.size
            if total > _MOST_PIECES:
                raise damaged(file, "文件内容过多")
            yield page


def _raw_page(document: OpenPdf, number: int) -> RawPage:
    with document.page(number) as page:
        if page is None:
            return RawPage(number, PageText(_NOWHERE, ()), Drawn(), is_damaged=True)
        text = page_text(page.handle, page.frame)
        return RawPage(number, text, drawn_on(page.handle, text.frame))


def as_json(page: RawPage) -> dict[str, Any]:
    """A page in plain lists, to pass it from one process to another."""
    text, drawn, frame = page.text, page.drawn, page.text.frame
    return {
        "number": page.number,
        "frame": [frame.left, frame.bottom, frame.right, frame.top, frame.reading, frame.shown],
        "text": [text.glyphs, text.turned, text.hidden, text.pale],
        "unknown": text.unknown,
        "drawn": [drawn.horizontal, drawn.vertical, drawn.fills, drawn.pictures],
        "is_cut": drawn.is_cut,
        "is_damaged": page.is_damaged,
    }


def from_json(made: dict[str, Any]) -> RawPage:
    """The page that `as_json` put into lists."""
    glyphs, turned, hidden, pale = (tuple(Glyph(*item) for item in group) for group in made["text"])
    horizontal, vertical = ([Stroke(*item) for item in group] for group in made["drawn"][:2])
    fills, pictures = ([(a, b, c, d) for a, b, c, d in group] for group in made["drawn"][2:])
    text = PageText(Frame(*made["frame"]), glyphs, turned, hidden, pale, made["unknown"])
    return RawPage(
        made["number"], text, Drawn(horizontal, vertical, fills, pictures, made["is_cut"]), made["is_damaged"]
    )
