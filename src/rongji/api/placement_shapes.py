"""The JSON shapes of placement. Points and marks are strings as people write them; nothing passes a float."""

from typing import Any

from ninja import Schema

from rongji.law.shapes.placement import points_text
from rongji.placement.imports import ResultsOutcome
from rongji.placement.selectors import CandidatePage, ScoredCounts
from rongji.placement.services.scoring import Scored
from rongji.placement.types import (
    CandidateFacts,
    ChoiceFacts,
    CohortFacts,
    PlacingFacts,
    PostFacts,
    QuotaFacts,
    SessionBoard,
    SheetFacts,
    TurnFacts,
    UnitKind,
)


class CohortOut(Schema):
    """A cohort: state, days of the notice, digest of the published sheet, people by state."""

    id: int
    year: int
    season: str
    title: str
    state: str
    published_on: str
    notice_until: str
    digest: str
    people: dict[str, int]

    @classmethod
    def of(cls, facts: CohortFacts) -> "CohortOut":
        """Out of the selector's facts."""
        return cls(
            id=facts.id, year=facts.year, season=facts.season, title=facts.title, state=facts.state,
            published_on=str(facts.published_on or ""), notice_until=str(facts.notice_until or ""),
            digest=facts.digest, people=dict(facts.counts),
        )  # fmt: skip


class CohortPageOut(Schema):
    """A cohort with how far its points are, and what its order is made of."""

    cohort: CohortOut
    candidates: int
    sheets: int
    confirmed: int
    scores: int
    examinations: list[str]
    composition: str
    session: int | None

    @classmethod
    def of(cls, facts: CohortFacts, counts: ScoredCounts, session: int | None) -> "CohortPageOut":
        """Out of what the selectors give."""
        return cls(
            cohort=CohortOut.of(facts), candidates=counts.people, sheets=counts.sheets, confirmed=counts.confirmed,
            scores=counts.scores, examinations=list(counts.parts), composition=counts.said, session=session,
        )  # fmt: skip


class SheetOut(Schema):
    """A points sheet: the lines of the points, the parts of the score, and where it stands in the order."""

    total: str
    first: str
    score: str
    score_trouble: str
    lines: list[dict[str, str]]
    parts: list[dict[str, str]]
    known_on: str
    confirmed_on: str
    position: int | None
    why: str

    @classmethod
    def of(cls, facts: SheetFacts) -> "SheetOut":
        """Out of the selector's facts."""
        return cls(
            total=points_text(facts.total), first=facts.first,
            score="" if facts.score is None else points_text(facts.score), score_trouble=facts.score_trouble,
            lines=[dict(line) for line in facts.lines], parts=[dict(part) for part in facts.parts],
            known_on=str(facts.known_on), confirmed_on=str(facts.confirmed_on or ""), position=facts.position,
            why=facts.why,
        )  # fmt: skip


class CandidateOut(Schema):
    """A candidate in a list."""

    id: int
    number: int
    file_number: str
    name: str
    category: str
    state: str
    approved_on: str
    reported_on: str
    due_on: str
    unit: str
    post: str
    started_on: str
    total: str
    score: str
    position: int | None

    @classmethod
    def of(cls, facts: CandidateFacts) -> "CandidateOut":
        """Out of the selector's facts."""
        sheet = SheetOut.of(facts.sheet) if facts.sheet else None
        named = ("id", "number", "file_number", "name", "category", "state", "unit", "post")
        days = ("approved_on", "reported_on", "due_on", "started_on")
        return cls(
            **{name: getattr(facts, name) for name in named},
            **{name: str(getattr(facts, name) or "") for name in days},
            total=sheet.total if sheet else "",
            score=sheet.score if sheet else "",
            position=sheet.position if sheet else None,
        )


class CandidateListOut(Schema):
    """A page of candidates. count: of all; pages are numbered from 1."""

    rows: list[CandidateOut]
    count: int
    page: int
    pages: int


class PlacingOut(Schema):
    """What follows a choice."""

    unit: str
    post: str
    letter_number: str
    letter_on: str
    start_due: str
    started_on: str
    contract_from: str
    contract_to: str
    late_pay: bool
    file_sent_on: str
    receipt_on: str
    receipt: str
    satisfaction: str
    asked_on: str

    @classmethod
    def of(cls, facts: PlacingFacts) -> "PlacingOut":
        """Out of the selector's facts."""
        days = ("letter_on", "start_due", "contract_from", "contract_to", "file_sent_on", "receipt_on", "asked_on")
        return cls(
            **{name: str(getattr(facts, name) or "") for name in days},
            unit=facts.candidate.unit, post=facts.candidate.post, letter_number=facts.letter_number,
            started_on=str(facts.candidate.started_on or ""), late_pay=facts.late_pay, receipt=facts.receipt,
            satisfaction=facts.satisfaction,
        )  # fmt: skip


class CandidatePageOut(Schema):
    """A candidate with the sheet, the grounds, the facts, the results, and what follows. trouble: why no sheet."""

    candidate: CandidateOut
    sheet: SheetOut | None
    trouble: str
    grounds: list[dict[str, Any]]
    facts: list[dict[str, str]]
    results: list[dict[str, str]]
    lot: int | None
    placing: PlacingOut | None

    @classmethod
    def of(cls, page: CandidatePage) -> "CandidatePageOut":
        """Out of the selector's page."""
        return cls(
            candidate=CandidateOut.of(page.candidate),
            sheet=SheetOut.of(page.candidate.sheet) if page.candidate.sheet else None,
            trouble=page.trouble,
            grounds=[{"name": item.name, "met": item.met, "words": item.words} for item in page.grounds],
            facts=[
                {"id": str(item.id), "item": item.item, "degree": item.degree, "count": str(item.count),
                 "first_on": str(item.first_on or ""), "last_on": str(item.last_on or ""), "evidence": item.evidence}
                for item in page.facts
            ],
            results=[{"part": part, "marks": text, "evidence": evidence} for part, text, evidence in page.results],
            lot=page.lot,
            placing=PlacingOut.of(page.placing) if page.placing else None,
        )  # fmt: skip


class PostOut(Schema):
    """A post with its places."""

    number: int
    unit_id: int
    unit: str
    title: str
    town: str
    requirements: str
    places: int
    taken: int
    withdrawn: int
    left: int

    @classmethod
    def of(cls, facts: PostFacts) -> "PostOut":
        """Out of the selector's facts."""
        return cls(**{name: getattr(facts, name) for name in cls.model_fields})


class QuotaOut(Schema):
    """The plan of a unit, what it offers, and how many were placed there."""

    unit_id: int
    unit: str
    places: int
    offered: int
    filled: int

    @classmethod
    def of(cls, facts: QuotaFacts) -> "QuotaOut":
        """Out of the selector's facts."""
        return cls(**{name: getattr(facts, name) for name in cls.model_fields})


class UnitOut(Schema):
    """A receiving unit."""

    id: int
    name: str
    kind: UnitKind


class SheetRowsOut(Schema):
    """The rows of the published sheet for some places, as the csv has them, and the digest of the whole."""

    digest: str
    first: int
    last: int
    rows: list[dict[str, str]]


class TurnOut(Schema):
    """A turn of a session."""

    id: int
    position: int
    number: int
    name: str
    state: str
    lap: int
    skip: str
    post_number: int | None

    @classmethod
    def of(cls, facts: TurnFacts) -> "TurnOut":
        """Out of the selector's facts."""
        return cls(**{name: getattr(facts, name) for name in cls.model_fields})


class ActOut(Schema):
    """A line of the record of a session."""

    sequence: int
    at: str
    what: str
    name: str
    post: str
    by: str
    witness: str
    reason: str
    proxy: str

    @classmethod
    def of(cls, facts: ChoiceFacts) -> "ActOut":
        """Out of the board's facts."""
        texts = {name: getattr(facts, name) for name in cls.model_fields if name != "at"}
        return cls(at=facts.at.isoformat(), **texts)


class BoardOut(Schema):
    """A session as both screens show it."""

    id: int
    cohort: int
    held_on: str
    venue: str
    witness: str
    step: int
    is_finished: bool
    current: TurnOut | None
    following: list[TurnOut]
    chosen: int
    waiting: int
    posts: list[PostOut]
    log: list[ActOut]

    @classmethod
    def of(cls, facts: SessionBoard) -> "BoardOut":
        """Out of the board."""
        return cls(
            id=facts.id, cohort=facts.cohort.id, held_on=str(facts.held_on), venue=facts.venue, witness=facts.witness,
            step=facts.step, is_finished=facts.is_finished, chosen=facts.chosen, waiting=facts.waiting,
            current=TurnOut.of(facts.current) if facts.current else None,
            following=[TurnOut.of(turn) for turn in facts.following],
            posts=[PostOut.of(post) for post in facts.posts], log=[ActOut.of(line) for line in facts.log],
        )  # fmt: skip


class ScoredOut(Schema):
    """What a reckoning came to. waiting: sheets without a score, because an examination is missing."""

    sheets: int
    waiting: int
    problems: list[dict[str, Any]]

    @classmethod
    def of(cls, found: Scored) -> "ScoredOut":
        """Out of the service's answer."""
        problems = [
            {"candidate": item.candidate_id, "number": item.number, "message": item.sentence} for item in found.problems
        ]
        return cls(sheets=found.sheets, waiting=found.waiting, problems=problems)


class ResultsOut(Schema):
    """What taking over a table of results did, or would do."""

    rows: int
    changed: int
    unchanged: int
    errors: int
    findings: list[dict[str, Any]]
    changes: list[str]

    @classmethod
    def of(cls, outcome: ResultsOutcome) -> "ResultsOut":
        """Out of the import's outcome; rows count from 2, under the headings, as in a table."""
        return cls(
            rows=outcome.rows, changed=outcome.changed, unchanged=outcome.unchanged, errors=outcome.errors,
            findings=[
                {"row": item.row, "cell": item.address, "level": item.level.value, "found": item.found,
                 "message": f"{item.what}。{item.remedy}。"}
                for item in outcome.problems.kept
            ],
            changes=list(outcome.changes),
        )  # fmt: skip


class IdOut(Schema):
    """The number of what was made."""

    id: int


class DoneOut(Schema):
    """What came of an act, where there is something to tell: a day, a digest, a count."""

    done: str = ""
