"""Families with their members, as known on a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from rongji.accounts.policies import guard
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.people.models import Family, FamilyMember
from rongji.people.policies import SEE_PEOPLE
from rongji.people.refusals import FamilyUnknown
from rongji.people.selectors.briefs import brief
from rongji.people.selectors.file import membership_facts
from rongji.people.types import MembershipFacts, PersonBrief


@dataclass(frozen=True, slots=True)
class FamilyMemberRow:
    """One member: who, and in which place."""

    person: PersonBrief
    membership: MembershipFacts


@dataclass(frozen=True, slots=True)
class FamilyFile:
    """A family with everybody who was known to belong to it, whether still or no longer."""

    id: int
    bureau: str
    number: str
    kind: str
    members: tuple[FamilyMemberRow, ...]

    def on(self, day: date) -> tuple[FamilyMemberRow, ...]:
        """Those who belonged to it on a day."""
        return tuple(
            row
            for row in self.members
            if row.membership.from_on <= day and (row.membership.to_on is None or day <= row.membership.to_on)
        )


def family_file(actor: Actor, family_id: int, *, known_on: date) -> FamilyFile:
    """A family as known on a day. Raises: FamilyUnknown, NotAllowed; members outside the actor's sight are left out."""
    family = Family.objects.filter(pk=family_id).first()
    if family is None:
        raise FamilyUnknown(family=family_id)
    SEE_PEOPLE.require_role(actor)
    rows = FamilyMember.objects.filter(family=family).known(known_on).select_related("person", "family")
    seen = [row for row in rows.order_by("from_on", "id") if SEE_PEOPLE.permits(actor, row.person)]
    if not seen:
        guard(actor, SEE_PEOPLE, organisation(family.bureau).scope)
    members = tuple(FamilyMemberRow(brief(row.person), membership_facts(row)) for row in seen)
    return FamilyFile(family.pk, family.bureau, family.number, family.kind, members)


def household_of(person_id: int, *, on: date, known_on: date) -> frozenset[int]:
    """Everybody who belonged to a family with a person on a day, the person included."""
    there = Q(from_on__lte=on) & (Q(to_on__isnull=True) | Q(to_on__gte=on))
    rows = FamilyMember.objects.known(known_on).filter(there)
    mine = rows.filter(person_id=person_id).values("family")
    return frozenset(rows.filter(family__in=mine).values_list("person_id", flat=True)) | {person_id}


def family_of_number(bureau: str, number: str) -> int:
    """The id of a family by its number. Raises: FamilyUnknown."""
    found = Family.objects.filter(bureau=bureau, number=number).values_list("id", flat=True).first()
    if found is None:
        raise FamilyUnknown(family=number)
    return found
