"""Walks a case of any kind from receipt to its end: acts in order, each on its day and by the role that may do it.

What a journey does not answer itself is answered plainly by the sort of the field, so that a table of journeys says
only what matters. Everybody and everything is invented.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

BUREAU, AREA = "yunhu", "990201"
RECEIVED = date(2024, 3, 4)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Walk:
    """Whoever works in the office. actor_of: role and day → actor."""

    actor_of: Callable[[str, date], Any]
    bureau: str = BUREAU

    def person(self, *, born: str = "1955-03-04", day: date = RECEIVED, **facts: Any) -> int:
        """Somebody put on the register on a day."""
        from rongji.people.models import Person
        from rongji.people.services import register_person
        from rongji.people.types import NewPerson, Sex

        serial = Person.objects.count()
        name = "示例" + "甲乙丙丁戊己庚辛壬癸"[serial % 10] + "一二三四五六七八九十"[serial // 10 % 10]
        new = NewPerson(name=name, born_on=date.fromisoformat(born), sex=Sex.MALE, **facts)
        return register_person(actor=self.actor_of("section_head", day), bureau=self.bureau, new=new)

    def opened(self, kind: str, person: int | None = None, *, on: date = RECEIVED, **answers: Any) -> Any:
        """A case of a kind, received and registered on a day; fields not answered are answered plainly."""
        from rongji.casework.models import Case
        from rongji.casework.services import open_case
        from rongji.casework.types import NewCase
        from rongji.law.case_kinds import case_kind

        law = case_kind(kind, on=on, region=AREA)
        channel = next((item for item in law.channels if not item.is_assigned), law.channels[0])
        new = NewCase(
            kind=kind, channel=channel.id, received_on=on, title=law.label, person_id=person,
            applicant="" if person else "示例申请人", assigned_by="上级（示例）" if channel.is_assigned else "",
            answers=answered(law.fields, answers, on),
        )  # fmt: skip
        role = law.open_roles[0]
        return Case.objects.get(pk=open_case(actor=self.actor_of(role, on), bureau=self.bureau, new=new))

    def with_papers(self, case: Any) -> Any:
        """The case with every paper that its application needs."""
        for paper in self.law(case).papers:
            if paper.is_needed:
                self.paper(case, paper.id, case.received_on)
        return case

    def paper(self, case: Any, kind: str, on: date) -> None:
        """A paper brought on a day."""
        from rongji.casework.services import add_paper

        add_paper(actor=self.actor_of("clerk", on), case_id=case.pk, kind=kind, title="", received_on=on)

    def act(self, case: Any, name: str, *, by: str = "", on: date | None = None, **answers: Any) -> Any:
        """One act, by a role that may do it, on the first day on which it may be done unless told otherwise."""
        from rongji.casework.models import Case
        from rongji.casework.services import act_on_case
        from rongji.casework.types import NewAct

        law = self.law(case).acts_by_id[name]
        day = on or self.next_day(case, law.waits_for)
        for paper in law.papers:
            if paper.is_needed and not case.papers.filter(kind=paper.id).exists():
                self.paper(case, paper.id, day)
        decision = "云退〔2024〕8号" if law.needs_decision else ""
        new = NewAct(act=name, on=day, answers=answered(law.fields, answers, day), decision=decision)
        act_on_case(actor=self.actor_of(by or law.roles[0], day), case_id=case.pk, new=new)
        return Case.objects.get(pk=case.pk)

    def through(self, case: Any, acts: Sequence[str | tuple[str, Mapping[str, Any]]]) -> Any:
        """Acts one after another, each with its answers if it has any."""
        for item in acts:
            name, answers = (item, {}) if isinstance(item, str) else item
            case = self.act(case, name, **answers)
        return case

    def next_day(self, case: Any, waits_for: Sequence[str] = ()) -> date:
        """The day after the last act; after the end of every period that has to pass, where the act waits."""
        last = case.acts.order_by("-sequence").first().on
        ends = case.clocks.filter(clock__in=waits_for, stopped_on__isnull=True).values_list("due_on", flat=True)
        return max([last, *ends]) + DAY

    def law(self, case: Any) -> Any:
        """The version of the kind with which the case began."""
        from rongji.law.case_kinds import case_kind_version

        return case_kind_version(case.kind, case.version)


@dataclass(frozen=True)
class Journey:
    """One way of one kind to its end. born, served: of the person; effects: what must have been done beyond the case.

    result: the outcome that closes it. prepared: what has to be there before, by walk and person.
    """

    kind: str
    acts: tuple[str | tuple[str, Mapping[str, Any]], ...]
    result: str
    effects: tuple[str, ...] = ()
    answers: Mapping[str, Any] = field(default_factory=dict)
    born: str = "1955-03-04"
    prepared: Callable[[Walk, int], Mapping[str, Any] | None] | None = None
    name: str = ""

    @property
    def label(self) -> str:
        """What the test is called."""
        return f"{self.kind}-{self.name or self.result}"


def answered(fields: Sequence[Any], given: Mapping[str, Any], on: date) -> dict[str, Any]:
    """The answers given, and a plain one to every other field that needs one."""
    said: dict[str, Any] = {}
    for item in fields:
        is_wanted = all(said.get(name) in words for name, words in item.when.items())
        if item.id in given:
            said[item.id] = given[item.id]
        elif item.is_needed and is_wanted:
            said[item.id] = _plain(item, on)
    return said


def _plain(item: Any, on: date) -> str:
    if item.choices:
        return item.choices[0]
    plain = {
        "text": "示例", "long": "经核实情况属实。", "day": str(on), "month": "2023-12", "count": "1", "decimal": "1",
        "money": "100", "flag": "是", "secret": "13800000000",
    }  # fmt: skip
    return plain[str(item.kind)]
