"""Fetching what waits in the window, and telling it how far things are. Each form is stored inside before it is
taken out there: killed in between, it is met again and known by its number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import structlog
from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.selectors import OrganisationFacts
from rongji.accounts.types import Actor
from rongji.casework.public_states import public_states
from rongji.intake.models import Intake, IntakePart
from rongji.intake.opening import open_form
from rongji.intake.types import IntakeState
from rongji.intake.window import window_bureau, window_database
from rongji.kernel.china_time import day_of
from rongji.kernel.refusal import Refusal
from rongji.law.case_kinds import case_kind
from rongji.law.refusals import UnknownCaseKind
from rongji.public.models import SealedPart, Submission

_PER_RUN, _CHUNK = 500, 500
_NUMBER = re.compile(r"W\d{8}-[0-9A-Z]{5}", re.ASCII)
_MOST_PARTS, _MOST_BYTES = 21, 90 * 1024 * 1024
_CLOCKS_APART = timedelta(minutes=5)
WAITING = "已取件，正在审查是否受理"
log = structlog.get_logger("rongji.intake")


@dataclass(frozen=True, slots=True)
class Collected:
    """What a round brought. unfit: forms that no window of ours made, left where they are; told: states sent out."""

    new: int
    unfit: int
    told: int
    waiting: int


def collect(*, actor: Actor) -> Collected:
    """Fetch new forms and send out states. It reads no content for anybody, so no policy guards it: a command, a timer
    and a page run it.

    Raises: WindowNotOpened, WindowOfWhom, WindowUnreachable.
    """
    bureau = window_bureau()
    with window_database():
        waiting = list(Submission.objects.filter(is_waiting=True)[:_PER_RUN])
    fitting = [row for row in waiting if _fits(row, bureau, actor.day)]
    new = sum(_take(actor, bureau, row) for row in fitting)
    return Collected(new, len(waiting) - len(fitting), tell_states(), Intake.objects.filter(state="new").count())


def tell_states() -> int:
    """Give the window the words of every form whose state has changed; returns how many."""
    told, last = 0, 0
    while rows := list(Intake.objects.filter(is_settled=False, id__gt=last).order_by("id")[:_CHUNK]):
        told += _tell(rows)
        last = rows[-1].pk
    return told


def _tell(rows: list[Intake]) -> int:
    """The window first, then our own note of it: killed in between, the same words are sent again."""
    changed = []
    for row, words, on, is_settled in _words(rows):
        if (row.told, row.told_on, row.is_settled) != (words, on, is_settled):
            row.told, row.told_on, row.is_settled = words, on, is_settled
            changed.append(row)
    with window_database():
        for row in changed:
            Submission.objects.filter(number=row.number).update(words=row.told, words_on=row.told_on)
    Intake.objects.bulk_update(changed, ["told", "told_on", "is_settled"])
    return len(changed)


def _words(rows: list[Intake]) -> Iterator[tuple[Intake, str, date, bool]]:
    """What each form's sender is told, since when, and whether that is the last word."""
    states = public_states(row.case_id for row in rows if row.case_id)
    for row in rows:
        if row.state == IntakeState.NEW:
            yield row, WAITING, row.told_on or day_of(row.collected_at), False
        elif row.case_id in states:
            found = states[row.case_id]
            yield row, found.words, found.on, found.is_closed
        else:
            on = day_of(row.decided_at or row.collected_at)
            yield row, _refused(row), on, True


def _refused(row: Intake) -> str:
    words = f"未受理：{row.reason}" if row.reason else "未受理"
    if row.state == IntakeState.REFUSED and row.tidied_on:
        return f"{words}。所填内容和材料保存期已满，{row.tidied_on:%Y-%m-%d} 已删除"
    return words


def _fits(row: Submission, bureau: OrganisationFacts, today: date) -> bool:
    is_known = any(_is_in_force(row.kind, day, bureau) for day in (day_of(row.received_at), today))
    return is_known and bool(_NUMBER.fullmatch(row.number)) and row.size <= _MOST_BYTES


def _is_in_force(kind: str, day: date, bureau: OrganisationFacts) -> bool:
    try:
        case_kind(kind, on=day, region=bureau.area_code)
    except UnknownCaseKind:
        return False
    return True


def _take(actor: Actor, bureau: OrganisationFacts, row: Submission) -> bool:
    """Store one form inside, then take its content out of the window. Whether it was new."""
    known = Intake.objects.filter(number=row.number).exists()
    if not known:
        with window_database():
            if not Submission.objects.select_for_update().filter(pk=row.pk, is_waiting=True).exists():
                return False  # somebody else took it, or deleted what nobody had come for
            parts = list(SealedPart.objects.filter(submission=row)[:_MOST_PARTS])
        _store(actor, bureau, row, parts)
    with window_database():
        SealedPart.objects.filter(submission=row).delete()
        Submission.objects.filter(pk=row.pk).update(is_waiting=False, size=0, words=WAITING, words_on=actor.day)
    return not known


def _store(actor: Actor, bureau: OrganisationFacts, row: Submission, parts: list[SealedPart]) -> None:
    received_on, note = _received(actor, bureau, row)
    with transaction.atomic():
        intake = Intake.objects.create(
            number=row.number, bureau=bureau.code, scope_path=bureau.path, area=bureau.area_code, kind=row.kind,
            received_at=row.received_at, received_on=received_on, collected_at=actor.at,
            clock_note=note, told=WAITING, told_on=actor.day,
        )  # fmt: skip
        IntakePart.objects.bulk_create(
            IntakePart(intake=intake, position=part.position, sealed=bytes(part.sealed)) for part in parts
        )
        intake.sender = _sender(intake)
        intake.save(update_fields=["sender"])
        trail.record(
            actor=actor, action="intake.collect", subject_kind="intake", subject_id=row.number,
            summary=f"取回网上来件 {row.number}", detail={"kind": row.kind, "parts": len(parts)},
        )  # fmt: skip


def _received(actor: Actor, bureau: OrganisationFacts, row: Submission) -> tuple[date, str]:
    """The day from which the clocks run, never one that the window's clock makes up; and what is odd about it."""
    told, ahead = day_of(row.received_at), row.received_at - actor.at
    if ahead > _CLOCKS_APART:
        return min(told, actor.day), f"窗口的时钟比局内快 {ahead // timedelta(minutes=1)} 分钟，收到日期按取回日"
    if not _is_in_force(row.kind, told, bureau):
        return actor.day, f"窗口的时钟是 {told}，那时还没有这个事项，收到日期按取回日"
    return min(told, actor.day), ""


def _sender(intake: Intake) -> str:
    """By whom two forms are seen to be one person's; a form that does not open is kept all the same."""
    try:
        return open_form(intake, look_at_files=False).sender
    except Refusal as refusal:
        log.warning("form does not open", number=intake.number, code=refusal.code)
        return ""
