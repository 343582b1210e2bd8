"""Numbers written in Chinese characters: 二十五, 一百二十万, 三点五, 廿, and the capitals of vouchers (壹佰贰拾)."""

import re
from decimal import Decimal

_CAPITALS = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億两零", "一二二三三四五六六七八九十百千万亿二〇")
_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_SECTIONS = {"万": 10_000, "亿": 100_000_000}
NUMERAL_CHARS = "零〇一二两三四五六七八九十百千万亿廿卅壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億"
_ONE = "[一二三四五六七八九]"
_BELOW_TEN_THOUSAND = re.compile(
    rf"(?:({_ONE})千)?〇?(?:({_ONE})百)?〇?(?:({_ONE}?)(十))?〇?(?:(?<![百千])({_ONE}))?"  # 三百五 is left out
)
_RUN = re.compile(rf"[{NUMERAL_CHARS}]+(?:点[零〇一二三四五六七八九]+)?")


def numeral_run(text: str, start: int) -> str:
    """The characters from `start` on that can be of a numeral; empty when there is none."""
    found = _RUN.match(text, start)
    return found.group() if found else ""


def read_numeral(run: str) -> Decimal | None:
    """The value of a well-formed numeral; None for what is only made of its characters (八一, 千万, 三五)."""
    whole, _, decimals = run.translate(_CAPITALS).replace("廿", "二十").replace("卅", "三十").partition("点")
    value = _whole(whole)
    if value is None:
        return None
    return Decimal(f"{value}.{_figures(decimals)}") if decimals else Decimal(value)


def read_year_figures(run: str) -> int | None:
    """The year written figure by figure: 二〇二一."""
    plain = run.translate(_CAPITALS).translate(str.maketrans("Oo0○", "〇〇〇〇"))
    return int(_figures(plain)) if len(plain) == 4 and all(char in _DIGITS for char in plain) else None


def _figures(text: str) -> str:
    return "".join(str(_DIGITS[char]) for char in text)


def _whole(text: str) -> int | None:
    """Sections of 亿 and 万 and the rest, each larger than what follows."""
    total, rest = 0, text
    for name in ("亿", "万"):
        head, found, tail = rest.partition(name)
        if found:
            section = _whole(head) if name == "亿" else _below_ten_thousand(head.removeprefix("〇") if total else head)
            if not section:
                return None
            total += section * _SECTIONS[name]
            rest = tail
            if not rest:
                return total
    last = _below_ten_thousand(rest if not total or rest[0] != "〇" else rest[1:])
    return None if last is None or (total and len(rest) == 1) else total + last


def _below_ten_thousand(text: str) -> int | None:
    if text == "〇":
        return 0
    found = _BELOW_TEN_THOUSAND.fullmatch(text)
    if not text or text[0] == "〇" or not found:
        return None
    thousands, hundreds, tens, ten, ones = (part or "" for part in found.groups())
    tens_value = _DIGITS.get(tens, 1) if ten else 0
    return _DIGITS.get(thousands, 0) * 1000 + _DIGITS.get(hundreds, 0) * 100 + tens_value * 10 + _DIGITS.get(ones, 0)
