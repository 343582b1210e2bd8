"""Citizen identity numbers by GB 11643-1999: checked, brought from 15 to 18 places, birth and sex read from them.

The first six digits say where the number was first issued, often under a code that no longer exists. They are kept
as they stand, never looked up and never taken for the county that pays.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from rongji.kernel.refusal import Refusal

LENGTH, OLD_LENGTH = 18, 15
TAIL = 4
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
# Numbers of 15 places were issued to people born in the 1900s; 996 to 999 mark those who had turned a hundred.
_OLD_CENTURY, _CENTENARIAN_CENTURY = "19", "18"
_CENTENARIAN_SERIALS = ("996", "997", "998", "999")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
_BETWEEN = re.compile(r"[\s\-·'’`]")


class IdentityNumberUnfit(Refusal):
    """A text that is no citizen identity number."""

    code = "identity-number-unfit"
    sentence = "身份证号“{shown}”有误：{why}。"


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A valid number in its present form of 18 places.

    born_on, is_male: as the number states them; the person's own papers may say otherwise.
    """

    text: str
    born_on: date
    is_male: bool

    @property
    def tail(self) -> str:
        """The last four places, by which offices ask for a number."""
        return self.text[-TAIL:]


def read_identity_number(text: str, *, on: date | None = None) -> IdentityNumber:
    """The number in a text as people type it: full-width digits, blanks, a small x, 15 places.

    on: the day of reading; a birth after it is refused. Source: GB 11643-1999, 5 and appendix A.
    Does not cover: whether the six digits of the area were ever in use. Raises: IdentityNumberUnfit.
    """
    plain = normalized(text)
    _refuse_wrong_shape(plain)
    long = plain if len(plain) == LENGTH else _upgraded(plain)
    born = _birth(long, plain)
    if on is not None and born > on:
        raise _unfit(plain, f"出生日期 {born} 在今天之后，请与身份证核对")
    if long[-1] != check_character(long[:-1]):
        raise _unfit(plain, "最后一位校验码不符，说明有数字抄错或颠倒，请与身份证逐位核对")
    return IdentityNumber(long, born, int(long[16]) % 2 == 1)


def normalized(text: str) -> str:
    """The text without blanks and dashes, full-width characters made narrow, x made X."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()


def check_character(body: str) -> str:
    """The 18th place for the first 17 digits. Source: GB 11643-1999 (ISO 7064, MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def _refuse_wrong_shape(plain: str) -> None:
    if _SCIENTIFIC.fullmatch(plain):
        raise _unfit(plain, "表格把号码变成了科学记数，后几位已经丢失，无法还原；请把该列设为文本后按身份证重新填写")
    if len(plain) not in (OLD_LENGTH, LENGTH):
        raise _unfit(plain, f"有 {len(plain)} 位，应为 18 位（旧证 15 位），请核对是否多抄或漏抄")
    digits = plain[:-1] if len(plain) == LENGTH else plain
    if not (digits.isascii() and digits.isdigit()):
        where = next(place for place, sign in enumerate(digits, 1) if not (sign.isascii() and sign.isdigit()))
        raise _unfit(plain, f"第 {where} 位“{digits[where - 1]}”不是数字，请核对（字母 O 与数字 0、字母 l 与数字 1）")
    if plain[-1] not in "0123456789X":
        raise _unfit(plain, f"最后一位“{plain[-1]}”应为数字或 X，请核对")


def _upgraded(old: str) -> str:
    century = _CENTENARIAN_CENTURY if old[-3:] in _CENTENARIAN_SERIALS else _OLD_CENTURY
    body = f"{old[:6]}{century}{old[6:]}"
    return body + check_character(body)


def _birth(long: str, shown: str) -> date:
    year, month, day = int(long[6:10]), int(long[10:12]), int(long[12:14])
    try:
        return date(year, month, day)
    except ValueError:
        raise _unfit(shown, f"出生日期 {year}年{month}月{day}日 不存在，请与身份证核对第 7 至 14 位") from None


def _unfit(plain: str, why: str) -> IdentityNumberUnfit:
    """The refusal, which shows no more of the number than a mask does."""
    shown = plain if len(plain) < TAIL * 2 or _SCIENTIFIC.fullmatch(plain) else f"{plain[:6]}…{plain[-TAIL:]}"
    return IdentityNumberUnfit(shown=shown, why=why)
