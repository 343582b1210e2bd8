"""Telephone numbers as people type them, brought into one form: digits alone, without the country's code."""

import re
import unicodedata

from rongji.kernel.refusal import Refusal

_BETWEEN = re.compile(r"[\s\-()+]")
_PHONE = re.compile(r"\d{7,12}")
_MOBILE = re.compile(r"1\d{10}")
_MOBILE_PLACES = 11
_COUNTRY = "86"


class PhoneUnfit(Refusal):
    """A text that is no telephone number."""

    code = "phone-unfit"
    sentence = "电话（尾号 {tail}）有误：应为 7 至 12 位数字，手机为 11 位，请核对。"


def read_phone(text: str) -> str:
    """The digits of a telephone number; empty stays empty.

    Raises: PhoneUnfit.
    """
    digits = _BETWEEN.sub("", unicodedata.normalize("NFKC", text))
    digits = digits.removeprefix(_COUNTRY) if len(digits) > _MOBILE_PLACES else digits
    if not digits:
        return ""
    if not _PHONE.fullmatch(digits) or not digits.isascii() or _is_broken_mobile(digits):
        raise PhoneUnfit(tail=digits[-4:])
    return digits


def _is_broken_mobile(digits: str) -> bool:
    """No landline begins with 1: what does is a mobile, whole or with digits missing."""
    return digits[0] == "1" and not _MOBILE.fullmatch(digits)
