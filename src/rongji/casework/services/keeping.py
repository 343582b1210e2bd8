"""What is kept beside the acts of a case: times somebody came, papers, who takes it, and what the applicant said."""

from datetime import date

from django.conf import settings
from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.types import Actor
from rongji.casework.models import Case, CaseContact, CaseMember, CasePaper
from rongji.casework.policies import ASSIGN_CASES
from rongji.casework.refusals import ContactUnfit, MemberUnfit, PaperUnfit, RatingUnfit
from rongji.casework.services.acting import held_case
from rongji.casework.services.applications import MOST_PEOPLE
from rongji.casework.types import MEMBER_LABELS, SATISFACTION_LABELS, MemberRole, Satisfaction
from rongji.documents.stored_files import store_file
from rongji.kernel.digest import digest
from rongji.kernel.personal_numbers import cover_numbers_in
from rongji.law.case_kinds import case_kind_version

_LONGEST_TITLE, _LONGEST_NAME = 120, 80


def add_contact(*, actor: Actor, case_id: int, on: date, channel: str, people: int = 1, note: str = "") -> int:
    """Write down that people came, called or wrote about a case: one 批次, so many 人次; returns its id.

    Raises: CaseUnknown, NotAllowed, ContactUnfit.
    """
    with transaction.atomic():
        trail.lock_head()
        case = held_case(actor, case_id)
        known = {item.id: item.label for item in case_kind_version(case.kind, case.version).channels}
        if channel not in known:
            raise ContactUnfit(why=f"没有“{channel}”这一渠道，请从 {'、'.join(known.values())} 中选择")
        if not 1 <= people <= MOST_PEOPLE:
            raise ContactUnfit(why=f"人数填的是 {people}，应为 1 至 {MOST_PEOPLE} 的整数")
        if not case.received_on <= on <= actor.day:
            raise ContactUnfit(why=f"日期 {on} 应在收到日期 {case.received_on} 和今天（{actor.day}）之间")
        said = cover_numbers_in(note.strip())[:255]
        row = CaseContact.objects.create(case=case, on=on, channel=channel, people=people, note=said)
        facts = {"contact": row.pk, "on": on, "channel": channel, "people": people}
        _record(actor, case, "add_contact", f"登记{known[channel]} {people} 人次", facts)
    return row.pk


def add_paper(
    *, actor: Actor, case_id: int, kind: str, title: str = "", received_on: date, file_name: str = "", data: bytes = b""
) -> int:
    """File a paper, with its scan where there is one; returns its id. kind: of the case kind, or the office's own word.

    Raises: CaseUnknown, NotAllowed, PaperUnfit, FileRefused.
    """
    with transaction.atomic():
        trail.lock_head()
        case = held_case(actor, case_id)
        if not kind.strip():
            raise PaperUnfit(title=title or "（未填）", why="没有写明是哪一种材料，请选择")
        titled = cover_numbers_in(title.strip()) or _paper_label(case, kind.strip())
        if received_on > actor.day:
            raise PaperUnfit(title=titled, why=f"收到日期 {received_on} 在今天（{actor.day}）之后，请核对")
        kept = store_file(settings.RONGJI.evidence, file_name, data) if file_name else ""
        row = CasePaper.objects.create(
            case=case, kind=cover_numbers_in(kind.strip())[:48], title=titled[:_LONGEST_TITLE], digest=kept,
            file_name=cover_numbers_in(file_name)[:255],
            received_on=received_on,
        )  # fmt: skip
        facts = {"paper": row.pk, "kind": row.kind, "received_on": received_on, "file": kept}
        _record(actor, case, "add_paper", f"收到材料“{row.title}”", facts)
    return row.pk


def add_member(*, actor: Actor, case_id: int, role: str, name: str, from_on: date) -> int:
    """Put a leader or a member of a task force on a case; returns the id of the place.

    Raises: CaseUnknown, NotAllowed, MemberUnfit.
    """
    with transaction.atomic():
        trail.lock_head()
        case = held_case(actor, case_id)
        guard(actor, ASSIGN_CASES, case)
        if role not in set(MemberRole):
            raise MemberUnfit(why=f"职责“{role}”有误，请选择{'或'.join(MEMBER_LABELS.values())}")
        named = cover_numbers_in(name.strip())
        if not named or len(named) > _LONGEST_NAME:
            raise MemberUnfit(why=f"请填写姓名和职务（最多 {_LONGEST_NAME} 个字）")
        if not case.received_on <= from_on <= actor.day:
            raise MemberUnfit(why=f"起始日期 {from_on} 应在收到日期 {case.received_on} 和今天（{actor.day}）之间")
        if case.members.filter(role=role, name=named, to_on__isnull=True).exists():
            raise MemberUnfit(why=f"{named}已是该办件的{MEMBER_LABELS[MemberRole(role)]}，不必重复安排")
        row = CaseMember.objects.create(case=case, role=role, name=named, from_on=from_on)
        facts = {"member": row.pk, "role": role, "from_on": from_on}
        _record(actor, case, "add_member", f"安排{MEMBER_LABELS[MemberRole(role)]}", facts)
    return row.pk


def end_member(*, actor: Actor, member_id: int, to_on: date) -> None:
    """Let somebody leave a case. Raises: MemberUnfit, CaseUnknown, NotAllowed."""
    with transaction.atomic():
        trail.lock_head()
        row = CaseMember.objects.filter(pk=member_id, to_on__isnull=True).first()
        if row is None:
            raise MemberUnfit(why=f"没有编号为 {member_id} 的在任包案领导或专班成员，请刷新后再办")
        case = held_case(actor, row.case_id)
        guard(actor, ASSIGN_CASES, case)
        if not row.from_on <= to_on <= actor.day:
            raise MemberUnfit(why=f"结束日期 {to_on} 应在起始日期 {row.from_on} 和今天（{actor.day}）之间")
        row.to_on = to_on
        row.save(update_fields=["to_on"])
        label = MEMBER_LABELS[MemberRole(row.role)]
        _record(actor, case, "end_member", f"{label}不再负责", {"member": row.pk, "to_on": to_on})


def rate_case(*, actor: Actor, case_id: int, satisfaction: str, on: date) -> None:
    """Write down what the applicant said of a closed case; said again, the later word counts.

    Raises: CaseUnknown, NotAllowed, RatingUnfit.
    """
    with transaction.atomic():
        trail.lock_head()
        case = held_case(actor, case_id)
        if satisfaction not in set(Satisfaction):
            raise RatingUnfit(why=f"“{satisfaction}”有误，请选择{'、'.join(SATISFACTION_LABELS.values())}之一")
        if case.closed_on is None:
            raise RatingUnfit(why=f"办件 {case.number} 还没有办结，请在办结后登记")
        if not case.closed_on <= on <= actor.day:
            raise RatingUnfit(why=f"评价日期 {on} 应在办结日期 {case.closed_on} 和今天（{actor.day}）之间")
        before = case.satisfaction
        case.satisfaction, case.rated_on = satisfaction, on
        case.save(update_fields=["satisfaction", "rated_on"])
        label = SATISFACTION_LABELS[Satisfaction(satisfaction)]
        facts = {"satisfaction": satisfaction, "before": before, "on": on}
        _record(actor, case, "rate_case", f"评价“{label}”", facts)


def _paper_label(case: Case, paper: str) -> str:
    kind = case_kind_version(case.kind, case.version)
    asked = (*kind.papers, *(item for act in kind.acts for item in act.papers))
    return next((item.label for item in asked if item.id == paper), cover_numbers_in(paper))


def _record(actor: Actor, case: Case, action: str, said: str, facts: dict) -> None:
    trail.record(
        actor=actor, action=f"casework.{action}", subject_kind="case", subject_id=case.pk,
        summary=f"办件 {case.number}：{said}", after_digest=digest(facts), detail=facts, parts=[case.part],
    )  # fmt: skip
