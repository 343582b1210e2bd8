"""What the operations of placement are sent. Marks and amounts are text as people write them."""

from datetime import date
from typing import Any

from ninja import Schema

from rongji.placement.types import Category, Satisfaction, Skip, UnitKind


class NewCohortIn(Schema):
    """A season of discharge."""

    year: int
    season: str
    title: str = ""


class NewCandidateIn(Schema):
    """A person to be received."""

    person_id: int
    category: Category
    approved_on: date
    reported_on: date
    soldier: str = ""
    report_by: date | None = None
    late_reason: str = ""
    from_area: str = ""
    former_job: str = ""
    officer_id: int | None = None
    note: str = ""


class NewFactIn(Schema):
    """Something that earns points, with its evidence."""

    item: str
    degree: str = ""
    count: int = 1
    first_on: date | None = None
    last_on: date | None = None
    evidence: str


class ReasonIn(Schema):
    """Why."""

    reason: str


class ResultIn(Schema):
    """What was reached in an examination, as written; 缺考 for somebody absent."""

    part: str
    marks: str
    evidence: str


class LotIn(Schema):
    """The number drawn."""

    lot: int
    evidence: str


class ResultRowsIn(Schema):
    """Rows of a table of results: heading → cell (编号, the examinations, 抽签号, 本人确认, 本人意见)."""

    rows: list[dict[str, Any]]


class NoteIn(Schema):
    """A remark; may be empty."""

    note: str = ""


class PublishIn(Schema):
    """Until when the notice runs."""

    notice_until: date


class NewUnitIn(Schema):
    """A receiving unit."""

    name: str
    kind: UnitKind


class QuotaIn(Schema):
    """How many people a unit is to take in."""

    unit_id: int
    places: int


class NewPostIn(Schema):
    """A post that a unit offers."""

    unit_id: int
    title: str
    places: int = 1
    town: str = ""
    requirements: str = ""


class SessionIn(Schema):
    """Where and before whom the session is held."""

    held_on: date
    venue: str
    witness: str


class ChoiceIn(Schema):
    """A choice; proxy and authority where somebody else chooses for the candidate."""

    turn: int
    post: int
    proxy: str = ""
    authority: str = ""


class SkipIn(Schema):
    """A turn that goes by."""

    turn: int
    skip: Skip


class UndoIn(Schema):
    """The last act, by its number, and why it is undone."""

    sequence: int
    reason: str


class PostWithdrawalIn(Schema):
    """Places that a unit takes back, with its letter."""

    places: int
    reason: str
    document: str


class PlaceIn(Schema):
    """A unit by decision."""

    unit_id: int
    decided_on: date


class LetterIn(Schema):
    """A letter of introduction."""

    number: str
    letter_on: date


class StartIn(Schema):
    """The start of work and the contract."""

    started_on: date
    contract_from: date
    contract_to: date


class FileIn(Schema):
    """The hand-over of a file."""

    sent_on: date
    from_body: str


class ReceiptIn(Schema):
    """The receipt for a file."""

    receipt_on: date
    receipt: str


class SurveyIn(Schema):
    """What the person said."""

    satisfaction: Satisfaction
    asked_on: date


class WaitingIn(Schema):
    """The allowance of the waiting time. base: contribution wage in yuan as text, empty without insurance."""

    base: str = ""


class EndIn(Schema):
    """How a reception ends without a post."""

    on: date
    note: str
