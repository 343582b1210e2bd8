"""What is answered when no page could: a refusal as a page, and a page that needs no database."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from rongji.kernel.refusal import Refusal
from rongji.public.refusals import FormWithoutToken, NothingHere, RequestNotUnderstood, WindowInTrouble

_WAIT_SECONDS = {429: "3600", 503: "600"}


def say(request: Any, refusal: Refusal) -> HttpResponse:
    """A refusal as its page."""
    response = render(request, "public/refusal.html", {"refusal": refusal}, status=refusal.status)
    if refusal.status in _WAIT_SECONDS:
        response["Retry-After"] = _WAIT_SECONDS[refusal.status]
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such address."""
    return say(request, NothingHere())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that Django would not read."""
    return say(request, RequestNotUnderstood())


def form_outdated(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is missing or wrong."""
    return say(request, FormWithoutToken())


def server_error(request: HttpRequest) -> HttpResponse:
    """A bug of ours."""
    return HttpResponse(render_to_string("public/refusal.html", {"refusal": WindowInTrouble()}), status=500)
