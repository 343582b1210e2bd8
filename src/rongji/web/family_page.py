"""A family as its page and the pages of its members show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rongji.kernel.month import Month
from rongji.people.selectors import identities_known
from rongji.people.selectors.families import FamilyFile, FamilyMemberRow
from rongji.web.people_words import category_label
from rongji.web.person_page import basis_of, days

KIND_LABELS = {"household": "户口", "martyr": "烈士家庭", "conscript": "义务兵家庭", "veteran": "退役军人家庭"}


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One member: who, in which place, since when."""

    person_id: int
    name: str
    died_on: date | None
    role: str
    period: str
    from_on: date
    to_on: date | None
    known_on: date
    basis: str
    is_current: bool
    identities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FamilyPage:
    """A family in words, with those who belong to it on a day and those who no longer do."""

    id: int
    number: str
    label: str
    kind: str
    members: tuple[MemberLine, ...]

    @property
    def present(self) -> list[MemberLine]:
        """Those who belong to it on the day."""
        return [item for item in self.members if item.is_current]

    @property
    def gone(self) -> list[MemberLine]:
        """Those who belonged to it, or are yet to."""
        return [item for item in self.members if not item.is_current]


def family_page(family: FamilyFile, *, on: date, known_on: date) -> FamilyPage:
    """The family on a day, by what was known on another; named after its head."""
    held = _identities((row.person.id for row in family.members), on, known_on)
    there = {row.membership.dating.id for row in family.on(on)}
    members = tuple(
        _line(row, row.membership.dating.id in there, held.get(row.person.id, ())) for row in family.members
    )
    head = next((item.name for item in members if item.role == "户主"), members[0].name if members else "")
    label = f"{head}家" if head else f"户号 {family.number}"
    return FamilyPage(family.id, family.number, label, KIND_LABELS.get(family.kind, family.kind), members)


def _identities(person_ids: Iterable[int], on: date, known_on: date) -> dict[int, tuple[str, ...]]:
    month = Month.from_day(on)
    known = identities_known(person_ids, known_on=known_on)
    return {key: tuple(category_label(i.category) for i in items if i.holds_in(month)) for key, items in known.items()}


def _line(row: FamilyMemberRow, is_current: bool, identities: tuple[str, ...]) -> MemberLine:
    item = row.membership
    return MemberLine(
        row.person.id, row.person.name, row.person.died_on, item.role, days(item.from_on, item.to_on), item.from_on,
        item.to_on, item.dating.known_on, basis_of(item.dating), is_current, identities,
    )  # fmt: skip
