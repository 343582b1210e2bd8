"""The registers of the bureau's work, all by one set of pages: which there are, what stands in one, one record."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rongji.accounts.policies import guarded
from rongji.accounts.selectors import OrganisationFacts
from rongji.accounts.types import Actor
from rongji.documents.writers import MEDIA_TYPES
from rongji.kernel.refusal import Refusal
from rongji.law.asked import Asked, AskedKind
from rongji.law.registers import Register
from rongji.law.registers import register as declared_register
from rongji.law.registers import registers as all_registers
from rongji.people.policies import REVEAL_NUMBERS, SEE_PEOPLE
from rongji.services.exports import export_records
from rongji.services.policies import EXPORT_RECORDS, KEEP_RECORDS, SEE_RECORDS
from rongji.services.selectors import filters_from, list_records, record_page, registers_for
from rongji.services.services import read_attached
from rongji.services.types import ChildGroup, RecordList, RecordPage, RecordRow
from rongji.web.answers import download, whole_number
from rongji.web.forms.fields import Choice
from rongji.web.forms.form import Door, Subject, doors
from rongji.web.forms.records import RECORD_FORMS, RecordFacts
from rongji.web.record_desk import (
    Cell,
    Column,
    asked_for,
    bureau_of,
    bureaus_around,
    cells_of,
    chosen_among,
    columns_of,
    filters_of,
    keeping_scope,
    query_of,
    station_choices,
)

_ON_PAGE = tuple(form for form in RECORD_FORMS if form.place)
_YEARS_BACK = 6
_MOST_STATIONS = 400


@require_GET
@guarded(SEE_RECORDS)
def registers(request: Any) -> HttpResponse:
    """Every register by area, with how many records of a year stand in it."""
    bureaus = bureaus_around(request.actor, SEE_RECORDS)
    bureau = chosen_among(bureaus, request.GET.get("bureau", ""))
    this_year = request.actor.day.year
    years = [this_year - back for back in range(_YEARS_BACK)]
    asked = whole_number(request.GET.get("year", ""))
    year = asked if asked in years else this_year
    context = {
        "bureaus": bureaus,
        "bureau": bureau,
        "year": year,
        "years": years,
        "areas": registers_for(request.actor, bureau.code, year=year),
        "may_keep": KEEP_RECORDS.permits_role(request.actor),
    }
    return render(request, "web/records/registers.html", context)


@require_GET
@guarded(SEE_RECORDS)
def records_of(request: Any, bureau: str, register: str) -> HttpResponse:
    """What stands in one register, newest first, narrowed by its filters."""
    declared, facts = declared_register(register), bureau_of(request.actor, bureau)
    query = asked_for(request.GET)
    columns = columns_of(declared)
    context: dict[str, Any] = {
        "register": declared,
        "bureau": facts,
        "query": query,
        "query_words": query_of(query),
        "columns": columns,
        "filters": filters_of(declared, query),
        "stations": _stations(request.actor, declared, bureau),
        "may_keep": KEEP_RECORDS.permits(request.actor, keeping_scope(request.actor, facts)),
        "may_export": EXPORT_RECORDS.permits_role(request.actor),
    }
    try:
        found = _found(request, declared, facts, query)
    except Refusal as refusal:
        return render(request, "web/records/list.html", {**context, "refusal": refusal}, status=refusal.status)
    context |= {
        "found": found,
        "rows": [(row, cells_of(declared, columns, row)) for row in found.rows],
        "totals": [found.totals.get(column.field.id, "") for column in columns],
        "next": query_of(query, after=found.after) if found.after else "",
    }
    return render(request, "web/records/list.html", context)


def _stations(actor: Actor, register: Register, bureau: str) -> tuple[Choice, ...]:
    """The stations to choose from; none where there are so many that the name is typed sooner."""
    found = station_choices(actor, bureau, SEE_RECORDS) if register.station else ()
    return found if len(found) <= _MOST_STATIONS else ()


def _found(request: Any, register: Register, bureau: OrganisationFacts, query: dict[str, str]) -> RecordList:
    return list_records(
        request.actor,
        bureau=bureau.code,
        register=register.id,
        filters=filters_from(register, query),
        after=request.GET.get("after", ""),
    )


@dataclass(frozen=True, slots=True)
class Children:
    """The records of another register that hang on this one, as the page lists them."""

    group: ChildGroup
    columns: tuple[Column, ...]
    rows: list[tuple[RecordRow, list[Cell]]]


@require_GET
@guarded(SEE_RECORDS)
def record(request: Any, record: int) -> HttpResponse:
    """One record: what it says, what it rests on, what hangs on it, how it came to be."""
    page = record_page(request.actor, record)
    subject = Subject("", page.row.scope, "", RecordFacts(page))
    context = {
        "page": page,
        "answers": _answers(page),
        "long_answers": _answers(page, is_long=True),
        "children": [_children(group) for group in page.children],
        "empty_below": _empty_below(page),
        "doors": _doors(request.actor, subject, page),
        "sees_person": SEE_PEOPLE.permits_role(request.actor),
        "may_reveal": REVEAL_NUMBERS.permits(request.actor, page.row.scope),
    }
    return render(request, "web/records/record.html", context)


def _answers(page: RecordPage, *, is_long: bool = False) -> list[tuple[Asked, str]]:
    """What the record says, field by field; what is not said is left out."""
    pairs = [(item, page.row.cells[item.id]) for item in page.register.fields]
    return [(item, text) for item, text in pairs if text and (item.kind is AskedKind.LONG) == is_long]


def _children(group: ChildGroup) -> Children:
    """Records below, without the column that says what they hang on."""
    columns = tuple(item for item in columns_of(group.register) if item.field.id != group.register.parent)
    return Children(group, columns, [(row, cells_of(group.register, columns, row)) for row in group.rows])


def _empty_below(page: RecordPage) -> list[Register]:
    """The registers whose records may hang on this one and of which none does yet."""
    above, there = page.register.id, {group.register.id for group in page.children}
    below = [item for item in all_registers() if item.parent and item.by_id[item.parent].of == above]
    return [item for item in below if item.id not in there]


def _doors(actor: Actor, subject: Subject, page: RecordPage) -> dict[str, list[Door]]:
    """The forms that may be used on the record, by the place where they are offered."""
    found: dict[str, list[Door]] = {}
    for form in _ON_PAGE:
        where = {"record": page.row.id, **({"version": page.row.version} if form.code == "change_record" else {})}
        for place, offered in doors(actor, (form,), subject, **where).items():
            found.setdefault(place, []).extend(offered)
    return found


@require_GET
@guarded(SEE_RECORDS)
def record_file(request: Any, file: int) -> HttpResponse:
    """An attached file, its digest checked again."""
    name, content = read_attached(actor=request.actor, file_id=file)
    return download(content, name, "application/octet-stream")


@require_GET
@guarded(EXPORT_RECORDS)
def export(request: Any, bureau: str, register: str, kind: str) -> HttpResponse:
    """What the filters leave of a register, as a file that can be filled in further and imported again."""
    bureau_of(request.actor, bureau, EXPORT_RECORDS)
    declared = declared_register(register)
    filters = filters_from(declared, asked_for(request.GET))
    content = export_records(actor=request.actor, bureau=bureau, register=register, filters=filters, kind=kind)
    return download(content, f"{declared.label}.{kind}", MEDIA_TYPES.get(kind, "text/csv; charset=utf-8"))
