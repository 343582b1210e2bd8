"""What is answered when no page could: an address that is none, a form that is too old, a trouble of our own."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from rongji.kernel.refusal import Refusal


class PageUnknown(Refusal):
    """An address behind which there is nothing."""

    code = "page-unknown"
    sentence = "没有这个页面：地址可能写错了，也可能已经移走。请从菜单或首页进入。"
    status = 404


class FormOutdated(Refusal):
    """A form without the token of this sign-in: left open for too long, or sent from elsewhere."""

    code = "form-outdated"
    sentence = "这一页打开得太久，或者不是从本系统提交的，为安全起见没有办理。请回到上一页，刷新后重做一次。"
    status = 403


class RequestUnreadable(Refusal):
    """A request that cannot be read or is too large."""

    code = "request-unreadable"
    sentence = "浏览器发来的内容无法识别或者太大，没有办理。请回到上一页，刷新后重做一次。"
    status = 400


class OnlyForForms(Refusal):
    """An address that takes forms, opened like a page."""

    code = "only-for-forms"
    sentence = "这个地址只用来提交表单，不能直接打开。请从菜单进入相应的页面再办理。"
    status = 405


def say(request: Any, refusal: Refusal) -> HttpResponse:
    """A refusal as its page, as JSON to a program."""
    if request.path.startswith("/api/"):
        return JsonResponse(refusal.as_json(), status=refusal.status, json_dumps_params={"ensure_ascii": False})
    return render(request, "refusal.html", {"refusal": refusal}, status=refusal.status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such address."""
    return say(request, PageUnknown())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that Django would not read."""
    return say(request, RequestUnreadable())


def form_outdated(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is missing or wrong."""
    return say(request, FormOutdated())


def server_error(request: HttpRequest) -> HttpResponse:
    """A bug of ours: a page that needs nothing of what may be broken."""
    return HttpResponse(render_to_string("500.html"), status=500)
