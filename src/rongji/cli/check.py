"""`rongji check BUREAU YEAR`: the pre-submission check (体检) over the figures and texts of one bureau-year."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from rongji.checks import CheckReport, check_year
from rongji.checks.registry import check_named
from rongji.checks.report import ORDER
from rongji.cli.year_source import bureau_year
from rongji.kernel.clock import today
from rongji.kernel.finding import VERDICT_LABELS, Finding, Verdict
from rongji.rules.scoring.evaluate import evaluation_day

app = typer.Typer(help="报送前体检：核对一个单位一个年度的全部数字和文字。", rich_markup_mode=None)

PURE = True
"""A year kept in a file needs no database; Django is started only for one kept in the records."""

_FOUND = 1
_PLACES = 4
_SHOWN = {Verdict.CONTRADICTION, Verdict.DEFECT, Verdict.QUESTION, Verdict.ROUNDING}
_NUMERALS = "一二三四五"


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
    yield "　".join(f"{VERDICT_LABELS[verdict]} {report.counts[verdict]}" for verdict in ORDER)
    groups = tuple(dict.fromkeys(item.group for item in report.findings if item.group))
    wanted = [verdict for verdict in ORDER if report.counts[verdict] and (show_all or verdict in _SHOWN)]
    for number, verdict in zip(_NUMERALS, wanted, strict=False):
        yield ""
        yield f"{number}、{VERDICT_LABELS[verdict]}（{report.counts[verdict]}）"
        for position, finding in enumerate(report.of(verdict), 1):
            yield from _finding_lines(position, finding, groups)
    yield from _causes(report, groups)
    yield ""
    yield "没有矛盾，没有缺项。" if report.is_clean else "以上矛盾和缺项处理后再报送。"


def _finding_lines(position: int, finding: Finding, groups: tuple[str, ...]) -> Iterator[str]:
    check = check_named(finding.check)
    yield f"{position:>3}. 【{check.title if check else finding.check}】{finding.explanation}"
    places = [figure.source.note or figure.source.place for figure in finding.figures]
    known = list(dict.fromkeys(place for place in places if place))
    if known and finding.verdict in (Verdict.CONTRADICTION, Verdict.DEFECT):
        yield f"     位置：{'；'.join(known[:_PLACES])}{'等' if len(known) > _PLACES else ''}"
    if finding.remedy:
        yield f"     办法：{finding.remedy}"
    if finding.group:
        yield f"     根源：见末尾第 {groups.index(finding.group) + 1} 条"


def _causes(report: CheckReport, groups: tuple[str, ...]) -> Iterator[str]:
    proposals = {item.group: item.proposal for item in report.findings if item.group}
    if groups:
        yield ""
        yield "可能的根源（推算，供核对）"
    for position, group in enumerate(groups, 1):
        yield f"{position:>3}. {proposals[group].removeprefix('建议核对：')}"
