"""Which rows of a file came by a merge, and which went, since a day."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from rongji.accounts.types import Actor
from rongji.people.models import Merge, Person
from rongji.people.policies import SEE_PEOPLE


@dataclass(frozen=True, slots=True)
class Hidden:
    """Rows by model that lie in a file today and did not then (came), and the other way round (went).

    not_yet_merged: the file itself has been merged into another only since.
    """

    came: dict[str, list[int]] = field(default_factory=dict)
    went: dict[str, list[int]] = field(default_factory=dict)
    not_yet_merged: bool = False


def rows_as_merged(person_id: int, known_on: date) -> Hidden:
    """What a reading as of that day has to leave out and to bring back, by merges made or undone since."""
    hidden, not_yet = Hidden(), False
    for merge in Merge.objects.filter(Q(kept=person_id) | Q(absorbed=person_id)):
        was_merged = merge.merged_on <= known_on and (merge.undone_on is None or known_on < merge.undone_on)
        is_merged = merge.undone_on is None
        if was_merged == is_merged:
            continue
        is_kept = merge.kept_id == person_id
        not_yet = not_yet or (is_merged and not is_kept)
        side = hidden.came if is_kept == is_merged else hidden.went
        for label, ids in merge.moved["moved"].items():
            side.setdefault(label.partition(":")[0], []).extend(ids)
    return Hidden(hidden.came, hidden.went, not_yet)


def merged_files(bureau: str) -> dict[int, int]:
    """Every file of a bureau that went into another: its id → that of the file that stands now."""
    into = dict(
        Person.objects.filter(bureau=bureau, merged_into__isnull=False).order_by().values_list("id", "merged_into_id")
    )
    return {person: _kept_in(person, into) for person in into}


def _kept_in(person: int, into: dict[int, int]) -> int:
    while person in into:
        person = into[person]
    return person


@dataclass(frozen=True, slots=True)
class MergeFacts:
    """One merge of two files. undone_on: None while it holds; moved, left: how many rows were."""

    id: int
    kept_id: int
    kept: str
    absorbed_id: int
    absorbed: str
    reason: str
    merged_on: date
    undone_on: date | None
    moved: int
    left: int


def merges(actor: Actor, *, person_id: int | None = None) -> tuple[MergeFacts, ...]:
    """The merges in the actor's sight, of one file or of all, the latest first. Raises: NotAllowed."""
    SEE_PEOPLE.require_role(actor)
    rows = Merge.objects.filter(SEE_PEOPLE.scope_filter(actor, path_field="kept__scope_path", area_field="kept__area"))
    if person_id is not None:
        rows = rows.filter(Q(kept=person_id) | Q(absorbed=person_id))
    return tuple(_facts(row) for row in rows.select_related("kept", "absorbed").order_by("-id"))


def absorbed_files(person_id: int) -> tuple[int, ...]:
    """The files that have been merged into one, directly or by way of another: rows of other rooms still name them."""
    found: list[int] = []
    asked = [person_id]
    while asked:
        asked = list(Person.objects.filter(merged_into__in=asked).exclude(pk__in=found).values_list("pk", flat=True))
        found += asked
    return tuple(found)


def standing_file(person_id: int) -> int:
    """The file in which a person is kept today: the one given, or that into which it has been merged."""
    seen = {person_id}
    while True:
        kept = Person.objects.filter(pk=person_id).values_list("merged_into", flat=True).first()
        if kept is None or kept in seen:
            return person_id
        person_id = kept
        seen.add(kept)


def _facts(row: Merge) -> MergeFacts:
    counted = {side: sum(len(ids) for ids in row.moved[side].values()) for side in ("moved", "left")}
    return MergeFacts(
        id=row.pk,
        kept_id=row.kept_id,
        kept=row.kept.number,
        absorbed_id=row.absorbed_id,
        absorbed=row.absorbed.number,
        reason=row.reason,
        merged_on=row.merged_on,
        undone_on=row.undone_on,
        **counted,
    )
