"""Who drafts, proposes and approves objectives."""

from rongji.accounts.policies import Policy
from rongji.accounts.types import BUSINESS_ROLES, Role

SEE_OBJECTIVES = Policy(
    "performance.see_objectives",
    "查看绩效目标",
    frozenset(BUSINESS_ROLES | {Role.AUDITOR}),
)
DRAFT_OBJECTIVES = Policy(
    "performance.draft_objectives",
    "编报绩效目标",
    frozenset({Role.PERFORMANCE_OFFICER, Role.FINANCE, Role.SECTION_HEAD}),
)
APPROVE_OBJECTIVES = Policy("performance.approve_objectives", "审批绩效目标", frozenset({Role.DIRECTOR}))
