"""Who may do what with the register of people."""

from rongji.accounts.policies import Policy
from rongji.accounts.types import BUREAU_ROLES, Role

_KEEPERS = frozenset({Role.CLERK, Role.SECTION_HEAD})

SEE_PEOPLE = Policy("people.see", "查看人员档案", BUREAU_ROLES | {Role.AUDITOR})
REGISTER_PEOPLE = Policy("people.register", "建立人员档案", _KEEPERS)
RECORD_FACTS = Policy("people.record", "登记人员信息", _KEEPERS)
BACKFILL = Policy("people.backfill", "补录以前获知的情况", frozenset({Role.SECTION_HEAD}))
MERGE_PEOPLE = Policy("people.merge", "合并与拆分档案", frozenset({Role.SECTION_HEAD}))
KEEP_ARCHIVE = Policy("people.archive", "管理档案材料", _KEEPERS)
CONFIRM_PEOPLE = Policy("people.confirm", "办理年度确认", _KEEPERS)
REVEAL_NUMBERS = Policy(
    "people.reveal", "查看完整的身份证号、电话和账号", frozenset({Role.CLERK, Role.SECTION_HEAD, Role.FINANCE})
)
REKEY = Policy("people.rekey", "更换数据加密密钥", frozenset({Role.ADMINISTRATOR}), needs_scope=False)
