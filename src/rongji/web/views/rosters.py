"""A roster on its way into the register: dry run with every problem, marked copy, confirmation with what changed."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rongji.accounts.policies import guarded
from rongji.awards.from_roster import import_roster, preview_roster
from rongji.documents.writers import MEDIA_TYPES
from rongji.kernel.month import Month
from rongji.kernel.refusal import Refusal
from rongji.people.imports.marked import write_marked
from rongji.people.policies import REGISTER_PEOPLE
from rongji.web import uploads
from rongji.web.answers import attempt, download
from rongji.web.bureaus import bureaus_for, chosen_bureau
from rongji.web.problem_sheets import by_sheet

ACCEPTED = (".xlsx", ".xls", ".ods", ".csv", ".txt", ".docx")
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
        since = _since(request)
        upload = uploads.keep(request, request.FILES.get("roster"), accepted=ACCEPTED, unfit=RosterKindRefused)
        outcome = preview_roster(
            actor=request.actor, bureau=bureau, source=upload.data, file_name=upload.name, since=since
        )
    except Refusal as refusal:
        return {"refusal": refusal}
    return {
        "upload": upload,
        "since": since,
        "outcome": outcome,
        "sheets": by_sheet(outcome.problems),
        "changes": [change.line for change in outcome.changes[:SHOWN_CHANGES]],
    }


def _since(request: Any) -> Month | None:
    """From which month those are paid whose row does not say; None where the form leaves it open."""
    text = request.POST.get("since", "").strip()
    return Month.parse(text) if text else None


@require_POST
@guarded(REGISTER_PEOPLE)
def confirm(request: Any) -> HttpResponse:
    """Take over the roster whose dry run was looked at, all of it or nothing."""

    def take() -> str:
        upload = uploads.find(request, request.POST.get("upload", ""))
        bureau = chosen_bureau(request, bureaus_for(request.actor, REGISTER_PEOPLE)).code
        done = import_roster(
            actor=request.actor, bureau=bureau, source=upload.data, file_name=upload.name, since=_since(request)
        )
        uploads.forget(request, upload)
        counts = f"新增 {done.added} 人，变更 {done.changed} 人，{done.unchanged} 人没有变化"
        return f"已导入“{upload.name}”：{counts}。"

    return attempt(request, take, reverse("web:roster"))


@require_GET
@guarded(REGISTER_PEOPLE)
def marked(request: Any, upload: str) -> HttpResponse:
    """A copy of the roster with every bad cell marked and the reasons beside it."""
    kept = uploads.find(request, upload)
    bureau = chosen_bureau(request, bureaus_for(request.actor, REGISTER_PEOPLE)).code
    since = Month.parse(request.GET["since"]) if request.GET.get("since") else None
    outcome = preview_roster(actor=request.actor, bureau=bureau, source=kept.data, file_name=kept.name, since=since)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        write_marked(path, kept.data, outcome.problems, kept.name)
        return download(path.read_bytes(), f"{Path(kept.name).stem}-问题标注.xlsx", MEDIA_TYPES["xlsx"])
