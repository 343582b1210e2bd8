"""The waiting time between discharge and the first working month: living allowance and insurance."""

from rongji.accounts.types import Actor
from rongji.awards.services import open_award
from rongji.awards.types import NewAward
from rongji.kernel.fen import yuan
from rongji.placement.policies import KEEP_PLACEMENT
from rongji.placement.refusals import StateUnfit
from rongji.placement.types import CATEGORY_LABELS, GIVEN_A_POST, STATE_LABELS, CandidateState, Category
from rongji.placement.writing import on_candidate, record

ALLOWANCE, INSURANCE = "waiting_allowance", "waiting_insurance"


def open_waiting(
    *, actor: Actor, candidate_id: int, insurance: str = "养老", base_fen: int = 0
) -> tuple[int, int | None]:
    """Grant the living allowance of the waiting time, and the insurance where its wage base is known; the two awards.

    base_fen: contribution wage of the last year of service. Both end with the first working month.
    Raises: NotAllowed, CandidateUnknown, StateUnfit and the refusals of open_award (no local standard, a dead person).
    """
    with on_candidate(actor=actor, candidate_id=candidate_id, policy=KEEP_PLACEMENT) as candidate:
        state, category = CandidateState(candidate.state), Category(candidate.category)
        is_working = state is CandidateState.PLACED and candidate.placing.started_on is not None
        if candidate.allowance_id or is_working or state not in _WAITING or category not in GIVEN_A_POST:
            raise StateUnfit(
                name=f"{candidate.number} 号", category=CATEGORY_LABELS[category], state=STATE_LABELS[state],
                step="登记待安置期待遇", hint="只给等待安排工作、尚未上岗的人登记一次",
            )  # fmt: skip
        why = f"{candidate.cohort.title} {candidate.number} 号"
        given = {"person_id": candidate.person_id, "basis_on": candidate.approved_on, "evidence": why}
        candidate.allowance_id = open_award(actor=actor, new=NewAward(benefit=ALLOWANCE, **given))
        if base_fen:
            key = f"{insurance}|{yuan(base_fen).replace(',', '')}"
            candidate.insurance_id = open_award(actor=actor, new=NewAward(benefit=INSURANCE, standard_key=key, **given))
        candidate.save(update_fields=["allowance", "insurance"])
        facts = {"candidate": candidate.pk, "allowance": candidate.allowance_id, "insurance": candidate.insurance_id}
        record(actor, "open_waiting", candidate.cohort, f"{candidate.number} 号登记待安置期待遇", facts)
    return candidate.allowance_id, candidate.insurance_id


_WAITING = (CandidateState.WAITING, CandidateState.PLACED)
