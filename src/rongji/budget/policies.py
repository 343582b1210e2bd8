"""Who may do what with the budget."""

from rongji.accounts.policies import Policy
from rongji.accounts.types import Role

SEE_BUDGET = Policy(
    "budget.see",
    "查看预算与账务",
    frozenset({Role.FINANCE, Role.DIRECTOR, Role.PERFORMANCE_OFFICER, Role.SECTION_HEAD, Role.REVIEWER, Role.AUDITOR}),
)
KEEP_BUDGET = Policy("budget.keep", "导入预算指标和账务数据", frozenset({Role.FINANCE}))
PROPOSE_ADJUSTMENT = Policy("budget.propose_adjustment", "提出预算调整", frozenset({Role.FINANCE, Role.SECTION_HEAD}))
DECIDE_ADJUSTMENT = Policy("budget.decide_adjustment", "审批预算调整", frozenset({Role.DIRECTOR, Role.FINANCE}))
