"""Periodic benefits that a decision opens, changes or ends; from which month they pay the timing rules say."""

from typing import Any

from rongji.awards import services as awards
from rongji.awards.law import AwardLaw
from rongji.awards.selectors import awards_of
from rongji.awards.types import AwardFacts, EndKind, NewAward, StartKind
from rongji.casework.effects.context import EffectContext, EffectDone, day_of
from rongji.casework.effects.refusals import NoAwardToChange, StandardKeyMissing
from rongji.law.shapes.benefit import Benefit
from rongji.people.selectors import briefs


def open_award(
    context: EffectContext,
    *,
    benefit: str,
    basis_on: Any = None,
    category: str = "",
    units: int | None = None,
    start: str = StartKind.APPROVED,
    **keys: Any,
) -> EffectDone:
    """Grant a periodic benefit. basis_on: from which the timing rule reckons; keys: words of the standard by name.

    Raises: StandardKeyMissing, and whatever awards refuse.
    """
    law = law_of(context, benefit)
    new = NewAward(
        person_id=context.somebody, benefit=benefit, basis_on=day_of(basis_on, context.acted_on),
        standard_key=standard_key(law, keys), units=units or 1, category=category, start=StartKind(start),
        decision=context.decision, evidence=context.evidence,
    )  # fmt: skip
    number = awards.open_award(actor=context.actor, new=new)
    said = f"登记待遇“{law.label}”{_in_words(new.standard_key)}，{new.basis_on} 起算"
    return EffectDone("open_award", "award", str(number), said)


def change_award(context: EffectContext, *, benefit: str, changed_on: Any = None, **keys: Any) -> EffectDone:
    """Put the benefit that the person draws on another standard. Raises: NoAwardToChange, StandardKeyMissing."""
    law = law_of(context, benefit)
    standing = [item for item in running(context) if item.benefit == benefit]
    if not standing:
        raise NoAwardToChange(benefit=law.label)
    day, key = day_of(changed_on, context.acted_on), standard_key(law, keys)
    award = standing[-1].id
    awards.change_terms(
        actor=context.actor, award_id=award, changed_on=day, standard_key=key, decision=context.decision,
        evidence=context.evidence,
    )  # fmt: skip
    return EffectDone("change_award", "award", str(award), f"待遇“{law.label}”自 {day} 调整为{_in_words(key)}")


def end_awards(context: EffectContext, *, end: str, ended_on: Any = None) -> EffectDone | None:
    """End every benefit that the person draws; without any, nothing."""
    day, ended = day_of(ended_on, context.acted_on), []
    for item in running(context):
        awards.end_award(
            actor=context.actor, award_id=item.id, ended_on=day, end=EndKind(end), decision=context.decision,
            evidence=context.evidence,
        )  # fmt: skip
        ended.append(item)
    if not ended:
        return None
    labels = "、".join(law_of(context, item.benefit).label for item in ended)
    return EffectDone("end_awards", "award", str(ended[-1].id), f"终止待遇：{labels}，{day}")


def running(context: EffectContext) -> list[AwardFacts]:
    """The benefits of the person whose terms have not ended."""
    found = awards_of(context.somebody, known_on=context.actor.day)
    return [item for item in found if item.terms and item.terms[-1].ended_on is None]


def law_of(context: EffectContext, benefit: str) -> Benefit:
    """What the law says of a benefit where the person is looked after. Raises: UnknownBenefit."""
    return AwardLaw.known(context.actor.day).benefit(benefit, briefs({context.somebody})[context.somebody].area)


def standard_key(law: Benefit, keys: dict[str, Any]) -> str:
    """The words of the standard's keys joined by `|`. Raises: StandardKeyMissing."""
    missing = [name for name in law.keys if not keys.get(name)]
    if missing:
        raise StandardKeyMissing(benefit=law.label, keys="、".join(law.keys), missing="、".join(missing))
    return "|".join(str(keys[name]) for name in law.keys)


def _in_words(key: str) -> str:
    return f"（{key.replace('|', '、')}）" if key else ""
