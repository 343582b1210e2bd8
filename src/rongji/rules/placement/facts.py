"""What is known of a soldier to be placed: service, merits, disability, postings, skills."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

SERVICE, RANK, COMPOSED = "服役年限", "军衔", "合成"
PEACE, WAR, OPERATION = "平时奖励", "战时奖励", "重大非战争军事行动奖励"

Stretch = tuple[date, date]
"""First and last day of a period of service, both included."""


def stretches_text(stretches: Iterable[Stretch]) -> str:
    """2009-12-01 至 2014-11-30、2016-09-01 至 2021-11-30."""
    return "、".join(f"{first} 至 {last}" for first, last in stretches)


@dataclass(frozen=True, slots=True)
class ScoredFact:
    """Something that a scoring table may give points for: an item with its degree, how often, or from when to when.

    item, degree: words of `placement.points` (平时奖励·三等功, 海岛·一类). first_on, last_on: both included.
    """

    item: str
    degree: str
    count: int = 1
    first_on: date | None = None
    last_on: date | None = None

    @property
    def name(self) -> str:
        """平时奖励·三等功."""
        return f"{self.item}·{self.degree}" if self.degree else self.item

    @property
    def honours(self) -> tuple[str, ...]:
        """The words by which it may be an honour: 荣誉称号 is an item, and a degree of 战时奖励."""
        return (self.item, self.degree)


@dataclass(frozen=True, slots=True)
class Soldier:
    """A soldier as the scoring needs them.

    enlisted_on: day of the first approval of enlistment; discharged_on: day of the last discharge order, both included
    in the service. soldier: 军士 or 义务兵. year, season: of the discharge; they choose the scoring version. stretches:
    first and last day of each period of somebody enlisted more than once, oldest first; empty for a single period.
    """

    enlisted_on: date
    discharged_on: date
    soldier: str
    year: int
    season: str
    facts: tuple[ScoredFact, ...] = ()
    stretches: tuple[Stretch, ...] = ()

    @property
    def periods(self) -> tuple[Stretch, ...]:
        """First and last day of every period of service, oldest first."""
        return self.stretches or ((self.enlisted_on, self.discharged_on),)

    @property
    def season_label(self) -> str:
        """2021年秋冬季."""
        return f"{self.year}年{self.season}"
