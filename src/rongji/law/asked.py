"""What a form asks for: a field as case kinds and registers declare it, one shape for both."""

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Asked:
    """One field that is asked for.

    unit: of a count, decimal or amount of money. choices: the words to choose from. of: of a record, its register.
    public: whether the form of the public window asks for it, too. most: longest text, or largest number.
    aliases: other headings that its column has in tables.
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
        found[asked.id] = asked
    return tuple(found.values())


def _asked(item: Fields) -> Asked:
    kind = item.choice("kind", AskedKind)
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
    )
    item.finish()
    if asked.unit and asked.unit not in UNITS and asked.unit != DEGREE:
        item.wrong(f"计量单位“{asked.unit}”不在单位表内")
    if len(set(asked.choices)) != len(asked.choices):
        item.wrong(f"字段“{asked.id}”的可选词有重复")
    return asked
