"""What case kinds say must stand in the law: their acts are registered, their limits are in the table of limits."""

from collections.abc import Iterator
from pathlib import Path

from rongji.law.case_kinds import CaseKind, Follows, case_kind_ids, case_kind_versions
from rongji.law.model import Lawbook
from rongji.law.reading import Problems
from rongji.law.values import tables_named

LIMITS, EXTENSION = "deadlines.casework", "_extension"
ROLES = frozenset({"clerk", "section_head", "finance", "director", "performance_officer"})
"""Roles of a bureau, as kinds name them."""


def check_case_law(book: Lawbook, problems: Problems) -> None:
    """Everything in which case kinds and the rest of the law do not meet."""
    shorts: dict[str, str] = {}
    for kind_id in case_kind_ids(book.root):
        for kind in case_kind_versions(kind_id, book.root):
            place = _file(kind)
            for sentence in (*_acts(kind, book), *_limits(kind, book), *_roles(kind)):
                problems.add(place, "", sentence)
            word = kind.short or kind.label
            if shorts.setdefault(word, kind_id) != kind_id:
                problems.add(place, "", f"编号用的“{word}”与“{shorts[word]}”相同，请写不同的 short")


def _file(kind: CaseKind) -> str:
    region, _, day = kind.key.rpartition("/")
    place = Path("regions") / region if region else Path()
    return (place / "casework" / kind.id / f"{day}.yaml").as_posix()


def _acts(kind: CaseKind, book: Lawbook) -> Iterator[str]:
    if kind.act not in book.acts:
        yield f"法规“{kind.act}”没有登记，请先在 acts 中登记"


def _limits(kind: CaseKind, book: Lawbook) -> Iterator[str]:
    """Every clock and limit has a row that a case of the first day would find; an extension has a length."""
    region = kind.key.rpartition("/")[0]
    known = {key for table in tables_named(LIMITS, region=region[:6], law=book) for key in table.by_key}
    named = [(clock.procedure, clock.step) for clock in kind.clocks]
    named += [(limit.procedure, limit.step) for limit in kind.limits]
    for procedure, step in sorted(set(named) - known):
        yield f"期限“{procedure}/{step}”不在 {LIMITS} 中，请补一条，没有依据的写明待核"
    if any(act.follows is Follows.EXTEND for act in kind.acts):
        longer = {(clock.procedure, clock.step + EXTENSION) for clock in kind.clocks}
        if not longer & known:
            yield f"有延期的办理，但 {LIMITS} 中没有一个时限写有“{EXTENSION}”的长度"


def _roles(kind: CaseKind) -> Iterator[str]:
    named = {*kind.open_roles, *(role for act in kind.acts for role in act.roles)}
    for role in sorted(named - ROLES):
        yield f"没有角色“{role}”，可用的有：{'、'.join(sorted(ROLES))}"
