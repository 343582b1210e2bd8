"""Recording where a person lives, moves between counties, deaths, and taking back what was recorded by mistake."""

from datetime import date

from rongji.accounts.refusals import OrganisationUnknown
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.kernel.month import Month
from rongji.people.copies import refresh
from rongji.people.dated import DatedFact
from rongji.people.entering import refuse_outside_life
from rongji.people.models import (
    Attribute,
    BankAccount,
    DisabilityGrade,
    Identity,
    LifeEvent,
    Merit,
    Participation,
    Residence,
    ServicePeriod,
)
from rongji.people.refusals import (
    AlreadyDead,
    AlreadyRecorded,
    DeathBeforeFacts,
    EvidenceNeeded,
    FactUnknown,
    ReasonMissing,
)
from rongji.people.services.rows import residence_values
from rongji.people.services.writing import Entry, entry, replaced, supersede, tell
from rongji.people.types import LIFE_EVENT_LABELS, ChangeKind, LifeEventKind, NewResidence

WITHDRAWABLE: dict[str, tuple[type[DatedFact], str]] = {
    "identity": (Identity, "身份"),
    "grade": (DisabilityGrade, "残疾等级"),
    "service": (ServicePeriod, "服役经历"),
    "merit": (Merit, "立功受奖"),
    "participation": (Participation, "参战参试经历"),
    "residence": (Residence, "住址"),
    "account": (BankAccount, "领款账户"),
    "life_event": (LifeEvent, "生卒迁移"),
    "attribute": (Attribute, "基本信息"),
}
SHORTEST_REASON = 2


def record_residence(*, actor: Actor, person_id: int, new: NewResidence, known_on: date | None = None) -> int:
    """Record where a person lives from a day on; one from the same day is corrected. Returns the id of the row.

    Raises: NotAllowed, PersonUnknown, PersonMerged, OrganisationUnknown (the station), AlreadyRecorded.
    """
    with entry(actor=actor, person_id=person_id, known_on=known_on) as entered:
        _refuse_foreign_station(entered, new.station_code)
        values = residence_values(new, entered.known_on)
        standing = Residence.objects.filter(person=entered.person, superseded_on__isnull=True)
        corrected = standing.filter(from_on=values["from_on"]).first()
        if corrected is not None:
            if all(getattr(corrected, name) == value for name, value in values.items()):
                raise AlreadyRecorded(number=entered.person.number, what="该住址")
            supersede(corrected, entered.known_on)
        row = Residence.objects.create(person=entered.person, known_on=entered.known_on, **values)
        refresh(entered.person)
        said = f"住址{'更正' if corrected else '变更'}为 {new.village or new.area_code or '（未写明）'}"
        detail = {"residence": row.pk, "area_code": new.area_code, "station": new.station_code}
        tell(entered, kind=ChangeKind.RESIDENCE, true_from=row.from_on, summary=said, action="record_residence",
             detail=detail)  # fmt: skip
    return row.pk


def record_death(*, actor: Actor, person_id: int, died_on: date, known_on: date | None = None, evidence: str) -> int:
    """Record that a person has died. Returns the id of the event.

    evidence: what says so (certificate, register, confirmation round …).
    Raises: NotAllowed, PersonUnknown, PersonMerged, EvidenceNeeded, BeforeBirth, InTheFuture, AlreadyDead,
    DeathBeforeFacts (a grade or an identity begins only after it).
    """
    with entry(actor=actor, person_id=person_id, known_on=known_on) as entered:
        if entered.person.died_on is not None:
            raise AlreadyDead(number=entered.person.number, died=entered.person.died_on)
        _refuse_unfit_death(entered, died_on, evidence)
        row = LifeEvent.objects.create(
            person=entered.person,
            known_on=entered.known_on,
            kind=LifeEventKind.DIED,
            happened_on=died_on,
            evidence=evidence,
        )
        refresh(entered.person)
        tell(entered, kind=ChangeKind.DIED, true_from=died_on, summary=f"{died_on} 去世", action="record_death",
             detail={"event": row.pk, "died_on": died_on})  # fmt: skip
    return row.pk


def correct_death(*, actor: Actor, person_id: int, died_on: date, known_on: date | None = None, evidence: str) -> int:
    """Put the right day in the place of a wrong day of death. Raises: as record_death; FactUnknown, KnownTooEarly."""
    with entry(actor=actor, person_id=person_id, known_on=known_on) as entered:
        old = _standing_death(entered)
        _refuse_unfit_death(entered, died_on, evidence)
        row = replaced(old, entered.known_on, happened_on=died_on, evidence=evidence)
        refresh(entered.person)
        said = f"死亡日期由 {old.happened_on} 更正为 {died_on}"
        tell(entered, kind=ChangeKind.DIED, true_from=min(died_on, old.happened_on), summary=said,
             action="correct_death", detail={"event": row.pk, "died_on": died_on})  # fmt: skip
    return row.pk


def withdraw_death(*, actor: Actor, person_id: int, reason: str, known_on: date | None = None) -> None:
    """Take back a death that was recorded of a living person. Raises: ReasonMissing, FactUnknown, KnownTooEarly."""
    with entry(actor=actor, person_id=person_id, known_on=known_on) as entered:
        refuse_short_reason("撤销死亡登记", reason)
        old = _standing_death(entered)
        supersede(old, entered.known_on)
        refresh(entered.person)
        said = f"撤销 {old.happened_on} 的死亡登记：{reason}"
        tell(entered, kind=ChangeKind.DEATH_WITHDRAWN, true_from=old.happened_on, summary=said,
             action="withdraw_death", detail={"event": old.pk})  # fmt: skip


def record_move(
    *,
    actor: Actor,
    person_id: int,
    kind: LifeEventKind,
    happened_on: date,
    other_area: str = "",
    known_on: date | None = None,
    evidence: str,
) -> int:
    """Record a move into or out of the county's care. Returns the id of the event.

    kind: moved_in or moved_out; other_area: code of the county at the other end.
    Raises: NotAllowed, PersonUnknown, PersonMerged, EvidenceNeeded, BeforeBirth, AfterDeath, InTheFuture,
    AlreadyRecorded; ValueError (a bug) for a death.
    """
    if kind is LifeEventKind.DIED:
        raise ValueError("a death is recorded by record_death")
    with entry(actor=actor, person_id=person_id, known_on=known_on) as entered:
        what = LIFE_EVENT_LABELS[kind]
        _refuse_no_evidence(what, evidence)
        refuse_outside_life(what, happened_on, entered.life)
        same = LifeEvent.objects.filter(person=entered.person, kind=kind, happened_on=happened_on)
        if same.filter(superseded_on__isnull=True).exists():
            raise AlreadyRecorded(number=entered.person.number, what=f"{happened_on} 的{what}")
        row = LifeEvent.objects.create(
            person=entered.person,
            known_on=entered.known_on,
            kind=kind,
            happened_on=happened_on,
            other_area=other_area,
            evidence=evidence,
        )
        said = f"{happened_on} {what}{f'（对方县区 {other_area}）' if other_area else ''}"
        tell(entered, kind=ChangeKind(kind.value), true_from=happened_on, summary=said, action=f"record_{kind}",
             detail={"event": row.pk, "other_area": other_area})  # fmt: skip
    return row.pk


def withdraw_fact(
    *, actor: Actor, person_id: int, kind: str, fact_id: int, reason: str, known_on: date | None = None
) -> None:
    """Take back a fact that should never have been recorded, with nothing in its place.

    kind: a key of WITHDRAWABLE. Raises: NotAllowed, PersonUnknown, PersonMerged, ReasonMissing, FactUnknown,
    KnownTooEarly.
    """
    model, label = WITHDRAWABLE[kind]
    with entry(actor=actor, person_id=person_id, known_on=known_on) as entered:
        refuse_short_reason(f"撤销{label}", reason)
        row = model.objects.filter(pk=fact_id, person=entered.person, superseded_on__isnull=True).first()
        if row is None:
            raise FactUnknown(number=entered.person.number, fact=fact_id, what=label)
        supersede(row, entered.known_on)
        refresh(entered.person)
        tell(entered, kind=ChangeKind.WITHDRAWN, true_from=row.known_on, summary=f"撤销{label}：{reason}",
             action="withdraw", detail={"kind": kind, "fact": fact_id})  # fmt: skip


def refuse_short_reason(what: str, reason: str) -> None:
    """Raises: ReasonMissing."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing(what=what, least=SHORTEST_REASON)


def _standing_death(entered: Entry) -> LifeEvent:
    row = LifeEvent.objects.filter(person=entered.person, kind=LifeEventKind.DIED, superseded_on__isnull=True).first()
    if row is None:
        raise FactUnknown(number=entered.person.number, fact="（死亡）", what="死亡登记")
    return row


def _refuse_unfit_death(entered: Entry, died_on: date, evidence: str) -> None:
    _refuse_no_evidence("死亡", evidence)
    refuse_outside_life("死亡日期", died_on, entered.life.without_end)
    standing = {"person": entered.person, "superseded_on__isnull": True}
    grade = DisabilityGrade.objects.filter(**standing, decided_on__gt=died_on).first()
    if grade is not None:
        raise DeathBeforeFacts(died=died_on, what="残疾等级评定", day=grade.decided_on)
    identity = Identity.objects.filter(**standing, first_month__gt=Month.from_day(died_on).number).first()
    if identity is not None:
        first = Month.from_number(identity.first_month)
        raise DeathBeforeFacts(died=died_on, what=f"身份“{identity.category}”", day=first)
    discharged = ServicePeriod.objects.filter(**standing, enlisted_on__gt=died_on).first()
    if discharged is not None:
        raise DeathBeforeFacts(died=died_on, what="入伍", day=discharged.enlisted_on)


def _refuse_no_evidence(what: str, evidence: str) -> None:
    if not evidence.strip():
        raise EvidenceNeeded(what=what)


def _refuse_foreign_station(entered: Entry, code: str) -> None:
    """A station outside the bureau's own tree would take the person out of everybody's sight."""
    if code and not organisation(code).path.startswith(organisation(entered.person.bureau).path):
        raise OrganisationUnknown(code=code)
