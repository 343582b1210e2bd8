"""Lists over cases: what is overdue and where the days went, the ledger of old matters, and handing many cases over."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from rongji.accounts.policies import guarded
from rongji.accounts.selectors import OrganisationFacts
from rongji.accounts.types import ROLE_LABELS, Role
from rongji.casework.policies import HAND_OVER_CASES, SEE_CASES
from rongji.casework.selectors import OverdueLine, inbox, legacy_ledger, overdue
from rongji.casework.services import hand_over as hand_over_cases
from rongji.casework.types import CaseFilters
from rongji.kernel.refusal import Refusal
from rongji.web.answers import attempt, whole_number
from rongji.web.bureaus import bureaus_reached, chosen_bureau
from rongji.web.case_inbox import staff_choices
from rongji.web.case_page import StagePart, stage_parts
from rongji.web.dates import day_of

PER_PAGE = 40
MOST_TO_HAND_OVER = 500
_REPORTED = (("", "全部"), ("section_head", "该报股室负责人的"), ("director", "该报局长的"))


@dataclass(frozen=True, slots=True)
class LateRow:
    """An overdue case with the bar of its steps."""

    facts: OverdueLine
    parts: tuple[StagePart, ...]

    @property
    def report_to(self) -> str:
        """To whom it is to be reported."""
        return ROLE_LABELS[Role(self.facts.report_to)] if self.facts.report_to else ""


@require_GET
@guarded(SEE_CASES)
def late(request: Any) -> HttpResponse:
    """Open cases past their limit, the latest first."""
    bureaus = bureaus_reached(request.actor, SEE_CASES)
    bureau = chosen_bureau(request, bureaus)
    report_to = request.GET.get("report_to", "")
    found = overdue(
        request.actor,
        bureau=bureau.code,
        on=request.actor.day,
        report_to=report_to if report_to in dict(_REPORTED) else "",
        page=request.GET.get("page", ""),
        limit=PER_PAGE,
    )
    context = {
        "report_to": report_to,
        "reported": _REPORTED,
        "rows": [LateRow(line, tuple(stage_parts(line.stages))) for line in found.lines],
        "next": f"?bureau={bureau.code}&report_to={report_to}&page={found.next}" if found.next else "",
        "bureau": bureau,
        "bureaus": bureaus,
    }
    return render(request, "web/cases/overdue.html", context)


@require_GET
@guarded(SEE_CASES)
def legacy(request: Any) -> HttpResponse:
    """The ledger of old matters over a period, this year unless told otherwise."""
    actor = request.actor
    bureaus = bureaus_reached(actor, SEE_CASES)
    bureau = chosen_bureau(request, bureaus)
    first = day_of(request.GET.get("first", ""), date(actor.day.year, 1, 1))
    last = day_of(request.GET.get("last", ""), actor.day)
    context: dict[str, Any] = {"bureau": bureau, "bureaus": bureaus, "first": first, "last": last}
    try:
        context["ledger"] = legacy_ledger(actor, bureau=bureau.code, first=first, last=last)
    except Refusal as refusal:
        context["refusal"] = refusal
    status = context["refusal"].status if "refusal" in context else 200
    return render(request, "web/cases/legacy.html", context, status=status)


@require_http_methods(["GET", "POST"])
@guarded(HAND_OVER_CASES)
def hand_over(request: Any) -> HttpResponse:
    """The open cases of one handler, ticked and given to another."""
    bureaus = bureaus_reached(request.actor, HAND_OVER_CASES)
    bureau = chosen_bureau(request, bureaus)
    staff = staff_choices(bureau)
    if request.method == "POST":
        return _carry_out(request, bureau)
    handler = request.GET.get("handler", "")
    lines = ()
    if handler in {item.value for item in staff}:
        filters = CaseFilters(handler=handler)
        lines = inbox(
            request.actor, bureau=bureau.code, on=request.actor.day, filters=filters, limit=MOST_TO_HAND_OVER
        ).lines
    context = {"bureau": bureau, "bureaus": bureaus, "staff": staff, "handler": handler, "lines": lines}
    return render(request, "web/cases/hand_over.html", context)


def _carry_out(request: Any, bureau: OrganisationFacts) -> HttpResponse:
    chosen = [number for text in request.POST.getlist("case") if (number := whole_number(text)) is not None]
    back = f"{reverse('web:hand_over_cases')}?bureau={bureau.code}&handler={request.POST.get('handler', '')}"

    def act() -> str:
        count = hand_over_cases(
            actor=request.actor,
            case_ids=chosen,
            to_username=request.POST.get("to", "").strip(),
            reason=request.POST.get("reason", "").strip(),
        )
        return f"已交接 {count} 件。" if count else "所选办件已在接收人名下，没有变动。"

    return attempt(request, act, back)
