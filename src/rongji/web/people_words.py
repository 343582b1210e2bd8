"""Codes of people and payments in words: categories and benefits as the law names them, stations by their names."""

from datetime import date
from functools import cache

from rongji.accounts.selectors import organisations_of_kind
from rongji.law.loader import lawbook
from rongji.law.values import find

_CATEGORIES, _BENEFITS = "entitlement.categories", "entitlement.benefits"


def category_label(code: str) -> str:
    """The name of a category as the law last knows it; its code where no table names it."""
    return _label(_CATEGORIES, "category", code)


def benefit_label(identity: str) -> str:
    """The name of a benefit as the law last knows it; its id where no table names it."""
    return _label(_BENEFITS, "benefit", identity)


@cache
def _label(table: str, key: str, code: str) -> str:
    """The law of a process does not change while it runs, so each name is looked up once."""
    row = find(table, on=date.max, known_on=date.max, law=lawbook(), **{key: code})
    return str(row.value.label) if row else code


def station_names() -> dict[str, str]:
    """Every station by its code."""
    return {item.code: item.name for item in organisations_of_kind("station")}


def grade_words(cause: str, grade: int) -> str:
    """A disability grade as certificates print it."""
    return f"{cause}{grade}级"


def standard_words(key: str) -> str:
    """The keys of a standard as a reader says them: 因战|5 as 因战 5 级."""
    parts = key.split("|") if key else []
    return " ".join(f"{part} 级" if part.isdigit() else part for part in parts)
