"""Who may do what between the bureau and its bank."""

from rongji.accounts.policies import Policy
from rongji.accounts.types import Role

SEE_BANK = Policy(
    "payments.see_bank",
    "查看送盘和回盘",
    frozenset({Role.CLERK, Role.FINANCE, Role.SECTION_HEAD, Role.DIRECTOR, Role.REVIEWER, Role.AUDITOR}),
)
SEND_TO_BANK = Policy("payments.send_to_bank", "生成和取出银行送盘文件", frozenset({Role.FINANCE}))
IMPORT_RETURN = Policy("payments.import_return", "导入银行回盘", frozenset({Role.FINANCE}))
SETTLE_UNKNOWN = Policy("payments.settle_unknown", "认定结果不明的付款", frozenset({Role.FINANCE}))
CANCEL_PAYMENT = Policy("payments.cancel_payment", "撤销未到账的付款", frozenset({Role.FINANCE, Role.SECTION_HEAD}))
