"""The catalogue of case kinds, and the guide to each: who, what to bring, how long, by which act, and its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rongji.accounts.policies import guarded
from rongji.accounts.selectors import OrganisationFacts
from rongji.accounts.types import ROLE_LABELS, Actor, Role
from rongji.casework.guide import Guide, guide_of
from rongji.casework.policies import OPEN_CASES, SEE_CASES
from rongji.casework.services.letters import short_name as unit_short_name
from rongji.law.case_kinds import Act, CaseKind, Follows, Letter, case_kind, case_kinds
from rongji.web.bureaus import bureaus_reached, chosen_bureau
from rongji.web.dates import day_of

_FOLLOWS = {Follows.PAUSE: "期限中止", Follows.RESUME: "期限恢复计算", Follows.EXTEND: "期限延长一次"}


@dataclass(frozen=True, slots=True)
class KindCard:
    """A kind as the catalogue shows it."""

    guide: Guide
    kind: CaseKind
    may_open: bool

    @property
    def limits(self) -> str:
        """The time limits in a line: 受理告知 15 日 · 办结 60 日."""
        return " · ".join(f"{item.label} {item.limit}" for item in self.guide.limits if item.limit)


@dataclass(frozen=True, slots=True)
class ActLine:
    """An act of a kind as its guide shows it to the staff."""

    label: str
    sources: str
    target: str
    roles: str
    marks: tuple[str, ...]
    note: str


@require_GET
@guarded(SEE_CASES)
def kinds(request: Any) -> HttpResponse:
    """Every kind that may be opened in the bureau today, by field of work."""
    bureaus = bureaus_reached(request.actor, SEE_CASES)
    bureau = chosen_bureau(request, bureaus)
    found = case_kinds(on=request.actor.day, region=bureau.area_code)
    cards = [_card(request.actor, kind, bureau.area_code) for kind in sorted(found, key=lambda kind: kind.area)]
    groups = [(area, list(some)) for area, some in groupby(cards, key=lambda card: card.kind.area)]
    context = {"groups": groups, "count": len(cards), "bureau": bureau, "bureaus": bureaus}
    return render(request, "web/cases/kinds.html", context)


@require_GET
@guarded(SEE_CASES)
def kind(request: Any, kind: str) -> HttpResponse:
    """The guide to one kind as it applies on a day."""
    bureau = chosen_bureau(request, bureaus_reached(request.actor, SEE_CASES))
    on = day_of(request.GET.get("on", ""), request.actor.day)
    found = case_kind(kind, on=on, region=bureau.area_code)
    context = {
        "kind": found,
        "guide": guide_of(found, bureau.area_code, on),
        "on": on,
        "bureau": bureau,
        "may_open": may_open(request.actor, found),
        "acts": [_act_line(found, act) for act in found.acts],
        "letters": [(item.title, _number(item, bureau, on)) for item in found.letters],
    }
    return render(request, "web/cases/kind.html", context)


def _number(letter: Letter, bureau: OrganisationFacts, on: date) -> str:
    """How the letters of a kind are numbered, the serial left open."""
    return letter.number.format(short=unit_short_name(bureau.name), year=on.year, serial="×")


def may_open(actor: Actor, kind: CaseKind) -> bool:
    """Whether the actor holds a role that opens the kind."""
    return OPEN_CASES.permits_role(actor) and bool(set(kind.open_roles) & {str(role) for role in actor.roles})


def role_words(roles: Sequence[str]) -> str:
    """Roles of a declaration as people call them."""
    return "、".join(ROLE_LABELS[Role(role)] for role in roles)


def _card(actor: Actor, kind: CaseKind, area: str) -> KindCard:
    return KindCard(guide_of(kind, area, actor.day), kind, may_open(actor, kind))


def _act_line(kind: CaseKind, act: Act) -> ActLine:
    steps = kind.steps_by_id
    sources = "、".join(steps[step].label for step in act.from_steps)
    target = steps[act.to].label if act.to else ""
    return ActLine(act.label, sources, target, role_words(act.roles), tuple(_marks(kind, act)), act.note)


def _marks(kind: CaseKind, act: Act) -> list[str]:
    """What an act brings with it beside the step."""
    letters = {item.id: item.title for item in kind.letters}
    clocks = kind.clocks_by_id
    return [
        *(f"起算“{clocks[name].label}”" for name in act.starts),
        *([_FOLLOWS[act.follows]] if act.follows in _FOLLOWS else []),
        *([f"制发《{letters[act.letter]}》"] if act.letter else []),
        *(["须另一人办理"] if act.by_other else []),
        *(["须有批准文号"] if act.needs_decision else []),
        *([f"须收到{'、'.join(item.label for item in act.papers if item.is_needed)}"] if _needs_papers(act) else []),
        *(["产生待遇、身份或款项"] if act.effects else []),
    ]


def _needs_papers(act: Act) -> bool:
    return any(item.is_needed for item in act.papers)
