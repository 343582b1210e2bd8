"""Chinese numerals in running text: read where a counting word follows and no set phrase holds them."""

import re
from decimal import Decimal
from itertools import pairwise

from rongji.kernel.quantity import Quantity
from rongji.kernel.reading.amounts import Amount, finish, one_word, word_after
from rongji.kernel.reading.dates import read_chinese_date
from rongji.kernel.reading.idioms import pair_at, phrase_at, rank_at
from rongji.kernel.reading.model import Reading, ReadingKind
from rongji.kernel.reading.names import read_chinese_marker, says_the_first
from rongji.kernel.reading.numerals import NUMERAL_CHARS, numeral_run, read_numeral
from rongji.kernel.reading.source import GAP, Source, decimal_of
from rongji.kernel.reading.vague import word_before

_PERCENT = re.compile(
    rf"(?P<base>[百千])分之{GAP}(?:(?P<digits>\d+(?:\.\d+)?)|(?P<run>[{NUMERAL_CHARS}]+(?:点[{NUMERAL_CHARS}]+)?))"
)
_FRACTION = re.compile(rf"[{NUMERAL_CHARS}]{{1,3}}分之[{NUMERAL_CHARS}]{{1,3}}")
_ONES = "一二三四五六七八九"
_PAIRS = {f"{low}{high}": (number, number + 1) for number, (low, high) in enumerate(pairwise(_ONES), 1)} | {
    "三五": (3, 5),
    "一两": (1, 2),
    "两三": (2, 3),
}
_BARE_POWERS = {word: 10**place for place, word in enumerate("十 百 千 万 十万 百万 千万 亿 十亿 百亿".split(), 1)}
_SEVERAL = (2, 9)
_NOT_SEVERAL = frozenset("人总个户件次份基实系指参倍岁分")
_NEAR_WORDS = {"上": "以上", "近": "近", "约": "约", "超": "超", "逾": "逾", "过": "超过", "成": "多"}
_NOT_NEAR = {
    "上": "以及早马晚路线网身向",
    "过": "经通超不",
    "成": "完组构形建达促办",
    "近": "最附",
    "约": "签合节预契条履违公",
}
_TO = re.compile(rf"[ \n]?(?:至|到|[-—~]{{1,2}})[ \n]?(?=[{NUMERAL_CHARS}])")
# 新一轮, 每一个, 同一项, 上一年: the numeral says which one, not how many.
_NO_COUNT_BEFORE = frozenset("统单唯同某每任这那另新进逐如合归划之的上下前后首专万其哪末再又大届协")
_ARTICLES = re.compile(r"(?:成为|作为|是)$")
_SCORE_MIN_LENGTH = 2
_SCORES_AND_DAYS = frozenset({"分", "日"})
_OPENING, _CLOSING = "“‘《「『", "”’》」』"
_QUOTED = 16


def read_chinese(source: Source, start: int, floor: int) -> Reading | int:
    """The reading that begins at a Chinese numeral, or the place to go on from."""
    text = source.plain
    run = numeral_run(text, start)
    reading = _quick(source, start, floor) or _counted(source, start, floor, run)
    return reading or start + max(1, len(run.partition("点")[0]))


def _quick(source: Source, start: int, floor: int) -> Reading | None:
    """What is settled before counting words are looked for: dates, markers, percentages, ranks, set phrases."""
    text = source.plain
    if reading := read_chinese_date(source, start):
        return reading
    if end := rank_at(text, start, starts_item=source.starts_item(start)):
        return source.reading(start, end, ReadingKind.ORDINAL)
    if reading := read_chinese_marker(source, start, floor):
        return reading
    if found := _PERCENT.match(text, start):
        return _percentage(source, found, floor)
    if found := _FRACTION.match(text, start):
        return source.reading(start, found.end(), ReadingKind.NAME)
    if end := pair_at(text, start) or phrase_at(text, start):
        return source.reading(start, end, ReadingKind.NAME)
    return None


def _percentage(source: Source, found: re.Match[str], floor: int) -> Reading | None:
    """百分之八十五, 百分之 85.5, 千分之三."""
    if found["digits"]:
        value, places = decimal_of(found["digits"])
    else:
        read = read_numeral(found["run"])
        if read is None:
            if found["run"] != "百":
                return None
            read = Decimal(100)
        value, places = read, -int(read.as_tuple().exponent)
    unit_name = "%" if found["base"] == "百" else "‰"
    before, begin = word_before(source.plain, found.start(), floor)
    after, end = word_after(source.plain, found.end(), unit_name)
    return source.reading(
        begin,
        end,
        ReadingKind.QUANTITY,
        number_end=found.end(),
        quantity=Quantity(value, unit_name, places),
        vague=one_word(before, after),
    )


def _counted(source: Source, start: int, floor: int, run: str) -> Reading | None:
    if (several := _several(source, start, floor, run)) is not None:
        return several
    value = read_numeral(run)
    if value is None:
        return None
    if ends := _upper(source.plain, start, run, value):
        return _reading(source, start, floor, *ends)
    amount = _amount(source.plain, start, run, value)
    if amount is None or _is_no_count(source.plain, start, run, amount):
        return None
    if amount.unit_name in ("名", "位") and says_the_first(source.plain, start):
        return source.reading(start, amount.end, ReadingKind.ORDINAL)
    if _is_quoted(source.plain, start) or _is_listed(source.plain, start, floor):
        return source.reading(start, amount.end, ReadingKind.NAME)
    return _reading(source, start, floor, amount, None)


def _amount(text: str, start: int, run: str, value: Decimal) -> Amount | None:
    """The numeral with the counting word behind it; 万 and 亿 at its end belong to the unit (一百二十万元)."""
    number_end = start + len(run)
    places = -int(value.as_tuple().exponent) if "点" in run else 0
    for power, scale in (("万", 10_000), ("亿", 100_000_000)):
        if run[-1] == power and len(run) > 1:
            inner = finish(text, Amount(value / scale, places, number_end - 1, number_end - 1))
            return inner if inner.unit_name and inner.given else None
    amount = finish(text, Amount(value, places, number_end, number_end))
    return amount if amount.unit_name and amount.given else None


def _is_no_count(text: str, start: int, run: str, amount: Amount) -> bool:
    if amount.unit_name in _SCORES_AND_DAYS and len(run) < _SCORE_MIN_LENGTH:
        return amount.unit_name == "分" or text[amount.end : amount.end + 1] not in ("内", "前")
    if run != "一":
        return False
    return text[start - 1 : start] in _NO_COUNT_BEFORE or bool(
        amount.unit_name in ("个", "项", "支", "条") and _ARTICLES.search(text, max(0, start - 2), start)
    )


def _upper(text: str, start: int, run: str, value: Decimal) -> tuple[Amount, Amount] | None:
    """三至五人, 十到二十万元: both ends, with the unit of the upper one."""
    end = start + len(run)
    if not (to := _TO.match(text, end)):
        return None
    upper_run = numeral_run(text, to.end())
    upper_value = read_numeral(upper_run)
    upper = None if upper_value is None else _amount(text, to.end(), upper_run, upper_value)
    if upper is None or upper.value < value:
        return None
    return Amount(value, 0, end, end, upper.unit_name), upper


def _is_listed(text: str, start: int, floor: int) -> bool:
    """三、四十人: the second of two numerals says about how many."""
    return start - 2 >= floor and text[start - 1] == "、" and text[start - 2] in _ONES


def _is_quoted(text: str, start: int) -> bool:
    """Whether the numeral stands inside short quotation marks: a slogan, not a count."""
    window = text[max(0, start - _QUOTED) : start]
    opened = max(window.rfind(sign) for sign in _OPENING)
    if opened < 0 or max(window.rfind(sign) for sign in _CLOSING) > opened:
        return False
    ahead = text[start : start + _QUOTED]
    return any(sign in ahead for sign in _CLOSING)


def _reading(source: Source, start: int, floor: int, amount: Amount, upper: Amount | None) -> Reading:
    before, begin = word_before(source.plain, start, floor)
    last = upper or amount
    after, end = word_after(source.plain, last.end, last.unit_name)
    return source.reading(
        begin,
        end,
        ReadingKind.RANGE if upper else ReadingKind.QUANTITY,
        number_end=last.number_end,
        quantity=amount.quantity,
        upper=upper.quantity if upper else None,
        vague=one_word(before, last.middle, after),
    )


def _several(source: Source, start: int, floor: int, run: str) -> Reading | None:
    """两三个, 七八百人, 几十名, 数百人次, 上百人, 近千名, 百余人: about how many."""
    text = source.plain
    before = text[start - 1 : start] if start > floor else ""
    if (pair := _PAIRS.get(run[:2])) and run[2:] in ("", *_BARE_POWERS):
        return _between(source, start, run, pair, _BARE_POWERS.get(run[2:], 1))
    if run[:1] == "十" and len(run) == 3 and (pair := _PAIRS.get(run[1:])):
        return _between(source, start, run, (pair[0] + 10, pair[1] + 10), 1)
    power = _BARE_POWERS.get(run)
    if power is None:
        return None
    if before in ("几", "数") and not (before == "数" and text[start - 2 : start - 1] in _NOT_SEVERAL):
        return _between(source, start, run, _SEVERAL, power, start - 1)
    if read_numeral(run) is not None:
        return None
    amount = finish(text, _power_amount(start, run, power))
    near = _NEAR_WORDS.get(before, "")
    if not amount.unit_name or not amount.given or text[start - 2 : start - 1] in tuple(_NOT_NEAR.get(before, "")):
        return None
    if not near and not amount.middle:
        return None
    word, end = word_after(text, amount.end, amount.unit_name)
    return source.reading(
        start - 1 if near else start,
        end,
        ReadingKind.QUANTITY,
        number_end=amount.number_end,
        quantity=amount.quantity,
        vague=one_word(near, amount.middle, word),
    )


def _between(
    source: Source, start: int, run: str, ends: tuple[int, int], power: int, begin: int | None = None
) -> Reading | None:
    low, high = (finish(source.plain, _power_amount(start, run, end * power)) for end in ends)
    if not low.unit_name or not low.given:
        return None
    start = start if begin is None else begin
    quantity, upper = low.quantity, high.quantity
    return source.reading(
        start, low.end, ReadingKind.RANGE, number_end=low.number_end, quantity=quantity, upper=upper, vague="约"
    )


def _power_amount(start: int, run: str, value: int) -> Amount:
    """The value of a run such as 百万, its last 万 or 亿 left to the unit (几百万元, 上亿元)."""
    end = start + len(run)
    if run[-1] in "万亿":
        return Amount(Decimal(value) / (10_000 if run[-1] == "万" else 100_000_000), 0, end - 1, end - 1)
    return Amount(Decimal(value), 0, end, end)
