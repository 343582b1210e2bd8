"""Many cases at once: what may be done with those ticked, the form of the act once for all, a table, the batch done."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rongji.accounts.policies import guarded
from rongji.accounts.refusals import NotAllowed, SignInNeeded
from rongji.casework.imports import ActTable, act_table, read_act_table, write_marked
from rongji.casework.letter_document import letters_document
from rongji.casework.policies import HANDLE_CASES, SEE_CASES
from rongji.casework.refusals import ActBatchRefused
from rongji.casework.selectors import batch_facts, letters_of_batch, letters_to_print
from rongji.casework.services import act_on_cases, try_on_cases
from rongji.casework.types import BatchOutcome, CaseToDo
from rongji.documents.writers import MEDIA_TYPES
from rongji.documents.writers import render as render_document
from rongji.kernel.refusal import Refusal
from rongji.web import uploads
from rongji.web.answers import download, whole_number
from rongji.web.bureaus import bureaus_reached, chosen_bureau
from rongji.web.case_batch import ABOUT, Chosen, act_fields, chosen_of, key_of, new_acts, selection_of, to_do
from rongji.web.views.forms import fields_context, read_sent

ACCEPTED = (".xlsx", ".xls", ".ods", ".csv", ".txt", ".docx")
TRY, POSSIBLE, DO = "try", "possible", "do"
_MOST_PLACES = 3


class ActTableKindRefused(Refusal):
    """A file that holds no table."""

    code = "case-act-table-kind-refused"
    sentence = "“{file}”不是表格，请选择 Excel（.xlsx、.xls）、ODS、CSV 或带表格的 Word 文件（.docx）。"


@require_http_methods(["GET", "POST"])
@guarded(HANDLE_CASES)
def many(request: Any) -> HttpResponse:
    """The cases that were ticked and what may be done with them; once an act is chosen, its form; once sent, done."""
    if request.method == "GET":  # somebody reloads the address: there is nothing chosen
        return redirect("web:cases")
    chosen = _chosen(request)
    go = request.POST.get("go", "")
    if chosen.act is not None and go in (TRY, POSSIBLE, DO):
        return _sent(request, chosen, go)
    return _show(request, chosen)


@require_POST
@guarded(HANDLE_CASES)
def table(request: Any) -> HttpResponse:
    """The table of the chosen cases, to be filled in with what is different in each."""
    chosen = _chosen(request)
    if chosen.act is None:
        return _show(request, chosen)
    act = chosen.act
    content = act_table(kind=act.kind.id, act=act.act.id, lines=[item.line for item in act.cases])
    return download(content, f"{act.kind.label}-{act.act.label}.xlsx", MEDIA_TYPES["xlsx"])


@require_POST
@guarded(HANDLE_CASES)
def marked(request: Any) -> HttpResponse:
    """The table that was brought, every bad cell marked and the reasons beside it."""
    chosen = _chosen(request)
    if chosen.act is None:
        return _show(request, chosen)
    upload = uploads.find(request, request.POST.get("upload", ""))
    values, refused = read_sent(request, act_fields(request.actor, chosen, by_table=True))
    if refused:
        return _show(request, chosen, refused=refused, upload=upload)
    read = _read(request, chosen, upload)
    new = new_acts(request.actor, chosen.act, values, upload.name)
    outcome = try_on_cases(actor=request.actor, bureau=chosen.bureau.code, new=new, cases=read.cases)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        write_marked(path, upload.data, read, outcome)
        return download(path.read_bytes(), f"{Path(upload.name).stem}-问题标注.xlsx", MEDIA_TYPES["xlsx"])


@require_POST
@guarded(SEE_CASES)
def letters(request: Any) -> HttpResponse:
    """The letters of the chosen cases as one file for printing, in the order of the list."""
    ids = [number for text in request.POST.get("letters", "").split() if (number := whole_number(text)) is not None]
    return _printed(request, tuple(ids), request.POST.get("title", "")[:60] or "文书")


@require_GET
@guarded(SEE_CASES)
def batch(request: Any, batch: int) -> HttpResponse:
    """A batch that was done: every case, and what was left and why."""
    return render(request, "web/cases/batch.html", {"batch": batch_facts(request.actor, batch, on=request.actor.day)})


@require_GET
@guarded(SEE_CASES)
def batch_letters(request: Any, batch: int) -> HttpResponse:
    """The letters that a batch issued as one file for printing."""
    facts = batch_facts(request.actor, batch, on=request.actor.day)
    return _printed(request, letters_of_batch(request.actor, batch), f"{facts.number}-{facts.act_label}")


def _chosen(request: Any) -> Chosen:
    return chosen_of(request, chosen_bureau(request, bureaus_reached(request.actor, HANDLE_CASES)))


def _printed(request: Any, ids: tuple[int, ...], title: str) -> HttpResponse:
    found = letters_to_print(request.actor, ids)
    return download(render_document(letters_document(found, title=title), "pdf"), f"{title}.pdf", MEDIA_TYPES["pdf"])


def _sent(request: Any, chosen: Chosen, go: str) -> HttpResponse:
    """Read what was typed for all and what a table says of each; try it, or do it."""
    assert chosen.act is not None
    upload = None
    try:
        upload = _upload(request)
        values, refused = read_sent(request, act_fields(request.actor, chosen, by_table=upload is not None))
        if refused:
            return _show(request, chosen, refused=refused, upload=upload)
        read = _read(request, chosen, upload) if upload else None
        cases: tuple[CaseToDo, ...] = read.cases if read else to_do(chosen.act.cases)
        new = new_acts(request.actor, chosen.act, values, upload.name if upload else "")
        given = {"actor": request.actor, "bureau": chosen.bureau.code, "new": new, "cases": cases}
        if go == TRY:
            return _show(request, chosen, upload=upload, outcome=try_on_cases(**given))
        done = act_on_cases(**given, only_possible=go == POSSIBLE)
    except (NotAllowed, SignInNeeded):
        raise
    except ActBatchRefused as refusal:
        return _show(request, chosen, upload=upload, outcome=refusal.facts["outcome"], refused=[refusal])
    except Refusal as refusal:
        told = getattr(refusal, "problems", ()) or (refusal,)
        return _show(request, chosen, upload=upload, refused=told)
    if upload:
        uploads.forget(request, upload)
    messages.success(request, f"已办理{done.summary}。")
    return redirect("web:case_batch", batch=done.id)


def _upload(request: Any) -> uploads.Upload | None:
    """The table that came with the form now or the time before; none is needed."""
    file = request.FILES.get("table")
    if file is not None:
        return uploads.keep(request, file, accepted=ACCEPTED, unfit=ActTableKindRefused)
    kept = request.POST.get("upload", "")
    return uploads.find(request, kept) if kept else None


def _read(request: Any, chosen: Chosen, upload: uploads.Upload) -> ActTable:
    assert chosen.act is not None
    act = chosen.act
    return read_act_table(
        actor=request.actor,
        bureau=chosen.bureau.code,
        kind=act.kind.id,
        act=act.act.id,
        source=upload.data,
        file_name=upload.name,
        seen={item.line.id: item.seen for item in act.cases},
    )


def _show(
    request: Any,
    chosen: Chosen,
    *,
    refused: Any = (),
    upload: uploads.Upload | None = None,
    outcome: BatchOutcome | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "chosen": chosen,
        "bureau": chosen.bureau,
        "back": f"{reverse('web:cases')}{chosen.asked.query()}",
        "here": f"{reverse('web:many_cases')}{chosen.asked.query()}",
        "offers": [(key_of(item), item, selection_of(item.cases)) for item in chosen.found.acts],
        "letters": chosen.found.letters,
        "upload": upload,
        "outcome": outcome,
        "limit": uploads.MAX_MEGABYTES,
    }
    if chosen.act is not None:
        fields = act_fields(request.actor, chosen, by_table=upload is not None)
        typed = request.POST if request.POST.get("go") else {}
        context |= fields_context(fields, typed, refused, ABOUT)
        context |= {"selection": selection_of(chosen.act.cases), "count": len(chosen.act.cases)}
    return render(request, "web/cases/many.html", context, status=refused[0].status if refused else 200)
