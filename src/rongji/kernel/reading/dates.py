"""Years, periods, dates and times of the day; what no calendar has is read all the same, with its trouble."""

import re
from calendar import monthrange

from rongji.kernel.reading.counting import word_at
from rongji.kernel.reading.model import Reading, ReadingKind
from rongji.kernel.reading.numerals import read_numeral, read_year_figures
from rongji.kernel.reading.source import GAP, Source

_G = GAP
_MONTH, _DAY_NUMBER = r"(?:1\n[0-2]|\d{1,2})", r"(?:[123]\n\d|\d{1,2})"  # broken by the end of a line
_SPACED_YEAR = r"(?:1[ \n]?[89]|2[ \n]?0)[ \n]?\d[ \n]?\d"  # 2 025 年 at the end of a line
_TO = rf"{_G}(?:[-—~]{{1,2}}|至|到){_G}"
# Most numbers are neither; these two tell at once.
_MAY_BE_YEAR = re.compile(r"\d[ \n]?[\doOlI〇][ \n]?[\doOlI〇](?:[ \n]?[\doOlI〇]|[ \n]{0,3}年)")
_MAY_BE_DAY = re.compile(r"\d{1,2}[ \n]{0,3}[月日年时号:~—、至到和及-]")
_UNTIL = r"(?:[ \n]?[-—~至到][ \n]?\d{1,2})?"  # 9月1-5日
_PERIOD = re.compile(
    rf"(?P<first>(?:19|20)\d\d)(?:{_G}年度?)?{_TO}(?P<last>(?:19|20)\d\d)(?:{_G}(?:年度?|学年度?)|(?![\d.,年%]))"
)
_YEAR = re.compile(
    rf"(?P<year>{_SPACED_YEAR}){_G}年(?:度(?!预算))?"
    rf"(?:{_G}(?P<month>{_MONTH}){_G}月(?!均)(?:份|{_G}(?P<day>{_DAY_NUMBER}){_UNTIL}{_G}[日号])?)?"
)
_SIGNED = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?![\d.%])")
_YEAR_MONTH = re.compile(r"(?P<year>(?:19|20)\d\d)[-/](?P<month>0[1-9]|1[0-2])(?![\d.%])")
_RUN_TOGETHER = re.compile(r"(?P<year>20[0-4]\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?![\d.,])")
_SHORT_YEAR = re.compile(
    rf"(?P<year>0\d|\d\d(?={_G}年(?:度(?!.?以)|底|末|初|{_G}\d{{1,2}}{_G}月))){_G}年"  # 05年, 21年底
)
_WRONG_YEAR = re.compile(
    rf"(?:(?P<short>19[5-9]|20[1-4])|(?P<long>(?:19|20)\d{{3}})|(?P<odd>0\d{{3}}|[3-9]\d{{3}}|2[1-9]\d\d|1[0-7]\d\d)|"
    rf"(?P<letters>[12](?=[\doOlI〇]{{0,2}}[oOlI〇])[\doOlI〇]{{3}})){_G}年度?(?!以[上来]|历史|[来的间后前内期])"
)
_MONTHS = re.compile(
    rf"(?P<month>\d{{1,2}})(?:{_G}(?:[-—~、]|至|到|和|及){_G}\d{{1,2}}){{0,11}}{_G}月(?!均|薪|嫂)(?:份|底|初|末|[上中下]旬)?"
    rf"(?:{_G}(?P<day>\d{{1,2}}){_UNTIL}{_G}[日号](?:{_TO}\d{{1,2}}{_G}[日号])?)?"
)
_LAST_OF_MONTHS = re.compile(rf"(\d{{1,2}}){_G}月")
_DAY = re.compile(
    rf"(?P<day>[12]?\d|3[01]){_G}日(?={_G}(?:前(?!期)|起|止|上午|下午|晚|凌晨|召开|举行|举办|印发)|{_TO}\d{{1,2}}{_G}日)"
)
_DAY_OF_MONTH = re.compile(rf"(?P<day>[12]?\d|3[01]){_G}[日号]")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d.%])")
_HOUR = re.compile(rf"(?:[01]?\d|2[0-4]){_G}时(?:{_G}[0-5]?\d{_G}分|许|整)?(?![间期段常代光候效速])")
_BARE_YEAR = re.compile(r"(?P<year>(?:19[5-9]|20[0-4])\d)(?= ?[\u4e00-\u9fff])")
_LISTED_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)(?=(?:[、,，和与及][ \n]?(?:19|20)\d\d){1,5}[ \n]?年)")
_SMALL = "[一二三四五六七八九十]"
_CHINESE_YEAR = re.compile(
    rf"(?P<year>[一二][零〇Oo0一二三四五六七八九]{{3}}){_G}年度?"
    rf"(?:{_G}(?P<month>{_SMALL}{{1,3}}){_G}月(?:份|{_G}(?P<day>{_SMALL}{{1,3}}){_G}日)?)?"
)
_CHINESE_MONTH = re.compile(
    rf"(?P<month>{_SMALL}{{1,3}}){_G}月(?:份|底|初|末|[上中下]旬|{_G}(?P<day>{_SMALL}{{1,3}}){_G}日)?"
)
_MONTHS_OF_A_SPAN = 24  # 36 月 is a span of time, 13月 a slip
_CENTURY_SHIFT = 2000


def read_date(source: Source, start: int) -> Reading | None:
    """The year, period, date or time that begins at a digit."""
    text = source.plain
    if _MAY_BE_YEAR.match(text, start) and (reading := _from_year(source, start)):
        return reading
    return _from_month(source, start) if _MAY_BE_DAY.match(text, start) else None


def read_chinese_date(source: Source, start: int) -> Reading | None:
    """二〇二一年十月一日, 十月一日, 十二月."""
    if found := _CHINESE_YEAR.match(source.plain, start):
        year = read_year_figures(found["year"])
        if year:
            return _dated(source, found, year, _small(found["month"]), _small(found["day"]))
    if (found := _CHINESE_MONTH.match(source.plain, start)) and (month := _small(found["month"])) and month <= 12:
        return _dated(source, found, None, month, _small(found["day"]))
    return None


def _from_year(source: Source, start: int) -> Reading | None:
    text = source.plain
    if text[start] not in "12":
        return _wrong_year(source, start)
    if found := _PERIOD.match(text, start):
        first, last = int(found["first"]), int(found["last"])
        trouble = "" if first <= last else f"起止年份颠倒：{first}在{last}之后"
        return source.reading(
            start, found.end(), ReadingKind.YEAR, number_end=found.end("last"), period=(first, last), trouble=trouble
        )
    for pattern in (_YEAR, _SIGNED, _YEAR_MONTH, _LISTED_YEAR):
        if found := pattern.match(text, start):
            return _with_parts(source, found)
    if found := _RUN_TOGETHER.match(text, start):
        return None if _has_unit_behind(text, found.end()) else _with_parts(source, found)
    return _wrong_year(source, start) or _bare_year(source, start)


def _wrong_year(source: Source, start: int) -> Reading | None:
    """202 年, 20222年, 2O21年, 3021年: a year that cannot be."""
    if not (found := _WRONG_YEAR.match(source.plain, start)):
        return None
    if found["short"]:
        trouble = "年份只有三位数字"
    elif found["long"]:
        trouble = "年份有五位数字"
    elif found["letters"]:
        trouble = "年份中混有字母或别的字符"
    else:
        trouble = "没有这样的年份"
    end = found.start() + len(found.group(1) or found.group(2) or found.group(3) or found.group(4))
    return source.reading(start, found.end(), ReadingKind.YEAR, number_end=end, trouble=trouble)


def _bare_year(source: Source, start: int) -> Reading | None:
    """`2021项目支出` at the start of a line: a year whose 年 was left out."""
    found = _BARE_YEAR.match(source.plain, start)
    if not found or _has_unit_behind(source.plain, found.end()):
        return None
    before = source.plain[start - 1 : start]
    if before and not (before in ' \n·《(“‘"' and (before == "·" or source.starts_item(start) or before in "《(")):
        return None
    return source.reading(start, found.end(), ReadingKind.YEAR, year=int(found["year"]))


def _from_month(source: Source, start: int) -> Reading | None:
    text = source.plain
    if found := _SHORT_YEAR.match(text, start):
        year = _CENTURY_SHIFT + int(found["year"])
        return source.reading(start, found.end(), ReadingKind.YEAR, number_end=found.end("year"), year=year)
    if found := _MONTHS.match(text, start):
        return _months(source, found)
    for pattern in (_CLOCK, _HOUR, _DAY):
        if found := pattern.match(text, start):
            return source.reading(start, found.end(), ReadingKind.DATE)
    before = source.before(start, 0)
    if before and before in "月至-—" and (before == "月" or _follows_a_date(text, start)):
        found = _DAY_OF_MONTH.match(text, start)
        return source.reading(start, found.end(), ReadingKind.DATE) if found else None
    return None


def _follows_a_date(text: str, start: int) -> bool:
    return bool(re.search(r"[月日号][ \n]?[至—-][ \n]?$", text[max(0, start - 4) : start]))


def _months(source: Source, found: re.Match[str]) -> Reading | None:
    last = _LAST_OF_MONTHS.search(source.plain, found.start(), found.end())
    months = {int(found["month"]), int(last.group(1)) if last else int(found["month"])}
    if max(months) >= _MONTHS_OF_A_SPAN and not found["day"]:
        return None
    wrong = next((month for month in sorted(months) if not 1 <= month <= 12), None)
    if wrong is not None:
        return source.reading(found.start(), found.end(), ReadingKind.DATE, trouble=f"没有{wrong}月")
    return _dated(source, found, None, max(months), int(found["day"]) if found["day"] else None)


def _with_parts(source: Source, found: re.Match[str]) -> Reading:
    parts = found.groupdict()
    month, day = (_number(parts[name]) if parts.get(name) else None for name in ("month", "day"))
    return _dated(source, found, _number(found["year"]), month, day)


def _dated(source: Source, found: re.Match[str], year: int | None, month: int | None, day: int | None) -> Reading:
    kind = ReadingKind.DATE if month else ReadingKind.YEAR
    end = found.end("year") if month is None else found.end("month")
    trouble = calendar_trouble(year, month, day)
    return source.reading(found.start(), found.end(), kind, number_end=end, year=year, trouble=trouble)


def calendar_trouble(year: int | None, month: int | None, day: int | None) -> str:
    """Why no calendar has this date; empty when it has."""
    if month is None:
        return ""
    if not 1 <= month <= 12:
        return f"没有{month}月"
    last = monthrange(year or 2000, month)[1]
    if day is not None and not 1 <= day <= last:
        named = f"{year}年{month}月" if year and month == 2 and day == 29 else f"{month}月"
        return f"{named}没有{day}日"
    return ""


def _number(digits: str) -> int:
    return int("".join(digits.split()))


def _small(text: str | None) -> int | None:
    value = read_numeral(text) if text else None
    return None if value is None else int(value)


def _has_unit_behind(text: str, end: int) -> bool:
    while text[end : end + 1] == " ":
        end += 1
    return text[end : end + 1] in ("余", "多", "万", "亿") or word_at(text, end) is not None
