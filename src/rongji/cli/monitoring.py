"""`rongji monitoring`: the plan of the year, progress of indicators, the board of a month, answers to lights."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import typer

from rongji.accounts.policies import guard
from rongji.accounts.selectors import organisation
from rongji.cli.acting import acting
from rongji.cli.text_table import text_table
from rongji.kernel.quantity import Quantity, group_thousands
from rongji.performance.monitoring import selectors, services
from rongji.performance.monitoring.policies import SEE_MONITORING
from rongji.performance.monitoring.types import Subject

app = typer.Typer(help="运行监控：序时计划、进度、红黄灯和答复。", no_args_is_help=True, rich_markup_mode=None)
_BUREAU = typer.Argument(metavar="单位编码")
_YEAR = typer.Argument(metavar="年度")
_MONTH = typer.Argument(metavar="月份", min=1, max=12)


@app.command()
def plan(
    bureau: str = _BUREAU, year: int = _YEAR, file: Path = typer.Argument(metavar="计划表", exists=True, dir_okay=False)
) -> None:
    """导入序时计划（csv：监控对象、编码、责任人、1月…12月）。"""
    count = services.plan_year(actor=acting(), bureau=bureau, year=year, path=file)
    typer.echo(f"已编制 {year} 年序时计划，{count} 个监控对象。")


@app.command()
def progress(
    bureau: str = _BUREAU,
    year: int = _YEAR,
    month: int = _MONTH,
    indicator: str = typer.Argument(metavar="指标编码"),
    reached: str = typer.Argument(metavar="累计完成"),
) -> None:
    """填报指标年初至今的完成数。"""
    value = Decimal(Quantity.parse(reached, "人").value)
    services.record_progress(actor=acting(), bureau=bureau, year=year, indicator=indicator, month=month, reached=value)
    typer.echo(f"已填报 {indicator} {month} 月累计 {reached}。")


@app.command()
def board(bureau: str = _BUREAU, year: int = _YEAR, month: int = _MONTH) -> None:
    """某月的进度、预警灯和全年预测；还有没答复的灯时退出码为 1。"""
    actor = acting()
    guard(actor, SEE_MONITORING, organisation(bureau).scope)
    rows = selectors.board(bureau, year, month, known_on=actor.day)
    lines = [
        [row.light_label, row.subject_code, _shown(row, row.planned_to_date), _shown(row, row.actual_to_date),
         _shown(row, row.forecast), _shown(row, row.planned_year), "待答复" if row.waits_for_answer else "", row.owner]
        for row in rows
    ]  # fmt: skip
    headings = ("灯", "对象", "序时计划", "实际", "全年预测", "全年计划", "答复", "责任人")
    typer.echo(text_table(headings, lines) if lines else "还没有编制序时计划。")
    raise typer.Exit(1 if any(row.waits_for_answer for row in rows) else 0)


@app.command()
def answer(
    bureau: str = _BUREAU,
    year: int = _YEAR,
    month: int = _MONTH,
    subject: str = typer.Argument(metavar="编码"),
    cause: str = typer.Option(..., "--cause", help="原因。"),
    measure: str = typer.Option(..., "--measure", help="纠偏措施。"),
    due: datetime = typer.Option(..., "--due", formats=["%Y-%m-%d"], help="完成时限。"),
    is_indicator: bool = typer.Option(False, "--indicator", help="对象是指标而不是项目。"),
) -> None:
    """答复黄灯或红灯。"""
    kind = Subject.INDICATOR if is_indicator else Subject.PROJECT
    services.answer_light(
        actor=acting(), bureau=bureau, year=year, subject_kind=kind, subject_code=subject, month=month,
        cause=cause, measure=measure, due_on=due.date(),
    )  # fmt: skip
    typer.echo("已答复。")


def _shown(row: selectors.Progress, amount: int) -> str:
    if row.subject_kind == Subject.PROJECT:
        return f"{Quantity.from_fen(amount, '万元', 2).shown(grouping=True)} 万元"
    return group_thousands(Decimal(amount) / selectors.THOUSANDTHS, 0)
