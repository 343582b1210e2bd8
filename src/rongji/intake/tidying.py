"""Deleting what people sent when its time is over, inside and in the window: content, files, notes, digests.

Number, matter and state stay, so that whoever asks is told what became of the form. Each side is one transaction; what
the window tells is sent after it, and again by the next collection when something breaks in between.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.selectors import OrganisationFacts
from rongji.accounts.types import Actor
from rongji.intake.collecting import tell_states
from rongji.intake.models import Intake, IntakePart
from rongji.intake.policies import SEE_PUBLICATION, TIDY
from rongji.intake.refusals import WindowUnreachable
from rongji.intake.retention import Kept, Period, periods
from rongji.intake.types import IntakeState
from rongji.intake.window import window_bureau, window_database
from rongji.kernel.china_time import CHINA
from rongji.public.models import SealedPart, Submission

_TOKEN_IS_DEAD = timedelta(days=1)  # whoever sends a form again does so within hours


@dataclass(frozen=True, slots=True)
class Overdue:
    """How many forms are kept longer than they may be, and how long each may be kept. words: as everybody is told."""

    refused: int
    finished: int
    unfetched: int
    words: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """All of them."""
        return self.refused + self.finished + self.unfetched


def overdue(actor: Actor) -> Overdue:
    """What a round would delete on the actor's day. Raises: NotAllowed, WindowNotOpened, WindowUnreachable."""
    bureau = window_bureau()
    guard(actor, SEE_PUBLICATION, bureau)
    found = {period.what: period for period in periods(today=actor.day, area=bureau.area_code)}
    with window_database():
        unfetched = len(_unfetched(found[Kept.UNFETCHED]))
    refused, finished = (_due(bureau, found[what]).count() for what in (Kept.REFUSED, Kept.FINISHED))
    return Overdue(refused, finished, unfetched, tuple(period.words for period in found.values()))


def tidy(*, actor: Actor) -> Overdue:
    """Delete what is kept longer than it may be; the trail tells how many, never of whom.

    Raises: NotAllowed, WindowNotOpened, WindowOfWhom, WindowUnreachable.
    """
    bureau = window_bureau()
    guard(actor, TIDY, bureau)
    found = {period.what: period for period in periods(today=actor.day, area=bureau.area_code)}
    unfetched = _tidy_outside(actor, found[Kept.UNFETCHED])
    refused, finished = _tidy_inside(actor, bureau, found)
    with suppress(WindowUnreachable):  # the next collection tells it
        tell_states()
    return Overdue(refused, finished, unfetched, tuple(period.words for period in found.values()))


def _tidy_inside(actor: Actor, bureau: OrganisationFacts, found: dict[Kept, Period]) -> tuple[int, int]:
    with transaction.atomic():
        trail.lock_head()
        refused, finished = (
            list(_due(bureau, found[what]).values_list("pk", flat=True)) for what in (Kept.REFUSED, Kept.FINISHED)
        )
        if refused or finished:
            _delete(actor, refused, is_told=True)
            _delete(actor, finished, is_told=False)
            counted = {"refused": len(refused), "finished": len(finished)}
            _record(actor, f"{sum(counted.values())} 件网上来件保存期满，删除个人信息", counted)
    return len(refused), len(finished)


def _delete(actor: Actor, forms: list[int], *, is_told: bool) -> None:
    """is_told: whoever sent it is told anew, by the words that follow from its state."""
    rows = Intake.objects.filter(pk__in=forms)
    IntakePart.objects.filter(intake__in=rows).delete()
    rows.update(sender="", note="", tidied_on=actor.day, **({"is_settled": False} if is_told else {}))


def _tidy_outside(actor: Actor, period: Period) -> int:
    """The entry stands before anything is deleted out there; killed in between, the next round deletes it."""
    with window_database():
        count = len(_unfetched(period))
        before = datetime.combine(actor.day, time(), CHINA) - _TOKEN_IS_DEAD
        Submission.objects.filter(received_at__lt=before).exclude(content_digest="").update(content_digest="")
    if not count:
        return 0
    with transaction.atomic():
        _record(actor, f"{count} 件没有取回的网上来件保存期满，删除窗口里的内容", {"unfetched": count})
    with window_database():
        rows = Submission.objects.select_for_update().filter(pk__in=_unfetched(period), is_waiting=True)
        numbers = list(rows.values_list("pk", flat=True))
        SealedPart.objects.filter(submission__in=numbers).delete()
        words = f"保存期内没有取件，没有办理，内容 {actor.day} 已删除。请重新提交，或带回执到服务中心（站）现场办理"
        Submission.objects.filter(pk__in=numbers).update(is_waiting=False, size=0, words=words, words_on=actor.day)
    return len(numbers)


def _due(bureau: OrganisationFacts, period: Period) -> QuerySet[Intake]:
    """Decided long enough ago: refused, or closed as a case, or nothing anybody meant."""
    rows = Intake.objects.filter(bureau=bureau.code, tidied_on=None)
    if period.what is Kept.REFUSED:
        return rows.filter(state=IntakeState.REFUSED, decided_at__lt=_end_of(period.last))
    is_closed = Q(state=IntakeState.ACCEPTED, is_settled=True, told_on__lte=period.last)
    return rows.filter(is_closed | Q(state=IntakeState.SPAM, decided_at__lt=_end_of(period.last)))


def _unfetched(period: Period) -> list[int]:
    """Forms in the window that nobody came for; one that was stored inside is met by the next collection."""
    rows = dict(
        Submission.objects.filter(is_waiting=True, received_at__lt=_end_of(period.last)).values_list("number", "pk")
    )
    known = set(Intake.objects.filter(number__in=list(rows)).values_list("number", flat=True))
    return [pk for number, pk in rows.items() if number not in known]


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), CHINA)


def _record(actor: Actor, summary: str, counted: dict[str, int]) -> None:
    trail.record(
        actor=actor, action="intake.tidy", subject_kind="public_window", subject_id="retention", summary=summary,
        detail=counted,
    )  # fmt: skip
