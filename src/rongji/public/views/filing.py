"""Sending a form and taking the receipt; looking up its state."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from rongji.kernel import clock
from rongji.kernel.refusal import Refusal
from rongji.law.asked import Asked
from rongji.public import tokens
from rongji.public.declared import AskedPaper, DeclaredForm, form_of
from rongji.public.limits import Counted, address_of, count, refuse_flood
from rongji.public.looking import publication, state_of, window
from rongji.public.models import Publication, PublicationKind
from rongji.public.reading import ATTACHED, CONSENT, Complaint, read_form, typed_text
from rongji.public.receiving import Receipt, keep_form, refuse_full_queue
from rongji.public.refusals import FormFromMachine, NothingHere, StateIncomplete, StateUnknown

TRAP = "homepage"  # a field that no person sees


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field, or a place for files, as the page shows it."""

    asked: Asked | AskedPaper
    name: str
    value: str
    complaint: str


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: Any, kind: str) -> HttpResponse:
    """The form of one matter; sent, it is answered with the receipt."""
    guide = publication(PublicationKind.GUIDE, kind, on=clock.today())
    if not guide.content["is_online"]:
        raise NothingHere
    form = form_of(guide.content)
    if request.method != "POST":
        refuse_full_queue()
        return _show_form(request, guide, form, {}, [], 200)
    try:
        receipt, complaints = _send(request, form)
    except Refusal as refusal:
        return _show_form(request, guide, form, request.POST, [Complaint("", str(refusal))], refusal.status)
    if receipt is None:
        return _show_form(request, guide, form, request.POST, complaints, 422)
    context = {"window": window(), "receipt": receipt, "guide": guide}
    response = render(request, "public/receipt.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _send(request: Any, form: DeclaredForm) -> tuple[Receipt | None, list[Complaint]]:
    options, at, address = settings.RONGJI_PUBLIC, clock.now(), address_of(request)
    refuse_flood(Counted.FORM, address, options.forms_per_hour, at=at)
    count(Counted.FORM, address, at=at)
    if request.POST.get(TRAP):
        raise FormFromMachine
    read, complaints = read_form(form, request.POST, request.FILES)
    if read is None:
        return None, complaints
    token = request.POST.get("token", "")[:200]
    tokens.refuse_unfit(token, least_seconds=options.least_seconds)
    return keep_form(read, token=token, at=at), []


def _show_form(
    request: Any, guide: Publication, form: DeclaredForm, typed: Any, complaints: list[Complaint], status: int
) -> HttpResponse:
    said: dict[str, str] = {}
    for item in complaints:
        said[item.field] = said.get(item.field, "") + item.sentence
    options = settings.RONGJI_PUBLIC
    context = {
        "window": window(),
        "guide": guide,
        "standing": [_shown(item, typed, said) for item in form.standing],
        "fields": [_shown(item, typed, said) for item in form.fields],
        "papers": [ShownField(item, item.name, "", said.get(item.name, "")) for item in form.papers],
        "accepts": ",".join(ATTACHED),
        "options": options,
        "complaints": complaints,
        "is_to_mend": any(item.field for item in complaints),
        "had_files": bool(request.FILES),
        "consent": ShownField(form.standing[0], CONSENT, typed.get(CONSENT, ""), said.get(CONSENT, "")),
        "token": tokens.new_token(seen=bool(complaints)),
        "trap": TRAP,
    }
    response = render(request, "public/apply.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _shown(asked: Asked, typed: Any, said: dict[str, str]) -> ShownField:
    return ShownField(asked, asked.id, typed_text(asked, typed), said.get(asked.id, ""))


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def state(request: Any) -> HttpResponse:
    """How far a form has come, for whoever has its number and query code."""
    found, refusal, number = None, None, request.POST.get("number", "")[:40]
    if request.method == "POST":
        try:
            found = state_of(number, request.POST.get("code", "")[:40], address=address_of(request), at=clock.now())
        except (StateIncomplete, StateUnknown) as unknown:
            refusal = unknown
    context = {"window": window(), "found": found, "refusal": refusal, "number": number}
    response = render(request, "public/state.html", context, status=refusal.status if refusal else 200)
    response["Cache-Control"] = "no-store"
    return response
