"""The one view behind every form: shows it, reads it, calls its service, and keeps what was typed when refused."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from rongji.accounts.policies import guarded
from rongji.accounts.refusals import SignInNeeded
from rongji.kernel.refusal import Refusal
from rongji.web.forms.fields import Choice, Field, FieldKind, FieldRefused, read_all
from rongji.web.forms.form import Form, Subject


@dataclass(frozen=True, slots=True)
class Shown:
    """A field as the page shows it."""

    field: Field
    value: str
    is_wrong: bool

    @property
    def is_first_choice_empty(self) -> bool:
        """Whether nothing is chosen at first."""
        return not self.field.is_needed or len(self.field.choices) != 1

    @property
    def groups(self) -> list[tuple[str, list[Choice]]]:
        """The choices under their headings."""
        found: dict[str, list[Choice]] = {}
        for choice in self.field.choices:
            found.setdefault(choice.group, []).append(choice)
        return list(found.items())


def view_of(form: Form) -> Callable[..., HttpResponse]:
    """The guarded view of one form."""

    @require_http_methods(["GET", "POST"])
    @guarded(form.policy)
    def view(request: Any, **where: Any) -> HttpResponse:
        subject = form.subject(request.actor, **where)
        form.policy.check(request.actor, subject.scope)
        if request.method == "GET":
            return _show(request, form, subject, typed=request.GET)
        return _carry_out(request, form, subject)

    return view


def addresses(forms: tuple[Form, ...]) -> list[URLPattern]:
    """The addresses of some forms."""
    return [path(form.route, view_of(form), name=form.code) for form in forms]


def _carry_out(request: Any, form: Form, subject: Subject) -> HttpResponse:
    try:
        values = read_all(form.fields_for(request.actor, subject), request.POST)
        done = form.carry_out(request.actor, subject, values)
    except SignInNeeded:
        raise
    except Refusal as refusal:
        return _show(request, form, subject, typed=request.POST, refusal=refusal)
    messages.success(request, done.words)
    address = done.address or subject.back
    if not request.htmx:
        return redirect(address)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = address
    return response


def _show(request: Any, form: Form, subject: Subject, *, typed: Any, refusal: Refusal | None = None) -> HttpResponse:
    wrong = refusal.facts["name"] if isinstance(refusal, FieldRefused) else ""
    fields = [Shown(item, _value(item, typed), item.name == wrong) for item in form.fields_for(request.actor, subject)]
    context = {"form": form, "subject": subject, "fields": fields, "refusal": refusal, "address": request.path}
    template = "web/forms/dialog.html" if request.htmx else "web/forms/page.html"
    response = render(request, template, context, status=refusal.status if refusal else 200)
    if request.htmx:
        response["X-Rongji-Partial"] = "form"
    return response


def _value(item: Field, typed: Any) -> str:
    if item.kind is FieldKind.SECRET:
        return ""
    return str(typed[item.name]).strip() if item.name in typed else item.initial
