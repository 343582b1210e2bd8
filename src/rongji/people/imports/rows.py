"""One row of a roster as it was understood, and which rows are no persons."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rongji.kernel.month import Month
from rongji.people.imports.cells import MaskedNumber, plain_text
from rongji.people.imports.headings import Bound
from rongji.people.imports.source import Values
from rongji.people.imports.words import Words, squeezed
from rongji.people.types import Sex

_LEAST_ID = 15
_SHORTEST_ID = 11  # what is shorter under the heading of ID numbers may be a count, a mark or a word
_MOSTLY = 3  # of so many parts all but one must be headings again


class Aside(StrEnum):
    """Rows that are no persons, left out knowingly and counted."""

    BLANK = "blank"
    TOTAL = "total"
    SIGNATURE = "signature"
    HEADING = "heading"
    NOTE = "note"
    NUMBERING = "numbering"
    LONE = "lone"


ASIDE_LABELS = {
    Aside.BLANK: "空行",
    Aside.TOTAL: "合计行",
    Aside.SIGNATURE: "签字落款行",
    Aside.HEADING: "重复的表头行",
    Aside.NOTE: "说明行",
    Aside.NUMBERING: "栏号行",
    Aside.LONE: "只有一格内容的行",
}


@dataclass(slots=True)
class RosterRow:
    """A person as one row tells; what it does not tell is empty and changes nothing.

    category: code; by_month: columns whose day was told to the month only; masked: numbers shown with stars by column.
    village: township and village in one; benefit_from: first month that is paid.
    """

    sheet: str
    row: int
    name: str = ""
    number: str = ""
    id_number: str = ""
    sex: Sex | None = None
    born_on: date | None = None
    category: str = ""
    grade: int = 0
    cause: str = ""
    enlisted_on: date | None = None
    discharged_on: date | None = None
    service_years: int = 0
    unit_kind: str = ""
    discharge_kind: str = ""
    bank: str = ""
    account: str = ""
    account_kind: str = ""
    holder: str = ""
    phone: str = ""
    village: str = ""
    address: str = ""
    approved_on: date | None = None
    benefit_from: Month | None = None
    ended_on: date | None = None
    died_on: date | None = None
    decision: str = ""
    registration: str = ""
    employment: str = ""
    insurance: str = ""
    health: str = ""
    remark: str = ""
    by_month: tuple[str, ...] = ()
    masked: dict[str, MaskedNumber] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Where the row stands."""
        return f"工作表“{self.sheet}”第{self.row}行"


def aside(values: Values, bound: Bound, words: Words) -> Aside | None:
    """What a row is when it is no person, None when it is one."""
    number = _at(values, bound.positions.get("id_number"))
    if isinstance(number, str) and len(number) >= _LEAST_ID and _at(values, bound.positions.get("name")):
        return None
    filled = [(index, value) for index, value in enumerate(values) if _is_filled(value)]
    if not filled:
        return Aside.BLANK
    texts = [squeezed(plain_text(value)) for _, value in filled]
    if _is_heading(filled, texts, bound):
        return Aside.HEADING
    if len(squeezed(str(number))) >= _SHORTEST_ID:
        return None
    return _without_number(filled, texts, bound, words)


def _without_number(filled: Sequence[tuple[int, object]], texts: list[str], bound: Bound, words: Words) -> Aside | None:
    first = unicodedata.normalize("NFKC", str(filled[0][1])).strip()
    if any(_is_total(text, words) for text in texts[:3]):
        return Aside.TOTAL
    if _is_numbering(texts, words):
        return Aside.NUMBERING
    if _starts_with_colon(first, words.notes) or (squeezed(first) in words.notes and filled[0][0] == 0):
        return Aside.NOTE
    told = [unicodedata.normalize("NFKC", str(value)).strip() for _, value in filled]
    if any(_is_signature(text, words) for text in told):
        return Aside.SIGNATURE
    bound_cells = [index for index, _ in filled if index in bound.positions.values()]
    if not bound_cells and all(text.isdigit() for text in texts):
        return Aside.BLANK  # serial numbers filled in beforehand
    return Aside.LONE if len(filled) == 1 and filled[0][0] != bound.positions.get("name") else None


def _at(values: Values, index: int | None) -> object:
    return values[index] if index is not None and index < len(values) else ""


def _is_filled(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _is_heading(filled: Sequence[tuple[int, object]], texts: list[str], bound: Bound) -> bool:
    places = zip(filled, texts, strict=True)
    same = sum(text in bound.headings.get(index, ()) for (index, _), text in places)
    return len(filled) >= _MOSTLY and same * _MOSTLY >= len(filled) * (_MOSTLY - 1)


def _is_total(text: str, words: Words) -> bool:
    plain = re.sub(r"[\d人户名元]+$", "", text)
    return plain in words.totals or (len(plain) <= 12 and plain.endswith(("合计", "小计", "总计")))


def _is_numbering(texts: list[str], words: Words) -> bool:
    if texts[0] in words.numbering:
        return True
    return len(texts) >= _MOSTLY and texts == [str(number) for number in range(1, len(texts) + 1)]


def _starts_with_colon(text: str, openings: frozenset[str]) -> bool:
    head = re.split(r"[:：1一]", text, maxsplit=1)[0].strip()
    return head != text and squeezed(head) in openings


def _is_signature(text: str, words: Words) -> bool:
    head, colon, _ = text.partition(":")
    plain = squeezed(head)
    return any(plain == word or (colon and plain.endswith(word)) for word in words.signatures)
