"""What every answer of the pages gets on its way out: words where there are none, and no copy left in the browser."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from rongji.web.errors import OnlyForForms, say

GetResponse = Callable[[Any], HttpResponse]


class BareAnswersMiddleware:
    """Gives words to an answer that Django leaves empty: a method that the address does not take."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """One request."""
        response = self.get_response(request)
        if response.status_code != OnlyForForms.status or response.content:
            return response
        answer = say(request, OnlyForForms())
        answer["Allow"] = response["Allow"]
        return answer


class PrivatePagesMiddleware:
    """Pages of somebody who is signed in are not kept by the browser: after signing out, Back shows nothing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """One request."""
        response = self.get_response(request)
        if getattr(request, "actor", None) is not None and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response
