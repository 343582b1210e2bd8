"""`rongji budget`: lines, adjustments and postings of a bureau's year, and what they come to."""

import json
from pathlib import Path

import typer

from rongji.accounts.policies import guard
from rongji.accounts.selectors import organisation
from rongji.budget import selectors, services, tables
from rongji.budget.policies import SEE_BUDGET
from rongji.budget.refusals import RowsRefused
from rongji.budget.types import KIND_LABELS, ExpenditureKind
from rongji.cli.acting import acting
from rongji.cli.text_table import text_table
from rongji.kernel.quantity import Quantity
from rongji.performance import reconciliation
from rongji.performance.selectors import year_facts

app = typer.Typer(help="预算与账务：导入指标和凭证，预算调整，收支结余。", no_args_is_help=True, rich_markup_mode=None)
_BUREAU = typer.Argument(metavar="单位编码")
_YEAR = typer.Argument(metavar="年度")
_FILE = typer.Argument(metavar="文件", exists=True, dir_okay=False, readable=True)


@app.command("import-lines")
def import_lines(bureau: str = _BUREAU, year: int = _YEAR, file: Path = _FILE) -> None:
    """导入年初预算指标（csv 或 xlsx）；有问题时一行也不导入。"""
    count = services.import_budget_lines(actor=acting(), bureau=bureau, year=year, path=file)
    typer.echo(f"预算指标：新增 {count.added} 条，变更 {count.changed} 条，未变 {count.unchanged} 条。")


@app.command("import-postings")
def import_postings(bureau: str = _BUREAU, year: int = _YEAR, file: Path = _FILE) -> None:
    """导入财务系统导出的凭证（csv 或 xlsx）；同一文件不会重复记账。"""
    count = services.import_postings(actor=acting(), bureau=bureau, year=year, path=file)
    typer.echo(f"账务凭证：导入 {count.added} 行。")


@app.command("open")
def opening(
    bureau: str = _BUREAU,
    year: int = _YEAR,
    unit: str = typer.Option(..., "--unit", metavar="机构编码", help="结转资金所在机构。"),
    amount: str = typer.Option(..., "--amount", metavar="金额（元）", help="期初结转金额，以元为单位。"),
    evidence: str = typer.Option(..., "--evidence", metavar="依据", help="依据，如上年决算批复文号。"),
) -> None:
    """登记第一年的期初结转；以后各年由上年结余得出。"""
    fen = Quantity.parse(amount, "元").fen
    services.declare_opening_balance(
        actor=acting(), bureau=bureau, year=year, unit_code=unit, amount_fen=fen, evidence=evidence
    )
    typer.echo(f"已登记 {year} 年期初结转 {Quantity.from_fen(fen, '元', 2)}。")


@app.command()
def adjust(bureau: str = _BUREAU, year: int = _YEAR, file: Path = _FILE) -> None:
    """提出预算调整（按文号分组的 csv 或 xlsx）；由另一人批准后生效。"""
    actor = acting()
    grouped, problems = tables.read_adjustments(file)
    if problems:
        raise RowsRefused(file=file.name, count=len(problems), listing="\n".join(str(problem) for problem in problems))
    for (document, reason), rows in grouped.items():
        number = services.propose_adjustment(
            actor=actor, bureau=bureau, year=year, document_number=document, reason=reason, rows=rows
        )
        typer.echo(f"已提出预算调整 {number}：{document}，{len(rows)} 条指标，待另一人审批。")


@app.command()
def approve(
    adjustment: int = typer.Argument(metavar="调整编号"),
    reject: bool = typer.Option(False, "--reject", help="退回而不是批准。"),
    note: str = typer.Option("", "--note", help="审批意见；退回时必填。"),
) -> None:
    """审批预算调整；不能审批自己提出的。"""
    version = services.decide_adjustment(actor=acting(), adjustment_id=adjustment, approve=not reject, note=note)
    typer.echo(f"已批准，形成预算第 {version} 版。" if version else "已退回。")


@app.command()
def show(
    bureau: str = _BUREAU, year: int = _YEAR, as_json: bool = typer.Option(False, "--json", help="输出 JSON。")
) -> None:
    """预算、调整、执行和结余，按支出类别；金额以万元计。"""
    actor = acting()
    guard(actor, SEE_BUDGET, organisation(bureau).scope)
    initial = selectors.totals_by(selectors.initial_purses(bureau, year), "kind")
    changes = selectors.totals_by(selectors.adjustment_purses(bureau, year), "kind")
    paid = selectors.totals_by(selectors.posted_purses(bureau, year), "kind")
    opening_fen, closing_fen = selectors.opening_fen(bureau, year), selectors.closing_fen(bureau, year)
    if as_json:
        facts = {
            "initial": initial,
            "adjustment": changes,
            "actual": paid,
            "opening": opening_fen,
            "closing": closing_fen,
        }
        typer.echo(json.dumps({"unit": "fen", **facts}, ensure_ascii=False))
        return
    rows = [_row(KIND_LABELS[kind], kind, initial, changes, paid) for kind in ExpenditureKind]
    typer.echo(text_table(("支出类别", "年初预算", "调整", "全年预算", "全年执行"), rows))
    typer.echo(f"\n上年结转 {_wan(sum(opening_fen.values()))}，年末结余 {_wan(sum(closing_fen.values()))}（万元）。")
    for version in selectors.budget_versions(bureau, year):
        typer.echo(f"第 {version.version} 版：{version.document_number} {version.reason} {_wan(version.change_fen)}")


@app.command()
def reconcile(
    bureau: str = _BUREAU,
    year: int = _YEAR,
    everything: bool = typer.Option(False, "--all", help="连相符的也列出。"),
    as_json: bool = typer.Option(False, "--json", help="输出 JSON。"),
) -> None:
    """账表核对：年度表所填与预算指标、账务凭证逐项对照；有不符时退出码为 1。"""
    rows = [row for row in reconciliation.reconcile(year_facts(acting(), bureau, year)) if row.stated]
    off = [row for row in rows if not row.agrees]
    if as_json:
        found = [
            {
                "key": str(row.key), "label": row.label, "stated": row.stated.printed if row.stated else None,
                "derived": row.derived.printed, "difference": str(row.difference), "agrees": row.agrees,
            }
            for row in rows
        ]  # fmt: skip
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        shown = [
            [
                row.label,
                row.stated.printed if row.stated else "",
                row.derived.printed,
                f"{row.difference:f}",
                row.derived.source.note,
            ]
            for row in (rows if everything else off)
        ]
        if shown:
            typer.echo(text_table(("数据", "表中所填", "账面", "相差（元）", "账面来源"), shown))
        typer.echo(f"共核对 {len(rows)} 项，相符 {len(rows) - len(off)} 项，不符 {len(off)} 项。")
    raise typer.Exit(1 if off else 0)


def _row(label: str, kind: str, initial: dict, changes: dict, paid: dict) -> list[str]:
    first, change = initial.get(kind, 0), changes.get(kind, 0)
    return [label, _wan(first), _wan(change), _wan(first + change), _wan(paid.get(kind, 0))]


def _wan(fen: int) -> str:
    return Quantity.from_fen(fen, "万元", 6).shown(grouping=True)
