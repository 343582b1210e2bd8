"""Opening a case: registered with the day on which it was received, numbered, its clocks running from that day."""

from django.db import transaction
from django.db.models import Max

from rongji.accounts import trail
from rongji.accounts.secrets import Purpose, encrypt
from rongji.accounts.types import Actor
from rongji.casework.models import Case, CaseAct, CaseContact
from rongji.casework.refusals import CaseSeemsRegistered
from rongji.casework.services.applications import Application, Desk
from rongji.casework.services.clocks import Clocks
from rongji.casework.types import OPENED, NewCase
from rongji.kernel.digest import digest
from rongji.law.case_kinds import CaseKind


def open_case(*, actor: Actor, bureau: str, new: NewCase, not_twice: bool = False) -> int:
    """Register a case under the version of its kind that is in force on the day of receipt; returns its id.

    not_twice: refuse one that says the same as another of that day, as a form does that is sent a second time.
    Raises: what Desk.read refuses; CaseSeemsRegistered; NoValueInForce where the law has no limit for a clock.
    """
    with transaction.atomic():
        trail.lock_head()  # before anything is looked at: numbers have no gaps, and a second case would be seen
        desk = Desk.of(actor, bureau)
        found = desk.read(new)
        if not_twice:
            _check_new(found)
        return store(desk, found).pk


def _check_new(found: Application) -> None:
    """Refuse what was registered already: kind, day, channel, applicant, matter and order number are the same."""
    new = found.new
    same = Case.objects.filter(
        bureau=found.bureau, kind=found.kind.id, is_open=True, received_on=new.received_on, channel=new.channel,
        person=new.person_id, applicant=found.applicant[:64], title=new.title.strip(),
        external_number=new.external_number.strip()[:64],
    ).first()  # fmt: skip
    if same is not None:
        raise CaseSeemsRegistered(number=same.number, applicant=same.applicant, day=same.received_on)


def store(desk: Desk, found: Application) -> Case:
    """Write a case that may be opened, inside the caller's transaction."""
    case = case_row(desk.actor, found, next_serial(found.bureau, found.kind.id, found.new.received_on.year))
    case.save()
    clocks = Clocks(case, found.kind, desk.law(found.scope.area), [])
    clocks.start(found.kind.open_starts, found.new.received_on, found.values)
    clocks.settle()
    clocks.save()
    case.save(update_fields=["due_on", "due_clock", "amber_on"])
    opening_act(desk.actor, case).save()
    opening_contact(case, found).save()
    _record(desk.actor, case, found.kind)
    return case


def next_serial(bureau: str, kind: str, year: int) -> int:
    """The next number of a kind in a year; the head of the trail is held, so nobody else takes it."""
    rows = Case.objects.filter(bureau=bureau, kind=kind, year=year)
    return (rows.aggregate(last=Max("serial"))["last"] or 0) + 1


def number_of(kind: CaseKind, year: int, serial: int) -> str:
    """信访2024-00012."""
    return f"{kind.short or kind.label}{year}-{serial:05d}"


def case_row(actor: Actor, found: Application, serial: int) -> Case:
    """The row of a case that begins."""
    new, kind, year = found.new, found.kind, found.new.received_on.year
    return Case(
        bureau=found.bureau, number=number_of(kind, year, serial), kind=kind.id, version=kind.key, year=year,
        serial=serial, title=new.title.strip(), channel=new.channel, person_id=new.person_id,
        applicant=found.applicant[:64], contact_cipher=encrypt(new.contact, Purpose.PHONE),
        station_code=new.station, scope_path=found.scope.path, area=found.scope.area, received_on=new.received_on,
        entered_at=actor.at, step=kind.first_step.id, handler_id=actor.user_id, values=found.values,
        external_number=new.external_number.strip()[:64], assigned_by=new.assigned_by.strip()[:80],
        campaign=new.campaign.strip()[:80], legacy_since=new.legacy_since, parent_id=new.parent, intake=new.intake,
    )  # fmt: skip


def opening_act(actor: Actor, case: Case) -> CaseAct:
    """The first entry of every case: that it was registered."""
    return CaseAct(
        case=case, sequence=1, act=OPENED, from_step="", to_step=case.step, on=case.received_on, at=actor.at,
        actor_id=actor.user_id, actor_label=actor.label[:160], values=case.values,
    )  # fmt: skip


def opening_contact(case: Case, found: Application) -> CaseContact:
    """The first time that somebody came, called or wrote about it."""
    return CaseContact(case=case, on=case.received_on, channel=case.channel, people=found.new.people)


def _record(actor: Actor, case: Case, kind: CaseKind) -> None:
    facts = {
        "case": case.pk, "number": case.number, "kind": case.kind, "version": case.version, "channel": case.channel,
        "person": case.person_id, "received_on": case.received_on, "due_on": case.due_on, "parent": case.parent_id,
    }  # fmt: skip
    trail.record(
        actor=actor, action="casework.open_case", subject_kind="case", subject_id=case.pk,
        summary=f"登记{kind.label} {case.number}", after_digest=digest({**facts, "values": case.values}),
        detail=facts, parts=[case.part],
    )  # fmt: skip
