"""How a cell's number format prints a number or a day (ECMA-376 part 1, 18.8.30 and 18.8.31)."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache

from rongji.kernel.quantity import half_up

_LITERALS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_TOKENS = re.compile(
    r'"(?P<quoted>[^"]*)"|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<bracket>[^\]]*)\]|\\(?P<escaped>.)|_.|\*.'
    r"|(?P<general>General|G/通用格式)|(?P<digits>[0#?.,]+)|(?P<rest>.)",
    re.IGNORECASE | re.DOTALL,
)
_SCIENTIFIC = re.compile(r"[0#?]E[+-]", re.IGNORECASE)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]")
_SECTION_ENDS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|;')
_DAY_WORDS = re.compile(r'"([^"]*)"|\\(.)|(y+|m+|d+|h+|s+|AM/PM|上午/下午)|\[[^\]]*\]|(.)', re.IGNORECASE)
_LONGEST_CODE = 255
_GENERAL_ROOM = 10  # digits that a wide enough cell shows without a format
_BUILT_IN = {
    "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%", "11": "0.00E+00",
    "14": "yyyy/m/d", "15": "d-mmm-yy", "16": "d-mmm", "17": "mmm-yy", "20": "h:mm", "21": "h:mm:ss",
    "22": "yyyy/m/d h:mm", "27": 'yyyy"年"m"月"', "28": 'm"月"d"日"', "29": 'm"月"d"日"', "30": "m-d-yy",
    "31": 'yyyy"年"m"月"d"日"', "32": 'h"时"mm"分"', "36": 'yyyy"年"m"月"',
    "37": "#,##0;-#,##0", "38": "#,##0;-#,##0", "39": "#,##0.00;-#,##0.00", "40": "#,##0.00;-#,##0.00",
    "41": '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "42": '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    "43": '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    "44": '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    "50": 'yyyy"年"m"月"', "51": 'm"月"d"日"', "57": 'yyyy"年"m"月"', "58": 'm"月"d"日"',
}  # fmt: skip


@dataclass(frozen=True)
class NumberFormat:
    """A number format by its code; an empty code shows the number as it is."""

    code: str = ""

    @cached_property
    def _plain(self) -> str:
        return _LITERALS.sub("", sections(self.code)[0])

    @cached_property
    def is_numeric(self) -> bool:
        """Whether the code has room for digits."""
        return bool(re.search(r"[0#?]", self._plain))

    @property
    def is_percent(self) -> bool:
        """Whether it shows a number as a percentage."""
        return self.is_numeric and "%" in self._plain

    @property
    def is_scaled(self) -> bool:
        """Whether it shows thousands or millions without saying so."""
        return self.is_numeric and bool(_SCALED.search(self._plain))

    @cached_property
    def places(self) -> int | None:
        """Decimals that are always shown, None when the format fixes none."""
        if not self.is_numeric or "E" in self._plain.upper():
            return None
        decimals = self._plain.partition(".")[2]
        return len(decimals) - len(decimals.lstrip("0"))

    def shown(self, value: Decimal) -> str:
        """The number as it is printed."""
        return _shown(value, self.code)

    def shown_day(self, value: date | datetime | time | timedelta) -> str:
        """A day or a time as it is printed, 2021-05-01 when the format says nothing."""
        return _shown_day(value, self.code)


def of_code(code: str) -> NumberFormat:
    """The format of a code; one longer than Excel allows is none."""
    return NumberFormat(code if len(code) <= _LONGEST_CODE else "")


def built_in(number: str) -> str:
    """The code of a format that every workbook knows by number, empty for the general one."""
    return _BUILT_IN.get(number, "")


@lru_cache(maxsize=512)
def sections(code: str) -> tuple[str, ...]:
    """The parts of a code for positive, negative and zero numbers and for text."""
    parts, start = [], 0
    for found in _SECTION_ENDS.finditer(code):
        if found[0] == ";":
            parts.append(code[start : found.start()])
            start = found.end()
    return (*parts, code[start:])


def general(value: Decimal) -> str:
    """A number without a format: as many decimals as a wide cell shows, no idle zeros."""
    whole = len(str(int(abs(value))))
    rounded = half_up(value, max(_GENERAL_ROOM - whole, 0)) if value != int(value) else value
    text = f"{rounded:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _shown(value: Decimal, code: str) -> str:
    section, amount = _section(value, code)
    if not section and len(sections(code)) == 1:
        return general(value)
    return _filled(section, amount)


def _section(value: Decimal, code: str) -> tuple[str, Decimal]:
    """The part of the code for this number, and the number it prints (without sign where the part shows it)."""
    parts = sections(code)
    if any(_CONDITION.search(part) for part in parts):
        return _conditional(value, parts), value
    if value < 0 and len(parts) > 1:
        return parts[1], -value
    if value == 0 and len(parts) > 2:
        return parts[2], value
    return parts[0], value


def _conditional(value: Decimal, parts: tuple[str, ...]) -> str:
    for part in parts[:2]:
        found = _CONDITION.search(part)
        if found is None or _holds(value, found[1], Decimal(found[2])):
            return part
    return parts[min(2, len(parts) - 1)]


def _holds(value: Decimal, sign: str, bound: Decimal) -> bool:
    below, same = value < bound, value == bound
    return {"<": below, "<=": below or same, "=": same, "<>": not same, ">": not (below or same), ">=": not below}[sign]


def _filled(section: str, value: Decimal) -> str:
    if _SCIENTIFIC.search(section):
        return general(value)
    before, digits, after = _cut(section)
    if digits is None:
        return general(value) if "@" in section else before.strip()
    if digits in ("General", "") or "/" in section:
        return (before + general(value) + after).strip()
    if "%" in before + after:
        value *= 100
    sign = "-" if value < 0 else ""
    return (sign + before + _digits(digits, abs(value)) + after).strip()


@lru_cache(maxsize=512)
def _cut(section: str) -> tuple[str, str | None, str]:
    """Words before the digits, the digit signs themselves (None: there are none), words after them."""
    before, after = "", ""
    digits: str | None = None
    for found in _TOKENS.finditer(section):
        if found["digits"] and not (found["digits"] in ".," and digits is None):
            digits = found["digits"] if digits in (None, "General") else f"{digits}{found['digits']}"
        elif found["general"]:
            digits = digits or "General"
        else:
            word = next((found[g] for g in ("quoted", "currency", "escaped", "rest", "digits") if found[g]), "")
            word = "" if word == "@" else word
            before, after = (before + word, after) if digits is None else (before, after + word)
    return before, digits, after


def _digits(signs: str, value: Decimal) -> str:
    whole, _, decimals = signs.partition(".")
    scale = len(whole) - len(whole.rstrip(",")) + (len(decimals) - len(decimals.rstrip(",")))
    whole, decimals = whole.rstrip(","), decimals.replace(",", "")
    rounded = half_up(value.scaleb(-3 * scale), len(decimals))
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    front, _, back = text.partition(".")
    least = whole.count("0")
    front = front.zfill(least) if least else front.lstrip("0")
    needed = decimals.rfind("0") + 1
    back = back[:needed] + back[needed:].rstrip("0")
    return f"{front}.{back}" if back else front


def _shown_day(value: date | datetime | time | timedelta, code: str) -> str:
    if not code or not isinstance(value, date):
        return _plain_day(value)
    words = [_day_word(found, value) for found in _DAY_WORDS.finditer(sections(code)[0])]
    return "".join(words).strip() or _plain_day(value)


def _plain_day(value: date | datetime | time | timedelta) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat(" ", "minutes")
    return str(value)


def _day_word(found: re.Match[str], value: date) -> str:
    sign = (found[3] or "").lower()
    if not sign:
        return found[1] or found[2] or (found[4] if found[4] not in (None, "@", ";") else "")
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    numbers = {"y": moment.year, "m": moment.month, "d": moment.day, "h": moment.hour, "s": moment.second}
    if sign[0] not in numbers or (sign[0] == "m" and _is_minute(found)):
        return f"{moment.minute:0{len(sign)}d}" if sign[0] == "m" else ""
    number = numbers[sign[0]] % 100 if sign[0] == "y" and len(sign) <= 2 else numbers[sign[0]]
    return f"{number:0{len(sign) if len(sign) <= 2 else 1}d}"


def _is_minute(found: re.Match[str]) -> bool:
    """m means minutes behind hours or before seconds."""
    code = found.string.lower()
    return code[: found.start()].rstrip('":时_ ').endswith("h") or code[found.end() :].lstrip('":分_ ').startswith("s")
