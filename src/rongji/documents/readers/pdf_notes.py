"""What a reader of a PDF must be told: what was not read, and what is not certain."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from rongji.documents.model import Document
from rongji.documents.readers.pdf_pages import ReadPage

_NAME = 24
_SIDEWAYS = 12  # characters: fewer are a page number or a mark in the margin


def notes(pages: Sequence[ReadPage], document: Document) -> Iterator[str]:
    """One sentence for each kind of trouble, with the pages where it stands."""
    if numbers := [page.number for page in pages if page.is_picture]:
        yield f"第{_listed(numbers)}页是图片，图片里的文字没有读；请先作文字识别（OCR）再核对。"
    if numbers := [page.number for page in pages if page.is_damaged]:
        yield f"第{_listed(numbers)}页已损坏，没有读；请用原来的软件重新导出 PDF。"
    if numbers := [page.number for page in pages if page.is_recognised]:
        yield f"第{_listed(numbers)}页的文字是对图片作文字识别得来的，可能有误，请对照原图。"
    if numbers := [page.number for page in pages if page.unknown]:
        yield f"第{_listed(numbers)}页有的字没有编码（字体缺对照表），读作“\ufffd”；请对照原件。"
    if numbers := [page.number for page in pages if page.is_drawing]:
        yield f"第{_listed(numbers)}页的图线过多，没有按表格读；请对照原件。"
    if numbers := [page.number for page in pages if page.sideways >= _SIDEWAYS]:
        yield f"第{_listed(numbers)}页表格以外有横躺的文字没有读；请对照原件。"
    for table in document.tables():
        if not table.spans_known and table.place and table.place.page:
            name = f"“{table.caption[:_NAME]}”" if table.caption else ""
            yield f"第{table.place.page}页的表格{name}框线不全或文字相叠，行列按文字的位置推断，请对照原件。"


def _listed(numbers: Sequence[int]) -> str:
    """3、5—9"""
    stretches: list[list[int]] = [[numbers[0]]]
    for before, number in pairwise(numbers):
        if number != before + 1:
            stretches.append([])
        stretches[-1].append(number)
    return "、".join(str(group[0]) if len(group) == 1 else f"{group[0]}—{group[-1]}" for group in stretches)
