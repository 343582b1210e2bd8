"""What the window shows: the things published into it, and the state of one form to whoever holds number and code."""

import hmac
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Q, QuerySet

from rongji.public.limits import Counted, count, refuse_flood
from rongji.public.models import Publication, PublicationFile, PublicationKind, Submission
from rongji.public.numbers import hash_of_code, read_number
from rongji.public.refusals import NothingHere, StateIncomplete, StateUnknown, WindowClosed


@dataclass(frozen=True, slots=True)
class StateOfForm:
    """What the holder of number and code is told: nothing about the person."""

    number: str
    label: str
    received_at: datetime
    words: str
    words_on: date | None


def window() -> Publication:
    """Whose window it is. Raises: WindowClosed when nothing is published."""
    found = Publication.objects.filter(kind=PublicationKind.WINDOW).first()
    if found is None:
        raise WindowClosed
    return found


def published(kind: PublicationKind, *, on: date) -> QuerySet[Publication]:
    """Everything of a kind that holds on a day."""
    holds = Q(until__isnull=True) | Q(until__gte=on)
    return Publication.objects.filter(holds, kind=kind)


def publication(kind: PublicationKind, key: str, *, on: date) -> Publication:
    """One of them. Raises: NothingHere."""
    found = published(kind, on=on).filter(key=key).first()
    if found is None:
        raise NothingHere
    return found


def published_file(key: str, name: str, *, on: date) -> bytes:
    """A file of a report. Raises: NothingHere."""
    report = publication(PublicationKind.REPORT, key, on=on)
    found = PublicationFile.objects.filter(publication=report, name=name).first()
    if found is None:
        raise NothingHere
    return bytes(found.content)


def state_of(number: str, code: str, *, address: str, at: datetime) -> StateOfForm:
    """The state of one form. A wrong number and a wrong code are told alike.

    Raises: StateIncomplete, StateUnknown, TooMany.
    """
    if not number.strip() or not code.strip():
        raise StateIncomplete
    options, wanted = settings.RONGJI_PUBLIC, read_number(number)
    refuse_flood(Counted.LOOKUP, address, options.lookups_per_hour, at=at)
    refuse_flood(Counted.WRONG_CODE, wanted, options.wrong_codes_per_hour, at=at)
    count(Counted.LOOKUP, address, at=at)
    row = Submission.objects.filter(number=wanted).first()
    given = hash_of_code(wanted, code)
    if row is None or not hmac.compare_digest(given, row.code_hash):
        count(Counted.WRONG_CODE, wanted, at=at)
        raise StateUnknown
    return StateOfForm(row.number, row.label, row.received_at, row.words, row.words_on)
