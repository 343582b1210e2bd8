"""Reading what people answer to the fields of a declaration: typed, pasted or from a cell, into plain JSON values.

Forms, grids, Excel imports and the API read through here, so that one answer means the same everywhere. Fields that
name a person, a station or a record are only read as text: whoever knows the registers finds the row they mean.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from rongji.kernel.bank_card import AccountNumberUnfit, read_account_number
from rongji.kernel.identity_number import IdentityNumberUnfit, read_identity_number
from rongji.kernel.month import Month
from rongji.kernel.personal_numbers import cover_numbers_in, mask_account, mask_identity_number, mask_phone
from rongji.kernel.quantity import Quantity
from rongji.kernel.refusal import Refusal
from rongji.kernel.telephone import PhoneUnfit, read_phone
from rongji.law.asked import Asked, AskedKind, SecretKind

LARGEST_COUNT = 10**9
MOST_PLACES = 6
"""Places of a decimal that are kept; sums of them stay exact in every database."""
LINKS = frozenset({AskedKind.PERSON, AskedKind.STATION, AskedKind.RECORD})
"""Kinds whose answer names a row of some register."""
EARLIEST_YEAR = 1900
"""No month before it is meant."""
YES, NO = "是", "否"
MASKED = "masked"
"""Under which word a sealed number tells what may be shown of it."""
_STARS = re.compile(r"[*＊×✱]{2,}")
_NUMBERS = frozenset({AskedKind.COUNT, AskedKind.DECIMAL, AskedKind.MONEY})
_VAGUE = re.compile("大约|约|将近|接近|近|上下|左右|以上|余|多|几|若干|数[十百千万]")
_YES, _NO = {"是", "有", "√", "✓", "1", "true", "y", "yes"}, {"否", "无", "×", "0", "false", "n", "no"}
_DAY = re.compile(r"(\d{4})[-/.。年](\d{1,2})[-/.。月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")


class AnswerRefused(Refusal):
    """What was answered to one field; `name` says to which."""

    code = "answer-refused"
    sentence = "“{label}”填写有误，请改正。"


class AnswerMissing(AnswerRefused):
    """A field that must be answered and is not."""

    code = "answer-missing"
    sentence = "请填写“{label}”。"


class AnswerUnreadable(AnswerRefused):
    """An answer that is not what the field asks for."""

    code = "answer-unreadable"
    sentence = "“{label}”填的“{text}”不是{what}，请按 {example} 的样子填写。"


class AnswerVague(AnswerRefused):
    """A number told as about so much."""

    code = "answer-vague"
    sentence = (
        "“{label}”填的“{text}”带有“{word}”，是个约数；登记的是准确的数，请查清后只填数字，如 {example}；"
        "确实查不清的先不要填数，在备注中写明。"
    )


class AnswerTooFine(AnswerRefused):
    """A number with more places than are kept."""

    code = "answer-too-fine"
    sentence = "“{label}”填的 {text} 小数位数过多，最多 {places} 位，请核对。"


class AnswerTooLong(AnswerRefused):
    """More text than is kept."""

    code = "answer-too-long"
    sentence = "“{label}”最多 {most} 个字，现在是 {count} 个字，请缩短。"


class AnswerNotOffered(AnswerRefused):
    """A word that is not among the choices."""

    code = "answer-not-offered"
    sentence = "“{label}”填的“{text}”不在可选范围内，请从 {offered} 中选择。"


class AnswerOutOfRange(AnswerRefused):
    """A number below the least or above the most that the field takes."""

    code = "answer-out-of-range"
    sentence = "“{label}”填的 {text} 超出范围（{range}），请核对。"


class AnswerNumberUnfit(AnswerRefused):
    """A personal number that cannot be right; the sentence never tells the number."""

    code = "answer-number-unfit"
    sentence = "“{label}”有误：{why}。"


class AnswerMasked(AnswerRefused):
    """A masked number where the whole is wanted."""

    code = "answer-masked"
    sentence = "“{label}”填的是遮盖过的号码，请填写完整的号码。"


class AnswerNotAsked(AnswerRefused):
    """An answer that another one leaves no room for."""

    code = "answer-not-asked"
    sentence = "“{label}”只在“{other}”为“{words}”时填写，请清空这一栏，或改正“{other}”。"


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that is stored already and is taken over as it is; nobody outside can make one."""

    value: Any


_EXAMPLES = {
    AskedKind.DAY: ("日期", "2024-10-01"),
    AskedKind.MONTH: ("月份", "2024-10"),
    AskedKind.COUNT: ("准确的整数", "128"),
    AskedKind.DECIMAL: ("准确的数", "4.5"),
    AskedKind.MONEY: ("以元为单位的金额", "1234.50"),
    AskedKind.FLAG: ("“是”或“否”", YES),
}


def read_answer(asked: Asked, given: Any, *, is_covered: bool = True) -> Any:
    """One answer as it is stored (see AskedKind); None for nothing. given: text, or a typed cell (date, number, bool).

    Numbers of persons in free words are masked, unless the words are declared to hold other numbers (is_covered: not
    in fields of a form that whoever carries it out reads again). A secret is read into its plain digits: whoever stores
    it seals it first.
    Raises: AnswerMissing, AnswerUnreadable, AnswerTooLong, AnswerNotOffered, AnswerOutOfRange, AnswerNumberUnfit,
    AnswerMasked.
    """
    if isinstance(given, Kept):
        return given.value
    text = _as_text(given)
    if asked.kind in _READERS:
        text = _plain(asked, text)
    if not text:
        if asked.is_always_needed:
            raise AnswerMissing(name=asked.id, label=asked.label)
        return None
    if asked.kind is AskedKind.CHOICE:
        return _chosen(asked, text)
    if asked.kind is AskedKind.SECRET:
        return _secret(asked, text)
    if asked.kind not in _READERS:
        return _text(asked, text, is_covered)
    try:
        value = _READERS[asked.kind](text)
    except (ValueError, InvalidOperation, Refusal):
        _refuse_vague(asked, text)
        what, example = _EXAMPLES[asked.kind]
        shown = text[:40]
        raise AnswerUnreadable(name=asked.id, label=asked.label, text=shown, what=what, example=example) from None
    _check_range(asked, value, text)
    return value


def read_answers(asked: tuple[Asked, ...], given: Mapping[str, Any]) -> tuple[dict[str, Any], list[AnswerRefused]]:
    """Every field: the values that could be read, and a refusal for each that could not; the caller says no once."""
    values: dict[str, Any] = {}
    refused: list[AnswerRefused] = []
    for item in asked:
        try:
            value = read_answer(item, given.get(item.id))
        except AnswerRefused as refusal:
            refused.append(refusal)
            continue
        if value is not None:
            values[item.id] = value
    told = {refusal.facts["name"] for refusal in refused}
    return values, [*refused, *(item for item in misplaced(asked, values) if item.facts["name"] not in told)]


def misplaced(asked: Sequence[Asked], values: Mapping[str, Any]) -> Iterator[AnswerRefused]:
    """What is missing or answered in vain, of fields that wait for the answer to another."""
    labels = {item.id: item.label for item in asked}
    for item in asked:
        is_wanted = all(values.get(name) in words for name, words in item.when.items())
        if item.when and is_wanted and item.is_needed and values.get(item.id) is None:
            yield AnswerMissing(name=item.id, label=item.label)
        if not is_wanted and values.get(item.id) is not None:
            other, words = next((name, words) for name, words in item.when.items() if values.get(name) not in words)
            yield AnswerNotAsked(name=item.id, label=item.label, other=labels[other], words="、".join(words))


def unchanged(asked: Asked, given: Any, held: Any) -> Any:
    """What to read instead of an answer: the held number itself where only its masked form was given back."""
    if asked.kind is not AskedKind.SECRET or held is None or _as_text(given) != shown(asked, held):
        return given
    return Kept(held) if isinstance(held, Mapping) else held


def shown(asked: Asked, value: Any) -> str:
    """A stored answer as people write it; links as stored, secrets masked. Reading it again gives the same answer."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return str(value.get(MASKED, ""))
    if asked.kind is AskedKind.SECRET:
        return masked(asked, str(value))
    if asked.kind is AskedKind.MONEY:
        return str(Decimal(value) / 100) if value % 100 else str(value // 100)
    if asked.kind is AskedKind.FLAG:
        return YES if value else NO
    if asked.kind is AskedKind.MONTH:
        return str(Month.from_number(value))
    return str(value)


def masked(asked: Asked, number: str) -> str:
    """What is shown of a personal number."""
    return _MASKS[asked.number or SecretKind.ACCOUNT](number)


def _as_text(given: Any) -> str:
    if given is None:
        return ""
    if isinstance(given, bool):
        return YES if given else NO
    if isinstance(given, datetime):
        return given.date().isoformat()
    if isinstance(given, date):
        return given.isoformat()
    if isinstance(given, float) and given.is_integer():
        return str(int(given))
    # neither database stores the character NUL, nor half of a pair
    return str(given).replace("\x00", "").encode("utf-8", "ignore").decode("utf-8").strip()


def _plain(asked: Asked, text: str) -> str:
    """What is read as a number or a day: full-width signs as narrow ones, the field's own unit left out."""
    plain = "".join(_narrow(sign) for sign in text).strip()
    if asked.kind in _NUMBERS and asked.unit and plain.endswith(asked.unit):
        plain = plain.removesuffix(asked.unit).strip()
    return plain


def _narrow(sign: str) -> str:
    """A full-width sign as its narrow one; raised digits and the like stay, so that 10² is no 102."""
    is_wide = unicodedata.decomposition(sign).startswith("<wide>")
    return unicodedata.normalize("NFKC", sign) if is_wide else sign


def _refuse_vague(asked: Asked, text: str) -> None:
    found = _VAGUE.search(text) if asked.kind in _NUMBERS else None
    if found:
        example = _EXAMPLES[asked.kind][1]
        raise AnswerVague(name=asked.id, label=asked.label, text=text[:40], word=found[0], example=example)


def _text(asked: Asked, text: str, is_covered: bool) -> str:
    if len(text) > asked.longest:
        raise AnswerTooLong(name=asked.id, label=asked.label, most=asked.longest, count=len(text))
    if not is_covered or asked.kind not in (AskedKind.TEXT, AskedKind.LONG):
        return text
    return cover_numbers_in(text, only_identity=asked.open_numbers)


def _secret(asked: Asked, text: str) -> str:
    """The plain digits of a personal number."""
    if _STARS.search(text):
        raise AnswerMasked(name=asked.id, label=asked.label)
    try:
        return _NUMBER_READERS[asked.number or SecretKind.ACCOUNT](text)
    except PhoneUnfit:
        why = "应为 11 位手机号，或 7 至 12 位带区号的座机号，请核对"
    except (IdentityNumberUnfit, AccountNumberUnfit) as refusal:
        why = str(refusal.facts["why"])
    raise AnswerNumberUnfit(name=asked.id, label=asked.label, why=why)


def _chosen(asked: Asked, text: str) -> str:
    if text not in asked.choices:
        offered = "、".join(asked.choices)
        raise AnswerNotOffered(name=asked.id, label=asked.label, text=text[:40], offered=offered)
    return text


def _check_range(asked: Asked, value: Any, text: str) -> None:
    if asked.kind not in _NUMBERS:
        return
    if asked.kind is AskedKind.DECIMAL and -Decimal(value).as_tuple().exponent > MOST_PLACES:  # type: ignore[operator]
        raise AnswerTooFine(name=asked.id, label=asked.label, text=text[:40], places=MOST_PLACES)
    number, unit = Decimal(value), asked.unit
    if asked.kind is AskedKind.MONEY:
        number = number / 100
    least = asked.least if asked.least is not None else Decimal(0)
    most = asked.most or LARGEST_COUNT
    if not least <= number <= most:
        raise AnswerOutOfRange(name=asked.id, label=asked.label, text=text, range=f"{least} 到 {most} {unit}".strip())


def _day(text: str) -> str:
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year, month, day = (int(part) for part in found.groups() if part)
    return date(year, month, day).isoformat()


def _month(text: str) -> int:
    found = Month.parse(text)
    if found.year < EARLIEST_YEAR:
        raise ValueError(text)
    return found.number


def _count(text: str) -> int:
    plain = text.replace(",", "").replace("，", "")
    if not (plain.isascii() and plain.isdigit()):
        raise ValueError(text)
    return int(plain)


def _decimal(text: str) -> str:
    if not re.fullmatch(r"-?[\d,]+(\.\d+)?", text, re.ASCII):
        raise ValueError(text)
    number = Decimal(text.replace(",", ""))
    return format(number.normalize() if number else Decimal(0), "f")


def _money(text: str) -> int:
    if len(text) > 20:
        raise ValueError(text)
    return Quantity.parse(text, "元").fen


def _flag(text: str) -> bool:
    lowered = text.lower()
    if lowered in _YES:
        return True
    if lowered in _NO:
        return False
    raise ValueError(text)


_READERS: Mapping[AskedKind, Callable[[str], Any]] = {
    AskedKind.DAY: _day,
    AskedKind.MONTH: _month,
    AskedKind.COUNT: _count,
    AskedKind.DECIMAL: _decimal,
    AskedKind.MONEY: _money,
    AskedKind.FLAG: _flag,
}
_NUMBER_READERS: Mapping[SecretKind, Callable[[str], str]] = {
    SecretKind.PHONE: read_phone,
    SecretKind.ID_NUMBER: lambda text: read_identity_number(text).text,
    SecretKind.ACCOUNT: read_account_number,
}
_MASKS: Mapping[SecretKind, Callable[[str], str]] = {
    SecretKind.PHONE: mask_phone,
    SecretKind.ID_NUMBER: mask_identity_number,
    SecretKind.ACCOUNT: mask_account,
}
