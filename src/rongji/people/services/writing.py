"""How every fact of a person is written: permission first, one transaction, the day it is known, change and trail."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.policies import Policy, guard
from rongji.accounts.secrets import mask_numbers_in
from rongji.accounts.types import Actor
from rongji.kernel.digest import digest
from rongji.people.dated import DatedFact
from rongji.people.entering import Life
from rongji.people.models import Change, Person
from rongji.people.policies import BACKFILL, RECORD_FACTS
from rongji.people.refusals import InTheFuture, KnownTooEarly, PersonMerged, PersonUnknown
from rongji.people.types import ChangeKind


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry in a person's file: who enters, for whom, and when what is entered became known."""

    actor: Actor
    person: Person
    known_on: date

    @property
    def life(self) -> Life:
        """Between which days facts of the person may lie."""
        return Life(self.person.number, self.person.born_on, self.person.died_on, self.actor.day)


@contextmanager
def entry(
    *, actor: Actor, person_id: int, known_on: date | None = None, policy: Policy = RECORD_FACTS
) -> Iterator[Entry]:
    """The person, held for writing until the end of the transaction that this opens.

    Raises: PersonUnknown, NotAllowed, PersonMerged, InTheFuture.
    """
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise PersonUnknown(person=person_id)
    guard(actor, policy, person)
    known = known_day(actor, person, known_on)
    with transaction.atomic():
        trail.lock_head()
        held = Person.objects.select_for_update(of=("self",)).select_related("merged_into").get(pk=person_id)
        if held.merged_into is not None:
            raise PersonMerged(number=held.number, kept=held.merged_into.number)
        yield Entry(actor, held, known)


def known_day(actor: Actor, subject: Any, known_on: date | None) -> date:
    """The day on which something became known: today, or an earlier day for whoever may fill in the past.

    Raises: InTheFuture, NotAllowed.
    """
    if known_on is None or known_on == actor.day:
        return actor.day
    if known_on > actor.day:
        raise InTheFuture(what="获知日期", day=known_on, today=actor.day)
    guard(actor, BACKFILL, subject)
    return known_on


def supersede(row: DatedFact, known_on: date) -> None:
    """Let a row stop to count from that day on.

    Raises: KnownTooEarly, when the day lies before the row itself became known: the past would change.
    """
    if known_on < row.known_on:
        raise KnownTooEarly(known=known_on, earlier=row.known_on)
    row.superseded_on = known_on
    row.save(update_fields=["superseded_on"])


def replaced(row: DatedFact, known_on: date, **changes: Any) -> Any:
    """A copy of a row with changes, taking its place from that day on. Raises: KnownTooEarly."""
    supersede(row, known_on)
    fields = (field for field in row._meta.concrete_fields if not field.primary_key)
    kept = {field.attname: getattr(row, field.attname) for field in fields}
    return type(row).objects.create(**{**kept, "superseded_on": None, "known_on": known_on, **changes})


def tell(
    entered: Entry,
    *,
    kind: ChangeKind,
    true_from: date,
    summary: str,
    action: str,
    detail: Mapping[str, Any] | None = None,
    parts: Iterable[str] = (),
) -> None:
    """Write the entry into the change log of the person and into the trail.

    summary: one Chinese sentence without name and number of the person; detail: plain data, no personal numbers.
    parts: of the register of people that change beside those in which the person stands and stood.
    """
    person, facts = entered.person, dict(detail or {})
    Change.objects.create(
        person=person,
        kind=kind,
        known_on=entered.known_on,
        true_from=true_from,
        summary=mask_numbers_in(summary)[:255],
        actor_label=entered.actor.label[:160],
    )
    dated = {**facts, "known_on": entered.known_on, "true_from": true_from}
    record(entered.actor, action, person, summary, dated, parts)


def record(
    actor: Actor, action: str, person: Person, summary: str, detail: Mapping[str, Any], parts: Iterable[str] = ()
) -> None:
    """The trail entry of a write to one file. parts: as `tell` takes them."""
    trail.record(
        actor=actor,
        action=f"people.{action}",
        subject_kind="person",
        subject_id=person.pk,
        summary=f"档案 {person.number}：{mask_numbers_in(summary)}",
        after_digest=digest(dict(detail)),
        detail=detail,
        parts=person.parts | set(parts),
    )
