"""Recording what is known of a person: identities, grades, service, merits, participation, plain facts.

A fact with the same key as a standing one corrects it: the earlier row stops to count on the day the new one became
known, and stays readable as of any day before.
"""

from datetime import date
from typing import Any

from rongji.accounts.secrets import Purpose, blind_index, encrypt
from rongji.accounts.types import Actor
from rongji.kernel.identity_number import read_identity_number
from rongji.kernel.month import Month
from rongji.kernel.telephone import read_phone
from rongji.people.copies import refresh
from rongji.people.dated import DatedFact
from rongji.people.entering import (
    overlap,
    periods_overlap,
    read_name,
    refuse_unfit_grade,
    refuse_unfit_identity,
    refuse_unfit_merit,
    refuse_unfit_participation,
    refuse_unfit_service,
)
from rongji.people.models import Attribute, DisabilityGrade, Identity, Merit, Participation, Person, ServicePeriod
from rongji.people.refusals import (
    AlreadyRecorded,
    BirthDiffers,
    EndBeforeStart,
    FactUnknown,
    IdentityNotOpen,
    IdNumberTaken,
    OverlappingIdentities,
    OverlappingService,
    SexDiffers,
)
from rongji.people.services.rows import identity_values
from rongji.people.services.writing import Entry, entry, replaced, supersede, tell
from rongji.people.types import (
    ATTRIBUTE_LABELS,
    SEX_LABELS,
    AttributeKind,
    ChangeKind,
    NewGrade,
    NewIdentity,
    NewMerit,
    NewParticipation,
    NewService,
    Sex,
)


def record_identity(*, actor: Actor, person_id: int, new: NewIdentity, known_on: date | None = None) -> int:
    """Take a person into a category from a month on; returns the id of the identity.

    Raises: NotAllowed, PersonUnknown, PersonMerged, UnknownCategory, CategoryClosed, EndBeforeStart, BeforeBirth,
    AfterDeath, OverlappingIdentities, InTheFuture.
    """
    with entry(actor=actor, person_id=person_id, known_on=known_on) as entered:
        refuse_unfit_identity(new, entered.life)
        _refuse_overlap(entered, new)
        row = Identity.objects.create(person=entered.person, known_on=entered.known_on, **identity_values(new))
        _tell_identity(entered, ChangeKind.IDENTITY_STARTED, row, f"认定为“{new.category}”，自 {new.first_month} 起")
    return row.pk


def correct_identity(
    *, actor: Actor, person_id: int, identity_id: int, new: NewIdentity, known_on: date | None = None
) -> int:
    """Put another identity in the place of one that was recorded wrongly; returns the id of the new row.

    Raises: as record_identity; FactUnknown, KnownTooEarly.
    """
    with entry(actor=actor, person_id=person_id, known_on=known_on) as entered:
        old = _standing(Identity, entered, identity_id, "身份")
        refuse_unfit_identity(new, entered.life)
        _refuse_overlap(entered, new, besides=identity_id)
        row = replaced(old, entered.known_on, **identity_values(new))
        said = f"身份“{old.category}”{_months(old)} 更正为“{new.category}”{_months(row)}"
        _tell_identity(entered, ChangeKind.IDENTITY_CORRECTED, row, said)
    return row.pk


def end_identity(
    *,
    actor: Actor,
    person_id: int,
    category: str,
    last_month: Month,
    reason: str,
    known_on: date | None = None,
    decision: str = "",
    evidence: str = "",
) -> int:
    """End the open identity of a category after its last month; returns the id of the new row.

    Raises: NotAllowed, PersonUnknown, PersonMerged, IdentityNotOpen, EndBeforeStart, KnownTooEarly.
    """
    with entry(actor=actor, person_id=person_id, known_on=known_on) as entered:
        open_ones = Identity.objects.filter(
            person=entered.person, category=category, superseded_on__isnull=True, last_month__isnull=True
        )
        old = open_ones.first()
        if old is None:
            raise IdentityNotOpen(number=entered.person.number, category=category)
        if last_month.number < old.first_month:
            first = Month.from_number(old.first_month)
            raise EndBeforeStart(what=f"身份“{category}”", start=first, end=last_month)
        ended = {"last_month": last_month.number, "end_reason": reason[:80]}
        rests_on = {"decision": decision or old.decision, "evidence": evidence or old.evidence}
        row = replaced(old, entered.known_on, **ended, **rests_on)
        said = f"“{category}”身份终止于 {last_month}：{reason}"
        _tell_identity(entered, ChangeKind.IDENTITY_ENDED, row, said, true_from=(last_month + 1).first_day)
    return row.pk


def record_disability_grade(*, actor: Actor, person_id: int, new: NewGrade, known_on: date | None = None) -> int:
    """Record a grade as approved; one of the same day of approval is corrected. Returns the id of the row.

    Raises: NotAllowed, PersonUnknown, PersonMerged, GradeUnfit, BeforeBirth, AfterDeath, InTheFuture, AlreadyRecorded.
    """
    with entry(actor=actor, person_id=person_id, known_on=known_on) as entered:
        refuse_unfit_grade(new, entered.life)
        said = f"残疾等级 {new.cause} {new.grade} 级，{new.decided_on} 评定"
        row = _recorded(entered, DisabilityGrade, new, ("decided_on",), said)
        detail = {"grade": row.pk, "cause": new.cause, "level": new.grade}
        _tell(entered, ChangeKind.GRADE, new.decided_on, said, "record_grade", detail)
    return row.pk


def record_service_period(*, actor: Actor, person_id: int, new: NewService, known_on: date | None = None) -> int:
    """Record a period of service; one that began on the same day is corrected. Returns the id of the row.

    Raises: NotAllowed, PersonUnknown, PersonMerged, EndBeforeStart, BeforeBirth, AfterDeath, InTheFuture,
    OverlappingService, AlreadyRecorded.
    """
    with entry(actor=actor, person_id=person_id, known_on=known_on) as entered:
        refuse_unfit_service(new, entered.life)
        _refuse_overlapping_service(entered, new)
        said = f"服役 {new.enlisted_on} 至 {new.discharged_on or '今'}"
        row = _recorded(entered, ServicePeriod, new, ("enlisted_on",), said)
        _tell(entered, ChangeKind.SERVICE, new.enlisted_on, said, "record_service", {"service": row.pk})
    return row.pk


def record_merit(*, actor: Actor, person_id: int, new: NewMerit, known_on: date | None = None) -> int:
    """Record a merit award. Returns the id of the row.

    Raises: NotAllowed, PersonUnknown, PersonMerged, BeforeBirth, InTheFuture, AlreadyRecorded.
    """
    with entry(actor=actor, person_id=person_id, known_on=known_on) as entered:
        refuse_unfit_merit(new, entered.life)
        said = f"{new.grade}，{new.awarded_on} 授予"
        row = _recorded(entered, Merit, new, ("grade", "awarded_on"), said)
        _tell(entered, ChangeKind.SERVICE, new.awarded_on, said, "record_merit", {"merit": row.pk})
    return row.pk


def record_participation(*, actor: Actor, person_id: int, new: NewParticipation, known_on: date | None = None) -> int:
    """Record that a person took part in a war or in nuclear tests. Returns the id of the row.

    Raises: NotAllowed, PersonUnknown, PersonMerged, ParticipationUnfit, EndBeforeStart, BeforeBirth, AfterDeath,
    InTheFuture, AlreadyRecorded.
    """
    with entry(actor=actor, person_id=person_id, known_on=known_on) as entered:
        refuse_unfit_participation(new, entered.life)
        said = "参战经历" if new.kind == "war" else "参试经历"
        row = _recorded(entered, Participation, new, ("kind", "campaign"), said)
        day = new.from_on or entered.known_on
        _tell(entered, ChangeKind.SERVICE, day, said, "record_participation", {"participation": row.pk})
    return row.pk


def record_attribute(
    *,
    actor: Actor,
    person_id: int,
    kind: AttributeKind,
    value: str,
    from_on: date | None = None,
    known_on: date | None = None,
    evidence: str = "",
) -> int:
    """Record a plain fact, true from a day on; one of the same kind and day is corrected. Returns the id of the row.

    from_on: left out, a birth date, a name or an ID number holds from birth, anything else from the day it is known.
    Raises: NotAllowed, PersonUnknown, PersonMerged, NameUnfit, PhoneUnfit, IdentityNumberUnfit, BirthDiffers,
    SexDiffers, IdNumberTaken, AlreadyRecorded, KnownTooEarly.
    """
    with entry(actor=actor, person_id=person_id, known_on=known_on) as entered:
        stored = _attribute_values(entered, kind, value)
        person = entered.person
        begins = from_on or (person.born_on if kind in _FROM_BIRTH else entered.known_on)
        standing = Attribute.objects.filter(person=person, kind=kind, superseded_on__isnull=True)
        corrected = standing.filter(from_on=begins).order_by("known_on", "id").last()
        if kind is AttributeKind.BORN_ON:
            corrected = standing.last()
        if corrected is not None:
            _refuse_same(entered, ATTRIBUTE_LABELS[kind], corrected, stored)
            supersede(corrected, entered.known_on)
        fact = {"kind": kind, "from_on": begins, "evidence": evidence}
        row = Attribute.objects.create(person=person, known_on=entered.known_on, **fact, **stored)
        refresh(person)
        said = f"{ATTRIBUTE_LABELS[kind]}{'更正' if corrected else '登记'}"
        shown = said if kind in _HIDDEN or kind is AttributeKind.NAME else f"{said}为“{value}”"
        _tell(entered, ChangeKind.ATTRIBUTE, begins, shown, "record_attribute", {"kind": kind, "attribute": row.pk})
    return row.pk


_FROM_BIRTH = (AttributeKind.BORN_ON, AttributeKind.ID_NUMBER)
_HIDDEN = (AttributeKind.PHONE, AttributeKind.ID_NUMBER)


def _attribute_values(entered: Entry, kind: AttributeKind, value: str) -> dict[str, Any]:
    if kind is AttributeKind.NAME:
        return {"value": read_name(value), "cipher": ""}
    if kind is AttributeKind.PHONE:
        return {"value": "", "cipher": encrypt(read_phone(value), Purpose.PHONE)}
    if kind is AttributeKind.ID_NUMBER:
        return {"value": "", "cipher": encrypt(_fitting_id_number(entered, value), Purpose.ID_NUMBER)}
    if kind is AttributeKind.BORN_ON:
        return {"value": date.fromisoformat(value).isoformat(), "cipher": ""}
    return {"value": value.strip()[:120], "cipher": ""}


def _fitting_id_number(entered: Entry, text: str) -> str:
    person, number = entered.person, read_identity_number(text, on=entered.actor.day)
    taken = Person.objects.filter(
        bureau=person.bureau, id_index=blind_index(number.text, Purpose.ID_NUMBER), merged_into__isnull=True
    ).exclude(pk=person.pk)
    other = taken.first()
    if other is not None:
        raise IdNumberTaken(number=other.number, name=other.name)
    if number.born_on != person.born_on:
        raise BirthDiffers(name=person.name, stated=person.born_on, read=number.born_on)
    sex = Sex.MALE if number.is_male else Sex.FEMALE
    if sex != person.sex:
        raise SexDiffers(name=person.name, stated=SEX_LABELS[Sex(person.sex)], read=SEX_LABELS[sex])
    return number.text


def _recorded(entered: Entry, model: type[DatedFact], new: Any, key: tuple[str, ...], what: str) -> Any:
    """A row for the fact; a standing one with the same key stops to count. Raises: AlreadyRecorded, KnownTooEarly."""
    values = {name: getattr(new, name) for name in new.__dataclass_fields__}
    same = {name: values[name] for name in key}
    corrected = model.objects.filter(person=entered.person, superseded_on__isnull=True, **same).first()
    if corrected is not None:
        _refuse_same(entered, what, corrected, values)
        supersede(corrected, entered.known_on)
    return model.objects.create(person=entered.person, known_on=entered.known_on, **values)


def _refuse_same(entered: Entry, what: str, row: DatedFact, values: dict[str, Any]) -> None:
    """A cipher differs each time and is compared by what it hides."""
    plain = {name: value for name, value in values.items() if name not in ("cipher", "evidence", "decision")}
    if not values.get("cipher") and all(getattr(row, name) == value for name, value in plain.items()):
        raise AlreadyRecorded(number=entered.person.number, what=what)


def _refuse_overlap(entered: Entry, new: NewIdentity, besides: int | None = None) -> None:
    standing = Identity.objects.filter(person=entered.person, category=new.category, superseded_on__isnull=True)
    for row in standing.exclude(pk=besides):
        first = Month.from_number(row.first_month)
        last = Month.from_number(row.last_month) if row.last_month else None
        if overlap(new.first_month, new.last_month, first, last):
            raise OverlappingIdentities(
                number=entered.person.number, category=new.category, first=first, last=last or "今", new=new.first_month
            )


def _refuse_overlapping_service(entered: Entry, new: NewService) -> None:
    standing = ServicePeriod.objects.filter(person=entered.person, superseded_on__isnull=True)
    for row in standing.exclude(enlisted_on=new.enlisted_on):
        if periods_overlap(new.enlisted_on, new.discharged_on, row.enlisted_on, row.discharged_on):
            raise OverlappingService(
                number=entered.person.number, first=row.enlisted_on, last=row.discharged_on or "今"
            )


def _standing(model: type[DatedFact], entered: Entry, fact_id: int, what: str) -> Any:
    row = model.objects.filter(pk=fact_id, person=entered.person, superseded_on__isnull=True).first()
    if row is None:
        raise FactUnknown(number=entered.person.number, fact=fact_id, what=what)
    return row


def _months(row: Identity) -> str:
    return (
        f"（{Month.from_number(row.first_month)} 至 {Month.from_number(row.last_month) if row.last_month else '今'}）"
    )


def _tell_identity(
    entered: Entry, kind: ChangeKind, row: Identity, summary: str, true_from: date | None = None
) -> None:
    begins = true_from or Month.from_number(row.first_month).first_day
    detail = {"identity": row.pk, "category": row.category, "first": row.first_month, "last": row.last_month}
    _tell(entered, kind, begins, summary, str(kind), detail)


def _tell(entered: Entry, kind: ChangeKind, true_from: date, summary: str, action: str, detail: dict[str, Any]) -> None:
    tell(entered, kind=kind, true_from=true_from, summary=summary, action=action, detail=detail)
