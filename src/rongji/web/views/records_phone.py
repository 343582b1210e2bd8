"""Entering one record after another on a phone, standing in a doorway: large targets, what stays the same is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from rongji.accounts.policies import guarded
from rongji.accounts.refusals import NotAllowed, SignInNeeded
from rongji.kernel.refusal import Refusal
from rongji.law.asked import AskedKind
from rongji.law.registers import Register
from rongji.law.registers import register as declared_register
from rongji.services.policies import KEEP_RECORDS
from rongji.services.selectors import list_records
from rongji.services.services import add_record, attach_file
from rongji.services.types import RecordFilters
from rongji.web.errors import PageUnknown
from rongji.web.forms.fields import Choice, Field, FieldKind
from rongji.web.forms.records import fields_of
from rongji.web.record_desk import bureau_of, keeping_scope

STATION_COOKIE = "rongji_station"
_KEPT_SECONDS = 180 * 24 * 3600
_KEPT_KINDS = (AskedKind.DAY, AskedKind.MONTH, AskedKind.STATION, AskedKind.CHOICE, AskedKind.RECORD)
_FEW_WORDS, _FEW_LETTERS = 6, 40
_SHOWN = 5
_PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class PhoneField:
    """A field as the phone shows it. refusal: what is wrong with what was typed."""

    field: Field
    value: str
    refusal: Refusal | None = None

    @property
    def is_buttons(self) -> bool:
        """Whether its choices stand side by side as large buttons."""
        words = [choice.label for choice in self.field.choices]
        few = len(words) <= _FEW_WORDS and sum(len(word) for word in words) <= _FEW_LETTERS
        return self.field.kind is FieldKind.CHOICE and few and not any(choice.group for choice in self.field.choices)

    @property
    def groups(self) -> list[tuple[str, list[Choice]]]:
        """The choices under their headings."""
        found: dict[str, list[Choice]] = {}
        for choice in self.field.choices:
            found.setdefault(choice.group, []).append(choice)
        return list(found.items())


@require_http_methods(["GET", "POST"])
@guarded(KEEP_RECORDS)
def phone(request: Any, bureau: str, register: str) -> HttpResponse:
    """One record on a phone. After it is saved the page is there for the next, with day, place and occasion kept."""
    declared, facts = declared_register(register), bureau_of(request.actor, bureau, KEEP_RECORDS)
    if not declared.on_phone:
        raise PageUnknown
    KEEP_RECORDS.check(request.actor, keeping_scope(request.actor, facts))
    fields = fields_of(request.actor, declared, bureau)
    context = {"register": declared, "bureau": facts, "heading": declared.label, "today": request.actor.day}
    if request.method == "GET":
        context |= _shown(fields, _kept(request, declared))
        return render(request, "web/records/phone.html", _with_latest(request, context, declared, bureau))
    return _enter(request, declared, bureau, fields, context)


def _enter(request: Any, register: Register, bureau: str, fields: Sequence[Field], context: Any) -> HttpResponse:
    answers = {item.id: request.POST.get(item.id, "") for item in register.fields}
    try:
        made = add_record(actor=request.actor, bureau=bureau, register=register.id, answers=answers)
    except (NotAllowed, SignInNeeded):
        raise
    except Refusal as refusal:
        told = _by_field(fields, getattr(refusal, "problems", ()))
        context |= {**_shown(fields, answers, told), "refusal": None if told else refusal}
        return render(request, "web/records/phone.html", context, status=refusal.status)
    unkept = _attach(request, made)
    messages.success(request, f"第 {made} 号已登记。")
    if unkept:
        messages.error(request, f"登记已保存，照片没有保存：{unkept}")
    request.session[_session_key(register)] = _same_again(register, answers)
    response = redirect(request.path)
    if register.station and answers.get(register.station):
        response.set_cookie(
            STATION_COOKIE, answers[register.station], max_age=_KEPT_SECONDS, httponly=True, samesite="Lax",
            secure=request.is_secure(),
        )  # fmt: skip
    return response


def _attach(request: Any, record: int) -> str:
    """The photographs of the form; what could not be kept of them, in words, for the record itself stands."""
    try:
        for photo in request.FILES.getlist(_PHOTO):
            attach_file(actor=request.actor, record_id=record, file_name=photo.name, data=photo.read())
    except Refusal as refusal:
        return str(refusal)
    return ""


def _by_field(fields: Sequence[Field], problems: Sequence[Refusal]) -> dict[str, Refusal]:
    names = {item.name for item in fields}
    return {str(item.facts["name"]): item for item in reversed(problems) if item.facts.get("name") in names}


def _shown(fields: Sequence[Field], values: Mapping[str, str], told: Mapping[str, Refusal] | None = None) -> Any:
    """What must be answered, and what was answered wrongly, first; the rest is folded away until it is wanted."""
    refused = told or {}
    shown = [PhoneField(item, values.get(item.name, "") or item.initial, refused.get(item.name)) for item in fields]
    first = [item for item in shown if item.field.is_needed or item.refusal or _is_asked_first(item.field)]
    return {"first": first, "more": [item for item in shown if item not in first]}


def _is_asked_first(field: Field) -> bool:
    """Where and about whom: asked in front even where it may be left out."""
    is_place = field.declared is not None and field.declared.kind is AskedKind.STATION
    return is_place or field.kind is FieldKind.PERSON


def _same_again(register: Register, answers: dict[str, str]) -> dict[str, str]:
    """What the next record of a round most likely says, too: day, place, occasion, but nobody's name and no sum."""
    return {item.id: answers[item.id] for item in register.fields if item.kind in _KEPT_KINDS and answers[item.id]}


def _kept(request: Any, register: Register) -> dict[str, str]:
    """What stood in the record before; else today, and the station where this phone was last used."""
    kept = dict(request.session.get(_session_key(register), {}))
    if register.by_id[register.day].kind is AskedKind.DAY:
        kept[register.day] = request.actor.day.isoformat()
    if register.station:
        kept.setdefault(register.station, request.COOKIES.get(STATION_COOKIE, ""))
    return {**kept, **{name: text for name, text in request.GET.items() if name in register.by_id}}


def _with_latest(request: Any, context: dict[str, Any], register: Register, bureau: str) -> dict[str, Any]:
    """The last records of today, so that a round can be looked over."""
    wanted = RecordFilters(first=request.actor.day, last=request.actor.day)
    found = list_records(request.actor, bureau=bureau, register=register.id, filters=wanted, limit=_SHOWN)
    return {**context, "latest": found}


def _session_key(register: Register) -> str:
    return f"phone:{register.id}"
