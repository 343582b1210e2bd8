"""Calendar months: what benefits are owed for, counted as whole numbers so that engines can reckon with them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rongji.kernel.refusal import Refusal

MONTHS_A_YEAR = 12
_TEXT = re.compile(r"(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*月?")


class NotAMonth(Refusal):
    """A text that should name a month and does not."""

    code = "not-a-month"
    sentence = "“{text}”不是月份，请写成 2024-10 的形式。"
    exit_code = 2


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One calendar month. index: months since year 0 (year × 12 + month − 1), the form in which engines count."""

    index: int

    @classmethod
    def of(cls, year: int, month: int) -> "Month":
        """The month of a year. Raises: NotAMonth."""
        if not (1 <= month <= MONTHS_A_YEAR and 1 <= year <= 9999):
            raise NotAMonth(text=f"{year}-{month}")
        return cls(year * MONTHS_A_YEAR + month - 1)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read 2024-10, 202410, 2024/10, 2024.10 or 2024年10月. Raises: NotAMonth."""
        found = _TEXT.fullmatch(text.strip())
        if not found:
            raise NotAMonth(text=text)
        return cls.of(int(found[1]), int(found[2]))

    @classmethod
    def from_number(cls, number: int) -> "Month":
        """From its stored form, 202410. Raises: NotAMonth."""
        return cls.of(number // 100, number % 100)

    @classmethod
    def from_day(cls, day: date) -> "Month":
        """The month in which a day lies."""
        return cls(day.year * MONTHS_A_YEAR + day.month - 1)

    @property
    def year(self) -> int:
        """Calendar year."""
        return self.index // MONTHS_A_YEAR

    @property
    def month(self) -> int:
        """1 to 12."""
        return self.index % MONTHS_A_YEAR + 1

    @property
    def number(self) -> int:
        """The stored form, 202410."""
        return self.year * 100 + self.month

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return (self + 1).first_day - timedelta(days=1)

    @property
    def label(self) -> str:
        """The month as a notice prints it."""
        return f"{self.year}年{self.month}月"

    def __add__(self, months: int) -> "Month":
        return Month(self.index + months)

    def __sub__(self, months: int) -> "Month":
        return Month(self.index - months)

    def until(self, last: "Month") -> Iterator["Month"]:
        """This month and every one up to and including `last`."""
        return (Month(index) for index in range(self.index, last.index + 1))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"
