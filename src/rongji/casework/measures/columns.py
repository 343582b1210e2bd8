"""Fields of a case as columns of a query, and the words that they hold."""

from django.db.models import F
from django.db.models.expressions import Expression

from rongji.accounts.columns import Answer
from rongji.law.asked import Asked, AskedKind
from rongji.law.case_checks import FIELD, asked_of
from rongji.law.case_kinds import CaseKind

OWN = ("channel", "outcome", "step")
"""Axes that every case has beside its fields."""


def column(axis: str) -> Expression | F:
    """What an axis of a kind (`channel`, `field:topic`) is in a case."""
    return F(axis) if axis in OWN else Answer(axis.removeprefix(FIELD))


def label_of(kind: CaseKind, axis: str, word: str) -> str:
    """A word as people read it: channels and steps by their labels."""
    if axis == "channel":
        return next((item.label for item in kind.channels if item.id == word), word)
    if axis == "step":
        return next((item.label for item in kind.steps if item.id == word), word)
    asked = asked_of(kind).get(axis.removeprefix(FIELD))
    return f"{asked.label}：{word}" if asked and asked.kind is AskedKind.FLAG else word


def asked_by(kind: CaseKind, axis: str) -> Asked | None:
    """The field of an axis, None for what every case has."""
    return asked_of(kind).get(axis.removeprefix(FIELD))
