"""`rongji organisations`: open the bureau, its sections and units, and put them under another area code."""

import json
from dataclasses import asdict
from datetime import datetime

import typer

from rongji.accounts import selectors, services
from rongji.cli.acting import acting

app = typer.Typer(
    help="机构：建立局、股室、所属单位和服务站，变更区划代码。", no_args_is_help=True, rich_markup_mode=None
)
_DAY = typer.Option(..., "--on", formats=["%Y-%m-%d"], metavar="日期", help="从哪一天起，如 2024-07-01。")


@app.command()
def add(
    code: str = typer.Argument(metavar="机构编码"),
    name: str = typer.Option(..., "--name", help="机构名称。"),
    area: str = typer.Option(..., "--area", metavar="区划代码", help="6 到 12 位数字。"),
    kind: str = typer.Option(
        "bureau", "--kind", help="bureau 局，section 股室，unit 所属单位，station 服务中心（站）。"
    ),
    parent: str = typer.Option("", "--parent", metavar="机构编码", help="上级机构；只有局可以没有。"),
    consolidated: bool = typer.Option(False, "--consolidated", help="不单独核算，并入上级机构。"),
) -> None:
    """建立机构。"""
    services.open_organisation(
        actor=acting(),
        code=code,
        name=name,
        kind=kind,
        area_code=area,
        parent_code=parent,
        keeps_own_accounts=not consolidated,
    )
    typer.echo(f"已建立机构“{name}”（{code}）。")


@app.command("area")
def change_area(
    code: str = typer.Argument(metavar="机构编码"),
    area: str = typer.Argument(metavar="区划代码"),
    on: datetime = _DAY,
    act: str = typer.Option("", "--act", metavar="依据", help="批准变更的文件。"),
) -> None:
    """变更机构的区划代码；原代码留在沿革里。"""
    services.change_area_code(actor=acting(), code=code, area_code=area, effective_on=on.date(), act=act)
    typer.echo(f"机构 {code} 自 {on:%Y-%m-%d} 起使用区划代码 {area}。")


@app.command("list")
def list_organisations(as_json: bool = typer.Option(False, "--json", help="输出 JSON。")) -> None:
    """列出全部机构，下级缩进在上级之后。"""
    rows = selectors.organisations(actor=acting())
    if as_json:
        typer.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False))
        return
    for row in rows:
        indent = "  " * (row.path.count("/") - 2)
        typer.echo(f"{indent}{row.code}  {row.name}  {row.area_code}{'' if row.keeps_own_accounts else '  不单独核算'}")
