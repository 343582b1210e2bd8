"""Objectives: targets with the four criteria beside them, drafted, proposed and decided by another person."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from rongji.accounts.policies import guarded
from rongji.kernel.finding import Verdict
from rongji.performance.objectives.content import objectives_of
from rongji.performance.objectives.policies import APPROVE_OBJECTIVES, DRAFT_OBJECTIVES
from rongji.performance.objectives.selectors import versions as objective_versions
from rongji.performance.objectives.services import decide_objectives, draft_objectives, propose_objectives
from rongji.performance.policies import SEE_YEAR
from rongji.performance.selectors import year_facts
from rongji.web.answers import attempt
from rongji.web.desk import open_desk
from rongji.web.views.indicators import table_context


@require_GET
@guarded(SEE_YEAR)
def objectives(request: Any, bureau: str, year: int) -> HttpResponse:
    """Goals and targets as they stand, the advice on each, and the versions."""
    desk = open_desk(request.actor, bureau, year)
    found = objective_versions(bureau, year)
    context = table_context(desk)
    advice = [item for band in context["bands"] for row in band.rows for item in row.advice]
    context |= {
        "goals": [goal for goal in desk.facts.goals if goal.kind == "goal"],
        "versions": found[::-1],
        "in_force": next((item for item in found if item.state == "approved"), None),
        "open_draft": next((item for item in found if item.state == "draft"), None),
        "proposed": next((item for item in found if item.state == "proposed"), None),
        "shortcomings": sum(item.verdict is Verdict.DEFECT for item in advice),
        "may_draft": DRAFT_OBJECTIVES.permits_role(request.actor),
        "may_decide": APPROVE_OBJECTIVES.permits_role(request.actor),
    }
    return render(request, "web/year/objectives.html", context)


@require_POST
@guarded(DRAFT_OBJECTIVES)
def draft(request: Any, bureau: str, year: int) -> HttpResponse:
    """Take the targets of the table into a draft."""

    def act() -> str:
        facts = year_facts(request.actor, bureau, year, with_derived=False)
        version = draft_objectives(
            actor=request.actor, bureau=bureau, year=year,
            objectives=objectives_of(facts), reason=request.POST.get("reason", ""),
        )  # fmt: skip
        return f"已起草绩效目标第 {version} 版，检查无误后提交审批。"

    return attempt(request, act, _back(bureau, year))


@require_POST
@guarded(DRAFT_OBJECTIVES)
def propose(request: Any, bureau: str, year: int) -> HttpResponse:
    """Put the draft before another person; the four criteria must hold."""

    def act() -> str:
        propose_objectives(actor=request.actor, bureau=bureau, year=year)
        return "已提交审批，请由另一人批复。"

    return attempt(request, act, _back(bureau, year))


@require_POST
@guarded(APPROVE_OBJECTIVES)
def decide(request: Any, bureau: str, year: int) -> HttpResponse:
    """Approve the proposed version or send it back."""
    approve = request.POST.get("decision") == "approve"

    def act() -> str:
        decide_objectives(
            actor=request.actor, bureau=bureau, year=year, approve=approve, note=request.POST.get("note", "")
        )
        return "绩效目标已批复。" if approve else "已退回修改，理由已记录。"

    return attempt(request, act, _back(bureau, year))


def _back(bureau: str, year: int) -> str:
    return reverse("web:objectives", kwargs={"bureau": bureau, "year": year})
