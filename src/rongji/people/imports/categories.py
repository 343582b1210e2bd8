"""The categories of the law as rosters need them: name, grade or years of service needed, since when it is closed."""

from datetime import date

from rongji.law.benefits import benefit, categories
from rongji.law.loader import lawbook
from rongji.law.model import Lawbook
from rongji.people.categories import category
from rongji.people.imports.words import Categories, Category

_GRADE, _PER_UNIT = "grade", "unit"


def categories_of(day: date, region: str) -> Categories:
    """The categories in force on a day."""
    law = lawbook()
    found = categories(on=day, known_on=day, region=region, law=law)
    return Categories.of(
        Category(code, item.label, *_needs(item.benefit, day, region, law), _closed_since(code, day, region))
        for code, item in found.items()
    )


def _closed_since(code: str, day: date, region: str) -> date | None:
    found = category(code, on=day, known_on=day, region=region)
    return None if found.is_open else found.since


def _needs(benefit_id: str, day: date, region: str, law: Lawbook) -> tuple[bool, bool]:
    """Whether a monthly benefit goes by disability grade, and whether by units (years of service)."""
    if not benefit_id:
        return False, False
    item = benefit(benefit_id, on=day, known_on=day, region=region, law=law)
    if not item.is_monthly:
        return False, False
    table = law.tables.get(("", item.standard))
    per_unit = any(getattr(row.value, "of", "") == _PER_UNIT for row in table.rows) if table else False
    return _GRADE in item.keys, per_unit
