"""Personal numbers of files, cases, records and forms from the window: masked on their pages, shown for a reason."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from rongji.accounts.policies import guarded
from rongji.casework import services as casework
from rongji.intake.numbers import reveal_number
from rongji.kernel.refusal import Refusal
from rongji.people import services as people
from rongji.people.policies import REVEAL_NUMBERS
from rongji.people.types import SecretKind
from rongji.services import services as records
from rongji.web.answers import whole_number
from rongji.web.errors import PageUnknown


@require_POST
@guarded(REVEAL_NUMBERS)
def person_number(request: Any, person: int) -> HttpResponse:
    """A number of a person's file in full, once the reason stands in the trail."""
    field = request.POST.get("field", "")
    if field not in set(SecretKind):
        raise PageUnknown
    what = SecretKind(field)
    return _shown(
        request, lambda reason: people.reveal(actor=request.actor, person_id=person, what=what, reason=reason)
    )


@require_POST
@guarded(REVEAL_NUMBERS)
def case_number(request: Any, case: int) -> HttpResponse:
    """A number of a case: its field names what and in which act (`right_phone-1`)."""
    name, _, sequence = request.POST.get("field", "").rpartition("-")
    act = whole_number(sequence) or 0
    return _shown(
        request,
        lambda reason: casework.reveal_number(
            actor=request.actor, case_id=case, name=name, sequence=act, reason=reason
        ),
    )


@require_POST
@guarded(REVEAL_NUMBERS)
def record_number(request: Any, record: int) -> HttpResponse:
    """A number of a record."""
    name = request.POST.get("field", "")
    return _shown(
        request,
        lambda reason: records.reveal_number(actor=request.actor, record_id=record, name=name, reason=reason),
    )


@require_POST
@guarded(REVEAL_NUMBERS)
def intake_number(request: Any, number: str) -> HttpResponse:
    """A number of a form that came in through the window."""
    name, actor = request.POST.get("field", ""), request.actor
    return _shown(request, lambda reason: reveal_number(actor=actor, number=number, name=name, reason=reason))


def _shown(request: Any, reveal: Callable[[str], str]) -> HttpResponse:
    """The number in the place where it stood masked, or why it is not shown."""
    context: dict[str, Any] = {"field": request.POST.get("field", "")}
    try:
        context["value"] = reveal(request.POST.get("reason", ""))
    except Refusal as refusal:
        context["refusal"] = refusal
    response = render(request, "web/numbers/revealed.html", context, status=422 if "refusal" in context else 200)
    response["X-Rongji-Partial"] = "number"
    return response
