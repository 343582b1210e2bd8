"""Pages about the system itself: the audit trail, the accounts, the legal data."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from rongji.accounts.policies import READ_TRAIL, SEE_USERS, VERIFY_TRAIL, guarded, public
from rongji.accounts.selectors import trail_entries, users
from rongji.accounts.verification import verify_trail
from rongji.law.catalogue import describe, list_tables
from rongji.web.trail_words import KIND_LABELS

PER_PAGE = 50


@require_GET
@guarded(READ_TRAIL)
def trail(request: Any) -> HttpResponse:
    """The audit trail, newest first, filtered by kind and number of the subject."""
    kind, subject = request.GET.get("kind", ""), request.GET.get("subject", "")
    entries = trail_entries(actor=request.actor, subject_kind=kind, subject_id=subject)
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "web/trail.html", {"page": page, "kind": kind, "subject": subject, "kinds": KIND_LABELS.items()}
    )


@require_POST
@guarded(VERIFY_TRAIL)
def verify(request: Any) -> HttpResponse:
    """Verify the whole trail against its chain and its seals."""
    options = settings.RONGJI
    report = verify_trail(folder=options.seals, key=options.seal_key.get_secret_value())
    if report.is_sound:
        messages.success(request, f"核验通过：{report.entries} 条记录首尾相连，与封存一致。")
    else:
        messages.error(request, f"核验不通过：{report.troubles[0].message}")
    return redirect("web:trail")


@require_GET
@guarded(SEE_USERS)
def accounts(request: Any) -> HttpResponse:
    """Accounts with their roles."""
    return render(request, "web/users.html", {"accounts": list(users(actor=request.actor))})


@require_GET
@public(reason="法规数据是公开资料，登录前也可查阅")
def law(request: HttpRequest) -> HttpResponse:
    """Every table of legal data with its trust word."""
    group = request.GET.get("group", "")
    return render(request, "web/law.html", {"entries": list_tables(group), "group": group, "groups": LAW_GROUPS})


@require_GET
@public(reason="法规数据是公开资料，登录前也可查阅")
def law_entry(request: Any, entry: str) -> HttpResponse:
    """One table in full: every row with both its dates, its act and how far it is confirmed."""
    day = request.received_at.date()
    return render(request, "web/law_entry.html", {"entry": describe(entry, on=day, known_on=day)})


LAW_GROUPS = (
    ("", "全部表"),
    ("scoring", "评分方案"),
    ("indicators", "指标公式"),
    ("codes", "分类科目"),
    ("deadlines", "时限"),
    ("calendars", "工作日历"),
    ("concepts", "数据目录"),
    ("entitlement", "待遇规则"),
    ("standards", "待遇标准"),
    ("payments", "发放"),
    ("placement", "移交安置"),
    ("acts", "文件依据"),
    ("forms", "表式"),
)
