"""The guide to a matter (办事指南) out of its case kind: who, what to bring, how long, by which act.

The pages of the staff, the public window and the documentation print this one text; nothing of it is typed twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from rongji.law.asked import Asked, AskedKind
from rongji.law.case_kinds import About, CaseKind, Clock, Limit, Paper, Step
from rongji.law.loader import lawbook
from rongji.law.model import Lawbook, Trust
from rongji.law.shapes.deadline import DayCount, Deadline
from rongji.law.values import find

DEADLINES = "deadlines.casework"
COUNT_WORDS = {
    DayCount.CALENDAR_DAYS: "日",
    DayCount.WORKING_DAYS: "个工作日",
    DayCount.MONTHS: "个月",
    DayCount.YEARS: "年",
}
_WHO = {About.PERSON: "已建档的优抚和退役军人服务对象", About.ANYBODY: "任何有此事项的人，已建档和未建档的都可以"}
_APPLICANTS = ("申请人", "信访人", "本人")
_NO_LIMIT = "现有资料中没有查到法定期限"


@dataclass(frozen=True, slots=True)
class GuideLimit:
    """How long one part takes. limit: 15 个工作日, empty where no law on record says; row: `table#number`.

    is_waiting: a period that has to pass, such as a public notice. not_before: an application is early before its end.
    """

    label: str
    limit: str
    after: str = ""
    who: str = ""
    duty: str = ""
    citation: str = ""
    provision: str = ""
    trust: Trust | None = None
    row: str = ""
    is_waiting: bool = False
    not_before: bool = False

    @property
    def basis(self) -> str:
        """The act and its article, and how far it is confirmed where it is not official."""
        mark = "" if self.trust is None or self.trust.is_official else f"，{self.trust.label}"
        return f"{self.citation}{self.provision}{mark}"

    @property
    def sentence(self) -> str:
        """受理告知：收到信访事项后 15 日内，由……办理（依据……）."""
        name = f"{self.label}：" if self.label else ""
        if not self.limit:
            return f"{name}{_NO_LIMIT}。"
        within = (
            f"后 {self.limit}" if self.is_waiting else f"满 {self.limit}" if self.not_before else f"后 {self.limit}内"
        )
        who = "" if self.who in _APPLICANTS else self.who
        return f"{name}{self.after}{within}，{who}{self.duty}（{self.basis}）。"


@dataclass(frozen=True, slots=True)
class GuideSection:
    """A heading and its lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """The guide to one matter as it applies in an area on a day."""

    kind: str
    version: str
    label: str
    area: str
    on: date
    summary: str
    who: str
    channels: tuple[str, ...]
    papers: tuple[Paper, ...]
    asked: tuple[Asked, ...]
    deadlines: tuple[GuideLimit, ...]
    limits: tuple[GuideLimit, ...]
    steps: tuple[str, ...]
    results: tuple[str, ...]
    citation: str
    provision: str
    trust: Trust
    is_public: bool

    @property
    def basis(self) -> str:
        """The act and its article, and how far they are confirmed where they are not official."""
        mark = "" if self.trust.is_official else f"（{self.trust.label}）"
        return f"{self.citation}{self.provision}{mark}"

    @property
    def sections(self) -> tuple[GuideSection, ...]:
        """The whole guide under its headings; parts of which there is nothing to say are left out."""
        return tuple(section for section in self._sections() if section.lines)

    def _sections(self) -> Iterator[GuideSection]:
        yield GuideSection("谁可以办", (f"{self.who}。",))
        yield GuideSection("什么时候申请", tuple(item.sentence for item in self.deadlines))
        yield GuideSection("到哪里办", (f"{'、'.join(self.channels)}。",) if self.channels else ())
        yield GuideSection("带什么", tuple(_paper_words(item) for item in self.papers))
        yield GuideSection("填什么", tuple(_asked_words(item) for item in self.asked))
        yield GuideSection("多久办好", tuple(item.sentence for item in self.limits))
        yield GuideSection("怎么走", self.steps)
        yield GuideSection("会有什么结果", (f"{'、'.join(self.results)}。",) if self.results else ())
        yield GuideSection("依据", (f"{self.basis}。",))


def guide_of(kind: CaseKind, area: str, on: date, *, only_public: bool = False, law: Lawbook | None = None) -> Guide:
    """The guide to a kind in an area on a day. only_public: with the fields that the public window asks for alone."""
    book = law or lawbook()
    act = book.acts.get(kind.act)
    return Guide(
        kind=kind.id,
        version=kind.key,
        label=kind.label,
        area=area,
        on=on,
        summary=kind.guide,
        who=_WHO[kind.about],
        channels=tuple(item.label for item in kind.channels if not item.is_assigned),
        papers=kind.papers,
        asked=tuple(item for item in kind.fields if item.public or not only_public),
        deadlines=tuple(_deadline(item, area, on, book) for item in kind.limits),
        limits=tuple(_clock(item, area, on, book) for item in kind.clocks),
        steps=_way(kind),
        results=tuple(dict.fromkeys(act.outcome for act in kind.acts if act.outcome)),
        citation=act.citation if act else kind.act,
        provision=kind.provision,
        trust=kind.trust,
        is_public=kind.is_public,
    )


def limit_words(amount: int, count: str) -> str:
    """A time limit in words: 15 日, 20 个工作日, 1 年."""
    return f"{amount} {COUNT_WORDS[DayCount(count)]}"


def _clock(clock: Clock, area: str, on: date, book: Lawbook) -> GuideLimit:
    found = _limit(clock.procedure, clock.step, area, on, book)
    return replace(found, label=clock.label, is_waiting=clock.waiting)


def _deadline(limit: Limit, area: str, on: date, book: Lawbook) -> GuideLimit:
    words = "、".join(word for words in limit.when.values() for word in words)
    return replace(_limit(limit.procedure, limit.step, area, on, book), label=words, not_before=limit.not_before)


def _limit(procedure: str, step: str, area: str, on: date, book: Lawbook) -> GuideLimit:
    row = find(DEADLINES, on=on, known_on=on, region=area, law=book, procedure=procedure, step=step)
    if row is None:
        return GuideLimit("", "")
    value: Deadline = row.value
    return GuideLimit(
        label="",
        limit=limit_words(value.amount, value.count),
        after=value.after,
        who=value.who,
        duty=value.duty,
        citation=book.acts[row.act].citation if row.act in book.acts else row.act,
        provision=value.provision,
        trust=row.trust,
        row=f"{row.table}#{row.number}",
    )


def _way(kind: CaseKind) -> tuple[str, ...]:
    """The shortest way from the first step to the first final one, and what may come in between; in public words."""
    steps = kind.steps_by_id
    path = _shortest(kind)
    between = [step for step in kind.steps if not step.is_final and step.id not in path]
    main = " → ".join(_told(steps[name]) for name in path)
    aside = f"其间可能：{'；'.join(_told(step) for step in between)}。" if between else ""
    return tuple(line for line in (f"{main}。", aside) if line)


def _told(step: Step) -> str:
    return step.public or step.label


def _shortest(kind: CaseKind) -> list[str]:
    """The steps from the first to the first final one of the file, by as few acts as may be."""
    goal = next(step.id for step in kind.steps if step.is_final)
    paths = [[kind.first_step.id]]
    seen = {kind.first_step.id}
    for path in paths:  # grows while it is walked: breadth first
        if path[-1] == goal:
            return path
        for act in kind.acts:
            if act.to and path[-1] in act.from_steps and act.to not in seen:
                seen.add(act.to)
                paths.append([*path, act.to])
    return paths[0]


def _paper_words(paper: Paper) -> str:
    wanted = "" if paper.is_needed else "（有的才带）"
    note = f"：{paper.note}" if paper.note else ""
    return f"{paper.label}{wanted}{note}"


def _asked_words(asked: Asked) -> str:
    wanted = "（按前面所选填写）" if asked.when else "" if asked.is_needed else "（可不填）"
    unit = f"（{asked.unit}）" if asked.unit and asked.kind is not AskedKind.CHOICE else ""
    choices = f"：{'、'.join(asked.choices)}" if asked.choices else f"：{asked.hint}" if asked.hint else ""
    return f"{asked.label}{unit}{wanted}{choices}"
