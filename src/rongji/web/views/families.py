"""A household on one page: who belongs to it, in which place, since when."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rongji.accounts.policies import guarded
from rongji.people.policies import SEE_PEOPLE
from rongji.people.selectors.families import family_file
from rongji.web.dates import reading_of
from rongji.web.family_page import family_page


@require_GET
@guarded(SEE_PEOPLE)
def family(request: Any, family: int) -> HttpResponse:
    """The family on a day, by what was known on another."""
    reading = reading_of(request)
    known = family_file(request.actor, family, known_on=reading.known_on)
    page = family_page(known, on=reading.on, known_on=reading.known_on)
    return render(request, "web/people/family.html", {"family": page, "reading": reading})
