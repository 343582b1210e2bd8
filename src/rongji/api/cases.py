"""Cases as JSON: kinds, the inbox, opening, acting, contacts, papers, letters; the same rooms as the pages use."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from ninja import File, Form, Query, Router, Status
from ninja.files import UploadedFile

from rongji.accounts.policies import guarded
from rongji.accounts.selectors import organisation
from rongji.api.case_shapes import (
    ActedOut,
    BatchOut,
    CaseOut,
    CountOut,
    HandOverIn,
    KindOut,
    LineOut,
    ListOut,
    MadeOut,
    NewActIn,
    NewActsIn,
    NewCaseIn,
    NewContactIn,
    OpenedOut,
    OverdueListOut,
    OverdueOut,
    RatingIn,
    Words,
)
from rongji.api.shapes import RefusalOut
from rongji.casework.guide import guide_of
from rongji.casework.letter_document import letter_document, letters_document
from rongji.casework.policies import HAND_OVER_CASES, HANDLE_CASES, OPEN_CASES, SEE_CASES
from rongji.casework.selectors import (
    case_named,
    case_page,
    inbox,
    letter_facts,
    letters_of_batch,
    letters_to_print,
    light_counts,
    overdue,
)
from rongji.casework.services import (
    act_on_case,
    act_on_cases,
    add_contact,
    add_paper,
    hand_over,
    open_case,
    rate_case,
    try_on_cases,
)
from rongji.casework.types import CaseFilters, CaseState, CaseToDo, Light
from rongji.documents.writers import MEDIA_TYPES, render
from rongji.law.case_kinds import case_kind, case_kinds

router = Router(tags=["办件"])
REFUSED = {403: RefusalOut, 404: RefusalOut, 409: RefusalOut, 422: RefusalOut}


@router.get("/cases/kinds", response={200: list[KindOut], **REFUSED}, summary="可办的种类和办事指南")
@guarded(SEE_CASES)
def kinds(request: Any, bureau: str, on: date | None = None) -> Any:
    """Every kind that may be opened in a bureau on a day, today unless told otherwise."""
    day, area = on or request.actor.day, organisation(bureau).area_code
    return [KindOut.of(item, guide_of(item, area, day)) for item in case_kinds(on=day, region=area)]


@router.get("/cases/kinds/{kind}", response={200: KindOut, **REFUSED}, summary="一个种类")
@guarded(SEE_CASES)
def kind(request: Any, kind: str, bureau: str, on: date | None = None) -> Any:
    """One kind as it applies on a day."""
    day, area = on or request.actor.day, organisation(bureau).area_code
    found = case_kind(kind, on=day, region=area)
    return KindOut.of(found, guide_of(found, area, day))


@router.get("/cases", response={200: ListOut, **REFUSED}, summary="办件列表（按到期日）")
@guarded(SEE_CASES)
def cases(
    request: Any,
    bureau: str,
    kind: str = "",
    channel: str = "",
    step: str = "",
    light: Light | None = None,
    handler: str = "",
    station: str = "",
    campaign: str = "",
    text: str = "",
    person_id: int | None = None,
    legacy_only: bool = False,
    state: CaseState = CaseState.OPEN,
    page: str = "",
    limit: int = Query(50, ge=1, le=500),
) -> Any:
    """The inbox of a bureau in the caller's sight; `page` is the `next` of the part before."""
    filters = CaseFilters(
        kind=kind, channel=channel, step=step, light=light, handler=handler, station=station, campaign=campaign,
        text=text, person_id=person_id, legacy_only=legacy_only, state=state,
    )  # fmt: skip
    found = inbox(request.actor, bureau=bureau, on=request.actor.day, filters=filters, page=page, limit=limit)
    return ListOut(cases=[LineOut.of(line) for line in found.lines], next=found.next)


@router.get("/cases/lights", response={200: dict[str, int], **REFUSED}, summary="在办办件按期限状态计数")
@guarded(SEE_CASES)
def lights(request: Any, bureau: str, handler: str = "") -> Any:
    """How many open cases have each light today."""
    filters = CaseFilters(handler=handler)
    counts = light_counts(request.actor, bureau=bureau, on=request.actor.day, filters=filters)
    return {str(light): count for light, count in counts.items()}


@router.get("/cases/overdue", response={200: OverdueListOut, **REFUSED}, summary="超期办件和各环节用时")
@guarded(SEE_CASES)
def late(request: Any, bureau: str, report_to: str = "", page: str = "", limit: int = Query(50, ge=1, le=500)) -> Any:
    """Open cases past their limit, the latest first; `report_to`: only those to be reported to that role."""
    found = overdue(request.actor, bureau=bureau, on=request.actor.day, report_to=report_to, page=page, limit=limit)
    return OverdueListOut(cases=[OverdueOut.of(line) for line in found.lines], next=found.next)


@router.post("/cases/hand-over", response={200: CountOut, **REFUSED}, summary="交接办件")
@guarded(HAND_OVER_CASES)
def give(request: Any, given: HandOverIn) -> Any:
    """Give cases to another handler, all or none."""
    count = hand_over(actor=request.actor, case_ids=given.cases, to_username=given.to, reason=given.reason)
    return CountOut(count=count)


@router.get("/cases/letters/{letter}.{ending}", response=REFUSED, summary="文书（docx、pdf）")
@guarded(SEE_CASES)
def letter(request: Any, letter: int, ending: str) -> Any:
    """A letter as it was issued, as a file."""
    found = letter_facts(request.actor, letter)
    document = letter_document(
        unit=found.unit, title=found.title, number=found.number, issued_on=found.issued_on, paragraphs=found.paragraphs
    )
    content = render(document, ending)
    return HttpResponse(content, content_type=MEDIA_TYPES[ending])


@router.post("/cases", response={201: OpenedOut, **REFUSED}, summary="登记办件")
@guarded(OPEN_CASES)
def open_one(request: Any, bureau: str, new: NewCaseIn) -> Any:
    """Open a case under the version of its kind that is in force on the day of receipt."""
    made = open_case(actor=request.actor, bureau=bureau, new=new.as_new())
    return Status(201, OpenedOut(id=made, number=case_page(request.actor, made, on=request.actor.day).line.number))


@router.post("/cases/acts", response={200: BatchOut, 201: BatchOut, **REFUSED}, summary="成批办理")
@guarded(HANDLE_CASES)
def act_on_many(request: Any, bureau: str, new: NewActsIn) -> Any:
    """The same act for many cases, all or none unless told otherwise; a refusal lists every case and why (`left`)."""
    cases = [
        CaseToDo(
            case_id=item.case or case_named(request.actor, bureau, item.number), answers=item.answers, seen=item.seen
        )
        for item in new.cases
    ]
    if new.trial:
        tried = try_on_cases(actor=request.actor, bureau=bureau, new=new.as_new(), cases=cases)
        return Status(200, BatchOut.of(tried))
    done = act_on_cases(
        actor=request.actor, bureau=bureau, new=new.as_new(), cases=cases, only_possible=new.only_possible
    )  # fmt: skip
    return Status(201, BatchOut.of(done))


@router.get("/cases/batches/{batch}/letters.pdf", response=REFUSED, summary="一批的文书（pdf）")
@guarded(SEE_CASES)
def batch_letters(request: Any, batch: int) -> Any:
    """The letters that a batch issued as one file, each on pages of its own."""
    letters = letters_to_print(request.actor, letters_of_batch(request.actor, batch))
    content = render(letters_document(letters, title=f"批次 {batch}"), "pdf")
    return HttpResponse(content, content_type=MEDIA_TYPES["pdf"])


@router.get("/cases/{case}", response={200: CaseOut, **REFUSED}, summary="一件的全部情况")
@guarded(SEE_CASES)
def show(request: Any, case: int) -> Any:
    """Clocks and why they end when they do, acts, papers, letters, contacts, and what the caller may do now."""
    return CaseOut.of(case_page(request.actor, case, on=request.actor.day))


@router.post("/cases/{case}/acts", response={201: ActedOut, **REFUSED}, summary="办理")
@guarded(HANDLE_CASES)
def act(request: Any, case: int, new: NewActIn) -> Any:
    """Do something with a case, and everything that follows from it."""
    sequence = act_on_case(actor=request.actor, case_id=case, new=new.as_new())
    line = case_page(request.actor, case, on=request.actor.day).line
    done = ActedOut(
        sequence=sequence, step=line.step, step_label=line.step_label, is_open=line.is_open, outcome=line.outcome,
        due_on=line.due_on,
    )  # fmt: skip
    return Status(201, done)


@router.post("/cases/{case}/contacts", response={201: MadeOut, **REFUSED}, summary="登记来访来电")
@guarded(HANDLE_CASES)
def contact(request: Any, case: int, new: NewContactIn) -> Any:
    """Write down that people came, called or wrote."""
    made = add_contact(
        actor=request.actor, case_id=case, on=new.on, channel=new.channel, people=new.people, note=new.note
    )
    return Status(201, MadeOut(id=made))


@router.post("/cases/{case}/papers", response={201: MadeOut, **REFUSED}, summary="登记材料（可附文件）")
@guarded(HANDLE_CASES)
def paper(
    request: Any,
    case: int,
    kind: Words = Form(...),
    received_on: date = Form(...),
    title: Words = Form(""),
    file: UploadedFile | None = File(None),
) -> Any:
    """File a paper, with its scan where there is one (multipart/form-data)."""
    name, data = (file.name or "", file.read()) if file else ("", b"")
    made = add_paper(
        actor=request.actor, case_id=case, kind=kind, title=title, received_on=received_on, file_name=name, data=data
    )
    return Status(201, MadeOut(id=made))


@router.post("/cases/{case}/rating", response={200: MadeOut, **REFUSED}, summary="登记满意度评价")
@guarded(HANDLE_CASES)
def rate(request: Any, case: int, given: RatingIn) -> Any:
    """What the applicant said of a closed case."""
    rate_case(actor=request.actor, case_id=case, satisfaction=given.satisfaction, on=given.on)
    return MadeOut(id=case)
