"""日期与年份: truncated years, days that no calendar has, years that belong to another report."""

import re
from collections.abc import Iterator
from datetime import date

from rongji.checks.registry import check
from rongji.checks.situation import Situation
from rongji.checks.tokens import without_tokens, written_places
from rongji.kernel.finding import Finding, Verdict

_TRUNCATED = re.compile(r"(?<![\d.〓])(?:20[0-3]|19\d)\s*年")
# 202 年 is a year with a digit missing; 有 200 年历史, 近 190 年 and 200 年来 are spans of time.
_SPAN_BEFORE, _SPAN_AFTER = frozenset("近约有满达逾过经历了"), frozenset("以内前后间来历多余老龄限的")
_FULL_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?(?!\d)")
_MONTH_DAY = re.compile(r"(?<![\d年.])(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_REPORT_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*年度?\s*(?:部门)?(?:整体支出|绩效自评|部门预算|部门决算|绩效目标)"
)
_LEAP = 2000


@check(title="年份没有写漏数字", level=Verdict.DEFECT)
def years_are_whole(situation: Situation) -> Iterator[Finding]:
    """No year is printed with a digit missing (202 年)."""
    for place, text in written_places(situation.year):
        clean = without_tokens(text)
        for found in _TRUNCATED.finditer(clean):
            if clean[: found.start()].rstrip()[-1:] in _SPAN_BEFORE or clean[found.end() :].lstrip()[:1] in _SPAN_AFTER:
                continue
            sentence = f"{place}写有“{found.group(0).strip()}”，年份少一位数字。"
            yield Finding(
                "", Verdict.DEFECT, sentence, remedy=f"本年度为 {situation.year.year} 年，改正年份。", subject=place
            )


@check(title="日期真实存在", level=Verdict.DEFECT)
def dates_exist(situation: Situation) -> Iterator[Finding]:
    """Every date in the texts is a day that the calendar has."""
    for place, text in written_places(situation.year):
        clean = without_tokens(text)
        for found in _FULL_DATE.finditer(clean):
            if not _is_day(int(found.group(1)), int(found.group(2)), int(found.group(3))):
                yield _impossible(place, found.group(0))
        for found in _MONTH_DAY.finditer(clean):
            if not _is_day(_LEAP, int(found.group(1)), int(found.group(2))):
                yield _impossible(place, found.group(0))


@check(title="没有写成别的年度", level=Verdict.QUESTION)
def report_names_its_own_year(situation: Situation) -> Iterator[Finding]:
    """A phrase such as `2020 年度整体支出` in the report of 2021 is asked about: it may be copied from last year."""
    for place, text in written_places(situation.year):
        for found in _REPORT_YEAR.finditer(without_tokens(text)):
            if int(found.group(1)) != situation.year.year:
                sentence = f"{place}写有“{found.group(0)}”，本报告是 {situation.year.year} 年度，可能沿用了旧稿。"
                yield Finding("", Verdict.QUESTION, sentence, remedy="核对年度；是在与上年比较的保留。", subject=place)


@check(title="成文日期在年度结束之后", level=Verdict.QUESTION)
def report_is_dated_after_the_year(situation: Situation) -> Iterator[Finding]:
    """A self-evaluation is dated after the year it evaluates."""
    found = _FULL_DATE.search(situation.year.profile.get("document_on", ""))
    if found and _is_day(int(found.group(1)), int(found.group(2)), int(found.group(3))):
        day = date(int(found.group(1)), int(found.group(2)), int(found.group(3)))
        if day < date(situation.year.year, 12, 1):
            text = f"成文日期 {day.isoformat()} 早于 {situation.year.year} 年度结束。"
            yield Finding("", Verdict.QUESTION, text, remedy="核对成文日期。", subject="document_on")


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _impossible(place: str, text: str) -> Finding:
    return Finding(
        "", Verdict.DEFECT, f"{place}写有“{text}”，没有这一天。", remedy="查原始材料改正日期。", subject=place
    )
