"""What the page of one case shows: its clocks, what was done in order, what may be done now, and what it led to."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from rongji.accounts.selectors import organisation
from rongji.accounts.types import ROLE_LABELS, Actor, Role
from rongji.awards.policies import SEE_AWARDS
from rongji.casework.selectors import ActFacts, CasePage, ClockFacts, MemberFacts, PaperFacts, StageLength
from rongji.casework.types import MEMBER_LABELS, SATISFACTION_LABELS, Light, Satisfaction
from rongji.law.case_kinds import Act, Follows
from rongji.people.policies import REVEAL_NUMBERS, SEE_PEOPLE
from rongji.web.desk import short_name
from rongji.web.forms.cases import ACT_FORM, CASE_FORMS, END_MEMBER_FORM, declared_papers, subject_of
from rongji.web.forms.form import Door, doors
from rongji.web.people_words import station_names

_MONEY = frozenset({"award", "grant"})
_CASE = "case"
_ICONS = {Follows.PAUSE: "player-pause", Follows.RESUME: "player-play", Follows.EXTEND: "calendar-plus"}


@dataclass(frozen=True, slots=True)
class ActDoor:
    """An act as a button."""

    label: str
    address: str
    icon: str
    is_main: bool
    is_grave: bool


@dataclass(frozen=True, slots=True)
class Done:
    """An act of the past. way: from one step to another; effects: words, and the page of what was touched."""

    facts: ActFacts
    way: str
    effects: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ClockCard:
    """A clock as the page tells it. tone: its light, or that it is over."""

    facts: ClockFacts
    tone: str
    state: str


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper that is there, or one that is still missing. paper: None for a missing one."""

    label: str
    note: str
    paper: PaperFacts | None = None


@dataclass(frozen=True, slots=True)
class StagePart:
    """A step's share of the time so far, in thousandths, as the bar shows it."""

    stage: StageLength
    start: int
    width: int


def page_context(actor: Actor, page: CasePage) -> dict[str, Any]:
    """The page of a case."""
    subject = subject_of(page)
    offered = doors(actor, CASE_FORMS, subject, case=page.line.id)
    sees_person = SEE_PEOPLE.permits(actor, page.scope)
    return {
        "page": page,
        "line": page.line,
        "tone": "closed" if not page.line.is_open else str(page.line.light),
        "bureau": short_name(organisation(page.bureau).name),
        "station": station_names().get(page.line.station_code, ""),
        "acts": [_door(page, act) for act in page.possible],
        "others": _others(page),
        "clocks": [_clock(item) for item in reversed(page.clocks)],
        "history": [_done(actor, page, item, sees_person) for item in reversed(page.acts)],
        "papers": list(_papers(page)),
        "people": sum(item.people for item in page.contacts),
        "members": [(item, _end(actor, page, item)) for item in page.members],
        "member_labels": MEMBER_LABELS,
        "satisfaction": SATISFACTION_LABELS[Satisfaction(page.line.satisfaction)] if page.line.satisfaction else "",
        "stages": list(stage_parts(page.stages)),
        "doors": offered,
        "sees_person": sees_person,
        "may_reveal": REVEAL_NUMBERS.permits(actor, page.scope),
    }


def stage_parts(stages: tuple[StageLength, ...]) -> Iterator[StagePart]:
    """The bar of the steps: how the days so far were spent; a step within one day keeps a sliver."""
    shown = [(item, max(item.days, 0)) for item in stages]
    whole = sum(days for _, days in shown) or 1
    start = 0
    for item, days in shown:
        width = max(days * 1000 // whole, 4)
        yield StagePart(item, start, width)
        start += width


def _door(page: CasePage, act: Act) -> ActDoor:
    target = page.kind.steps_by_id[act.to] if act.to else None
    is_final = bool(target and target.is_final)
    icon = _ICONS.get(act.follows) or ("flag" if is_final else "arrow-right" if act.to else "pencil")
    address = ACT_FORM.address(case=page.line.id, act=act.id)
    return ActDoor(act.label, address, icon, act == page.possible[0], is_final)


def _others(page: CasePage) -> list[tuple[str, str]]:
    """Acts that somebody else may do now, and who: so that it is plain for whom the case waits."""
    mine = set(page.possible)
    found = [act for act in page.expected if act not in mine]
    return [(act.label, "、".join(ROLE_LABELS[Role(role)] for role in act.roles)) for act in found]


def _clock(facts: ClockFacts) -> ClockCard:
    if facts.stopped_on is not None:
        kept = "逾期" if facts.is_late else "按期"
        return ClockCard(
            facts, "over", f"{facts.stopped_on} 停止" if facts.is_waiting else f"{facts.stopped_on} {kept}完成"
        )
    if facts.is_paused:
        return ClockCard(facts, str(Light.PAUSED), "中止")
    return ClockCard(facts, str(facts.light), facts.left)


def _done(actor: Actor, page: CasePage, facts: ActFacts, sees_person: bool) -> Done:
    way = f"{facts.from_label} → {facts.to_label}" if facts.from_label and facts.from_label != facts.to_label else ""
    touched = [*facts.touched, *[("", "")] * (len(facts.effects) - len(facts.touched))]
    effects = tuple(
        (words, _address(actor, page, kind, number, sees_person))
        for words, (kind, number) in zip(facts.effects, touched, strict=False)
    )
    return Done(facts, way, effects)


def _address(actor: Actor, page: CasePage, kind: str, number: str, sees_person: bool) -> str:
    """The page on which an effect is seen; empty where there is none, or it is not the actor's to see."""
    if kind == _CASE and number.isdigit():
        return reverse("web:case", kwargs={"case": int(number)})
    person = int(number) if kind == "person" and number.isdigit() else page.line.person_id
    if person is None or not sees_person or not kind:
        return ""
    if kind in _MONEY:
        return f"{_person(person)}#money" if SEE_AWARDS.permits(actor, page.scope) else ""
    return f"{_person(person)}#timeline"


def _person(person: int) -> str:
    return reverse("web:person", kwargs={"person": person})


def _papers(page: CasePage) -> Iterator[PaperLine]:
    """What is there, then what is still missing."""
    declared = {item.id: item for item in declared_papers(page)}
    for paper in page.papers:
        asked = declared.get(paper.kind)
        label = asked.label if asked and asked.label != paper.title else ""
        yield PaperLine(label, "", paper)
    for item in page.missing if page.line.is_open else ():
        yield PaperLine(item.label, item.note)


def _end(actor: Actor, page: CasePage, member: MemberFacts) -> Door | None:
    """The door to let a member go, while they are there."""
    if member.to_on is not None or not END_MEMBER_FORM.policy.permits(actor, page.scope):
        return None
    address = END_MEMBER_FORM.address(case=page.line.id, member=member.id)
    return Door(END_MEMBER_FORM.button, address, END_MEMBER_FORM.icon, is_grave=False)
