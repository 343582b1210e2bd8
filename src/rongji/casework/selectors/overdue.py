"""Cases past their limit: how late, where the days went, and to whom they are to be reported."""

from dataclasses import replace
from datetime import date

from rongji.accounts.types import Actor
from rongji.casework.law import CaseLaw
from rongji.casework.models import Case
from rongji.casework.selectors.facts import CaseLine, LinePage, OverdueLine, StageLength
from rongji.casework.selectors.lists import PAGE, inbox
from rongji.casework.selectors.stages import stages_of
from rongji.casework.types import CaseFilters, CaseState, Light


def overdue(
    actor: Actor, *, bureau: str, on: date, filters: CaseFilters | None = None, page: str = "", limit: int = PAGE
) -> LinePage:
    """The open cases whose limit has passed, the longest overdue first; its lines are OverdueLines.

    report_to: `section_head` or `director` once a case is as late as the law's table of escalation says, else empty.
    Raises: NotAllowed, FilterUnfit.
    """
    wanted = replace(filters or CaseFilters(), light=Light.RED, state=CaseState.OPEN)
    found = inbox(actor, bureau=bureau, on=on, filters=wanted, page=page, limit=limit)
    rows = {row.pk: row for row in Case.objects.filter(pk__in=[line.id for line in found.lines])}
    stages = stages_of(list(rows.values()), on)
    laws = {area: CaseLaw(on, area) for area in {row.area for row in rows.values()}}
    lines = [_line(line, laws[rows[line.id].area], stages[line.id], on) for line in found.lines if line.id in rows]
    return LinePage(tuple(lines), found.next)


def _line(line: CaseLine, law: CaseLaw, stages: tuple[StageLength, ...], on: date) -> OverdueLine:
    due = line.due_on or on
    working = law.calendar.working_days_between(due, on) - law.calendar.is_workday(due)
    steps = sorted(law.escalation(on).items(), key=lambda item: item[1])
    told = [role for role, late in steps if working >= late]
    return OverdueLine(line, (on - due).days, working, stages, told[-1] if told else "")
