"""Refusals: a request that is understood and not carried out, with what to do about it."""

from typing import Any, ClassVar


class Refusal(Exception):
    """A typed no: a code, a Chinese sentence that says what to do, and the facts behind it.

    Subclasses set `code` (unique, kebab case), `sentence` (a format string over the facts, ending
    in a full stop) and, where the defaults do not fit, `status` (HTTP) and `exit_code` (CLI).
    """

    code: ClassVar[str] = "refused"
    sentence: ClassVar[str] = "无法完成该操作。"
    status: ClassVar[int] = 422
    exit_code: ClassVar[int] = 3

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.sentence.format(**facts))

    def as_json(self) -> dict[str, Any]:
        """The one JSON shape of a refusal, the same in CLI and API."""
        return {"code": self.code, "message": str(self), "facts": {k: str(v) for k, v in self.facts.items()}}


def all_refusals() -> list[type[Refusal]]:
    """Every refusal class that has been imported, in order of code: feeds the reference."""
    found: set[type[Refusal]] = set()
    todo = [Refusal]
    while todo:
        for child in todo.pop().__subclasses__():
            if child not in found:
                found.add(child)
                todo.append(child)
    return sorted(found, key=lambda cls: cls.code)
