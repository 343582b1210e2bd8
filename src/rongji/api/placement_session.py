"""The choosing session and what follows it as JSON: the board, choices, a post taken back, letter, start, file.

The board is the one that both screens show; every act is refused where the pages refuse it, in the same words.
"""

from typing import Any

from ninja import Router, Status

from rongji.accounts.policies import guarded
from rongji.api.placement_bodies import (
    ChoiceIn,
    EndIn,
    FileIn,
    LetterIn,
    NoteIn,
    PlaceIn,
    PostWithdrawalIn,
    ReceiptIn,
    SessionIn,
    SkipIn,
    StartIn,
    SurveyIn,
    UndoIn,
    WaitingIn,
)
from rongji.api.placement_shapes import (
    BoardOut,
    DoneOut,
    IdOut,
    TurnOut,
)
from rongji.api.shapes import RefusalOut
from rongji.kernel.quantity import Quantity
from rongji.placement import services
from rongji.placement.board import board, turns
from rongji.placement.policies import KEEP_PLACEMENT, RECORD_CHOICES, SEE_PLACEMENT

router = Router(tags=["选岗和安置之后"])
REFUSED = {403: RefusalOut, 404: RefusalOut, 409: RefusalOut, 422: RefusalOut}
RECORDED = 100
_SESSION = "/placement/sessions/{session}"
_CANDIDATE = "/placement/candidates/{candidate}"


@router.post("/placement/cohorts/{cohort}/session", response={201: IdOut, **REFUSED}, summary="召开选岗会")
@guarded(RECORD_CHOICES)
def open_session(request: Any, cohort: int, body: SessionIn) -> Any:
    """Begin the session of a published cohort."""
    return Status(201, IdOut(id=services.open_session(actor=request.actor, cohort_id=cohort, **body.dict())))


@router.get(_SESSION, response={200: BoardOut, **REFUSED}, summary="选岗会现状")
@guarded(SEE_PLACEMENT)
def session(request: Any, session: int) -> Any:
    """Who is called, who follows, the posts left, the last acts."""
    return BoardOut.of(board(request.actor, session, latest=RECORDED))


@router.get(f"{_SESSION}/turns", response={200: list[TurnOut], **REFUSED}, summary="选岗顺序和结果")
@guarded(SEE_PLACEMENT)
def all_turns(request: Any, session: int) -> Any:
    """Every turn with what was chosen."""
    return [TurnOut.of(item) for item in turns(request.actor, session)]


@router.post(f"{_SESSION}/choices", response={201: IdOut, **REFUSED}, summary="登记选岗")
@guarded(RECORD_CHOICES)
def choose(request: Any, session: int, body: ChoiceIn) -> Any:
    """The candidate whose turn it is chooses a post; the answer is the number of the act in the record."""
    made = services.choose_post(
        actor=request.actor, session_id=session, turn_id=body.turn, post_number=body.post, proxy=body.proxy,
        authority=body.authority,
    )  # fmt: skip
    return Status(201, IdOut(id=made))


@router.post(f"{_SESSION}/skips", response={201: IdOut, **REFUSED}, summary="登记放弃或未到场")
@guarded(RECORD_CHOICES)
def skip(request: Any, session: int, body: SkipIn) -> Any:
    """The turn goes by."""
    made = services.skip_turn(actor=request.actor, session_id=session, turn_id=body.turn, skip=body.skip)
    return Status(201, IdOut(id=made))


@router.post(f"{_SESSION}/undo", response={200: DoneOut, **REFUSED}, summary="撤销最后一条（另一人办理）")
@guarded(RECORD_CHOICES)
def undo(request: Any, session: int, body: UndoIn) -> Any:
    """Undo the last act, by another person than recorded it."""
    services.undo_last(actor=request.actor, session_id=session, **body.dict())
    return DoneOut()


@router.post(f"{_SESSION}/posts/{{number}}/withdraw", response={200: DoneOut, **REFUSED}, summary="接收单位撤回岗位")
@guarded(RECORD_CHOICES)
def withdraw_post(request: Any, session: int, number: int, body: PostWithdrawalIn) -> Any:
    """A unit takes places back; the answer is how many are left in the session."""
    left = services.withdraw_post(actor=request.actor, session_id=session, number=number, **body.dict())
    return DoneOut(done=str(left))


@router.post(f"{_SESSION}/finish", response={200: DoneOut, **REFUSED}, summary="结束选岗会")
@guarded(RECORD_CHOICES)
def finish(request: Any, session: int, body: NoteIn) -> Any:
    """Close the session; the answer is how many were placed."""
    return DoneOut(done=str(services.finish_session(actor=request.actor, session_id=session, note=body.note)))


@router.post(f"{_CANDIDATE}/waiting", response={200: DoneOut, **REFUSED}, summary="登记待安置期待遇")
@guarded(KEEP_PLACEMENT)
def waiting(request: Any, candidate: int, body: WaitingIn) -> Any:
    """Grant the allowance of the waiting time, and the insurance where its wage base is told."""
    base = Quantity.parse(body.base, "元").fen if body.base.strip() else 0
    services.open_waiting(actor=request.actor, candidate_id=candidate, base_fen=base)
    return DoneOut()


@router.post(f"{_CANDIDATE}/place", response={201: IdOut, **REFUSED}, summary="确定接收单位")
@guarded(KEEP_PLACEMENT)
def place(request: Any, candidate: int, body: PlaceIn) -> Any:
    """Place somebody by decision."""
    return Status(201, IdOut(id=services.place_directly(actor=request.actor, candidate_id=candidate, **body.dict())))


@router.post(f"{_CANDIDATE}/letter", response={200: DoneOut, **REFUSED}, summary="登记介绍信")
@guarded(KEEP_PLACEMENT)
def letter(request: Any, candidate: int, body: LetterIn) -> Any:
    """The letter of introduction; the answer is the last day to start."""
    return DoneOut(done=str(services.issue_letter(actor=request.actor, candidate_id=candidate, **body.dict())))


@router.post(f"{_CANDIDATE}/start", response={200: DoneOut, **REFUSED}, summary="登记上岗和合同")
@guarded(KEEP_PLACEMENT)
def start(request: Any, candidate: int, body: StartIn) -> Any:
    """The start of work; the answer says so where the unit was late."""
    is_late = services.record_start(actor=request.actor, candidate_id=candidate, **body.dict())
    return DoneOut(done="逾期" if is_late else "")


@router.post(f"{_CANDIDATE}/file", response={201: IdOut, **REFUSED}, summary="移交档案")
@guarded(KEEP_PLACEMENT)
def hand_over_file(request: Any, candidate: int, body: FileIn) -> Any:
    """Hand the file over to the unit."""
    return Status(201, IdOut(id=services.hand_over_file(actor=request.actor, candidate_id=candidate, **body.dict())))


@router.post(f"{_CANDIDATE}/receipt", response={200: DoneOut, **REFUSED}, summary="登记档案回执")
@guarded(KEEP_PLACEMENT)
def receipt(request: Any, candidate: int, body: ReceiptIn) -> Any:
    """The unit's receipt for the file."""
    services.record_file_receipt(actor=request.actor, candidate_id=candidate, **body.dict())
    return DoneOut()


@router.post(f"{_CANDIDATE}/survey", response={200: DoneOut, **REFUSED}, summary="登记满意度")
@guarded(KEEP_PLACEMENT)
def survey(request: Any, candidate: int, body: SurveyIn) -> Any:
    """What the placed person said."""
    services.record_satisfaction(actor=request.actor, candidate_id=candidate, **body.dict())
    return DoneOut()


@router.post(f"{_CANDIDATE}/settle", response={200: DoneOut, **REFUSED}, summary="办结接收")
@guarded(KEEP_PLACEMENT)
def settle(request: Any, candidate: int, body: EndIn) -> Any:
    """Close the reception of somebody who is given no post."""
    services.settle_candidate(actor=request.actor, candidate_id=candidate, **body.dict())
    return DoneOut()


@router.post(f"{_CANDIDATE}/give-up", response={200: DoneOut, **REFUSED}, summary="登记放弃安置")
@guarded(KEEP_PLACEMENT)
def give_up(request: Any, candidate: int, body: EndIn) -> Any:
    """The person gives up the placement."""
    services.give_up(actor=request.actor, candidate_id=candidate, **body.dict())
    return DoneOut()


@router.post(f"{_CANDIDATE}/elsewhere", response={200: DoneOut, **REFUSED}, summary="易地安置转出")
@guarded(KEEP_PLACEMENT)
def elsewhere(request: Any, candidate: int, body: EndIn) -> Any:
    """The person is placed by another county."""
    services.move_elsewhere(actor=request.actor, candidate_id=candidate, **body.dict())
    return DoneOut()
