"""`rongji objectives`: draft targets from a workbook, review them, propose, approve, list versions."""

from pathlib import Path

import typer

from rongji.accounts.policies import guard
from rongji.accounts.selectors import organisation
from rongji.cli.acting import acting
from rongji.cli.year_source import from_file
from rongji.performance.objectives import selectors, services
from rongji.performance.objectives.content import objectives_of
from rongji.performance.objectives.policies import SEE_OBJECTIVES

app = typer.Typer(help="绩效目标：编报、审核、批复、年中调整。", no_args_is_help=True, rich_markup_mode=None)
_BUREAU = typer.Argument(metavar="单位编码")
_YEAR = typer.Argument(metavar="年度")


@app.command()
def draft(
    bureau: str = _BUREAU,
    year: int = _YEAR,
    file: Path = typer.Argument(metavar="工作簿", exists=True, dir_okay=False, help="填有目标和指标的年度工作簿。"),
    reason: str = typer.Option("", "--reason", help="调整原因；已有批复的目标时必填。"),
) -> None:
    """由工作簿起草绩效目标，并按四项标准逐条提出修改意见。"""
    objectives = objectives_of(from_file(file))
    version = services.draft_objectives(actor=acting(), bureau=bureau, year=year, objectives=objectives, reason=reason)
    typer.echo(f"已起草第 {version} 版，指标 {len(objectives.indicators)} 个。")
    for finding in services.review_targets(objectives):
        if finding.remedy:
            word = "须改" if finding.is_trouble else "建议"
            typer.echo(f"· {word}：{finding.explanation}{finding.remedy}")


@app.command()
def propose(bureau: str = _BUREAU, year: int = _YEAR) -> None:
    """提交审批；不符合“指向明确、细化量化、合理可行、相应匹配”的不能提交。"""
    services.propose_objectives(actor=acting(), bureau=bureau, year=year)
    typer.echo("已提交，待另一人审批。")


@app.command()
def decide(
    bureau: str = _BUREAU,
    year: int = _YEAR,
    reject: bool = typer.Option(False, "--reject", help="退回而不是批复。"),
    note: str = typer.Option("", "--note", help="审批意见；退回时必填。"),
) -> None:
    """批复或退回绩效目标；不能审批自己提交的。"""
    services.decide_objectives(actor=acting(), bureau=bureau, year=year, approve=not reject, note=note)
    typer.echo("已退回。" if reject else "已批复。")


@app.command("list")
def list_versions(bureau: str = _BUREAU, year: int = _YEAR) -> None:
    """列出各版本和每版改了什么。"""
    guard(acting(), SEE_OBJECTIVES, organisation(bureau).scope)
    for item in selectors.versions(bureau, year):
        typer.echo(f"第 {item.version} 版  {item.state_label}  {item.drafted_by}  {item.reason}")
        for line in item.changes:
            typer.echo(f"    {line}")
