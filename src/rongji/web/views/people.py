"""People: one box that finds them, one page that is their file, numbers shown in full for a reason."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rongji.accounts.policies import guarded
from rongji.kernel.month import Month
from rongji.kernel.refusal import Refusal
from rongji.people.policies import REGISTER_PEOPLE, SEE_PEOPLE
from rongji.people.selectors import identities_known, person_file
from rongji.people.selectors.archive import scan_of
from rongji.people.selectors.search import search_page
from rongji.people.types import SEX_LABELS, PersonBrief
from rongji.web.answers import download
from rongji.web.dates import reading_of
from rongji.web.people_overview import overview
from rongji.web.people_words import category_label
from rongji.web.person_desk import file_context

SHOWN = 30


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person as the list of what was found shows them."""

    brief: PersonBrief
    identities: tuple[str, ...]

    @property
    def sex_label(self) -> str:
        """男 or 女."""
        return SEX_LABELS[self.brief.sex]


@require_http_methods(["GET", "POST"])
@guarded(SEE_PEOPLE)
def people(request: Any) -> HttpResponse:
    """The box; the words come by POST, so that no ID number is kept in an address or a log."""
    context = {"may_import": REGISTER_PEOPLE.permits_role(request.actor), **_found(request)}
    if not context["words"]:
        context["tiles"] = list(overview(request.actor))
    return render(request, "web/people/search.html", context, status=422 if context.get("refusal") else 200)


@require_POST
@guarded(SEE_PEOPLE)
def found(request: Any) -> HttpResponse:
    """What the words in the box find, as they are typed."""
    return render(request, "web/people/found.html", _found(request))


@require_POST
@guarded(SEE_PEOPLE)
def more(request: Any) -> HttpResponse:
    """The next of those found, below the ones already listed."""
    return render(request, "web/people/found_rows.html", _found(request))


def _found(request: Any) -> dict[str, Any]:
    words = request.POST.get("words", "").strip()
    if not words:
        return {"words": ""}
    try:
        page = search_page(request.actor, words, limit=SHOWN, after=request.POST.get("after", ""))
    except Refusal as refusal:
        return {"words": words, "refusal": refusal}
    return {"words": words, "persons": _with_identities(request, page.people), "after": page.after}


def _with_identities(request: Any, rows: tuple[PersonBrief, ...]) -> list[FoundPerson]:
    month = Month.from_day(request.actor.day)
    known = identities_known([row.id for row in rows], known_on=request.actor.day)
    held = {key: [item for item in items if item.holds_in(month)] for key, items in known.items()}
    return [FoundPerson(row, tuple(category_label(item.category) for item in held.get(row.id, ()))) for row in rows]


@require_GET
@guarded(SEE_PEOPLE)
def person(request: Any, person: int) -> HttpResponse:
    """One person as one file, read by two dates."""
    reading = reading_of(request)
    file = person_file(request.actor, person, on=reading.on, known_on=reading.known_on)
    return render(request, "web/people/file.html", {"page": file_context(request.actor, file, reading)})


@require_GET
@guarded(SEE_PEOPLE)
def scan(request: Any, person: int, item: int) -> HttpResponse:
    """The scan of one item of the file, its digest checked again."""
    name, content = scan_of(request.actor, item)
    return download(content, name, "application/octet-stream")
