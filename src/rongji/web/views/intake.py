"""What came in through the public window, and what goes out into it."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from rongji.accounts.policies import guarded
from rongji.intake.collecting import collect
from rongji.intake.keys import has_key
from rongji.intake.policies import DECIDE_INTAKE, PUBLISH, SEE_INTAKE, SEE_PUBLICATION, TIDY
from rongji.intake.publishing import Standing, choose, publish, standing, switch_off
from rongji.intake.refusals import NothingToPublish
from rongji.intake.selectors import PER_PAGE, intake_file, queue
from rongji.intake.tidying import overdue, tidy
from rongji.intake.types import IntakeState
from rongji.intake.window import window_bureau
from rongji.kernel.refusal import Refusal
from rongji.people.policies import REVEAL_NUMBERS
from rongji.public.models import PublicationKind
from rongji.web.answers import whole_number
from rongji.web.forms.form import doors
from rongji.web.forms.intake import INTAKE_FORMS, about_form

_KINDS = {kind: kind.label for kind in PublicationKind if kind is not PublicationKind.WINDOW}


@require_GET
@guarded(SEE_INTAKE)
def queued(request: Any) -> HttpResponse:
    """Forms that wait, or those decided in one way."""
    wanted = request.GET.get("state", "")
    state = wanted if wanted in IntakeState.values else IntakeState.NEW.value
    number = max(1, whole_number(request.GET.get("page", "")) or 1)
    lines, count = queue(request.actor, state=state, first=(number - 1) * PER_PAGE)
    context = {
        "lines": lines,
        "count": count,
        "state": state,
        "states": IntakeState.choices,
        "page": Paginator(range(count), PER_PAGE).get_page(number),
        "has_key": has_key(),
        "bureau": window_bureau(),
        "may_decide": DECIDE_INTAKE.permits_role(request.actor),
    }
    return render(request, "web/intake/queue.html", context)


@require_GET
@guarded(SEE_INTAKE)
def form(request: Any, number: str) -> HttpResponse:
    """One form: what its sender wrote, its files, and what is like it."""
    subject = about_form(request.actor, number=number)
    page = subject.facts.page
    answers = page.form.answers if page.form else {}
    known = {item.id: item for item in page.kind.fields}
    told = [(asked, answers[name]) for name, asked in known.items() if name in answers]
    papers = {item.id: item.label for item in page.kind.papers}
    files = [(item, papers.get(item.paper, "其他材料")) for item in page.form.files] if page.form else []
    found = doors(request.actor, INTAKE_FORMS, subject, number=number)
    context = {
        "item": page,
        "may_reveal": REVEAL_NUMBERS.permits(request.actor, page.scope),
        "told": told,
        "strangers": [name for name in answers if name not in known],
        "files": files,
        "doors": found.get("intake", []),
    }
    return render(request, "web/intake/form.html", context)


@require_GET
@guarded(SEE_INTAKE)
def file(request: Any, number: str, position: int) -> HttpResponse:
    """One file of a form, to be saved; the browser is not asked to show what a stranger sent."""
    name, data = intake_file(request.actor, number, position)
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


@require_POST
@guarded(SEE_INTAKE)
def collect_now(request: Any) -> HttpResponse:
    """Fetch what waits, send out states."""
    try:
        done = collect(actor=request.actor)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("web:intake_queue")
    messages.success(request, f"取回新来件 {done.new} 件，送出办理状态 {done.told} 件。")
    if done.unfit:
        messages.error(request, f"{done.unfit} 件不是本窗口的格式，留在窗口没有取回，请系统管理员检查。")
    return redirect("web:intake_queue")


@require_GET
@guarded(SEE_PUBLICATION)
def publication(request: Any) -> HttpResponse:
    """Everything that may be shown outside, and how it stands."""
    found = standing(request.actor)
    groups = [(label, [item for item in found if item.item.kind == kind]) for kind, label in _KINDS.items()]
    context = {
        "groups": groups,
        "bureau": window_bureau(),
        "may_publish": PUBLISH.permits(request.actor, window_bureau().scope),
        "pending": sum(1 for item in found if item.is_shown != item.is_out or (item.is_out and not item.is_current)),
        "is_open": any(item.is_out for item in found),
        "overdue": overdue(request.actor),
        "may_tidy": TIDY.permits(request.actor, window_bureau().scope),
    }
    return render(request, "web/intake/publication.html", context)


@require_GET
@guarded(SEE_PUBLICATION)
def preview(request: Any, kind: str, key: str) -> HttpResponse:
    """One thing as it would go out."""
    return render(request, "web/intake/preview.html", {"one": _standing(request, kind, key)})


@require_POST
@guarded(PUBLISH)
def choose_one(request: Any, kind: str, key: str) -> HttpResponse:
    """Decide that one thing is shown from the next publication on, or is not."""
    show = request.POST.get("show") == "1"
    choose(actor=request.actor, kind=kind, key=key, show=show)
    messages.success(request, f"已决定{'公开' if show else '不公开'}，下次发布时生效。")
    return redirect("web:publication")


@require_POST
@guarded(PUBLISH)
def publish_now(request: Any) -> HttpResponse:
    """Write everything into the window, or take everything out of it."""
    if request.POST.get("off"):
        switch_off(actor=request.actor)
        messages.success(request, "网上窗口已关闭，来访人看到停用说明；再次发布就重新开放。")
        return redirect("web:publication")
    done = publish(actor=request.actor)
    messages.success(request, f"网上窗口现有 {done.shown} 项，更新 {done.changed} 项，撤下 {done.removed} 项。")
    return redirect("web:publication")


@require_POST
@guarded(TIDY)
def tidy_now(request: Any) -> HttpResponse:
    """Delete what people sent and is kept longer than it may be."""
    done = tidy(actor=request.actor)
    messages.success(request, f"已删除 {done.count} 件来件的个人信息；编号和状态还在，来件人查进度时说得清楚。")
    return redirect("web:publication")


def _standing(request: Any, kind: str, key: str) -> Standing:
    found = next((item for item in standing(request.actor) if (item.item.kind, item.item.key) == (kind, key)), None)
    if found is None:
        raise NothingToPublish(key=f"{kind} {key}"[:60])
    return found
