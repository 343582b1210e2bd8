"""The pages of a PDF as pictures, for a report that shows a document with marks on it."""

import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from PIL import Image

from rongji.documents.readers.pdf_file import OpenPdf, opened

_MOST_PIXELS = 6_000_000  # a page of any size is drawn with at most so many
_LARGEST_SCALE = 6.0
_COLOURS = 16  # of an indexed picture: text, rules and shading need no more


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page as it is shown. number: from 1; width, height: of the page in points; data: a PNG file."""

    number: int
    width: float
    height: float
    data: bytes
    media_type: str = "image/png"


def page_pictures(
    data: bytes, scale: float = 1.5, *, file: str = "", pages: Collection[int] | None = None
) -> Iterator[PagePicture]:
    """Pages in order, drawn one at a time. scale: pixels to a point; pages: only these numbers, all when None.

    Raises: UnreadableDocument.
    """
    with opened(data, file) as document:
        for number in range(1, document.page_count + 1):
            if pages is None or number in pages:
                yield _picture(document, number, scale)


def _picture(document: OpenPdf, number: int, scale: float) -> PagePicture:
    with document.page(number) as page:
        width, height = max(page.width, 1.0), max(page.height, 1.0)
        fitting = min(scale, _LARGEST_SCALE, (_MOST_PIXELS / (width * height)) ** 0.5)
        image = page.drawn(fitting)
    return PagePicture(number, width, height, _png(image))


def _png(image: Image.Image) -> bytes:
    """A small file: grey when the page is grey, indexed when it has few colours."""
    out = io.BytesIO()
    _fewer_colours(image).save(out, "PNG", compress_level=3)
    return out.getvalue()


def _fewer_colours(image: Image.Image) -> Image.Image:
    red, green, blue = image.split()
    if red.tobytes() == green.tobytes() == blue.tobytes():
        return red.quantize(_COLOURS)
    return image
