"""Who may do what with the registers of the bureau's work."""

from rongji.accounts.policies import Policy
from rongji.accounts.types import BUREAU_ROLES, Role

SEE_RECORDS = Policy("services.see", "查看业务登记", BUREAU_ROLES | {Role.REVIEWER, Role.AUDITOR})
KEEP_RECORDS = Policy(
    "services.keep", "登记、更正和撤销业务记录", frozenset({Role.CLERK, Role.SECTION_HEAD, Role.PERFORMANCE_OFFICER})
)
EXPORT_RECORDS = Policy("services.export", "导出业务登记", BUREAU_ROLES)
REKEY_RECORDS = Policy("services.rekey", "更换登记里号码的加密密钥", frozenset({Role.ADMINISTRATOR}), needs_scope=False)
