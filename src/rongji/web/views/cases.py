"""Cases: the inbox, one case with what may be done with it, its letters and papers."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rongji.accounts.policies import guarded
from rongji.casework.letter_document import letter_document, letter_file_name
from rongji.casework.policies import HAND_OVER_CASES, HANDLE_CASES, OPEN_CASES, SEE_CASES
from rongji.casework.selectors import case_page, inbox, letter_facts, paper_file
from rongji.documents.writers import MEDIA_TYPES
from rongji.documents.writers import render as render_document
from rongji.people.selectors import person_brief
from rongji.web.answers import download
from rongji.web.bureaus import bureaus_reached, chosen_bureau
from rongji.web.case_inbox import ALL, MINE, asked_of, filter_choices, light_tiles
from rongji.web.case_page import page_context
from rongji.web.errors import PageUnknown

PER_PAGE = 40
LETTER_ENDINGS = ("docx", "pdf")


@require_GET
@guarded(SEE_CASES)
def cases(request: Any) -> HttpResponse:
    """The inbox: mine or all in sight, by due day."""
    actor = request.actor
    bureaus = bureaus_reached(actor, SEE_CASES)
    bureau = chosen_bureau(request, bureaus)
    asked = asked_of(actor, request.GET, bureau)
    found = inbox(actor, bureau=bureau.code, on=actor.day, filters=asked.filters, page=asked.page, limit=PER_PAGE)
    context = {
        "asked": asked,
        "lines": found.lines,
        "next": asked.query(page=found.next) if found.next else "",
        "may_handle": HANDLE_CASES.permits_role(actor),
        "bureau": bureau,
        "bureaus": bureaus,
    }
    if request.htmx and asked.page:
        return render(request, "web/cases/rows.html", context)
    filters = asked.filters
    context |= {
        "here": asked.query(),
        "tiles": light_tiles(actor, asked),
        "choices": filter_choices(actor, bureau, asked),
        "whose": ((MINE, "我的办件", asked.query(whose=MINE, handler="")), (ALL, "本单位全部", asked.query(whose=ALL))),
        "about": person_brief(actor, filters.person_id) if filters.person_id else None,
        "may_open": OPEN_CASES.permits_role(actor),
        "may_hand_over": HAND_OVER_CASES.permits_role(actor),
    }
    return render(request, "web/cases/inbox.html", context)


@require_GET
@guarded(SEE_CASES)
def case(request: Any, case: int) -> HttpResponse:
    """One case: what is due and why, what was done, and what may be done now."""
    page = case_page(request.actor, case, on=request.actor.day)
    return render(request, "web/cases/case.html", page_context(request.actor, page))


@require_GET
@guarded(SEE_CASES)
def letter(request: Any, letter: int, ending: str) -> HttpResponse:
    """A letter as it was issued, as a file."""
    if ending not in LETTER_ENDINGS:
        raise PageUnknown
    found = letter_facts(request.actor, letter)
    document = letter_document(
        unit=found.unit,
        title=found.title,
        number=found.number,
        issued_on=found.issued_on,
        paragraphs=found.paragraphs,
    )
    name = letter_file_name(title=found.title, number=found.number, ending=ending)
    return download(render_document(document, ending), name, MEDIA_TYPES[ending])


@require_GET
@guarded(SEE_CASES)
def paper(request: Any, paper: int) -> HttpResponse:
    """The scan of a paper, its digest checked again."""
    name, content = paper_file(request.actor, paper)
    return download(content, name, "application/octet-stream")
