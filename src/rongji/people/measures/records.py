"""Numbers of records rather than persons: pages of scanned papers, changes, households; they open by kind."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from rongji.kernel.figure import Figure, RowRef
from rongji.law.measured import Group, Named, amount_of, counted_figure
from rongji.people import models
from rongji.people.measures.persons import FILE, REGISTER, TABLE, MaySee, person_row
from rongji.people.types import CHANGE_LABELS

FAMILY_KINDS = {"household": "户籍家庭"}
_OF_PERSON = {
    "id": F("person_id"), "number": F("person__number"), "name": F("person__name"), "village": F("person__village"),
    "scope_path": F("person__scope_path"), "area": F("person__area"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RecordCount:
    """A number of records: which rows, by which word they are grouped, what each adds, how a group and a row read."""

    named: Named
    rows: Callable[[str, int], QuerySet]
    kind: str
    adds: Any
    labels: Mapping[Any, str]
    person: str = "person"
    said: str = ""


def record_figures(bureau: str, year: int) -> Iterator[Figure]:
    """The figure of every number that is not nothing."""
    for count in COUNTS:
        grouped = count.rows(bureau, year).order_by().values_list(count.kind).annotate(n=count.adds)
        rows = sorted(((kind, n) for kind, n in grouped if n), key=lambda row: (-row[1], row[0]))
        if rows:
            groups = (Group(kind, count.labels.get(kind, kind), n) for kind, n in rows)
            yield counted_figure(count.named, groups, register=REGISTER, table=TABLE)


def records_behind(count: RecordCount, bureau: str, year: int, kind: str, may_see: MaySee) -> Iterable[RowRef]:
    """What one group opens into: the persons whose records they are, or the households themselves."""
    rows = count.rows(bureau, year).filter(**{count.kind: kind}).order_by()
    if count is HOUSEHOLDS:
        numbers = rows.values_list("family__number").annotate(n=Count("id")).order_by("family__number")
        for number, members in numbers:
            yield RowRef(FILE, "", f"户 {number}（{members} 人）", amount_of(count.named.concept, 1))
        return
    grouped = rows.values(**{f"of_{name}": field for name, field in _OF_PERSON.items()}).annotate(n=count.adds)
    for row in grouped.order_by("of_number"):
        fields = {name: row[f"of_{name}"] for name in _OF_PERSON}
        if row["n"]:
            yield person_row(fields, amount_of(count.named.concept, row["n"]), may_see)


def _scans(bureau: str, year: int) -> QuerySet:
    return models.ArchiveItem.objects.filter(
        person__bureau=bureau, person__merged_into__isnull=True, scanned_on__lte=date(year, 12, 31)
    )


def _changes(bureau: str, year: int) -> QuerySet:
    return models.Change.objects.filter(person__bureau=bureau, known_on__year=year)


def _members(bureau: str, year: int) -> QuerySet:
    last = date(year, 12, 31)
    rows = models.FamilyMember.objects.filter(family__bureau=bureau, superseded_on__isnull=True, from_on__lte=last)
    return rows.filter(Q(to_on__isnull=True) | Q(to_on__gt=last))


HOUSEHOLDS = RecordCount(
    Named("people.households", "年末有成员的家庭，每户计一次"), _members, "family__kind",
    Count("family", distinct=True), FAMILY_KINDS,
)  # fmt: skip
COUNTS = (
    RecordCount(Named("people.archive_pages", "年末已扫描材料的页数之和"), _scans, "kind", Sum("pages"), {}),
    RecordCount(
        Named("people.changes", "获知日期在当年的异动记录"), _changes, "kind", Count("id"),
        {str(kind): label for kind, label in CHANGE_LABELS.items()},
    ),
    HOUSEHOLDS,
)  # fmt: skip
