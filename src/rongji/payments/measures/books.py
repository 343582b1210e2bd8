"""Numbers over what payments took from the budget: whose money it is, what was booked, and what the ledger says of it.

What was booked is told twice, by the payroll and by the ledger's own postings: two statements of one fact, which the
checks of the year hold against each other.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from rongji.awards.measures import benefit_label
from rongji.budget.paid import booked_under
from rongji.budget.types import LEVEL_LABELS, Level
from rongji.kernel.figure import Figure, RowRef
from rongji.kernel.month import Month
from rongji.law.measured import Group, Named, amount_of, counted_figure
from rongji.law.values import find
from rongji.payments import models
from rongji.payments.measures.settled import PAYROLL, TABLE, Settled
from rongji.payments.posting import source_of
from rongji.payments.types import SETTLED_STATES
from rongji.people.measures.persons import FILE
from rongji.rules.entitlement.funding import split

LEDGER = "账务系统"
FUNDED = {
    Level.CENTRAL: "payments.funded_central", Level.PROVINCE: "payments.funded_province",
    Level.COUNTY: "payments.funded_county",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Taken:
    """What a run took from budget lines of one level and functional item, and what of that is booked."""

    run: int
    pay_month: int
    level: str
    functional: str
    kept_fen: int
    posted_fen: int


def book_figures(settled: Settled) -> Iterator[Figure]:
    """What came from which level, in all, by functional item and by one-off benefit; what was booked, told twice."""
    rows = _taken(settled)
    functionals = sorted({row.functional for row in rows})
    for level, concept in FUNDED.items():
        own = [row for row in rows if row.level == level]
        yield from _by_run(
            Named(concept, f"已批准批次占用的{LEVEL_LABELS[level]}资金指标，已释放的不计"), own, "kept_fen"
        )
        for functional in functionals:
            some = [row for row in own if row.functional == functional]
            yield from _by_run(_of(concept, functional, "占用的指标"), some, "kept_fen")
    for functional in ("", *functionals):
        some = [row for row in rows if not functional or row.functional == functional]
        named = _of("payments.posted", functional, "发放批次登记的入账金额") if functional else _POSTED
        yield from _by_run(named, some, "posted_fen")
    yield from _booked(settled, rows)
    yield from _one_off_levels(settled)


_POSTED = Named("payments.posted", "发放批次登记的入账金额之和")


def _of(concept: str, functional: str, how: str) -> Named:
    label = _functional_label(functional)
    return Named(concept, f"功能科目 {functional}（{label}）{how}之和", f"functional:{functional}", label)


def _taken(settled: Settled) -> list[Taken]:
    """Of the runs of any year that took from this year's lines: a run of December may be approved in January."""
    rows = models.RunBudget.objects.filter(
        run__payroll__bureau=settled.bureau, run__state__in=SETTLED_STATES, year=settled.year
    )
    columns = ("run_id", "run__pay_month", "level", "functional", "kept", "posted_fen")
    values = rows.order_by("run__pay_month", "run_id", "id").annotate(kept=F("amount_fen") - F("released_fen"))
    return [Taken(*row) for row in values.values_list(*columns)]


def _by_run(named: Named, rows: list[Taken], column: str) -> Iterator[Figure]:
    found: Counter[tuple[int, int]] = Counter()
    for row in rows:
        found[row.pay_month, row.run] += getattr(row, column)
    groups = [Group(str(run), _run_label(month, run), fen) for (month, run), fen in sorted(found.items()) if fen]
    if groups:
        yield counted_figure(named, groups, register=PAYROLL, table=TABLE)


def _booked(settled: Settled, rows: list[Taken]) -> Iterator[Figure]:
    """The ledger's side: postings of the batches that the runs were booked as."""
    sources = {source_of(row.pay_month, row.run): (row.pay_month, row.run) for row in rows if row.posted_fen}
    booked = booked_under(settled.bureau, settled.year, sources)
    functionals = sorted({functional for _, functional in booked})
    for functional in ("", *functionals):
        groups = [
            Group(
                None,
                source,
                sum(fen for (own, item), fen in booked.items() if own == source and functional in ("", item)),
            )
            for source in sources
        ]
        named = _of("payments.posted", functional, "发放批次的记账凭证") if functional else _LEDGER
        shown = [group for group in groups if group.amount]
        if shown or (sources and not functional):
            yield counted_figure(named, shown, register=LEDGER, table=TABLE)


_LEDGER = Named("payments.posted", "发放批次的记账凭证之和")


def _one_off_levels(settled: Settled) -> Iterator[Figure]:
    """Each one-off benefit split between the three budgets, line by line, by the funding table its run knew."""
    for benefit, levels in _split_by_benefit(settled).items():
        label = benefit_label(benefit)
        for level, by_month in levels.items():
            groups = [
                Group(None, Month.from_number(month).label, fen) for month, fen in sorted(by_month.items()) if fen
            ]
            if groups:
                how = f"{label}明细按分担比例属{LEVEL_LABELS[level]}的金额之和"
                named = Named(FUNDED[level], how, f"benefit:{benefit}", f"{label}{LEVEL_LABELS[level]}资金")
                yield counted_figure(named, groups, register=PAYROLL, table=TABLE)


def _split_by_benefit(settled: Settled) -> Mapping[str, Mapping[Level, Counter[int]]]:
    found: dict[str, dict[Level, Counter[int]]] = {}
    lines = settled.lines(settled.months).filter(grant_id__isnull=False).select_related("run__payroll")
    for line in lines.order_by("benefit", "id"):
        run = line.run
        part = split(
            line.due_fen,
            line.benefit,
            line.standard_key,
            run.payroll.area,
            Month.from_number(line.for_month),
            run.known_on,
        )
        levels = found.setdefault(line.benefit, {level: Counter() for level in FUNDED})
        for level, fen in zip(FUNDED, (part.central, part.province, part.county), strict=True):
            levels[level][run.pay_month] += fen
    return found


def lines_behind(settled: Settled, identifier: str) -> tuple[RowRef, ...]:
    """The budget lines of one run behind a number of what was taken or booked."""
    name, _, run = identifier.partition("|")
    concept, _, member = name.partition("#")
    column = "posted_fen" if concept == "payments.posted" else "kept"
    if concept not in (*FUNDED.values(), "payments.posted") or not run.isdecimal():
        return ()
    rows = _rows_of(settled, int(run), concept, member.partition(":")[2]).annotate(
        kept=F("amount_fen") - F("released_fen")
    )
    return tuple(
        RowRef(
            FILE,
            "",
            f"指标 {row.line_number}（{LEVEL_LABELS[Level(row.level)]}）",
            amount_of(concept, getattr(row, column)),
        )
        for row in rows
        if getattr(row, column)
    )


def _rows_of(settled: Settled, run: int, concept: str, functional: str) -> QuerySet[models.RunBudget]:
    rows = models.RunBudget.objects.filter(
        run=run, run__payroll__bureau=settled.bureau, run__state__in=SETTLED_STATES, year=settled.year
    )
    level = next((own for own, name in FUNDED.items() if name == concept), None)
    rows = rows.filter(level=level) if level else rows
    return (rows.filter(functional=functional) if functional else rows).order_by("line_number", "level")


def _run_label(month: int, run: int) -> str:
    return f"{Month.from_number(month).label}批次 {run}"


def _functional_label(code: str) -> str:
    row = find("codes.functional", on=date.max, known_on=date.max, code=code)
    return row.value.name if row is not None else code
