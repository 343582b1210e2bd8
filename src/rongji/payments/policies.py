"""Who may do what with payment runs."""

from rongji.accounts.policies import Policy
from rongji.accounts.types import Role

_BUSINESS = {Role.CLERK, Role.SECTION_HEAD, Role.FINANCE, Role.DIRECTOR}
SEE_RUNS = Policy("payments.see_runs", "查看发放批次", frozenset(_BUSINESS | {Role.REVIEWER, Role.AUDITOR}))
OPEN_PAYROLL = Policy("payments.open_payroll", "建立发放台账", frozenset({Role.FINANCE, Role.DIRECTOR}))
COMPUTE_RUN = Policy("payments.compute_run", "核算和作废发放批次", frozenset({Role.CLERK, Role.FINANCE}))
PROPOSE_RUN = Policy("payments.propose_run", "提请审批发放批次", frozenset({Role.CLERK, Role.FINANCE}))
APPROVE_RUN = Policy(
    "payments.approve_run", "审批发放批次", frozenset({Role.SECTION_HEAD, Role.FINANCE, Role.DIRECTOR})
)
KEEP_RECOVERY = Policy("payments.keep_recovery", "登记多发款的收回", frozenset({Role.CLERK, Role.FINANCE}))
WRITE_OFF = Policy("payments.write_off", "核销多发款", frozenset({Role.DIRECTOR}))
POST_RUN = Policy("payments.post_run", "把银行到账的发放入账", frozenset({Role.FINANCE}))
