"""`rongji read FILE --out year.xlsx`: a published report as the workbook of the year, as far as it states it."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="把已有的自评报告读成年度数据工作簿，只取确定的数。", rich_markup_mode=None)

PURE = True
"""Reads a file and writes a file: no database, no Django."""


@app.command()
def read(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="报告文件：txt、docx、xlsx、xls、pdf、html。", exists=True)
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT.xlsx", help="写到哪个 .xlsx 文件。")],
    bureau: Annotated[str, typer.Option("--bureau", metavar="编码", help="工作簿里的单位编码。")] = "bureau",
    scheme: Annotated[
        str, typer.Option("--scheme", metavar="方案", help="评分方案，见 rongji law list scoring。")
    ] = "national-2020",
    year: Annotated[int, typer.Option("--year", metavar="年度", help="报告没有写明年度时指明。")] = 0,
    form: Annotated[str, typer.Option("--form", metavar="表式", help="报送表式，标出它要求必填的工作表。")] = "",
    show_all: Annotated[bool, typer.Option("--all", help="列出全部没有取用的数。")] = False,
) -> None:
    """读出报告写明的机构、人数、收支、资产、指标和得分，每个数注明出处；说不准的不取，并列出没有找到的。"""
    from rongji.cli.reading import run

    typer.echo(run(file, out, bureau=bureau, scheme=scheme, year=year or None, form=form, show_all=show_all))
