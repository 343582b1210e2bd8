"""Identities, grades and facts of service that a decision establishes, recorded with the person."""

from datetime import date
from typing import Any

from rongji.casework.effects.context import EffectContext, EffectDone, day_of
from rongji.kernel.month import Month
from rongji.people import services as people
from rongji.people.categories import category as category_of_code
from rongji.people.types import AttributeKind, NewGrade, NewIdentity, NewMerit, NewParticipation, NewService

PARTICIPATIONS = {"war": "参战", "nuclear_test": "参试"}


def open_identity(context: EffectContext, *, category: str, on: Any = None) -> EffectDone:
    """Take the person into a category from the month of the decision, or of the day given."""
    first = Month.from_day(day_of(on, context.acted_on))
    new = NewIdentity(category=category, first_month=first, decision=context.decision[:120], evidence=context.evidence)
    row = people.record_identity(actor=context.actor, person_id=context.somebody, new=new)
    return EffectDone(
        "open_identity", "identity", str(row), f"认定为{category_label(category, context)}，自{first.label}起"
    )


def end_identity(context: EffectContext, *, category: str, reason: str, on: Any = None) -> EffectDone:
    """End the person's open identity of a category with the month of the decision."""
    last = Month.from_day(day_of(on, context.acted_on))
    row = people.end_identity(
        actor=context.actor, person_id=context.somebody, category=category, last_month=last, reason=reason,
        decision=context.decision[:120], evidence=context.evidence,
    )  # fmt: skip
    said = f"{category_label(category, context)}身份终止于{last.label}：{reason}"
    return EffectDone("end_identity", "identity", str(row), said)


def record_grade(context: EffectContext, *, cause: str, grade: str, decided_on: Any = None) -> EffectDone:
    """Record a disability grade as approved."""
    day = day_of(decided_on, context.acted_on)
    new = NewGrade(cause=cause, grade=int(grade), decided_on=day, decision=context.decision, evidence=context.evidence)
    row = people.record_disability_grade(actor=context.actor, person_id=context.somebody, new=new)
    return EffectDone("record_grade", "grade", str(row), f"登记残疾等级：{cause}{grade}级，{day} 批准")


def record_participation(context: EffectContext, *, kind: str, campaign: str | None = None) -> EffectDone:
    """Record that the person took part in a war or in nuclear tests."""
    new = NewParticipation(kind=kind, campaign=campaign or "", evidence=context.evidence)
    row = people.record_participation(actor=context.actor, person_id=context.somebody, new=new)
    return EffectDone("record_participation", "participation", str(row), f"登记{PARTICIPATIONS[kind]}经历")


def record_service(
    context: EffectContext,
    *,
    enlisted_on: Any,
    discharged_on: Any = None,
    unit: str | None = None,
    rank: str | None = None,
    discharge_kind: str | None = None,
) -> EffectDone:
    """Record a period of service."""
    first = day_of(enlisted_on, context.acted_on)
    last = day_of(discharged_on, date.max)
    new = NewService(
        enlisted_on=first, discharged_on=None if last == date.max else last, unit_kind=unit or "", rank=rank or "",
        discharge_kind=discharge_kind or "", evidence=context.evidence,
    )  # fmt: skip
    row = people.record_service_period(actor=context.actor, person_id=context.somebody, new=new)
    return EffectDone("record_service", "service", str(row), f"登记服役经历 {first} 至 {new.discharged_on or '今'}")


def record_merit(context: EffectContext, *, grade: str, awarded_on: Any) -> EffectDone:
    """Record a merit award of the person."""
    new = NewMerit(grade=grade, awarded_on=day_of(awarded_on, context.acted_on), evidence=context.evidence)
    row = people.record_merit(actor=context.actor, person_id=context.somebody, new=new)
    return EffectDone("record_merit", "merit", str(row), f"登记{grade}，{new.awarded_on} 授予")


def record_employment(context: EffectContext, *, status: str, on: Any = None) -> EffectDone:
    """Record the person's employment status from a day on."""
    row = people.record_attribute(
        actor=context.actor, person_id=context.somebody, kind=AttributeKind.EMPLOYMENT, value=status,
        from_on=day_of(on, context.acted_on), evidence=context.evidence,
    )  # fmt: skip
    return EffectDone("record_employment", "attribute", str(row), f"就业状况登记为“{status}”")


def category_label(code: str, context: EffectContext) -> str:
    """A category in words."""
    found = category_of_code(code, on=context.acted_on, known_on=context.actor.day, region=context.area[:6])
    return f"“{found.label}”"
