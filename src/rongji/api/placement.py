"""Placement as JSON: cohorts, who is received, points, results, the publication, units and posts.

Every write is the service that the pages call, with the same permission and the same refusals.
"""

from typing import Any

from django.core.paginator import Paginator
from ninja import Router, Status

from rongji.accounts.policies import guarded
from rongji.api.placement_bodies import (
    LotIn,
    NewCandidateIn,
    NewCohortIn,
    NewFactIn,
    NewPostIn,
    NewUnitIn,
    NoteIn,
    PublishIn,
    QuotaIn,
    ReasonIn,
    ResultIn,
    ResultRowsIn,
)
from rongji.api.placement_shapes import (
    CandidateListOut,
    CandidateOut,
    CandidatePageOut,
    CohortOut,
    CohortPageOut,
    DoneOut,
    IdOut,
    PostOut,
    QuotaOut,
    ResultsOut,
    ScoredOut,
    SheetRowsOut,
    UnitOut,
)
from rongji.api.shapes import RefusalOut
from rongji.placement import selectors, services
from rongji.placement.board import session_of_cohort
from rongji.placement.imports import import_results, preview_results
from rongji.placement.policies import KEEP_PLACEMENT, PUBLISH_POINTS, SEE_PLACEMENT
from rongji.placement.refusals import ResultsRefused
from rongji.placement.types import NewCandidate, NewFact, NewPost
from rongji.rules.placement.composition import ABSENT, marks_of

router = Router(tags=["移交安置"])
REFUSED = {403: RefusalOut, 404: RefusalOut, 409: RefusalOut, 422: RefusalOut}
LARGEST_PAGE = 200
_COHORT = "/placement/cohorts/{cohort}"
_CANDIDATE = "/placement/candidates/{candidate}"


@router.get("/placement/{bureau}/cohorts", response={200: list[CohortOut], **REFUSED}, summary="安置批次")
@guarded(SEE_PLACEMENT)
def cohorts(request: Any, bureau: str) -> Any:
    """The cohorts of a bureau, the latest first."""
    return [CohortOut.of(item) for item in selectors.cohorts(request.actor, bureau)]


@router.post("/placement/{bureau}/cohorts", response={201: IdOut, **REFUSED}, summary="建立安置批次")
@guarded(KEEP_PLACEMENT)
def open_cohort(request: Any, bureau: str, body: NewCohortIn) -> Any:
    """Begin the cohort of a season."""
    return Status(201, IdOut(id=services.open_cohort(actor=request.actor, bureau=bureau, **body.dict())))


@router.get(_COHORT, response={200: CohortPageOut, **REFUSED}, summary="一个批次")
@guarded(SEE_PLACEMENT)
def cohort(request: Any, cohort: int) -> Any:
    """A cohort, how far its points are, and what its order is made of."""
    found = selectors.cohort(request.actor, cohort)
    return CohortPageOut.of(found, selectors.scored_counts(request.actor, cohort), session_of_cohort(cohort))


@router.get(f"{_COHORT}/candidates", response={200: CandidateListOut, **REFUSED}, summary="安置对象")
@guarded(SEE_PLACEMENT)
def candidates(
    request: Any, cohort: int, category: str = "", by_position: bool = False, page: int = 1, limit: int = 50
) -> Any:
    """A page of the people of a cohort, by number or in their order."""
    listed = selectors.candidate_list(request.actor, cohort, category=category, by_position=by_position)
    found = Paginator(listed, min(max(limit, 1), LARGEST_PAGE)).get_page(page)
    return CandidateListOut(
        rows=[CandidateOut.of(item) for item in found.object_list], count=found.paginator.count, page=found.number,
        pages=found.paginator.num_pages,
    )  # fmt: skip


@router.post(f"{_COHORT}/candidates", response={201: IdOut, **REFUSED}, summary="接收一人")
@guarded(KEEP_PLACEMENT)
def add_candidate(request: Any, cohort: int, body: NewCandidateIn) -> Any:
    """Receive a person."""
    made = services.add_candidate(actor=request.actor, cohort_id=cohort, new=NewCandidate(**body.dict()))
    return Status(201, IdOut(id=made))


@router.get(_CANDIDATE, response={200: CandidatePageOut, **REFUSED}, summary="一人的积分、条件和去向")
@guarded(SEE_PLACEMENT)
def candidate(request: Any, candidate: int) -> Any:
    """A candidate with every line of the points and what it rests on."""
    return CandidatePageOut.of(selectors.candidate_page(request.actor, candidate))


@router.post(f"{_CANDIDATE}/facts", response={201: IdOut, **REFUSED}, summary="登记计分事项")
@guarded(KEEP_PLACEMENT)
def add_fact(request: Any, candidate: int, body: NewFactIn) -> Any:
    """Enter something that earns points and that the register of people does not hold."""
    made = services.record_scoring_fact(actor=request.actor, candidate_id=candidate, new=NewFact(**body.dict()))
    return Status(201, IdOut(id=made))


@router.post("/placement/facts/{fact}/withdraw", response={200: DoneOut, **REFUSED}, summary="撤销计分事项")
@guarded(KEEP_PLACEMENT)
def withdraw_fact(request: Any, fact: int, body: ReasonIn) -> Any:
    """Take back a fact that was entered wrongly."""
    services.withdraw_scoring_fact(actor=request.actor, fact_id=fact, reason=body.reason)
    return DoneOut()


@router.post(f"{_CANDIDATE}/results", response={200: DoneOut, **REFUSED}, summary="登记考试考核成绩")
@guarded(KEEP_PLACEMENT)
def record_result(request: Any, candidate: int, body: ResultIn) -> Any:
    """Enter what was reached in an examination; another entry replaces it."""
    text = body.marks.strip()
    services.record_result(
        actor=request.actor, candidate_id=candidate, part=body.part, marks=None if text == ABSENT else marks_of(text),
        evidence=body.evidence,
    )  # fmt: skip
    return DoneOut()


@router.post(f"{_CANDIDATE}/lot", response={200: DoneOut, **REFUSED}, summary="登记抽签号")
@guarded(KEEP_PLACEMENT)
def record_lot(request: Any, candidate: int, body: LotIn) -> Any:
    """Enter the number that somebody drew."""
    services.record_lot(actor=request.actor, candidate_id=candidate, **body.dict())
    return DoneOut()


@router.post(f"{_CANDIDATE}/confirm", response={200: DoneOut, **REFUSED}, summary="登记本人确认积分")
@guarded(KEEP_PLACEMENT)
def confirm_points(request: Any, candidate: int, body: NoteIn) -> Any:
    """The candidate has seen the sheet and confirmed it."""
    services.confirm_points(actor=request.actor, candidate_id=candidate, note=body.note)
    return DoneOut()


@router.post(f"{_COHORT}/results/preview", response={200: ResultsOut, **REFUSED}, summary="试导入成绩：不写入")
@guarded(KEEP_PLACEMENT)
def try_results(request: Any, cohort: int, body: ResultRowsIn) -> Any:
    """What taking over these rows would do; nothing is written."""
    return ResultsOut.of(preview_results(actor=request.actor, cohort_id=cohort, source=body.rows, file_name="接口"))


@router.post(
    f"{_COHORT}/results",
    response={200: ResultsOut, **REFUSED, 422: ResultsOut | RefusalOut},
    summary="导入成绩、抽签号和确认：全部合格才写入",
)
@guarded(KEEP_PLACEMENT)
def take_results(request: Any, cohort: int, body: ResultRowsIn) -> Any:
    """Take over these rows, all or nothing."""
    try:
        done = import_results(actor=request.actor, cohort_id=cohort, source=body.rows, file_name="接口")
    except ResultsRefused as refusal:
        return Status(422, ResultsOut.of(refusal.outcome))
    return ResultsOut.of(done)


@router.post(f"{_COHORT}/points", response={200: ScoredOut, **REFUSED}, summary="核算积分")
@guarded(KEEP_PLACEMENT)
def compute_points(request: Any, cohort: int) -> Any:
    """Reckon everybody's points; who cannot be scored is named with the reason."""
    return ScoredOut.of(services.compute_points(actor=request.actor, cohort_id=cohort))


@router.post(f"{_COHORT}/publication", response={200: DoneOut, **REFUSED}, summary="公示积分和顺序")
@guarded(PUBLISH_POINTS)
def publish_points(request: Any, cohort: int, body: PublishIn) -> Any:
    """Freeze points and order; the answer is the digest of the sheet."""
    done = services.publish_points(actor=request.actor, cohort_id=cohort, notice_until=body.notice_until)
    return DoneOut(done=done)


@router.post(f"{_COHORT}/publication/withdraw", response={200: DoneOut, **REFUSED}, summary="撤回公示")
@guarded(PUBLISH_POINTS)
def withdraw_publication(request: Any, cohort: int, body: ReasonIn) -> Any:
    """Take a publication back."""
    services.withdraw_publication(actor=request.actor, cohort_id=cohort, reason=body.reason)
    return DoneOut()


@router.get(f"{_COHORT}/sheet", response={200: SheetRowsOut, **REFUSED}, summary="公示积分表的行")
@guarded(SEE_PLACEMENT)
def sheet(request: Any, cohort: int, first: int = 1, limit: int = LARGEST_PAGE) -> Any:
    """The rows of the published sheet for some places; all of them together can be reckoned again by anybody."""
    last = first + min(max(limit, 1), LARGEST_PAGE) - 1
    facts, rows = selectors.published_sheet(request.actor, cohort, first=first, last=last)
    return SheetRowsOut(digest=facts.digest, first=first, last=last, rows=[dict(row) for row in rows])


@router.get("/placement/{bureau}/units", response={200: list[UnitOut], **REFUSED}, summary="接收单位")
@guarded(SEE_PLACEMENT)
def units(request: Any, bureau: str) -> Any:
    """The receiving units of a bureau."""
    return [UnitOut(id=item.id, name=item.name, kind=item.kind) for item in selectors.units(request.actor, bureau)]


@router.post("/placement/{bureau}/units", response={201: IdOut, **REFUSED}, summary="登记接收单位")
@guarded(KEEP_PLACEMENT)
def add_unit(request: Any, bureau: str, body: NewUnitIn) -> Any:
    """Put a unit on the list."""
    return Status(201, IdOut(id=services.add_unit(actor=request.actor, bureau=bureau, **body.dict())))


@router.get(f"{_COHORT}/quotas", response={200: list[QuotaOut], **REFUSED}, summary="安置计划和完成")
@guarded(SEE_PLACEMENT)
def quotas(request: Any, cohort: int) -> Any:
    """The plan of each unit against what came of it."""
    return [QuotaOut.of(item) for item in selectors.quotas(request.actor, cohort)]


@router.put(f"{_COHORT}/quotas", response={200: IdOut, **REFUSED}, summary="登记安置计划")
@guarded(KEEP_PLACEMENT)
def set_quota(request: Any, cohort: int, body: QuotaIn) -> Any:
    """Plan how many people a unit takes in."""
    return IdOut(id=services.set_quota(actor=request.actor, cohort_id=cohort, **body.dict()))


@router.get(f"{_COHORT}/posts", response={200: list[PostOut], **REFUSED}, summary="岗位")
@guarded(SEE_PLACEMENT)
def posts(request: Any, cohort: int) -> Any:
    """The posts of a cohort with the places left."""
    return [PostOut.of(item) for item in selectors.posts(request.actor, cohort)]


@router.post(f"{_COHORT}/posts", response={201: IdOut, **REFUSED}, summary="增加岗位")
@guarded(KEEP_PLACEMENT)
def add_post(request: Any, cohort: int, body: NewPostIn) -> Any:
    """Offer a post; the answer is its number."""
    return Status(201, IdOut(id=services.add_post(actor=request.actor, cohort_id=cohort, new=NewPost(**body.dict()))))


@router.post(f"{_COHORT}/posts/{{number}}/drop", response={200: DoneOut, **REFUSED}, summary="取消岗位（选岗会以前）")
@guarded(KEEP_PLACEMENT)
def drop_post(request: Any, cohort: int, number: int, body: ReasonIn) -> Any:
    """Take a post off the list before the session."""
    services.drop_post(actor=request.actor, cohort_id=cohort, number=number, reason=body.reason)
    return DoneOut()
