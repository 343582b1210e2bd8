"""`rongji roster`: rosters of persons in and out, with a sample to fill in and a marked copy of what is wrong."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.awards.from_roster import import_roster, preview_roster
from rongji.cli.acting import acting
from rongji.cli.progress import Progress
from rongji.cli.text_table import text_table
from rongji.kernel.month import Month
from rongji.people.imports.marked import write_marked
from rongji.people.imports.outcome import FieldChange, RosterOutcome
from rongji.people.imports.problems import LEVEL_LABELS, CellProblem
from rongji.people.imports.sheet_writing import export_roster, write_template
from rongji.people.refusals import BadRoster

app = typer.Typer(help="花名册：取得样表、导入人员、导出在册人员。", no_args_is_help=True, rich_markup_mode=None)

Bureau = Annotated[str, typer.Argument(metavar="单位", help="单位编码。")]
Out = Annotated[Path, typer.Option("--out", "-o", metavar="文件", help="写到哪个 .xlsx 文件。")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON。")]
_SHOWN = 60


@app.command()
def template(bureau: Bureau, out: Out) -> None:
    """生成空白花名册：每栏有说明，类别可下拉选择，号码栏已设为文本。"""
    home = organisation(bureau)
    out.parent.mkdir(parents=True, exist_ok=True)
    write_template(out, acting().day, home.area_code)
    typer.echo(f"已生成 {out}")


@app.command("import")
def import_command(
    bureau: Bureau,
    source: Annotated[
        Path, typer.Argument(metavar="文件", exists=True, dir_okay=False, help="花名册：.xlsx、.xls、.ods 或 .csv。")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查并列出变化，不写入。")] = False,
    marked: Annotated[
        Path | None, typer.Option("--marked", metavar="文件", help="有问题时，另存一份标出问题的花名册。")
    ] = None,
    since: Annotated[
        str, typer.Option("--since", metavar="月份", help="没写批准时间的行从哪个月起算，如 2024-01。")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """导入花名册：逐行检查，全部合格才写入；再次导入即更新，逐项列出变化。有格要改时退出码为 3。"""
    actor = acting()
    try:
        outcome = _import(actor, bureau, source, since, dry_run=dry_run)
    except BadRoster as refusal:
        outcome = refusal.facts["outcome"]
    if marked and outcome.problems:
        write_marked(marked, source, outcome.problems)
    if as_json:
        typer.echo(json.dumps(_as_json(outcome, dry_run=dry_run), ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(_in_words(outcome, dry_run=dry_run)))
    if outcome.errors:
        where = f"已把问题标在 {marked} 中。" if marked else "加 --marked 文件.xlsx 可得到标出问题的花名册。"
        typer.echo(f"{outcome.file}：{outcome.errors} 处必须改正，整本没有导入。{where}", err=True)
        raise typer.Exit(BadRoster.exit_code)


@app.command()
def export(
    bureau: Bureau,
    out: Out,
    category: Annotated[str, typer.Option("--category", metavar="类别", help="只导出这个类别，填类别编码。")] = "",
    reveal: Annotated[
        str, typer.Option("--reveal", metavar="理由", help="导出完整号码并写明理由，会记入审计记录；不加则打星号。")
    ] = "",
) -> None:
    """导出在册人员；号码打星号的也能再导入，星号表示没有变化。"""
    out.parent.mkdir(parents=True, exist_ok=True)
    count = export_roster(actor=acting(), bureau=bureau, path=out, reason=reveal, category=category)
    typer.echo(f"已导出 {count} 行到 {out}")


def _import(actor: Actor, bureau: str, source: Path, since: str, *, dry_run: bool) -> RosterOutcome:
    bars: dict[str, Progress] = {}

    def report(step: str, done: int, total: int) -> None:
        bars.setdefault(step, Progress(total, f"正在{step}")).reach(done)

    month = Month.parse(since) if since else None
    run = preview_roster if dry_run else import_roster
    try:
        return run(actor=actor, bureau=bureau, source=source, since=month, report=report)
    finally:
        for bar in bars.values():
            bar.clear()


def _in_words(outcome: RosterOutcome, *, dry_run: bool) -> list[str]:
    lines = _problem_table(outcome)
    counts = f"新增 {outcome.added} 人，变更 {outcome.changed} 人，未变 {outcome.unchanged} 人"
    if not outcome.errors:
        lines.append(f"{'可以导入' if dry_run else '已导入'} {outcome.file}：{counts}。")
        if outcome.is_empty:
            lines.append("与在册内容一致，没有变化。")
    lines += [f"  {note}。" for note in outcome.notes]
    if outcome.change_count and not outcome.errors:
        lines.append(f"变化 {outcome.change_count} 项：")
        lines += [f"  {change.line}" for change in outcome.changes[:_SHOWN]]
        left = outcome.change_count - _SHOWN
        lines += [f"  …… 另有 {left} 项，加 --json 可看更多。"] if left > 0 else []
    return lines


def _problem_table(outcome: RosterOutcome) -> list[str]:
    ranked = sorted(outcome.problems, key=lambda item: not item.is_error)
    rows = [(LEVEL_LABELS[item.level], item.sheet, item.address, item.what, item.remedy) for item in ranked[:_SHOWN]]
    if not rows:
        return []
    left = outcome.errors + outcome.warnings - len(rows)
    more = [f"…… 另有 {left} 处，见标注的花名册或加 --json。"] if left > 0 else []
    return [text_table(("级别", "工作表", "单元格", "问题", "怎么改"), rows), *more, ""]


def _as_json(outcome: RosterOutcome, *, dry_run: bool) -> dict[str, Any]:
    return {
        "imported": not dry_run and not outcome.errors,
        "bureau": outcome.bureau,
        "rows": outcome.rows,
        "added": outcome.added,
        "changed": outcome.changed,
        "unchanged": outcome.unchanged,
        "errors": outcome.errors,
        "warnings": outcome.warnings,
        "categories": dict(outcome.categories),
        "change_count": outcome.change_count,
        "changes": [_change_json(item) for item in outcome.changes],
        "notes": list(outcome.notes),
        "problems": [_problem_json(item) for item in outcome.problems],
    }


def _change_json(item: FieldChange) -> dict[str, str]:
    return {
        "person": item.person,
        "place": item.place,
        "field": item.label,
        "before": item.before,
        "after": item.after,
    }


def _problem_json(item: CellProblem) -> dict[str, str]:
    return {"level": item.level.value, "sheet": item.sheet, "cell": item.address, "found": item.found,
            "problem": item.what, "remedy": item.remedy}  # fmt: skip
