"""Which acts are possible with a case as it stands, and how the answers decide what follows."""

from collections.abc import Mapping
from typing import Any

from rongji.law.case_kinds import Act, CaseKind, Follows
from rongji.rules.answers import NO, YES


def acts_from(kind: CaseKind, step: str, *, is_open: bool = True) -> tuple[Act, ...]:
    """What may be done with a case at a step, whoever does it."""
    return tuple(act for act in kind.acts if is_possible(act, step, is_open=is_open))


def is_possible(act: Act, step: str, *, is_open: bool) -> bool:
    """Whether an act starts from a step, on a case that is open or closed."""
    return step in act.from_steps and (is_open or act.after_close)


def needs_other_hands(act: Act) -> bool:
    """Whether whoever did the act before it may not do this one: an extension is never approved by who asked for it."""
    return act.by_other or act.follows is Follows.EXTEND


def holds(when: Mapping[str, tuple[str, ...]], values: Mapping[str, Any]) -> bool:
    """Whether the answers are among the words of every condition (`field:<id>` → words; a flag is 是 or 否)."""
    return all(word_of(values.get(name.removeprefix("field:"))) in words for name, words in when.items())


def word_of(value: Any) -> str:
    """An answer as conditions name it."""
    if isinstance(value, bool):
        return YES if value else NO
    return "" if value is None else str(value)
