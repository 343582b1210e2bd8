"""Who sees, finalises and approves reports."""

from rongji.accounts.policies import Policy
from rongji.accounts.types import BUREAU_ROLES, Role

SEE_REPORTS = Policy(
    "reports.see",
    "查看自评报告",
    frozenset(
        {
            Role.PERFORMANCE_OFFICER, Role.FINANCE, Role.SECTION_HEAD, Role.CLERK, Role.DIRECTOR, Role.REVIEWER,
            Role.AUDITOR,
        }
    ),
)  # fmt: skip
AUDIT_DOCUMENTS = Policy(
    "reports.audit_documents", "核对报告", BUREAU_ROLES | {Role.REVIEWER, Role.AUDITOR}, needs_scope=False
)
FINALISE_REPORT = Policy("reports.finalise", "报告定稿送审", frozenset({Role.PERFORMANCE_OFFICER, Role.FINANCE}))
APPROVE_REPORT = Policy("reports.approve", "审批自评报告", frozenset({Role.DIRECTOR}))
