"""The reader of numbers: one pass over a text, at every digit and every Chinese numeral once."""

import re
from collections.abc import Iterator

from rongji.kernel.quantity import Quantity
from rongji.kernel.reading.amounts import Amount, one_word, power_of, scaled_by_power, with_unit, word_after
from rongji.kernel.reading.chinese import read_chinese
from rongji.kernel.reading.dates import read_date
from rongji.kernel.reading.model import Reading, ReadingKind
from rongji.kernel.reading.names import is_rank, read_enclosed, read_label, read_name, read_ordinal, says_the_first
from rongji.kernel.reading.numerals import NUMERAL_CHARS
from rongji.kernel.reading.source import Source
from rongji.kernel.reading.vague import word_before
from rongji.kernel.units import UnitKind, is_measured, unit

_TRIGGER = re.compile(rf"[0-9第①-⑳⑴-⒇⒈-⒛㈠-㈩❶-❿➀-➓{NUMERAL_CHARS}]")
_NUMBER = re.compile(
    r"(?P<grouped>\d{1,3}(?:,\d{3}){1,6}(?![\d,])(?:\.\d+)?)|(?P<loose>\d{1,3}(?:，\d{3}){1,6}(?![\d，])(?:\.\d+)?)|\d+(?:\.\d+)?"
)
_PLAIN_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SPACED = re.compile(r"[1-9]\d{0,2}(?: \d{3}){1,6}(?:\.\d+)?(?![\d.])")
_APART = re.compile(r"(?P<point>\.?)(?P<gap>[ ]|[ ]{0,4}\n[ \n]{0,4})(?P<rest>\.?\d+(?:\.\d+)?)")
_BROKEN_GROUPS = re.compile(
    r"[1-9](?:\n?\d){0,2},\n?(?:\d\n?){2}\d(?:,\n?(?:\d\n?){2}\d){0,3}(?:\.\n?\d+)?(?![\d,])"  # 1,2↵34.5
)
_MAY_GO_ON = frozenset(" \n.,")
_TO = re.compile(r"[ \n]?(?:[-—~]{1,2}|(?P<word>至|到)|(?P<listed>、))[ \n]?(?=\d)")
_YEARLIKE = re.compile(r"(?:19|20)\d\d$")
_YEAR_FOLLOWS = re.compile(r"\d{4}[ \n]{0,2}年")
_MOVED = ("增", "加", "减", "少", "升", "降", "提", "高", "由", "从", "涨")
_NEGATIVE_GROWTH = "负增长"
_NOT_NEGATIVE = frozenset("担肩欺抱自亏胜背辜")
_MONEY_SIGN = "¥"
_PIECE_LIMIT = 6
_LONGEST_MARKER = 3


def read_numbers(text: str, *, unit_name: str = "") -> tuple[Reading, ...]:
    """Every number of a text, in order and without overlap, each with its kind.

    unit_name: what a table's header or unit line gives; numbers without a unit of their own take it
    (`unit_given` is False then). Cost: linear in the length of the text.
    """
    return tuple(_readings(Source.of(text, unit_name)))


def _readings(source: Source) -> Iterator[Reading]:
    place, length = 0, len(source.plain)
    while place < length and (hit := _TRIGGER.search(source.plain, place)):
        found = _read_at(source, hit.start(), place)
        if isinstance(found, Reading):
            yield found
            place = found.end
        else:
            place = found


def _read_at(source: Source, start: int, floor: int) -> Reading | int:
    """The reading that begins at this character, or the place to go on from when there is none."""
    char = source.plain[start]
    if char.isascii():
        return (
            read_label(source, start, floor)
            or read_date(source, start)
            or read_name(source, start, floor)
            or _read_amount(source, start, floor)
        )
    if char == "第":
        return read_ordinal(source, start) or start + 1
    return read_enclosed(source, start) or read_chinese(source, start, floor)


# --- amounts ----------------------------------------------------------------------------------


def _read_amount(source: Source, start: int, floor: int) -> Reading:
    amount, joined = _number_at(source.plain, start, floor)
    end = amount.number_end
    if rank := is_rank(source, start, end, floor):
        return source.reading(start, rank, ReadingKind.ORDINAL, number_end=end)
    if amount.unit_name in ("名", "位") and says_the_first(source.plain, start):
        return source.reading(start, amount.end, ReadingKind.ORDINAL, number_end=end)
    if _is_marker_and_count(source, start, amount):
        return source.reading(start, source.plain.index(".", start) + 1, ReadingKind.MARKER)
    upper = None if joined else _upper_end(source.plain, start, amount)
    return _with_words(source, start, floor, amount, upper, joined)


def _number_at(text: str, start: int, floor: int) -> tuple[Amount, bool]:
    """The number whose first digit is at `start`, with its unit; and whether its digits stood apart."""
    found = _NUMBER.match(text, start)
    assert found
    if joined := _put_together(text, start, floor, found.end()):
        return joined, True
    amount = with_unit(text, found.group(), found.end())
    if found["loose"] and not amount.unit_name and "." not in found.group():
        found = _PLAIN_NUMBER.match(text, start)
        assert found
        amount = with_unit(text, found.group(), found.end())
    return amount, False


def _put_together(text: str, start: int, floor: int, end: int) -> Amount | None:
    """A number whose digits stand apart (`1 234.56`, or broken by the end of a line), where that is certain."""
    if text[end : end + 1] not in _MAY_GO_ON or _follows_digits(text, start):
        return None
    if (grouped := _BROKEN_GROUPS.match(text, start)) and "\n" in grouped.group():
        return _certain(text, grouped.group(), grouped.end())
    if spaced := _SPACED.match(text, start):
        grouped_by_spaces = with_unit(text, spaced.group(), spaced.end())
        if (grouped_by_spaces.unit_name and grouped_by_spaces.given) or "." in spaced.group():
            return grouped_by_spaces
    if not (apart := _APART.match(text, end)):
        return None
    head, wrapped = text[start:end] + apart["point"], "\n" in apart["gap"]
    if not _belongs(text, start, head, apart["rest"], wrapped):
        return None
    amount = _certain(text, head + apart["rest"], apart.end())
    return amount if amount and (wrapped or _counts_wholes(amount)) else None


def _certain(text: str, digits: str, end: int) -> Amount | None:
    """The number put together, if its own unit follows."""
    amount = with_unit(text, digits, end)
    return amount if amount.unit_name and amount.given else None


def _counts_wholes(amount: Amount) -> bool:
    """Two cells of a row may stand side by side with one unit behind them (分值 10 得分 8 分); persons do not."""
    return unit(amount.unit_name).kind is UnitKind.COUNT


def _belongs(text: str, start: int, head: str, rest: str, wrapped: bool) -> bool:
    """Whether the second stretch of digits can only be the rest of the first."""
    if _YEARLIKE.match(head) or (head[0] == "0" and "." not in head) or "," in head or "，" in head:
        return False
    if head[-1] == ".":
        return wrapped and "." not in rest and len(head) > _LONGEST_MARKER
    if rest[0] == ".":
        return "." not in head
    if "." in head:
        return wrapped and "." not in rest
    if not wrapped and "." in rest:
        return False
    return len(head) < (_PIECE_LIMIT if wrapped else 4) and not _at_line_start(text, start)


def _follows_digits(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \n")[-1:] if start < 8 else text[start - 8 : start].rstrip(" \n")[-1:]
    return before.isdigit() or before == "."


def _at_line_start(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] == "\n"


def _is_marker_and_count(source: Source, start: int, amount: Amount) -> bool:
    """`1.17个街道` at the start of an item: a marker and 17; things that come in wholes have no decimals."""
    if not amount.places or amount.power or not amount.given or not amount.unit_name or not source.starts_item(start):
        return False
    short = source.plain.find(".", start, start + 3) > 0
    return short and unit(amount.unit_name).kind is UnitKind.COUNT and not is_measured(amount.unit_name)


def _upper_end(text: str, start: int, amount: Amount) -> tuple[Amount, Amount] | None:
    """Both ends of a range, the lower one with the unit of the upper where it has none."""
    has_unit = bool(amount.unit_name) and amount.given
    scaled = amount if has_unit else scaled_by_power(amount, text)
    end = amount.end if has_unit else max(scaled.end, amount.number_end)
    if not (to := _TO.match(text, end)) or _YEAR_FOLLOWS.match(text, to.end()):
        return None
    upper, joined = _number_at(text, to.end(), to.end())
    if joined or (has_unit and not upper.unit_name) or text[upper.end : upper.end + 1] == "=":
        return None
    if to["word"] and has_unit and text[start - 1 : start] in _MOVED:
        return None
    if to["listed"] and (has_unit or not _neighbours(amount, upper)):
        return None
    if to["listed"]:
        upper = upper._replace(middle="约")
    lower = amount if has_unit else _in_unit_of(upper, amount, scaled)
    return (lower, upper) if _rises(lower, upper) else None


def _neighbours(lower: Amount, upper: Amount) -> bool:
    """2、3名, 30、40人: about so many, and no list of two numbers."""
    step = 10 if lower.value >= 10 and lower.value % 10 == 0 else 1
    return lower.places == upper.places == 0 and upper.unit_name != "" and upper.value == lower.value + step


def _in_unit_of(upper: Amount, lower: Amount, scaled: Amount) -> Amount:
    """The lower end without a unit of its own: 10—20万元, 10万—20万元."""
    if scaled is lower or not upper.unit_name:
        return lower._replace(unit_name=upper.unit_name)
    of_upper = unit(upper.unit_name)
    power = of_upper.factor if of_upper.kind is UnitKind.MONEY else power_of(upper)
    return lower._replace(value=scaled.value / power, places=0, unit_name=upper.unit_name)


def _rises(lower: Amount, upper: Amount) -> bool:
    if not lower.unit_name or not upper.unit_name:
        return lower.unit_name == upper.unit_name and lower.value <= upper.value
    low, high = unit(lower.unit_name), unit(upper.unit_name)
    return low.is_comparable_with(high) and lower.value * low.factor <= upper.value * high.factor


def _with_words(
    source: Source, start: int, floor: int, amount: Amount, ends: tuple[Amount, Amount] | None, joined: bool
) -> Reading:
    """The reading with its sign, the approximating words around it, and the unit it inherits."""
    text = source.plain
    lower, upper = ends or (scaled_by_power(amount, text, source.unit_name), None)
    last = upper or lower
    begin, sign, unit_name = _signed(text, start, floor, lower.unit_name)
    before, begin = word_before(text, begin, floor)
    after, end = word_after(text, last.end, last.unit_name)
    given = bool(unit_name) and lower.given
    unit_name = unit_name or source.unit_name
    kind = ReadingKind.RANGE if upper else ReadingKind.QUANTITY if unit_name else ReadingKind.BARE
    return source.reading(
        begin,
        end,
        kind,
        number_end=last.number_end,
        quantity=Quantity(lower.value * sign, unit_name, lower.places),
        upper=Quantity(upper.value, upper.unit_name or source.unit_name, upper.places) if upper else None,
        vague=one_word(before, last.middle, after),
        unit_given=given,
        joined=joined,
    )


def _signed(text: str, start: int, floor: int, unit_name: str) -> tuple[int, int, str]:
    """Where the number begins with its sign, the sign as a factor, and the unit (¥ gives 元)."""
    if text[start - 1 : start] == _MONEY_SIGN and start > floor:
        start, unit_name = start - 1, unit_name or "元"
    before = text[start - 1 : start] if start > floor else ""
    if before in ("-", "+") and (start - 1 > floor or floor == 0) and not _is_joint(text[start - 2 : start - 1]):
        return start - 1, -1 if before == "-" else 1, unit_name
    word_end = start
    while word_end > floor and text[word_end - 1] == " ":
        word_end -= 1
    if text.endswith(_NEGATIVE_GROWTH, floor, word_end):
        return word_end - len(_NEGATIVE_GROWTH), -1, unit_name
    if text.endswith("负", floor, word_end) and text[word_end - 2 : word_end - 1] not in _NOT_NEGATIVE:
        return word_end - 1, -1, unit_name
    return start, 1, unit_name


def _is_joint(before: str) -> bool:
    """Whether a dash after this character joins two things and is no sign of the number behind it."""
    return before.isascii() and (before.isalnum() or before in ")%]") if before else False
