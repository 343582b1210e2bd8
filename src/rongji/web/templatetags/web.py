"""What the templates of the pages ask for: the menu of an actor, words for roles, numbers as the county prints them."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import template

from rongji.accounts.types import ROLE_LABELS, Actor
from rongji.kernel.quantity import Quantity
from rongji.reports.form_reader import load_forms
from rongji.rules.scoring.points import plain as plain_number
from rongji.rules.scoring.score_row import BASIS_MARK
from rongji.web.desk import short_name
from rongji.web.menu import MenuGroup, menu_for
from rongji.web.trail_words import kind_label, origin_in_words

register = template.Library()


@dataclass(frozen=True, slots=True)
class ShownItem:
    """A menu item as this page shows it."""

    label: str
    address: str
    icon: str
    active: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group of menu items as this page shows it."""

    label: str
    items: tuple[ShownItem, ...]


@register.simple_tag(takes_context=True)
def menu(context: dict[str, Any]) -> list[ShownGroup]:
    """The menu of the signed-in actor; the longest address that the page lies under is marked."""
    request = context["request"]
    actor = getattr(request, "actor", None)
    groups: list[MenuGroup] = menu_for(actor, context.get("year_page")) if actor else []
    addresses = [item.address for group in groups for item in group.items if request.path.startswith(item.address)]
    here = max(addresses, key=len, default="")
    return [
        ShownGroup(
            group.label,
            tuple(ShownItem(item.label, item.address, item.icon, item.address == here) for item in group.items),
        )
        for group in groups
    ]


@register.filter
def role_words(actor: Actor | None) -> str:
    """The roles of an actor in words."""
    return "、".join(ROLE_LABELS[role] for role in sorted(actor.roles)) if actor else ""


@register.filter
def fen(amount: int | None, unit: str = "万元") -> str:
    """An amount of fen with thousands separators, two decimals: `{{ amount|fen }}`, `{{ amount|fen:"元" }}`."""
    return "" if amount is None else Quantity.from_fen(amount, unit, 2).shown(grouping=True)


@register.filter
def quantity(value: Quantity | None) -> str:
    """A quantity with its unit, thousands separated."""
    return "" if value is None else f"{value.shown(grouping=True)} {value.unit_name}"


@register.filter
def plain(value: Decimal | str | None) -> str:
    """Points without needless zeros; a dash when there are none."""
    return plain_number(value) if isinstance(value, Decimal) else "—"


@register.filter
def subtract(count: int, shown: list[Any]) -> int:
    """How many of a list are left when some are shown."""
    return count - len(shown)


@register.filter
def said(how: str) -> str:
    """How a score came about, without what it rests on."""
    return how.partition(BASIS_MARK)[0]


@register.filter
def grant_words(grant: str) -> str:
    """A role and where it holds: 财务@yuelu as 财务（yuelu）."""
    role, _, where = grant.partition("@")
    return f"{role}（{where}）"


@register.filter
def bureau_short(name: str) -> str:
    """The bureau without the long name of its office."""
    return short_name(name)


register.filter(kind_label)
register.filter(origin_in_words)


@register.filter
def form_label(identity: str) -> str:
    """The title of a form; its id where it is no longer defined."""
    form = load_forms().get(identity)
    return form.label if form else identity
