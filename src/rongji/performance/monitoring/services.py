"""Writes of monitoring: the plan of the year, progress of indicators, answers to lights."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path
from typing import Any

from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.documents.readers.tables import read_rows
from rongji.kernel.digest import digest
from rongji.kernel.quantity import NotANumber, NotWholeFen, Quantity
from rongji.performance.models import Indicator
from rongji.performance.monitoring.models import IndicatorReading, LightAnswer, MonthlyPlan
from rongji.performance.monitoring.policies import PLAN_YEAR, REPORT_PROGRESS
from rongji.performance.monitoring.refusals import (
    AnswerEmpty,
    IndicatorNotPlanned,
    NoLightToAnswer,
    PlanRefused,
    ProgressBelowLater,
    ProgressGoesBack,
)
from rongji.performance.monitoring.selectors import THOUSANDTHS, board
from rongji.performance.monitoring.types import Subject

KINDS = {"项目": Subject.PROJECT, "指标": Subject.INDICATOR}
COLUMNS = ("监控对象", "编码", "责任人", *(f"{month}月" for month in range(1, 13)))
LISTED = 30


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One subject's plan: twelve whole amounts and who answers for them."""

    kind: str
    code: str
    owner: str
    amounts: tuple[int, ...]


def read_plan(path: Path) -> tuple[list[PlanRow], list[str]]:
    """A plan table: 监控对象 (项目/指标), 编码, 责任人, 1月 … 12月; money in 元, indicators in their own unit."""
    titles, *lines = read_rows(path)
    missing = [name for name in COLUMNS if name not in titles]
    if missing:
        return [], [f"第 1 行缺少这些列：{'、'.join(missing)}"]
    rows, problems, seen = [], [], set()
    for number, line in enumerate(lines, start=2):
        cells = dict(zip_longest(titles, line[: len(titles)], fillvalue=""))
        kind = KINDS.get(cells["监控对象"].strip())
        if kind is None:
            problems.append(f"第 {number} 行“监控对象”应填 项目 或 指标")
            continue
        code = cells["编码"].strip()
        if not code or (kind, code) in seen:
            problems.append(f"第 {number} 行“编码”" + ("没有填" if not code else f"“{code}”重复，每个对象只列一行"))
        seen.add((kind, code))
        amounts = tuple(_amount(cells[f"{month}月"], kind, number, month, problems) for month in range(1, 13))
        rows.append(PlanRow(kind, code, cells["责任人"].strip(), amounts))
    return rows, problems


def _amount(text: str, kind: Subject, row: int, month: int, problems: list[str]) -> int:
    try:
        if kind is Subject.PROJECT:
            return Quantity.parse(text or "0", "元").fen
        return thousandths(Quantity.parse(text or "0", "人").value)
    except (NotANumber, NotWholeFen, ValueError):
        problems.append(f"第 {row} 行“{month}月”：“{text}”不是可用的数字（金额以元为单位、最多两位小数）")
        return 0


def thousandths(value: Decimal) -> int:
    """An indicator's value in whole thousandths.

    Raises: ValueError when it has more than three places.
    """
    scaled = value * THOUSANDTHS
    if scaled != scaled.to_integral_value():
        raise ValueError("more than three places")
    return int(scaled)


def plan_year(*, actor: Actor, bureau: str, year: int, path: Path) -> int:
    """Take over the plan of a year, replacing the one before; all rows or none. Returns the number of subjects.

    Raises: NotAllowed, PlanRefused.
    """
    guard(actor, PLAN_YEAR, organisation(bureau).scope)
    rows, problems = read_plan(path)
    if problems:
        raise PlanRefused(file=path.name, count=len(problems), listing="\n".join(problems[:LISTED]))
    with transaction.atomic():
        trail.lock_head()
        MonthlyPlan.objects.filter(bureau=bureau, year=year).delete()
        MonthlyPlan.objects.bulk_create(
            MonthlyPlan(
                bureau=bureau,
                year=year,
                subject_kind=row.kind,
                subject_code=row.code,
                owner=row.owner,
                month=month,
                amount=amount,
            )
            for row in rows
            for month, amount in enumerate(row.amounts, start=1)
        )
        trail.record(
            actor=actor,
            action="performance.plan_year",
            subject_kind="monitoring",
            subject_id=f"{bureau}/{year}",
            summary=f"编制 {year} 年序时计划，{len(rows)} 个监控对象",
            after_digest=digest(rows),
        )
    return len(rows)


def record_progress(*, actor: Actor, bureau: str, year: int, indicator: str, month: int, reached: Decimal) -> None:
    """Note what an indicator has reached since the start of the year.

    Raises: NotAllowed, IndicatorNotPlanned, ProgressGoesBack, ProgressBelowLater, ValueError for more than three
    places.
    """
    guard(actor, REPORT_PROGRESS, organisation(bureau).scope)
    amount = thousandths(reached)
    keys = {"bureau": bureau, "year": year, "subject_kind": Subject.INDICATOR, "subject_code": indicator}
    with transaction.atomic():
        trail.lock_head()
        _refuse_unplanned(bureau, year, indicator)
        _refuse_out_of_line(keys, month, amount)
        values = {"amount": amount, "recorded_at": actor.at, "recorded_by": actor.label}
        IndicatorReading.objects.update_or_create(**keys, month=month, defaults=values)
        trail.record(
            actor=actor,
            action="performance.record_progress",
            subject_kind="monitoring",
            subject_id=f"{bureau}/{year}",
            summary=f"填报指标 {indicator} {month} 月累计完成 {reached}",
            after_digest=digest([indicator, month, amount]),
        )


def _refuse_unplanned(bureau: str, year: int, indicator: str) -> None:
    plans = MonthlyPlan.objects.filter(bureau=bureau, year=year, subject_kind=Subject.INDICATOR)
    rows = Indicator.objects.filter(year_file__organisation__code=bureau, year_file__year=year, code=indicator)
    planned = sorted(set(plans.values_list("subject_code", flat=True)))
    if indicator not in planned and not rows.exists():
        raise IndicatorNotPlanned(year=year, indicator=indicator, planned="、".join(planned) or "无")


def _refuse_out_of_line(keys: Mapping[str, Any], month: int, amount: int) -> None:
    """Readings are cumulative: never below an earlier month's, never above a later one's."""
    subject, shown = keys["subject_code"], Decimal(amount) / THOUSANDTHS
    others = IndicatorReading.objects.filter(**keys)
    earlier = others.filter(month__lt=month).order_by("-month").first()
    if earlier and earlier.amount > amount:
        raise ProgressGoesBack(subject=subject, shown=shown, earlier=Decimal(earlier.amount) / THOUSANDTHS)
    later = others.filter(month__gt=month).order_by("month").first()
    if later and later.amount < amount:
        then = Decimal(later.amount) / THOUSANDTHS
        raise ProgressBelowLater(subject=subject, month=month, shown=shown, later=then)


def answer_light(
    *,
    actor: Actor,
    bureau: str,
    year: int,
    subject_kind: str,
    subject_code: str,
    month: int,
    cause: str,
    measure: str,
    due_on: date,
) -> None:
    """Answer a yellow or red light with its cause, a measure and a day.

    Raises: NotAllowed, AnswerEmpty, NoLightToAnswer.
    """
    guard(actor, REPORT_PROGRESS, organisation(bureau).scope)
    if not cause.strip() or not measure.strip():
        raise AnswerEmpty(subject=subject_code, month=month)
    with transaction.atomic():
        trail.lock_head()
        rows = board(bureau, year, month, known_on=actor.day)
        lit = next((r for r in rows if (r.subject_kind, r.subject_code) == (subject_kind, subject_code)), None)
        if lit is None or not lit.light.must_be_answered:
            raise NoLightToAnswer(subject=subject_code, month=month)
        LightAnswer.objects.create(
            bureau=bureau,
            year=year,
            subject_kind=subject_kind,
            subject_code=subject_code,
            month=month,
            light=lit.light,
            cause=cause,
            measure=measure,
            due_on=due_on,
            answered_at=actor.at,
            answered_by=actor.label,
        )
        trail.record(
            actor=actor,
            action="performance.answer_light",
            subject_kind="monitoring",
            subject_id=f"{bureau}/{year}",
            summary=f"答复 {subject_code} {month} 月{lit.light_label}：{measure}",
            after_digest=digest([cause, measure, due_on]),
        )
