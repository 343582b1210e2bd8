"""The timeline of a person: every event of the file, newest first, and the periods that make the lifeline."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from rongji.people.selectors.confirmation import ConfirmationFacts
from rongji.people.types import (
    CHANGE_LABELS,
    CONFIRMATION_LABELS,
    LIFE_EVENT_LABELS,
    ChangeFacts,
    LifeEventKind,
    PersonFile,
)
from rongji.web.lifeline import Span
from rongji.web.people_words import category_label, grade_words
from rongji.web.person_page import PARTICIPATION_LABELS, basis_of

KIND_LABELS = {
    "service": "服役",
    "identity": "身份",
    "grade": "等级",
    "life": "生卒迁移",
    "home": "住址账户",
    "family": "家庭",
    "award": "待遇",
    "payment": "发放",
    "confirmation": "年度确认",
    "archive": "档案",
    "change": "经办",
}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. address: the page that it opens into, empty when there is none."""

    on: date
    kind: str
    title: str
    detail: str = ""
    address: str = ""
    by_month: bool = False

    @property
    def day(self) -> str:
        """Its day within the year, or its month."""
        return f"{self.on:%m月}" if self.by_month else f"{self.on:%m-%d}"


def events_of(file: PersonFile) -> Iterator[Event]:
    """Everything that the register of people knows of a person."""
    yield Event(file.born_on, "life", "出生")
    yield from _service(file)
    yield from _recognition(file)
    yield from _life(file)
    for place in file.residences:
        words = " ".join(part for part in (place.village, place.address) if part)
        yield Event(place.from_on, "home", "住址登记", words)
    for account in file.accounts:
        yield Event(account.from_on, "home", "启用领款账户", f"{account.bank} {account.masked}".strip())
    for item in file.families:
        yield Event(item.from_on, "family", f"入户，为{item.role}", f"户号 {item.family_number}")
        if item.to_on:
            yield Event(item.to_on, "family", "离户", f"户号 {item.family_number}")
    yield from _office(file)


def _service(file: PersonFile) -> Iterator[Event]:
    for item in file.service:
        words = "，".join(part for part in (item.unit_kind, item.rank) if part)
        yield Event(item.enlisted_on, "service", "入伍", words)
        if item.discharged_on:
            yield Event(item.discharged_on, "service", "退役", item.discharge_kind)
    for merit in file.merits:
        yield Event(merit.awarded_on, "service", f"立功受奖 {merit.grade}", basis_of(merit.dating))
    for part in file.participations:
        if part.from_on:
            yield Event(part.from_on, "service", PARTICIPATION_LABELS.get(part.kind, part.kind), part.campaign)


def _recognition(file: PersonFile) -> Iterator[Event]:
    for item in file.identities:
        label = category_label(item.category)
        yield Event(item.first_month.first_day, "identity", f"认定为{label}", basis_of(item.dating), by_month=True)
        if item.last_month:
            yield Event(item.last_month.last_day, "identity", f"{label}终止", item.end_reason, by_month=True)
    for grade in file.grades:
        yield Event(
            grade.decided_on, "grade", f"评定残疾等级 {grade_words(grade.cause, grade.grade)}", basis_of(grade.dating)
        )


def _life(file: PersonFile) -> Iterator[Event]:
    for item in file.life_events:
        where = f"对方县区 {item.other_area}" if item.other_area else ""
        detail = "，".join(
            part for part in (where, basis_of(item.dating), _late(item.happened_on, item.dating.known_on)) if part
        )
        yield Event(item.happened_on, "life", LIFE_EVENT_LABELS[item.kind], detail)


def _late(on: date, known_on: date) -> str:
    return f"{known_on:%Y-%m-%d} 获知" if known_on != on else ""


def _office(file: PersonFile) -> Iterator[Event]:
    for item in file.archive:
        if item.dated_on:
            yield Event(item.dated_on, "archive", f"材料：{item.title}", item.kind)
    for transfer in file.transfers:
        yield Event(transfer.sent_on, "archive", "档案转递", f"{transfer.from_body} → {transfer.to_body}")
    for change in file.changes:
        detail = f"{change.true_from:%Y-%m-%d} 起生效，经办 {change.actor_label}"
        yield Event(change.known_on, "change", _said(change), detail)


def _said(change: ChangeFacts) -> str:
    """What was entered, without saying its kind twice."""
    label = CHANGE_LABELS[change.kind]
    return change.summary if change.summary.startswith(label) else f"{label}：{change.summary}"


def confirmation_events(found: Iterable[ConfirmationFacts]) -> Iterator[Event]:
    """The yearly confirmations."""
    for item in found:
        detail = "，".join(part for part in (item.method, item.note) if part)
        yield Event(
            item.confirmed_on, "confirmation", f"{item.year} 年度确认：{CONFIRMATION_LABELS[item.result]}", detail
        )


def by_year(events: Iterable[Event], until: date) -> list[tuple[int, list[Event]]]:
    """Events up to a day in groups of years, the latest on top."""
    past = sorted((item for item in events if item.on <= until), key=lambda item: item.on, reverse=True)
    return [(year, list(items)) for year, items in groupby(past, key=lambda item: item.on.year)]


def kinds_of(years: Sequence[tuple[int, list[Event]]]) -> list[tuple[str, str, int]]:
    """The chips above the timeline: kind, label, how many; first of all of them."""
    counts = Counter(event.kind for _, events in years for event in events)
    return [("", "全部", counts.total())] + [
        (kind, label, counts[kind]) for kind, label in KIND_LABELS.items() if counts[kind]
    ]


def spans_of(file: PersonFile) -> Iterator[Span]:
    """The periods of the register, lane by lane."""
    for item in file.service:
        yield Span("服役", item.unit_kind or "服役", item.enlisted_on, item.discharged_on, "service")
    for merit in file.merits:
        yield Span("服役", merit.grade, merit.awarded_on, merit.awarded_on, "grade")
    for held in file.identities:
        last = held.last_month.last_day if held.last_month else file.died_on
        yield Span("身份", category_label(held.category), held.first_month.first_day, last, "identity")
    for number, grade in enumerate(file.grades):
        following = (
            file.grades[number + 1].decided_on - timedelta(days=1) if number + 1 < len(file.grades) else file.died_on
        )
        yield Span("等级", grade_words(grade.cause, grade.grade), grade.decided_on, following, "grade")
    for event in file.life_events:
        tone = "death" if event.kind == LifeEventKind.DIED else "move"
        yield Span("生卒迁移", LIFE_EVENT_LABELS[event.kind], event.happened_on, event.happened_on, tone)
