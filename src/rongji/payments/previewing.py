"""Whether the budget would bear a run, before anybody is asked to approve it."""

from dataclasses import dataclass

from rongji.accounts.policies import guard
from rongji.accounts.types import Actor
from rongji.budget.types import Codes, Level
from rongji.kernel.refusal import Refusal
from rongji.payments.funding import draw_budget
from rongji.payments.policies import SEE_RUNS
from rongji.payments.runs import OPEN_STATES, run_numbered


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """What a run would take from one line for one level of government, and what would be left on the line."""

    line_number: str
    codes: Codes
    level: Level
    fen: int
    left_fen: int


@dataclass(frozen=True, slots=True)
class BudgetPreview:
    """The lines a run would take from; refusal: why approving it would be refused, then without rows."""

    year: int
    rows: tuple[PreviewRow, ...]
    refusal: Refusal | None = None


def budget_preview(actor: Actor, run_id: int) -> BudgetPreview | None:
    """The budget of a run that is not yet approved, as it would be taken today; None for any other.

    Raises: NotAllowed, RunUnknown.
    """
    run = run_numbered(run_id)
    guard(actor, SEE_RUNS, run.payroll)
    if run.state not in OPEN_STATES:
        return None
    try:
        draw = draw_budget(run, actor.day)
    except Refusal as refusal:
        return BudgetPreview(max(run.pay_month // 100, actor.day.year), (), refusal)
    rooms = {room.line.number: room for room in draw.rooms}
    rows = tuple(
        PreviewRow(number, rooms[number].line.codes, level, fen, rooms[number].left_fen)
        for (number, level), fen in sorted(draw.taken.items())
    )
    return BudgetPreview(draw.year, rows)
