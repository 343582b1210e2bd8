"""Finalising and approval by two people, the versions with their digests, what changed since, the evidence pack."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from rongji.accounts.policies import guarded
from rongji.accounts.types import Actor
from rongji.documents.writers import MEDIA_TYPES
from rongji.performance.policies import FINISH_YEAR, SUBMIT_YEAR
from rongji.performance.services import change_status
from rongji.reports import services
from rongji.reports.freezing import Change
from rongji.reports.policies import APPROVE_REPORT, FINALISE_REPORT, SEE_REPORTS
from rongji.reports.refusals import NothingApproved
from rongji.reports.selectors import changes_since_approval, version_file
from rongji.reports.selectors import versions as report_versions
from rongji.reports.types import VersionFacts
from rongji.web.answers import attempt, download, whole_number
from rongji.web.desk import Desk, open_desk
from rongji.web.fixing import work_of

STATUS_STEPS = {
    "submitted": (("draft",), "提交年度数据", SUBMIT_YEAR),
    "final": (("submitted",), "锁定年度，不再改动", FINISH_YEAR),
    "draft": (("submitted", "final"), "退回编制", FINISH_YEAR),
}


@require_GET
@guarded(SEE_REPORTS)
def versions(request: Any, bureau: str, year: int) -> HttpResponse:
    """What blocks the final report, or the button; every version, newest first."""
    desk = open_desk(request.actor, bureau, year, request.GET.get("form", ""))
    found = report_versions(actor=request.actor, bureau=bureau, year=year)
    context = desk.context(
        versions=found[::-1],
        waiting=[item for item in found if item.state == "proposed"],
        changes=_changes(desk, found),
        work=work_of(desk.readiness, bureau, year),
        blockers=desk.report.blockers if desk.report else (),
        steps=_steps(request.actor, desk.summary.status),
        may_finalise=FINALISE_REPORT.permits_role(request.actor),
        may_approve=APPROVE_REPORT.permits_role(request.actor),
    )
    return render(request, "web/year/versions.html", context)


def _steps(actor: Actor, status: str) -> list[tuple[str, str, bool]]:
    """The steps of the year that the actor may take now: status, words, whether a reason is needed."""
    return [
        (wanted, words, wanted == "draft")
        for wanted, (before, words, policy) in STATUS_STEPS.items()
        if status in before and policy.permits_role(actor)
    ]


def _changes(desk: Desk, found: tuple[VersionFacts, ...]) -> tuple[Change, ...] | None:
    """What is different now from the approved version of this form; None when none is approved."""
    if not any(item.state == "approved" and item.form == desk.form for item in found):
        return None
    where = {"bureau": desk.summary.bureau, "year": desk.summary.year}
    try:
        return changes_since_approval(actor=desk.actor, form=desk.form, **where)
    except NothingApproved:
        return None


@require_POST
@guarded(FINALISE_REPORT)
def finalise(request: Any, bureau: str, year: int) -> HttpResponse:
    """Freeze the report as a new version and put it before another person."""

    def act() -> str:
        services.finalise_report(actor=request.actor, bureau=bureau, year=year, form=request.POST.get("form", ""))
        return "已定稿并送审，请由另一人审批。"

    return attempt(request, act, _back(bureau, year))


@require_POST
@guarded(APPROVE_REPORT)
def decide(request: Any, bureau: str, year: int, version: int) -> HttpResponse:
    """Approve a version, or send it back with the reason."""
    approve = request.POST.get("decision") == "approve"

    def act() -> str:
        note = request.POST.get("note", "")
        services.decide_report(actor=request.actor, version_id=version, approve=approve, note=note)
        return "已批准，本版即为生效版本。" if approve else "已退回，理由已记录。"

    return attempt(request, act, _back(bureau, year))


@require_POST
@guarded(SUBMIT_YEAR)
def status(request: Any, bureau: str, year: int) -> HttpResponse:
    """Submit the year, lock it, or open it again with a reason."""
    version = request.POST.get("version", "")

    def act() -> str:
        change_status(
            actor=request.actor, bureau=bureau, year=year, status=_wanted(request.POST.get("status", "")),
            reason=request.POST.get("reason", ""), expected_version=whole_number(version),
        )  # fmt: skip
        return "年度状态已更新。"

    return attempt(request, act, _back(bureau, year))


def _wanted(text: str) -> str:
    return text if text in STATUS_STEPS else next(iter(STATUS_STEPS))


@require_GET
@guarded(SEE_REPORTS)
def file(request: Any, bureau: str, year: int, version: int, name: str) -> HttpResponse:
    """One file of a version, byte for byte as it was frozen."""
    content = version_file(actor=request.actor, version_id=version, name=name)
    return download(content, name, MEDIA_TYPES.get(name.rpartition(".")[2], "application/octet-stream"))


@require_GET
@guarded(SEE_REPORTS)
def pack(request: Any, bureau: str, year: int, version: int) -> HttpResponse:
    """The evidence pack, which anybody can verify without trusting us."""
    content = services.evidence_pack(actor=request.actor, version_id=version)
    return download(content, f"{bureau}-{year}-佐证包-{version}.zip", "application/zip")


def _back(bureau: str, year: int) -> str:
    return reverse("web:versions", kwargs={"bureau": bureau, "year": year})
