"""When and on which basis a number of running text stands: the year its words name, budget or outturn."""

import re

from rongji.audit.context import Context
from rongji.kernel.figure import Stage
from rongji.kernel.reading import Reading, ReadingKind

_STAGES = (
    (re.compile(r"年初预算|年初部门预算|年初批复|年初安排"), Stage.INITIAL),
    (re.compile(r"调整后?(?:的)?预算|全年预算|预算调整数|调整预算"), Stage.ADJUSTED),
    (re.compile(r"决算|执行数|实际(?:支出|完成|执行|使用)|支出完成|全年执行"), Stage.ACTUAL),
    (re.compile(r"指标值|目标值"), Stage.TARGET),
)
_LAST_YEAR = re.compile(r"上年(?!结转|结余|末)|去年|上一年|上年度(?!结转)")
_SEGMENT = re.compile(r"；(?:截至|截止|到|至)?(?P<year>(?:19|20)\d\d)年[^；]*$")  # ；2013年…, 审结
_HEAD = 4  # characters before the year: 一是, 全区


def period(
    begin: int, reading: Reading, before: str, sentence: str, years: list[Reading], context: Context
) -> tuple[int | None, Stage]:
    """The year (None: the year that the document reports on, or unknown) and the basis of a number.

    years: the years and dates that stand before it in its sentence, nearest last; one in its own clause counts first.
    """
    stage = next((stage for pattern, stage in _STAGES if pattern.search(before)), Stage.NONE)
    if context.year and _LAST_YEAR.search(before):
        return context.year - 1, stage
    own = [item.year for item in years if item.year and item.start >= begin]
    if own:
        return own[-1], stage
    segment = _SEGMENT.search(sentence)
    if segment:
        return int(segment["year"]), stage
    opens = [item for item in years if item.year and item.kind is ReadingKind.YEAR and _opens(item, begin, sentence)]
    if opens and not _LAST_YEAR.search(sentence):
        return opens[0].year, stage
    return None, stage


def _opens(year: Reading, begin: int, sentence: str) -> bool:
    """Whether a year stands at the head of its sentence and so holds for all of it."""
    return begin - year.start >= len(sentence) - _HEAD
