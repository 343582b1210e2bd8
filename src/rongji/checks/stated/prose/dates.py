"""年份与日期（文档）: dates that no calendar has, years cut short, the wrong year in a heading, the date of signing."""

import re
from collections.abc import Iterator

from rongji.checks.registry import document_check
from rongji.checks.stated.grammar.syntax import squeezed
from rongji.checks.stated.model import Passage, StatedCell, StatedDocument
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.place import Place, Spot
from rongji.kernel.reading import Reading, ReadingKind

_ABOUT_ITSELF = re.compile(
    r"(?<!关于)(?P<year>(?:19|20)\d\d)\s*年度?(?:我?[局部单]?[门位]?的?)?(?:部门|单位|项目)?"
    r"(?:整体支出|整体绩效|绩效自评|绩效评价|自评|部门决算|收支决算|收入支出决算|支出决算|收入决算|部门收支)"
)
_AGAINST = re.compile(r"(?:比|较|与|和|同|对比|至|到|—|-|于)\s*$")
_OTHER_CONCERN = re.compile(r"通知|办法|意见|规定|计划|下一步|下一年|上年|去年|相比|以来|开展了")
_EVALUATED = re.compile(r"自评|绩效|决算|评价")
_SPAN = re.compile(
    r"(?P<y1>(?:19|20)\d\d)\s*年\s*(?P<m1>\d{1,2})\s*月(?:\s*(?P<d1>\d{1,2})\s*日)?\s*(?:至|到|—|–|-|－|~|～)+\s*"
    r"(?P<y2>(?:19|20)\d\d)\s*年\s*(?P<m2>\d{1,2})\s*月(?:\s*(?P<d2>\d{1,2})\s*日)?"
)
_DATE_LINE = 30
_LAST_PASSAGES = 8
_LATEST = 3


@document_check(title="日期真实存在")
def stated_dates_exist(document: StatedDocument) -> Iterator[Finding]:
    """A date or year that is printed exists: no 13th month, no 30 February, no year of three digits (202 年)."""
    for passage in document.passages:
        for mention in passage.mentions:
            if _is_no_date(mention.reading):
                yield _impossible(mention.reading, passage.place_of(mention.start, mention.end))
    for cell in _cells(document):
        for reading in cell.readings:
            if _is_no_date(reading):
                yield _impossible(reading, cell.place)


def _is_no_date(reading: Reading) -> bool:
    return bool(reading.trouble) and reading.kind in (ReadingKind.YEAR, ReadingKind.DATE)


@document_check(title="报告年份前后一致", level=Verdict.QUESTION)
def stated_year_is_its_own(document: StatedDocument) -> Iterator[Finding]:
    """A report that speaks of its own accounts, evaluation or spending names the year it reports on.

    An earlier year there is usually left over from the report of that year; comparisons are no such place.
    """
    if document.year is None:
        return
    for passage in document.passages:
        for found in _ABOUT_ITSELF.finditer(passage.text):
            year = int(found["year"])
            if year < document.year and not _is_other_concern(passage, found):
                yield _other_year(passage, found, document.year)


@document_check(title="起止时间先后", level=Verdict.CONTRADICTION)
def stated_spans_run_forward(document: StatedDocument) -> Iterator[Finding]:
    """A span of time ends after it begins."""
    for passage in document.passages:
        for found in _SPAN.finditer(passage.text):
            start = (int(found["y1"]), int(found["m1"]), int(found["d1"] or 1))
            end = (int(found["y2"]), int(found["m2"]), int(found["d2"] or 31))
            if end < start:
                spot = _spot(passage, found.start(), found.end())
                text = f"“{squeezed(found[0])}”结束早于开始。"
                yield Finding("", Verdict.CONTRADICTION, text, remedy="核对起止时间。", spots=(spot,))


@document_check(title="落款日期在报告年度之后", level=Verdict.QUESTION)
def document_is_dated_after_its_year(document: StatedDocument) -> Iterator[Finding]:
    """A self-evaluation or final account is signed after the year it reports on has ended."""
    if document.year is None or not _EVALUATED.search(document.title):
        return
    signed = next((item for item in _signed(document)), None)
    if signed is None:
        return
    passage, reading = signed
    spot = _spot(passage, reading.start, reading.end)
    shown = squeezed(reading.printed)
    year = reading.year or 0
    if document.year < year <= document.year + _LATEST:
        yield Finding("", Verdict.HOLDS, f"落款日期{shown}，在报告的{document.year}年度结束之后。", spots=(spot,))
    elif year <= document.year:
        text = f"报告的是{document.year}年度，落款日期却是{shown}，年度尚未结束。"
        yield Finding("", Verdict.QUESTION, text, remedy="核对落款日期。", spots=(spot,))


def _impossible(reading: Reading, place: Place) -> Finding:
    shown = squeezed(reading.printed)
    text = f"“{shown}”不是真实的日期：{reading.trouble}。"
    remedy = "补全或改正日期。"
    return Finding("", Verdict.CONTRADICTION, text, remedy=remedy, spots=(Spot(place, reading.printed),))


def _cells(document: StatedDocument) -> Iterator[StatedCell]:
    """The cells of the tables; those that hold prose are passages already."""
    prose = {passage.text for passage in document.passages}
    return (cell for table in document.tables for cell in table.cells if cell.text not in prose)


def _is_other_concern(passage: Passage, found: re.Match[str]) -> bool:
    before = passage.text[max(0, found.start() - 12) : found.start()]
    after = passage.text[found.end() : found.end() + 14]
    return bool(_AGAINST.search(before) or _OTHER_CONCERN.search(before) or _OTHER_CONCERN.search(after))


def _other_year(passage: Passage, found: re.Match[str], year: int) -> Finding:
    text = f"报告的是{year}年度，此处写作“{squeezed(found[0])}”，可能沿用了以前年度的文字。"
    spot = _spot(passage, found.start("year"), found.end())
    return Finding("", Verdict.QUESTION, text, remedy="核对年份。", spots=(spot,))


def _signed(document: StatedDocument) -> Iterator[tuple[Passage, Reading]]:
    """The date that stands alone on one of the last lines."""
    for passage in document.passages[: -_LAST_PASSAGES - 1 : -1]:
        if len(passage.text.strip()) > _DATE_LINE:
            continue
        dates = [item.reading for item in passage.mentions if item.reading.kind is ReadingKind.DATE]
        if len(dates) == 1 and dates[0].year and not dates[0].trouble and "月" in dates[0].printed:
            yield passage, dates[0]


def _spot(passage: Passage, start: int, end: int) -> Spot:
    return Spot(passage.place_of(start, end), passage.text[start:end])
