"""What a document is about: the year it reports on, who reports, its title. Everything else is read in this light."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rongji.documents.model import Document, Heading, Paragraph, Table, Title

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*(年度?)")
_CHINESE_YEAR = re.compile(r"二[〇○零Ｏ0][一二三][〇○零Ｏ0一二三四五六七八九](?=年)")
_DIGITS = {mark: str(value) for value, marks in enumerate(("〇○零Ｏ0", *"一二三四五六七八九")) for mark in marks}
_BODY = (
    r"局|委员会|办公室|中心|医院|学校|中学|小学|大学|学院|研究院|研究所|委|办|厅|部|院|处|站|所|馆|队|社|协会|联合会|"
    r"法院|检察院|人民政府|街道办事处|总工会|妇联|团委|支队|大队|公司"
)
_NAMED = re.compile(
    r"(?:单位|部门|机构|编制单位|填报单位|公开部门|预算部门|主管部门)(?:（[^（）]{1,8}）)?(?:名称)?[（(]?(?:盖章|公章)?[)）]?[:：]\s*([^\s:：，。；（(]{3,30})"
)
_IN_TITLE = re.compile(
    rf"([一-鿿]{{2,30}}?(?:{_BODY}))(?=\s*(?:关于|[（(]|(?:19|20)\d\d|二[〇○零]|部门|整体|预算|决算|绩效|项目|单位|本级|年度|的|$))"
)
_REPORT_WORD = re.compile(r"自评|绩效|决算|预算|报告|评价")
_OPENING_BLOCKS = 40
_OPENING_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Context:
    """The light in which figures are read. year: budget year, None when the document does not say."""

    title: str = ""
    year: int | None = None
    organisation: str = ""


def context_of(document: Document) -> Context:
    """Year, organisation and title as the document's own opening states them."""
    opening = [text for text in _opening(document) if text]
    title = " ".join(document.title.split()) or next((text for text in opening if _is_title(text)), "")
    named = [title, *(text for text in opening if _is_title(text))]
    year = next((found for text in named if (found := _titled_year(text))), None) or _repeated_year(document)
    return Context(title=title, year=year, organisation=_organisation(title, opening))


def years_in(text: str) -> list[int]:
    """The years that a text names, in order, in digits or as 二〇二一年."""
    found = [(item.start(), int(item[1])) for item in _YEAR.finditer(text)]
    for item in _CHINESE_YEAR.finditer(text):
        found.append((item.start(), int("".join(_DIGITS.get(mark, "") for mark in item[0]).replace("二", "2"))))
    return [year for _, year in sorted(found)]


def _opening(document: Document) -> Iterator[str]:
    """Titles and the first lines, from the top; also those in the first cells of a form."""
    for block in document.blocks[:_OPENING_BLOCKS]:
        match block:
            case Title():
                yield "".join(block.lines).strip()
            case Heading() | Paragraph():
                text = "".join(run.text for run in block.runs).strip()
                yield text if len(text) <= _OPENING_LENGTH else ""
            case Table():
                yield block.caption.strip()
                yield from (cell.text.strip() for row in block.rows[:3] for cell in row.cells if len(cell.text) <= 40)
            case _:
                pass


def _is_title(text: str) -> bool:
    """Whether a line names a report and its year, as titles and cover lines do, and is no sentence."""
    return bool(_REPORT_WORD.search(text)) and bool(years_in(text)) and not any(mark in text for mark in "。；，")


def _titled_year(text: str) -> int | None:
    years = set(years_in(text))
    reported = {int(item[1]) for item in _YEAR.finditer(text) if item[2] == "年度"} or years
    return reported.pop() if len(reported) == 1 else None


def _repeated_year(document: Document) -> int | None:
    """The year that the text names far more often than any other."""
    counted: Counter[int] = Counter()
    for run in document.runs():
        counted.update(years_in(run.text))
    ranked = counted.most_common(2)
    if not ranked or ranked[0][1] < 2:
        return None
    clear = len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]
    return ranked[0][0] if clear else None


def _organisation(title: str, opening: list[str]) -> str:
    named = next((found[1] for text in opening if (found := _NAMED.search(text))), "")
    if named:
        return named
    for text in (title, *opening):
        found = _IN_TITLE.search("".join(_YEAR.sub("", text).split()).removeprefix("附件").removeprefix("关于"))
        if found and _is_title(text):
            return found[1]
    return ""
