"""Reads of placement: cohorts, candidates with their points, posts and quotas, the board of a session, what follows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from django.db.models import Count, F, Q, QuerySet, Sum

from rongji.accounts.policies import guard
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.kernel.refusal import Refusal
from rongji.law.shapes.placement import TieBreak
from rongji.law.shapes.placement_order import Composition
from rongji.people.selectors import briefs
from rongji.people.selectors.archive import transfers_numbered
from rongji.people.selectors.portions import portions
from rongji.people.types import PersonBrief, TransferFacts
from rongji.placement import law
from rongji.placement.gathering import Gathered, reading_of, refuse_ineligible
from rongji.placement.models import (
    Candidate,
    Cohort,
    Placing,
    Post,
    PublishedRows,
    Quota,
    ReceivingUnit,
    ScoreSheet,
    ScoringFact,
)
from rongji.placement.policies import SEE_PLACEMENT
from rongji.placement.refusals import CandidateUnknown, CohortUnknown
from rongji.placement.types import (
    GIVEN_A_POST,
    UNIT_LABELS,
    CandidateFacts,
    CandidateState,
    Category,
    CohortFacts,
    CohortState,
    FactFacts,
    PlacingFacts,
    PostFacts,
    QuotaFacts,
    SheetFacts,
    UnitKind,
)
from rongji.rules.placement.composition import marks_text
from rongji.rules.placement.eligibility import Ground, grounds
from rongji.rules.placement.facts import Soldier
from rongji.rules.placement.points import points_sheet
from rongji.rules.placement.reading import composition, tie_order

Facts = TypeVar("Facts")


@dataclass(frozen=True, slots=True)
class CandidatePage:
    """Everything about one candidate. soldier: as the scoring would read them today, or why it cannot.

    parts: examinations that the order is made of; results: part, what was reached, evidence. has_lots: whether a lot
    decides between equals in this area.
    """

    cohort: CohortFacts
    candidate: CandidateFacts
    person: PersonBrief
    report_by: date
    late_reason: str
    from_area: str
    former_job: str
    officer: str
    note: str
    end_reason: str
    facts: tuple[FactFacts, ...]
    soldier: Soldier | None
    trouble: str
    grounds: tuple[Ground, ...]
    placing: PlacingFacts | None
    parts: tuple[str, ...] = ()
    results: tuple[tuple[str, str, str], ...] = ()
    lot: int | None = None
    has_lots: bool = False


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A receiving unit."""

    id: int
    name: str
    kind: UnitKind

    @property
    def kind_label(self) -> str:
        """The sort of unit in words."""
        return UNIT_LABELS[self.kind]


@dataclass(frozen=True, slots=True)
class ScoredCounts:
    """How far the points of a cohort are: people who choose by points, with sheets, confirmations, scores.

    parts: examinations that the order is made of; said: the composition in words.
    """

    people: int
    sheets: int
    confirmed: int
    scores: int
    parts: tuple[str, ...]
    said: str


class Listed(Generic[Facts]):
    """A list that is read page by page: its length, and slices of it."""

    def __init__(self, rows: QuerySet[Candidate], read: Callable[[Sequence[Candidate]], tuple[Facts, ...]]) -> None:
        self._rows, self._read = rows, read

    def __len__(self) -> int:
        return self._rows.count()

    def __getitem__(self, wanted: slice) -> tuple[Facts, ...]:
        # The ids first: sorting whole rows with their sheets would carry megabytes through the sort.
        ids = list(self._rows.values_list("pk", flat=True)[wanted])
        found = {row.pk: row for chunk in portions(ids) for row in self._rows.order_by().filter(pk__in=chunk)}
        return self._read([found[pk] for pk in ids])


@dataclass(frozen=True, slots=True)
class StateShare:
    """How many of the placed went into state posts, and the least share by law, in percent."""

    placed: int
    state: int
    least: str


def cohorts(actor: Actor, bureau: str) -> tuple[CohortFacts, ...]:
    """The cohorts of a bureau, the latest first, each with how many people of each state it has.

    Raises: NotAllowed.
    """
    guard(actor, SEE_PLACEMENT, organisation(bureau).scope)
    rows = list(Cohort.objects.filter(bureau=bureau))
    counted: dict[int, dict[str, int]] = {}
    states = Candidate.objects.filter(cohort__in=rows).order_by().values_list("cohort", "state").annotate(n=Count("id"))
    for cohort, state, count in states:
        counted.setdefault(cohort, {})[state] = count
    return tuple(_cohort_facts(row, counted.get(row.pk, {})) for row in rows)


def cohort(actor: Actor, cohort_id: int) -> CohortFacts:
    """One cohort. Raises: CohortUnknown, NotAllowed."""
    row = _cohort(actor, cohort_id)
    states = Candidate.objects.filter(cohort=row).order_by().values_list("state").annotate(n=Count("id"))
    return _cohort_facts(row, dict(states))


def candidates(actor: Actor, cohort_id: int, *, category: str = "") -> tuple[CandidateFacts, ...]:
    """The people of a cohort by number, those of one category if given. Raises: CohortUnknown, NotAllowed."""
    return candidate_list(actor, cohort_id, category=category)[:]


def candidate_list(
    actor: Actor, cohort_id: int, *, category: str = "", by_position: bool = False
) -> Listed[CandidateFacts]:
    """The people of a cohort to be paged through: by number, or in their order with those without a place behind.

    Raises: CohortUnknown, NotAllowed.
    """
    row = _cohort(actor, cohort_id)
    found = Candidate.objects.filter(cohort=row, **({"category": category} if category else {}))
    places = (F("sheet__position").asc(nulls_last=True), "number")
    found = found.order_by(*(places if by_position else ("number",)))
    return Listed(found.select_related("cohort", "sheet", "placing__unit", "placing__post"), _facts_on(actor.day))


def scored_counts(actor: Actor, cohort_id: int) -> ScoredCounts:
    """How far the points of a cohort are. Raises: CohortUnknown, NotAllowed."""
    row = _cohort(actor, cohort_id)
    found = Candidate.objects.filter(cohort=row, category=Category.ASSIGNED).aggregate(
        people=Count("id"), sheets=Count("sheet"), confirmed=Count("sheet__confirmed_on"), scores=Count("sheet__score")
    )
    law = _composition(row, actor.day)
    return ScoredCounts(**found, parts=tuple(part.name for part in law.examinations) if law else (), said=_said(law))


def candidate_page(actor: Actor, candidate_id: int) -> CandidatePage:
    """One candidate with everything that the points rest on. Raises: CandidateUnknown, NotAllowed."""
    row = (
        Candidate.objects.filter(pk=candidate_id)
        .select_related("cohort", "sheet", "placing__unit", "placing__post", "officer__person")
        .first()
    )
    if row is None:
        raise CandidateUnknown(candidate=candidate_id)
    guard(actor, SEE_PLACEMENT, row.cohort.scope)
    files = briefs({row.person_id})
    soldier, trouble, found = _as_scored(row, actor.day)
    return CandidatePage(
        cohort=_cohort_facts(row.cohort, {}),
        candidate=candidate_facts(row, files, _Due(actor.day)),
        person=files[row.person_id],
        report_by=row.report_by,
        late_reason=row.late_reason,
        from_area=row.from_area,
        former_job=row.former_job,
        officer=row.officer.person.name if row.officer else "",
        note=row.note,
        end_reason=row.end_reason,
        facts=_facts_of(row),
        soldier=soldier,
        trouble=trouble,
        grounds=found,
        placing=_placing_of(row, files, actor.day),
        parts=tuple(part.name for part in law.examinations) if (law := _composition(row.cohort, actor.day)) else (),
        results=tuple((item.part, marks_text(item.marks), item.evidence) for item in row.results.all()),
        lot=row.lot,
        has_lots=_has_lots(row.cohort, actor.day),
    )


def units(actor: Actor, bureau: str) -> tuple[UnitFacts, ...]:
    """The receiving units of a bureau. Raises: NotAllowed."""
    guard(actor, SEE_PLACEMENT, organisation(bureau).scope)
    rows = ReceivingUnit.objects.filter(bureau=bureau)
    return tuple(UnitFacts(row.pk, row.name, UnitKind(row.kind)) for row in rows)


def posts(actor: Actor, cohort_id: int) -> tuple[PostFacts, ...]:
    """The posts of a cohort by number. Raises: CohortUnknown, NotAllowed."""
    return posts_of(_cohort(actor, cohort_id))


def posts_of(row: Cohort) -> tuple[PostFacts, ...]:
    """The posts of a cohort that the caller may see."""
    return tuple(_post_facts(post) for post in Post.objects.filter(cohort=row).select_related("unit"))


def quotas(actor: Actor, cohort_id: int) -> tuple[QuotaFacts, ...]:
    """The plan of each unit, what it offers, and how many were placed there. Raises: CohortUnknown, NotAllowed."""
    row = _cohort(actor, cohort_id)
    offered = dict(Post.objects.filter(cohort=row).order_by().values_list("unit").annotate(n=Sum("places")))
    placed = Placing.objects.filter(candidate__cohort=row).order_by()
    filled = dict(placed.values_list("unit").annotate(n=Count("id")))
    planned = Quota.objects.filter(cohort=row).select_related("unit")
    return tuple(
        QuotaFacts(
            item.pk, item.unit_id, item.unit.name, UnitKind(item.unit.kind), item.places,
            offered.get(item.unit_id, 0), filled.get(item.unit_id, 0),
        )
        for item in planned
    )  # fmt: skip


def state_share(actor: Actor, cohort_id: int) -> StateShare:
    """How many of the placed soldiers went into organs, institutions and state firms. Raises: CohortUnknown."""
    row = _cohort(actor, cohort_id)
    placed = Placing.objects.filter(candidate__cohort=row, candidate__category=Category.ASSIGNED)
    state = placed.exclude(unit__kind=UnitKind.OTHER).count()
    day = row.published_on or actor.day
    try:
        least = f"{law.share('state_posts', on=day, known_on=actor.day, region=row.area[:6]):f}%"
    except Refusal:
        least = ""
    return StateShare(placed.count(), state, least)


def placing_list(actor: Actor, cohort_id: int) -> Listed[PlacingFacts]:
    """What follows the choice, person by person, to be paged through. Raises: CohortUnknown, NotAllowed."""
    row = _cohort(actor, cohort_id)
    found = Candidate.objects.filter(cohort=row, placing__isnull=False).order_by("number")

    def read(rows: Sequence[Candidate]) -> tuple[PlacingFacts, ...]:
        transfers = transfers_numbered(item.placing.transfer_id for item in rows if item.placing.transfer_id)
        listed = zip(rows, _facts_on(actor.day)(rows), strict=True)
        return tuple(placing_facts(item, facts, transfers) for item, facts in listed)

    return Listed(found.select_related("cohort", "sheet", "placing__unit", "placing__post"), read)


def satisfaction_counts(actor: Actor, cohort_id: int) -> Mapping[str, int]:
    """How many of a cohort answered what when asked. Raises: CohortUnknown, NotAllowed."""
    found = Placing.objects.filter(candidate__cohort=_cohort(actor, cohort_id)).exclude(satisfaction="")
    return dict(found.order_by().values_list("satisfaction").annotate(n=Count("id")))


def published_sheet(
    actor: Actor, cohort_id: int, *, first: int = 1, last: int | None = None
) -> tuple[CohortFacts, tuple[Mapping[str, str], ...]]:
    """The cohort and the rows of its published points sheet, empty before. first, last: places, for a part of it.

    Raises: CohortUnknown, NotAllowed.
    """
    row = _cohort(actor, cohort_id)
    wanted = PublishedRows.objects.filter(cohort=row, position__gte=first)
    wanted = wanted if last is None else wanted.filter(position__lte=last)
    kept = wanted.order_by("position").values_list("rows", flat=True)
    return _cohort_facts(row, {}), tuple(line for rows in kept.iterator() for line in rows)


def overdue(actor: Actor, bureau: str) -> tuple[CandidateFacts, ...]:
    """Those still waiting for a post after the day by which they should have one. Raises: NotAllowed."""
    return overdue_list(actor, bureau)[:]


def overdue_list(actor: Actor, bureau: str) -> Listed[CandidateFacts]:
    """The same to be read in part: there may be thousands. Raises: NotAllowed."""
    guard(actor, SEE_PLACEMENT, organisation(bureau).scope)
    found = Candidate.objects.filter(cohort__bureau=bureau, state=CandidateState.WAITING, category__in=GIVEN_A_POST)
    due, late = _Due(actor.day), Q(pk__in=[])
    days = found.order_by().values_list("cohort", "cohort__area", "reported_on").distinct()
    for cohort, area, day in days:
        last = due.of(area, day)
        if last is not None and last < actor.day:
            late |= Q(cohort=cohort, reported_on=day)

    def read(rows: Sequence[Candidate]) -> tuple[CandidateFacts, ...]:
        files = briefs({item.person_id for item in rows})
        return tuple(candidate_facts(item, files, due, with_sheet=False) for item in rows)

    return Listed(found.filter(late).select_related("cohort").order_by("cohort", "number"), read)


def candidate_facts(
    row: Candidate, files: Mapping[int, PersonBrief], due: "_Due", *, with_sheet: bool = True
) -> CandidateFacts:
    """A candidate with the sheet and the unit, as lists show it."""
    brief, placing = files[row.person_id], getattr(row, "placing", None)
    sheet = getattr(row, "sheet", None) if with_sheet else None
    return CandidateFacts(
        id=row.pk,
        cohort_id=row.cohort_id,
        number=row.number,
        person_id=row.person_id,
        file_number=brief.number,
        name=brief.name,
        category=Category(row.category),
        state=CandidateState(row.state),
        approved_on=row.approved_on,
        reported_on=row.reported_on,
        due_on=due.of(row.cohort.area, row.reported_on) if Category(row.category) in GIVEN_A_POST else None,
        soldier=row.soldier,
        sheet=sheet_facts(sheet) if sheet else None,
        unit=placing.unit.name if placing else "",
        post=f"{placing.post.number} 号 {placing.post.title}" if placing and placing.post else "",
        started_on=placing.started_on if placing else None,
    )


def sheet_facts(row: ScoreSheet) -> SheetFacts:
    """A points sheet as it was reckoned last."""
    return SheetFacts(
        row.total.normalize() + 0, row.first, row.known_on, tuple(row.lines), row.digest, row.confirmed_on,
        row.confirmed_note, row.position, row.why, None if row.score is None else row.score.normalize() + 0,
        tuple(row.score_parts), row.score_trouble,
    )  # fmt: skip


def placing_facts(row: Candidate, facts: CandidateFacts, transfers: Mapping[int, TransferFacts]) -> PlacingFacts:
    """What follows the choice of one person."""
    placing = row.placing
    transfer = transfers.get(placing.transfer_id) if placing.transfer_id else None
    return PlacingFacts(
        candidate=facts,
        id=placing.pk,
        letter_number=placing.letter_number,
        letter_on=placing.letter_on,
        start_due=placing.start_due,
        contract_from=placing.contract_from,
        contract_to=placing.contract_to,
        late_pay=placing.late_pay,
        transfer_id=placing.transfer_id,
        file_sent_on=transfer.sent_on if transfer else None,
        receipt_on=transfer.receipt_on if transfer else None,
        receipt=transfer.receipt if transfer else "",
        satisfaction=placing.satisfaction,
        asked_on=placing.asked_on,
        allowance_id=row.allowance_id,
        insurance_id=row.insurance_id,
    )


def _cohort(actor: Actor, cohort_id: int) -> Cohort:
    row = Cohort.objects.filter(pk=cohort_id).first()
    if row is None:
        raise CohortUnknown(cohort=cohort_id)
    guard(actor, SEE_PLACEMENT, row.scope)
    return row


def _cohort_facts(row: Cohort, counts: Mapping[str, int]) -> CohortFacts:
    return CohortFacts(
        row.pk, row.bureau, row.area, row.scope_path, row.year, row.season, row.title, CohortState(row.state),
        row.known_on, row.published_on, row.notice_until, row.digest, counts,
    )  # fmt: skip


def _post_facts(row: Post) -> PostFacts:
    return PostFacts(
        row.pk, row.number, row.unit_id, row.unit.name, UnitKind(row.unit.kind), row.title, row.town,
        row.requirements, row.places, row.taken, row.withdrawn,
    )  # fmt: skip


class _Due:
    """The day by which the placement is to be finished; None where the law of the day says nothing."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.known: dict[tuple[str, date], date | None] = {}

    def of(self, area: str, reported_on: date) -> date | None:
        """For somebody who reported on a day; many report on the same."""
        key = area[:6], reported_on
        if key not in self.known:
            self.known[key] = None
            with suppress(Refusal):
                self.known[key] = law.last_day("finish", reported_on, known_on=self.today, region=key[0])
        return self.known[key]


def _facts_on(today: date) -> Callable[[Sequence[Candidate]], tuple[CandidateFacts, ...]]:
    """How the rows of a page become facts."""
    due = _Due(today)

    def read(rows: Sequence[Candidate]) -> tuple[CandidateFacts, ...]:
        files = briefs({item.person_id for item in rows})
        return tuple(candidate_facts(item, files, due) for item in rows)

    return read


def _composition(row: Cohort, today: date) -> Composition | None:
    """What the order of a cohort is made of; None where the law of its season does not say."""
    try:
        return composition(reading_of(row, row.known_on or today))[0]
    except Refusal:
        return None


def _has_lots(row: Cohort, today: date) -> bool:
    try:
        return TieBreak.LOT in tie_order(reading_of(row, row.known_on or today))[0].by
    except Refusal:
        return False


def _said(law: Composition | None) -> str:
    return law.said if law else "当地排序分的构成还没有登记，不能排序"


def _facts_of(row: Candidate) -> tuple[FactFacts, ...]:
    rows: Iterable[ScoringFact] = row.scoring_facts.filter(withdrawn_on__isnull=True)
    return tuple(
        FactFacts(item.pk, item.item, item.degree, item.count, item.first_on, item.last_on, item.evidence)
        for item in rows
    )


def _as_scored(row: Candidate, today: date) -> tuple[Soldier | None, str, tuple[Ground, ...]]:
    """The candidate as the scoring reads them, and the grounds; or the sentence that says what is missing."""
    if row.category != Category.ASSIGNED:
        return None, "", ()
    soldier, found = None, ()
    try:
        gathered = Gathered(row.cohort, [row], today)
        soldier = gathered.soldier(row)
        found = grounds(soldier, known_on=today, region=row.cohort.area[:6])
        refuse_ineligible(found)
        points_sheet(soldier, gathered.reading)
    except Refusal as refusal:
        return soldier, str(refusal), found
    return soldier, "", found


def _placing_of(row: Candidate, files: Mapping[int, PersonBrief], today: date) -> PlacingFacts | None:
    placing = getattr(row, "placing", None)
    if placing is None:
        return None
    wanted = [placing.transfer_id] if placing.transfer_id else []
    return placing_facts(row, candidate_facts(row, files, _Due(today)), transfers_numbered(wanted))
