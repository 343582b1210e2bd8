"""What the fields of forms look up while somebody types: persons by name or number, records by their title."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from rongji.accounts.policies import guarded
from rongji.kernel.refusal import Refusal
from rongji.people.policies import SEE_PEOPLE
from rongji.services.policies import SEE_RECORDS
from rongji.services.selectors import list_records
from rongji.services.types import RecordFilters
from rongji.web.forms.person_picking import OFFERED, offered_persons, picked
from rongji.web.record_desk import bureaus_around


@require_POST
@guarded(SEE_PEOPLE)
def person(request: Any) -> HttpResponse:
    """Those whom the words in a field may mean; the words come by POST, so that no number stands in an address."""
    words = request.POST.get(request.POST.get("field", ""), "").strip()
    context: dict[str, Any] = {"words": words, "persons": []}
    if words:
        try:
            found = offered_persons(request.actor, words)
            context["persons"] = [(item, picked(item)) for item in found]
        except Refusal as refusal:
            context["refusal"] = refusal
    return render(request, "web/forms/persons.html", context)


@require_POST
@guarded(SEE_RECORDS)
def record(request: Any, register: str) -> HttpResponse:
    """Those records of a register whose title holds the words in a field; without words, the newest."""
    words = request.POST.get(request.POST.get("field", ""), "").strip()
    wanted = RecordFilters(text="" if words.startswith("#") else words)
    found = [
        row
        for bureau in bureaus_around(request.actor, SEE_RECORDS)
        for row in list_records(
            request.actor, bureau=bureau.code, register=register, filters=wanted, limit=OFFERED, with_totals=False
        ).rows
    ]
    return render(request, "web/forms/records.html", {"words": words, "rows": found[:OFFERED]})
