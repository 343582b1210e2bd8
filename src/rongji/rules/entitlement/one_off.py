"""What rules of one-off benefits give back, and how they read the law: an amount with its rows and its arithmetic."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from rongji.kernel.fen import half_up_share, yuan
from rongji.law.model import Lawbook, Row, Trust
from rongji.law.values import as_of, find, tables_named
from rongji.rules.entitlement.one_off_refusals import KeyOfStandardWrong, NegativeAmount, UnknownWord

PERCENT = 100


@dataclass(frozen=True, slots=True)
class OneOff:
    """One amount owed once.

    Unit: fen. rows: the rows of law it was reckoned with; steps: the arithmetic in words, in order.
    """

    fen: int
    rows: tuple[Row, ...]
    steps: tuple[str, ...]

    @property
    def standards(self) -> tuple[str, ...]:
        """The rows as a grant stores them: table#number, a local table with its region in front."""
        return tuple(dict.fromkeys(reference(row) for row in self.rows))

    @property
    def trust(self) -> Trust:
        """The weakest trust word among the rows."""
        return max((row.trust for row in self.rows), key=lambda trust: trust.rank, default=Trust.OFFICIAL)

    @property
    def words(self) -> str:
        """The arithmetic in one line."""
        return "；".join(self.steps)


@dataclass(frozen=True, slots=True)
class Reading:
    """The law as one computation reads it: in force on one day, known on another, in one region."""

    on: date
    known_on: date
    region: str = ""
    law: Lawbook | None = None

    def row(self, table: str, **keys: str) -> Row:
        """The row in force. Raises: NoValueInForce."""
        return as_of(table, on=self.on, known_on=self.known_on, region=self.region, law=self.law, **keys)

    def maybe(self, table: str, **keys: str) -> Row | None:
        """The row in force, or None."""
        return find(table, on=self.on, known_on=self.known_on, region=self.region, law=self.law, **keys)

    def worded(self, table: str, what: str, **keys: str) -> Row:
        """As `row`; a word that no table has is refused with those there are. what: the key in Chinese.

        Raises: UnknownWord, NoValueInForce.
        """
        self.check_word(table, what, **keys)
        return self.row(table, **keys)

    def standard(self, table: str, standard_key: str) -> Row:
        """A standard by the words of its key joined by `|` (因战|5).

        Raises: KeyOfStandardWrong, UnknownWord, NoValueInForce.
        """
        named = tables_named(table, region=self.region, law=self.law)[0]
        words = tuple(standard_key.split("|"))
        if len(words) != len(named.keys):
            raise KeyOfStandardWrong(label=named.label, example="|".join(next(iter(named.by_key))), given=standard_key)
        return self.worded(table, "档次", **dict(zip(named.keys, words, strict=True)))

    def check_word(self, table: str, what: str, **keys: str) -> None:
        """Refuse keys that no table of that id has, in this region or the nation. Raises: UnknownWord."""
        tables = tables_named(table, region=self.region, law=self.law)
        asked = tuple(keys[name] for name in tables[0].keys)
        known = dict.fromkeys(key for item in tables for key in item.by_key)
        if asked not in known:
            offered = "、".join("·".join(key) for key in known)
            raise UnknownWord(label=tables[0].label, what=what, word="·".join(asked), known=offered)


def reference(row: Row) -> str:
    """A row in the form in which a grant stores it: 420100/standards.discharge_grant#2."""
    place = f"{row.region}/" if row.region else ""
    return f"{place}{row.table}#{row.number}"


def half_up(exact: Fraction) -> int:
    """An exact number of fen as whole fen.

    Rounding: half away from zero, once.
    """
    return half_up_share(exact.numerator, 1, exact.denominator)


def share_of(fen: int, percent: Any) -> int:
    """A percentage of an amount, in whole fen.

    Rounding: half up, once.
    """
    return half_up(Fraction(fen) * Fraction(percent) / PERCENT)


def money(fen: int) -> str:
    """An amount as the arithmetic writes it: 947,620.00元."""
    return f"{yuan(fen)}元"


def refuse_negative(**amounts: int | None) -> None:
    """Refuse amounts below zero; the names are what the clerk sees.

    Raises: NegativeAmount.
    """
    for name, amount in amounts.items():
        if amount is not None and amount < 0:
            raise NegativeAmount(what=name, amount=yuan(amount))
