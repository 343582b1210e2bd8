"""Changes of a record that stands: optimistic, with a reason, never without its history."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.bulk import update_rows
from rongji.accounts.policies import guard
from rongji.accounts.types import Actor
from rongji.kernel.china_time import day_of
from rongji.kernel.digest import digest
from rongji.kernel.personal_numbers import cover_numbers_in
from rongji.law.registers import Register
from rongji.law.registers import register as declared_register
from rongji.people.bulk import BulkTable
from rongji.services.entering import Judge, Prepared, as_answers
from rongji.services.models import Record, RecordChange
from rongji.services.policies import KEEP_RECORDS
from rongji.services.refusals import (
    RecordChanged,
    RecordHasChildren,
    RecordReasonMissing,
    RecordUnfit,
    RecordUnknown,
    RecordWithdrawn,
)
from rongji.services.services.adding import CHANGE_COLUMNS, refuse_same
from rongji.services.stamping import touch
from rongji.services.types import Answers

SHORTEST_REASON = 2
WITHDRAWN = "撤销"
_MOST_NAMED = 6
_COLUMNS = (
    "values", "day", "until", "title", "category", "one", "station_code", "person", "parent", "scope_path", "area",
    "version",
)  # fmt: skip


def change_record(*, actor: Actor, record_id: int, version: int, answers: Answers, reason: str) -> int:
    """Put other answers into a record; returns its new version, the old one when nothing differs.

    answers: the fields that are to say something else; the rest stays. version: the one that the change was made from.
    Raises: NotAllowed, RecordUnknown, RecordWithdrawn, RecordChanged, RecordReasonMissing, RecordUnfit.
    """
    KEEP_RECORDS.require_role(actor)
    told = checked_reason(reason, "更正")
    with transaction.atomic():
        trail.lock_head()
        row = standing(actor, record_id)
        declared = declared_register(row.register)
        if row.version != version:
            raise _changed_meanwhile(row, declared, version)
        held = as_answers(declared, row.values)
        prepared, problems = Judge(actor, declared, row.bureau).read({**held, **answers}, row.values)
        if prepared is None:
            raise RecordUnfit(register=declared.label, problems=problems)
        guard(actor, KEEP_RECORDS, prepared.scope)
        if prepared.values == row.values:
            return row.version
        refuse_same(declared, row.bureau, prepared, but=row.pk)
        names = changed_names(declared, row.values, prepared.values)
        write_changes(actor, [(row, prepared)], told)
        _tell(actor, row, declared, "services.change_record", f"更正 {names}：{told}")
    return row.version


def withdraw_record(*, actor: Actor, record_id: int, reason: str) -> None:
    """Take a record back: it stays readable with its history and no longer counts.

    Raises: NotAllowed, RecordUnknown, RecordWithdrawn, RecordReasonMissing, RecordHasChildren.
    """
    KEEP_RECORDS.require_role(actor)
    told = checked_reason(reason, WITHDRAWN)
    with transaction.atomic():
        trail.lock_head()
        row = standing(actor, record_id)
        below = Record.objects.filter(parent=row, withdrawn_on__isnull=True).count()
        if below:
            raise RecordHasChildren(record=row.pk, count=below)
        row.withdrawn_on, row.version = actor.day, row.version + 1
        row.save(update_fields=["withdrawn_on", "version"])
        _note(actor, row, dict(row.values), {}, told)
        touch(row.bureau, row.register, {row.day.year: -1})
        _tell(actor, row, declared_register(row.register), "services.withdraw_record", f"撤销：{told}")


def standing(actor: Actor, record_id: int) -> Record:
    """The record, held for writing. Raises: RecordUnknown, NotAllowed, RecordWithdrawn."""
    row = Record.objects.select_for_update(of=("self",)).filter(pk=record_id).first()
    if row is None:
        raise RecordUnknown(record=record_id)
    guard(actor, KEEP_RECORDS, row)
    if row.withdrawn_on is not None:
        raise RecordWithdrawn(record=record_id, day=row.withdrawn_on)
    return row


def write_changes(actor: Actor, changes: Sequence[tuple[Record, Prepared]], reason: str) -> None:
    """Write what records now say, their history, and the stamps of the years that they left and entered.

    Runs in the caller's transaction; the records are of one bureau and register and stand.
    """
    years: Counter[int] = Counter()
    history = BulkTable(RecordChange, CHANGE_COLUMNS)
    for row, prepared in changes:
        before, after = dict(row.values), prepared.values
        kept = {name for name in before if after.get(name) == before[name]}
        told = [{name: value for name, value in some.items() if name not in kept} for some in (before, after)]
        texts = (json.dumps(some, ensure_ascii=False) for some in told)
        history.add(row.pk, actor.at, actor.user_id, actor.label[:160], *texts, reason)
        years[row.day.year] -= 1
        years[prepared.day.year] += 1
        _take_over(row, prepared)
    update_rows((row for row, _ in changes), _COLUMNS)
    history.flush()
    if changes:
        touch(changes[0][0].bureau, changes[0][0].register, years)


def _take_over(row: Record, prepared: Prepared) -> None:
    row.values, row.day, row.until = prepared.values, prepared.day, prepared.until
    row.title, row.category, row.one = prepared.title, prepared.category, prepared.one
    row.station_code, row.person_id, row.parent_id = prepared.station, prepared.person, prepared.parent
    row.scope_path, row.area, row.version = prepared.scope.path, prepared.scope.area, row.version + 1


def checked_reason(reason: str, what: str) -> str:
    """The reason in one line. Raises: RecordReasonMissing."""
    told = cover_numbers_in(" ".join(reason.split()))
    if len(told) < SHORTEST_REASON:
        raise RecordReasonMissing(what=what, least=SHORTEST_REASON)
    return told[:255]


def changed_names(register: Register, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """The labels of the fields that differ."""
    names = [item.label for item in register.fields if before.get(item.id) != after.get(item.id)]
    more = "等" if len(names) > _MOST_NAMED else ""
    return "、".join(names[:_MOST_NAMED]) + more


def _changed_meanwhile(row: Record, register: Register, version: int) -> RecordChanged:
    """Who changed what since that version: the changes after it, one for each version."""
    later = list(RecordChange.objects.filter(record=row).order_by("-id")[: max(row.version - version, 1)])
    fields = {name for item in later for name in {**item.before, **item.after}}
    names = "、".join(item.label for item in register.fields if item.id in fields)
    who = "、".join(dict.fromkeys(item.actor_label for item in later))
    return RecordChanged(record=row.pk, who=who, when=day_of(later[0].at), what=names, version=row.version)


def _note(actor: Actor, row: Record, before: dict[str, Any], after: dict[str, Any], reason: str) -> None:
    RecordChange.objects.create(
        record=row, at=actor.at, actor_id=actor.user_id, actor_label=actor.label[:160], before=before, after=after,
        reason=reason,
    )  # fmt: skip


def _tell(actor: Actor, row: Record, register: Register, action: str, summary: str) -> None:
    trail.record(
        actor=actor, action=action, subject_kind="record", subject_id=row.pk,
        summary=f"{register.label} {row.day} {row.title}：{summary}"[:255], after_digest=digest(dict(row.values)),
        detail={"register": row.register, "bureau": row.bureau, "version": row.version},
    )  # fmt: skip
