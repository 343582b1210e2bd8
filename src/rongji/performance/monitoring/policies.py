"""Who plans, reports progress and answers lights."""

from rongji.accounts.policies import Policy
from rongji.accounts.types import BUSINESS_ROLES, Role

SEE_MONITORING = Policy(
    "performance.see_monitoring",
    "查看绩效运行监控",
    frozenset(BUSINESS_ROLES | {Role.AUDITOR}),
)
PLAN_YEAR = Policy("performance.plan_year", "编制序时计划", frozenset({Role.PERFORMANCE_OFFICER, Role.FINANCE}))
REPORT_PROGRESS = Policy(
    "performance.report_progress",
    "填报进度和答复预警",
    frozenset({Role.CLERK, Role.SECTION_HEAD, Role.FINANCE, Role.PERFORMANCE_OFFICER}),
)
