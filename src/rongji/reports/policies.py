"""Who sees, finalises and approves reports."""

from rongji.accounts.policies import Policy
from rongji.accounts.types import Role

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
FINALISE_REPORT = Policy("reports.finalise", "报告定稿送审", frozenset({Role.PERFORMANCE_OFFICER, Role.FINANCE}))
APPROVE_REPORT = Policy("reports.approve", "审批自评报告", frozenset({Role.DIRECTOR}))
