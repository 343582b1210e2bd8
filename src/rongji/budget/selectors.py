"""Reads of the budget: purses with their totals, versions, months, the rows behind a figure, reconciliation."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum
from django.db.models.functions import ExtractMonth

from rongji.budget.models import Adjustment, AdjustmentLine, BudgetLine, OpeningBalance, Posting
from rongji.budget.types import Codes, Direction

CODE_FIELDS = ("unit_code", "kind", "fund", "functional", "economic", "project")


@dataclass(frozen=True, slots=True)
class Purse:
    """Money that shares one classification: its codes, the sum in fen and how many records make it.

    books: the unit in whose accounts it stands, once that is known.
    """

    codes: Codes
    fen: int
    records: int
    books: str = ""


@dataclass(frozen=True, slots=True)
class VersionNote:
    """One version of the budget: which document made it, what it changed in all."""

    version: int
    document_number: str
    reason: str
    decided_on: date | None
    change_fen: int


def _purse(row: Mapping) -> Purse:
    codes = Codes(*(row[field] for field in CODE_FIELDS))
    return Purse(codes, row["fen"] or 0, row["records"])


def posted_purses(
    bureau: str, year: int, direction: str = Direction.EXPENDITURE, *, until: date | None = None
) -> list[Purse]:
    """Postings of a year added up by classification, up to and including a day if given."""
    rows = Posting.objects.filter(bureau=bureau, year=year, direction=direction)
    if until:
        rows = rows.filter(posted_on__lte=until)
    grouped = rows.order_by().values(*CODE_FIELDS).annotate(fen=Sum("amount_fen"), records=Count("id"))
    return [_purse(row) for row in grouped]


def initial_purses(bureau: str, year: int) -> list[Purse]:
    """The budget at the start of the year by classification."""
    rows = BudgetLine.objects.filter(bureau=bureau, year=year).order_by().values(*CODE_FIELDS)
    return [_purse(row) for row in rows.annotate(fen=Sum("initial_fen"), records=Count("id"))]


def adjustment_purses(bureau: str, year: int, *, version: int | None = None) -> list[Purse]:
    """Approved adjustments by classification, up to and including a version if given."""
    rows = AdjustmentLine.objects.filter(
        adjustment__bureau=bureau, adjustment__year=year, adjustment__state=Adjustment.State.APPROVED
    )
    if version is not None:
        rows = rows.filter(adjustment__version__lte=version)
    named = {f"line__{field}": field for field in CODE_FIELDS}
    grouped = rows.order_by().values(*named).annotate(fen=Sum("amount_fen"), records=Count("id"))
    return [_purse({named.get(key, key): value for key, value in row.items()}) for row in grouped]


def line_balance_fen(line: BudgetLine) -> int:
    """What a line holds after all approved adjustments."""
    approved = line.adjustments.filter(adjustment__state=Adjustment.State.APPROVED)
    return line.initial_fen + (approved.aggregate(fen=Sum("amount_fen"))["fen"] or 0)


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A budget line with what it holds after all approved adjustments. level: whose money it is, empty for all."""

    number: str
    codes: Codes
    level: str
    balance_fen: int


def budget_lines(bureau: str, year: int) -> tuple[LineFacts, ...]:
    """The lines of a year as they stand, by number."""
    approved = Q(adjustments__adjustment__state=Adjustment.State.APPROVED)
    rows = BudgetLine.objects.filter(bureau=bureau, year=year).order_by("number")
    return tuple(
        LineFacts(
            row.number,
            Codes(*(getattr(row, field) for field in CODE_FIELDS)),
            row.level,
            row.initial_fen + (row.changed_fen or 0),
        )
        for row in rows.annotate(changed_fen=Sum("adjustments__amount_fen", filter=approved))
    )


def budget_versions(bureau: str, year: int) -> list[VersionNote]:
    """The versions of a year's budget after the initial one, oldest first."""
    rows = (
        Adjustment.objects.filter(bureau=bureau, year=year, state=Adjustment.State.APPROVED)
        .annotate(fen=Sum("lines__amount_fen"))
        .order_by("version")
    )
    return [VersionNote(a.version or 0, a.document_number, a.reason, a.decided_on, a.fen or 0) for a in rows]


def open_adjustments(bureau: str, year: int) -> list[dict]:
    """Adjustments that wait for a decision."""
    rows = Adjustment.objects.filter(bureau=bureau, year=year, state=Adjustment.State.PROPOSED)
    return list(rows.annotate(fen=Sum("lines__amount_fen")).values("id", "document_number", "reason", "fen"))


def monthly_fen(bureau: str, year: int, *, projects: Iterable[str] | None = None) -> dict[int, int]:
    """Money paid in each month of the year, in fen, of some projects or of all; empty months are left out."""
    rows = Posting.objects.filter(bureau=bureau, year=year, direction=Direction.EXPENDITURE)
    if projects is not None:
        rows = rows.filter(project__in=list(projects))
    grouped = rows.order_by().annotate(month=ExtractMonth("posted_on")).values("month").annotate(fen=Sum("amount_fen"))
    return {row["month"]: row["fen"] for row in grouped}


def opening_fen(bureau: str, year: int) -> dict[str, int]:
    """Carry-over into a year by unit: the close of the year before when it is on record, else what was declared.

    The identity 上年结转 + 本年收入 − 支出 = 结余 is followed back year by year; nothing is typed in between.
    """
    if not Posting.objects.filter(bureau=bureau, year=year - 1).exists():
        declared = OpeningBalance.objects.filter(bureau=bureau, year=year).order_by().values("unit_code")
        return {row["unit_code"]: row["fen"] for row in declared.annotate(fen=Sum("amount_fen"))}
    return closing_fen(bureau, year - 1)


def is_opening_known(bureau: str, year: int) -> bool:
    """Whether the carry-over into a year is on record: declared, if only as zero, or the close of the year before."""
    before = Posting.objects.filter(bureau=bureau, year=year - 1)
    return before.exists() or OpeningBalance.objects.filter(bureau=bureau, year=year).exists()


def closing_fen(bureau: str, year: int) -> dict[str, int]:
    """What each unit carries out of a year: opening + income − expenditure, in fen."""
    closing: Counter[str] = Counter(opening_fen(bureau, year))
    signed = Posting.objects.filter(bureau=bureau, year=year).order_by().values("unit_code", "direction")
    for row in signed.annotate(fen=Sum("amount_fen")):
        sign = 1 if row["direction"] == Direction.INCOME else -1
        closing[row["unit_code"]] += sign * row["fen"]
    return dict(closing)


def has_records(bureau: str, year: int) -> bool:
    """Whether the budget knows anything of that year."""
    keys = {"bureau": bureau, "year": year}
    return BudgetLine.objects.filter(**keys).exists() or Posting.objects.filter(**keys).exists()


def postings_behind(
    bureau: str, year: int, purses: Iterable[Codes], *, direction: str = Direction.EXPENDITURE
) -> list[dict]:
    """The postings of some purses, in order of day: what a clicked figure opens into."""
    wanted = Q(pk__in=[])
    for codes in purses:
        wanted |= Q(
            unit_code=codes.unit,
            kind=codes.kind,
            fund=codes.fund,
            functional=codes.functional,
            economic=codes.economic,
            project=codes.project,
        )
    rows = Posting.objects.filter(wanted, bureau=bureau, year=year, direction=direction)
    return list(rows.values("posted_on", "voucher", "summary", "amount_fen", "batch__file_name", "row_number"))


def totals_by(purses: Iterable[Purse], field: str) -> dict[str, int]:
    """Sums in fen by one field of the classification."""
    totals: defaultdict[str, int] = defaultdict(int)
    for purse in purses:
        totals[getattr(purse.codes, field)] += purse.fen
    return dict(totals)
