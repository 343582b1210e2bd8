"""`rongji audit FILE…`: which figures of a published document cannot all be true, where they stand, by how much."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="核对任意报告：找出数字之间的矛盾，指明位置和差额。", rich_markup_mode=None)

PURE = True
"""Reads files only: no database, no Django, and nothing is imported before it is needed."""


@app.command()
def audit(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE…", help="文件、目录或通配符；txt、docx、xlsx、xls、pdf、html。")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，含全部核对过的关系。")] = False,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="OUT", help="另写网页：.html 写成一个网页，目录则每个文件一个网页。"),
    ] = None,
    opinion: Annotated[
        Path | None, typer.Option("--opinion", metavar="OUT.docx", help="另写审核意见（docx）。")
    ] = None,
    decisions: Annotated[
        Path | None,
        typer.Option(
            "--decisions", metavar="取舍.json", help="网页上下载的审核取舍，审核意见只写采纳的。", exists=True
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="结果目录，每个文件一份 JSON；中断后再运行一次即可接着做。"),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", metavar="N", help="同时用几个进程；0 为全部处理器。", min=0)] = 0,
    timeout: Annotated[int, typer.Option("--timeout", metavar="秒", help="一个文件最多核对多久。", min=1)] = 120,
    show_all: Annotated[bool, typer.Option("--all", help="连相符的也列出。")] = False,
    brief: Annotated[bool, typer.Option("--brief", help="只列汇总表。")] = False,
) -> None:
    """核对一个或许多文件的全部数字关系；退出码 0 没有矛盾，1 有矛盾，2 有文件读不了（其余照常核对）。"""
    from rongji.cli.auditing import Wanted, run

    wanted = Wanted(as_json, html, opinion, decisions, out, jobs, timeout, show_all, brief)
    raise typer.Exit(run(files, wanted))
