"""Why this amount: the account of one person and month, readable from the facts down to the difference."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rongji.accounts.policies import guarded
from rongji.kernel.month import Month, NotAMonth
from rongji.payments.explaining import explain
from rongji.payments.policies import SEE_RUNS
from rongji.payments.refusals import NoAccountOfAmount
from rongji.people.selectors import person_brief
from rongji.web.dates import reading_of
from rongji.web.errors import PageUnknown


@require_GET
@guarded(SEE_RUNS)
def why(request: Any, person: int, month: str) -> HttpResponse:
    """What is owed for a month as known on a day, by which rule, what was settled, what is left."""
    try:
        wanted = Month.parse(month)
    except NotAMonth:
        raise PageUnknown from None
    reading = reading_of(request)
    context: dict[str, Any] = {"month": wanted, "before": wanted - 1, "after": wanted + 1, "reading": reading}
    try:
        found = explain(actor=request.actor, person_id=person, month=wanted, known_on=reading.known_on)
        context |= {"account": found, "person": found.person}
    except NoAccountOfAmount as nothing:
        context |= {"nothing": nothing, "person": person_brief(request.actor, person)}
    return render(request, "web/payments/why.html", context)
