"""What the fields of forms look up while somebody types: persons by name, end of an ID number or file number."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from rongji.accounts.policies import guarded
from rongji.kernel.refusal import Refusal
from rongji.people.policies import SEE_PEOPLE
from rongji.web.forms.person_picking import offered_persons, picked


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
