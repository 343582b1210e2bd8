"""The casework of the demo's county: matters that come in, run by their clocks and are decided, day by day.

Every case goes through the same services as a clerk's, by acts of its kind; the way to its end is found in the kind, so
that a kind that changes needs nothing here. Who may not act twice in a row is another account.
"""

import heapq
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Any

from rongji.accounts.types import Actor
from rongji.casework import services as casework
from rongji.casework.selectors import case_page
from rongji.casework.types import NewAct, NewCase
from rongji.kernel.fen import yuan
from rongji.law.asked import Asked, AskedKind
from rongji.law.calendar import work_calendar
from rongji.law.case_kinds import Act, CaseKind, Follows, case_kind

At = Callable[[str, date], Actor]
ACCOUNTS = {"clerk": "clerk", "section_head": "section", "director": "director", "finance": "finance"}
LEFT = "撤回"
GOOD = {"解释说明", "无异议", "属本级落实", "首次申领", "本人", "退役军人", "小微企业"}
SOUND = "经核对，情况属实，符合规定。"


@dataclass(frozen=True, slots=True)
class Matter:
    """A case to come: what opens it, the outcome it is to have, and answers that are not left to the form.

    before: days that each act takes; pace: days of the last one. done: told when it has ended.
    is_over: asked before every act; when it is, the case is withdrawn.
    """

    new: NewCase
    outcome: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    pace: tuple[int, int] = (1, 6)
    before: tuple[int, int] = (1, 6)
    is_over: Callable[[], bool] = lambda: False
    done: Callable[[date], None] = lambda day: None
    rating: str = ""


@dataclass(slots=True)
class Running:
    """A case on its way: what is still to be done, and who acted last."""

    matter: Matter
    case: int
    kind: CaseKind
    ahead: list[Act]
    last: str


class Casework:
    """The cases of the county as a queue of days."""

    def __init__(self, *, bureau: str, area: str, at: At, random: Random) -> None:
        self.bureau, self.area, self.at, self.random = bureau, area, at, random
        self.queue: list[tuple[date, int, Callable[[date], None]]] = []
        self.order = count()
        self.closed = 0

    def later(self, day: date, what: Callable[[date], None]) -> None:
        """Put something on a day; one that is not worked goes to the next that is."""
        worked = work_calendar(known_on=day).next_workday(day).day
        heapq.heappush(self.queue, (worked, next(self.order), what))

    def expect(self, matter: Matter) -> None:
        """A case that is received on its day."""
        self.later(matter.new.received_on, lambda day: self._open(matter, day))

    def until(self, last: date) -> None:
        """Live through the queue up to a day, that day included."""
        while self.queue and self.queue[0][0] <= last:
            day, _, what = heapq.heappop(self.queue)
            what(day)

    def _open(self, matter: Matter, day: date) -> None:
        if matter.is_over():
            return
        kind = case_kind(matter.new.kind, on=matter.new.received_on, region=self.area)
        answers = {**answers_to(kind.fields, day, matter.answers), **matter.new.answers}
        new = NewCase(**{**_fields_of(matter.new), "answers": answers})
        case = casework.open_case(actor=self.at("clerk", day), bureau=self.bureau, new=new)
        for paper in kind.papers:
            if paper.is_needed:
                casework.add_paper(actor=self.at("clerk", day), case_id=case, kind=paper.id, received_on=day)
        running = Running(matter, case, kind, way_to(kind, matter.outcome), "clerk")
        self._next(running, day)

    def _next(self, running: Running, day: date) -> None:
        if running.ahead:
            first, last = running.matter.pace if len(running.ahead) == 1 else running.matter.before
            wait = self._notice(running, day) if running.ahead[0].waits_for else self.random.randint(first, last)
            self.later(day + timedelta(days=wait), lambda then: self._act(running, then))

    def _notice(self, running: Running, day: date) -> int:
        """Days until the notice period that the next act waits for is over."""
        page = case_page(self.at("clerk", day), running.case, on=day)
        due = [item.due_on for item in page.clocks if item.id in running.ahead[0].waits_for and not item.stopped_on]
        return (max(due) - day).days + 1 if due else 1

    def _act(self, running: Running, day: date) -> None:
        if running.matter.is_over():
            possible = case_page(self.at("clerk", day), running.case, on=day).possible
            running.ahead = [act for act in possible if act.outcome == LEFT][:1]
            if not running.ahead:
                return
        act = running.ahead.pop(0)
        name = who_acts(act, running.last, running.ahead[0] if running.ahead else None)
        actor = self.at(name, day)
        for paper in act.papers:
            if paper.is_needed:
                casework.add_paper(actor=actor, case_id=running.case, kind=paper.id, received_on=day)
        answers = answers_to(act.fields, day, running.matter.answers)
        decision = f"云退{running.kind.short or ''}决〔{day.year}〕{running.case}号" if act.needs_decision else ""
        new = NewAct(act=act.id, on=day, answers=answers, decision=decision)
        casework.act_on_case(actor=actor, case_id=running.case, new=new)
        running.last = name
        if act.outcome:
            self._end(running, day, act.outcome)
        self._next(running, day)

    def _end(self, running: Running, day: date, outcome: str) -> None:
        self.closed += 1
        if outcome == running.matter.outcome:
            running.matter.done(day)
        if running.matter.rating:
            casework.rate_case(
                actor=self.at("clerk", day), case_id=running.case, satisfaction=running.matter.rating, on=day
            )


def who_acts(act: Act, last: str, after: Act | None) -> str:
    """The account that acts: not the last one where two pairs of eyes are asked for, now or by the act after it."""
    names = accounts_of(act)
    if act.by_other:
        names = [name for name in names if name != last]
    wanted = accounts_of(after) if after and after.by_other else []
    fit = [name for name in names if not wanted or any(other != name for other in wanted)]
    return (fit or names)[0]


def accounts_of(act: Act) -> list[str]:
    """The accounts whose role may act."""
    return [ACCOUNTS[role] for role in act.roles if role in ACCOUNTS]


def way_to(kind: CaseKind, outcome: str) -> list[Act]:
    """The fewest acts from the first step to a final one with that outcome; nothing is paused on the way."""
    first = kind.first_step.id
    seen, ahead = {first}, deque([(first, list[Act]())])
    while ahead:
        step, done = ahead.popleft()
        for act in kind.acts:
            if step not in act.from_steps or not act.to or act.follows is Follows.PAUSE or act.after_close:
                continue
            if act.outcome == outcome:
                return [*done, act]
            if act.to not in seen and not act.outcome:
                seen.add(act.to)
                ahead.append((act.to, [*done, act]))
    raise ValueError(f"{kind.id} has no way to {outcome}")


def answers_to(fields: tuple[Asked, ...], day: date, given: Mapping[str, Any]) -> dict[str, Any]:
    """Answers to what is asked: those given, else what such a field would usually say."""
    return {
        asked.id: given[asked.id] if asked.id in given else _usual(asked, day)
        for asked in fields
        if asked.is_always_needed or asked.id in given
    }


def _usual(asked: Asked, day: date) -> Any:
    usual: dict[AskedKind, Callable[[], Any]] = {
        AskedKind.DAY: lambda: day.isoformat(),
        AskedKind.MONTH: lambda: f"{day:%Y-%m}",
        AskedKind.COUNT: lambda: max(int(asked.least or 0), 3),
        AskedKind.DECIMAL: lambda: "1",
        AskedKind.MONEY: lambda: "1000",
        AskedKind.CHOICE: lambda: next((word for word in asked.choices if word in GOOD), asked.choices[0]),
        AskedKind.FLAG: lambda: "否",
        AskedKind.TEXT: lambda: "云湖县" if "地" in asked.label or "单位" in asked.label else "见材料",
        AskedKind.LONG: lambda: SOUND,
    }
    return usual[asked.kind]()


def _fields_of(new: NewCase) -> dict[str, Any]:
    return {name: getattr(new, name) for name in NewCase.__dataclass_fields__}


def money(fen: int) -> str:
    """An amount as a form takes it."""
    return yuan(fen).replace(",", "")


def spread(random: Random, first: date, number: int) -> Iterator[date]:
    """Days of a month in order."""
    yield from sorted(first + timedelta(days=random.randrange(27)) for _ in range(number))
