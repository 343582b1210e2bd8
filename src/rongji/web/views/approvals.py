"""What waits for the actor's yes: runs with their sums, who has said yes before, and what has become known since."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from rongji.accounts.policies import guarded
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.payments.policies import APPROVE_RUN
from rongji.payments.previewing import BudgetPreview, budget_preview
from rongji.payments.reviewing import Review, review
from rongji.payments.selectors import RunFacts, runs_waiting_for
from rongji.payments.services import approve_run, send_back_run
from rongji.people.policies import SEE_PEOPLE
from rongji.people.selectors import briefs, changes_between
from rongji.people.types import CHANGE_LABELS, ChangeFacts
from rongji.web.answers import attempt
from rongji.web.desk import short_name
from rongji.web.run_page import Act, approval, sending_back

SHOWN_NEWS = 30


@dataclass(frozen=True, slots=True)
class News:
    """What became known of a person after a run was computed."""

    person_id: int
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """One run that waits, with what an approver asks first."""

    run: RunFacts
    review: Review
    bureau: str
    news: tuple[News, ...]
    acts: tuple[Act, ...]
    budget: BudgetPreview | None

    @property
    def change_fen(self) -> int:
        """The monthly benefits against those of the month before."""
        return self.review.this_month_fen - self.review.last_month_fen


@require_GET
@guarded(APPROVE_RUN)
def approvals(request: Any) -> HttpResponse:
    """The runs that the actor may approve now."""
    waiting = [_waiting(request.actor, run) for run in runs_waiting_for(request.actor)]
    return render(request, "web/payments/approvals.html", {"waiting": waiting, "shown_news": SHOWN_NEWS})


def _waiting(actor: Actor, run: RunFacts) -> Waiting:
    bureau = organisation(run.bureau)
    news, acts = _news(actor, run), (approval(run), sending_back(run))
    return Waiting(run, review(actor, run.id), short_name(bureau.name), news, acts, budget_preview(actor, run.id))


def _news(actor: Actor, run: RunFacts) -> tuple[News, ...]:
    """What became known of the bureau's people after the day by which the run was computed."""
    if not SEE_PEOPLE.permits_role(actor):
        return ()
    found = changes_between(actor, first=run.known_on + timedelta(days=1), last=actor.day)
    names = briefs(change.person_id for change in found)
    own = [change for change in found if names[change.person_id].bureau == run.bureau]
    return tuple(News(change.person_id, names[change.person_id].name, _words(change)) for change in own)


def _words(change: ChangeFacts) -> str:
    label = CHANGE_LABELS[change.kind]
    said = change.summary if change.summary.startswith(label) else f"{label}：{change.summary}"
    return f"{said}（{change.known_on:%m-%d} 获知）"


@require_POST
@guarded(APPROVE_RUN)
def approve(request: Any, run: int) -> HttpResponse:
    """Say yes to a run."""

    def act() -> str:
        is_last = approve_run(actor=request.actor, run_id=run, note=request.POST.get("note", "").strip())
        return "已批准，可以送银行。" if is_last else "已审批，还需要另外的人批准。"

    return attempt(request, act, reverse("web:run", kwargs={"run": run}))


@require_POST
@guarded(APPROVE_RUN)
def send_back(request: Any, run: int) -> HttpResponse:
    """Say no to a run, and why; who made it proposes it again or computes another."""

    def act() -> str:
        send_back_run(actor=request.actor, run_id=run, note=request.POST.get("note", ""))
        return "已退回经办人。"

    return attempt(request, act, reverse("web:run", kwargs={"run": run}))
