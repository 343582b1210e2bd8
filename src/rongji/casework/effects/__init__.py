"""What acts do beyond the case: services of the rooms below, called as the acting user inside the act's transaction.

An effect is a function of the context and its arguments; a kind names it and says where the arguments come from. A
refusal of the service that it calls refuses the act.
"""

from collections.abc import Mapping

from rongji.casework.effects import awards, grants, identities, information, whereabouts
from rongji.casework.effects.context import EffectContext, EffectDone, Effecting
from rongji.casework.refusals import EffectUnknown
from rongji.law.case_kinds import Effect
from rongji.rules.casework.flow import holds

__all__ = ["EFFECTS", "EffectContext", "EffectDone", "carry_out"]

EFFECTS: Mapping[str, Effecting] = {
    "open_identity": identities.open_identity,
    "end_identity": identities.end_identity,
    "record_grade": identities.record_grade,
    "record_participation": identities.record_participation,
    "record_service": identities.record_service,
    "record_merit": identities.record_merit,
    "record_employment": identities.record_employment,
    "open_award": awards.open_award,
    "change_award": awards.change_award,
    "end_awards": awards.end_awards,
    "record_grant": grants.record_grant,
    "approve_grant": grants.approve_grant,
    "withdraw_grant": grants.withdraw_grant,
    "record_death": whereabouts.record_death,
    "record_move_in": whereabouts.record_move_in,
    "record_move_out": whereabouts.record_move_out,
    "hand_over_archive": whereabouts.hand_over_archive,
    "record_receipt": whereabouts.record_receipt,
    "correct_information": information.correct_information,
    "delete_information": information.delete_information,
}
"""Effects by name."""


def carry_out(effect: Effect, context: EffectContext) -> EffectDone | None:
    """Bring an effect about; None where its condition does not hold, or there was nothing to do.

    Raises: EffectUnknown, and whatever the called service refuses.
    """
    if not holds(effect.when, context.values):
        return None
    doing = EFFECTS.get(effect.do)
    if doing is None:
        raise EffectUnknown(effect=effect.do, known="、".join(sorted(EFFECTS)))
    return doing(context, **{name: context.said(source) for name, source in effect.given.items()})
