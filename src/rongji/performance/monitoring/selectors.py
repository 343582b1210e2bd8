"""Reads of monitoring: the board of a month with progress, light, forecast and answers."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from rongji.budget.selectors import monthly_fen
from rongji.performance.monitoring.models import IndicatorReading, LightAnswer, MonthlyPlan
from rongji.performance.monitoring.types import Subject
from rongji.rules.monitoring.lights import LIGHT_LABELS, Light, Lines, forecast, light, lines_in_force

THOUSANDTHS = 1000


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer given to a light."""

    cause: str
    measure: str
    due_on: date
    answered_by: str


@dataclass(frozen=True, slots=True)
class Progress:
    """One subject in one month: plan and actual to date, plan of the year, forecast, light and its answer.

    Unit: fen for projects, thousandths of the unit for indicators.
    """

    subject_kind: str
    subject_code: str
    owner: str
    planned_to_date: int
    actual_to_date: int
    planned_year: int
    forecast: int
    light: Light
    answer: Answer | None

    @property
    def light_label(self) -> str:
        """The light in words."""
        return LIGHT_LABELS[self.light]

    @property
    def waits_for_answer(self) -> bool:
        """Whether a light burns that nobody has answered."""
        return self.light.must_be_answered and self.answer is None


def board(bureau: str, year: int, month: int, *, known_on: date) -> tuple[Progress, ...]:
    """Every planned subject at the end of a month, worst light first."""
    lines = lines_in_force(on=date(year, month, 1), known_on=known_on)
    plans: defaultdict[tuple[str, str], list[MonthlyPlan]] = defaultdict(list)
    for plan in MonthlyPlan.objects.filter(bureau=bureau, year=year):
        plans[plan.subject_kind, plan.subject_code].append(plan)
    answers = _answers(bureau, year, month)
    rows = [
        _progress(bureau, year, month, key, own, lines, answers.get(key)) for key, own in plans.items()
    ]  # fmt: skip
    order = [Light.RED, Light.YELLOW, Light.GREEN, Light.NONE]
    return tuple(sorted(rows, key=lambda row: (order.index(row.light), row.subject_kind, row.subject_code)))


def unanswered_lights(bureau: str, year: int, month: int, *, known_on: date) -> tuple[Progress, ...]:
    """What somebody still has to answer."""
    return tuple(row for row in board(bureau, year, month, known_on=known_on) if row.waits_for_answer)


def planned_by_month(bureau: str, year: int) -> dict[int, int]:
    """Money planned in each month over all projects, in fen."""
    totals: defaultdict[int, int] = defaultdict(int)
    for plan in MonthlyPlan.objects.filter(bureau=bureau, year=year, subject_kind=Subject.PROJECT):
        totals[plan.month] += plan.amount
    return dict(totals)


def paid_by_month(bureau: str, year: int) -> dict[int, int]:
    """Money paid in each month for the projects that have a plan, in fen: what the plan may be held against."""
    plans = MonthlyPlan.objects.filter(bureau=bureau, year=year, subject_kind=Subject.PROJECT)
    return monthly_fen(bureau, year, projects=set(plans.values_list("subject_code", flat=True)))


def _progress(
    bureau: str,
    year: int,
    month: int,
    key: tuple[str, str],
    plans: list[MonthlyPlan],
    lines: Lines,
    answer: Answer | None,
) -> Progress:
    kind, code = key
    planned = sum(plan.amount for plan in plans if plan.month <= month)
    whole = sum(plan.amount for plan in plans)
    actual = _actual(bureau, year, month, kind, code)
    owner = next((plan.owner for plan in plans if plan.month == month), plans[0].owner)
    ends = forecast(planned_to_date=planned, planned_year=whole, actual_to_date=actual, month=month)
    return Progress(kind, code, owner, planned, actual, whole, ends, light(planned, actual, lines), answer)


def _actual(bureau: str, year: int, month: int, kind: str, code: str) -> int:
    if kind == Subject.PROJECT:
        return sum(fen for paid_in, fen in monthly_fen(bureau, year, projects=[code]).items() if paid_in <= month)
    reading = IndicatorReading.objects.filter(bureau=bureau, year=year, subject_code=code, month__lte=month)
    last = reading.order_by("-month").first()
    return last.amount if last else 0


def _answers(bureau: str, year: int, month: int) -> dict[tuple[str, str], Answer]:
    rows = LightAnswer.objects.filter(bureau=bureau, year=year, month=month).order_by("answered_at")
    return {
        (row.subject_kind, row.subject_code): Answer(row.cause, row.measure, row.due_on, row.answered_by)
        for row in rows
    }
