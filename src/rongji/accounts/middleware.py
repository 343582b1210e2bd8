"""At the door of every web request: session limits, the actor, duties that come first, refusals as answers."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from rongji.accounts import sessions
from rongji.accounts.refusals import ControlCharacters, DutyFirst, SignInNeeded
from rongji.accounts.selectors import actor_for
from rongji.accounts.sign_in import owes_new_password, owes_second_factor, web_origin
from rongji.kernel import clock
from rongji.kernel.refusal import Refusal

NUL = "\x00"
GetResponse = Callable[[HttpRequest], HttpResponse]


class SessionLimitsMiddleware:
    """Ends a session that was idle or lasted for too long, before anything else looks at it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """One request."""
        request.received_at = now = clock.now()
        if request.user.is_authenticated:
            options = settings.RONGJI
            idle = timedelta(minutes=options.session_idle_minutes)
            absolute = timedelta(hours=options.session_absolute_hours)
            if sessions.has_expired(request.session, now, idle=idle, absolute=absolute):
                logout(request)
                messages.info(request, "登录已超时，请重新登录。")
            else:
                sessions.touch(request.session, now)
        return self.get_response(request)


class ActorMiddleware:
    """Puts `request.actor` there, sends people to the duties that come first, answers refusals."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """One request."""
        request.actor = None
        if _has_control_characters(request):
            return _answer(request, ControlCharacters())
        if request.user.is_authenticated:
            request.actor = actor_for(user=request.user, origin=web_origin(request), at=request.received_at)
            duty = _first_duty(request)
            if duty:
                return _json_answer(DutyFirst()) if _wants_json(request) else redirect(duty)
        with structlog.contextvars.bound_contextvars(user=getattr(request.user, "username", "")):
            return self.get_response(request)

    def process_exception(self, request: Any, error: Exception) -> HttpResponse | None:
        """A refusal becomes its answer; anything else is a bug and keeps its traceback."""
        if not isinstance(error, Refusal):
            return None
        if isinstance(error, SignInNeeded) and not _wants_json(request):
            return redirect_to_login(_way_back(request))
        return _answer(request, error)


def _has_control_characters(request: Any) -> bool:
    """Whether NUL stands anywhere in the address or the form: one database cuts there, the other breaks off."""
    sent = (text for form in (request.GET, request.POST) for values in form.lists() for text in (values[0], *values[1]))
    return NUL in request.path or any(NUL in text for text in sent)


def _answer(request: Any, refusal: Refusal) -> HttpResponse:
    if _wants_json(request):
        return _json_answer(refusal)
    return render(request, "refusal.html", {"refusal": refusal}, status=refusal.status)


def _way_back(request: Any) -> str:
    """Where to go after signing in: the page itself, or the page that a form was sent from."""
    if request.method in ("GET", "HEAD"):
        return str(request.get_full_path())
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host():
        return "/"
    return came_from._replace(scheme="", netloc="").geturl() or "/"


def _json_answer(refusal: Refusal) -> JsonResponse:
    return JsonResponse(refusal.as_json(), status=refusal.status, json_dumps_params={"ensure_ascii": False})


def _first_duty(request: Any) -> str | None:
    """Where a user must go before anything else: change the password, set up the second factor."""
    if request.path.startswith(("/accounts/", settings.STATIC_URL)):
        return None
    if owes_new_password(request.user, request.received_at):
        return reverse("account_change_password")
    return reverse("mfa_activate_totp") if owes_second_factor(request.user) else None


def _wants_json(request: Any) -> bool:
    return request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", "")
