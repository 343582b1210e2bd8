"""A roster on its way into the register: dry run with every problem, marked copy, confirmation with what changed."""

from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from rongji.accounts.policies import guarded
from rongji.kernel.refusal import Refusal
from rongji.people.imports.importing import RosterJob, import_people, preview_people
from rongji.people.imports.problems import CellProblem
from rongji.people.policies import REGISTER_PEOPLE
from rongji.web import uploads
from rongji.web.answers import attempt
from rongji.web.bureaus import bureaus_for, chosen_bureau

ACCEPTED = (".xlsx", ".xls", ".ods", ".csv", ".txt", ".docx")
SHOWN_PROBLEMS = 100
SHOWN_CHANGES = 200


class RosterKindRefused(Refusal):
    """A file that holds no table."""

    code = "roster-kind-refused"
    sentence = "“{file}”不是花名册，请选择 Excel（.xlsx、.xls）、ODS、CSV 或带表格的 Word 文件（.docx）。"


@require_http_methods(["GET", "POST"])
@guarded(REGISTER_PEOPLE)
def roster(request: Any) -> HttpResponse:
    """Choose a roster; on upload its dry run."""
    bureaus = bureaus_for(request.actor, REGISTER_PEOPLE)
    bureau = chosen_bureau(request, bureaus)
    context: dict[str, Any] = {"bureaus": bureaus, "bureau": bureau.code, "limit": uploads.MAX_MEGABYTES}
    if request.method == "POST":
        context |= _dry_run(request, bureau.code)
    return render(request, "web/people/roster.html", context, status=422 if context.get("refusal") else 200)


def _dry_run(request: Any, bureau: str) -> dict[str, Any]:
    try:
        upload = uploads.keep(request, request.FILES.get("roster"), accepted=ACCEPTED, unfit=RosterKindRefused)
        outcome = preview_people(RosterJob(request.actor, bureau, upload.data, upload.name))
    except Refusal as refusal:
        return {"refusal": refusal}
    return {
        "upload": upload,
        "outcome": outcome,
        "sheets": _by_sheet(outcome.problems),
        "changes": [change.line for change in outcome.changes[:SHOWN_CHANGES]],
    }


def _by_sheet(problems: tuple[CellProblem, ...]) -> list[tuple[str, list[CellProblem], int]]:
    """Problems of each sheet, what must be put right first; the first of them, and how many there are."""
    ranked = sorted(problems, key=lambda item: (item.sheet, not item.is_error))
    found = []
    for sheet, group in groupby(ranked, key=lambda item: item.sheet):
        items = list(group)
        found.append((sheet or "整本", items[:SHOWN_PROBLEMS], len(items)))
    return found


@require_POST
@guarded(REGISTER_PEOPLE)
def confirm(request: Any) -> HttpResponse:
    """Take over the roster whose dry run was looked at, all of it or nothing."""

    def take() -> str:
        upload = uploads.find(request, request.POST.get("upload", ""))
        bureau = chosen_bureau(request, bureaus_for(request.actor, REGISTER_PEOPLE)).code
        done = import_people(RosterJob(request.actor, bureau, upload.data, upload.name))
        uploads.forget(request, upload)
        counts = f"新增 {done.added} 人，变更 {done.changed} 人，{done.unchanged} 人没有变化"
        return f"已导入“{upload.name}”：{counts}。"

    return attempt(request, take, reverse("web:roster"))
