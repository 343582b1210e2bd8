"""What a form is: its words, whom it is about, its fields, and the service that it calls."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from rongji.accounts.policies import Policy
from rongji.accounts.types import Actor, Scope
from rongji.kernel.refusal import Refusal
from rongji.web.forms.fields import Choice, Field, FieldKind

Values = Mapping[str, Any]
VERSION = "form_version"
"""The field that says which version of the fields somebody had before them."""
EVIDENCE = Field("evidence", "依据", hint="证明、登记表或批复的名称和文号", most=255)
DECISION = Field("decision", "批准文号", is_needed=False)
REASON = Field("reason", "理由", FieldKind.LONG, hint="会记入审计记录", most=250)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a form is about, once the actor's right to it is checked.

    heading: as the form names it; back: the page to return to; facts: what the fields and the act need of it.
    title, note: where the form's own words come out of what it is about, such as the act of a case.
    version: of what is asked, where that depends on what was typed; empty where it does not.
    """

    heading: str
    scope: Scope
    back: str
    facts: Any = None
    title: str = ""
    note: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, in a sentence, and the page to go to; empty for the one that the form came from."""

    words: str
    address: str = ""


@dataclass(frozen=True)
class Form:
    """One act that a clerk carries out by a form.

    code: name of its address; place: where it is offered; known: policy by which an earlier day of knowledge may be
    entered, None where the act has none; applies: whether there is anything to do it to; about: the field that a
    refusal of the service is about; follows: the subject as what was typed changes it, such as the day of receipt,
    which brings the fields that were in force on it.
    """

    code: str
    title: str
    button: str
    policy: Policy
    route: str
    subject: Callable[..., Subject]
    fields: Callable[[Actor, Subject], Sequence[Field]]
    carry_out: Callable[[Actor, Subject, Values], Done]
    place: str = ""
    icon: str = "pencil"
    note: str = ""
    known: Policy | None = None
    is_grave: bool = False
    applies: Callable[[Any], bool] = lambda facts: True
    about: Mapping[type[Refusal], str] = field(default_factory=dict)
    follows: Callable[[Actor, Subject, Mapping[str, str]], Subject] | None = None

    def fields_for(self, actor: Actor, subject: Subject) -> tuple[Field, ...]:
        """The fields, with the day of knowledge for whoever may fill in the past."""
        own = tuple(self.fields(actor, subject))
        if subject.version:
            own = (*own, Field(VERSION, "", FieldKind.HIDDEN, is_needed=False, initial=subject.version))
        if self.known is None or not self.known.permits(actor, subject.scope):
            return own
        hint = f"不填就是今天（{actor.day:%Y-%m-%d}）；补录以前获知的才填"
        return (*own, Field("known_on", "何时获知", FieldKind.DAY, is_needed=False, hint=hint))

    def address(self, **where: Any) -> str:
        """Where the form is."""
        return reverse(f"web:{self.code}", kwargs=where)


@dataclass(frozen=True, slots=True)
class Door:
    """A form as a page offers it."""

    label: str
    address: str
    icon: str
    is_grave: bool


def doors(actor: Actor, forms: Sequence[Form], subject: Subject, **where: Any) -> dict[str, list[Door]]:
    """The forms that the actor may use on a subject, by the place where they are offered."""
    found: dict[str, list[Door]] = {}
    for form in forms:
        if form.policy.permits(actor, subject.scope) and form.applies(subject.facts):
            door = Door(form.button, form.address(**where), form.icon, form.is_grave)
            found.setdefault(form.place, []).append(door)
    return found


def choices_of(labels: Mapping[Any, str]) -> tuple[Choice, ...]:
    """A table of labels as choices."""
    return tuple(Choice(str(value), label) for value, label in labels.items())


def known_day(values: Values) -> date | None:
    """The day of knowledge as typed; None for today."""
    return values.get("known_on")
