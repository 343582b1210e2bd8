"""What every answer of the window passes through: size of what comes in, troubles in words, what may be kept."""

from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.db import Error
from django.http import HttpResponse

from rongji.kernel.refusal import Refusal
from rongji.public.errors import say
from rongji.public.refusals import BodyTooLarge, RequestNotUnderstood, WindowInTrouble

NUL = "\x00"
GetResponse = Callable[[Any], HttpResponse]
log = structlog.get_logger("rongji.public")


class SizeMiddleware:
    """Refuses a body that is larger than any form, before a byte of it is read."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """One request."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > settings.MOST_BYTES:
            return say(request, BodyTooLarge(most=settings.RONGJI_PUBLIC.form_megabytes))
        return self.get_response(request)


class TroubleMiddleware:
    """Turns refusals and a database that is away into pages; nobody outside sees how the window is made."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """One request."""
        # one database cuts at NUL, the other breaks off: it is no address of ours
        words = (word for name, values in request.GET.lists() for word in (name, *values))
        if any(NUL in text for text in (request.path, *words)):
            return say(request, RequestNotUnderstood())
        return self.get_response(request)

    def process_exception(self, request: Any, exception: Exception) -> HttpResponse | None:
        """A page with the sentence of the refusal; anything else is a bug, which Django logs."""
        if isinstance(exception, Refusal):
            return say(request, exception)
        if isinstance(exception, Error):
            log.error("database", reason=str(exception))
            return say(request, WindowInTrouble())
        return None


class CacheMiddleware:
    """What is published may be kept for a minute; forms, receipts and states are kept by nobody."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """One request."""
        response = self.get_response(request)
        if "Cache-Control" not in response:
            is_plain = request.method == "GET" and response.status_code == 200 and "Set-Cookie" not in response
            response["Cache-Control"] = "public, max-age=60" if is_plain and not response.cookies else "no-store"
        return response
