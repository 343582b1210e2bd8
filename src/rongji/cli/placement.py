"""`rongji placement`: cohorts, points, the published sheet, and its recomputation by anybody."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from rongji.accounts.selectors import organisation
from rongji.cli.acting import acting
from rongji.cli.text_table import text_table
from rongji.config.options import load_options
from rongji.documents.writers import render
from rongji.law.shapes.placement import points_text
from rongji.placement import selectors, services, sheets
from rongji.placement.board import board, session_of_cohort
from rongji.placement.notice import notice
from rongji.placement.refusals import NotReady
from rongji.placement.sheet_book import workbook
from rongji.placement.types import COHORT_LABELS, CandidateFacts
from rongji.rules.placement.refusals import SheetUnreadable
from rongji.rules.placement.verifying import verify as verify_rows

app = typer.Typer(
    help="移交安置：批次、积分、公示积分表，以及任何人都能做的复算。", no_args_is_help=True, rich_markup_mode=None
)
Bureau = Annotated[str, typer.Argument(metavar="单位", help="单位编码。")]
Cohort = Annotated[int, typer.Argument(metavar="批次", help="批次编号，见 rongji placement list。")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON。")]
LISTED = 50


@app.command("open")
def open_cohort(
    bureau: Bureau,
    year: Annotated[int, typer.Option("--year", min=1950, max=2100, help="退役年度。")],
    season: Annotated[str, typer.Option("--season", metavar="季次", help="退役季次：春季、秋冬季。")],
) -> None:
    """建立一个季次的安置批次。"""
    number = services.open_cohort(actor=acting(), bureau=bureau, year=year, season=season)
    typer.echo(f"已建立批次 {number}（{year}年{season}）。")


@app.command("list")
def list_cohorts(bureau: Bureau, json_wanted: AsJson = False) -> None:
    """列出一个单位的安置批次。"""
    found = selectors.cohorts(acting(), bureau)
    if json_wanted:
        typer.echo(_json([asdict(item) for item in found]))
        return
    rows = [
        (str(item.id), item.season_label, item.title, COHORT_LABELS[item.state], str(sum(item.counts.values())))
        for item in found
    ]
    typer.echo(text_table(("批次", "季次", "名称", "状态", "人数"), rows) if rows else "还没有安置批次。")


@app.command()
def show(cohort: Cohort, json_wanted: AsJson = False) -> None:
    """列出一个批次的安置对象、积分和去向。"""
    found = selectors.candidates(acting(), cohort)
    if json_wanted:
        typer.echo(_json([asdict(item) for item in found]))
        return
    rows = [
        (str(item.number), item.file_number, item.name, item.category_label, _points(item), item.state_label, item.unit)
        for item in found
    ]
    heads = ("编号", "档案号", "姓名", "类别", "积分", "状态", "接收单位")
    typer.echo(text_table(heads, rows) if rows else "名单上还没有人。")


@app.command()
def score(cohort: Cohort) -> None:
    """核算一个批次的积分；不能评分的逐人说明原因。"""
    found = services.compute_points(actor=acting(), cohort_id=cohort)
    typer.echo(f"核算了 {found.sheets} 人的积分。")
    for problem in found.problems:
        typer.echo(f"编号 {problem.number}：{problem.sentence}")


@app.command()
def sheet(
    cohort: Cohort,
    target: Annotated[Path, typer.Argument(metavar="文件", help="写到哪里：.csv、.xlsx、.docx 或 .pdf。")],
) -> None:
    """导出公示的积分表：csv 和 xlsx 可以复算，docx 和 pdf 用来张贴。"""
    facts, rows = selectors.published_sheet(acting(), cohort)
    if not rows:
        raise NotReady(step="导出积分表", why="积分还没有公示")
    ending = target.suffix.lower().removeprefix(".")
    if ending == "csv":
        target.write_bytes(sheets.sheet_csv(rows))
    elif ending == "xlsx":
        target.write_bytes(workbook(facts, rows))
    else:
        made = notice(facts, rows, bureau_name=organisation(facts.bureau).name)
        target.write_bytes(render(made, ending, font_dir=load_options().font_dir))
    typer.echo(f"已写到 {target}。")


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(metavar="积分表", help="公示的积分表，csv 或 xlsx。")],
    json_wanted: AsJson = False,
) -> None:
    """只凭公示的积分表和法规数据复算每人的得分和全部名次；有出入的逐条列出，退出码为 1。"""
    if not file.is_file():
        raise SheetUnreadable(why=f"没有找到文件 {file}")
    found = verify_rows(sheets.read_sheet(file.name, file.read_bytes()))
    if json_wanted:
        differences = [asdict(item) | {"words": item.words} for item in found.differences]
        typer.echo(_json({"candidates": found.candidates, "lines": found.lines, "differences": differences}))
    elif found.holds:
        typer.echo(f"复算 {found.candidates} 人、{found.lines} 行：得分和名次全部相符。")
    else:
        typer.echo(f"复算 {found.candidates} 人、{found.lines} 行：有 {len(found.differences)} 处出入。")
        for difference in found.differences[:LISTED]:
            typer.echo(difference.words)
    if not found.holds:
        raise typer.Exit(1)


@app.command()
def session(cohort: Cohort, json_wanted: AsJson = False) -> None:
    """查看一个批次的选岗会：轮到谁、还剩哪些岗位、选岗记录。"""
    number = session_of_cohort(cohort)
    if number is None:
        raise NotReady(step="查看选岗会", why="这个批次还没有召开选岗会")
    found = board(acting(), number)
    if json_wanted:
        typer.echo(_json(asdict(found)))
        return
    current = f"现在轮到第 {found.current.position} 名 {found.current.name}" if found.current else "没有待选的人"
    typer.echo(f"{found.cohort.title}选岗会，{found.held_on}，{found.venue}，监督 {found.witness}。{current}。\n")
    left = [(str(post.number), post.unit, post.title, f"{post.left}/{post.places}") for post in found.posts]
    typer.echo(text_table(("岗位号", "单位", "岗位", "剩余"), left))
    record = [(str(line.sequence), line.what, line.name, line.post, line.by, line.reason) for line in found.log]
    if record:
        typer.echo("\n" + text_table(("序号", "登记", "姓名", "岗位", "登记人", "原因"), record))


@app.command()
def overdue(bureau: Bureau) -> None:
    """列出超过规定期限还没有安置的人。"""
    found = selectors.overdue(acting(), bureau)
    rows = [
        (str(item.number), item.name, item.category_label, str(item.reported_on), str(item.due_on)) for item in found
    ]
    heads = ("编号", "姓名", "类别", "报到日期", "应办结日期")
    typer.echo(text_table(heads, rows) if rows else "没有逾期的安置对象。")


def _points(item: CandidateFacts) -> str:
    return (item.sheet.first or points_text(item.sheet.total)) if item.sheet else ""


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2, default=str)
