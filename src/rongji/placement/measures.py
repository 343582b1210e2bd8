"""What placement counts for a bureau's year: received, placed, started, asked, planned, handed over, waiting.

A person counts once in each number; each number opens into persons.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from rongji.awards.selectors import claims_of
from rongji.kernel.figure import Figure, RowRef
from rongji.kernel.month import Month
from rongji.law.measured import Group, Named, amount_of, counted_figure
from rongji.people.measures import MaySee, fields_of, person_row
from rongji.people.selectors.archive import transfers_numbered
from rongji.placement.models import Candidate, ChoosingSession, Placing, Quota
from rongji.placement.types import (
    CATEGORY_LABELS,
    GIVEN_A_POST,
    SATISFACTION_LABELS,
    UNIT_LABELS,
    CandidateState,
    Category,
    Satisfaction,
    UnitKind,
)
from rongji.rules.entitlement.periods import first_last

REGISTER, TABLE = "移交安置台账", "placement"


@dataclass(frozen=True, slots=True)
class Line:
    """What one record adds to a number. person: whose it is, None where a unit or a session stands behind it."""

    person: int | None
    label: str
    amount: int = 1


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of placement with what is behind it."""

    named: Named
    lines: tuple[Line, ...]


def derived_figures(bureau: str, year: int) -> Iterator[Figure]:
    """Every figure that placement yields for a bureau's year; none without a candidate."""
    if not Candidate.objects.filter(cohort__bureau=bureau).exists():
        return
    for counted in counts(bureau, year):
        groups = tuple(_groups(counted))
        if groups:
            yield counted_figure(counted.named, groups, register=REGISTER, table=TABLE)


def rows_behind(bureau: str, year: int, identifier: str, may_see: MaySee) -> tuple[RowRef, ...]:
    """The persons of one group behind one number. identifier: as the figure's row carries it."""
    name, opens, group = identifier.partition("|")
    found = next((item for item in counts(bureau, year) if opens and item.named.name == name), None)
    if found is None:
        return ()
    amounts: dict[int, int] = {}
    for line in found.lines:
        if line.person is not None and line.label == group:
            amounts[line.person] = amounts.get(line.person, 0) + line.amount
    concept = found.named.concept
    return tuple(person_row(row, amount_of(concept, amounts[row["id"]]), may_see) for row in fields_of(amounts))


def counts(bureau: str, year: int) -> Iterator[Counted]:
    """Every number, those by category, kind of unit and answer included."""
    people = Candidate.objects.filter(cohort__bureau=bureau).select_related("cohort")
    yield from _received(people, year)
    yield from _endings(people, year)
    yield from _placings(bureau, year)
    yield from _satisfaction(bureau, year)
    yield from _plan(bureau, year)
    yield from _files(bureau, year)
    yield from _waiting_months(people, year)


def _groups(counted: Counted) -> Iterator[Group]:
    """One group for each label, in the order of first appearance; groups without persons open no further."""
    summed: dict[str, int] = {}
    opens: dict[str, bool] = {}
    for line in counted.lines:
        summed[line.label] = summed.get(line.label, 0) + line.amount
        opens[line.label] = opens.get(line.label, False) or line.person is not None
    for label, amount in summed.items():
        yield Group(label if opens[label] else None, label, amount)


def _persons(concept: str, how: str, rows: Iterable[Candidate], member: str = "", label: str = "") -> Counted:
    lines = tuple(Line(row.person_id, row.cohort.title) for row in rows)
    return Counted(Named(concept, how, member, label), lines)


def _by_category(concept: str, how: str, rows: QuerySet[Candidate]) -> Iterator[Counted]:
    found = list(rows.order_by("cohort", "number"))
    yield _persons(concept, how, found)
    for category in Category:
        own = [row for row in found if row.category == category]
        if own:
            label = CATEGORY_LABELS[category]
            yield _persons(concept, f"{how}（{label}）", own, f"category:{category}", label)


def _received(people: QuerySet[Candidate], year: int) -> Iterator[Counted]:
    arrived = people.filter(reported_on__year=year)
    yield from _by_category("placement.received", "报到日期在当年的安置对象", arrived)
    yield _persons("placement.from_elsewhere", "报到日期在当年、由外地迁来安置的对象", arrived.exclude(from_area=""))


def _endings(people: QuerySet[Candidate], year: int) -> Iterator[Counted]:
    last = date(year, 12, 31)
    settled = people.filter(state=CandidateState.SETTLED, ended_on__year=year)
    yield from _by_category("placement.settled", "办结日期在当年、不由单位接收的安置对象", settled)
    yield _persons(
        "placement.gave_up", "当年放弃安置的对象", people.filter(state=CandidateState.GAVE_UP, ended_on__year=year)
    )
    given = people.filter(category__in=GIVEN_A_POST, reported_on__lte=last)
    ended = Q(state__in=(CandidateState.GAVE_UP, CandidateState.ELSEWHERE), ended_on__lte=last)
    still = given.exclude(ended).exclude(placing__decided_on__lte=last)
    yield from _by_category("placement.waiting", "年末还没有确定接收单位的安置对象", still)


def _placings(bureau: str, year: int) -> Iterator[Counted]:
    placed = Candidate.objects.filter(cohort__bureau=bureau, placing__decided_on__year=year).select_related("cohort")
    yield from _by_category("placement.placed", "当年确定接收单位的安置对象", placed)
    for kind in UnitKind:
        own = list(placed.filter(placing__unit__kind=kind))
        if own:
            label = f"安置到{UNIT_LABELS[kind]}"
            yield _persons("placement.placed", f"当年{label}的安置对象", own, f"unit_kind:{kind}", label)
    yield _persons("placement.chosen", "当年选岗会上选定岗位的安置对象", placed.filter(placing__post__isnull=False))
    started = Candidate.objects.filter(cohort__bureau=bureau, placing__started_on__year=year).select_related("cohort")
    yield from _by_category("placement.started", "上岗日期在当年的安置对象", started)
    late = started.filter(placing__late_pay=True)
    yield _share_of("placement.started_late", "当年上岗、超过规定期限的安置对象", late, started, "没有人逾期上岗")


def _satisfaction(bureau: str, year: int) -> Iterator[Counted]:
    asked = Candidate.objects.filter(cohort__bureau=bureau, placing__asked_on__year=year).exclude(
        placing__satisfaction=""
    )
    rows = list(asked.select_related("cohort", "placing"))
    yield _persons("placement.asked", "当年回访并答复满意度的安置对象", rows)
    for answer in Satisfaction:
        own = [row for row in rows if row.placing.satisfaction == answer]
        if own:
            label = f"安置回访答复{SATISFACTION_LABELS[answer]}"
            yield _persons("placement.asked", f"当年{label}的安置对象", own, f"answer:{answer}", label)
    satisfied = [row for row in rows if row.placing.satisfaction == Satisfaction.SATISFIED]
    how = "当年回访答复满意的安置对象"
    yield _share_of("placement.satisfied", how, satisfied, rows, "没有人答复满意")


def _share_of(concept: str, how: str, rows: Iterable[Candidate], base: Iterable[Candidate], nobody: str) -> Counted:
    """A number that is the numerator of a rate: told as zero, and not missing, where its base is not."""
    lines = tuple(Line(row.person_id, row.cohort.title) for row in rows)
    zero = (Line(None, nobody, 0),) if not lines and any(True for _ in base) else ()
    return Counted(Named(concept, how), lines or zero)


def _plan(bureau: str, year: int) -> Iterator[Counted]:
    """Plan and what was filled of it, by unit; a unit that took in more than planned fills its plan and no more."""
    sessions = ChoosingSession.objects.filter(cohort__bureau=bureau, held_on__year=year, finished_at__isnull=False)
    held = list(sessions.select_related("cohort"))
    yield Counted(
        Named("placement.sessions", "当年召开并结束的选岗会"),
        tuple(Line(None, f"{row.held_on} {row.cohort.title}") for row in held),
    )
    planned = list(Quota.objects.filter(cohort__in=[row.cohort_id for row in held]).select_related("unit", "cohort"))
    taken = Placing.objects.filter(candidate__cohort__in=[row.cohort_id for row in held])
    filled: dict[tuple[int, int], int] = {}
    for key in taken.values_list("candidate__cohort", "unit"):
        filled[key] = filled.get(key, 0) + 1
    for kind in (None, *UnitKind):
        own = [row for row in planned if kind is None or row.unit.kind == kind]
        if own:
            yield from _plan_of(own, filled, kind)


def _plan_of(planned: list[Quota], filled: dict[tuple[int, int], int], kind: UnitKind | None) -> Iterator[Counted]:
    """The plan of some units, and what was filled of it."""
    member, label = (f"unit_kind:{kind}", UNIT_LABELS[kind]) if kind else ("", "")
    said = f"（{label}）" if label else ""
    names = [f"{row.cohort.title} {row.unit.name}" for row in planned]
    places = tuple(Line(None, name, row.places) for name, row in zip(names, planned, strict=True))
    taken = tuple(
        Line(None, name, min(row.places, filled.get((row.cohort_id, row.unit_id), 0)))
        for name, row in zip(names, planned, strict=True)
    )
    how = f"当年选岗批次的安置计划{said}"
    yield Counted(Named("placement.quota", how, member, label and f"{label}安置计划"), places)
    how = f"当年选岗批次中各计划单位实际接收的人数{said}，不超过计划"
    yield Counted(Named("placement.quota_filled", how, member, label and f"{label}安置计划完成"), taken)


def _files(bureau: str, year: int) -> Iterator[Counted]:
    found = Candidate.objects.filter(cohort__bureau=bureau, placing__transfer_id__isnull=False)
    rows = list(found.select_related("cohort", "placing").order_by("cohort", "number"))
    transfers = transfers_numbered(row.placing.transfer_id for row in rows)
    sent = [row for row in rows if transfers[row.placing.transfer_id].sent_on.year == year]
    yield _persons("placement.files_handed_over", "当年向接收单位移交档案的安置对象", sent)
    receipts = {row.pk: transfers[row.placing.transfer_id].receipt_on for row in rows}
    back = [row for row in rows if (day := receipts[row.pk]) is not None and day.year == year]
    yield _persons("placement.file_receipts", "当年收到接收单位档案回执的安置对象", back)


def _waiting_months(people: QuerySet[Candidate], year: int) -> Iterator[Counted]:
    """Months for which the living allowance of the waiting time is owed, as the awards and their timing say."""
    rows = {row.allowance_id: row for row in people.filter(allowance__isnull=False)}
    last_day = date(year, 12, 31)
    claims = claims_of({row.person_id for row in rows.values()}, known_on=date.max)
    lines = []
    for claim in claims:
        row = rows.get(claim.award_id)
        if row is None or claim.basis_on > last_day:
            continue
        first, last = first_last(claim, date.max)
        end = Month.of(year, 12) if last is None else min(last, Month.of(year, 12))
        months = end.index - max(first, Month.of(year, 1)).index + 1
        if months > 0:
            lines.append(Line(row.person_id, row.cohort.title, months))
    yield Counted(Named("placement.waiting_months", "当年应享受待安置期生活补助的月数"), tuple(lines))
