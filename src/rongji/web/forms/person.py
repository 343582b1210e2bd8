"""What a clerk writes down on the page of a person: death, moves, identities, grades, address, account, telephone."""

from typing import Any

from rongji.accounts.types import Actor
from rongji.people import services
from rongji.people.policies import BACKFILL, RECORD_FACTS
from rongji.people.types import (
    ACCOUNT_LABELS,
    LIFE_EVENT_LABELS,
    AccountKind,
    AttributeKind,
    DisabilityCause,
    LifeEventKind,
    NewAccount,
    NewGrade,
    NewIdentity,
    NewResidence,
)
from rongji.web.forms.about_person import (
    ROUTE,
    about_person,
    category_choices,
    fact_choices,
    identity_choices,
    is_dead,
    is_living,
    open_identities,
    station_choices,
)
from rongji.web.forms.fields import Choice, Field, FieldKind
from rongji.web.forms.form import DECISION, EVIDENCE, REASON, Done, Form, Subject, Values, choices_of, known_day

_MOVES = {kind: label for kind, label in LIFE_EVENT_LABELS.items() if kind is not LifeEventKind.DIED}
_GRADES = tuple(Choice(str(grade), f"{grade} 级") for grade in range(1, 11))
_WHERE_FROM = "对方县区的六位区划代码，不清楚可不填"


def _of(actor: Actor, subject: Subject, values: Values) -> dict[str, Any]:
    """What every service of the register is told."""
    return {"actor": actor, "person_id": subject.facts.file.id, "known_on": known_day(values)}


def _died(actor: Actor, subject: Subject, values: Values) -> Done:
    services.record_death(died_on=values["died_on"], evidence=values["evidence"], **_of(actor, subject, values))
    return Done(f"已登记 {subject.facts.file.name} 于 {values['died_on']} 去世，下一次核算按规定月份停发。")


def _death_corrected(actor: Actor, subject: Subject, values: Values) -> Done:
    services.correct_death(died_on=values["died_on"], evidence=values["evidence"], **_of(actor, subject, values))
    return Done(f"死亡日期已更正为 {values['died_on']}。")


def _undied(actor: Actor, subject: Subject, values: Values) -> Done:
    services.withdraw_death(reason=values["reason"], **_of(actor, subject, values))
    return Done("已撤销死亡登记。")


def _moved(actor: Actor, subject: Subject, values: Values) -> Done:
    kind = LifeEventKind(values["kind"])
    services.record_move(
        kind=kind, happened_on=values["happened_on"], other_area=values["other_area"], evidence=values["evidence"],
        **_of(actor, subject, values),
    )  # fmt: skip
    return Done(f"已登记 {values['happened_on']} {LIFE_EVENT_LABELS[kind]}。")


def _identified(actor: Actor, subject: Subject, values: Values) -> Done:
    services.record_identity(new=_identity(values), **_of(actor, subject, values))
    return Done(f"已认定身份，自 {values['first_month']} 起。")


def _identity_corrected(actor: Actor, subject: Subject, values: Values) -> Done:
    number = int(values["identity"])
    services.correct_identity(identity_id=number, new=_identity(values), **_of(actor, subject, values))
    return Done("身份已更正。")


def _identity(values: Values) -> NewIdentity:
    return NewIdentity(
        category=values["category"], first_month=values["first_month"], last_month=values.get("last_month"),
        decision=values["decision"], evidence=values["evidence"],
    )  # fmt: skip


def _identity_ended(actor: Actor, subject: Subject, values: Values) -> Done:
    names = ("category", "last_month", "reason", "decision", "evidence")
    services.end_identity(**{name: values[name] for name in names}, **_of(actor, subject, values))
    return Done(f"身份已终止，最后一个月是 {values['last_month']}。")


def _graded(actor: Actor, subject: Subject, values: Values) -> Done:
    new = NewGrade(
        cause=values["cause"], grade=int(values["grade"]), decided_on=values["decided_on"],
        decision=values["decision"], evidence=values["evidence"],
    )  # fmt: skip
    services.record_disability_grade(new=new, **_of(actor, subject, values))
    return Done(f"已登记{new.cause} {new.grade} 级；抚恤金档次要变的，请再办“变更待遇”。")


def _housed(actor: Actor, subject: Subject, values: Values) -> Done:
    names = ("village", "address", "station_code", "area_code", "from_on", "evidence")
    services.record_residence(new=NewResidence(**{name: values[name] for name in names}), **_of(actor, subject, values))
    return Done("住址和服务站已登记。")


def _account(actor: Actor, subject: Subject, values: Values) -> Done:
    names = ("number", "holder", "kind", "bank", "from_on", "decision")
    new = NewAccount(**{name: values[name] for name in names})
    services.record_bank_account(new=new, **_of(actor, subject, values))
    return Done("领款账户已登记，账号不再完整显示。")


def _called(actor: Actor, subject: Subject, values: Values) -> Done:
    services.record_attribute(kind=AttributeKind.PHONE, value=values["phone"], **_of(actor, subject, values))
    return Done("联系电话已登记。")


def _withdrawn(actor: Actor, subject: Subject, values: Values) -> Done:
    kind, _, number = values["fact"].partition(":")
    services.withdraw_fact(kind=kind, fact_id=int(number), reason=values["reason"], **_of(actor, subject, values))
    return Done("该条记录已撤销；当时所知仍可按日期查看。")


def _residence_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    file = subject.facts.file
    here = file.residence
    return (
        Field("village", "乡镇和村（社区）", initial=here.village if here else "", most=80),
        Field("address", "详细地址", is_needed=False, initial=here.address if here else ""),
        Field("station_code", "服务站", FieldKind.CHOICE, is_needed=False, choices=station_choices(file.bureau),
              initial=here.station_code if here else ""),
        Field("area_code", "区划代码", is_needed=False, initial=here.area_code if here else "", most=12),
        Field("from_on", "从哪天起", FieldKind.DAY, is_needed=False, hint="不填就是获知的那天"),
        Field("evidence", "依据", is_needed=False, most=255),
    )  # fmt: skip


def _account_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (
        Field("number", "账号", FieldKind.SECRET, hint="输入时不显示；没有办成时要重新输入", most=32),
        Field("holder", "户名", initial=subject.facts.file.name, most=64),
        Field("kind", "种类", FieldKind.CHOICE, choices=choices_of(ACCOUNT_LABELS),
              initial=AccountKind.SOCIAL_SECURITY_CARD.value),
        Field("bank", "开户银行", most=80),
        Field("from_on", "从哪天起", FieldKind.DAY, is_needed=False, hint="不填就是获知的那天"),
        Field("decision", "代领或共用的批准文号", is_needed=False, hint="户名不是本人，或与别人共用账户时必填"),
    )  # fmt: skip


def _identity_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (
        Field("category", "身份", FieldKind.CHOICE, choices=category_choices(actor)),
        Field("first_month", "从哪个月起", FieldKind.MONTH),
        DECISION,
        EVIDENCE,
    )


def _correct_identity_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    first, *others = _identity_fields(actor, subject)
    which = Field("identity", "更正哪一条", FieldKind.CHOICE, choices=identity_choices(subject.facts))
    last = Field("last_month", "到哪个月为止", FieldKind.MONTH, is_needed=False, hint="还在享有的不填")
    return (which, first, others[0], last, *others[1:])


def _end_identity_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (
        Field("category", "终止哪一个", FieldKind.CHOICE, choices=open_identities(subject.facts)),
        Field("last_month", "最后一个月", FieldKind.MONTH),
        Field("reason", "原因", most=80),
        DECISION,
        Field("evidence", "依据", is_needed=False, most=255),
    )


def _died_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    died = subject.facts.file.died_on
    initial = f"{died:%Y-%m-%d}" if died else ""
    return (Field("died_on", "死亡日期", FieldKind.DAY, initial=initial), EVIDENCE)


def _grade_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (
        Field("cause", "性质", FieldKind.CHOICE, choices=tuple(Choice(str(one), str(one)) for one in DisabilityCause)),
        Field("grade", "等级", FieldKind.CHOICE, choices=_GRADES),
        Field("decided_on", "评定日期", FieldKind.DAY),
        DECISION,
        EVIDENCE,
    )


def _move_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (
        Field("kind", "迁入还是迁出", FieldKind.CHOICE, choices=choices_of(_MOVES)),
        Field("happened_on", "日期", FieldKind.DAY),
        Field("other_area", "对方县区", is_needed=False, hint=_WHERE_FROM, most=12),
        EVIDENCE,
    )


def _withdraw_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (Field("fact", "撤销哪一条", FieldKind.CHOICE, choices=fact_choices(subject.facts)), REASON)


def _form(code: str, title: str, carry_out: Any, fields: Any, **more: Any) -> Form:
    route = f"{ROUTE}/{code}/"
    return Form(code=f"record_{code.replace('-', '_')}", title=title, policy=RECORD_FACTS, route=route,
                subject=about_person, fields=fields, carry_out=carry_out, known=BACKFILL,
                **{"button": title, **more})  # fmt: skip


_FOR_GOOD = "只撤销从未发生过、登记错了人的事；情况变了的，请登记新的情况。以前按当时所知发的款由下一次核算结清。"
PERSON_FORMS: tuple[Form, ...] = (
    _form("death", "登记死亡", _died, _died_fields, place="top", icon="grave", is_grave=True, applies=is_living,
          note="从下一次核算起，按各项待遇的规定月份停发；多发的列入收回。"),
    _form("death-correction", "更正死亡日期", _death_corrected, _died_fields, place="top", icon="edit",
          applies=is_dead),
    _form("death-withdrawal", "撤销死亡登记", _undied, lambda actor, subject: (REASON,), place="top",
          icon="arrow-back-up", is_grave=True, applies=is_dead),
    _form("move", "登记迁移", _moved, _move_fields, place="top", icon="truck", applies=is_living),
    _form("withdrawal", "撤销一条记录", _withdrawn, _withdraw_fields, place="top", icon="eraser", is_grave=True,
          note=_FOR_GOOD, applies=lambda facts: bool(fact_choices(facts))),
    _form("residence", "登记住址和服务站", _housed, _residence_fields, place="basic", icon="home",
          button="住址、服务站"),
    _form("phone", "登记联系电话", _called,
          lambda actor, subject: (Field("phone", "联系电话", FieldKind.TEXT, most=32),),
          place="basic", icon="phone", button="电话"),
    _form("account", "登记领款账户", _account, _account_fields, place="basic", icon="credit-card", button="领款账户"),
    _form("identity", "认定身份", _identified, _identity_fields, place="history", icon="id-badge-2"),
    _form("identity-correction", "更正身份", _identity_corrected, _correct_identity_fields, place="history",
          icon="edit", applies=lambda facts: bool(facts.file.identities)),
    _form("identity-end", "终止身份", _identity_ended, _end_identity_fields, place="history", icon="calendar-off",
          applies=lambda facts: bool(open_identities(facts))),
    _form("grade", "登记残疾等级", _graded, _grade_fields, place="history", icon="certificate", button="评定等级"),
)  # fmt: skip
