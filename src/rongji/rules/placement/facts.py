"""What is known of a soldier to be placed: service, merits, disability, postings, skills."""

from dataclasses import dataclass
from datetime import date

SERVICE, RANK = "服役年限", "军衔"
PEACE, WAR, OPERATION = "平时奖励", "战时奖励", "重大非战争军事行动奖励"


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

    enlisted_on: day of the approval of enlistment; discharged_on: day of the discharge order, both included in the
    service. soldier: 军士 or 义务兵. year, season: of the discharge; they choose the scoring version.
    """

    enlisted_on: date
    discharged_on: date
    soldier: str
    year: int
    season: str
    facts: tuple[ScoredFact, ...] = ()

    @property
    def season_label(self) -> str:
        """2021年秋冬季."""
        return f"{self.year}年{self.season}"
