"""`rongji check BUREAU YEAR`: the pre-submission check (体检) over the figures and texts of one bureau-year."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from rongji.checks import CheckReport, check_year
from rongji.checks.report import ORDER
from rongji.cli.finding_lines import by_verdict, counted, of_finding
from rongji.cli.year_source import bureau_year
from rongji.kernel.clock import today
from rongji.kernel.finding import Verdict
from rongji.rules.scoring.evaluate import evaluation_day

app = typer.Typer(help="报送前体检：核对一个单位一个年度的全部数字和文字。", rich_markup_mode=None)

PURE = True
"""A year kept in a file needs no database; Django is started only for one kept in the records."""

_FOUND = 1
_SHOWN = {Verdict.CONTRADICTION, Verdict.DEFECT, Verdict.QUESTION, Verdict.ROUNDING}


@app.command()
def check(
    bureau: Annotated[str, typer.Argument(metavar="BUREAU", help="单位编码。")] = "",
    year: Annotated[int, typer.Argument(metavar="YEAR", help="年度。")] = 0,
    file: Annotated[
        Path | None, typer.Option("--file", help="不用数据库，直接核对一个年度数据文件。", exists=True)
    ] = None,
    show_all: Annotated[bool, typer.Option("--all", help="连相符的也列出。")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。")] = False,
) -> None:
    """核对全部勾稽关系和填报要求；有矛盾或缺项时退出码为 1，只有存疑和进位差时为 0。"""
    facts = bureau_year(bureau, year, file)
    report = check_year(facts, on=evaluation_day(facts, today()), known_on=today())
    if as_json:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(lines(report, show_all=show_all)))
    raise typer.Exit(0 if report.is_clean else _FOUND)


def lines(report: CheckReport, *, show_all: bool = False) -> Iterator[str]:
    """The report in lines of text, gravest verdict first."""
    yield f"{report.name} {report.year} 年度 报送前体检"
    yield counted(report.counts.items())
    wanted = [verdict for verdict in ORDER if show_all or verdict in _SHOWN]
    yield from by_verdict([of_finding(item) for item in report.findings], wanted)
    yield ""
    yield "没有矛盾，没有缺项。" if report.is_clean else "以上矛盾和缺项处理后再报送。"
