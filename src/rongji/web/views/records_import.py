"""A table of records on its way into a register: template, dry run with every problem, marked copy, confirmation."""

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
from rongji.law.registers import register as declared_register
from rongji.services.imports import import_file, preview, template, write_marked
from rongji.services.policies import KEEP_RECORDS
from rongji.web import uploads
from rongji.web.answers import attempt, download
from rongji.web.problem_sheets import by_sheet
from rongji.web.record_desk import bureau_of, keeping_scope

ACCEPTED = (".xlsx", ".xls", ".ods", ".csv", ".txt", ".docx")
SHOWN_CHANGES = 200


class RecordTableKindRefused(Refusal):
    """A file that holds no table."""

    code = "record-table-kind-refused"
    sentence = "“{file}”不是登记表，请选择 Excel（.xlsx、.xls）、ODS、CSV 或带表格的 Word 文件（.docx）。"


@require_http_methods(["GET", "POST"])
@guarded(KEEP_RECORDS)
def table(request: Any, bureau: str, register: str) -> HttpResponse:
    """Choose a table; on upload its dry run."""
    declared, facts = declared_register(register), bureau_of(request.actor, bureau, KEEP_RECORDS)
    KEEP_RECORDS.check(request.actor, keeping_scope(request.actor, facts))
    context: dict[str, Any] = {"register": declared, "bureau": facts, "limit": uploads.MAX_MEGABYTES}
    if request.method == "POST":
        context |= _dry_run(request, bureau, register)
    return render(request, "web/records/import.html", context, status=422 if context.get("refusal") else 200)


def _dry_run(request: Any, bureau: str, register: str) -> dict[str, Any]:
    try:
        upload = uploads.keep(request, request.FILES.get("table"), accepted=ACCEPTED, unfit=RecordTableKindRefused)
        outcome = preview(
            actor=request.actor, bureau=bureau, register=register, source=upload.data, file_name=upload.name
        )
    except (NotAllowed, SignInNeeded):
        raise
    except Refusal as refusal:
        return {"refusal": refusal}
    return {
        "upload": upload,
        "outcome": outcome,
        "sheets": by_sheet(item.cell for item in outcome.findings),
        "changes": [change.line for change in outcome.changes[:SHOWN_CHANGES]],
    }


@require_POST
@guarded(KEEP_RECORDS)
def confirm(request: Any, bureau: str, register: str) -> HttpResponse:
    """Take over the table whose dry run was looked at, all of it or nothing."""
    declared, facts = declared_register(register), bureau_of(request.actor, bureau, KEEP_RECORDS)

    def take() -> str:
        upload = uploads.find(request, request.POST.get("upload", ""))
        done = import_file(
            actor=request.actor, bureau=bureau, register=register, source=upload.data, file_name=upload.name
        )
        uploads.forget(request, upload)
        return f"已导入“{done.file}”：新增 {done.added} 条，变更 {done.changed} 条，{done.unchanged} 条没有变化。"

    return attempt(request, take, reverse("web:records_of", kwargs={"bureau": facts.code, "register": declared.id}))


@require_GET
@guarded(KEEP_RECORDS)
def marked(request: Any, bureau: str, register: str, upload: str) -> HttpResponse:
    """A copy of the table with every bad cell marked and the reasons beside it."""
    bureau_of(request.actor, bureau, KEEP_RECORDS)
    kept = uploads.find(request, upload)
    outcome = preview(actor=request.actor, bureau=bureau, register=register, source=kept.data, file_name=kept.name)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        write_marked(path, kept.data, outcome)
        return download(path.read_bytes(), f"{Path(kept.name).stem}-问题标注.xlsx", MEDIA_TYPES["xlsx"])


@require_GET
@guarded(KEEP_RECORDS)
def empty_table(request: Any, bureau: str, register: str) -> HttpResponse:
    """The register's empty table, with words to choose from."""
    bureau_of(request.actor, bureau, KEEP_RECORDS)
    content = template(actor=request.actor, bureau=bureau, register=register)
    return download(content, f"{declared_register(register).label}-登记模板.xlsx", MEDIA_TYPES["xlsx"])
