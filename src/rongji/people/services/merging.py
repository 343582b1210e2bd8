"""Two files of one person made one, and taken apart again.

Every row of any room that points to the absorbed file is moved to the kept one and listed; what would stand there twice
(the same identity over the same months, a second name, a second death) stays behind and is listed too. Taking apart
moves exactly the listed rows back.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import IntegrityError, models, transaction

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.types import Actor
from rongji.people.copies import refresh
from rongji.people.dated import DatedFact
from rongji.people.entering import overlap
from rongji.people.models import Attribute, BankAccount, FamilyMember, Identity, LifeEvent, Merge, Person, Residence
from rongji.people.policies import MERGE_PEOPLE
from rongji.people.refusals import MergeOverlaid, MergeUnfit, PersonUnknown
from rongji.people.services.whereabouts import refuse_short_reason
from rongji.people.services.writing import Entry, tell
from rongji.people.types import ChangeKind, LifeEventKind

MergeGuard = Callable[[int, int], None]
_GUARDS: list[MergeGuard] = []
Listing = dict[str, list[int]]


def register_merge_guard(check: MergeGuard) -> MergeGuard:
    """Let another room refuse a merge: `check(kept_id, absorbed_id)` raises a refusal when its rows do not fit."""
    if check not in _GUARDS:
        _GUARDS.append(check)
    return check


def merge_persons(*, actor: Actor, kept_id: int, absorbed_id: int, reason: str) -> int:
    """Make two files of one person one; returns the number of the merge, by which it can be undone.

    Raises: NotAllowed, PersonUnknown, ReasonMissing, MergeUnfit, and what guards of other rooms refuse with.
    """
    kept, absorbed = _person(actor, kept_id), _person(actor, absorbed_id)
    refuse_short_reason("合并档案", reason)
    with transaction.atomic():
        trail.lock_head()
        kept, absorbed = _held(kept.pk), _held(absorbed.pk)
        _refuse_unfit(kept, absorbed)
        for check in _GUARDS:
            check(kept.pk, absorbed.pk)
        moved, left = _move(kept, absorbed)
        Person.objects.filter(pk=absorbed.pk).update(merged_into=kept)
        absorbed.merged_into = kept
        refresh(kept)
        row = Merge.objects.create(
            kept=kept,
            absorbed=absorbed,
            moved={"moved": moved, "left": left, "closed": _closed(moved)},
            reason=reason[:255],
            merged_on=actor.day,
            merged_by_id=actor.user_id,
        )
        count = sum(len(ids) for ids in moved.values())
        said = f"并入档案 {absorbed.number}，移入记录 {count} 条：{reason}"
        _tell(actor, kept, ChangeKind.MERGED, said, "merge", row, absorbed)
    return row.pk


def undo_merge(*, actor: Actor, merge_id: int, reason: str) -> None:
    """Take two merged files apart again, each with the rows it had.

    Raises: NotAllowed, PersonUnknown, ReasonMissing, MergeUnfit (undone already, or merged on), MergeOverlaid (a moved
    row was corrected since).
    """
    row = Merge.objects.filter(pk=merge_id).first()
    if row is None or row.undone_on is not None:
        raise MergeUnfit(why=f"没有编号为 {merge_id} 的有效合并，可能已经拆分")
    kept, absorbed = _person(actor, row.kept_id), _person(actor, row.absorbed_id)
    refuse_short_reason("拆分档案", reason)
    with transaction.atomic():
        trail.lock_head()
        kept, absorbed = _held(kept.pk), _held(absorbed.pk)
        if kept.merged_into_id is not None:
            raise MergeUnfit(why=f"档案 {kept.number} 后来又并入了别的档案，请先拆分后一次合并")
        _refuse_overlaid(row)
        _move_back(row)
        refresh(kept)
        _refuse_taken_number(absorbed)
        absorbed.merged_into = None
        absorbed.save(update_fields=["merged_into"])
        refresh(absorbed)
        row.undone_on = actor.day
        row.save(update_fields=["undone_on"])
        said = f"拆出档案 {absorbed.number}：{reason}"
        _tell(actor, kept, ChangeKind.UNMERGED, said, "undo_merge", row, absorbed)


def _person(actor: Actor, person_id: int) -> Person:
    found = Person.objects.filter(pk=person_id).first()
    if found is None:
        raise PersonUnknown(person=person_id)
    guard(actor, MERGE_PEOPLE, found)
    return found


def _held(person_id: int) -> Person:
    return Person.objects.select_for_update().get(pk=person_id)


def _refuse_unfit(kept: Person, absorbed: Person) -> None:
    why = ""
    if kept.pk == absorbed.pk:
        why = "两个编号是同一份档案"
    elif merged := next((item for item in (kept, absorbed) if item.merged_into_id), None):
        why = f"档案 {merged.number} 已经并入别的档案"
    elif kept.bureau != absorbed.bureau:
        why = "两份档案属于不同单位，请先由一方办理迁出"
    elif kept.sex != absorbed.sex:
        why = "两份档案的性别不同，请先核对更正"
    elif kept.born_on != absorbed.born_on:
        why = f"出生日期不同（{kept.born_on} 与 {absorbed.born_on}），请先核对更正"
    elif kept.died_on and absorbed.died_on and kept.died_on != absorbed.died_on:
        why = f"死亡日期不同（{kept.died_on} 与 {absorbed.died_on}），请先核对更正"
    if why:
        raise MergeUnfit(why=why)


def _pointing_fields() -> Iterator[tuple[type[models.Model], str]]:
    """Every foreign key to a person in any room; the merges themselves and the link between files stand apart."""
    for relation in Person._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)):
            continue
        model = relation.related_model
        if model not in (Person, Merge):
            yield model, relation.field.name


def _move(kept: Person, absorbed: Person) -> tuple[Listing, Listing]:
    """What was moved and what was left, by `app.model:field`."""
    moved: Listing = {}
    left: Listing = {}
    for model, field in _pointing_fields():
        label = f"{model._meta.label_lower}:{field}"
        for row in model._default_manager.filter(**{field: absorbed}).order_by("pk"):
            side = moved if not _is_double(row, kept) and _repoint(row, field, kept) else left
            side.setdefault(label, []).append(row.pk)
    return moved, left


def _closed(moved: Listing) -> Listing:
    """The moved rows that no longer counted when they were moved."""
    known = {f"{model._meta.label_lower}:{field}": model for model, field in _pointing_fields()}
    closed: Listing = {}
    for label, ids in moved.items():
        if issubclass(known[label], DatedFact):
            gone = known[label]._default_manager.filter(pk__in=ids, superseded_on__isnull=False)
            closed[known[label]._meta.label_lower] = list(gone.order_by("pk").values_list("pk", flat=True))
    return closed


def _repoint(row: models.Model, field: str, kept: Person) -> bool:
    """Whether the row could be moved; where the database forbids it to stand twice, it stays."""
    try:
        with transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**{field: kept})
    except IntegrityError:
        return False
    return True


def _is_double(row: Any, kept: Person) -> bool:
    """Whether the kept file already says what the row says; rows that no longer count are history and always move."""
    if not isinstance(row, DatedFact) or row.superseded_on is not None:
        return False
    standing = type(row)._default_manager.filter(superseded_on__isnull=True)
    match row:
        case Attribute():
            return standing.filter(person=kept, kind=row.kind).exists()
        case Residence():
            return standing.filter(person=kept).exists()
        case BankAccount():
            return standing.filter(person=kept, to_on__isnull=True).exists()
        case LifeEvent():
            return row.kind == LifeEventKind.DIED and standing.filter(person=kept, kind=row.kind).exists()
        case FamilyMember():
            return standing.filter(person=kept, family=row.family_id, to_on__isnull=True).exists()
        case Identity():
            return any(_same_months(row, other) for other in standing.filter(person=kept, category=row.category))
    return False


def _same_months(one: Identity, other: Identity) -> bool:
    return overlap(one.first_month, one.last_month, other.first_month, other.last_month)


def _refuse_overlaid(merge: Merge) -> None:
    """A moved row that was corrected since has its successor in the kept file: moving it back would lose the fact."""
    for model, _, ids in _listed(merge):
        if not issubclass(model, DatedFact):
            continue
        changed = model._default_manager.filter(pk__in=ids, superseded_on__isnull=False)
        then = merge.moved.get("closed", {}).get(model._meta.label_lower, [])
        if changed.exclude(pk__in=then).exists():
            raise MergeOverlaid(what=str(model._meta.verbose_name))


def _move_back(merge: Merge) -> None:
    for model, field, ids in _listed(merge):
        model._default_manager.filter(pk__in=ids).update(**{field: merge.absorbed_id})


def _listed(merge: Merge) -> Iterator[tuple[Any, str, list[int]]]:
    known = {f"{model._meta.label_lower}:{field}": (model, field) for model, field in _pointing_fields()}
    for label, ids in merge.moved["moved"].items():
        model, field = known[label]
        yield model, field, ids


def _refuse_taken_number(absorbed: Person) -> None:
    """Somebody may have been registered under the number of the absorbed file since."""
    if not absorbed.id_index:
        return
    standing = Person.objects.filter(bureau=absorbed.bureau, id_index=absorbed.id_index, merged_into__isnull=True)
    other = standing.exclude(pk=absorbed.pk).first()
    if other is not None:
        raise MergeUnfit(why=f"身份证号已在档案 {other.number} 中使用，请先核对")


def _tell(
    actor: Actor, kept: Person, kind: ChangeKind, summary: str, action: str, row: Merge, absorbed: Person
) -> None:
    detail = {"merge": row.pk, "absorbed": absorbed.pk, "moved": {k: len(v) for k, v in row.moved["moved"].items()}}
    tell(
        Entry(actor, kept, actor.day), kind=kind, true_from=actor.day, summary=summary, action=action, detail=detail,
        parts={f"{kept.bureau}/merges", *absorbed.parts},
    )  # fmt: skip
