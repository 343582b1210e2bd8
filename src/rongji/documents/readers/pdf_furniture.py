"""What is printed on every page and belongs to none: page numbers, running heads and feet."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rongji.documents.readers import signs
from rongji.documents.readers.pdf_pages import ReadPage, TextLine
from rongji.documents.readers.pdf_tables import ReadTable

_DIGITS = re.compile(r"\d{1,6}")
_MARGIN = 0.12  # of the page height: where page numbers and running heads stand
_HEAD = 0.075  # of the page height: running heads stand above, the names of tables below
_LEAST_PAGES = 3  # close to each other, that carry a running head
_NEAR = 4  # pages: so close (right and left pages may differ)
_FEW_PAGES = 2
_SAME_HEIGHT = 3  # points by which things at one height differ


def without_furniture(pages: Sequence[ReadPage]) -> list[ReadPage]:
    """The pages without page numbers and without lines that pages near each other repeat at their edge."""
    running, counted = _running(pages), _counted(pages)
    return [_bare(page, running, is_counted=page.number in counted) for page in pages]


def _bare(page: ReadPage, running: set[tuple[int, str]], *, is_counted: bool) -> ReadPage:
    kept: list[TextLine | ReadTable] = []
    left_out: list[TextLine] = []
    for item in page.items:
        if isinstance(item, TextLine) and _is_furniture(item, page, running, is_counted=is_counted):
            left_out.append(item)
        else:
            kept.append(item)
    return replace(page, items=tuple(kept), furniture=tuple(left_out))


def _is_furniture(item: TextLine, page: ReadPage, running: set[tuple[int, str]], *, is_counted: bool) -> bool:
    if not _is_in_margin(item, page):
        return False
    if _is_at_edge(item, page) and (page.number, _plain(item)) in running:
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
                digits = _DIGITS.search(item.text)
                if digits:
                    found.setdefault(page.number - int(digits[0]), set()).add(page.number)
    return {number for offset, numbers in found.items() if len(numbers) > 1 or offset == 0 for number in numbers}


def _running(pages: Sequence[ReadPage]) -> set[tuple[int, str]]:
    """Page and words at its very edge that pages close to it repeat; of two pages only words at the foot."""
    seen: dict[str, list[int]] = {}
    for page in pages:
        for item in page.items:
            is_foot = item.box[1] > page.frame.height / 2
            if isinstance(item, TextLine) and _is_at_edge(item, page) and (is_foot or len(pages) > _FEW_PAGES):
                words = _plain(item)
                if any(char.isalpha() for char in words):
                    seen.setdefault(words, []).append(page.number)
    least = min(_LEAST_PAGES, max(len(pages), _FEW_PAGES))
    return {(number, words) for words, numbers in seen.items() for number in _close(sorted({*numbers}), least)}


def _close(numbers: Sequence[int], least: int) -> list[int]:
    """The numbers that have enough others close to them."""
    return [
        number
        for index, number in enumerate(numbers)
        if sum(abs(other - number) <= _NEAR for other in numbers[max(0, index - _NEAR) : index + _NEAR + 1]) >= least
    ]


def _is_at_edge(item: TextLine, page: ReadPage) -> bool:
    head, foot = page.frame.height * _HEAD, page.frame.height * (1 - _HEAD)
    return item.box[3] <= head or item.box[1] >= foot


def _plain(item: TextLine) -> str:
    return "".join("#" if char.isdigit() else char for char in signs.squeezed(item.text))
