"""`rongji law`: what the legal data holds, one table in full, what is wrong with it, what is out of date."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from rongji.cli.forecasting import what_if
from rongji.cli.text_table import pairs, text_table
from rongji.kernel.clock import today
from rongji.law.catalogue import Description, Entry, check_all, describe, list_tables, stale
from rongji.law.loader import lawbook
from rongji.law.model import Lawbook
from rongji.law.wording import plain

app = typer.Typer(help="法规数据：查看评分方案、等次、公式、科目、时限及其依据。", no_args_is_help=True)

Legal = Annotated[Path | None, typer.Option("--legal", help="法规数据目录，默认用随软件发布的一份。")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON。")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="日期，默认今天。")]

PURE = True
"""Needs no database."""

_FOUND_WRONG = 1
PURE = True  # needs no database


@app.command("list")
def list_command(
    group: Annotated[
        str,
        typer.Argument(
            help="只列一组：scoring、indicators、codes、calendars、acts、concepts、forms、registers、casework 等。"
        ),
    ] = "",
    legal: Legal = None,
    as_json: AsJson = False,
) -> None:
    """列出法规数据表，或其中一组。"""
    entries = list_tables(group, law=_book(legal))
    if as_json:
        _print_json([entry.as_json() for entry in entries])
    elif entries:
        typer.echo(text_table(("组", "编号", "地区", "行数", "可信度（最弱）", "核对到", "名称"), map(_entry, entries)))
    else:
        typer.echo(f"没有“{group}”这一组，请不带参数运行以查看全部。")


@app.command()
def show(
    entry_id: Annotated[
        str,
        typer.Argument(metavar="编号", help="表、文件、数据、表式、登记簿或办件种类的编号，如 national-2020、visits。"),
    ],
    on: Day = None,
    known_on: Day = None,
    legal: Legal = None,
    as_json: AsJson = False,
) -> None:
    """显示一张表的全部行：两个日期、依据、可信度、取值；当日有效的行以 ● 标出。"""
    found = describe(entry_id, on=_day(on), known_on=_day(known_on), law=_book(legal))
    if as_json:
        _print_json(found.as_json())
        return
    typer.echo(pairs(found.head))
    if found.rows:
        typer.echo("")
        typer.echo(_rows(found))


@app.command()
def check(
    production: Annotated[bool, typer.Option("--production", help="按正式运行的要求检查：不接受缺失的值。")] = False,
    legal: Legal = None,
    as_json: AsJson = False,
) -> None:
    """检查全部法规数据，逐文件逐行列出问题；有问题时退出码为 1。"""
    problems = check_all(production=production, root=legal)
    if as_json:
        _print_json([plain(problem) for problem in problems])
    elif problems:
        typer.echo("\n".join(str(problem) for problem in problems))
        typer.echo(f"共 {len(problems)} 处问题。")
    else:
        typer.echo("法规数据没有问题。")
    if problems:
        raise typer.Exit(_FOUND_WRONG)


@app.command("stale")
def stale_command(on: Day = None, legal: Legal = None, as_json: AsJson = False) -> None:
    """列出在某日之前就没再核对过新文件的表，最久的在前。"""
    entries = stale(_day(on), law=_book(legal))
    if as_json:
        _print_json([entry.as_json() for entry in entries])
        return
    for_table = (
        (entry.checked.isoformat() if entry.checked else "从未核对", entry.id, entry.label) for entry in entries
    )
    typer.echo(text_table(("核对到", "编号", "名称"), for_table))


app.command("what-if")(what_if)


def _book(legal: Path | None) -> Lawbook:
    return lawbook(str(legal) if legal else None)


def _day(given: datetime | None) -> date:
    return given.date() if given else today()


def _entry(entry: Entry) -> tuple[str, ...]:
    return (
        entry.group,
        entry.id,
        entry.region,
        str(entry.rows or ""),
        entry.trust.label if entry.trust else "",
        _checked(entry),
        entry.label,
    )


def _checked(entry: Entry) -> str:
    return entry.checked.isoformat() if entry.checked else ""


def _rows(found: Description) -> str:
    lines = (
        (
            "●" if row.in_force else "",
            row.region,
            "" if row.table == found.id else row.table,
            row.keys,
            f"{row.effective}{f'–{row.until}' if row.until else ''}",
            row.known.isoformat(),
            row.trust.label,
            f"{row.value}　〔{row.act}〕{f'（{row.note}）' if row.note else ''}",
        )
        for row in found.rows
    )
    return text_table(("", "地区", "沿用自", "键", "施行", "公布", "可信度", "取值　〔依据〕（说明）"), lines)


def _print_json(content: Any) -> None:
    typer.echo(json.dumps(content, ensure_ascii=False, indent=2, default=str))
