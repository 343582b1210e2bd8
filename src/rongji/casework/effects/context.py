"""The case as an effect sees it, and what an effect reports."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rongji.accounts.sealed_numbers import is_sealed, opened
from rongji.accounts.types import Actor
from rongji.casework.effects.refusals import EffectOfNobody
from rongji.law.case_kinds import CaseKind

FIELD, CASE, LITERAL = "field:", "case:", "="


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectContext:
    """The case as an effect sees it, with the act that brings it about.

    values: answers by field, as stored, those of the act over those of the case; `said` opens sealed numbers.
    decision: of this act, else of the case. acted_on: the day of the act.
    """

    actor: Actor
    case_id: int
    number: str
    kind: CaseKind
    bureau: str
    area: str
    station_code: str
    title: str
    applicant: str
    person_id: int | None
    received_on: date
    acted_on: date
    decision: str
    values: Mapping[str, Any]

    def said(self, source: str) -> Any:
        """What a source names: `field:<id>`, `case:<word>` or `=literal`; None where nothing was answered."""
        if source.startswith(LITERAL):
            return source.removeprefix(LITERAL)
        if source.startswith(FIELD):
            value = self.values.get(source.removeprefix(FIELD))
            return opened(value) if is_sealed(value) else value
        words = {
            "person": self.person_id, "received_on": self.received_on, "acted_on": self.acted_on,
            "decision": self.decision, "area": self.area, "number": self.number,
        }  # fmt: skip
        return words[source.removeprefix(CASE)]

    @property
    def somebody(self) -> int:
        """The person of the register whom the case is about. Raises: EffectOfNobody."""
        if self.person_id is None:
            raise EffectOfNobody(number=self.number)
        return self.person_id

    @property
    def evidence(self) -> str:
        """What a fact recorded by this case rests on."""
        return f"办件 {self.number}"


@dataclass(frozen=True, slots=True)
class EffectDone:
    """What an effect did: on which row of which room, and the sentence that the case keeps of it."""

    do: str
    subject_kind: str
    subject_id: str
    words: str


Effecting = Callable[..., EffectDone | None]


def day_of(value: date | str | None, other: date) -> date:
    """A day as stored in an answer or read from the case; the other one where nothing was answered."""
    if isinstance(value, str) and value:
        return date.fromisoformat(value)
    return value if isinstance(value, date) else other
