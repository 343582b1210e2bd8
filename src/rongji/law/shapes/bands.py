"""Grade bands: from which score on a self-evaluation is 优, 良, 中 or 差."""

from dataclasses import dataclass
from decimal import Decimal

from rongji.law.fields import Fields


@dataclass(frozen=True, slots=True)
class GradeBand:
    """One grade: from `lower` (belongs to it) up to `upper`, which belongs to it only in the highest grade.

    In the whole-number form both ends belong to the grade.
    """

    grade: str
    lower: Decimal
    upper: Decimal
    upper_included: bool
    aliases: tuple[str, ...] = ()

    def holds(self, score: Decimal) -> bool:
        """Whether that score falls into this grade."""
        return self.lower <= score and (score <= self.upper if self.upper_included else score < self.upper)

    @property
    def words(self) -> tuple[str, ...]:
        """Every word a form may print for this grade."""
        return (self.grade, *self.aliases)


def read_bands(value: Fields, keys: tuple[str, ...]) -> tuple[GradeBand, ...]:
    """The bands of one row, best first."""
    bands = tuple(_band(item) for item in value.each("bands"))
    value.finish()
    words = [word for band in bands for word in band.words]
    if len(set(words)) != len(words):
        value.wrong("同一个等次词出现在两个等次里")
    return bands


def _band(item: Fields) -> GradeBand:
    found = GradeBand(
        grade=item.text("grade"),
        lower=item.exact("lower"),
        upper=item.exact("upper"),
        upper_included=item.flag("upper_included", default=False),
        aliases=item.texts("aliases"),
    )
    item.finish()
    if found.lower > found.upper:
        item.wrong(f"“{found.grade}”的下限大于上限")
    return found
