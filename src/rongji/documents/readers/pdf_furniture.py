"""What is printed on every page and belongs to none: page numbers, running heads and feet."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from rongji.documents.readers import signs
from rongji.documents.readers.pdf_pages import ReadPage, TextLine
from rongji.documents.readers.pdf_tables import ReadTable

_MARGIN = 0.12  # of the page height: where page numbers and running heads stand
_HEAD = 0.075  # of the page height: running heads stand above, the names of tables below
_LEAST_PAGES = 3  # that carry a running head
_SAME_HEIGHT = 3  # points by which things at one height differ


def without_furniture(pages: Sequence[ReadPage]) -> list[ReadPage]:
    """The pages without page numbers and without lines that most pages repeat at the same height."""
    heads = _running(pages)
    counted = _counted(pages)
    return [
        replace(
            page,
            items=tuple(
                item for item in page.items if not _is_furniture(item, page, heads, is_counted=page.number in counted)
            ),
        )
        for page in pages
    ]


def _is_furniture(item: TextLine | ReadTable, page: ReadPage, heads: set[str], *, is_counted: bool) -> bool:
    if isinstance(item, ReadTable) or not _is_in_margin(item, page):
        return False
    if _is_at_edge(item, page) and _plain(item) in heads:
        return True
    is_number = signs.is_page_number(item.text)
    return is_number and _is_outermost(item, page) and (is_counted or signs.has_page_dashes(item.text))


def _is_in_margin(item: TextLine, page: ReadPage) -> bool:
    height = page.frame.height
    return item.box[3] <= height * _MARGIN or item.box[1] >= height * (1 - _MARGIN)


def _is_outermost(item: TextLine, page: ReadPage) -> bool:
    """Whether nothing else stands between the line and the edge of the page."""
    others = [other for other in page.items if other is not item]
    if item.box[1] > page.frame.height / 2:
        return all(other.box[3] <= item.box[3] + _SAME_HEIGHT for other in others)
    return all(other.box[1] >= item.box[1] - _SAME_HEIGHT for other in others)


def _counted(pages: Sequence[ReadPage]) -> set[int]:
    """Pages with a bare number in the margin that counts on with the pages."""
    found: dict[int, set[int]] = {}
    for page in pages:
        for item in page.items:
            if isinstance(item, TextLine) and _is_in_margin(item, page) and signs.is_page_number(item.text):
                digits = "".join(char for char in item.text.split("/")[0] if char.isdigit())
                if digits:
                    found.setdefault(page.number - int(digits), set()).add(page.number)
    return {number for offset, numbers in found.items() if len(numbers) > 1 or offset == 0 for number in numbers}


def _running(pages: Sequence[ReadPage]) -> set[str]:
    """Words at the very edge that at least half of the pages repeat."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_plain(item) for item in page.items if isinstance(item, TextLine) and _is_at_edge(item, page)})
    least = max(_LEAST_PAGES, len(pages) / 2)
    return {words for words, count in seen.items() if count >= least}


def _is_at_edge(item: TextLine, page: ReadPage) -> bool:
    head, foot = page.frame.height * _HEAD, page.frame.height * (1 - _HEAD)
    return item.box[3] <= head or item.box[1] >= foot


def _plain(item: TextLine) -> str:
    return "".join("#" if char.isdigit() else char for char in signs.squeezed(item.text))
