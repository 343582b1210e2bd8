"""Families and households: opened, joined, left; membership dated twice as every fact."""

from datetime import date

from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.kernel.digest import digest
from rongji.people.models import Family, FamilyMember
from rongji.people.policies import REGISTER_PEOPLE
from rongji.people.refusals import (
    AlreadyMember,
    EndBeforeStart,
    FactUnknown,
    FamilyNumberTaken,
    FamilyUnknown,
)
from rongji.people.services.writing import entry, record, replaced

HOUSEHOLD = "household"


def open_family(*, actor: Actor, bureau: str, number: str, kind: str = HOUSEHOLD) -> int:
    """Open a family; returns its id. kind: household, or of whom (martyr, conscript …).

    Raises: NotAllowed, OrganisationUnknown, FamilyNumberTaken.
    """
    guard(actor, REGISTER_PEOPLE, organisation(bureau).scope)
    with transaction.atomic():
        trail.lock_head()
        if Family.objects.filter(bureau=bureau, number=number).exists():
            raise FamilyNumberTaken(number=number)
        family = Family.objects.create(bureau=bureau, number=number, kind=kind)
        facts = {"number": number, "kind": kind}
        trail.record(
            actor=actor,
            action="people.open_family",
            subject_kind="family",
            subject_id=family.pk,
            summary=f"建立家庭 {number}",
            after_digest=digest(facts),
            detail=facts,
        )
    return family.pk


def add_family_member(
    *,
    actor: Actor,
    family_id: int,
    person_id: int,
    role: str,
    from_on: date,
    to_on: date | None = None,
    known_on: date | None = None,
    evidence: str = "",
) -> int:
    """Give a person a place in a family from a day on; returns the id of the membership.

    Raises: NotAllowed, PersonUnknown, PersonMerged, FamilyUnknown (also one of another bureau), EndBeforeStart,
    AlreadyMember.
    """
    with entry(actor=actor, person_id=person_id, known_on=known_on) as entered:
        family = Family.objects.filter(pk=family_id, bureau=entered.person.bureau).first()
        if family is None:
            raise FamilyUnknown(family=family_id)
        if to_on is not None and to_on < from_on:
            raise EndBeforeStart(what="家庭成员关系", start=from_on, end=to_on)
        standing = FamilyMember.objects.filter(family=family, person=entered.person, superseded_on__isnull=True)
        there = standing.filter(to_on__isnull=True).first()
        if there is not None:
            raise AlreadyMember(number=entered.person.number, role=there.role)
        row = FamilyMember.objects.create(
            family=family,
            person=entered.person,
            role=role[:24],
            from_on=from_on,
            to_on=to_on,
            known_on=entered.known_on,
            evidence=evidence,
        )
        said = f"加入家庭 {family.number}（{row.role}），自 {from_on} 起"
        detail = {"family": family.pk, "membership": row.pk, "role": row.role}
        record(actor, "add_family_member", entered.person, said, detail)
    return row.pk


def end_family_membership(
    *, actor: Actor, membership_id: int, to_on: date, known_on: date | None = None, evidence: str = ""
) -> int:
    """End a place in a family after a day; returns the id of the new row.

    Raises: NotAllowed, PersonUnknown, FactUnknown, EndBeforeStart, KnownTooEarly.
    """
    old = FamilyMember.objects.filter(pk=membership_id, superseded_on__isnull=True).first()
    if old is None:
        raise FactUnknown(number="该户", fact=membership_id, what="家庭成员关系")
    with entry(actor=actor, person_id=old.person_id, known_on=known_on) as entered:
        if to_on < old.from_on:
            raise EndBeforeStart(what="家庭成员关系", start=old.from_on, end=to_on)
        row = replaced(old, entered.known_on, to_on=to_on, evidence=evidence or old.evidence)
        said = f"退出家庭 {row.family.number}（{row.role}），至 {to_on}"
        record(actor, "end_family_membership", entered.person, said, {"membership": row.pk, "to_on": to_on})
    return row.pk
