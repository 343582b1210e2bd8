"""The registers of the bureau's work as JSON: declarations, lists, records, rows that are tried before they are kept.

Answers are what one would type on the page; a refusal tells every field that is wrong.
"""

from typing import Any

from ninja import Router, Status

from rongji.accounts.policies import guarded
from rongji.api.record_shapes import (
    ChangeIn,
    DeclarationOut,
    MadeOut,
    NewRecordIn,
    OutcomeOut,
    ReasonIn,
    RecordListOut,
    RecordOut,
    RecordPageOut,
    RegisterOut,
    RowsIn,
)
from rongji.api.shapes import RefusalOut
from rongji.law.registers import register as declared_register
from rongji.services import selectors, services
from rongji.services.imports import import_rows, preview_rows
from rongji.services.policies import KEEP_RECORDS, SEE_RECORDS
from rongji.services.refusals import RecordFileRefused

router = Router(tags=["业务登记"])
REFUSED = {403: RefusalOut, 404: RefusalOut, 409: RefusalOut, 422: RefusalOut}
LARGEST_PAGE = 200
_FIXED = ("after", "limit")


@router.get("/registers/{bureau}", response={200: list[RegisterOut], **REFUSED}, summary="全部登记簿")
@guarded(SEE_RECORDS)
def registers(request: Any, bureau: str) -> Any:
    """Every register, with how many records stand in it in the caller's sight."""
    areas = selectors.registers_for(request.actor, bureau)
    return [RegisterOut.of(entry) for area in areas for entry in area.entries]


@router.get(
    "/registers/{bureau}/{name}/declaration",
    response={200: DeclarationOut, **REFUSED},
    summary="登记簿的栏目和指标",
)
@guarded(SEE_RECORDS)
def declaration(request: Any, bureau: str, name: str) -> Any:
    """What the register asks for and what it counts."""
    return DeclarationOut.of(declared_register(name))


@router.get("/registers/{bureau}/{name}", response={200: RecordListOut, **REFUSED}, summary="登记列表")
@guarded(SEE_RECORDS)
def records(request: Any, bureau: str, name: str, after: str = "", limit: int = 50) -> Any:
    """A page of records, newest first. Further parameters filter: first, last, station, category, person, text, a
    field of choices.
    """
    given = {name: request.GET[name] for name in request.GET if name not in _FIXED}
    filters = selectors.filters_from(declared_register(name), given)
    found = selectors.list_records(
        request.actor, bureau=bureau, register=name, filters=filters, after=after, limit=min(limit, LARGEST_PAGE)
    )
    return RecordListOut.of(found)


@router.post("/registers/{bureau}/{name}", response={201: MadeOut, **REFUSED}, summary="登记一条")
@guarded(KEEP_RECORDS)
def add(request: Any, bureau: str, name: str, body: NewRecordIn) -> Any:
    """Enter one record."""
    made = services.add_record(actor=request.actor, bureau=bureau, register=name, answers=body.answers)
    return Status(201, MadeOut(id=made, version=1))


@router.post(
    "/registers/{bureau}/{name}/preview", response={200: OutcomeOut, **REFUSED}, summary="试导入：逐行核对，不写入"
)
@guarded(KEEP_RECORDS)
def try_rows(request: Any, bureau: str, name: str, body: RowsIn) -> Any:
    """What taking over these rows would do; nothing is written."""
    return OutcomeOut.of(preview_rows(actor=request.actor, bureau=bureau, register=name, rows=body.rows))


@router.post(
    "/registers/{bureau}/{name}/rows",
    response={200: OutcomeOut, **REFUSED, 422: OutcomeOut | RefusalOut},
    summary="导入多行：全部合格才写入",
)
@guarded(KEEP_RECORDS)
def take_rows(request: Any, bureau: str, name: str, body: RowsIn) -> Any:
    """Take over these rows, all or nothing."""
    try:
        return OutcomeOut.of(import_rows(actor=request.actor, bureau=bureau, register=name, rows=body.rows))
    except RecordFileRefused as refusal:
        return Status(422, OutcomeOut.of(refusal.outcome))


@router.get("/records/{record}", response={200: RecordPageOut, **REFUSED}, summary="一条登记")
@guarded(SEE_RECORDS)
def record_in_full(request: Any, record: int) -> Any:
    """A record with its history, files and what hangs on it."""
    return RecordPageOut.of(selectors.record_page(request.actor, record))


@router.patch("/records/{record}", response={200: MadeOut, **REFUSED}, summary="更正一条登记")
@guarded(KEEP_RECORDS)
def change(request: Any, record: int, body: ChangeIn) -> Any:
    """Put other answers in, from the version that was read."""
    version = services.change_record(
        actor=request.actor, record_id=record, version=body.version, answers=body.answers, reason=body.reason
    )
    return MadeOut(id=record, version=version)


@router.post("/records/{record}/withdraw", response={200: RecordOut, **REFUSED}, summary="撤销一条登记")
@guarded(KEEP_RECORDS)
def withdraw(request: Any, record: int, body: ReasonIn) -> Any:
    """Take a record back; it stays readable."""
    services.withdraw_record(actor=request.actor, record_id=record, reason=body.reason)
    return RecordOut.of(selectors.record_page(request.actor, record).row)
