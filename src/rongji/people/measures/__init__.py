"""What the register of people counts for a bureau's year, each number with the persons behind it."""

from collections.abc import Iterator

from rongji.kernel.figure import Figure, RowRef
from rongji.law.measured import amount_of
from rongji.people.measures.headcounts import headcount_figures, tallies
from rongji.people.measures.persons import TABLE, MaySee, fields_of, person_row
from rongji.people.measures.records import COUNTS, record_figures, records_behind
from rongji.people.measures.register import Register
from rongji.people.models import Person

__all__ = ["TABLE", "MaySee", "Register", "derived_figures", "fields_of", "person_row", "rows_behind"]


def derived_figures(bureau: str, year: int) -> Iterator[Figure]:
    """Every figure that the register yields for a bureau's year; none when it keeps no person."""
    if not Person.objects.filter(bureau=bureau).exists():
        return
    yield from headcount_figures(Register(bureau, year))
    yield from record_figures(bureau, year)


def rows_behind(bureau: str, year: int, identifier: str, may_see: MaySee) -> tuple[RowRef, ...]:
    """The persons of one group behind one number. identifier: as the figure's row carries it."""
    name, opens, group = identifier.partition("|")
    if not opens:
        return ()
    for count in COUNTS:
        if count.named.name == name:
            return tuple(records_behind(count, bureau, year, group, may_see))
    for tally in tallies(Register(bureau, year)):
        if (rows := tally.rows_of(name)) is not None:
            one = amount_of(name.partition("#")[0], 1)
            return tuple(person_row(fields, one, may_see) for fields in fields_of(rows.ids_at(group)))
    return ()
