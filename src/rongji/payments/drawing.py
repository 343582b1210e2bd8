"""Of the budget that a run took: to which of its rows some part of the run belongs, in the order it was taken in."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rongji.budget.selectors import LineFacts, budget_lines
from rongji.budget.types import Level
from rongji.kernel.month import Month
from rongji.law.shapes.benefit import Benefit
from rongji.payments.models import PaymentRun, RunBudget
from rongji.rules.entitlement.as_known import as_known

Need = tuple[str, Level]


def shares(run: PaymentRun, rows: Sequence[RunBudget], needs: Mapping[Need, int], room: Mapping[int, int]) -> Counter:
    """How much of each row (by its number) the needs of some part of a run come to; together exactly the needs.

    needs: fen by benefit and level. room: how much each row has for it. Lines are drawn in the order in which they were
    reserved. What an exchange of benefits takes off one benefit comes off the rows of that benefit first; where a
    row's room is not enough, the rest goes to rows of the same level, then to any, so that the sum is always right.
    """
    lines = _lines(run, rows)
    found: Counter[int] = Counter({row.pk: 0 for row in rows})
    rests: Counter[Level] = Counter()
    for (name, level), fen in sorted(needs.items(), key=lambda item: (item[1] < 0, item[0])):
        benefit = as_known(run.known_on).benefit(name, Month.from_number(run.pay_month), run.payroll.area)
        rests[level] += _put(found, room, _fitting(rows, lines, benefit, level), fen)
    for level, fen in sorted(rests.items(), key=lambda item: item[1]):
        same = [row for row in rows if row.level == level]
        left = _put(found, room, [*same, *(row for row in rows if row.level != level)], fen)
        if left:
            raise ValueError(f"run {run.pk} has no room in its budget for {left} fen")
    return found


def _lines(run: PaymentRun, rows: Iterable[RunBudget]) -> dict[tuple[int, str], LineFacts]:
    years = {row.year for row in rows}
    return {(year, line.number): line for year in years for line in budget_lines(run.payroll.bureau, year)}


def fits(line: LineFacts, benefit: Benefit, level: Level) -> bool:
    """Same functional code, the economic item or its class or none, and money of that level or of all."""
    return (
        line.codes.functional == benefit.functional
        and benefit.economic.startswith(line.codes.economic)
        and line.level in (level, "")
    )


def order(line: LineFacts) -> tuple[bool, int, str]:
    """Which line comes first: of one level before one of all, the narrower code, the smaller number."""
    return not line.level, -len(line.codes.economic), line.number


def _fitting(
    rows: Iterable[RunBudget], lines: Mapping[tuple[int, str], LineFacts], benefit: Benefit, level: Level
) -> list[RunBudget]:
    own = [row for row in rows if row.level == level and fits(lines[row.year, row.line_number], benefit, level)]
    return sorted(own, key=lambda row: order(lines[row.year, row.line_number]))


def _put(found: Counter[int], room: Mapping[int, int], rows: Iterable[RunBudget], fen: int) -> int:
    """Put an amount onto rows as far as they have room, or take a negative one off what is on them; what is left."""
    for row in rows:
        part = min(fen, room[row.pk] - found[row.pk]) if fen > 0 else max(fen, -found[row.pk])
        found[row.pk] += part
        fen -= part
    return fen
