"""Numbers that lead to a person: how they look when they are masked, and where they stand in free words.

One recogniser for what is kept and for what goes out. What is kept is altered for good, so only what is certain is
covered there: an identity number by its check digit, a card by its own (Luhn), a mobile number, a landline with its
area code. What goes out errs on the other side: whatever has the length of such a number is covered, too.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rongji.kernel.bank_card import has_card_check_digit
from rongji.kernel.identity_number import LENGTH as IDENTITY_PLACES
from rongji.kernel.identity_number import IdentityNumberUnfit, read_identity_number

_RUN = re.compile(r"\d(?:[\s\-－–—·.)）\u200b\ufeff]{0,3}\d)*(?:[\s\-－]?[XxＸｘ](?![A-Za-z]))?")
_LONG = re.compile(r"(?<![\da-f])(?:\d{17}[XxＸｘ]|\d{15,19}|[1１][3-9３-９]\d{9})(?![\da-f])")
_MOBILE = re.compile(r"(?:(?:00)?86)?(1[3-9]\d{9})")
_LANDLINE = re.compile(r"(?:0(?:10|2\d)\d{8}|0[3-9]\d{2}\d{7,8})")
_CARD = re.compile(r"(?!20)[2-9]\d{15,18}")
_CLOSING = re.compile("[)）]")
_FEWEST_TOGETHER = 3
_AREA_PLACES, _COUNTRY = (3, 4), ("86", "0086")
_FEWEST_PLACES, _MOST_PLACES, _MOST_GROUPS = 11, 19, 18
_HEADS = {False: 3, True: 6}
_PHONE_PLACES, _TAIL = 12, 4


def mask_identity_number(number: str) -> str:
    """430621********1234: the area and the last four places."""
    return _masked(number, _HEADS[True])


def mask_phone(number: str) -> str:
    """138****1234."""
    return _masked(number, _HEADS[False])


def mask_account(tail: str) -> str:
    """Only the last four digits, as every receipt prints them."""
    return f"**** {tail[-_TAIL:]}" if tail else ""


def cover_numbers_in(text: str, *, only_identity: bool = False) -> str:
    """Free words as they are kept: numbers that certainly lead to a person are masked, however they were set apart.

    only_identity: in words that hold numbers of desks, documents or things, where only identity numbers are masked.
    Does not cover: landlines without area code, passbooks, numbers run together with other digits; 12345, 400 and 95
    numbers are nobody's.
    """
    kinds = (_identity,) if only_identity else (_identity, _phone, _card)
    pieces, last = [], 0
    for found in _RUN.finditer(text):
        for start, end, plain in _numbers_of(found, kinds):
            first = start - _opens(text, start, end)
            pieces += [text[last:first], _masked(plain, _HEADS[len(plain) > _PHONE_PLACES])]
            last = end
    return "".join([*pieces, text[last:]]) if pieces else text


def mask_numbers_in(text: str) -> str:
    """Free words as they go out: what is certain, and whatever has the length of a person's number.

    Does not cover: numbers of documents, which are shorter or hold letters; runs of digits within a digest.
    """
    masked = _LONG.sub(lambda found: _masked(found[0], _HEADS[len(found[0]) > _PHONE_PLACES]), text)
    return cover_numbers_in(masked)


def _opens(text: str, start: int, end: int) -> int:
    """How many signs before a number belong to it: the bracket of an area code, the plus of a country's."""
    before, number = text[max(0, start - 1) : start], text[start:end]
    is_open = before in ("(", "（") and _CLOSING.search(number)
    return int(bool(is_open) or (before in ("+", "＋") and number.startswith(_COUNTRY)))


@dataclass(frozen=True, slots=True)
class _Group:
    """Digits that stand together: where, and plainly."""

    start: int
    end: int
    plain: str


_Kind = Callable[[list[_Group]], str]


def _numbers_of(run: re.Match[str], kinds: tuple[_Kind, ...]) -> Iterator[tuple[int, int, str]]:
    """The numbers within digits that nothing but blanks and dashes sets apart, from left to right, longest first."""
    groups = [
        _Group(run.start() + part.start(), run.start() + part.end(), _plain(part[0]))
        for part in re.finditer(r"\d+[XxＸｘ]?", run[0])
    ]
    first = 0
    while first < len(groups):
        ends = range(min(len(groups), first + _MOST_GROUPS), first, -1)
        last, plain = next(((end, plain) for end in ends if (plain := _number(groups[first:end], kinds))), (0, ""))
        if plain:
            yield groups[first].start, groups[last - 1].end, plain
        first = last or first + 1


def _number(groups: list[_Group], kinds: tuple[_Kind, ...]) -> str:
    """The number that groups of digits make together, empty when they make none."""
    places = sum(len(group.plain) for group in groups)
    if not _FEWEST_PLACES <= places <= _MOST_PLACES:
        return ""
    return next((plain for read in kinds if (plain := read(groups))), "")


def _identity(groups: list[_Group]) -> str:
    """By date of birth and check digit, however its digits are set apart."""
    plain = _joined(groups)
    if len(plain) != IDENTITY_PLACES:
        return ""
    try:
        return read_identity_number(plain).text
    except IdentityNumberUnfit:
        return ""


def _phone(groups: list[_Group]) -> str:
    """A mobile number, the country's code left out; a landline whose area code is told."""
    plain = _joined(groups).removesuffix("X")
    mobile = _MOBILE.fullmatch(plain)
    if mobile:
        own = [group for group in groups if group.plain not in _COUNTRY]
        return mobile[1] if _stands_together(own) else ""
    is_apart = len(groups) > 1 and len(groups[0].plain) not in _AREA_PLACES
    return plain if _LANDLINE.fullmatch(plain) and not is_apart and _stands_together(groups) else ""


def _card(groups: list[_Group]) -> str:
    """By its check digit; numbers of documents begin with a year or a one."""
    plain = _joined(groups).removesuffix("X")
    is_card = _CARD.fullmatch(plain) and has_card_check_digit(plain)
    return plain if is_card and _stands_together(groups) else ""


def _stands_together(groups: list[_Group]) -> bool:
    """Whether no group is so short that the whole may be a list of small numbers."""
    return len(groups) == 1 or all(len(group.plain) >= _FEWEST_TOGETHER for group in groups)


def _joined(groups: list[_Group]) -> str:
    return "".join(group.plain for group in groups)


def _plain(digits: str) -> str:
    """Narrow digits, whatever script they were typed in."""
    return "".join(
        str(unicodedata.digit(sign)) if sign.isdigit() else unicodedata.normalize("NFKC", sign).upper()
        for sign in digits
    )


def _masked(number: str, head: int) -> str:
    hidden = len(number) - head - _TAIL
    if hidden <= 0:
        return "*" * len(number)
    return f"{number[:head]}{'*' * hidden}{number[-_TAIL:]}"
