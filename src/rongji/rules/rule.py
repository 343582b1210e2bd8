"""The decorator every rule wears: an id, the acts it rests on, and a docstring that says unit and rounding."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])

REQUIRED_HEADINGS = ("Unit:", "Rounding:")
"""What a rule's docstring must say besides its first line."""


class BadRule(Exception):
    """A rule that is declared wrongly: a bug of ours, found at import."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule. cites: ids of acts in `legal/acts`; title: first line of its docstring."""

    id: str
    cites: tuple[str, ...]
    title: str
    description: str
    function: Callable[..., Any]


_REGISTRY: dict[str, Rule] = {}


def rule(*, id: str, cites: tuple[str, ...]) -> Callable[[Function], Function]:
    """Register a pure function as the rule `id`, resting on the acts `cites`.

    Raises: BadRule when the id is taken, no act is cited, or the docstring lacks unit or rounding.
    """

    def register(function: Function) -> Function:
        description = inspect.getdoc(function) or ""
        _refuse_bad(id, cites, description)
        _REGISTRY[id] = Rule(id, cites, description.partition("\n")[0], description, function)
        return function

    return register


def all_rules() -> Mapping[str, Rule]:
    """Every rule that has been imported, by id: feeds the reference."""
    return MappingProxyType(dict(sorted(_REGISTRY.items())))


def _refuse_bad(id: str, cites: tuple[str, ...], description: str) -> None:
    if id in _REGISTRY:
        raise BadRule(f"rule id {id} is taken by {_REGISTRY[id].function.__module__}")
    if not cites:
        raise BadRule(f"rule {id} cites no act")
    missing = [heading for heading in REQUIRED_HEADINGS if heading not in description]
    if missing:
        raise BadRule(f"docstring of rule {id} lacks {', '.join(missing)}")
