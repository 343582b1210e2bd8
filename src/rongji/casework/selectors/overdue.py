"""Cases past their limit: how late, where the days went, and to whom they are to be reported."""

from dataclasses import replace
from datetime import date, timedelta

from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.casework.law import CaseLaw
from rongji.casework.models import Case
from rongji.casework.refusals import FilterUnfit
from rongji.casework.selectors.facts import CaseLine, LinePage, OverdueLine, StageLength
from rongji.casework.selectors.lists import PAGE, inbox
from rongji.casework.selectors.stages import stages_of
from rongji.casework.types import CaseFilters, CaseState, Light


def overdue(
    actor: Actor,
    *,
    bureau: str,
    on: date,
    filters: CaseFilters | None = None,
    report_to: str = "",
    page: str = "",
    limit: int = PAGE,
) -> LinePage:
    """The open cases whose limit has passed, the longest overdue first; its lines are OverdueLines.

    report_to: only those late enough for `section_head` or `director` by the law's table of escalation. A line names
    the highest of them, nobody where it is not yet so late. Raises: NotAllowed, FilterUnfit.
    """
    wanted = replace(filters or CaseFilters(), light=Light.RED, state=CaseState.OPEN)
    if report_to:
        wanted = replace(wanted, due_by=_late_enough(CaseLaw(on, organisation(bureau).area_code), report_to, on))
    found = inbox(actor, bureau=bureau, on=on, filters=wanted, page=page, limit=limit)
    rows = {row.pk: row for row in Case.objects.filter(pk__in=[line.id for line in found.lines])}
    stages = stages_of(list(rows.values()), on)
    laws = {area: CaseLaw(on, area) for area in {row.area for row in rows.values()}}
    lines = [_line(line, laws[rows[line.id].area], stages[line.id], on) for line in found.lines if line.id in rows]
    return LinePage(tuple(lines), found.next)


def _late_enough(law: CaseLaw, role: str, on: date) -> date:
    """The last due day of cases that are to be reported to a role. Raises: FilterUnfit."""
    steps = law.escalation(on)
    if role not in steps:
        raise FilterUnfit(why=f"没有向“{role}”督办的规定，可选：{'、'.join(steps) or '（无）'}")
    day, left = on, steps[role]
    while left > 0:  # working days after the due day up to today
        left -= law.calendar.is_workday(day)
        day -= timedelta(days=1)
    return day


def _line(line: CaseLine, law: CaseLaw, stages: tuple[StageLength, ...], on: date) -> OverdueLine:
    due = line.due_on or on
    working = law.calendar.working_days_between(due, on) - law.calendar.is_workday(due)
    steps = sorted(law.escalation(on).items(), key=lambda item: item[1])
    told = [role for role, late in steps if working >= late]
    return OverdueLine(line, (on - due).days, working, stages, told[-1] if told else "")
