"""A past run reckoned again from its own day: the same to the fen, or every difference named."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rongji.accounts.policies import guard
from rongji.accounts.types import Actor
from rongji.awards.selectors import columns
from rongji.kernel.month import Month
from rongji.payments.engines import due_lines
from rongji.payments.models import PaymentRun, RunLine
from rongji.payments.policies import SEE_RUNS
from rongji.payments.reckoning import read, rules_version, with_indexes
from rongji.payments.runs import run_numbered
from rongji.payments.settling import DueLine
from rongji.payments.types import RunState

if TYPE_CHECKING:
    import pyarrow as pa

SHOWN = 50
_KEY = ("award_id", "grant_id", "for_month")
_FACTS = ("owed_fen", "settled_fen", "due_fen")
_ROWS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class LineDifference:
    """One award (or grant) and month of which the run says something else than the reckoning now does."""

    award_id: int | None
    grant_id: int | None
    for_month: Month
    then_fen: int
    now_fen: int


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of reckoning a run again. differences: at most 50; the count is of all.

    same_inputs, same_law, same_rules: whether facts, law and rules still read as they did, which explains differences.
    """

    run_id: int
    lines: int
    difference_count: int
    differences: tuple[LineDifference, ...]
    same_inputs: bool
    same_law: bool
    same_rules: bool

    @property
    def repeats(self) -> bool:
        """Whether every line came out the same to the fen."""
        return self.difference_count == 0


def verify_run(actor: Actor, run_id: int, *, engine: str = "embedded", master: str = "") -> Verification:
    """Reckon a run again as known on its own day, on what had been settled when it was computed.

    Raises: NotAllowed, RunUnknown, EngineUnknown, and what the rules and engines refuse.
    """
    run = run_numbered(run_id)
    guard(actor, SEE_RUNS, run.payroll)
    reckoning = read(
        run.payroll,
        pay_month=Month.from_number(run.pay_month),
        known_on=run.known_on,
        first_month=Month.from_number(run.first_month),
        before_run=run.pk,
        at=run.made_at,
    )
    now = _table(due_lines(reckoning, engine=engine, master=master))
    then = _stored(run)
    differences = _differences(then, now) if run.state != RunState.DISCARDED else []
    return Verification(
        run_id=run.pk,
        lines=then.num_rows,
        difference_count=len(differences),
        differences=tuple(differences[:SHOWN]),
        same_inputs=reckoning.input_digest == run.input_digest,
        same_law=reckoning.law_digest == run.law_digest,
        same_rules=rules_version() == run.rules_version,
    )


def _stored(run: PaymentRun) -> "pa.Table":
    names = [*_KEY, *_FACTS]
    rows = RunLine.objects.filter(run=run).order_by().values_list(*names)
    return _plain(with_indexes(columns(rows, names, {}), "for_month"))


def _table(lines: Iterable[DueLine]) -> "pa.Table":
    import pyarrow as pa

    names = [*_KEY, *_FACTS]
    batches, some = [], []
    for line in lines:
        some.append([getattr(line, name) for name in names])
        if len(some) == _ROWS_AT_ONCE:
            batches.append(_batch(some, names))
            some = []
    batches.append(_batch(some, names))
    return _plain(pa.concat_tables(batches))


def _batch(rows: list[list[int | None]], names: list[str]) -> "pa.Table":
    import pyarrow as pa

    cells = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return pa.table([pa.array(list(column), pa.int64()) for column in cells], names=names)


def _plain(table: "pa.Table") -> "pa.Table":
    """Whole numbers throughout, nothing null, in order of key."""
    import pyarrow as pa
    import pyarrow.compute as pc

    filled = {name: pc.fill_null(table[name].cast(pa.int64()), 0) for name in table.column_names}
    return pa.table(filled).sort_by([(name, "ascending") for name in _KEY]).combine_chunks()


def _differences(then: "pa.Table", now: "pa.Table") -> list[LineDifference]:
    if then.equals(now):
        return []
    joined = then.join(now, keys=list(_KEY), join_type="full outer", right_suffix="_now")
    found = []
    for row in joined.sort_by([(name, "ascending") for name in _KEY]).to_pylist():
        if any(row[name] != row[f"{name}_now"] for name in _FACTS):
            found.append(
                LineDifference(
                    row["award_id"] or None, row["grant_id"] or None, Month(row["for_month"]), row["due_fen"] or 0,
                    row["due_fen_now"] or 0,
                )
            )  # fmt: skip
    return found
