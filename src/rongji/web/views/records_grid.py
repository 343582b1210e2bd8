"""Entering many records in a table of cells: looked at in one go, saved in one go, or not at all."""

import json
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, RawPostDataException
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from rongji.accounts.policies import guarded
from rongji.accounts.refusals import NotAllowed, SignInNeeded
from rongji.accounts.types import Actor
from rongji.kernel.refusal import Refusal
from rongji.law.asked import Asked, AskedKind
from rongji.law.registers import Register
from rongji.law.registers import register as declared_register
from rongji.rules.answers import NO, YES
from rongji.services.imports import import_rows, preview_rows
from rongji.services.imports.outcome import RecordOutcome, RowFinding
from rongji.services.policies import KEEP_RECORDS
from rongji.services.refusals import RecordFileRefused
from rongji.web.errors import RequestUnreadable
from rongji.web.record_desk import bureau_of, keeping_scope, station_choices

MOST_ROWS, FIRST_ROWS = 500, 12
_LONGEST_CELL = 4000
_WIDTHS = {
    AskedKind.DAY: "day", AskedKind.MONTH: "day", AskedKind.COUNT: "number", AskedKind.DECIMAL: "number",
    AskedKind.MONEY: "number", AskedKind.FLAG: "flag", AskedKind.CHOICE: "choice", AskedKind.PERSON: "name",
    AskedKind.STATION: "name", AskedKind.RECORD: "name", AskedKind.TEXT: "text", AskedKind.LONG: "long",
    AskedKind.SECRET: "text",
}  # fmt: skip
_NUMBERS = (AskedKind.COUNT, AskedKind.DECIMAL, AskedKind.MONEY)


class GridTooLong(Refusal):
    """More rows than a page of cells takes."""

    code = "record-grid-too-long"
    sentence = "一次最多保存 {most} 行，这里有 {count} 行，请分几次保存，或用 Excel 模板导入。"


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A field as a column of cells. words: what may be chosen; usual: what stands for a blank cell."""

    field: Asked
    words: tuple[str, ...] = ()
    usual: str = ""

    @property
    def width(self) -> str:
        """How wide its cells are, in a word."""
        return _WIDTHS[self.field.kind]

    @property
    def as_config(self) -> dict[str, Any]:
        """What the script needs to know of it."""
        return {
            "id": self.field.id,
            "label": self.field.label,
            "names": [self.field.label, *self.field.aliases],
            "number": self.field.kind in _NUMBERS,
            "most": _LONGEST_CELL,
            "choices": list(self.words) if self.field.kind is not AskedKind.STATION else None,
            "list": f"grid-list-{self.field.id}" if self.words else "",
            "usual": self.usual,
        }


@require_GET
@guarded(KEEP_RECORDS)
def grid(request: Any, bureau: str, register: str) -> HttpResponse:
    """The empty cells of one register."""
    declared, facts = declared_register(register), bureau_of(request.actor, bureau, KEEP_RECORDS)
    KEEP_RECORDS.check(request.actor, keeping_scope(request.actor, facts))
    columns = _columns(request.actor, declared, bureau)
    config = {
        "columns": [column.as_config for column in columns],
        "rows": FIRST_ROWS,
        "most": MOST_ROWS,
        "token": get_token(request),
    }
    context = {"register": declared, "bureau": facts, "columns": columns, "config": config}
    return render(request, "web/records/grid.html", context)


def _columns(actor: Actor, register: Register, bureau: str) -> list[GridColumn]:
    """Every field of the register; whoever has one station only need not name it."""
    stations: tuple[str, ...] = ()
    if any(item.kind is AskedKind.STATION for item in register.fields):
        stations = tuple(choice.label for choice in station_choices(actor, bureau))
    only = stations[0] if len(stations) == 1 else ""
    return [GridColumn(item, _words(item, stations), only if item.id == register.station else "")
            for item in register.fields]  # fmt: skip


def _words(asked: Asked, stations: tuple[str, ...]) -> tuple[str, ...]:
    if asked.kind is AskedKind.STATION:
        return stations
    return (YES, NO) if asked.kind is AskedKind.FLAG else asked.choices


@require_POST
@guarded(KEEP_RECORDS)
def check(request: Any, bureau: str, register: str) -> JsonResponse:
    """What saving the cells would do, and everything that is wrong with them."""
    bureau_of(request.actor, bureau, KEEP_RECORDS)
    try:
        outcome = preview_rows(actor=request.actor, bureau=bureau, register=register, rows=_rows(request))
    except (NotAllowed, SignInNeeded):
        raise
    except Refusal as refusal:
        return JsonResponse({"ok": False, "words": str(refusal)}, status=refusal.status)
    return JsonResponse(_told(outcome))


@require_POST
@guarded(KEEP_RECORDS)
def save(request: Any, bureau: str, register: str) -> JsonResponse:
    """Take over all the cells, or none of them."""
    bureau_of(request.actor, bureau, KEEP_RECORDS)
    try:
        outcome = import_rows(actor=request.actor, bureau=bureau, register=register, rows=_rows(request))
    except (NotAllowed, SignInNeeded):
        raise
    except RecordFileRefused as refusal:
        return JsonResponse(_told(refusal.outcome, is_saving=True), status=refusal.status)
    except Refusal as refusal:
        return JsonResponse({"ok": False, "words": str(refusal)}, status=refusal.status)
    messages.success(request, f"已保存：{_counts(outcome)}。")
    address = reverse("web:records_of", kwargs={"bureau": bureau, "register": register})
    return JsonResponse({**_told(outcome), "address": address})


def _rows(request: HttpRequest) -> list[dict[str, str]]:
    """The rows as the script sends them. Raises: RequestUnreadable, GridTooLong."""
    try:
        sent = json.loads(request.body)["rows"]
    except (ValueError, RecursionError, KeyError, TypeError, RawPostDataException):
        raise RequestUnreadable from None
    if not isinstance(sent, list) or not all(isinstance(row, dict) for row in sent):
        raise RequestUnreadable
    if len(sent) > MOST_ROWS:
        raise GridTooLong(most=MOST_ROWS, count=len(sent))
    return [{str(name): str(text)[:_LONGEST_CELL] for name, text in row.items() if name != "#"} for row in sent]


def _told(outcome: RecordOutcome, *, is_saving: bool = False) -> dict[str, Any]:
    """The outcome as the script shows it; rows from 0."""
    findings = [
        {"row": max(0, item.row - 1), "field": item.field, "sentence": _sentence(item, outcome), "error": item.is_error}
        for item in outcome.findings
    ]  # fmt: skip
    return {"ok": outcome.is_clean, "words": _words_of(outcome, is_saving=is_saving), "findings": findings}


def _sentence(finding: RowFinding, outcome: RecordOutcome) -> str:
    """What is wrong and what to do, each once, with the column named where the sentence does not name it."""
    cell, asked = finding.cell, declared_register(outcome.register).by_id.get(finding.field)
    sentence = f"{cell.what}。" if cell.remedy.removeprefix("请") in cell.what else finding.sentence
    return sentence if asked is None or asked.label in sentence else f"“{asked.label}”：{sentence}"


def _words_of(outcome: RecordOutcome, *, is_saving: bool) -> str:
    if outcome.errors:
        return f"有 {outcome.errors} 处要改{'，一行也没有保存' if is_saving else ''}；改好红格后再保存。"
    notes = "".join(f"{note}。" for note in outcome.notes)
    return f"检查通过：{_counts(outcome)}。{notes}"


def _counts(outcome: RecordOutcome) -> str:
    more = f"，更正已有的 {outcome.changed} 条" if outcome.changed else ""
    same = f"，{outcome.unchanged} 条与已登记的相同" if outcome.unchanged else ""
    return f"新增 {outcome.added} 条{more}{same}"
