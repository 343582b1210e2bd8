"""Who may do what with the year's file."""

from rongji.accounts.policies import Policy
from rongji.accounts.types import BUREAU_ROLES, Role

SEE_YEAR = Policy("performance.see_year", "查看年度数据", BUREAU_ROLES | {Role.REVIEWER, Role.AUDITOR})
IMPORT_YEAR = Policy(
    "performance.import_year", "导入年度数据工作簿", frozenset({Role.FINANCE, Role.PERFORMANCE_OFFICER})
)
ENTER_FIGURES = Policy("performance.enter_figures", "填写年度数据", frozenset({Role.FINANCE, Role.PERFORMANCE_OFFICER}))
ENTER_INDICATORS = Policy(
    "performance.enter_indicators",
    "填写绩效指标和文字",
    frozenset({Role.CLERK, Role.SECTION_HEAD, Role.FINANCE, Role.PERFORMANCE_OFFICER}),
)
ATTACH_EVIDENCE = Policy(
    "performance.attach_evidence",
    "上传佐证材料",
    frozenset({Role.CLERK, Role.SECTION_HEAD, Role.FINANCE, Role.PERFORMANCE_OFFICER}),
)
SUBMIT_YEAR = Policy(
    "performance.submit_year", "提交年度数据", frozenset({Role.FINANCE, Role.PERFORMANCE_OFFICER, Role.DIRECTOR})
)
FINISH_YEAR = Policy("performance.finish_year", "年度定稿与撤回", frozenset({Role.PERFORMANCE_OFFICER, Role.DIRECTOR}))
