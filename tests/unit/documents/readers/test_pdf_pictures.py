"""Pages of a PDF as pictures: as large as asked, in the way the page is shown, never beyond bounds."""

import io

import pytest
from PIL import Image
from unit.documents.readers.pdf_made import Page, pdf_of

from rongji.documents.readers.model import UnreadableDocument
from rongji.documents.readers.pdf_pictures import page_pictures


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def test_every_page_in_order_with_its_size_in_points():
    pictures = list(page_pictures(pdf_of(Page(), Page(turn=90), Page(width=300, height=200)), 2.0))
    assert [(item.number, item.width, item.height) for item in pictures] == [
        (1, 595, 842),
        (2, 842, 595),
        (3, 300, 200),
    ]
    assert [opened(item.data).size for item in pictures] == [(1190, 1684), (1684, 1190), (600, 400)]


def test_only_the_pages_that_are_asked_for():
    data = pdf_of(*(Page() for _ in range(5)))
    assert [item.number for item in page_pictures(data, 1.0, pages={2, 4})] == [2, 4]


def test_what_is_drawn_is_to_be_seen_where_its_box_says():
    page = Page().raw("1 0 0 rg 100 742 50 50 re f")
    (picture,) = page_pictures(pdf_of(page), 1.0)
    image = opened(picture.data)
    assert image.getpixel((125, 75)) == (255, 0, 0)
    assert image.getpixel((90, 75)) == (255, 255, 255)


def test_a_huge_page_is_drawn_with_a_bounded_number_of_pixels():
    (picture,) = page_pictures(pdf_of(Page(width=14_000, height=14_000)), 3.0)
    width, height = opened(picture.data).size
    assert width * height <= 6_100_000


def test_what_is_no_pdf_is_refused():
    with pytest.raises(UnreadableDocument, match="不是 PDF"):
        list(page_pictures(b"PK\x03\x04"))
