"""A table of results, lots and confirmations of a cohort: the table to fill in, dry run, marked copy, confirmation."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rongji.accounts.policies import guarded
from rongji.accounts.refusals import NotAllowed, SignInNeeded
from rongji.documents.writers import MEDIA_TYPES
from rongji.kernel.refusal import Refusal
from rongji.placement import selectors
from rongji.placement.imports import import_results, marked_results, preview_results
from rongji.placement.policies import KEEP_PLACEMENT
from rongji.placement.results_table import results_table
from rongji.web import uploads
from rongji.web.answers import attempt, download
from rongji.web.problem_sheets import by_sheet

ACCEPTED = (".xlsx", ".xls", ".ods", ".csv")


class ResultsKindRefused(Refusal):
    """A file that holds no table of results."""

    code = "placement-results-kind-refused"
    sentence = "“{file}”不是成绩表，请选择 Excel（.xlsx、.xls）、ODS 或 CSV 文件；可先下载本批次的成绩表填写。"


@require_http_methods(["GET", "POST"])
@guarded(KEEP_PLACEMENT)
def results(request: Any, cohort: int) -> HttpResponse:
    """Choose a table; on upload its dry run."""
    found = selectors.cohort(request.actor, cohort)
    KEEP_PLACEMENT.check(request.actor, found.scope)
    context: dict[str, Any] = {
        "cohort": found,
        "counts": selectors.scored_counts(request.actor, cohort),
        "limit": uploads.MAX_MEGABYTES,
    }
    if request.method == "POST":
        context |= _dry_run(request, cohort)
    return render(request, "web/placement/results.html", context, status=422 if context.get("refusal") else 200)


def _dry_run(request: Any, cohort: int) -> dict[str, Any]:
    try:
        upload = uploads.keep(request, request.FILES.get("table"), accepted=ACCEPTED, unfit=ResultsKindRefused)
        outcome = preview_results(actor=request.actor, cohort_id=cohort, source=upload.data, file_name=upload.name)
    except (NotAllowed, SignInNeeded):
        raise
    except Refusal as refusal:
        return {"refusal": refusal}
    return {"upload": upload, "outcome": outcome, "sheets": by_sheet(outcome.problems.kept)}


@require_POST
@guarded(KEEP_PLACEMENT)
def confirm_results(request: Any, cohort: int) -> HttpResponse:
    """Take over the table whose dry run was looked at, all of it or nothing."""

    def take() -> str:
        upload = uploads.find(request, request.POST.get("upload", ""))
        done = import_results(actor=request.actor, cohort_id=cohort, source=upload.data, file_name=upload.name)
        uploads.forget(request, upload)
        return (
            f"已导入“{upload.name}”：变更 {done.changed} 人，{done.unchanged} 人没有变化。成绩有变化的请重新核算积分。"
        )

    return attempt(request, take, f"{reverse('web:cohort', kwargs={'cohort': cohort})}?tab=order")


@require_GET
@guarded(KEEP_PLACEMENT)
def marked(request: Any, cohort: int, upload: str) -> HttpResponse:
    """A copy of the table with every bad cell marked and the reasons beside it."""
    kept = uploads.find(request, upload)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        marked_results(request.actor, cohort, kept.data, kept.name, path)
        return download(path.read_bytes(), f"{Path(kept.name).stem}-问题标注.xlsx", MEDIA_TYPES["xlsx"])


@require_GET
@guarded(KEEP_PLACEMENT)
def empty_table(request: Any, cohort: int) -> HttpResponse:
    """The table of the cohort with what stands already."""
    found = selectors.cohort(request.actor, cohort)
    return download(results_table(request.actor, cohort), f"{found.title}成绩表.xlsx", MEDIA_TYPES["xlsx"])
