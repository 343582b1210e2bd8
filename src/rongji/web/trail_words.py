"""The audit trail in words: what an entry is about, and through which door it came."""

from rongji.accounts.types import OriginKind

KIND_LABELS = {
    "sign_in": "登录",
    "year": "年度数据",
    "budget": "预算与账务",
    "budget_adjustment": "预算调整",
    "objectives": "绩效目标",
    "monitoring": "运行监控",
    "report": "自评报告",
    "audit": "核对报告",
    "organisation": "机构",
    "user": "账号",
    "role": "角色表",
    "trail": "审计记录",
    "person": "人员档案",
    "case": "办件",
    "cases": "办件",
    "people": "人员档案",
    "family": "家庭",
    "archive": "档案材料",
    "confirmation_round": "年度确认",
    "bureau": "单位",
    "award": "待遇",
    "awards": "待遇",
    "grant": "一次性待遇",
    "payroll": "发放台账",
    "payment_run": "发放批次",
    "bank_batch": "送盘批次",
    "recovery": "多发收回",
    "intake": "网上来件",
    "public_window": "网上窗口",
    "placement": "移交安置",
    "record": "业务登记",
    "register": "业务登记簿",
    "map_shapes": "区划图",
}
_DOORS = {
    OriginKind.WEB: "网页",
    OriginKind.API: "接口",
    OriginKind.CLI: "命令行",
    OriginKind.SYSTEM: "系统",
}


def kind_label(kind: str) -> str:
    """What an entry is about; a kind that is not listed stays as it is written."""
    return KIND_LABELS.get(kind, kind)


def origin_in_words(origin: str) -> str:
    """The door in words, with the address or command behind it."""
    door, _, place = origin.partition(" ")
    known = {kind.value: label for kind, label in _DOORS.items()}
    return f"{known.get(door, door)} {place}".strip()
