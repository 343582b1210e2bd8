"""What acts do beyond the case: services of the rooms below, called as the acting user inside the act's transaction.

An effect is a function of the context and its arguments; a kind names it and says where the arguments come from. A
refusal of the service that it calls refuses the act.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rongji.accounts.types import Actor
from rongji.casework.refusals import EffectUnknown
from rongji.law.case_kinds import CaseKind, Effect
from rongji.rules.casework.flow import holds

FIELD, CASE, LITERAL = "field:", "case:", "="


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectContext:
    """The case as an effect sees it, with the act that brings it about.

    values: answers by field, plain JSON, those of the act over those of the case. decision: of this act, else of the
    case. acted_on: the day of the act.
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
            return self.values.get(source.removeprefix(FIELD))
        words = {
            "person": self.person_id, "received_on": self.received_on, "acted_on": self.acted_on,
            "decision": self.decision, "area": self.area, "number": self.number,
        }  # fmt: skip
        return words[source.removeprefix(CASE)]


@dataclass(frozen=True, slots=True)
class EffectDone:
    """What an effect did: on which row of which room, and the sentence that the case keeps of it."""

    do: str
    subject_kind: str
    subject_id: str
    words: str


Effecting = Callable[..., EffectDone]
EFFECTS: dict[str, Effecting] = {}
"""Effects by name."""


def carry_out(effect: Effect, context: EffectContext) -> EffectDone | None:
    """Bring an effect about; None where its condition does not hold.

    Raises: EffectUnknown, and whatever the called service refuses.
    """
    if not holds(effect.when, context.values):
        return None
    doing = EFFECTS.get(effect.do)
    if doing is None:
        raise EffectUnknown(effect=effect.do, known="、".join(sorted(EFFECTS)) or "（无）")
    return doing(context, **{name: context.said(source) for name, source in effect.given.items()})
