"""Whether a person's file holds what it must, and the scans in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from rongji.accounts.policies import guard
from rongji.accounts.types import Actor
from rongji.documents.stored_files import read_file
from rongji.kernel.month import Month
from rongji.law.shapes.archive import ArchiveDuty
from rongji.law.values import find
from rongji.people.dated import known_q
from rongji.people.models import ArchiveItem, ArchiveTransfer, Identity, Person
from rongji.people.policies import SEE_PEOPLE
from rongji.people.refusals import FactUnknown, PersonUnknown
from rongji.people.types import ArchiveState, TransferFacts

TABLE, EVERYBODY = "entitlement.archive_items", "*"


@dataclass(frozen=True, slots=True)
class ArchiveStanding:
    """What a file must hold and what of it is missing; several words joined by 或 where one of them is enough."""

    required: tuple[str, ...]
    missing: tuple[str, ...]
    scanned: int
    papers: int

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def archive_standing(actor: Actor, person_id: int, *, on: date) -> ArchiveStanding:
    """How complete the file of a person is, by the categories held on a day. Raises: PersonUnknown, NotAllowed."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise PersonUnknown(person=person_id)
    guard(actor, SEE_PEOPLE, person)
    papers = list(ArchiveItem.objects.filter(person=person).exclude(state=ArchiveState.MISSING))
    there = {row.kind for row in papers}
    wanted, missing = [], []
    for words in _wanted(person, on):
        wanted.append("或".join(words))
        if not there.intersection(words):
            missing.append(wanted[-1])
    scanned = sum(1 for row in papers if row.scan_digest)
    return ArchiveStanding(tuple(wanted), tuple(missing), scanned, len(papers))


def scan_of(actor: Actor, item_id: int) -> tuple[str, bytes]:
    """Name and content of a scan. Raises: FactUnknown, NotAllowed, FileRefused when it is lost or altered."""
    row = ArchiveItem.objects.select_related("person").filter(pk=item_id).exclude(scan_digest="").first()
    if row is None:
        raise FactUnknown(number="该档案", fact=item_id, what="扫描件")
    guard(actor, SEE_PEOPLE, row.person)
    return row.scan_name, read_file(settings.RONGJI.evidence, row.scan_digest, row.scan_name)


def transfers_numbered(transfer_ids: Iterable[int]) -> dict[int, TransferFacts]:
    """Hand-overs of files by their numbers, for rooms that caused them; the caller has checked the right to see."""
    rows = ArchiveTransfer.objects.filter(pk__in=list(transfer_ids))
    return {
        row.pk: TransferFacts(row.pk, row.from_body, row.to_body, row.sent_on, row.receipt_on, row.receipt)
        for row in rows
    }


def _wanted(person: Person, on: date) -> list[tuple[str, ...]]:
    month = Month.from_day(on).number
    held = Identity.objects.filter(known_q(on), person=person, first_month__lte=month).exclude(last_month__lt=month)
    categories = [EVERYBODY, *held.order_by("category").values_list("category", flat=True)]
    found: dict[tuple[str, ...], None] = {}
    for category in dict.fromkeys(categories):
        row = find(TABLE, on=on, known_on=on, region=person.area[:6], category=category)
        duty: ArchiveDuty = row.value if row else ArchiveDuty((), ())
        found |= dict.fromkeys([*((word,) for word in duty.required), *((duty.any_of,) if duty.any_of else ())])
    return list(found)
