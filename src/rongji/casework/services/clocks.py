"""The clocks of one case: started, stopped, held and extended; what the case itself keeps of them follows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rongji.casework.law import CaseLaw, name_of
from rongji.casework.models import Case, CaseClock
from rongji.casework.refusals import NothingToExtend
from rongji.law.case_kinds import CaseKind
from rongji.law.shapes.deadline import DayCount
from rongji.rules.casework.clocks import Pause, Running, due_day
from rongji.rules.casework.flow import holds
from rongji.rules.casework.lights import amber_from


def running_of(row: CaseClock) -> Running:
    """A stored clock as the rules reckon with it."""
    pauses = [Pause(date.fromisoformat(first), date.fromisoformat(last)) for first, last in row.pauses]
    if row.paused_on is not None:
        pauses.append(Pause(row.paused_on))
    return Running(row.started_on, row.amount, DayCount(row.count), tuple(pauses), row.extended_by)


@dataclass
class Clocks:
    """The clocks of a case that run, under the law as known on the day of the act; `save` stores what changed."""

    case: Case
    kind: CaseKind
    law: CaseLaw
    rows: list[CaseClock]
    changed: list[CaseClock] = field(default_factory=list)

    @classmethod
    def of(cls, case: Case, kind: CaseKind, law: CaseLaw) -> "Clocks":
        """The running clocks of a stored case."""
        return cls(case, kind, law, list(case.clocks.filter(stopped_on__isnull=True)))

    def start(self, names: Iterable[str], on: date, values: Mapping[str, Any]) -> None:
        """Let clocks run from the day after; one that runs already begins anew. Raises: NoValueInForce."""
        for name in names:
            clock = self.kind.clocks_by_id[name]
            if not holds(clock.when, values):
                continue
            self.stop((name,), on)
            row = self.law.limit(clock.procedure, clock.step, on)
            self._keep(
                CaseClock(
                    case=self.case, clock=name, row=name_of(row), amount=row.value.amount, count=row.value.count,
                    started_on=on, pauses=[], extended_by=0,
                )
            )  # fmt: skip

    def stop(self, names: Iterable[str], on: date) -> None:
        """End clocks; whoever is later than a limit has been late."""
        for row in [row for row in self.rows if row.clock in set(names)]:
            self._close_pause(row, on)
            self._note_lateness(row, on)
            row.stopped_on = on
            self.rows.remove(row)
            self._change(row)

    def stop_all(self, on: date) -> None:
        """End every clock: the case is closed."""
        self.stop([row.clock for row in self.rows], on)

    def pause(self, on: date) -> None:
        """Let every limit stand still; a notice period runs on."""
        for row in self._limits():
            if row.paused_on is None:
                self._note_lateness(row, on)
                row.paused_on = on
                self._change(row)

    def resume(self, on: date) -> None:
        """Let what stood still run again; a kind may resume where no limit ran when it was paused."""
        for row in self._limits():
            if row.paused_on is not None:
                self._close_pause(row, on)
                self._change(row)

    def extend(self, on: date) -> None:
        """Extend every running limit for which the law has an extension, once. Raises: NothingToExtend."""
        done = 0
        for row in self._limits():
            clock = self.kind.clocks_by_id[row.clock]
            longer = self.law.extension(clock.procedure, clock.step, on)
            if longer is None:
                continue
            if row.extended_by:
                raise NothingToExtend(number=self.case.number, why=f"“{clock.label}”已经延期过一次，只能延期一次")
            self._check_extension(row, longer.value.count, on)
            row.extended_by = longer.value.amount
            self._change(row)
            done += 1
        if not done:
            raise NothingToExtend(number=self.case.number, why="没有正在计算、依法可以延期的时限")

    def settle(self) -> None:
        """Reckon every running clock again, and what the case keeps for lists."""
        for row in self.rows:
            self._reckon(row)
        limits = [row for row in self._limits() if row.paused_on is None]
        first = min(limits, key=lambda row: row.due_on, default=None)
        case = self.case
        case.is_paused = first is None and any(row.paused_on is not None for row in self._limits())
        case.due_on, case.due_clock = (first.due_on, first.clock) if first else (None, "")
        case.amber_on = self._amber(first) if first else None

    def save(self) -> None:
        """Store what changed; the case is stored by whoever holds it."""
        for row in {id(row): row for row in [*self.changed, *self.rows]}.values():
            row.save()

    def due_of(self, name: str) -> date | None:
        """The day on which a clock that runs ends."""
        return next((row.due_on for row in self.rows if row.clock == name), None)

    def _limits(self) -> list[CaseClock]:
        return [row for row in self.rows if not self.kind.clocks_by_id[row.clock].waiting]

    def _keep(self, row: CaseClock) -> None:
        self._reckon(row)
        self.rows.append(row)
        self._change(row)

    def _change(self, row: CaseClock) -> None:
        self._reckon(row)
        self.changed.append(row)

    def _reckon(self, row: CaseClock) -> None:
        due = due_day(running_of(row), self.law.calendar)
        row.due_on, row.is_provisional = due.day, due.is_provisional

    def _amber(self, row: CaseClock) -> date:
        count = DayCount(row.count)
        return amber_from(row.due_on, self.law.warning(count, row.started_on), count, self.law.calendar)

    def _close_pause(self, row: CaseClock, on: date) -> None:
        if row.paused_on is not None:
            row.pauses = [*row.pauses, [row.paused_on.isoformat(), on.isoformat()]]
            row.paused_on = None

    def _note_lateness(self, row: CaseClock, on: date) -> None:
        if self.kind.clocks_by_id[row.clock].waiting:
            return
        self._reckon(row)
        self.case.was_late = self.case.was_late or (row.paused_on is None and on > row.due_on)

    def _check_extension(self, row: CaseClock, count: DayCount, on: date) -> None:
        label = self.kind.clocks_by_id[row.clock].label
        if DayCount(row.count) is not count:
            raise NothingToExtend(number=self.case.number, why=f"“{label}”的期限和延期的计法不同，请核对法规数据")
        self._reckon(row)
        if row.paused_on is None and on > row.due_on:
            raise NothingToExtend(number=self.case.number, why=f"“{label}”已于 {row.due_on} 到期，延期应在到期前批准")
