"""What the templates of people and payments ask for: amounts with a sign, codes in words."""

from collections.abc import Mapping
from typing import Any

from django import template

from rongji.budget.types import LEVEL_LABELS, Level
from rongji.kernel.fen import yuan
from rongji.web.people_words import benefit_label, category_label

register = template.Library()
register.filter(category_label)
register.filter(benefit_label)


@register.filter
def yuan_of(fen: int | None) -> str:
    """Whole fen as 元 with two places: 1,234.50, −35.10; empty for none."""
    return "" if fen is None else yuan(fen).replace("-", "−")


@register.filter
def magnitude(fen: int) -> str:
    """An amount without its sign, where words say the direction."""
    return yuan(abs(fen))


@register.filter
def signed_fen(fen: int | None) -> str:
    """A difference as 元 with its sign: +120.00, −35.10."""
    if fen is None:
        return ""
    return yuan(fen) if fen == 0 else f"{'+' if fen > 0 else '−'}{yuan(abs(fen))}"


@register.filter
def get(table: Mapping[int, Any], key: int) -> Any:
    """What a table holds for a key; empty when nothing."""
    return table.get(key, "")


@register.filter
def level_label(level: str) -> str:
    """The level of government that pays, in a word."""
    return LEVEL_LABELS[Level(level)]


@register.filter
def standard_tables(standard: str) -> list[tuple[str, str]]:
    """The legal tables that a line was computed from, each with its row: standards.x#16；entitlement.y#1."""
    refs = (part.partition("#") for part in standard.split("；") if part)
    return [(table, row) for table, _, row in refs]
