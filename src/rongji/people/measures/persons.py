"""Persons behind a number, as a reader of the year may see them: by name and with a link, or by file number only."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from rongji.accounts.types import Scope
from rongji.kernel.figure import RowRef
from rongji.kernel.quantity import Quantity
from rongji.people.models import Person

REGISTER = "人员登记"
TABLE = "people"
PERSON, FILE = "person", "file"
"""Tables of the rows: a person whose page may be opened, or a file of which only the number is told."""

MaySee = Callable[[Scope], bool]
FIELDS = ("id", "number", "name", "village", "scope_path", "area")
AT_ONCE = 500


def person_row(fields: Mapping[str, Any], quantity: Quantity | None, may_see: MaySee, said: str = "") -> RowRef:
    """One person with what they add. fields: FIELDS; said: what else is told of the person, of this number."""
    tail = f"（{said}）" if said else ""
    if may_see(Scope(path=fields["scope_path"], area=fields["area"])):
        label = " ".join(part for part in (fields["number"], fields["name"], fields["village"]) if part)
        return RowRef(PERSON, str(fields["id"]), f"{label}{tail}", quantity)
    return RowRef(FILE, "", f"档案 {fields['number']}{tail}", quantity)


def fields_of(ids: Iterable[int]) -> list[dict[str, Any]]:
    """FIELDS of some persons, by number of the file."""
    wanted = sorted(ids)
    found: list[dict[str, Any]] = []
    for start in range(0, len(wanted), AT_ONCE):
        found += Person.objects.filter(pk__in=wanted[start : start + AT_ONCE]).values(*FIELDS)
    return sorted(found, key=lambda row: row["number"])
