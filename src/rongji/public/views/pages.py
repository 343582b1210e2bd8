"""What everybody may read: matters and their guides, jobs and fairs, reports with their figures."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from rongji.kernel import clock
from rongji.public.looking import publication, published, published_file, window
from rongji.public.models import Publication, PublicationKind
from rongji.public.refusals import NothingHere

Kind = PublicationKind
_MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def home(request: Any) -> HttpResponse:
    """What one can do here."""
    today = clock.today()
    counts = {kind.value: published(kind, on=today).count() for kind in (Kind.GUIDE, Kind.OFFER, Kind.REPORT)}
    fairs = published(Kind.FAIR, on=today)[:3]
    online = [item for item in published(Kind.GUIDE, on=today) if item.content["is_online"]]
    return _page(request, "home", counts=counts, fairs=fairs, online=online[:4])


@require_safe
def guides(request: Any) -> HttpResponse:
    """Every matter, by heading."""
    return _page(request, "guides", groups=_grouped(published(Kind.GUIDE, on=clock.today())))


@require_safe
def guide(request: Any, kind: str) -> HttpResponse:
    """Who, what to bring, how long, by which act."""
    return _page(request, "guide", guide=publication(Kind.GUIDE, kind, on=clock.today()))


@require_safe
def offers(request: Any) -> HttpResponse:
    """Jobs, those kept for veterans first, and the fairs."""
    today = clock.today()
    found = published(Kind.OFFER, on=today)
    words = request.GET.get("words", "").strip()[:40]
    found = found.filter(title__icontains=words) if words else found
    return _page(request, "offers", groups=_grouped(found), fairs=published(Kind.FAIR, on=today), words=words)


@require_safe
def offer(request: Any, key: str) -> HttpResponse:
    """One job."""
    return _page(request, "entry", entry=publication(Kind.OFFER, key, on=clock.today()), back="offers")


@require_safe
def fair(request: Any, key: str) -> HttpResponse:
    """One fair."""
    return _page(request, "entry", entry=publication(Kind.FAIR, key, on=clock.today()), back="offers")


@require_safe
def reports(request: Any) -> HttpResponse:
    """The published reports, newest year first."""
    return _page(request, "reports", reports=published(Kind.REPORT, on=clock.today()))


@require_safe
def report(request: Any, key: str) -> HttpResponse:
    """One report: its figures, its text as it was approved, its files."""
    found = publication(Kind.REPORT, key, on=clock.today())
    # Written by our own report writer, which escapes every text; the window's policy lets no script run anyway.
    text = mark_safe(found.content["html"])
    return _page(request, "report", report=found, text=text, files=found.files.values_list("name", flat=True))


@require_safe
def report_file(request: Any, key: str, name: str) -> HttpResponse:
    """A file of a report, to keep."""
    media = _MEDIA.get(name.rpartition(".")[2])
    if media is None:
        raise NothingHere
    response = HttpResponse(published_file(key, name, on=clock.today()), content_type=media)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


@require_safe
def privacy(request: Any) -> HttpResponse:
    """What becomes of what people write, and how the pages may be used."""
    return _page(request, "privacy")


def _page(request: Any, name: str, **context: Any) -> HttpResponse:
    return render(request, f"public/{name}.html", {"window": window(), **context})


def _grouped(found: Iterable[Publication]) -> list[tuple[str, list[Publication]]]:
    return [(group, list(items)) for group, items in groupby(found, key=lambda item: item.group)]
