"""The fields of a form: their words, how they are typed, and how what was typed is read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from rongji.kernel.month import Month, NotAMonth
from rongji.kernel.quantity import Quantity
from rongji.kernel.refusal import Refusal

LONGEST = 120
_DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")
_PARTED_OR_EIGHT = re.compile(r"\d{8}|\d{4}\D\d{1,2}\D\d{1,2}日?")


class FieldRefused(Refusal):
    """What was typed in one field; `name` says in which."""

    code = "form-field-refused"
    sentence = "“{label}”填写有误，请改正。"


class FieldMissing(FieldRefused):
    """A field that must be filled in and is not."""

    code = "form-field-missing"
    sentence = "请填写“{label}”。"


class FieldUnreadable(FieldRefused):
    """Text that is not what the field asks for."""

    code = "form-field-unreadable"
    sentence = "“{label}”填的“{text}”不是{what}，请按 {example} 的样子填写。"


class FieldTooLong(FieldRefused):
    """More text than is kept."""

    code = "form-field-too-long"
    sentence = "“{label}”最多 {most} 个字，现在是 {count} 个字，请缩短。"


class NotOffered(FieldRefused):
    """A choice that is not, or no longer, among those offered."""

    code = "form-choice-not-offered"
    sentence = "“{label}”选的不在现在可选的范围内，请重新选择。"


class FieldKind(StrEnum):
    """How a field is typed."""

    TEXT = "text"
    LONG = "long"
    DAY = "day"
    MONTH = "month"
    COUNT = "count"
    MONEY = "money"
    CHOICE = "choice"
    SECRET = "secret"


EXAMPLES = {
    FieldKind.DAY: ("日期", "2024-10-01"),
    FieldKind.MONTH: ("月份", "2024-10"),
    FieldKind.COUNT: ("整数", "8"),
    FieldKind.MONEY: ("金额", "1234.50"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose. group: the heading under which it stands, empty for none."""

    value: str
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field. initial: what stands in it at first; a secret is never shown again, not even after a refusal."""

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    is_needed: bool = True
    hint: str = ""
    initial: str = ""
    choices: Sequence[Choice] = field(default=())
    most: int = LONGEST

    def read(self, typed: str) -> Any:
        """What was typed as the service takes it; None (text: empty) for nothing.

        Raises: FieldMissing, FieldTooLong, FieldUnreadable, NotOffered.
        """
        text = typed.replace("\x00", "").strip()
        if not text:
            if self.is_needed:
                raise FieldMissing(name=self.name, label=self.label)
            return "" if self.kind in (FieldKind.TEXT, FieldKind.LONG, FieldKind.CHOICE, FieldKind.SECRET) else None
        if len(text) > self.most:
            raise FieldTooLong(name=self.name, label=self.label, most=self.most, count=len(text))
        if self.kind is FieldKind.CHOICE:
            return self._chosen(text)
        try:
            return _READERS[self.kind](text)
        except (ValueError, Refusal):
            what, example = EXAMPLES[self.kind]
            raise FieldUnreadable(name=self.name, label=self.label, text=text, what=what, example=example) from None

    def _chosen(self, text: str) -> str:
        if text not in {choice.value for choice in self.choices}:
            raise NotOffered(name=self.name, label=self.label)
        return text


def read_all(fields: Sequence[Field], typed: Mapping[str, str]) -> dict[str, Any]:
    """Every field, in order. Raises: FieldRefused of the first that cannot be read."""
    return {item.name: item.read(typed.get(item.name, "")) for item in fields}


def _day(text: str) -> date:
    """2024-10-1, 2024/10/1, 2024.10.1, 2024年10月1日 or 20241001."""
    if not _PARTED_OR_EIGHT.fullmatch(text):
        raise ValueError(text)
    found = re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text) or _DAY.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return date(int(found[1]), int(found[2]), int(found[3]))


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise ValueError(text)
    return int(text)


def _fen(text: str) -> int:
    if len(text) > 20:
        raise ValueError(text)
    return Quantity.parse(text, "元").fen


def _month(text: str) -> Month:
    found = Month.parse(text)
    if found.year < 1900:
        raise NotAMonth(text=text)
    return found


_READERS: dict[FieldKind, Any] = {
    FieldKind.TEXT: str,
    FieldKind.LONG: str,
    FieldKind.SECRET: str,
    FieldKind.DAY: _day,
    FieldKind.MONTH: _month,
    FieldKind.COUNT: _count,
    FieldKind.MONEY: _fen,
}
