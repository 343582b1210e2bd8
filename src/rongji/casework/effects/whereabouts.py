"""Deaths, moves between counties and the file that goes along."""

from datetime import date
from typing import Any

from rongji.accounts.selectors import organisation
from rongji.casework.effects.context import EffectContext, EffectDone, day_of
from rongji.casework.effects.refusals import NoTransferOfCase
from rongji.casework.models import CaseAct
from rongji.people import services as people
from rongji.people.selectors import briefs, standing_file
from rongji.people.types import LifeEventKind


def record_death(context: EffectContext, *, died_on: Any, person: int | None = None) -> EffectDone | None:
    """Record the death of a person of the register; of nobody there, nothing. A death known so already stands."""
    if person is None:
        return None
    day = day_of(died_on, context.acted_on)
    file = standing_file(int(person))  # it may have been merged since the application
    brief = briefs({file})[file]
    if brief.died_on == day:
        return EffectDone("record_death", "person", str(brief.id), f"{brief.name} {day} 去世，此前已登记")
    row = people.record_death(actor=context.actor, person_id=brief.id, died_on=day, evidence=context.evidence)
    return EffectDone("record_death", "life_event", str(row), f"登记 {brief.name} {day} 去世")


def record_move_in(context: EffectContext, *, happened_on: Any, other_area: str | None = None) -> EffectDone:
    """Record that the person came into the county's care."""
    return _move(context, LifeEventKind.MOVED_IN, day_of(happened_on, context.acted_on), other_area or "", "迁入")


def record_move_out(context: EffectContext, *, happened_on: Any, other_area: str | None = None) -> EffectDone:
    """Record that the person left the county's care."""
    return _move(context, LifeEventKind.MOVED_OUT, day_of(happened_on, context.acted_on), other_area or "", "迁出")


def hand_over_archive(context: EffectContext, *, to_body: str, sent_on: Any = None) -> EffectDone:
    """Send the person's file to another body."""
    day = day_of(sent_on, context.acted_on)
    row = people.hand_over_archive(
        actor=context.actor, person_id=context.somebody, to_body=to_body, from_body=organisation(context.bureau).name,
        sent_on=day,
    )  # fmt: skip
    return EffectDone("hand_over_archive", "archive_transfer", str(row), f"档案 {day} 移交{to_body}")


def record_receipt(context: EffectContext, *, receipt_on: Any = None, receipt: str | None = None) -> EffectDone:
    """Record the receipt for the file that this case sent. Raises: NoTransferOfCase."""
    acts = CaseAct.objects.filter(case_id=context.case_id).order_by("-sequence").values_list("effects", flat=True)
    sent = next((done["subject_id"] for effects in acts for done in effects if done["do"] == "hand_over_archive"), None)
    if sent is None:
        raise NoTransferOfCase(number=context.number)
    day = day_of(receipt_on, context.acted_on)
    people.record_receipt(actor=context.actor, transfer_id=int(sent), receipt_on=day, receipt=receipt or "")
    return EffectDone("record_receipt", "archive_transfer", sent, f"{day} 收到档案回执")


def _move(context: EffectContext, kind: LifeEventKind, day: date, other_area: str, word: str) -> EffectDone:
    row = people.record_move(
        actor=context.actor, person_id=context.somebody, kind=kind, happened_on=day, other_area=other_area,
        evidence=context.evidence,
    )  # fmt: skip
    return EffectDone(f"record_move_{'in' if kind is LifeEventKind.MOVED_IN else 'out'}", "life_event", str(row),
                      f"登记 {day} {word}")  # fmt: skip
