"""Which rows of a file came by a merge, and which went, since a day."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from rongji.people.models import Merge


@dataclass(frozen=True, slots=True)
class Hidden:
    """Rows by model that lie in a file today and did not then (came), and the other way round (went).

    not_yet_merged: the file itself has been merged into another only since.
    """

    came: dict[str, list[int]] = field(default_factory=dict)
    went: dict[str, list[int]] = field(default_factory=dict)
    not_yet_merged: bool = False


def rows_as_merged(person_id: int, known_on: date) -> Hidden:
    """What a reading as of that day has to leave out and to bring back, by the merges made since that still hold."""
    later = Merge.objects.filter(Q(kept=person_id) | Q(absorbed=person_id), undone_on__isnull=True)
    hidden = Hidden()
    for merge in later.filter(merged_on__gt=known_on):
        side = hidden.came if merge.kept_id == person_id else hidden.went
        for label, ids in merge.moved.get("moved", {}).items():
            side.setdefault(label.partition(":")[0], []).extend(ids)
    not_yet = later.filter(absorbed=person_id, merged_on__gt=known_on).exists()
    return Hidden(hidden.came, hidden.went, not_yet)
