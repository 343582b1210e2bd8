"""The text that is being read, as printed and in its plain form, and how a reading of it is made."""

from dataclasses import dataclass
from decimal import Decimal

from rongji.kernel.quantity import Quantity
from rongji.kernel.reading.model import Reading, ReadingKind
from rongji.kernel.reading.plain import plain

GAP = r"[ \n]{0,3}"  # what may stand between a number and its unit: spaces, or the end of a line


@dataclass(frozen=True, slots=True)
class Source:
    """A text, its plain form of the same length, and the unit that a table gives to its bare numbers."""

    raw: str
    plain: str
    unit_name: str = ""

    @classmethod
    def of(cls, text: str, unit_name: str = "") -> "Source":
        """The text, made ready for reading."""
        return cls(text, plain(text), unit_name)

    def reading(
        self,
        start: int,
        end: int,
        kind: ReadingKind,
        *,
        number_end: int | None = None,
        quantity: Quantity | None = None,
        upper: Quantity | None = None,
        vague: str = "",
        year: int | None = None,
        period: tuple[int, int] | None = None,
        unit_given: bool = True,
        joined: bool = False,
        trouble: str = "",
    ) -> Reading:
        """The reading of a stretch of the text."""
        return Reading(
            start,
            end,
            end if number_end is None else number_end,
            self.raw[start:end],
            kind,
            quantity,
            upper,
            vague,
            year,
            unit_given,
            trouble,
            period,
            joined,
        )

    def before(self, start: int, floor: int) -> str:
        """The last character before `start` that is no space on the same line; empty at the beginning of a line."""
        while start > floor and self.plain[start - 1] == " ":
            start -= 1
        char = self.plain[start - 1 : start]
        return "" if char == "\n" else char

    def starts_item(self, start: int) -> bool:
        """Whether a list item may begin there: at the start of a line, or after punctuation."""
        return self.before(start, 0) in _BEFORE_ITEMS


_BEFORE_ITEMS = frozenset(["", *"。；;:！!？?，,、|…“”\"'>"])


def decimal_of(digits: str) -> tuple[Decimal, int]:
    """The value of plain digits (separators and spaces left out), and how many decimals are printed."""
    clean = "".join(char for char in digits if char in "0123456789.")
    return Decimal(clean), len(clean.partition(".")[2])
