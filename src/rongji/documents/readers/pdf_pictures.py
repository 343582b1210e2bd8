"""The pages of a PDF as pictures, for a report that shows a document with marks on it."""

import base64
import io
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from rongji.documents.readers.pdf_apart import Message, messages_apart, say_apart
from rongji.documents.readers.pdf_file import OpenPdf, opened
from rongji.documents.readers.pdf_guard import is_harmless

_MOST_PIXELS = 6_000_000  # a page of any size is drawn with at most so many
_A4 = (595, 842)  # points
_LONGEST_SIDE = 8_000  # pixels
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
    wanted = None if pages is None else frozenset(pages)
    if is_harmless(data):
        return _drawn(data, file, scale, wanted)
    numbers = ",".join(map(str, sorted(wanted))) if wanted is not None else "all"
    return map(_from_json, messages_apart(__name__, data, file, repr(scale), numbers))


def _drawn(data: bytes, file: str, scale: float, wanted: frozenset[int] | None) -> Iterator[PagePicture]:
    with opened(data, file) as document:
        for number in range(1, document.page_count + 1):
            if wanted is None or number in wanted:
                yield _picture(document, number, scale)


def _picture(document: OpenPdf, number: int, scale: float) -> PagePicture:
    """The picture of a page; a damaged page is an empty sheet."""
    with document.page(number) as page:
        if page is None:
            return PagePicture(number, *_A4, _png(Image.new("RGB", _A4, "white")))
        width, height = max(page.width, 1.0), max(page.height, 1.0)
        fitting = min((_MOST_PIXELS / (width * height)) ** 0.5, _LONGEST_SIDE / max(width, height))
        image = page.drawn(min(scale, _LARGEST_SCALE, fitting))
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


def _as_json(picture: PagePicture) -> Message:
    return {
        "number": picture.number,
        "size": [picture.width, picture.height],
        "data": base64.b64encode(picture.data).decode(),
    }


def _from_json(message: Message) -> PagePicture:
    width, height = message["size"]
    return PagePicture(message["number"], width, height, base64.b64decode(message["data"]))


def main(path: str, scale: str, numbers: str) -> None:
    """Draw the pages of a file that may do harm, in a process of its own."""
    wanted = None if numbers == "all" else frozenset(map(int, filter(None, numbers.split(","))))
    say_apart(map(_as_json, _drawn(Path(path).read_bytes(), "", float(scale), wanted)))


if __name__ == "__main__":
    main(*sys.argv[1:])
