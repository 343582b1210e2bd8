"""What the pages for many cases at once read out of a request, and the form of the act that is done to all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rongji.accounts.selectors import OrganisationFacts
from rongji.accounts.types import Actor
from rongji.casework.refusals import ActUnknown, CaseDayUnfit, DecisionMissing, WaitingNotOver
from rongji.casework.selectors import ActForMany, SeenCase, Together, filtered_cases, together
from rongji.casework.services import MOST_AT_ONCE
from rongji.casework.types import CaseToDo, NewActs, PaperGiven
from rongji.kernel.refusal import Refusal
from rongji.law.asked import AskedKind
from rongji.law.case_kinds import Act, Paper, case_kind_version
from rongji.web.case_inbox import Asked, asked_of
from rongji.web.forms.about_person import station_choices
from rongji.web.forms.cases import DECISION, HOW
from rongji.web.forms.fields import Field, FieldKind, declared_fields
from rongji.web.forms.fields import PaperGiven as PaperSent
from rongji.web.forms.opening_cases import PAPER, answers_of, paper_fields

ABOUT: Mapping[type[Refusal], str] = {
    CaseDayUnfit: "act_on", DecisionMissing: "act_decision", WaitingNotOver: "act_on",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chosen:
    """Cases that a clerk chose, and the act that is to be done with those of them that wait for it.

    more: whether the list had more than go into one batch. gone: how many of the chosen are not in sight.
    """

    bureau: OrganisationFacts
    asked: Asked
    found: Together
    act: ActForMany | None
    more: bool
    gone: int

    @property
    def selection(self) -> str:
        """The chosen cases as a form sends them on: number of row, and of the last act that was seen."""
        return selection_of(self.found.cases)

    @property
    def key(self) -> str:
        """The act as a form names it."""
        return key_of(self.act) if self.act else ""


def selection_of(cases: Sequence[SeenCase]) -> str:
    """Cases as a form sends them on."""
    return " ".join(f"{item.line.id}:{item.seen}" for item in cases)


def key_of(act: ActForMany) -> str:
    """An act under the version of its kind, as a form names it."""
    return f"{act.kind.id} {act.kind.key} {act.act.id}"


def chosen_of(request: Any, bureau: OrganisationFacts) -> Chosen:
    """The cases that were ticked, sent on by a form, or all of a list; the act that was chosen, or the only one.

    Raises: NotAllowed, FilterUnfit, UnknownCaseKind, ActUnknown.
    """
    actor, more = request.actor, False
    asked = asked_of(actor, request.GET, bureau)
    seen = _seen(request.POST.get("cases", ""))
    ids: Sequence[int] = [*seen] or [int(text) for text in request.POST.getlist("case") if _is_number(text)]
    if request.POST.get("all"):
        ids, more = filtered_cases(actor, bureau=bureau.code, on=actor.day, filters=asked.filters, most=MOST_AT_ONCE)
    found = together(actor, bureau=bureau.code, case_ids=ids, on=actor.day)
    cases = tuple(replace(item, seen=seen.get(item.line.id) or item.seen) for item in found.cases)
    found = replace(found, cases=cases)
    act = _chosen_act(found, request.POST.get("act", ""), ids)
    return Chosen(bureau, asked, found, act, more, len(set(ids)) - len(cases))


def act_fields(actor: Actor, chosen: Chosen, *, by_table: bool) -> tuple[Field, ...]:
    """The fields of the act, once for all. by_table: what a table may say of each case need not be typed."""
    if chosen.act is None:
        return ()
    act = chosen.act.act
    stations = station_choices(chosen.bureau.code) if _asks_station(act) else ()
    asked = tuple(replace(item, is_needed=False) for item in act.fields) if by_table else act.fields
    return (
        *declared_fields(asked, choices={"station": stations}),
        *paper_fields(papers_of(chosen.act)),
        Field("act_on", "办理日期", FieldKind.DAY, initial=actor.day.isoformat(), group=HOW),
        *([DECISION] if act.needs_decision else []),
        Field("act_note", "说明", FieldKind.LONG, is_needed=False, most=2000, group=HOW, hint="每一件都记这一段"),
    )


def papers_of(offered: ActForMany) -> tuple[Paper, ...]:
    """The papers of the act itself; those of the application are filed in each case."""
    return offered.act.papers


def new_acts(actor: Actor, offered: ActForMany, values: Mapping[str, Any], source: str) -> NewActs:
    """What was typed for all of them. Raises: NobodyFound, SeveralFound."""
    papers = []
    for item in papers_of(offered):
        sent = values.get(f"{PAPER}{item.id}")
        if isinstance(sent, PaperSent) and sent.is_here:
            name, data = (sent.file.name, sent.file.read()) if sent.file else ("", b"")
            papers.append(PaperGiven(kind=item.id, file_name=name, data=data))
    return NewActs(
        kind=offered.kind.id, act=offered.act.id, on=values["act_on"], note=values["act_note"],
        answers=answers_of(actor, offered.act.fields, values), decision=values.get("act_decision", ""),
        papers=tuple(papers), source=source,
    )  # fmt: skip


def to_do(cases: Sequence[SeenCase]) -> tuple[CaseToDo, ...]:
    """Cases without anything of their own."""
    return tuple(CaseToDo(case_id=item.line.id, seen=item.seen) for item in cases)


def _asks_station(act: Act) -> bool:
    return any(item.kind is AskedKind.STATION for item in act.fields)


def _chosen_act(found: Together, key: str, ids: Sequence[int]) -> ActForMany | None:
    """The act by its key with every case that was sent on with it: of these each is told why it cannot be done."""
    if not key:
        return None
    kind_id, _, rest = key.partition(" ")
    version, _, name = rest.partition(" ")
    kind = case_kind_version(kind_id, version)
    if name not in kind.acts_by_id:
        raise ActUnknown(kind=kind.label, act=name, known="、".join(item.label for item in kind.acts))
    by_id = {item.line.id: item for item in found.cases}
    return ActForMany(kind, kind.acts_by_id[name], tuple(by_id[pk] for pk in ids if pk in by_id))


def _seen(text: str) -> dict[int, int]:
    """`12:3 15:2`: number of row → number of the last act; anything else is left out."""
    found = {}
    for part in text.split()[: 2 * MOST_AT_ONCE]:
        case, _, sequence = part.partition(":")
        if _is_number(case) and _is_number(sequence):
            found[int(case)] = int(sequence)
    return found


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
