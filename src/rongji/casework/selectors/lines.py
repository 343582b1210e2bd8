"""Rows of cases made into lines: words out of the kind with which each began, lights out of its clock."""

from collections.abc import Iterable, Sequence
from datetime import date

from rongji.casework.models import Case, CaseClock, CaseLetter
from rongji.casework.selectors.facts import CaseLine, LetterFacts
from rongji.law.calendar import WorkCalendar, work_calendar
from rongji.law.case_kinds import CaseKind, case_kind_version
from rongji.law.shapes.deadline import DayCount
from rongji.rules.casework.lights import light_of
from rongji.rules.casework.wording import left_words

NEEDED = (
    "id", "number", "kind", "version", "title", "applicant", "person_id", "channel", "station_code", "received_on",
    "step", "is_open", "is_paused", "outcome", "closed_on", "due_on", "amber_on", "due_clock", "campaign",
    "external_number", "legacy_since", "satisfaction", "handler__username", "handler__display_name",
)  # fmt: skip


def lines_of(rows: Sequence[Case], on: date) -> tuple[CaseLine, ...]:
    """The lines of a page of rows."""
    clocks = {
        (row.case_id, row.clock): row
        for row in CaseClock.objects.filter(case__in=[row.pk for row in rows], stopped_on__isnull=True)
    }
    calendar = work_calendar(known_on=on)
    return tuple(_line(row, clocks.get((row.pk, row.due_clock)), on, calendar) for row in rows)


def kind_of(row: Case) -> CaseKind:
    """The version with which a case began."""
    return case_kind_version(row.kind, row.version)


def channel_label(kind: CaseKind, channel: str) -> str:
    """A channel in words."""
    return next((item.label for item in kind.channels if item.id == channel), channel)


def step_label(kind: CaseKind, step: str) -> str:
    """A step in words."""
    return kind.steps_by_id[step].label if step in kind.steps_by_id else step


def in_order(rows: Iterable[Case], ids: Sequence[int]) -> list[Case]:
    """Rows in the order of their ids."""
    by_id = {row.pk: row for row in rows}
    return [by_id[pk] for pk in ids if pk in by_id]


def letter_of(row: CaseLetter, unit: str) -> LetterFacts:
    """A letter as it was issued. unit: the bureau that signed it, by name."""
    return LetterFacts(
        row.pk, row.case_id, row.letter, row.number, row.title, row.issued_on, tuple(row.paragraphs), unit
    )


def _line(row: Case, clock: CaseClock | None, on: date, calendar: WorkCalendar) -> CaseLine:
    kind = kind_of(row)
    has_due = row.due_on is not None and clock is not None
    return CaseLine(
        id=row.pk, number=row.number, kind=row.kind, kind_label=kind.label, title=row.title, applicant=row.applicant,
        person_id=row.person_id, channel=row.channel, channel_label=channel_label(kind, row.channel),
        station_code=row.station_code, received_on=row.received_on, step=row.step,
        step_label=step_label(kind, row.step), is_open=row.is_open, outcome=row.outcome, closed_on=row.closed_on,
        light=light_of(due_on=row.due_on, amber_on=row.amber_on, is_paused=row.is_paused, on=on), due_on=row.due_on,
        due_label=kind.clocks_by_id[row.due_clock].label if row.due_clock in kind.clocks_by_id else "",
        due_words=left_words(row.due_on, on, DayCount(clock.count), calendar) if has_due else "",
        is_provisional=bool(clock and clock.is_provisional),
        handler=row.handler.username if row.handler else "",
        handler_name=row.handler.display_name if row.handler else "",
        campaign=row.campaign, external_number=row.external_number, legacy_since=row.legacy_since,
        satisfaction=row.satisfaction,
    )  # fmt: skip
