"""The one view behind every form: shows it, reads it, calls its service, and keeps what was typed when refused."""

from collections.abc import Callable, Mapping, Sequence
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
from rongji.rules.answers import AnswerMissing, AnswerRefused
from rongji.web.forms.fields import UPLOADED, Choice, Field, FieldKind, PaperGiven, read_all
from rongji.web.forms.form import VERSION, Form, Subject


class FieldsChanged(Refusal):
    """A form whose fields are others than those that were filled in, for what was typed into one of them."""

    code = "form-fields-changed"
    sentence = "按所填的收到日期，适用的是另一版规定，要填的内容不同；下面已换成那一版的，请核对后再提交。"


_WIDE = (FieldKind.LONG, FieldKind.PERSON, FieldKind.RECORD)
_WIDE_FROM = 120


@dataclass(frozen=True, slots=True)
class Shown:
    """A field as the page shows it. refusal: what is wrong with what was typed."""

    field: Field
    value: str
    refusal: str = ""
    is_ticked: bool = False

    @property
    def is_wide(self) -> bool:
        """Whether it takes a whole line."""
        f = self.field
        is_text = f.kind in (FieldKind.TEXT, FieldKind.SECRET)
        return f.kind in _WIDE or (is_text and f.most > _WIDE_FROM) or len(self.groups) > 1

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
        typed = request.GET if request.method == "GET" else request.POST
        if form.follows is not None:
            subject = form.follows(request.actor, subject, typed)
        if request.method == "GET":
            return _show(request, form, subject, typed=typed)
        return _follow(request, form, subject) if "follow" in request.POST else _carry_out(request, form, subject)

    return view


def addresses(forms: tuple[Form, ...]) -> list[URLPattern]:
    """The addresses of some forms."""
    return [path(form.route, view_of(form), name=form.code) for form in forms]


def _follow(request: Any, form: Form, subject: Subject) -> HttpResponse:
    """The form as what was typed changes it; nothing to send where it stays as it is."""
    if request.POST.get(VERSION, "") == subject.version:
        return HttpResponse(status=204)
    return _show(request, form, subject, typed=request.POST)


def _carry_out(request: Any, form: Form, subject: Subject) -> HttpResponse:
    if subject.version and request.POST.get(VERSION, subject.version) != subject.version:
        return _show(request, form, subject, typed=request.POST, refused=[FieldsChanged()])
    values, refused = read_sent(request, form.fields_for(request.actor, subject))
    if refused:
        return _show(request, form, subject, typed=request.POST, refused=refused)
    try:
        done = form.carry_out(request.actor, subject, values)
    except SignInNeeded:
        raise
    except Refusal as refusal:
        told = getattr(refusal, "problems", ()) or (refusal,)  # several fields at once, where the service says so
        return _show(request, form, subject, typed=request.POST, refused=told)
    messages.success(request, done.words)
    address = done.address or subject.back
    if not request.htmx:
        return redirect(address)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = address
    return response


def read_sent(request: Any, fields: Sequence[Field]) -> tuple[dict[str, Any], list[AnswerRefused]]:
    """Every field of a form as it was sent, files included, and a refusal for each that could not be read."""
    values, refused = read_all(fields, request.POST)
    for item in fields:
        if item.kind in UPLOADED:
            values[item.name] = _uploaded(request, item)
            refused += [AnswerMissing(name=item.name, label=item.label)] * (item.is_needed and not values[item.name])
    return values, refused


def fields_context(
    asked: Sequence[Field],
    typed: Any,
    refused: Sequence[Refusal] = (),
    about: Mapping[type[Refusal], str] | None = None,
) -> dict[str, Any]:
    """What `web/forms/fields.html` shows: the fields with what was typed, and what is wrong with them.

    about: the field that a refusal of the service is about.
    """
    wrong, general = _by_field(about or {}, asked, refused)
    return {
        "fields": [Shown(item, _value(item, typed), wrong.get(item.name, ""), item.name in typed) for item in asked],
        "refusals": general,
        "focus": next((item.name for item in asked if item.name in wrong), _first(asked)),
        "takes_files": any(item.kind in UPLOADED for item in asked),
    }


def _uploaded(request: Any, item: Field) -> Any:
    """The files of a field; of a paper, whether it was brought, and its scan."""
    if item.kind is FieldKind.FILE:
        return request.FILES.getlist(item.name)
    file = request.FILES.get(f"{item.name}-file")
    return PaperGiven(item.name in request.POST or file is not None, file)


def _show(request: Any, form: Form, subject: Subject, *, typed: Any, refused: Sequence[Refusal] = ()) -> HttpResponse:
    asked = form.fields_for(request.actor, subject)
    typed = {**typed.dict(), VERSION: subject.version}
    context = {
        **fields_context(asked, typed, refused, form.about),
        "form": form,
        "subject": subject,
        "title": subject.title or form.title,
        "note": subject.note or form.note,
        "address": request.get_full_path(),
    }
    template = "web/forms/dialog.html" if request.htmx else "web/forms/page.html"
    response = render(request, template, context, status=refused[0].status if refused else 200)
    if request.htmx:
        response["X-Rongji-Partial"] = "form"
    return response


def _first(asked: Sequence[Field]) -> str:
    """The first field that can be seen."""
    return next((item.name for item in asked if item.kind is not FieldKind.HIDDEN), "")


def _by_field(
    about: Mapping[type[Refusal], str], asked: Sequence[Field], refused: Sequence[Refusal]
) -> tuple[dict[str, str], list[Refusal]]:
    """What is wrong with each field, and the refusals that are about none of those asked, to be told above them."""
    names = {item.name for item in asked}
    found: dict[str, str] = {}
    general = []
    for refusal in refused:
        told = {name: said for name, said in _told(about, refusal).items() if name in names}
        found = told | found
        general += [] if told else [refusal]
    return found, general


def _told(about: Mapping[type[Refusal], str], refusal: Refusal) -> dict[str, str]:
    """The sentence for each field that a refusal is about; `problems` of a refusal are by field already."""
    problems = refusal.facts.get("problems")
    if isinstance(problems, Mapping):
        return {str(name): str(said) for name, said in problems.items()}
    if isinstance(refusal, AnswerRefused):
        return {str(refusal.facts.get("name", "")): str(refusal)}
    place = next((name for kind, name in about.items() if isinstance(refusal, kind)), "")
    return {place: str(refusal)}


def _value(item: Field, typed: Any) -> str:
    if item.kind is FieldKind.SECRET:
        return ""
    return str(typed[item.name]).strip() if item.name in typed else item.initial
