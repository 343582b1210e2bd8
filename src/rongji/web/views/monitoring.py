"""Mid-year monitoring: the board of a month, lights that must be answered, the plan and the progress of indicators."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from rongji.accounts.policies import guarded
from rongji.kernel.bureau_year import BureauYear
from rongji.kernel.quantity import Quantity
from rongji.kernel.refusal import Refusal
from rongji.performance.monitoring.policies import PLAN_YEAR, REPORT_PROGRESS, SEE_MONITORING
from rongji.performance.monitoring.selectors import THOUSANDTHS, Progress, board, paid_by_month, planned_by_month
from rongji.performance.monitoring.services import answer_light, plan_year, record_progress
from rongji.performance.monitoring.types import Subject
from rongji.web import charts
from rongji.web.answers import attempt, whole_number
from rongji.web.desk import open_desk
from rongji.web.months import DECEMBER, last_month
from rongji.web.uploads import NoFileChosen

_HUNDRED = 100


class DayNeeded(Refusal):
    """An answer without a readable day."""

    code = "day-needed"
    sentence = "完成时限“{text}”不是日期，请按 2024-09-30 的样子填写。"


class ProgressUnreadable(Refusal):
    """A cumulative result that is no plain number of at most three places."""

    code = "progress-unreadable"
    sentence = "累计完成“{text}”不是可用的数字，请填年初至今的累计数，最多三位小数。"


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One subject of the board as the page shows it."""

    progress: Progress
    name: str
    unit: str
    planned: str
    actual: str
    year: str
    forecast: str
    percent: int

    @property
    def tone(self) -> str:
        """Class of the progress bar."""
        return {"red": "late", "yellow": "behind"}.get(self.progress.light.value, "")


@require_GET
@guarded(SEE_MONITORING)
def monitoring(request: Any, bureau: str, year: int) -> HttpResponse:
    """The board of one month."""
    desk = open_desk(request.actor, bureau, year)
    month = _month(request.GET.get("month", ""), year, request.actor.day)
    planned = planned_by_month(bureau, year)
    rows = (
        [board_row(desk.facts, item) for item in board(bureau, year, month, known_on=request.actor.day)]
        if planned
        else []
    )
    budget = sum(planned.values())
    whole = Quantity.from_fen(budget) if budget else None
    context = desk.context(
        month=month,
        months=range(1, DECEMBER + 1),
        rows=rows,
        counts={light: sum(row.progress.light.value == light for row in rows) for light in ("red", "yellow", "green")},
        waiting=sum(row.progress.waits_for_answer for row in rows),
        chart=charts.schedule_chart(paid_by_month(bureau, year), planned, whole, month) if planned else None,
        may_plan=PLAN_YEAR.permits_role(request.actor),
        may_report=REPORT_PROGRESS.permits_role(request.actor),
    )
    return render(request, "web/year/monitoring.html", context)


def _month(text: str, year: int, day: date) -> int:
    wanted = whole_number(text) or 0
    return wanted if 1 <= wanted <= DECEMBER else last_month(year, day)


def board_row(facts: BureauYear, item: Progress) -> BoardRow:
    """A line of the board in words: money in 万元, indicators in their own unit."""
    name, unit = _subject(facts, item)
    amounts = (item.planned_to_date, item.actual_to_date, item.planned_year, item.forecast)
    planned, actual, year, forecast = (_amount(item.subject_kind, value) for value in amounts)
    percent = item.actual_to_date * _HUNDRED // item.planned_year if item.planned_year else 0
    return BoardRow(item, name, unit, planned, actual, year, forecast, percent)


def _subject(facts: BureauYear, item: Progress) -> tuple[str, str]:
    if item.subject_kind == Subject.PROJECT:
        found = next((project.name for project in facts.projects if project.code == item.subject_code), "")
        return found or item.subject_code, "万元"
    row = next((row for row in facts.indicators if row.code == item.subject_code), None)
    return (row.name, row.unit_name) if row else (item.subject_code, "")


def _amount(kind: str, value: int) -> str:
    if kind == Subject.PROJECT:
        return Quantity.from_fen(value).shown(grouping=True)
    return f"{(Decimal(value) / THOUSANDTHS).normalize():f}"


@require_POST
@guarded(PLAN_YEAR)
def plan(request: Any, bureau: str, year: int) -> HttpResponse:
    """Take over the plan of the year from a table."""

    def act() -> str:
        file = request.FILES.get("plan")
        if file is None:
            raise NoFileChosen
        with TemporaryDirectory() as folder:
            path = Path(folder) / Path(file.name).name
            path.write_bytes(file.read())
            count = plan_year(actor=request.actor, bureau=bureau, year=year, path=path)
        return f"已编制 {year} 年序时计划，{count} 个监控对象。"

    return attempt(request, act, _back(bureau, year))


@require_POST
@guarded(REPORT_PROGRESS)
def progress(request: Any, bureau: str, year: int) -> HttpResponse:
    """Note what an indicator has reached by the end of a month."""
    month = _month(request.POST.get("month", ""), year, request.actor.day)

    def act() -> str:
        text = request.POST.get("reached", "").strip()
        try:
            record_progress(
                actor=request.actor, bureau=bureau, year=year, indicator=request.POST.get("indicator", ""),
                month=month, reached=Decimal(text),
            )  # fmt: skip
        except (InvalidOperation, ValueError):
            raise ProgressUnreadable(text=text) from None
        return "已填报。"

    return attempt(request, act, f"{_back(bureau, year)}?month={month}")


@require_POST
@guarded(REPORT_PROGRESS)
def answer(request: Any, bureau: str, year: int) -> HttpResponse:
    """Answer a yellow or red light."""
    month = _month(request.POST.get("month", ""), year, request.actor.day)

    def act() -> str:
        text = request.POST.get("due_on", "")
        try:
            due = date.fromisoformat(text)
        except ValueError:
            raise DayNeeded(text=text) from None
        answer_light(
            actor=request.actor, bureau=bureau, year=year, month=month, due_on=due,
            subject_kind=request.POST.get("kind", ""), subject_code=request.POST.get("code", ""),
            cause=request.POST.get("cause", "").strip(), measure=request.POST.get("measure", "").strip(),
        )  # fmt: skip
        return "已答复。"

    return attempt(request, act, f"{_back(bureau, year)}?month={month}")


def _back(bureau: str, year: int) -> str:
    return reverse("web:monitoring", kwargs={"bureau": bureau, "year": year})
