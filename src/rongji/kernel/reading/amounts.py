"""A number with its unit, its approximating words and its range: 约 500 余万元, 3亿2000万元, 40-60%, ≥95%."""

import re
from decimal import Decimal
from typing import NamedTuple

from rongji.kernel.quantity import Quantity
from rongji.kernel.reading.counting import Word, counts_a_noun, word_at
from rongji.kernel.reading.source import GAP, decimal_of
from rongji.kernel.reading.vague import Sense, as_word, sense_of
from rongji.kernel.units import UNITS, UnitKind, unit

_GAP = re.compile(GAP)
_SPACES = (" ", "\n")
_MIDDLE = re.compile(r"余|多|来|几|\+(?![\dA-Z])")
_POWER = re.compile(r"(?P<power>百万|千万|十万|万亿|个亿|百|千|万|亿)(?P<middle>[余多]?)")
_MORE = {"十万": (10, "万"), "万亿": (10_000, "亿"), "个亿": (1, "亿")}
_SCALES = {"百": 100, "千": 1_000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
_AFTER = re.compile(
    r"[ \n]?(?:\(含[^()]{0,6}\))?(?P<word>及以上|及以下|以上|以下|以内|之内|左右|上下"
    r"|内(?!容|部|外|设|控|审|蒙|涵|务|心)|[多余](?=[ \n]?(?:[，。、；,;)]|$))|\+(?![\dA-Z]))"
)
_LASTING = frozenset({"年", "天", "日", "小时", "个月", "月", "工作日", "周", "分钟"})
_HALF = re.compile(r"个(?P<part>半|多)(?=月|小时|星期|学期)(?P<word>月|小时|星期|学期)")
_HALF_AFTER = re.compile(r"半(?![数径价])|多(?![次个方种项部人少数样元位措层])")
_LEFT_OUT_ENDS = re.compile(r"[ \n]*(?:[，。、；：,;)”’]|以上|左右|$)|的|用于")
_OF_MONEY = re.compile(r"[金费款支贷补奖资债税价额财投拨元赔薪]|收入|预算|决算|采购|产值|结余|结转")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_YEARS = range(1950, 2050)
_CLAUSE = 16  # how far back the words that say what 210万 is of are looked for


class Amount(NamedTuple):
    """A number and its unit as far as the text gives them.

    unit_name: empty when no unit follows. given: the unit itself is printed. middle: 余 多 来 between number and unit.
    number_end: behind the digits; end: behind the unit.
    """

    value: Decimal
    places: int
    number_end: int
    end: int
    unit_name: str = ""
    middle: str = ""
    given: bool = True
    power: str = ""

    @property
    def quantity(self) -> Quantity:
        """The amount as a quantity, with an empty unit name when no unit is known."""
        return Quantity(self.value, self.unit_name, self.places)


def skip_gap(text: str, end: int) -> int:
    """The place behind the few spaces or the line's end at `end`."""
    if text[end : end + 1] not in _SPACES:
        return end
    found = _GAP.match(text, end)
    return found.end() if found else end


def with_unit(text: str, digits: str, number_end: int) -> Amount:
    """The number whose digits end at `number_end`, with the unit behind it."""
    value, places = decimal_of(digits)
    return finish(text, Amount(value, places, number_end, number_end))


def finish(text: str, amount: Amount) -> Amount:
    """The amount with the unit that stands behind its digits, if any."""
    start = skip_gap(text, amount.number_end)
    if text[start : start + 1] == "个" and (half := _HALF.match(text, start)):
        return _with_half(amount, half)
    found = _united(text, start, amount)
    if found is None and (middle := _MIDDLE.match(text, start)):
        found = _united(text, skip_gap(text, middle.end()), amount)
        found = found._replace(middle=middle.group()) if found else None
    if found is None:
        if counts_a_noun(text, start):
            return amount._replace(unit_name="个", given=False)
        return amount
    return _with_half_after(text, found)


def _with_half(amount: Amount, half: re.Match[str]) -> Amount:
    name = {"月": "个月", "星期": "周"}.get(half["word"], half["word"])
    if name not in UNITS:
        return amount
    if half["part"] == "多":
        return amount._replace(unit_name=name, middle="多", end=half.end())
    return amount._replace(value=amount.value + Decimal("0.5"), places=1, unit_name=name, end=half.end())


def _with_half_after(text: str, amount: Amount) -> Amount:
    """三年半, 两年多, 3个月多."""
    after = _HALF_AFTER.match(text, amount.end) if amount.unit_name in _LASTING else None
    if not after:
        return amount
    if after.group() == "多":
        return amount._replace(middle="多", end=after.end())
    return amount._replace(value=amount.value + Decimal("0.5"), places=1, end=after.end())


def _word(text: str, start: int) -> Word | None:
    """The unit, which may stand in brackets: 300（元）."""
    if text[start : start + 1] != "(":
        return word_at(text, start)
    word = word_at(text, start + 1)
    return word._replace(end=word.end + 1) if word and text[word.end : word.end + 1] == ")" else None


def _united(text: str, start: int, amount: Amount) -> Amount | None:
    if text[start : start + 1] == "(" and amount.places == 0 and amount.value in _YEARS:
        return None  # the heading of a column: 2021（万元）
    if word := _word(text, start):
        return amount._replace(unit_name=word.name, end=word.end)
    if not (power := _POWER.match(text, start)):
        return None
    factor, name = _MORE.get(power["power"], (1, power["power"]))
    shifted = amount._replace(middle=power["middle"], power=name, end=power.end())
    if factor != 1:
        places = max(0, amount.places - len(str(factor)) + 1)
        shifted = shifted._replace(value=amount.value * factor, places=places)
    after = skip_gap(text, power.end())
    word = _word(text, after)
    if word and _may_have_power(word.name):
        name = f"{name}元" if word.name == "元" else f"{name}{word.name}"
        return shifted._replace(unit_name=name, end=word.end)
    return _compound(text, shifted, after) or _unit_left_out(text, shifted)


def _may_have_power(name: str) -> bool:
    return name == "元" or UNITS[name].kind is UnitKind.COUNT


def _compound(text: str, amount: Amount, start: int) -> Amount | None:
    """3亿2000万元, 1万2千元: the parts added up in the unit of the last."""
    if amount.middle or amount.places or start != amount.end or not (digits := _DIGITS.match(text, start)):
        return None
    rest = with_unit(text, digits.group(), digits.end())
    if not rest.unit_name or not rest.given or rest.unit_name in _LASTING:
        return None
    last, scale = unit(rest.unit_name), _SCALES[amount.power]
    if rest.value * last.factor >= scale or last.kind not in (UnitKind.MONEY, UnitKind.COUNT):
        return None
    return rest._replace(value=amount.value * scale / last.factor + rest.value)


def _unit_left_out(text: str, amount: Amount) -> Amount | None:
    """`申请贷款210万，`: 元 is left out where the clause speaks of money."""
    if amount.power not in ("万", "亿", "百万", "千万") or not _LEFT_OUT_ENDS.match(text, amount.end):
        return None
    clause = text[max(0, amount.number_end - _CLAUSE) : amount.number_end]
    spoken = max(clause.rfind(sign) for sign in "。；;")
    if not _OF_MONEY.search(clause, spoken + 1):
        return None
    return amount._replace(unit_name=f"{amount.power}元")


def power_of(amount: Amount) -> int:
    """The power of ten that is part of the amount's counting unit: 10 000 for 万人."""
    return _SCALES.get(amount.power, 1)


def scaled_by_power(amount: Amount, text: str, unit_name: str = "") -> Amount:
    """`近2万退役军人`: a power of ten that no unit follows belongs to the number, whose unit is not said.

    In a column of 元, 万元 or 人 the unit of `0.3万` is known: 万元, 万人.
    """
    if amount.unit_name:
        return amount
    start = skip_gap(text, amount.number_end)
    before = _MIDDLE.match(text, start)
    power = _POWER.match(text, before.end() if before else start)
    if not power:
        return amount
    middle = before.group() if before else power["middle"]
    if (name := power["power"]) in _SCALES and unit_name and (with_power := _with_power(name, unit_name)):
        return amount._replace(unit_name=with_power, end=power.end(), middle=middle)
    factor, name = _MORE.get(power["power"], (1, power["power"]))
    value = amount.value * factor * _SCALES[name]
    return amount._replace(value=value, places=0, end=power.end(), middle=middle)


def _with_power(power: str, unit_name: str) -> str:
    """万 in a column of any unit of money is 万元, in a column of 人 it is 万人."""
    kind = unit(unit_name).kind
    if kind is UnitKind.MONEY:
        return f"{power}元"
    return f"{power}{unit_name}" if kind is UnitKind.COUNT and unit_name in UNITS else ""


def word_after(text: str, end: int, unit_name: str) -> tuple[str, int]:
    """The approximating word behind a unit (以上, 左右, 以内) and the place behind it; empty and `end` when none."""
    found = _AFTER.match(text, end)
    if not found:
        return "", end
    word = found["word"]
    if word == "内" and unit_name not in _LASTING:
        return "", end
    return word, found.end()


def one_word(*words: str) -> str:
    """The approximating word that says what several say together: 近 400 余 is 约, 超过 100 以上 is 超过."""
    said = [word for word in words if word]
    if len(said) < 2:
        return as_word(said[0]) if said else ""
    senses = {sense_of(word) for word in said}
    about = next((word for word in said if sense_of(word) is Sense.ABOUT), "")
    if about or senses == {Sense.BELOW, Sense.ABOVE} or senses == {Sense.AT_LEAST, Sense.AT_MOST}:
        return as_word(about or "约")
    bound = next((word for word in said if sense_of(word) in (Sense.AT_LEAST, Sense.AT_MOST)), said[0])
    return as_word(bound)
