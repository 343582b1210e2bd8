"""Who may do what with placement."""

from rongji.accounts.policies import Policy
from rongji.accounts.types import BUREAU_ROLES, Role

_KEEPERS = frozenset({Role.CLERK, Role.SECTION_HEAD})

SEE_PLACEMENT = Policy("placement.see", "查看移交安置", BUREAU_ROLES | {Role.AUDITOR})
KEEP_PLACEMENT = Policy("placement.keep", "办理移交安置", _KEEPERS)
PUBLISH_POINTS = Policy("placement.publish", "公示积分和排名", frozenset({Role.SECTION_HEAD}))
RECORD_CHOICES = Policy("placement.choose", "登记选岗", _KEEPERS)
