"""The periodic benefits and their standards as choices, as the tables of law in force for a county name them."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from rongji.law.benefits import benefit, benefit_ids
from rongji.law.loader import lawbook
from rongji.law.refusals import UnknownBenefit, UnknownTable, ValueIsMissing
from rongji.law.shapes.benefit import ANY, Benefit
from rongji.law.values import find, tables_named
from rongji.web.forms.fields import Choice
from rongji.web.people_words import standard_words

JOIN = "|"


@lru_cache(maxsize=64)
def benefit_choices(area: str, on: date) -> tuple[Choice, ...]:
    """Every benefit that may be granted there on a day, one choice for each standard: `benefit:key`.

    Does not cover benefits without a standard in force for the county: none can be granted.
    """
    return tuple(_choices(area, on))


def key_choices(benefit_id: str, area: str, on: date) -> tuple[Choice, ...]:
    """The standards of one benefit, by their key."""
    ours = (item for item in benefit_choices(area, on) if item.value.partition(":")[0] == benefit_id)
    return tuple(Choice(item.value.partition(":")[2], item.label) for item in ours)


def _choices(area: str, on: date) -> Iterator[Choice]:
    for name in benefit_ids(law=lawbook()):
        try:
            found = benefit(name, on=on, known_on=on, region=area)
        except UnknownBenefit:
            continue
        if found.is_monthly and found.standard:
            for key in _keys(found, area, on):
                yield Choice(f"{name}:{key}", standard_words(key) or "统一标准", found.label)


def _keys(found: Benefit, area: str, on: date) -> list[str]:
    """The key words for which a value is in force, in the order of the tables."""
    try:
        tables = tables_named(found.standard, region=area)
    except UnknownTable:
        return []
    known: dict[str, None] = {}
    for table in tables:
        for words in table.by_key:
            if table.keys == found.keys and ANY not in words and _is_in_force(found, area, on, words):
                known[JOIN.join(words)] = None
    return list(known)


def _is_in_force(found: Benefit, area: str, on: date, words: tuple[str, ...]) -> bool:
    keys = dict(zip(found.keys, words, strict=True))
    try:
        return find(found.standard, on=on, known_on=on, region=area, law=lawbook(), **keys) is not None
    except ValueIsMissing:
        return False
