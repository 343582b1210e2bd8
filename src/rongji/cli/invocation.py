"""What the running command line said before its command: as whom, and which command it is. Needs no Django."""

from contextvars import ContextVar
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Invocation:
    """as_user: the account named with --as; command: its words without arguments (`rongji trail seal`)."""

    as_user: str = ""
    command: str = ""


_current: ContextVar[Invocation] = ContextVar("rongji_invocation")


def invocation() -> Invocation:
    """The running one; empty outside of the command line."""
    return _current.get(Invocation())


def note(**facts: str) -> None:
    """Remember a part of it."""
    _current.set(replace(invocation(), **facts))
