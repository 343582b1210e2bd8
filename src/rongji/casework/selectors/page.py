"""Everything about one case."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.conf import settings

from rongji.accounts.policies import guard
from rongji.accounts.sealed_numbers import told
from rongji.accounts.secrets import Purpose, decrypt, mask_numbers_in, mask_phone
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.casework.answers import CONTACT, in_words
from rongji.casework.law import DEADLINES
from rongji.casework.models import Case, CaseAct, CaseClock, CaseLetter, CasePaper
from rongji.casework.policies import HANDLE_CASES, SEE_CASES
from rongji.casework.refusals import CaseUnknown, PaperUnfit
from rongji.casework.selectors.facts import (
    ActFacts,
    CasePage,
    ClockFacts,
    ContactFacts,
    LetterFacts,
    MemberFacts,
    NumberFacts,
    PaperFacts,
    RelatedCase,
)
from rongji.casework.selectors.lines import channel_label, kind_of, letter_of, lines_of, step_label
from rongji.casework.selectors.stages import stages_of
from rongji.casework.services.applications import roles_of
from rongji.casework.services.clocks import running_of
from rongji.casework.types import MEMBER_LABELS, OWN_ACTS, Light, MemberRole
from rongji.documents.stored_files import read_file
from rongji.law.asked import Asked, AskedKind
from rongji.law.calendar import WorkCalendar, work_calendar
from rongji.law.case_checks import asked_of
from rongji.law.case_kinds import Act, CaseKind, Paper
from rongji.law.loader import lawbook
from rongji.law.model import Row
from rongji.law.shapes.deadline import DayCount
from rongji.people.selectors import briefs
from rongji.rules.answers import shown
from rongji.rules.casework.flow import acts_from
from rongji.rules.casework.lights import light_of
from rongji.rules.casework.wording import explain, left_words


def case_page(actor: Actor, case_id: int, *, on: date) -> CasePage:
    """A case with everything that was done about it. Raises: CaseUnknown, NotAllowed."""
    case = Case.objects.select_related("handler", "parent").filter(pk=case_id).first()
    if case is None:
        raise CaseUnknown(case=case_id)
    guard(actor, SEE_CASES, case)
    kind, acts = kind_of(case), list(case.acts.select_related("batch").order_by("sequence"))
    expected = acts_from(kind, case.step, is_open=case.is_open)
    papers = list(case.papers.order_by("id"))
    return CasePage(
        line=lines_of([case], on)[0], kind=kind, bureau=case.bureau, area=case.area, scope=case.scope,
        decision=case.decision,
        assigned_by=case.assigned_by, was_late=case.was_late, rated_on=case.rated_on, entered_at=case.entered_at,
        contact=_masked(decrypt(case.contact_cipher, Purpose.PHONE)), person_label=_person_label(case),
        values=told(asked_of(kind).values(), case.values), answers=tuple(_answers(kind, kind.fields, acts[0].values)),
        clocks=tuple(_clocks(case, kind, on)), acts=tuple(_act(kind, row) for row in acts),
        papers=tuple(_paper(row) for row in papers), missing=_missing(kind, papers),
        contacts=tuple(
            ContactFacts(row.pk, row.on, channel_label(kind, row.channel), row.people, row.note)
            for row in case.contacts.order_by("on", "id")
        ),
        letters=tuple(letter_of(row, organisation(row.bureau).name) for row in case.letters.order_by("id")),
        members=tuple(
            MemberFacts(row.pk, row.role, MEMBER_LABELS[MemberRole(row.role)], row.name, row.from_on, row.to_on)
            for row in case.members.order_by("id")
        ),
        stages=stages_of([case], on)[case.pk], parent=_related(case.parent) if case.parent else None,
        follow_ups=tuple(_related(row) for row in case.follow_ups.order_by("id")),
        possible=tuple(act for act in expected if _may(actor, act, case)), expected=expected,
        last_sequence=acts[-1].sequence, intake=case.intake, numbers=tuple(_numbers(case, kind, acts)),
    )  # fmt: skip


def case_named(actor: Actor, bureau: str, text: str) -> int:
    """The id of the case that a clerk means: by its number, or by `#` and the id. Raises: CaseUnknown, NotAllowed."""
    said = text.strip()
    is_id = said.startswith("#") and said[1:].isascii() and said[1:].isdigit() and len(said) < 19
    rows = Case.objects.filter(pk=int(said[1:])) if is_id else Case.objects.filter(number=said)
    row = rows.filter(bureau=bureau).first() if bureau else rows.first()
    if row is None:
        raise CaseUnknown(case=said)
    guard(actor, SEE_CASES, row)
    return row.pk


def letter_facts(actor: Actor, letter_id: int) -> LetterFacts:
    """A letter as it was issued. Raises: CaseUnknown, NotAllowed."""
    row = CaseLetter.objects.select_related("case").filter(pk=letter_id).first()
    if row is None:
        raise CaseUnknown(case=f"文书 {letter_id}")
    guard(actor, SEE_CASES, row.case)
    return letter_of(row, organisation(row.bureau).name)


def paper_file(actor: Actor, paper_id: int) -> tuple[str, bytes]:
    """The scan of a paper: name and content. Raises: CaseUnknown, NotAllowed, PaperUnfit, FileRefused."""
    row = CasePaper.objects.select_related("case").filter(pk=paper_id).first()
    if row is None:
        raise CaseUnknown(case=f"材料 {paper_id}")
    guard(actor, SEE_CASES, row.case)
    if not row.digest:
        raise PaperUnfit(title=row.title, why="只登记了纸质材料，没有扫描件")
    return row.file_name, read_file(settings.RONGJI.evidence, row.digest, row.file_name)


def _may(actor: Actor, act: Act, case: Case) -> bool:
    allowed = HANDLE_CASES.permits(actor, case)
    return allowed and any(grant.covers(case.scope) for grant in actor.grants_of(roles_of(act.roles)))


def _answers(kind: CaseKind, own: tuple[Asked, ...], values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Answers under the words by which they were asked for: an act may ask again what the application asked."""
    asked = asked_of(kind) | {item.id: item for item in own}
    for name, value in values.items():
        if name in asked:
            yield asked[name].label, in_words(asked[name], value)


def _numbers(case: Case, kind: CaseKind, acts: list[CaseAct]) -> Iterator[NumberFacts]:
    """Every personal number that the case holds, the applicant's telephone first."""
    contact = _masked(decrypt(case.contact_cipher, Purpose.PHONE))
    if contact:
        yield NumberFacts(0, CONTACT.id, CONTACT.label, contact)
    secrets = {name: item for name, item in asked_of(kind).items() if item.kind is AskedKind.SECRET}
    for act in acts:
        for name, item in secrets.items():
            if name in act.values:
                yield NumberFacts(act.sequence, name, item.label, shown(item, act.values[name]))


def _clocks(case: Case, kind: CaseKind, on: date) -> Iterator[ClockFacts]:
    calendar = work_calendar(known_on=on)
    for row in case.clocks.order_by("id"):
        yield _clock(row, kind, on, calendar)


def _clock(row: CaseClock, kind: CaseKind, on: date, calendar: WorkCalendar) -> ClockFacts:
    clock, running, law = kind.clocks_by_id[row.clock], running_of(row), _law_row(row.row)
    seen = row.stopped_on or on
    is_paused = row.paused_on is not None
    runs = row.stopped_on is None and not is_paused
    act = lawbook().acts.get(law.act) if law else None
    return ClockFacts(
        id=row.clock, label=clock.label, started_on=row.started_on, due_on=row.due_on, stopped_on=row.stopped_on,
        is_paused=is_paused, is_waiting=clock.waiting, is_provisional=row.is_provisional,
        is_late=not clock.waiting and not is_paused and seen > row.due_on,
        light=light_of(due_on=row.due_on, amber_on=None, is_paused=is_paused, on=on) if runs else Light.NONE,
        words=explain(running, seen, calendar, is_waiting=clock.waiting),
        left=left_words(row.due_on, on, DayCount(row.count), calendar) if runs else "",
        citation=f"{act.citation}{law.value.provision}" if act and law else "",
        trust_label=law.trust.label if law else "", row=row.row,
    )  # fmt: skip


def _law_row(name: str) -> Row | None:
    """The row that a clock remembers by its keys, day and region; None where it has been taken out of the law."""
    keys, effective, *region = name.split("@")
    table = lawbook().tables.get((region[0] if region else "", DEADLINES))
    rows = table.by_key.get(tuple(keys.split("/")), ()) if table else ()
    return next((row for row in reversed(rows) if str(row.effective) == effective), None)


def _act(kind: CaseKind, row: CaseAct) -> ActFacts:
    act = kind.acts_by_id.get(row.act)
    answers = _answers(kind, act.fields if act else (), row.values) if row.sequence > 1 else ()
    return ActFacts(
        sequence=row.sequence, act=row.act, label=act.label if act else OWN_ACTS.get(row.act, row.act),
        from_label=step_label(kind, row.from_step) if row.from_step else "", to_label=step_label(kind, row.to_step),
        on=row.on, at=row.at, actor=row.actor_label, note=row.note, decision=row.decision, answers=tuple(answers),
        effects=tuple(item["words"] for item in row.effects),
        touched=tuple((item["subject_kind"], item["subject_id"]) for item in row.effects),
        batch=row.batch.number if row.batch else "", batch_id=row.batch_id or 0,
    )  # fmt: skip


def _missing(kind: CaseKind, papers: list[CasePaper]) -> tuple[Paper, ...]:
    there = {row.kind for row in papers}
    return tuple(item for item in kind.papers if item.is_needed and item.id not in there)


def _paper(row: CasePaper) -> PaperFacts:
    return PaperFacts(row.pk, row.kind, row.title, row.file_name, bool(row.digest), row.received_on)


def _related(row: Case) -> RelatedCase:
    kind = kind_of(row)
    return RelatedCase(row.pk, row.number, kind.label, step_label(kind, row.step), row.is_open)


def _person_label(case: Case) -> str:
    brief = briefs({case.person_id}).get(case.person_id) if case.person_id else None
    return f"{brief.name}（{brief.number}）" if brief else ""


def _masked(contact: str) -> str:
    plain = mask_numbers_in(contact)
    return plain if plain != contact else mask_phone(contact)
