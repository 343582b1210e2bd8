"""How a page reads what a form sends and answers a write: in words on the page it came from, or as a file."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import MAX_URL_REDIRECT_LENGTH

from rongji.accounts.refusals import NotAllowed, SignInNeeded
from rongji.kernel.refusal import Refusal


class BackUnfit(Refusal):
    """An address made up of a place that is far too long."""

    code = "address-too-long"
    sentence = "地址过长，没有这样的页面；请从菜单或列表进入。"
    status = 404


def attempt(request: Any, act: Callable[[], str], back: str) -> HttpResponse:
    """Carry out an act and return to a page with its success, or with the refusal, in words.

    Raises: NotAllowed, SignInNeeded, which are answered by a page of their own; BackUnfit for an address that no
    browser follows, before anything is done.
    """
    if len(back) > MAX_URL_REDIRECT_LENGTH:
        raise BackUnfit
    try:
        messages.success(request, act())
    except (NotAllowed, SignInNeeded):
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(back)


def download(content: bytes, name: str, media_type: str) -> HttpResponse:
    """A file to be saved under that name, whatever letters it is written in."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def whole_number(text: str) -> int | None:
    """A number as a form sends it; None for anything that is no plain number of at most nine digits."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
