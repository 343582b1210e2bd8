"""What a form asks for: a field as case kinds and registers declare it, one shape for both."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from rongji.kernel.units import UNITS
from rongji.law.fields import Fields

LONGEST_TEXT, LONGEST_LONG = 120, 4000
DEGREE = "度"
"""Unit of a coordinate: asked for, but nothing that reports count in, so it is none of UNITS."""


class AskedKind(StrEnum):
    """How a field is answered, and what is stored of it (plain JSON)."""

    TEXT = "text"  # str
    LONG = "long"  # str
    DAY = "day"  # "2024-10-01"
    MONTH = "month"  # 202410
    COUNT = "count"  # int ≥ 0
    DECIMAL = "decimal"  # "4.5", exact
    MONEY = "money"  # int, fen
    CHOICE = "choice"  # the word itself
    FLAG = "flag"  # true / false
    PERSON = "person"  # id of a person of the register
    STATION = "station"  # code of an organisation
    RECORD = "record"  # id of a record of the register named in `of`
    SECRET = "secret"  # a personal number (`number`), sealed by whoever stores it: see accounts.sealed_numbers


class SecretKind(StrEnum):
    """Numbers of persons that are masked until somebody says why they are needed."""

    ID_NUMBER = "id_number"
    PHONE = "phone"
    ACCOUNT = "account"


SECRET_LABELS = {SecretKind.ID_NUMBER: "身份证号", SecretKind.PHONE: "联系电话", SecretKind.ACCOUNT: "账号"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One field that is asked for.

    unit: of a count, decimal or amount of money. choices: the words to choose from. of: of a record, its register.
    public: whether the form of the public window asks for it, too. most: longest text, or largest number.
    aliases: other headings that its column has in tables. number: of a secret, which one.
    open_numbers: free words that hold numbers of desks, documents or things, not of persons; they are kept as typed.
    when: field → words: answered only where that field has one of them, and needed only there.
    """

    id: str
    label: str
    kind: AskedKind
    is_needed: bool = True
    hint: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()
    of: str = ""
    most: int = 0
    least: Decimal | None = None
    public: bool = True
    aliases: tuple[str, ...] = ()
    number: SecretKind | None = None
    open_numbers: bool = False
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    @property
    def is_always_needed(self) -> bool:
        """Whether it must be answered whatever else is said."""
        return self.is_needed and not self.when

    @property
    def longest(self) -> int:
        """The longest text that is kept."""
        return self.most or (LONGEST_LONG if self.kind is AskedKind.LONG else LONGEST_TEXT)


def read_asked(fields: Fields, name: str = "fields", *, required: bool = True) -> tuple[Asked, ...]:
    """The fields of a declaration, in order; two of one id are noted."""
    found: dict[str, Asked] = {}
    for item in fields.each(name, required=required):
        asked = _asked(item)
        if asked.id in found:
            item.wrong(f"字段“{asked.id}”写了两次")
        for sentence in _unfit_when(asked, found):
            item.wrong(sentence)
        found[asked.id] = asked
    return tuple(found.values())


def _unfit_when(asked: Asked, before: Mapping[str, Asked]) -> Iterator[str]:
    """A field waits for a choice that is asked for before it."""
    for name, words in asked.when.items():
        offered = before[name].choices if name in before else ()
        for word in sorted(set(words) - set(offered)):
            yield f"字段“{asked.id}”的条件：前面没有可选“{word}”的字段“{name}”"


def _asked(item: Fields) -> Asked:
    kind = item.choice("kind", AskedKind)
    when = item.part("when", required=False)
    asked = Asked(
        id=item.text("id"),
        label=item.text("label"),
        kind=kind,
        is_needed=item.flag("needed", default=True),
        hint=item.text("hint", required=False),
        unit=item.text("unit", required=kind in (AskedKind.COUNT, AskedKind.DECIMAL))
        or ("元" if kind is AskedKind.MONEY else ""),
        choices=item.texts("choices", required=kind is AskedKind.CHOICE),
        of=item.text("of", required=kind is AskedKind.RECORD),
        most=item.whole("most", default=0),
        least=item.number("least", required=False),
        public=item.flag("public", default=True),
        aliases=item.texts("aliases"),
        number=item.choice("number", SecretKind) if kind is AskedKind.SECRET else None,
        open_numbers=item.flag("open_numbers", default=False),
        when={name: when.texts(name, required=True) for name in when.content} if when else {},
    )
    item.finish()
    if asked.open_numbers and kind not in (AskedKind.TEXT, AskedKind.LONG):
        item.wrong(f"字段“{asked.id}”不是文字，不用写 open_numbers")
    if asked.unit and asked.unit not in UNITS and asked.unit != DEGREE:
        item.wrong(f"计量单位“{asked.unit}”不在单位表内")
    if len(set(asked.choices)) != len(asked.choices):
        item.wrong(f"字段“{asked.id}”的可选词有重复")
    return asked
