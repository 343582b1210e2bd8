"""A choosing session in pages: the big screen of the hall, and the recorder's page that is worked by keyboard."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from rongji.accounts.policies import guarded
from rongji.kernel.refusal import Refusal
from rongji.placement import services
from rongji.placement.board import board, session_step
from rongji.placement.policies import RECORD_CHOICES, SEE_PLACEMENT
from rongji.placement.refusals import NotTheirTurn, PostTaken, PostUnknown, PostWithdrawn
from rongji.placement.types import PostFacts, SessionBoard, Skip
from rongji.web.forms.form import Subject, doors
from rongji.web.forms.placement_session import SESSION_FORMS, SessionAbout, last_standing

LATEST, RECORDED = 3, 100
"""Lines of the record: on the big screen, on the recorder's page."""
MOST_POSTS = 60
"""Posts that fit on the big screen; the recorder has the list of all."""
_NOT_MODIFIED = 204


@require_GET
@guarded(SEE_PLACEMENT)
def screen(request: Any, session: int) -> HttpResponse:
    """The big screen: who chooses now, who follows, the posts left, the last choices. Polls for itself."""
    return render(request, "web/placement/screen.html", _screen(board(request.actor, session, latest=LATEST)))


@require_GET
@guarded(SEE_PLACEMENT)
def screen_body(request: Any, session: int, step: int) -> HttpResponse:
    """What the big screen shows, when it has changed since a step; nothing otherwise."""
    if session_step(request.actor, session) == step:
        return HttpResponse(status=_NOT_MODIFIED)
    return render(request, "web/placement/screen_body.html", _screen(board(request.actor, session, latest=LATEST)))


@require_GET
@guarded(RECORD_CHOICES)
def choosing(request: Any, session: int) -> HttpResponse:
    """The recorder's page: pick a post number, Enter, confirm."""
    return render(request, "web/placement/choosing.html", _desk(request, session))


@require_GET
@guarded(RECORD_CHOICES)
def choosing_body(request: Any, session: int, step: int) -> HttpResponse:
    """The recorder's page again, when another screen has recorded something since a step."""
    if session_step(request.actor, session) == step:
        return HttpResponse(status=_NOT_MODIFIED)
    return render(request, "web/placement/choosing_body.html", _desk(request, session))


@require_POST
@guarded(RECORD_CHOICES)
def ask(request: Any, session: int) -> HttpResponse:
    """The post of a number, to be confirmed before it is recorded; who is called is asked again."""
    now = board(request.actor, session, latest=LATEST)
    turn = _whole(request.POST.get("turn", ""))
    try:
        post = _post(now, _whole(request.POST.get("post", "")))
        if now.current is None or now.current.id != turn:
            raise NotTheirTurn(
                current=f"第 {now.current.position} 名" if now.current else "没有人", asked="刚才页面上的人"
            )
    except Refusal as refusal:
        return _again(request, session, refusal)
    if not request.htmx:
        return render(request, "web/placement/choosing.html", _desk(request, session) | {"post": post})
    return _partial(render(request, "web/placement/choosing_ask.html", {"board": now, "post": post}))


@require_POST
@guarded(RECORD_CHOICES)
def choose(request: Any, session: int) -> HttpResponse:
    """Record the choice; a post or a turn that is gone is refused with the page as it now is."""
    try:
        services.choose_post(
            actor=request.actor, session_id=session, turn_id=_whole(request.POST.get("turn", "")),
            post_number=_whole(request.POST.get("post", "")), proxy=request.POST.get("proxy", ""),
            authority=request.POST.get("authority", ""),
        )  # fmt: skip
    except Refusal as refusal:
        return _again(request, session, refusal)
    return _recorded(request, session)


@require_POST
@guarded(RECORD_CHOICES)
def skip(request: Any, session: int) -> HttpResponse:
    """Record that the turn goes by: passed or absent."""
    try:
        services.skip_turn(
            actor=request.actor, session_id=session, turn_id=_whole(request.POST.get("turn", "")),
            skip=Skip.ABSENT if request.POST.get("skip") == Skip.ABSENT else Skip.PASSED,
        )  # fmt: skip
    except Refusal as refusal:
        return _again(request, session, refusal)
    return _recorded(request, session)


def _screen(now: SessionBoard) -> dict[str, Any]:
    """The board for the hall: posts with places left before those that are gone."""
    left = [post for post in now.posts if post.left]
    return {
        "board": now,
        "left": left[:MOST_POSTS],
        "more": max(len(left) - MOST_POSTS, 0),
        "count": len(left),
        "gone": len(now.posts) - len(left),
        "latest": now.log[:LATEST],
        "columns": _columns(len(left)),
    }


def _columns(count: int) -> int:
    """In how many columns the posts stand, so that they fit on one screen."""
    return 1 if count <= 8 else 2 if count <= 20 else 3


def _desk(request: Any, session: int) -> dict[str, Any]:
    now = board(request.actor, session, latest=RECORDED)
    last = last_standing(now)
    about = SessionAbout(now, last.sequence if last else None, "")
    offered = doors(request.actor, SESSION_FORMS, Subject("", now.cohort.scope, "", about), session=session)
    return {"board": now, "doors": offered.get("", []), "posts": now.posts, "log": now.log}


def _again(request: Any, session: int, refusal: Refusal) -> HttpResponse:
    """The page as it now is, with the sentence of the refusal."""
    context = _desk(request, session) | {"refusal": refusal}
    if not request.htmx:
        return render(request, "web/placement/choosing.html", context, status=refusal.status)
    response = _partial(render(request, "web/placement/choosing_body.html", context, status=refusal.status))
    response["HX-Retarget"], response["HX-Reswap"] = "#choosing", "innerHTML"
    return response


def _recorded(request: Any, session: int) -> HttpResponse:
    """The page after an act; where no script runs, the whole of it."""
    if not request.htmx:
        return redirect("web:choosing", session=session)
    return _partial(render(request, "web/placement/choosing_body.html", _desk(request, session)))


def _partial(response: HttpResponse) -> HttpResponse:
    response["X-Rongji-Partial"] = "choosing"
    return response


def _post(now: SessionBoard, number: int) -> PostFacts:
    """The post of that number, with a place left. Raises: PostUnknown, PostTaken."""
    post = next((item for item in now.posts if item.number == number), None)
    if post is None:
        raise PostUnknown(number=number or "？")
    if not post.left:
        gone = PostWithdrawn if post.taken < post.places else PostTaken
        raise gone(number=number, post=f"{post.unit} {post.title}")
    return post


def _whole(text: str) -> int:
    """A whole number as typed; 0 for anything else, which no post and no turn has."""
    return int(text) if text.strip().isdecimal() and len(text) < 10 else 0
