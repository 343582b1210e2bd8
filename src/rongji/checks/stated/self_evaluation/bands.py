"""等次标准: the bands of grades in force, read from the law's own table without loading the whole of the law."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import yaml

from rongji.law.locate import find_legal

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml: slower, same result
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Band:
    """The scores of one grade. words: under which it is printed, its own name first."""

    words: tuple[str, ...]
    lower: Decimal
    upper: Decimal
    upper_included: bool

    @property
    def grade(self) -> str:
        """Its name."""
        return self.words[0]

    def holds(self, score: Decimal) -> bool:
        """Whether a score earns this grade."""
        return self.lower <= score and (score < self.upper or (self.upper_included and score == self.upper))


@lru_cache(maxsize=8)
def bands(year: int | None) -> tuple[Band, ...]:
    """The bands in which scores of that budget year are graded, in the year after; the latest without a year."""
    rows = [row for row in _rows() if row["form"] == "continuous"]
    known = [row for row in rows if year is None or row["effective"].year <= year + 1] or rows[:1]
    return tuple(
        Band(
            (item["grade"], *item["aliases"]),
            _exact(item["lower"]),
            _exact(item["upper"]),
            bool(item.get("upper_included")),
        )
        for item in known[-1]["value"]["bands"]
    )


def band_of_word(word: str, year: int | None) -> Band | None:
    """The band that a printed grade means, None for an unknown word."""
    return next((band for band in bands(year) if word in band.words), None)


def band_of_score(score: Decimal, year: int | None) -> Band | None:
    """The band that a score falls in, None for a score outside all of them."""
    return next((band for band in bands(year) if band.holds(score)), None)


@lru_cache(maxsize=1)
def grade_words() -> tuple[str, ...]:
    """Every word for a grade, the longest first."""
    words = {word for band in bands(None) for word in band.words}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@lru_cache(maxsize=1)
def _rows() -> list[dict[str, Any]]:
    text = (find_legal() / "scoring" / "grade_bands.yaml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = yaml.load(text, Loader=_Loader)["rows"]
    return sorted(rows, key=lambda row: row["effective"])


def _exact(value: int | str) -> Decimal:
    return Decimal(str(value))
