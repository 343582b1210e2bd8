"""Many cases at once, for imports and for taking over what another system holds: all or none, one trail entry."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models, transaction

from rongji.accounts import bulk, trail
from rongji.accounts.policies import guard
from rongji.accounts.types import Actor
from rongji.casework.models import Case, CaseAct, CaseClock, CaseContact
from rongji.casework.policies import IMPORT_CASES
from rongji.casework.refusals import BatchUnfit
from rongji.casework.services.applications import Application, Desk, alone_keys
from rongji.casework.services.clocks import Clocks
from rongji.casework.services.opening import case_row, next_serial, opening_act, opening_contact
from rongji.casework.types import NewCase, part_of
from rongji.kernel.digest import digest
from rongji.kernel.refusal import Refusal
from rongji.people.selectors import briefs


def open_cases(*, actor: Actor, bureau: str, many: Iterable[NewCase]) -> tuple[int, ...]:
    """Register cases in the order given; returns their ids. Which of them is refused is told by its place, from 1 on.

    Raises: BatchUnfit, NotAllowed.
    """
    wanted = list(many)
    with transaction.atomic():
        trail.lock_head()
        desk = Desk.of(actor, bureau)
        guard(actor, IMPORT_CASES, desk.bureau.scope)
        desk.people |= briefs({new.person_id for new in wanted if new.person_id is not None})
        seen: dict[Any, int] = {}
        found = [_read(desk, place, new, seen) for place, new in enumerate(wanted, 1)]
        ids = _store(desk, found)
        facts = {"bureau": bureau, "count": len(ids), "first": ids[0] if ids else None}
        trail.record(
            actor=actor, action="casework.open_cases", subject_kind="cases", subject_id=bureau,
            summary=f"成批登记办件 {len(ids)} 件",
            after_digest=digest({**facts, "cases": [[item.kind.id, item.values] for item in found]}), detail=facts,
            parts={part_of(bureau, item.kind.id) for item in found},
        )  # fmt: skip
    return ids


def _read(desk: Desk, place: int, new: NewCase, seen: dict[Any, int]) -> Application:
    """One application; seen: what may be there once, and in which case of the batch it was."""
    try:
        found = desk.read(new)
    except Refusal as refusal:
        raise BatchUnfit(place=place, why=str(refusal)) from refusal
    for key in (*alone_keys(found), *([("intake", new.intake)] if new.intake else [])):
        if seen.setdefault(key, place) != place:
            raise BatchUnfit(place=place, why=f"与本批第 {seen[key]} 件重复，请只留一件。")
    return found


def _store(desk: Desk, found: Sequence[Application]) -> tuple[int, ...]:
    serials: dict[tuple[str, int], int] = defaultdict(int)
    ids = bulk.reserve_ids(Case, len(found)) if found else ()
    cases, clocks, acts, contacts = [], [], [], []
    for pk, item in zip(ids, found, strict=True):
        key = (item.kind.id, item.new.received_on.year)
        serials[key] = serials[key] + 1 if serials[key] else next_serial(item.bureau, *key)
        case = case_row(desk.actor, item, serials[key])
        case.pk = pk
        running = Clocks(case, item.kind, desk.law(item.scope.area), [])
        running.start(item.kind.open_starts, item.new.received_on, item.values)
        running.settle()
        cases.append(case)
        clocks += running.rows
        acts.append(opening_act(desk.actor, case))
        contacts.append(opening_contact(case, item))
    _insert(Case, cases, with_id=True)
    for model, rows in ((CaseClock, clocks), (CaseAct, acts), (CaseContact, contacts)):
        _insert(model, rows)
    return tuple(ids)


def _insert(model: type[models.Model], rows: Sequence[Any], *, with_id: bool = False) -> None:
    fields = [item for item in model._meta.concrete_fields if with_id or not item.primary_key]
    for first in range(0, len(rows), bulk.ROWS_AT_ONCE):
        some = rows[first : first + bulk.ROWS_AT_ONCE]
        plain = [[item.get_db_prep_save(getattr(row, item.attname), connection) for item in fields] for row in some]
        bulk.insert(model, [item.column for item in fields], plain)
