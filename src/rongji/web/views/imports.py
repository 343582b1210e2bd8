"""Import of the year's workbook: dry run with every finding, marked copy, confirmation with what changes, templates."""

from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rongji.accounts.policies import guarded
from rongji.documents.writers import MEDIA_TYPES
from rongji.kernel.refusal import Refusal
from rongji.performance.policies import IMPORT_YEAR
from rongji.performance.selectors import imports_of, year_facts
from rongji.performance.services import import_year, preview_import
from rongji.performance.types import ImportOutcome
from rongji.performance.workbook import parse, read_book
from rongji.performance.workbook.diff import CHANGE_LABELS
from rongji.performance.workbook.marked import write_marked
from rongji.performance.workbook.problems import CellProblem
from rongji.performance.workbook.template import write_template
from rongji.reports.form import Form
from rongji.reports.form_reader import load_forms
from rongji.web import uploads
from rongji.web.answers import attempt, download
from rongji.web.desk import open_desk

SHOWN_CHANGES = 300


@require_http_methods(["GET", "POST"])
@guarded(IMPORT_YEAR)
def year_import(request: Any, bureau: str = "", year: int = 0) -> HttpResponse:
    """Choose a workbook; on upload its dry run. With a bureau and year: the page of that year."""
    context: dict[str, Any] = {"forms": _forms(), "limit": uploads.MAX_MEGABYTES}
    if bureau:
        context |= open_desk(request.actor, bureau, year).context()
        context["batches"] = imports_of(request.actor, bureau, year)[:8]
    if request.method == "POST":
        context |= _dry_run(request)
        outcome = context.get("outcome")
        context["is_elsewhere"] = outcome is not None and (outcome.bureau, outcome.year) != (bureau, year)
    status = 422 if context.get("refusal") else 200
    return render(request, "web/year/import.html", context, status=status)


def _dry_run(request: Any) -> dict[str, Any]:
    try:
        upload = uploads.keep(request, request.FILES.get("workbook"))
        outcome = preview_import(actor=request.actor, source=upload.data, file_name=upload.name)
    except Refusal as refusal:
        return {"refusal": refusal}
    uploads.note_version(request, upload, outcome.data_version)
    errors = sum(item.is_error for item in outcome.problems)
    return {
        "upload": upload,
        "outcome": outcome,
        "errors": errors,
        "warnings": len(outcome.problems) - errors,
        "sheets": _by_sheet(outcome.problems),
        "changes": _by_kind(outcome),
        "can_mark": Path(upload.name).suffix.lower() not in (".yaml", ".yml"),
    }


def _by_sheet(problems: tuple[CellProblem, ...]) -> list[tuple[str, list[CellProblem]]]:
    ranked = sorted(problems, key=lambda item: (item.sheet, not item.is_error))
    return [(sheet or "整本工作簿", list(items)) for sheet, items in groupby(ranked, key=lambda item: item.sheet)]


def _by_kind(outcome: ImportOutcome) -> list[tuple[str, int, list[str]]]:
    """Changes by what happened: word, how many, the first lines of them."""
    found = []
    for kind, label in CHANGE_LABELS.items():
        lines = [change.line for change in outcome.changes if change.kind is kind]
        if lines:
            found.append((label, len(lines), lines[:SHOWN_CHANGES]))
    return found


@require_POST
@guarded(IMPORT_YEAR)
def confirm(request: Any) -> HttpResponse:
    """Take over the workbook whose dry run was looked at, unless the year changed in between."""
    done: list[ImportOutcome] = []

    def take() -> str:
        upload = uploads.find(request, request.POST.get("upload", ""))
        outcome = import_year(
            actor=request.actor, source=upload.data, file_name=upload.name, expected_version=upload.version
        )
        uploads.forget(request, upload)
        done.append(outcome)
        counts = outcome.counts
        words = f"新增 {counts['added']} 项，修改 {counts['changed']} 项，删除 {counts['removed']} 项"
        return f"已导入“{upload.name}”：{words}。"

    response = attempt(request, take, reverse("web:new_import"))
    return redirect("web:dashboard", bureau=done[0].bureau, year=done[0].year) if done else response


@require_GET
@guarded(IMPORT_YEAR)
def marked(request: Any, upload: str) -> HttpResponse:
    """A copy of the uploaded workbook with every bad cell coloured and commented."""
    found = uploads.find(request, upload)
    book = read_book(found.data, found.name)
    _, problems = parse(book)
    content = _written(lambda path: write_marked(path, book, problems))
    return download(content, f"{Path(found.name).stem}-问题标注.xlsx", MEDIA_TYPES["xlsx"])


@require_GET
@guarded(IMPORT_YEAR)
def template(request: Any, bureau: str = "", year: int = 0) -> HttpResponse:
    """The workbook to fill in: empty for a form, or with what is already known of the year."""
    form = request.GET.get("form", "")
    if form not in {item.id for item in _forms()}:
        form = ""
    known = year_facts(request.actor, bureau, year, with_derived=False) if bureau else None
    content = _written(lambda path: write_template(path, form=form or None, prefill=known))
    name = f"{bureau}-{year}-年度数据.xlsx" if bureau else "年度数据模板.xlsx"
    return download(content, name, MEDIA_TYPES["xlsx"])


def _forms() -> list[Form]:
    """The forms that a bureau hands in, annexes left out."""
    return sorted((form for form in load_forms().values() if not form.is_annex), key=lambda form: form.id)


def _written(write: Callable[[Path], None]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        write(path)
        return path.read_bytes()
