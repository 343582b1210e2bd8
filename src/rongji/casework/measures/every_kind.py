"""The numbers that every kind yields: received, closed, on time, open, contacts, people, ratings, old matters, days."""

from collections.abc import Sequence
from functools import cache

from django.db.models import Count, F, Q, QuerySet, Sum

from rongji.casework.measures.counts import Source, year_days
from rongji.casework.models import Case, CaseAct, CaseContact
from rongji.casework.types import HANDED_OVER, OPENED, Satisfaction
from rongji.law.case_kinds import case_kind_ids, case_kind_versions

KIND, CHANNEL, STEP = "kind", "channel", "step"


@cache
def kinds_with_limits() -> tuple[str, ...]:
    """Kinds whose handling has a time limit."""
    return tuple(
        kind
        for kind in case_kind_ids()
        if any(not clock.waiting for version in case_kind_versions(kind) for clock in version.clocks)
    )


def received(bureau: str, year: int) -> Sequence[QuerySet]:
    """Cases received in the year."""
    first, last = year_days(year)
    return (Case.objects.filter(bureau=bureau, received_on__gte=first, received_on__lte=last),)


def closed(bureau: str, year: int) -> Sequence[QuerySet]:
    """Cases closed in the year."""
    first, last = year_days(year)
    return (Case.objects.filter(bureau=bureau, closed_on__gte=first, closed_on__lte=last),)


def open_at_end(bureau: str, year: int) -> Sequence[QuerySet]:
    """Cases received by the last day and not closed then: those still open, and those closed since."""
    last = year_days(year)[1]
    rows = Case.objects.filter(bureau=bureau, received_on__lte=last)
    return rows.filter(is_open=True), rows.filter(closed_on__gt=last)


def contacts(bureau: str, year: int) -> Sequence[QuerySet]:
    """Times that somebody came, called or wrote in the year."""
    first, last = year_days(year)
    return (CaseContact.objects.filter(case__bureau=bureau, on__gte=first, on__lte=last),)


def rated(bureau: str, year: int) -> Sequence[QuerySet]:
    """Cases rated in the year."""
    first, last = year_days(year)
    rows = Case.objects.filter(bureau=bureau, rated_on__isnull=False)
    return (rows.filter(rated_on__gte=first, rated_on__lte=last),)


def legacy(bureau: str, year: int) -> Sequence[QuerySet]:
    """Old matters on the ledger at any time of the year."""
    first, last = year_days(year)
    rows = Case.objects.filter(bureau=bureau, legacy_since__isnull=False, received_on__lte=last)
    return (rows.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=first)),)


def passed(bureau: str, year: int) -> Sequence[QuerySet]:
    """Acts by which cases closed in the year left a step, or stayed in it for a while."""
    first, last = year_days(year)
    rows = CaseAct.objects.filter(case__bureau=bureau, case__closed_on__gte=first, case__closed_on__lte=last)
    return (rows.exclude(act__in=(OPENED, HANDED_OVER)),)


def sources(year: int) -> tuple[Source, ...]:
    """Everything that is counted of every kind, one query each."""
    first, last = year_days(year)
    of_case = {KIND: F("kind"), CHANNEL: F("channel")}
    of_contact = {KIND: F("case__kind"), CHANNEL: F("channel")}
    limited = Q(kind__in=kinds_with_limits())
    by_word = {
        "casework.satisfied": Satisfaction.SATISFIED, "casework.fairly_satisfied": Satisfaction.FAIR,
        "casework.dissatisfied": Satisfaction.DISSATISFIED,
    }  # fmt: skip
    of_step = {KIND: F("case__kind"), STEP: F("from_step")}
    leaves = {"casework.step_days": Sum("days"), "casework.step_passes": Count("pk", filter=~Q(from_step=F("to_step")))}
    return (
        Source(received, "", "received_on", of_case, {"casework.received": Count("pk")}),
        Source(contacts, "case__", "on", of_contact, {
            "casework.contacts": Count("pk"), "casework.people": Sum("people"),
        }),
        Source(closed, "", "closed_on", of_case, {
            "casework.closed": Count("pk"),
            "casework.closed_with_limit": Count("pk", filter=limited),
            "casework.closed_on_time": Count("pk", filter=limited & Q(was_late=False)),
        }),
        Source(open_at_end, "", "received_on", of_case, {"casework.open_at_end": Count("pk")}),
        Source(rated, "", "rated_on", of_case, {
            "casework.rated": Count("pk"),
            **{name: Count("pk", filter=Q(satisfaction=word)) for name, word in by_word.items()},
        }),
        Source(legacy, "", "received_on", of_case, {
            "casework.legacy_opening": Count("pk", filter=Q(received_on__lt=first)),
            "casework.legacy_taken_up": Count("pk", filter=Q(received_on__gte=first)),
            "casework.legacy_closed": Count("pk", filter=Q(closed_on__lte=last)),
            "casework.legacy_remaining": Count("pk", filter=Q(closed_on__isnull=True) | Q(closed_on__gt=last)),
        }),
        Source(passed, "case__", "case__closed_on", of_step, leaves, by_station=False),
    )  # fmt: skip
