"""How an overpayment comes back: by a plan of deductions, repaid with evidence, or written off."""

from typing import Any

from django.urls import reverse

from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.kernel.fen import yuan
from rongji.payments import services
from rongji.payments.policies import KEEP_RECOVERY, WRITE_OFF
from rongji.payments.selectors import recovery as recovery_of
from rongji.payments.selectors import run_facts
from rongji.people.selectors import briefs
from rongji.web.forms.fields import Field, FieldKind
from rongji.web.forms.form import Done, Form, Subject, Values

_ROUTE = "payments/recoveries/<int:recovery>"


def _about_recovery(actor: Actor, *, recovery: int) -> Subject:
    """One overpayment. Raises: RecoveryUnknown, NotAllowed."""
    found = recovery_of(actor, recovery)
    bureau = organisation(run_facts(actor, found.run_id).bureau)
    name = briefs([found.person_id])[found.person_id].name
    heading = f"{name}，{found.reason}：应收回 {yuan(found.amount_fen)} 元，还剩 {yuan(found.left_fen)} 元"
    return Subject(heading, bureau.scope, f"{reverse('web:recoveries')}?bureau={bureau.code}", found)


def _plan_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    initial = yuan(subject.facts.monthly_fen).replace(",", "")
    return (
        Field("monthly", "每月最多抵扣（元）", FieldKind.MONEY, hint="填 0 就暂不抵扣；不能超过规定的比例",
              initial=initial, most=20),
        Field("reason", "理由", is_needed=False, most=120),
    )  # fmt: skip


def _repayment_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (
        Field("amount", "退回金额（元）", FieldKind.MONEY, most=20),
        Field("repaid_on", "退回日期", FieldKind.DAY, initial=f"{actor.day:%Y-%m-%d}"),
        Field("evidence", "凭据", hint="收据号或入账凭证", most=255),
    )


def _write_off_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (Field("reason", "核销的原因和批准文号", FieldKind.LONG, most=250),)


def _planned(actor: Actor, subject: Subject, values: Values) -> Done:
    services.plan_recovery(
        actor=actor, recovery_id=subject.facts.id, monthly_fen=values["monthly"], reason=values["reason"]
    )
    return Done(f"已改为每月最多抵扣 {yuan(values['monthly'])} 元。")


def _repaid(actor: Actor, subject: Subject, values: Values) -> Done:
    left = services.record_repayment(
        actor=actor, recovery_id=subject.facts.id, amount_fen=values["amount"], repaid_on=values["repaid_on"],
        evidence=values["evidence"],
    )  # fmt: skip
    return Done(f"已登记退回 {yuan(values['amount'])} 元，" + (f"还剩 {yuan(left)} 元。" if left else "全部收回。"))


def _written_off(actor: Actor, subject: Subject, values: Values) -> Done:
    services.write_off(actor=actor, recovery_id=subject.facts.id, reason=values["reason"])
    return Done("已核销。")


def _is_open(facts: Any) -> bool:
    return bool(facts.left_fen)


RECOVERY_FORMS: tuple[Form, ...] = (
    Form(code="plan_recovery", title="改每月抵扣", button="每月抵扣", policy=KEEP_RECOVERY, route=f"{_ROUTE}/plan/",
         subject=_about_recovery, fields=_plan_fields, carry_out=_planned, icon="calendar-dollar", applies=_is_open),
    Form(code="record_repayment", title="登记退回", button="登记退回", policy=KEEP_RECOVERY,
         route=f"{_ROUTE}/repayment/", subject=_about_recovery, fields=_repayment_fields, carry_out=_repaid,
         icon="receipt-refund", applies=_is_open),
    Form(code="write_off", title="核销", button="核销", policy=WRITE_OFF, route=f"{_ROUTE}/write-off/",
         subject=_about_recovery, fields=_write_off_fields, carry_out=_written_off, icon="eraser", is_grave=True,
         applies=_is_open, note="核销之后不再抵扣，也不能再登记退回。"),
)  # fmt: skip
