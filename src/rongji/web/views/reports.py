"""The report as it will be printed, every number clickable, and its files."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from rongji.accounts.policies import guarded, public
from rongji.documents.model import FigureRef, Run, Status
from rongji.documents.writers import FORMATS, MEDIA_TYPES
from rongji.documents.writers import render as render_document
from rongji.documents.writers.html import STYLESHEET, html_fragment
from rongji.reports.policies import SEE_REPORTS
from rongji.reports.selectors import fitting_forms
from rongji.web.answers import download as download_file
from rongji.web.desk import open_desk
from rongji.web.fixing import work_of

_DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class FormChoice:
    """A form to look at the year in; missing: the sheets that it would still need."""

    id: str
    label: str
    missing: tuple[str, ...]


@require_GET
@guarded(SEE_REPORTS)
def report(request: Any, bureau: str, year: int) -> HttpResponse:
    """The pages, the forms to choose from, and what still stands in the way."""
    desk = open_desk(request.actor, bureau, year, request.GET.get("form", ""))
    document = desk.report.document if desk.report else None
    runs = list(_figures(document)) if document else []
    context = desk.context(
        # made by our own writer from escaped text
        pages=mark_safe(html_fragment(document)) if document else "",
        choices=[FormChoice(form.id, form.label, missing) for form, missing in fitting_forms(desk.facts)],
        formats=FORMATS,
        numbers=len(runs),
        troubled=sum(run.status is Status.TROUBLE for run in runs),
        unbacked=sum(run.status is Status.UNBACKED for run in runs),
        work=work_of(desk.readiness, bureau, year),
    )
    return render(request, "web/year/report.html", context)


def _figures(document: Any) -> list[FigureRef]:
    """Every inline figure of a document, in reading order."""
    return [run for run in _runs(document) if isinstance(run, FigureRef)]


def _runs(document: Any) -> list[Run]:
    found: list[Run] = []
    for block in document.blocks:
        found += getattr(block, "runs", ())
        for row in getattr(block, "rows", ()):
            found += [run for cell in row.cells for paragraph in cell.paragraphs for run in paragraph.runs]
    return found


@require_GET
@guarded(SEE_REPORTS)
def download(request: Any, bureau: str, year: int, ending: str) -> HttpResponse:
    """The report as a file.

    Raises: UnknownFormat.
    """
    desk = open_desk(request.actor, bureau, year, request.GET.get("form", ""))
    if desk.report is None:
        return report(request, bureau, year)
    content = render_document(desk.report.document, ending, font_dir=settings.RONGJI.font_dir)
    return download_file(content, f"{bureau}-{year}-{desk.form}.{ending}", MEDIA_TYPES[ending])


@require_GET
@public(reason="只是报告版式的样式文件，不含任何数据")
def stylesheet(request: HttpRequest) -> HttpResponse:
    """The looks of the pages, one file for the web app and for standalone files."""
    response = HttpResponse(STYLESHEET.read_text(encoding="utf-8"), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"max-age={_DAY}"
    return response
