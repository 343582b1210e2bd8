"""The register of checks: a check is a decorated generator of findings; importing its file registers it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from rongji.checks.situation import Situation
from rongji.kernel.finding import Finding, Verdict

Generator = Callable[[Situation], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """One check: id (function name in kebab case), title in the field's words, basis, gravest verdict, family."""

    id: str
    title: str
    basis: str
    level: Verdict
    family: str
    explanation: str
    function: Generator

    def findings(self, situation: Situation) -> Iterator[Finding]:
        """What it finds in one bureau-year, each finding carrying the check's id."""
        for finding in self.function(situation):
            yield replace(finding, check=self.id)


_REGISTER: dict[str, Check] = {}


def check(*, title: str, basis: str = "", level: Verdict = Verdict.CONTRADICTION) -> Callable[[Generator], Generator]:
    """Register a generator of findings under its own name. basis: the act or rule in words, empty for arithmetic."""

    def register(function: Generator) -> Generator:
        identity = function.__name__.replace("_", "-")
        if identity in _REGISTER and _REGISTER[identity].function.__module__ != function.__module__:
            raise ValueError(f"two checks are called {identity}")
        _REGISTER[identity] = Check(
            id=identity,
            title=title,
            basis=basis or "数字之间的算术关系",
            level=level,
            family=function.__module__.rpartition(".")[2],
            explanation=" ".join((function.__doc__ or "").split()),
            function=function,
        )
        return function

    return register


def registered() -> tuple[Check, ...]:
    """Every check, in order of registration (identities first, texts last)."""
    return tuple(_REGISTER.values())


def check_named(identity: str) -> Check | None:
    """The check of that id."""
    return _REGISTER.get(identity)
