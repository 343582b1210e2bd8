"""`rongji network`: the stations of three levels in a list, as a table for upper levels, and what the map shows."""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from rongji.accounts.selectors import organisation
from rongji.cli.acting import acting
from rongji.cli.text_table import text_table
from rongji.documents.writers import write
from rongji.services.network.facts import Network, StationFacts
from rongji.services.network.map_file import remove_map_shapes, set_map_shapes
from rongji.services.network.selectors import network
from rongji.services.network.table import station_table

app = typer.Typer(
    help="服务站网络：列出各级站点，导出站点表，设置地图的区划图。", no_args_is_help=True, rich_markup_mode=None
)

Bureau = Annotated[str, typer.Argument(metavar="单位", help="单位编码。")]
Day = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], metavar="日期", help="哪一天的情况。")]
_HEADINGS = ("编码", "名称", "级别", "命名", "五有", "人员")


@app.command("list")
def list_stations(
    bureau: Bureau, on: Day = None, as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。")] = False
) -> None:
    """列出站点：级别、命名、五有达到的项数、工作人员。"""
    found = _network(bureau, on)
    if as_json:
        typer.echo(json.dumps([_facts(item) for item in found.stations], ensure_ascii=False))
        return
    typer.echo(text_table(_HEADINGS, (_row(item) for item in found.stations)))


@app.command()
def table(
    bureau: Bureau,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="文件", help="写到哪个文件：.xlsx、.docx 或 .pdf。")],
    on: Day = None,
) -> None:
    """导出站点表：一站一行，编码、名称、级别、地址、坐标、人员、五有、命名、挂牌日期。"""
    found = _network(bureau, on)
    write(station_table(found, organisation(bureau).name), out)
    typer.echo(f"已写入 {out}：{len(found.stations)} 个站点。")


@app.command()
def shapes(
    bureau: Bureau,
    file: Annotated[
        Path,
        typer.Argument(metavar="文件", exists=True, dir_okay=False, help="GeoJSON 文件：乡镇或村的面。"),
    ],
) -> None:
    """换上地图的区划图；文件只存在本机的数据目录里。"""
    found = set_map_shapes(actor=acting(), bureau=bureau, file_name=file.name, data=file.read_bytes())
    typer.echo(f"已换上区划图“{file.name}”：{len(found.areas)} 个区域。")


@app.command("remove-shapes")
def remove_shapes(bureau: Bureau) -> None:
    """移除地图的区划图，站点按坐标单独显示。"""
    done = remove_map_shapes(actor=acting(), bureau=bureau)
    typer.echo("已移除区划图。" if done else "本来就没有区划图。")


def _network(bureau: str, on: datetime | None) -> Network:
    actor = acting()
    return network(actor, bureau, on=on.date() if on else actor.day)


def _row(item: StationFacts) -> tuple[str, ...]:
    grade, haves = item.grade, item.haves
    return (
        item.code, item.name, item.tier, grade.words if grade else "", haves.words if haves else "", str(item.staff),
    )  # fmt: skip


def _facts(item: StationFacts) -> dict[str, Any]:
    """One station as programs read it."""
    return {
        "code": item.code,
        "name": item.name,
        "level": item.tier,
        "parent": item.parent,
        "division_code": item.division_code,
        "point": item.point,
        "staff": item.staff,
        "checks": {name: {"met": one.met, "of": one.whole} for name, one in item.checks.items()},
        "named": [one.words for one in item.named],
    }
