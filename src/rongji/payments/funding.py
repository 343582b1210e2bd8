"""Who pays for a run: its payments split between the three budgets, and the budget lines that this takes.

先预算后使用: a run takes its money out of lines before it is sent; what it takes stays taken until it is posted, or
given back by a cancelled payment. Splits are made line by line and added up, so that any part of a run splits alike.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, QuerySet, Sum

from rongji.budget.selectors import LineFacts, budget_lines, posted_purses
from rongji.budget.types import LEVEL_LABELS, Codes, Level
from rongji.kernel.fen import yuan
from rongji.kernel.month import Month
from rongji.law.shapes.benefit import Benefit
from rongji.payments.drawing import Need, fits, order, shares
from rongji.payments.models import Payment, PaymentRun, RunBudget, RunLine
from rongji.payments.refusals import BudgetTooSmall, NoBudgetLine
from rongji.payments.types import SETTLED_STATES
from rongji.rules.entitlement.as_known import as_known
from rongji.rules.entitlement.funding import split


def split_of(run: PaymentRun, payments: QuerySet[Payment]) -> Counter[Need]:
    """What some payments of a run cost, in fen, by benefit and level of government; deductions are taken off.

    Raises: FundingNotInForce.
    """
    needs: Counter[Need] = Counter()
    lines = RunLine.objects.filter(payment__in=payments).order_by()
    kinds = lines.values("benefit", "standard_key", "for_month", "due_fen").annotate(times=Count("id"))
    for row in kinds:
        for need, fen in _parts(run, row["benefit"], row["standard_key"], row["for_month"], row["due_fen"]):
            needs[need] += fen * row["times"]
    for line, deducted in _deducted_lines(payments.filter(deducted_fen__gt=0)):
        for need, fen in _parts(run, line.benefit, line.standard_key, line.for_month, -deducted):
            needs[need] += fen
    return needs


@dataclass
class LineRoom:
    """A budget line and what is left of it; lines of one classification share what has been posted."""

    line: LineFacts
    own_fen: int
    purse: "PurseRoom"

    @property
    def left_fen(self) -> int:
        """What may still be taken."""
        return max(min(self.own_fen, self.purse.left_fen), 0)

    def take(self, fen: int) -> None:
        """Take something out."""
        self.own_fen -= fen
        self.purse.left_fen -= fen


@dataclass
class PurseRoom:
    """What is left of one classification: its lines, less postings and what runs hold and have not posted."""

    left_fen: int


def budget_room(bureau: str, year: int) -> tuple[LineRoom, ...]:
    """Every line of a year with what is left: budget − postings − what other runs took and have not posted."""
    lines = budget_lines(bureau, year)
    held = _held(bureau, year)
    posted = {purse.codes: purse.fen for purse in posted_purses(bureau, year)}
    purses: dict[Codes, PurseRoom] = {}
    totals: defaultdict[Codes, int] = defaultdict(int)
    for line in lines:
        totals[line.codes] += line.balance_fen - held[line.number][1]
    for codes, total in totals.items():
        purses[codes] = PurseRoom(total - posted.get(codes, 0))
    return tuple(LineRoom(line, line.balance_fen - held[line.number][0], purses[line.codes]) for line in lines)


@dataclass(frozen=True)
class Draw:
    """What a run would take out of the lines of a year, and what those lines hold after it."""

    year: int
    needs: Counter[Need]
    taken: Counter[tuple[str, Level]]
    rooms: tuple[LineRoom, ...]


def draw_budget(run: PaymentRun, on: date) -> Draw:
    """Find the lines that pay for a run; nothing is written.

    The year is that of the pay month, or of the day of approval when that is later.
    Raises: NoBudgetLine, BudgetTooSmall, FundingNotInForce.
    """
    year = max(run.pay_month // 100, on.year)
    rooms = budget_room(run.payroll.bureau, year)
    taken: Counter[tuple[str, Level]] = Counter()
    needs = split_of(run, run.payments.all())
    for (name, level), fen in sorted(needs.items()):
        if fen > 0:
            for room, part in _drawn(rooms, _benefit(run, name), level, fen, year):
                taken[room.line.number, level] += part
    return Draw(year, needs, taken, rooms)


def reserve_budget(run: PaymentRun, on: date) -> None:
    """Take what a run costs out of the budget lines it belongs to.

    The caller holds the trail's lock, so that two runs do not see the same money. Raises: as draw_budget.
    """
    draw = draw_budget(run, on)
    codes = {room.line.number: room.line.codes for room in draw.rooms}
    RunBudget.objects.bulk_create(
        RunBudget(
            run=run, line_number=number, year=draw.year, level=level, functional=codes[number].functional,
            economic=codes[number].economic, amount_fen=fen,
        )
        for (number, level), fen in sorted(draw.taken.items())
    )  # fmt: skip
    if min(draw.needs.values(), default=0) < 0:  # an exchange of benefits costs less than the new ones by themselves
        release_budget(run)


def release_budget(run: PaymentRun) -> None:
    """Give back what a run holds beyond what it can still cost: its payments without the cancelled ones."""
    rows = list(RunBudget.objects.select_for_update().filter(run=run).order_by("line_number", "level"))
    if not rows:
        return
    needs = split_of(run, run.payments.filter(cancelled_at__isnull=True))
    kept = shares(run, rows, needs, {row.pk: row.amount_fen for row in rows})
    for row in rows:
        RunBudget.objects.filter(pk=row.pk).update(released_fen=row.amount_fen - max(kept[row.pk], row.posted_fen))


def _parts(run: PaymentRun, benefit: str, key: str, month: int, fen: int) -> Iterator[tuple[Need, int]]:
    found = split(fen, benefit, key, run.payroll.area, Month.from_number(month), run.known_on)
    parts = {Level.CENTRAL: found.central, Level.PROVINCE: found.province, Level.COUNTY: found.county}
    return (((benefit, level), part) for level, part in parts.items() if part)


def _deducted_lines(payments: QuerySet[Payment]) -> Iterator[tuple[RunLine, int]]:
    """Each payment with a deduction, by the largest of its lines, from which the deduction is taken."""
    for payment in payments.prefetch_related("lines").iterator(chunk_size=1000):
        yield max(payment.lines.all(), key=lambda line: (line.due_fen, -line.pk)), payment.deducted_fen


def _held(bureau: str, year: int) -> defaultdict[str, tuple[int, int]]:
    """By line: what approved runs took of it in all, and what of that is not posted yet."""
    rows = RunBudget.objects.filter(run__payroll__bureau=bureau, year=year, run__state__in=SETTLED_STATES)
    sums = rows.order_by().values("line_number").annotate(
        taken=Sum(F("amount_fen") - F("released_fen")), open=Sum(F("amount_fen") - F("released_fen") - F("posted_fen"))
    )  # fmt: skip
    held: defaultdict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    held.update({row["line_number"]: (row["taken"], row["open"]) for row in sums})
    return held


def _benefit(run: PaymentRun, name: str) -> Benefit:
    return as_known(run.known_on).benefit(name, Month.from_number(run.pay_month), run.payroll.area)


def _drawn(
    rooms: Iterable[LineRoom], benefit: Benefit, level: Level, fen: int, year: int
) -> list[tuple[LineRoom, int]]:
    """What is drawn from which lines, best fitting first. Raises: NoBudgetLine, BudgetTooSmall."""
    fitting = sorted((room for room in rooms if fits(room.line, benefit, level)), key=lambda room: order(room.line))
    said = {"level": LEVEL_LABELS[level], "needed": yuan(fen)}
    if not fitting:
        codes = {"functional": benefit.functional, "economic": benefit.economic}
        raise NoBudgetLine(year=year, benefit=benefit.label, **codes, **said)
    drawn: list[tuple[LineRoom, int]] = []
    short = fen
    for room in fitting:
        part = min(room.left_fen, short)
        room.take(part)
        short -= part
        drawn += [(room, part)] if part else []
    if short:
        lines = "、".join(room.line.number for room in fitting)
        raise BudgetTooSmall(lines=lines, left=yuan(fen - short), short=yuan(short), **said)
    return drawn
