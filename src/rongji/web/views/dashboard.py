"""The year's dashboard: execution against schedule, score, indicators with lights, what is missing, what comes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from rongji.accounts.approvals import proposals_waiting_for
from rongji.accounts.policies import Policy, guarded
from rongji.accounts.types import Actor
from rongji.budget.selectors import monthly_fen
from rongji.kernel.figure import Figure, FigureKey, Stage
from rongji.kernel.quantity import Quantity
from rongji.performance.monitoring.policies import REPORT_PROGRESS
from rongji.performance.monitoring.selectors import paid_by_month, planned_by_month, unanswered_lights
from rongji.performance.objectives.policies import APPROVE_OBJECTIVES
from rongji.performance.policies import ENTER_INDICATORS, IMPORT_YEAR, SEE_YEAR
from rongji.reports.policies import APPROVE_REPORT, FINALISE_REPORT
from rongji.web import charts
from rongji.web.desk import Desk, open_desk
from rongji.web.fixing import Task, work_of
from rongji.web.lights import lit_rows
from rongji.web.months import last_month

AXES = (("project", "项目支出构成"), ("functional", "支出功能分类"), ("source", "资金来源"))
SHOWN_BREAKDOWNS = 2
SPENDING = ("expenditure.total", "expenditure.project")
STAGES = (Stage.INITIAL, Stage.ADJUSTED, Stage.ACTUAL)
STAGE_NAMES = ("年初预算", "全年预算", "全年执行")
LISTED = 7


@dataclass(frozen=True, slots=True)
class Tile:
    """One large number on top of the dashboard. key: of the figure it opens into, empty when it is none."""

    label: str
    value: str
    unit: str
    note: str
    tone: str = ""
    key: str = ""
    address: str = ""


@require_GET
@guarded(SEE_YEAR)
def dashboard(request: Any, bureau: str, year: int) -> HttpResponse:
    """One screen that says how the year stands and what is next."""
    desk = open_desk(request.actor, bureau, year)
    work = work_of(desk.readiness, bureau, year)
    context = desk.context(
        tiles=list(tiles(desk)),
        work=work,
        tasks=[task for topic in work for task in topic.tasks][:LISTED],
        money_title="执行进度" if monthly_fen(bureau, year) else "预算与执行",
        money=money_chart(desk),
        blocks=charts.blocks_chart(desk.sources.evaluation) if desk.sources.evaluation and desk.is_scored else None,
        breakdowns=breakdowns(desk),
        rows=lit_rows(desk.sources.evaluation),
        steps=list(next_steps(request.actor, desk)),
    )
    return render(request, "web/year/dashboard.html", context)


def tiles(desk: Desk) -> Iterator[Tile]:
    """Score, execution, readiness, contradictions."""
    where = {"bureau": desk.summary.bureau, "year": desk.summary.year}
    found = desk.sources.evaluation
    if found and not desk.is_scored:
        yield Tile(
            "自评总分", "—", "", f"指标还没有计分，还有 {len(found.gates)} 处缺项", "waiting", "",
            reverse("web:indicators", kwargs=where),
        )  # fmt: skip
    elif found:
        standing = f"等次 {found.grade}" if found.final else f"暂评，还有 {len(found.gates)} 处缺项"
        key = "evaluation.total" if desk.figure(FigureKey("evaluation.total")) else ""
        yield Tile(
            "自评总分", str(found.total), "分", standing, "" if found.final else "waiting", key,
            reverse("web:indicators", kwargs=where),
        )  # fmt: skip
    rate = desk.rate
    if rate and rate.quantity:
        yield Tile("预算执行率", rate.quantity.shown(), "%", rate.how or rate.source.place, "", str(rate.key))
    ready = desk.readiness
    tone = "good" if ready.done == ready.total else ""
    yield Tile(
        "报告完成度", str(ready.percent), "%", f"{ready.done} / {ready.total} 项要求已满足", tone, "",
        reverse("web:report", kwargs=where),
    )  # fmt: skip
    count = desk.contradictions
    yield Tile(
        "数据矛盾", str(count), "处", f"另有缺项 {desk.defects} 处", "bad" if count else "good", "",
        reverse("web:checks", kwargs=where),
    )  # fmt: skip


def money_chart(desk: Desk) -> charts.Option:
    """Cumulative payments where postings are known, else budget and outturn side by side."""
    bureau, year = desk.summary.bureau, desk.summary.year
    paid, planned = monthly_fen(bureau, year), planned_by_month(bureau, year)
    until = last_month(year, desk.actor.day)
    if paid and planned:
        whole = Quantity.from_fen(sum(planned.values()))
        return charts.schedule_chart(paid_by_month(bureau, year), planned, whole, until)
    if paid:
        budget = desk.figure(FigureKey("expenditure.total", Stage.ADJUSTED))
        return charts.schedule_chart(paid, {}, budget.quantity if budget else None, until)
    rows = (("合计", "expenditure.total"), ("基本支出", "expenditure.basic"), ("项目支出", "expenditure.project"))
    stated = [(label, figures) for label, concept in rows if any(figures := _stages(desk, concept))]
    return charts.stages_chart(stated, STAGE_NAMES)


def _stages(desk: Desk, concept: str) -> list[Figure | None]:
    return [desk.figure(FigureKey(concept, stage)) for stage in STAGES]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """What the money went into, along one axis, as a chart. id: of the data in the page."""

    id: str
    title: str
    chart: charts.Option


def breakdowns(desk: Desk) -> list[Breakdown]:
    """Spending by project, by function, by source and by unit, as far as it is stated; the first two."""
    found = [(title, _members(desk, axis)) for axis, title in AXES]
    found.append(("各单位支出", desk.facts.figures.units("expenditure.total", Stage.ACTUAL)))
    parts = [(title, _amounts(desk, figures)) for title, figures in found if len(figures) > 1]
    return [
        Breakdown(f"breakdown-{number}", title, charts.parts_chart(amounts))
        for number, (title, amounts) in enumerate(parts[:SHOWN_BREAKDOWNS], 1)
    ]


def _members(desk: Desk, axis: str) -> tuple[Figure, ...]:
    """The whole bureau's spending along one axis, of the first concept that is broken down by it."""
    found = (desk.facts.figures.members(concept, Stage.ACTUAL, "", axis) for concept in SPENDING)
    return next((members for members in found if members), ())


def _amounts(desk: Desk, figures: tuple[Figure, ...]) -> list[tuple[str, Decimal]]:
    return [(_part_name(desk, item), item.quantity.to("万元", 2).value) for item in figures if item.quantity]


def _part_name(desk: Desk, figure: Figure) -> str:
    code = figure.key.member.partition(":")[2]
    if figure.key.unit and not code:
        unit = desk.facts.unit_named(figure.key.unit)
        return unit.name if unit else figure.key.unit
    project = next((item.name for item in desk.facts.projects if item.code == code), "")
    return project or figure.label.partition("（")[2].rstrip("）") or figure.label


def next_steps(actor: Actor, desk: Desk) -> Iterator[Task]:
    """What this actor can do now to bring the year forward."""
    where = {"bureau": desk.summary.bureau, "year": desk.summary.year}
    yield from _decisions(actor, where)
    open_topics = {topic.id: len(topic.missing) for topic in desk.readiness.topics if topic.missing}
    steps: tuple[tuple[str, Policy, str, str], ...] = (
        ("indicators", ENTER_INDICATORS, "补填指标 {} 处", "indicators"),
        ("evidence", ENTER_INDICATORS, "补佐证 {} 处", "indicators"),
        ("relations", IMPORT_YEAR, "核对矛盾数据 {} 处", "checks"),
        ("texts", ENTER_INDICATORS, "改文字 {} 处", "texts"),
    )
    for topic, policy, words, page in steps:
        if topic in open_topics and policy.permits_role(actor):
            yield Task(words.format(open_topics[topic]), reverse(f"web:{page}", kwargs=where))
    lights = _open_lights(desk) if REPORT_PROGRESS.permits_role(actor) else 0
    if lights:
        yield Task(f"答复黄灯、红灯 {lights} 个", reverse("web:monitoring", kwargs=where))
    if not open_topics and FINALISE_REPORT.permits_role(actor):
        yield Task("各项要求都已满足，可以定稿送审", reverse("web:versions", kwargs=where))


def _decisions(actor: Actor, where: dict[str, Any]) -> Iterator[Task]:
    """Proposals of this year that wait for the actor."""
    pages = ((APPROVE_REPORT, "report", "versions"), (APPROVE_OBJECTIVES, "objectives", "objectives"))
    for policy, kind, page in pages:
        for row in proposals_waiting_for(actor, policy) if policy.permits_role(actor) else ():
            is_here = kind != "report" or row.subject_id.startswith(f"{where['bureau']}/{where['year']}/")
            if row.subject_kind == kind and is_here:
                yield Task(f"{row.action}：{row.subject_label}", reverse(f"web:{page}", kwargs=where))


def _open_lights(desk: Desk) -> int:
    bureau, year = desk.summary.bureau, desk.summary.year
    if not planned_by_month(bureau, year):
        return 0
    month = last_month(year, desk.actor.day)
    return len(unanswered_lights(bureau, year, month, known_on=desk.actor.day))
