"""The yearly confirmation (年度确认): everybody who holds an identity is asked after once a year."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.kernel.digest import digest
from rongji.kernel.month import Month
from rongji.people.dated import known_q
from rongji.people.models import Confirmation, ConfirmationRound, Identity, Person
from rongji.people.policies import CONFIRM_PEOPLE
from rongji.people.refusals import EvidenceNeeded, RoundUnfit
from rongji.people.selectors.portions import portions
from rongji.people.services.whereabouts import record_death
from rongji.people.services.writing import entry, record
from rongji.people.types import CONFIRMATION_LABELS, ConfirmationResult

_BATCH = 1000


def open_confirmation_round(*, actor: Actor, bureau: str, year: int) -> int:
    """Open the round of a year, with everybody living who holds an identity in that month; returns its id.

    Raises: NotAllowed, OrganisationUnknown, RoundUnfit (there is one already, or nobody to confirm).
    """
    guard(actor, CONFIRM_PEOPLE, organisation(bureau).scope)
    with transaction.atomic():
        trail.lock_head()
        if ConfirmationRound.objects.filter(bureau=bureau, year=year).exists():
            raise RoundUnfit(year=year, why="已经建立，请继续办理")
        people = _to_confirm(bureau, actor.day)
        if not people:
            raise RoundUnfit(year=year, why="没有需要确认的人员，请先登记人员身份")
        opened = ConfirmationRound.objects.create(bureau=bureau, year=year, opened_on=actor.day)
        Confirmation.objects.bulk_create(
            [Confirmation(round=opened, person_id=person) for person in people], batch_size=_BATCH
        )
        _record(actor, "open_round", opened, f"开始 {year} 年度确认，共 {len(people)} 人", {"people": len(people)})
    return opened.pk


def confirm_person(
    *,
    actor: Actor,
    round_id: int,
    person_id: int,
    result: ConfirmationResult,
    method: str = "",
    note: str = "",
    died_on: date | None = None,
    evidence: str = "",
) -> None:
    """Write down what the round found of one person; a death found is recorded as one.

    method: how (visit, telephone, face recognition …); died_on, evidence: needed for a death that is not yet recorded.
    Raises: NotAllowed, PersonUnknown, PersonMerged, RoundUnfit, EvidenceNeeded and the refusals of record_death.
    """
    with entry(actor=actor, person_id=person_id, policy=CONFIRM_PEOPLE) as entered:
        row = Confirmation.objects.filter(round_id=round_id, person=entered.person).select_related("round").first()
        if row is None:
            raise RoundUnfit(year="该", why=f"名单里没有档案 {entered.person.number}，请核对")
        if row.round.closed_on is not None:
            raise RoundUnfit(year=row.round.year, why="已经结束，不能再登记结果")
        if result is ConfirmationResult.DECEASED and entered.person.died_on is None:
            if died_on is None:
                raise EvidenceNeeded(what="确认中发现的死亡，死亡日期")
            record_death(
                actor=actor, person_id=person_id, died_on=died_on, evidence=evidence or f"{row.round.year}年度确认"
            )
        row.result, row.confirmed_on = result, actor.day
        row.method, row.note = method[:40], note[:255]
        row.save()
        said = f"{row.round.year} 年度确认：{CONFIRMATION_LABELS[result]}"
        record(actor, "confirm", entered.person, said, {"round": row.round_id, "result": result, "method": method})


def confirm_unchanged(*, actor: Actor, round_id: int, person_ids: Iterable[int], method: str) -> int:
    """Write down of many persons at once that nothing changed, as a list back from a station says; returns how many.

    Persons who have a result, are not on the list, or have died meanwhile are left as they are.
    Raises: NotAllowed, RoundUnfit.
    """
    _round(actor, round_id)
    with transaction.atomic():
        trail.lock_head()
        held = ConfirmationRound.objects.select_for_update().get(pk=round_id)
        if held.closed_on is not None:
            raise RoundUnfit(year=held.year, why="已经结束，不能再登记结果")
        open_ones = held.confirmations.filter(result="", person__died_on__isnull=True, person__merged_into__isnull=True)
        result = {"result": ConfirmationResult.UNCHANGED, "confirmed_on": actor.day, "method": method[:40]}
        count = 0
        for some in portions(person_ids):
            count += open_ones.filter(person_id__in=some).update(**result)
        said = f"{held.year} 年度确认：{count} 人无变化"
        _record(actor, "confirm_unchanged", held, said, {"count": count, "method": method})
    return count


def persons_to_confirm(*, actor: Actor, round_id: int) -> tuple[int, ...]:
    """Who of a round has no result yet, by id. Raises: NotAllowed, RoundUnfit."""
    found = _round(actor, round_id)
    return tuple(found.confirmations.filter(result="").order_by("person_id").values_list("person_id", flat=True))


def close_confirmation_round(*, actor: Actor, round_id: int) -> int:
    """Close a round; returns how many were left without a result. Raises: NotAllowed, RoundUnfit."""
    _round(actor, round_id)
    with transaction.atomic():
        trail.lock_head()
        held = ConfirmationRound.objects.select_for_update().get(pk=round_id)
        if held.closed_on is not None:
            raise RoundUnfit(year=held.year, why="已经结束")
        held.closed_on = actor.day
        held.save(update_fields=["closed_on"])
        left = held.confirmations.filter(result="").count()
        _record(actor, "close_round", held, f"结束 {held.year} 年度确认，{left} 人没有结果", {"left": left})
    return left


def _round(actor: Actor, round_id: int) -> ConfirmationRound:
    """A round that the actor may work on. Raises: RoundUnfit, NotAllowed."""
    found = ConfirmationRound.objects.filter(pk=round_id).first()
    if found is None:
        raise RoundUnfit(year="该", why="不存在，请先建立")
    guard(actor, CONFIRM_PEOPLE, organisation(found.bureau).scope)
    return found


def _to_confirm(bureau: str, day: date) -> list[int]:
    month = Month.from_day(day).number
    held = Identity.objects.filter(known_q(day), first_month__lte=month).exclude(last_month__lt=month)
    living = Person.objects.filter(bureau=bureau, merged_into__isnull=True, died_on__isnull=True)
    return list(living.filter(pk__in=held.values("person")).order_by("id").values_list("id", flat=True))


def _record(actor: Actor, action: str, row: ConfirmationRound, summary: str, detail: dict) -> None:
    trail.record(
        actor=actor,
        action=f"people.{action}",
        subject_kind="confirmation_round",
        subject_id=row.pk,
        summary=summary,
        after_digest=digest(detail),
        detail={"bureau": row.bureau, "year": row.year, **detail},
    )
