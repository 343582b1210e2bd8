"""Numbers of bank accounts: brought into one form, and the check digit of cards looked at.

Cards carry a check digit (ISO/IEC 7812, Luhn); passbooks and old accounts do not. A wrong one is therefore a doubt to
be shown, never a reason to refuse. Which bank issues a number is not read from it.
"""

import re
import unicodedata

from rongji.kernel.refusal import Refusal

SHORTEST, LONGEST = 8, 32
TAIL = 4
_BETWEEN = re.compile(r"[\s\-]")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+")


class AccountNumberUnfit(Refusal):
    """A text that is no account number."""

    code = "account-number-unfit"
    sentence = "账号（尾号 {tail}）有误：{why}。"


def read_account_number(text: str) -> str:
    """The digits of an account number as people type it, with blanks and full-width digits.

    Raises: AccountNumberUnfit.
    """
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", text))
    if _SCIENTIFIC.fullmatch(plain):
        raise AccountNumberUnfit(
            tail="不明", why="表格把号码变成了科学记数，后几位已经丢失；请把该列设为文本后按卡折重新填写"
        )
    if not (plain.isascii() and plain.isdigit()):
        raise AccountNumberUnfit(tail=plain[-TAIL:], why="账号只能是数字，请与卡折核对")
    if not SHORTEST <= len(plain) <= LONGEST:
        raise AccountNumberUnfit(tail=plain[-TAIL:], why=f"有 {len(plain)} 位，应为 {SHORTEST} 至 {LONGEST} 位，请核对")
    return plain


def has_card_check_digit(number: str) -> bool:
    """Whether the last digit is the check digit of a card (Luhn); false for most passbooks."""
    digits = [int(digit) for digit in reversed(number)]
    doubled = (digit * 2 - 9 if digit * 2 > 9 else digit * 2 for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def card_doubt(number: str) -> str:
    """What to say of a card number whose check digit does not fit; empty when it does."""
    return "" if has_card_check_digit(number) else f"卡号（尾号 {number[-TAIL:]}）的校验位不符，请与银行卡核对后再发放"
