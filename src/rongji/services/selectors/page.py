"""One record with its history, its files and what hangs on it."""

from collections.abc import Iterator

from rongji.accounts.policies import guard
from rongji.accounts.types import Actor
from rongji.law.registers import register as declared_register
from rongji.law.registers import registers
from rongji.services.models import Record, RecordChange
from rongji.services.places import Places
from rongji.services.policies import KEEP_RECORDS, SEE_RECORDS
from rongji.services.refusals import RecordUnknown
from rongji.services.selectors.listing import in_order
from rongji.services.showing import Shown
from rongji.services.titles import titles_of
from rongji.services.types import ChildGroup, FileLine, HistoryLine, RecordPage

MOST_CHILDREN = 50


def record_page(actor: Actor, record_id: int) -> RecordPage:
    """Everything about one record. Raises: RecordUnknown, NotAllowed."""
    row = Record.objects.filter(pk=record_id).first()
    if row is None:
        raise RecordUnknown(record=record_id)
    guard(actor, SEE_RECORDS, row)
    declared, places = declared_register(row.register), Places(row.bureau)
    shown = Shown(actor, declared, places, [row])
    parent = (row.parent_id, titles_of(actor, [row.parent_id]).get(row.parent_id, "")) if row.parent_id else None
    files = row.files.order_by("id").values_list("id", "title", "file_name", "digest", "added_on", "added_by")
    return RecordPage(
        register=declared,
        bureau=row.bureau,
        row=shown.row(row),
        entered_at=row.entered_at,
        entered_by=row.entered_by,
        history=_history(actor, places, row),
        files=tuple(FileLine(*item) for item in files),
        children=tuple(_children(actor, places, row)),
        parent=parent,
        may_change=row.withdrawn_on is None and KEEP_RECORDS.permits(actor, row),
    )


def _history(actor: Actor, places: Places, row: Record) -> tuple[HistoryLine, ...]:
    """The changes, oldest first, each field in words."""
    declared = declared_register(row.register)
    changes = list(RecordChange.objects.filter(record=row).order_by("id"))
    told = [Record(values={**item.before}) for item in changes] + [Record(values={**item.after}) for item in changes]
    shown = Shown(actor, declared, places, told)
    found = []
    for place, item in enumerate(changes):
        fields = tuple(
            (asked.label, shown.cell(asked, item.before.get(asked.id)), shown.cell(asked, item.after.get(asked.id)))
            for asked in declared.fields
            if item.before.get(asked.id) != item.after.get(asked.id)
        )
        found.append(HistoryLine(item.at, item.actor_label, item.reason, place == 0, fields))
    return tuple(found)


def _children(actor: Actor, places: Places, row: Record) -> Iterator[ChildGroup]:
    """What hangs on a record, by register, as far as it may be seen."""
    scope = SEE_RECORDS.scope_filter(actor, path_field="scope_path", area_field="area")
    known = [item.id for item in registers()]  # nobody can read what a register kept whose declaration is gone
    below = Record.objects.filter(scope, parent=row, withdrawn_on__isnull=True, register__in=known)
    for name in below.order_by("register").values_list("register", flat=True).distinct():
        rows = list(in_order(below.filter(register=name))[: MOST_CHILDREN + 1])
        shown = Shown(actor, declared_register(name), places, rows)
        listed = tuple(shown.row(item) for item in rows[:MOST_CHILDREN])
        yield ChildGroup(declared_register(name), listed, len(rows) > MOST_CHILDREN)
