"""Who may do what with awards."""

from rongji.accounts.policies import Policy
from rongji.accounts.types import BUREAU_ROLES, Role

SEE_AWARDS = Policy("awards.see", "查看待遇", BUREAU_ROLES | {Role.REVIEWER, Role.AUDITOR})
KEEP_AWARDS = Policy("awards.keep", "登记、变更和终止待遇", frozenset({Role.CLERK, Role.SECTION_HEAD}))
APPROVE_GRANT = Policy(
    "awards.approve_grant", "批准一次性待遇", frozenset({Role.SECTION_HEAD, Role.FINANCE, Role.DIRECTOR})
)
BACKFILL = Policy("awards.backfill", "补录以前获知的待遇情况", frozenset({Role.SECTION_HEAD}))
