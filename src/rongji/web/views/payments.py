"""Payment runs: the list, computing one, reviewing it by cause down to the person, proposing and discarding."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from rongji.accounts.policies import guarded
from rongji.accounts.selectors import organisation
from rongji.documents.writers import MEDIA_TYPES
from rongji.documents.writers import render as render_document
from rongji.kernel.month import Month
from rongji.kernel.refusal import Refusal
from rongji.payments.policies import COMPUTE_RUN, PROPOSE_RUN, SEE_RUNS
from rongji.payments.previewing import budget_preview
from rongji.payments.reviewing import review
from rongji.payments.selectors import LineFacts, RunFacts, budget_of_run, has_payroll, lines_of_run, run_facts
from rongji.payments.selectors import runs as runs_of
from rongji.payments.services import compute_run, discard_run, propose_run
from rongji.payments.statement import statement_of
from rongji.payments.types import CAUSE_LABELS, RUN_KIND_LABELS, SETTLED_STATES, Cause
from rongji.people.selectors import briefs
from rongji.web.answers import attempt, download, whole_number
from rongji.web.bureaus import bureaus_for, chosen_bureau
from rongji.web.charts import Option
from rongji.web.desk import short_name
from rongji.web.pay_charts import runs_chart, share_of
from rongji.web.people_words import benefit_label, standard_words
from rongji.web.run_page import (
    acts_for,
    bridge_of,
    checks_of,
    is_with_bank,
    returned_note,
    stages_of,
    state_label,
    tiles_of,
    tone_of,
)

PER_PAGE = 24
LINES_PER_PAGE = 25


class DayUnreadable(Refusal):
    """A day of knowledge that is none."""

    code = "known-day-unreadable"
    sentence = "“{text}”不是日期，请按 2024-10-01 的样子填写核算口径日。"


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run as a list shows it."""

    run: RunFacts

    @property
    def kind(self) -> str:
        """What it is for."""
        return RUN_KIND_LABELS[self.run.kind]

    @property
    def state(self) -> str:
        """Where it stands."""
        return state_label(self.run.state)

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return tone_of(self.run.state)


@require_GET
@guarded(SEE_RUNS)
def runs(request: Any) -> HttpResponse:
    """Every run of a bureau, the latest month first, and the form that computes another."""
    bureaus = [item for item in bureaus_for(request.actor, SEE_RUNS) if has_payroll(item.code)]
    context: dict[str, Any] = {"bureaus": bureaus}
    if bureaus:
        bureau = chosen_bureau(request, bureaus)
        found = runs_of(request.actor, bureau.code)
        context |= {
            "bureau": bureau,
            "name": short_name(bureau.name),
            "page": Paginator([RunRow(run) for run in found], PER_PAGE).get_page(request.GET.get("page")),
            "chart": _chart(found),
            "may_compute": COMPUTE_RUN.permits(request.actor, bureau.scope),
            "next_month": _next_month(found, request.actor.day),
        }
    return render(request, "web/payments/runs.html", context)


def _chart(found: Sequence[RunFacts]) -> Option | None:
    """What was settled month by month."""
    paid: dict[Month, int] = {}
    for run in found:
        if run.state in SETTLED_STATES:
            paid[run.pay_month] = paid.get(run.pay_month, 0) + run.pay_fen
    months = sorted(paid)
    return runs_chart(months, paid) if len(months) > 1 else None


def _next_month(found: Sequence[RunFacts], today: date) -> Month:
    settled = [run.pay_month for run in found if run.state in SETTLED_STATES]
    return max(settled) + 1 if settled else Month.from_day(today)


@require_POST
@guarded(COMPUTE_RUN)
def compute(request: Any) -> HttpResponse:
    """Compute a month and lead to its review."""
    made: list[int] = []

    def act() -> str:
        bureau = chosen_bureau(request, bureaus_for(request.actor, COMPUTE_RUN)).code
        month = Month.parse(request.POST.get("pay_month", ""))
        known_on = _known_on(request.POST.get("known_on", "").strip(), request.actor.day)
        made.append(compute_run(actor=request.actor, bureau=bureau, pay_month=month, known_on=known_on))
        return f"已核算 {month.label}，请复核后提请审批。"

    response = attempt(request, act, reverse("web:runs"))
    return redirect("web:run", run=made[0]) if made else response


def _known_on(text: str, today: date) -> date:
    try:
        return date.fromisoformat(text) if text else today
    except ValueError:
        raise DayUnreadable(text=text) from None


@require_GET
@guarded(SEE_RUNS)
def run(request: Any, run: int) -> HttpResponse:
    """The review of one run."""
    found = review(request.actor, run)
    bureau = organisation(found.run.bureau)
    largest = max((abs(item.fen) for item in found.causes), default=0)
    context = {
        "run": found.run,
        "review": found,
        "bureau_name": short_name(bureau.name),
        "state": RunRow(found.run),
        "stages": stages_of(found.run),
        "tiles": list(tiles_of(found)),
        "chart": bridge_of(found),
        "causes": [(item, share_of(abs(item.fen), largest)) for item in found.causes],
        "names": _names([item.person_id for item in found.recoveries]),
        "acts": list(acts_for(request.actor, found.run, bureau.scope)),
        "checks": list(checks_of(found)),
        "budget": budget_of_run(request.actor, run),
        "preview": budget_preview(request.actor, run),
        "has_bank": is_with_bank(found.run),
        "returned": returned_note(found.run),
    }
    return render(request, "web/payments/run.html", context)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a run in words."""

    facts: LineFacts
    name: str

    @property
    def benefit(self) -> str:
        """Which benefit."""
        return benefit_label(self.facts.benefit)

    @property
    def terms(self) -> str:
        """At which rate, and how many units of it."""
        units = f"× {self.facts.units}" if self.facts.units > 1 else ""
        return " ".join(part for part in (standard_words(self.facts.standard_key), units) if part)


@require_GET
@guarded(SEE_RUNS)
def lines(request: Any, run: int) -> HttpResponse:
    """The lines of a run of one cause, page by page: within its review, or as a page of their own."""
    cause = _cause(request.GET.get("cause", ""))
    number = max(1, whole_number(request.GET.get("page", "")) or 1)
    found = lines_of_run(
        request.actor, run, cause=cause, limit=LINES_PER_PAGE + 1, offset=(number - 1) * LINES_PER_PAGE
    )
    names = _names([line.person_id for line in found])
    context = {
        "run": run_facts(request.actor, run),
        "cause": cause,
        "label": CAUSE_LABELS[cause] if cause else "全部",
        "lines": [Line(line, names[line.person_id]) for line in found[:LINES_PER_PAGE]],
        "page": number,
        "has_next": len(found) > LINES_PER_PAGE,
    }
    template = "web/payments/lines.html" if request.htmx else "web/payments/lines_page.html"
    return render(request, template, context)


def _cause(text: str) -> Cause | None:
    return Cause(text) if text in set(Cause) else None


def _names(person_ids: Sequence[int]) -> dict[int, str]:
    return {key: item.name for key, item in briefs(person_ids).items()}


@require_POST
@guarded(PROPOSE_RUN)
def propose(request: Any, run: int) -> HttpResponse:
    """Ask others to approve a run as it stands."""

    def act() -> str:
        needed = propose_run(actor=request.actor, run_id=run, note=request.POST.get("note", "").strip())
        return f"已提请审批，需要另外 {needed} 人批准。"

    return attempt(request, act, reverse("web:run", kwargs={"run": run}))


@require_POST
@guarded(COMPUTE_RUN)
def discard(request: Any, run: int) -> HttpResponse:
    """Give up a run that nobody has approved in full."""

    def act() -> str:
        discard_run(actor=request.actor, run_id=run, reason=request.POST.get("note", "").strip())
        return "已作废，可以重新核算。"

    return attempt(request, act, reverse("web:runs"))


@require_GET
@guarded(SEE_RUNS)
def statement(request: Any, payment: int) -> HttpResponse:
    """The statement of one payment for the person who gets it, as a PDF."""
    document = statement_of(actor=request.actor, payment_id=payment)
    return download(render_document(document, "pdf"), f"待遇发放告知单-{payment}.pdf", MEDIA_TYPES["pdf"])
