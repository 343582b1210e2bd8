"""Overpayments of a bureau: what is to come back, what has come, by which plan, and what may be done about each."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rongji.accounts.policies import guarded
from rongji.accounts.selectors import OrganisationFacts
from rongji.accounts.types import Actor
from rongji.kernel.fen import yuan
from rongji.payments.policies import SEE_RUNS
from rongji.payments.selectors import RecoveryFacts, has_payroll, recoveries
from rongji.payments.types import RECOVERY_ENTRY_LABELS, RECOVERY_STATE_LABELS, RecoveryState
from rongji.people.policies import SEE_PEOPLE
from rongji.people.selectors import briefs
from rongji.web.bureaus import bureaus_for, chosen_bureau
from rongji.web.forms.form import Door, Subject, doors
from rongji.web.forms.recoveries import RECOVERY_FORMS

PER_PAGE = 50
_TONES = {RecoveryState.OPEN: "defect", RecoveryState.SETTLED: "holds"}


@dataclass(frozen=True, slots=True)
class RecoveryRow:
    """One overpayment as the list shows it."""

    facts: RecoveryFacts
    name: str
    doors: tuple[Door, ...]

    @property
    def state(self) -> str:
        """Where it stands."""
        return RECOVERY_STATE_LABELS[self.facts.state]

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return _TONES.get(self.facts.state, "question")

    @property
    def plan(self) -> str:
        """How much a month, and how many months more at that rate."""
        if not self.facts.left_fen:
            return ""
        if not self.facts.monthly_fen:
            return "暂不抵扣"
        months = -(-self.facts.left_fen // self.facts.monthly_fen)
        return f"每月至多 {yuan(self.facts.monthly_fen)} 元，约 {months} 个月"

    @property
    def entries(self) -> list[str]:
        """What has come back so far, each in words."""
        return [
            f"{on:%Y-%m-%d} {RECOVERY_ENTRY_LABELS[kind]} {yuan(fen)} 元{'，' if evidence else ''}{evidence}"
            for kind, fen, on, evidence in self.facts.entries
        ]


@require_GET
@guarded(SEE_RUNS)
def list_recoveries(request: Any) -> HttpResponse:
    """Those of one bureau that are open, or all of them."""
    bureaus = [item for item in bureaus_for(request.actor, SEE_RUNS) if has_payroll(item.code)]
    context: dict[str, Any] = {"bureaus": bureaus}
    if bureaus:
        bureau = chosen_bureau(request, bureaus)
        everything = bool(request.GET.get("all"))
        found = recoveries(request.actor, bureau.code, only_open=not everything)
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        context |= {
            "bureau": bureau.code,
            "page": page,
            "rows": _rows(request.actor, bureau, page.object_list),
            "left_fen": sum(item.left_fen for item in found),
            "count": len(found),
            "everything": everything,
            "sees_people": SEE_PEOPLE.permits(request.actor, bureau.scope),
        }
    return render(request, "web/payments/recoveries.html", context)


def _rows(actor: Actor, bureau: OrganisationFacts, found: Any) -> list[RecoveryRow]:
    names = briefs([item.person_id for item in found])
    rows = []
    for item in found:
        offered = doors(actor, RECOVERY_FORMS, Subject("", bureau.scope, "", item), recovery=item.id)
        rows.append(RecoveryRow(item, names[item.person_id].name, tuple(offered.get("", ()))))
    return rows
