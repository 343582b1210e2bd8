"""Who can enter what is missing, and where: by the room that keeps the records a figure comes from. Pure."""

from collections.abc import Mapping

from rongji.accounts.policies import Policy
from rongji.accounts.types import ROLE_LABELS
from rongji.budget.policies import KEEP_BUDGET
from rongji.casework.policies import OPEN_CASES
from rongji.kernel.refusal import Refusal
from rongji.law.case_kinds import CONCEPT_PREFIX as CASES
from rongji.law.registers import CONCEPT_PREFIX as REGISTERS
from rongji.law.registers import register
from rongji.payments.policies import COMPUTE_RUN
from rongji.people.policies import RECORD_FACTS
from rongji.performance.policies import ATTACH_EVIDENCE, ENTER_FIGURES, ENTER_INDICATORS
from rongji.placement.policies import KEEP_PLACEMENT
from rongji.services.policies import KEEP_RECORDS

BY_TOPIC: Mapping[str, Policy] = {
    "indicators": ENTER_INDICATORS,
    "evidence": ATTACH_EVIDENCE,
    "texts": ENTER_INDICATORS,
    "work": RECORD_FACTS,
}
_BY_ROOM: Mapping[str, tuple[str, Policy]] = {
    CASES: ("办件", OPEN_CASES),
    "placement.": ("移交安置", KEEP_PLACEMENT),
    "people.": ("人员档案", RECORD_FACTS),
    "awards.": ("待遇", RECORD_FACTS),
    "payments.": ("发放批次", COMPUTE_RUN),
    "expenditure.": ("预算和账务", KEEP_BUDGET),
    "income.": ("预算和账务", KEEP_BUDGET),
}


def who_enters(policy: Policy) -> str:
    """The roles that may do it, in words: 经办人、股室负责人."""
    return "、".join(sorted((ROLE_LABELS[role].partition("（")[0] for role in policy.roles), key=_ORDER.index))


def keeper_of(concept: str) -> tuple[str, str]:
    """Where the records of a concept are kept, and who keeps them; a stated figure is kept in the year's own data."""
    if concept.startswith(REGISTERS):
        return f"登记簿“{_register_label(concept)}”", who_enters(KEEP_RECORDS)
    for prefix, (place, policy) in _BY_ROOM.items():
        if concept.startswith(prefix):
            return place, who_enters(policy)
    return "年度数据", who_enters(ENTER_FIGURES)


_ORDER = [label.partition("（")[0] for label in ROLE_LABELS.values()]


def _register_label(concept: str) -> str:
    name = concept.removeprefix(REGISTERS).partition(".")[0]
    try:
        return register(name).label
    except Refusal:
        return name
