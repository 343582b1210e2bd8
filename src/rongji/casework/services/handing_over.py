"""Handing cases over when staff change: many at once, each keeping in its acts who had it before."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.refusals import UserUnknown
from rongji.accounts.selectors import actor_named
from rongji.accounts.types import Actor
from rongji.casework.models import Case, CaseAct
from rongji.casework.policies import HAND_OVER_CASES, HANDLE_CASES
from rongji.casework.refusals import CaseUnknown, HandOverUnfit
from rongji.casework.types import HANDED_OVER
from rongji.kernel.digest import digest
from rongji.kernel.personal_numbers import cover_numbers_in

MOST_AT_ONCE = 5_000
_LEAST_REASON = 2


def hand_over(*, actor: Actor, case_ids: Iterable[int], to_username: str, reason: str) -> int:
    """Give open cases to another handler; returns how many changed hands. All or none.

    Raises: HandOverUnfit, CaseUnknown, NotAllowed.
    """
    wanted = sorted(set(case_ids))
    if not 1 <= len(wanted) <= MOST_AT_ONCE:
        raise HandOverUnfit(why=f"一次交接 1 至 {MOST_AT_ONCE} 件，现在选了 {len(wanted)} 件")
    if len(reason.strip()) < _LEAST_REASON:
        raise HandOverUnfit(why="请写明交接原因，如“岗位调整”")
    reason = cover_numbers_in(reason)
    with transaction.atomic():
        trail.lock_head()
        cases = _held(actor, wanted)
        taker = _taker(actor, to_username, cases)
        moved = [case for case in cases if case.handler_id != taker.user_id]
        for case in moved:
            case.handler_id = taker.user_id
        Case.objects.bulk_update(moved, ["handler"], batch_size=500)
        CaseAct.objects.bulk_create(_acts(actor, moved, taker, reason.strip()), batch_size=500)
        _record(actor, moved, taker, reason.strip())
    return len(moved)


def _held(actor: Actor, wanted: list[int]) -> list[Case]:
    found: list[Case] = []
    for first in range(0, len(wanted), 500):
        some = wanted[first : first + 500]
        found += Case.objects.select_for_update(of=("self",)).filter(pk__in=some).order_by("pk")
    there = {case.pk for case in found}
    for pk in wanted:
        if pk not in there:
            raise CaseUnknown(case=pk)
    for case in found:
        guard(actor, HAND_OVER_CASES, case)
        if not case.is_open:
            raise HandOverUnfit(why=f"办件 {case.number} 已办结，不需要交接，请去掉后再办")
    return found


def _taker(actor: Actor, username: str, cases: list[Case]) -> Actor:
    try:
        taker = actor_named(username=username.strip(), origin=actor.origin, at=actor.at)
    except UserUnknown:
        raise HandOverUnfit(why=f"没有账号“{username}”，或者它已停用，请核对接收人") from None
    for case in cases:
        if not HANDLE_CASES.permits(taker, case):
            raise HandOverUnfit(why=f"{taker.name}没有办理 {case.number} 的权限，请换人或先授予角色")
    return taker


def _acts(actor: Actor, moved: list[Case], taker: Actor, reason: str) -> Iterable[CaseAct]:
    last: dict[int, tuple[int, object]] = {}
    for first in range(0, len(moved), 500):
        rows = CaseAct.objects.filter(case__in=[case.pk for case in moved[first : first + 500]])
        for case, sequence, on in rows.values_list("case").annotate(Max("sequence"), Max("on")):
            last[case] = (sequence, on)
    for case in moved:
        sequence, on = last[case.pk]
        yield CaseAct(
            case=case, sequence=sequence + 1, act=HANDED_OVER, from_step=case.step, to_step=case.step,
            on=max(actor.day, on), at=actor.at, actor_id=actor.user_id, actor_label=actor.label[:160],
            note=f"交给{taker.name}：{reason}",
        )  # fmt: skip


def _record(actor: Actor, moved: list[Case], taker: Actor, reason: str) -> None:
    facts = {"cases": [case.pk for case in moved], "to": taker.username, "reason": reason}
    trail.record(
        actor=actor, action="casework.hand_over", subject_kind="cases", subject_id=taker.username,
        summary=f"向{taker.label}交接办件 {len(moved)} 件：{reason}", after_digest=digest(facts), detail=facts,
        parts={case.part for case in moved},
    )  # fmt: skip
