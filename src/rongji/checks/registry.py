"""The register of checks: a check is a decorated generator of findings; importing its file registers it.

Two registers: checks on a bureau's own year, which know the concepts, and checks on what any document states.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from rongji.kernel.finding import Finding, Verdict

if TYPE_CHECKING:  # 各检查文件要登记在此，不能反过来引用
    from rongji.checks.situation import Situation
    from rongji.checks.stated.model import StatedDocument

Subject = TypeVar("Subject")
Generator = Callable[[Subject], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Check(Generic[Subject]):
    """One check: id (function name in kebab case), title in the field's words, basis, gravest verdict, family."""

    id: str
    title: str
    basis: str
    level: Verdict
    family: str
    explanation: str
    function: Generator[Subject]

    def findings(self, subject: Subject) -> Iterator[Finding]:
        """What it finds in one bureau-year or document, each finding carrying the check's id."""
        for finding in self.function(subject):
            yield replace(finding, check=self.id)


_OF_YEARS: dict[str, Check[Situation]] = {}
_OF_DOCUMENTS: dict[str, Check[StatedDocument]] = {}


def check(
    *, title: str, basis: str = "", level: Verdict = Verdict.CONTRADICTION
) -> Callable[[Generator[Situation]], Generator[Situation]]:
    """Register a generator of findings under its own name. basis: the act or rule in words, empty for arithmetic."""
    return _registering(_OF_YEARS, title, basis, level)


def document_check(
    *, title: str, basis: str = "", level: Verdict = Verdict.CONTRADICTION
) -> Callable[[Generator[StatedDocument]], Generator[StatedDocument]]:
    """As `check`, for a generator that looks at what a document states."""
    return _registering(_OF_DOCUMENTS, title, basis, level)


def registered() -> tuple[Check[Situation], ...]:
    """Every check on a bureau-year, in order of registration (identities first, texts last)."""
    return tuple(_OF_YEARS.values())


def document_checks() -> tuple[Check[StatedDocument], ...]:
    """Every check on documents, in order of registration."""
    return tuple(_OF_DOCUMENTS.values())


def check_named(identity: str) -> Check[Situation] | Check[StatedDocument] | None:
    """The check of that id."""
    return _OF_YEARS.get(identity) or _OF_DOCUMENTS.get(identity)


def _registering(
    register: dict[str, Check[Subject]], title: str, basis: str, level: Verdict
) -> Callable[[Generator[Subject]], Generator[Subject]]:
    def add(function: Generator[Subject]) -> Generator[Subject]:
        identity = function.__name__.replace("_", "-")
        known = check_named(identity)
        if known is not None and known.function.__module__ != function.__module__:
            raise ValueError(f"two checks are called {identity}")
        register[identity] = Check(
            id=identity,
            title=title,
            basis=basis or "数字之间的算术关系",
            level=level,
            family=_family_of(function.__module__),
            explanation=" ".join((function.__doc__ or "").split()),
            function=function,
        )
        return function

    return add


def _family_of(module: str) -> str:
    """The file in which a check stands, with its room where it has one (`identities`, `prose.sums`)."""
    return module.removeprefix("rongji.checks.").removeprefix("stated.")
