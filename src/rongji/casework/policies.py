"""Who may do what with cases. Which act of a kind a role may do stands in the kind."""

from rongji.accounts.policies import Policy
from rongji.accounts.types import BUREAU_ROLES, Role

_LEADING = frozenset({Role.SECTION_HEAD, Role.DIRECTOR})

SEE_CASES = Policy("casework.see", "查看办件", BUREAU_ROLES | {Role.AUDITOR})
OPEN_CASES = Policy("casework.open", "登记办件", BUREAU_ROLES)
HANDLE_CASES = Policy("casework.handle", "办理办件", BUREAU_ROLES)
HAND_OVER_CASES = Policy("casework.hand_over", "交接办件", _LEADING)
ASSIGN_CASES = Policy("casework.assign", "安排包案领导和专班", _LEADING | {Role.CLERK})
IMPORT_CASES = Policy("casework.import", "成批登记办件", frozenset({Role.CLERK, Role.SECTION_HEAD}))
REKEY_CASES = Policy("casework.rekey", "更换办件里号码的加密密钥", frozenset({Role.ADMINISTRATOR}), needs_scope=False)
