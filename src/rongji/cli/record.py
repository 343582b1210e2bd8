"""`rongji record`: the registers of the bureau's work, listed, entered, imported, exported and counted."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from rongji.cli.acting import acting
from rongji.cli.text_table import pairs, text_table
from rongji.law.registers import Register
from rongji.law.registers import register as declared_register
from rongji.services import selectors, services
from rongji.services.exports import export_records
from rongji.services.imports import import_file, preview, write_marked
from rongji.services.imports import template as empty_table
from rongji.services.imports.outcome import RecordOutcome
from rongji.services.measures import derived_figures
from rongji.services.policies import SEE_RECORDS
from rongji.services.refusals import FilterUnfit, RecordFileRefused
from rongji.services.types import RecordFilters

app = typer.Typer(help="业务登记簿：列出、登记、导入、导出、计数。", no_args_is_help=True, rich_markup_mode=None)

Bureau = Annotated[str, typer.Argument(metavar="单位", help="单位编码。")]
Name = Annotated[str, typer.Argument(metavar="登记簿", help="登记簿编号，如 job_fairs。")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON。")]
_SUCH = "筛选：first=2024-01-01、last=、station=、category=、text=，或 选项栏目=词；可给几个。"
Such = Annotated[list[str] | None, typer.Option("--such", metavar="栏目=值", help=_SUCH)]
Out = Annotated[Path, typer.Option("--out", "-o", metavar="文件", help="写到哪个文件。")]
_SHOWN = 60


@app.command()
def registers(bureau: Bureau, as_json: AsJson = False) -> None:
    """列出全部登记簿和各有多少条登记。"""
    areas = selectors.registers_for(acting(), bureau)
    rows = [
        (area.area, entry.register.id, entry.register.label, entry.counted, str(entry.last_day or ""))
        for area in areas
        for entry in area.entries
    ]
    if as_json:
        typer.echo(json.dumps([dict(zip(("area", "id", "label", "records", "last"), row, strict=True)) for row in rows],
                              ensure_ascii=False))  # fmt: skip
        return
    typer.echo(text_table(("业务", "编号", "登记簿", "条数", "最近一条"), rows))


@app.command("list")
def list_command(
    bureau: Bureau,
    register: Name,
    such: Such = None,
    after: Annotated[str, typer.Option("--after", metavar="标记", help="上一页给出的翻页标记。")] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, max=500, help="最多列出多少条。")] = 50,
    as_json: AsJson = False,
) -> None:
    """列出一个登记簿的登记，新的在前；合计是符合条件的全部登记的合计。"""
    declared = declared_register(register)
    filters = _filters(declared, such)
    found = selectors.list_records(
        acting(), bureau=bureau, register=register, filters=filters, after=after, limit=limit
    )
    if as_json:
        rows = [{"id": row.id, "version": row.version, **row.cells} for row in found.rows]
        answer = {"rows": rows, "after": found.after, "count": found.counted, "totals": dict(found.totals)}
        typer.echo(json.dumps(answer, ensure_ascii=False))
        return
    typer.echo("\n".join(_listed(declared, found)))


@app.command()
def show(record: Annotated[int, typer.Argument(metavar="编号", help="登记编号。")], as_json: AsJson = False) -> None:
    """查看一条登记，和它改过什么。"""
    page = selectors.record_page(acting(), record)
    told = {item.label: page.row.cells[item.id] for item in page.register.fields if page.row.cells[item.id]}
    if as_json:
        typer.echo(json.dumps({"id": record, "version": page.row.version, **page.row.cells}, ensure_ascii=False))
        return
    state = f"，已于 {page.row.withdrawn_on} 撤销" if page.row.withdrawn_on else ""
    typer.echo(f"{page.register.label} 第 {record} 号，第 {page.row.version} 版{state}，{page.entered_by} 登记")
    typer.echo(pairs(told.items()))
    for line in page.history[1:]:
        changed = "；".join(f"{label}：{before or '（空）'} → {now or '（空）'}" for label, before, now in line.fields)
        typer.echo(f"{line.at:%Y-%m-%d} {line.actor}（{line.reason}）：{changed}")


@app.command()
def add(
    bureau: Bureau,
    register: Name,
    answers: Annotated[list[str], typer.Argument(metavar="栏目=内容…", help="如 held_on=2024-03-01 名称=春季招聘会。")],
) -> None:
    """登记一条：栏目写编号或名称都可以。"""
    declared = declared_register(register)
    made = services.add_record(
        actor=acting(), bureau=bureau, register=register, answers=dict(_answer(declared, text) for text in answers)
    )
    typer.echo(f"已登记，编号 {made}")


@app.command()
def template(bureau: Bureau, register: Name, out: Out) -> None:
    """生成空白登记表：每栏有说明，选项和站点可下拉选择，带一行示例。"""
    _write(out, empty_table(actor=acting(), bureau=bureau, register=register))


@app.command("import")
def import_command(
    bureau: Bureau,
    register: Name,
    source: Annotated[
        Path, typer.Argument(metavar="文件", exists=True, dir_okay=False, help="登记表：.xlsx、.xls、.ods 或 .csv。")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只核对并列出变化，不写入。")] = False,
    marked: Annotated[
        Path | None, typer.Option("--marked", metavar="文件", help="有问题时，另存一份标出问题的登记表。")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """导入登记表：逐行核对，全部合格才写入；再次导入即更正。有格要改时退出码为 3。"""
    act = preview if dry_run else import_file
    try:
        outcome = act(actor=acting(), bureau=bureau, register=register, source=source)
    except RecordFileRefused as refusal:
        outcome = refusal.outcome
    if marked and outcome.findings:
        write_marked(marked, source, outcome)
    typer.echo(_outcome_json(outcome, dry_run=dry_run) if as_json else "\n".join(_in_words(outcome, dry_run=dry_run)))
    if outcome.errors:
        where = f"已把问题标在 {marked} 中。" if marked else "加 --marked 文件.xlsx 可得到标出问题的登记表。"
        typer.echo(f"{outcome.file}：{outcome.errors} 处必须改正，一行也没有导入。{where}", err=True)
        raise typer.Exit(RecordFileRefused.exit_code)


@app.command()
def export(bureau: Bureau, register: Name, out: Out, such: Such = None) -> None:
    """导出符合条件的登记（.xlsx 或 .csv）；改好以后可以再导入。"""
    kind = out.suffix.removeprefix(".").lower()
    filters = _filters(declared_register(register), such)
    _write(out, export_records(actor=acting(), bureau=bureau, register=register, filters=filters, kind=kind))


@app.command()
def measures(
    bureau: Bureau,
    year: Annotated[int, typer.Argument(metavar="年度", help="四位年份。")],
    register: Annotated[str, typer.Option("--register", metavar="登记簿", help="只看这个登记簿。")] = "",
    members: Annotated[bool, typer.Option("--members", help="连同分项一起列出。")] = False,
    as_json: AsJson = False,
) -> None:
    """列出登记簿在一个年度里数出来的数。"""
    SEE_RECORDS.require_role(acting())
    prefix = f"services.{register}." if register else ""
    found = [
        item
        for item in derived_figures(bureau, year)
        if item.key.concept.startswith(prefix) and (members or not item.key.member)
    ]
    if as_json:
        told = [{"key": str(item.key), "label": item.label, "value": str(item.quantity.value if item.quantity else ""),
                 "unit": item.quantity.unit_name if item.quantity else ""} for item in found]  # fmt: skip
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    rows = [(str(item.key), str(item.quantity), item.label) for item in found]
    typer.echo(text_table(("编号", "数", "名称"), rows) if rows else f"{year} 年还没有登记可数。")


def _listed(register: Register, found: Any) -> list[str]:
    """The rows as a table of the first fields, and what they add up to."""
    shown = [item for item in register.fields if item.kind != "long"][:6]
    rows = [(str(row.id), *(row.cells[item.id][:24] for item in shown)) for row in found.rows]
    if not rows:
        return [f"“{register.label}”没有符合条件的登记。"]
    lines = [text_table(("编号", *(item.label for item in shown)), rows)]
    totals = "，".join(f"{register.by_id[name].label} {text}" for name, text in found.totals.items())
    lines.append(f"\n共 {found.counted} 条" + (f"；合计：{totals}" if totals else ""))
    lines += [found.note] if found.note else []
    return [*lines, f"还有更多：加 --after {found.after} 继续。"] if found.after else lines


def _filters(register: Register, such: list[str] | None) -> RecordFilters:
    given = {}
    for text in such or ():
        name, equals, value = text.partition("=")
        if not equals:
            raise FilterUnfit(register=register.label, name=text[:40], why="请写成 栏目=值，如 first=2024-01-01")
        given[_field(register, name.strip())] = value.strip()
    return selectors.filters_from(register, given)


def _answer(register: Register, text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return _field(register, name.strip()), value.strip()


def _field(register: Register, name: str) -> str:
    """The field of a name: its id, or its label."""
    return next((item.id for item in register.fields if item.label == name), name)


def _write(out: Path, data: bytes) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(data)
    typer.echo(f"已生成 {out}")


def _in_words(outcome: RecordOutcome, *, dry_run: bool) -> list[str]:
    cells = [(item.level_label, item.cell) for item in outcome.findings]
    rows = [(label, cell.sheet, cell.address, cell.what, cell.remedy) for label, cell in cells]
    lines = [text_table(("级别", "工作表", "单元格", "问题", "怎么改"), rows[:_SHOWN]), ""] if rows else []
    left = outcome.errors + outcome.warnings - _SHOWN
    lines += [f"…… 另有 {left} 处，见标注的登记表或加 --json。"] if left > 0 else []
    if not outcome.errors:
        lines.append(f"{'可以导入' if dry_run else '已导入'} {outcome.file}：{outcome.summary}。")
        lines += ["与已有登记一致，没有变化。"] if outcome.is_empty else []
    lines += [f"  {note}。" for note in outcome.notes]
    if outcome.change_count and not outcome.errors:
        lines.append(f"变化 {outcome.change_count} 项：")
        lines += [f"  {change.line}" for change in outcome.changes[:_SHOWN]]
    return lines


def _outcome_json(outcome: RecordOutcome, *, dry_run: bool) -> str:
    findings = [
        {"level": item.cell.level.value, "sheet": item.cell.sheet, "cell": item.cell.address,
         "field": item.field, "problem": item.cell.what, "remedy": item.cell.remedy}
        for item in outcome.findings
    ]  # fmt: skip
    return json.dumps(
        {
            "imported": not dry_run and not outcome.errors, "register": outcome.register, "rows": outcome.rows,
            "added": outcome.added, "changed": outcome.changed, "unchanged": outcome.unchanged,
            "errors": outcome.errors, "warnings": outcome.warnings, "notes": outcome.notes, "problems": findings,
            "changes": [item.line for item in outcome.changes],
        },
        ensure_ascii=False,
    )  # fmt: skip
