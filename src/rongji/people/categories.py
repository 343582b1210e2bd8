"""The categories of people, as the law's table names them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rongji.law.values import find, table_named
from rongji.people.refusals import CategoryClosed, UnknownCategory

TABLE = "entitlement.categories"


@dataclass(frozen=True, slots=True)
class Category:
    """A category: its code, label, group, and the day since which nobody new is taken into it."""

    code: str
    label: str
    group: str
    benefit: str
    is_open: bool
    since: date


def category(code: str, *, on: date, known_on: date, region: str = "") -> Category:
    """The category of that code as it stands on a day; one that is not yet in force then stands as first known.

    Raises: UnknownCategory, with those that there are.
    """
    table = table_named(TABLE, region=region)
    rows = table.by_key.get((code,), ())
    if not rows:
        raise UnknownCategory(
            category=code, known="、".join(f"{item.code} {item.label}" for item in known_categories(known_on, region))
        )
    row = find(TABLE, on=max(on, rows[0].effective), known_on=known_on, region=region, category=code) or rows[0]
    return Category(code, row.value.label, row.value.group, row.value.benefit, row.value.open, row.effective)


def known_categories(known_on: date, region: str = "") -> Iterator["Category"]:
    """Every category, in the order of the table."""
    for (code,) in table_named(TABLE, region=region).by_key:
        yield category(code, on=known_on, known_on=known_on, region=region)


def refuse_unfit_category(code: str, *, on: date, known_on: date) -> Category:
    """The category of that code, when somebody may be taken into it on that day.

    Raises: UnknownCategory, CategoryClosed.
    """
    found = category(code, on=on, known_on=known_on)
    if not found.is_open:
        raise CategoryClosed(category=code, label=found.label, since=found.since)
    return found
