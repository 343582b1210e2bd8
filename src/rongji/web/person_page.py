"""One person's file as its page shows it: every fact in words, its period, what it rests on and when it was known."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rongji.kernel.month import Month
from rongji.people.types import (
    ACCOUNT_LABELS,
    ARCHIVE_LABELS,
    ATTRIBUTE_LABELS,
    AccountFacts,
    ArchiveItemFacts,
    ArchiveState,
    AttributeFacts,
    AttributeKind,
    Dating,
    IdentityFacts,
    PersonFile,
    ServiceFacts,
)
from rongji.web.people_words import category_label, grade_words

_SHOWN_ABOVE = {AttributeKind.NAME, AttributeKind.BORN_ON, AttributeKind.PHONE, AttributeKind.ID_NUMBER}
_ARCHIVE_TONES = {
    ArchiveState.MISSING: "contradiction",
    ArchiveState.PRESENT: "holds",
    ArchiveState.LENT: "defect",
    ArchiveState.HANDED_OVER: "question",
}
PARTICIPATION_LABELS = {"war": "参战", "nuclear_test": "参试"}


@dataclass(frozen=True, slots=True)
class Line:
    """One dated fact: its words, its period, what it rests on. tone: of the word that marks it."""

    label: str
    period: str
    basis: str
    known_on: date | None
    is_current: bool = True
    note: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the basic facts. field: what of it may be shown in full for a reason, empty when it is not masked."""

    label: str
    value: str
    note: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account to be paid into, as it is shown."""

    number: str
    kind: str
    bank: str
    holder: str
    is_foreign: bool
    period: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class ArchiveLine:
    """One item of the file. scan: by which its scan is asked for, None while there is none."""

    title: str
    kind: str
    dated_on: date | None
    state: str
    tone: str
    location: str
    scan: int | None


def basis_of(dating: Dating) -> str:
    """What a fact rests on: decision and evidence."""
    return "，".join(part for part in (dating.decision, dating.evidence) if part)


def days(first: date | None, last: date | None) -> str:
    """A period of days; open ends in words."""
    begin = f"{first:%Y-%m-%d}" if first else "不详"
    return f"{begin} 至 {last:%Y-%m-%d}" if last else f"{begin} 起"


def identity_line(item: IdentityFacts, on: date) -> Line:
    """An identity with its months."""
    last = f"{item.last_month}" if item.last_month else "今"
    period = f"{item.first_month} 至 {last}"
    is_current = item.holds_in(Month.from_day(on))
    return Line(category_label(item.category), period, basis_of(item.dating), item.dating.known_on, is_current,
                item.end_reason)  # fmt: skip


def grade_lines(file: PersonFile) -> list[Line]:
    """The disability grades, the latest first."""
    return [
        Line(grade_words(item.cause, item.grade), f"{item.decided_on:%Y-%m-%d}", basis_of(item.dating),
             item.dating.known_on, item == file.grade)
        for item in reversed(file.grades)
    ]  # fmt: skip


def service_lines(file: PersonFile) -> list[Line]:
    """Service, merits, and part in wars or tests, in this order."""
    found = [_service(item) for item in file.service]
    found += [Line(f"立功受奖 {item.grade}", f"{item.awarded_on:%Y-%m-%d}", basis_of(item.dating), item.dating.known_on)
              for item in file.merits]  # fmt: skip
    for part in file.participations:
        words = f"{PARTICIPATION_LABELS.get(part.kind, part.kind)} {part.campaign}".strip()
        found.append(Line(words, days(part.from_on, part.to_on), basis_of(part.dating), part.dating.known_on))
    return found


def _service(item: ServiceFacts) -> Line:
    words = "，".join(part for part in (item.unit_kind, item.rank, item.discharge_kind) if part)
    said = "；".join(part for part in (words, basis_of(item.dating)) if part)
    period = days(item.enlisted_on, item.discharged_on)
    return Line("服役", period, said, item.dating.known_on, item.discharged_on is None)


def basic_facts(file: PersonFile, stations: dict[str, str]) -> list[Fact]:
    """Plain facts in force on the day, with where the person lives."""
    found = [
        Fact(ATTRIBUTE_LABELS[item.kind], item.value, f"{item.from_on:%Y-%m-%d} 起")
        for item in _latest(file.attributes, file.on)
        if item.kind not in _SHOWN_ABOVE
    ]
    if file.residence:
        place = file.residence
        words = " ".join(part for part in (place.village, place.address) if part) or place.area_code
        found.append(Fact("住址", words, f"{place.from_on:%Y-%m-%d} 起"))
        if place.station_code:
            found.append(Fact("服务站", stations.get(place.station_code, place.station_code)))
    found += [
        Fact("管理县区", file.area),
        Fact("建档日期", f"{file.registered_on:%Y-%m-%d}"),
        Fact("档案号", file.number),
    ]
    return found


def _latest(attributes: Iterable[AttributeFacts], on: date) -> list[AttributeFacts]:
    """Of each kind the one in force on a day."""
    return list({item.kind: item for item in attributes if item.from_on <= on}.values())


def account_lines(file: PersonFile) -> list[AccountLine]:
    """Accounts, the one in force first."""
    lines = [_account(file, item) for item in reversed(file.accounts)]
    return sorted(lines, key=lambda item: not item.is_current)


def _account(file: PersonFile, item: AccountFacts) -> AccountLine:
    label = ACCOUNT_LABELS.get(item.kind, item.kind)  # type: ignore[call-overload]
    is_current = file.account is not None and item.id == file.account.id
    return AccountLine(item.masked, label, item.bank, item.holder, item.holder != file.name,
                       days(item.from_on, item.to_on), is_current)  # fmt: skip


def archive_line(item: ArchiveItemFacts) -> ArchiveLine:
    """One item with its state in a word and a tone."""
    return ArchiveLine(item.title, item.kind, item.dated_on, ARCHIVE_LABELS[item.state], _ARCHIVE_TONES[item.state],
                       item.location, item.id if item.scan_digest else None)  # fmt: skip


def transfer_words(file: PersonFile) -> Iterator[str]:
    """Hand-overs of the file, each as a sentence."""
    for item in file.transfers:
        receipt = f"{item.receipt_on:%Y-%m-%d} 收到回执 {item.receipt}" if item.receipt_on else "还没有回执"
        yield f"{item.sent_on:%Y-%m-%d} 由{item.from_body}转往{item.to_body}，{receipt}。"
