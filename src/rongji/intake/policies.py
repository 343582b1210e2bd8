"""Who sees and decides what came in through the window, and what goes out."""

from rongji.accounts.policies import Policy
from rongji.accounts.types import Role

_LEADING = frozenset({Role.SECTION_HEAD, Role.DIRECTOR})

SEE_INTAKE = Policy("intake.see", "查看网上来件", _LEADING | {Role.CLERK})
DECIDE_INTAKE = Policy("intake.decide", "处理网上来件", frozenset({Role.CLERK, Role.SECTION_HEAD}))
SEE_PUBLICATION = Policy("intake.see_publication", "查看公开发布", _LEADING | {Role.CLERK, Role.PERFORMANCE_OFFICER})
PUBLISH = Policy("intake.publish", "公开发布和撤下", _LEADING)
TIDY = Policy("intake.tidy", "删除保存期满的网上来件", _LEADING)
MAKE_KEYS = Policy("intake.make_keys", "生成网上窗口的密钥", frozenset({Role.ADMINISTRATOR}), needs_scope=False)
