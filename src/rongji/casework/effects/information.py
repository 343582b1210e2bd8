"""Requests of persons about what is kept of them: corrected, or no longer used; what the law has kept stays."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rongji.casework.effects.awards import running
from rongji.casework.effects.context import EffectContext, EffectDone, day_of
from rongji.casework.effects.refusals import InformationMustStay, InformationUnfit
from rongji.law.loader import lawbook
from rongji.people import services as people
from rongji.people.selectors import accounts_in_force, standing_attributes
from rongji.people.types import ATTRIBUTE_LABELS, AttributeKind

CORRECTABLE: Mapping[str, AttributeKind] = {
    ATTRIBUTE_LABELS[kind]: kind for kind in AttributeKind if kind is not AttributeKind.ID_NUMBER
}
DELETABLE: Mapping[str, AttributeKind] = {
    label: kind for label, kind in CORRECTABLE.items() if kind not in (AttributeKind.NAME, AttributeKind.BORN_ON)
}
ACCOUNT = "领款账户"
MUST_STAY = {
    "身份认定": "待遇和发放以它为依据，审计要查",
    "待遇和发放记录": "它是财政支出的凭据",
    "个人档案": "它是应当归档保管的档案",
}


def correct_information(
    context: EffectContext, *, item: str, value: str | None, phone: str | None = None, on: Any = None
) -> EffectDone:
    """Put the right information in the place of the wrong one; phone: of a telephone, which is asked for by itself.

    Raises: InformationUnfit, and what people refuse.
    """
    kind = CORRECTABLE[item]
    text = (phone or value or "").strip()
    if kind is AttributeKind.BORN_ON:
        _refuse_no_day(item, text)
    row = people.record_attribute(
        actor=context.actor, person_id=context.somebody, kind=kind, value=text,
        from_on=date.fromisoformat(on) if on else None, evidence=context.evidence,
    )  # fmt: skip
    return EffectDone("correct_information", "attribute", str(row), f"“{item}”已更正")


def delete_information(context: EffectContext, *, item: str) -> EffectDone:
    """Take information out of use; what is kept by law is refused with the law. Raises: InformationMustStay."""
    if item in MUST_STAY:
        raise InformationMustStay(item=item, law=_citation(context), why=MUST_STAY[item])
    if item == ACCOUNT:
        return _delete_account(context)
    reason = f"本人请求删除（{context.evidence}）"
    facts = standing_attributes(context.somebody, DELETABLE[item])
    if not facts:
        raise InformationUnfit(item=item, value="（删除）", why="登记中没有这项信息，请核对后答复")
    for fact in facts:
        people.withdraw_fact(
            actor=context.actor, person_id=context.somebody, kind="attribute", fact_id=fact, reason=reason
        )
    return EffectDone("delete_information", "attribute", str(facts[-1]), f"“{item}”已从现行登记中撤下，不再使用")


def _delete_account(context: EffectContext) -> EffectDone:
    """An account into which a benefit is paid stays until another one takes its place."""
    person, today = context.somebody, context.actor.day
    if running(context):
        raise InformationMustStay(
            item=ACCOUNT, law=_citation(context), why="正在向该账户发放待遇，请先登记新的领款账户"
        )
    if not accounts_in_force({person}, on=today, known_on=today):
        raise InformationUnfit(item=ACCOUNT, value="（删除）", why="登记中没有在用的账户，请核对后答复")
    row = people.end_bank_account(
        actor=context.actor, person_id=person, to_on=today, reason=f"本人请求删除（{context.evidence}）"
    )
    return EffectDone("delete_information", "account", str(row), f"“{ACCOUNT}”已停用")


def _refuse_no_day(item: str, text: str) -> None:
    try:
        day_of(text, date.min)
    except ValueError:
        raise InformationUnfit(item=item, value=text, why="请写成 1952-06-15 的样子") from None


def _citation(context: EffectContext) -> str:
    act = lawbook().acts.get(context.kind.act)
    return act.citation if act else context.kind.act
