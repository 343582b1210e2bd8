"""What the side menu offers an actor: only pages whose policy lets the actor in."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from rongji.accounts.types import Actor


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A page: its words, address and icon."""

    label: str
    address: str
    icon: str


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """Pages under one heading."""

    label: str
    items: tuple[MenuItem, ...]


@dataclass(frozen=True, slots=True)
class YearPage:
    """The bureau-year that the present page belongs to."""

    bureau: str
    year: int
    title: str


GENERAL = (("年度列表", "years", "home"), ("核对报告", "audit", "file-search"))
YEAR = (
    ("总览", "dashboard", "layout-dashboard"),
    ("数据导入", "import", "file-upload"),
    ("数据总表", "ledger", "table"),
    ("绩效目标", "objectives", "target-arrow"),
    ("运行监控", "monitoring", "traffic-lights"),
    ("指标与得分", "indicators", "list-check"),
    ("文字段落", "texts", "writing"),
    ("体检", "checks", "stethoscope"),
    ("自评报告", "report", "file-text"),
    ("定稿与审批", "versions", "rubber-stamp"),
)
PEOPLE = (
    ("人员档案", "people", "id-badge-2"),
    ("各站对象", "stations", "map-pin"),
    ("导入花名册", "roster", "users-plus"),
    ("新建档案", "register", "user-plus"),
    ("年度确认", "confirmation", "clipboard-check"),
    ("疑似重复", "duplicates", "copy"),
    ("发放批次", "runs", "coins"),
    ("发放审批", "approvals", "rubber-stamp"),
    ("多发收回", "recoveries", "receipt-refund"),
    ("标准测算", "what_if", "chart-line"),
)
WORK = (
    ("业务登记", "registers", "notebook"),
    ("移交安置", "placement", "briefcase"),
    ("服务站网络", "network", "sitemap"),
)
CASES = (
    ("收件箱", "cases", "inbox"),
    ("办件种类", "case_kinds", "list-details"),
    ("超期办件", "overdue_cases", "alarm"),
    ("历史遗留台账", "legacy_cases", "history-toggle"),
    ("交接", "hand_over_cases", "arrows-exchange"),
)
WINDOW = (("网上来件", "intake_queue", "inbox"), ("公开发布", "publication", "world"))
SYSTEM = (("审计记录", "trail", "history"), ("账号", "users", "users"), ("法规数据", "law", "scale"))


def menu_for(actor: Actor, page: YearPage | None) -> list[MenuGroup]:
    """The groups that the actor may see; those of a year only on its pages."""
    groups = [MenuGroup("", _offered(actor, GENERAL))]
    if page:
        groups.append(MenuGroup(page.title, _offered(actor, YEAR, bureau=page.bureau, year=page.year)))
    groups.append(MenuGroup("办件", _offered(actor, CASES)))
    groups.append(MenuGroup("人员与发放", _offered(actor, PEOPLE)))
    groups.append(MenuGroup("业务", _offered(actor, WORK)))
    if settings.RONGJI.has_public_window:
        groups.append(MenuGroup("网上窗口", _offered(actor, WINDOW)))
    groups.append(MenuGroup("系统", _offered(actor, SYSTEM)))
    return [group for group in groups if group.items]


def _offered(actor: Actor, entries: tuple[tuple[str, str, str], ...], **where: object) -> tuple[MenuItem, ...]:
    items = []
    for label, name, icon in entries:
        try:
            address = reverse(f"web:{name}", kwargs=where)
            policy = getattr(resolve(address).func, "policy", None)
        except (NoReverseMatch, Resolver404):
            continue
        if policy is None or policy.permits_role(actor):
            items.append(MenuItem(label, address, icon))
    return tuple(items)
