"""New records: one, or hundreds of thousands at once."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.bulk import reserve_ids
from rongji.accounts.policies import guard
from rongji.accounts.types import Actor
from rongji.kernel.digest import digest
from rongji.law.registers import Register
from rongji.law.registers import register as declared_register
from rongji.people.bulk import BulkTable
from rongji.rules.answers import AnswerRefused
from rongji.services.entering import Judge, Prepared
from rongji.services.models import Record, RecordChange
from rongji.services.policies import KEEP_RECORDS
from rongji.services.refusals import RecordsUnfit, RecordUnfit, SameRecord, SameRowTwice
from rongji.services.stamping import touch
from rongji.services.types import Answers

AT_ONCE = 5_000
_ONES_AT_ONCE = 400
_RECORD = (
    "id", "register", "bureau", "scope_path", "area", "station_code", "day", "until", "title", "category", "person_id",
    "parent_id", "values", "one", "version", "entered_at", "entered_by",
)  # fmt: skip
CHANGE_COLUMNS = ("record_id", "at", "actor_id", "actor_label", "before", "after", "reason")


def add_record(*, actor: Actor, bureau: str, register: str, answers: Answers) -> int:
    """Enter one record; returns its number.

    answers: by field, as typed. A station's clerk enters for the own station only.
    Raises: NotAllowed, OrganisationUnknown, UnknownRegister, RecordUnfit with everything that is wrong by field.
    """
    KEEP_RECORDS.require_role(actor)
    declared = declared_register(register)
    judge = Judge(actor, declared, bureau)
    prepared, problems = judge.read(answers)
    if prepared is None:
        raise RecordUnfit(register=declared.label, problems=problems)
    guard(actor, KEEP_RECORDS, prepared.scope)
    with transaction.atomic():
        trail.lock_head()
        refuse_same(declared, bureau, prepared)
        row = write_rows(actor, declared, bureau, [prepared])[0]
        trail.record(
            actor=actor, action="services.add_record", subject_kind="record", subject_id=row,
            summary=f"{declared.label}：登记 {prepared.day} {prepared.title}".rstrip(),
            after_digest=digest(prepared.values), detail={"register": declared.id, "bureau": bureau},
        )  # fmt: skip
    return row


def add_records(*, actor: Actor, bureau: str, register: str, many: Iterable[Answers]) -> tuple[int, ...]:
    """Enter many records or none; returns their numbers in order. One entry in the trail tells of all.

    Raises: NotAllowed, OrganisationUnknown, UnknownRegister, RecordsUnfit with every problem of every row.
    """
    KEEP_RECORDS.require_role(actor)
    declared = declared_register(register)
    judge = Judge(actor, declared, bureau)
    rows = list(many)
    prepared = judged(judge, rows)
    for scope in {item.scope for item in prepared}:
        guard(actor, KEEP_RECORDS, scope)
    if not prepared:
        return ()
    with transaction.atomic():
        trail.lock_head()
        refuse_doubles(declared, bureau, prepared)
        made = write_rows(actor, declared, bureau, prepared)
        tell_many(actor, declared, bureau, {"added": len(made)}, "services.add_records", f"登记 {len(made)} 条")
    return made


def judged(judge: Judge, rows: Sequence[Answers]) -> list[Prepared]:
    """Every row read. Raises: RecordsUnfit."""
    found: list[Prepared] = []
    problems: list[tuple[int, AnswerRefused]] = []
    for start in range(0, len(rows), AT_ONCE):
        portion = rows[start : start + AT_ONCE]
        judge.links.prepare(judge.register.fields, portion)
        for place, answers in enumerate(portion, start + 1):
            prepared, refused = judge.read(answers)
            problems += ((place, refusal) for refusal in refused)
            if prepared is not None:
                found.append(prepared)
    if problems:
        raise RecordsUnfit(register=judge.register.label, rows=problems)
    return found


def write_rows(actor: Actor, register: Register, bureau: str, rows: Sequence[Prepared]) -> tuple[int, ...]:
    """Insert records that were judged, with the first entry of their history, and raise the stamps of their years."""
    ids = tuple(reserve_ids(Record, len(rows)))
    records, changes = BulkTable(Record, _RECORD), BulkTable(RecordChange, CHANGE_COLUMNS)
    label = actor.label[:160]
    for pk, row in zip(ids, rows, strict=True):
        values = json.dumps(row.values, ensure_ascii=False)
        records.add(
            pk, register.id, bureau, row.scope.path, row.scope.area, row.station, row.day, row.until, row.title,
            row.category, row.person, row.parent, values, row.one, 1, actor.at, label,
        )  # fmt: skip
        changes.add(pk, actor.at, actor.user_id, label, "{}", values, "")
        if len(records.rows) >= AT_ONCE:
            records.flush()
            changes.flush()
    records.flush()
    changes.flush()
    touch(bureau, register.id, Counter(row.day.year for row in rows))
    return ids


def standing_by_one(register: Register, bureau: str, ones: Iterable[str]) -> dict[str, int]:
    """Of some identifying answers those that a standing record has already, with its number."""
    rows = Record.objects.filter(bureau=bureau, register=register.id, withdrawn_on__isnull=True).order_by()
    rows = rows.exclude(one="")  # said for the index, which holds no others
    wanted = sorted({one for one in ones if one})
    found: dict[str, int] = {}
    for start in range(0, len(wanted), _ONES_AT_ONCE):
        found |= dict(rows.filter(one__in=wanted[start : start + _ONES_AT_ONCE]).values_list("one", "id"))
    return found


def refuse_same(register: Register, bureau: str, row: Prepared, but: int = 0) -> None:
    """Refuse a record that is there already. but: the record itself, when it is changed. Raises: RecordUnfit."""
    other = standing_by_one(register, bureau, [row.one]).get(row.one)
    if other is not None and other != but:
        raise RecordUnfit(register=register.label, problems=[same_record(register, other)])


def refuse_doubles(register: Register, bureau: str, rows: Sequence[Prepared]) -> None:
    """Refuse rows that are there already, or twice among themselves. Raises: RecordsUnfit."""
    known = standing_by_one(register, bureau, (row.one for row in rows))
    first: dict[str, int] = {}
    problems: list[tuple[int, AnswerRefused]] = []
    for place, row in enumerate(rows, 1):
        if row.one in known:
            problems.append((place, same_record(register, known[row.one])))
        elif row.one and first.setdefault(row.one, place) != place:
            problems.append((place, same_row(register, first[row.one])))
    if problems:
        raise RecordsUnfit(register=register.label, rows=problems)


def same_record(register: Register, record: int) -> SameRecord:
    """The no to a record that is there already."""
    return SameRecord(
        name=register.one[0], label=register.by_id[register.one[0]].label, fields=telling(register), record=record
    )


def same_row(register: Register, row: int) -> SameRowTwice:
    """The no to the second of two rows that mean one record."""
    return SameRowTwice(
        name=register.one[0], label=register.by_id[register.one[0]].label, fields=telling(register), row=row
    )


def telling(register: Register) -> str:
    """The labels of the fields that make a record the same as another."""
    return "、".join(f"“{register.by_id[name].label}”" for name in register.one)


def tell_many(actor: Actor, register: Register, bureau: str, detail: dict[str, Any], action: str, summary: str) -> None:
    """The one entry in the trail about many records."""
    facts = {"register": register.id, "bureau": bureau, **detail}
    trail.record(
        actor=actor, action=action, subject_kind="register", subject_id=f"{bureau}/{register.id}",
        summary=f"{register.label}：{summary}", after_digest=digest(facts), detail=facts,
    )  # fmt: skip
