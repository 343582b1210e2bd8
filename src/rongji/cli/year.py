"""`rongji year`: the bureau-year workbook out and in, what is stored, one figure explained, evidence attached."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from rongji.accounts.types import Actor
from rongji.cli.acting import acting
from rongji.cli.text_table import pairs, text_table
from rongji.kernel.bureau_year import BureauYear
from rongji.kernel.digest import file_digest
from rongji.kernel.figure import Figure
from rongji.kernel.refusal import Refusal
from rongji.performance import selectors, services
from rongji.performance.refusals import BadCells
from rongji.performance.types import ImportOutcome
from rongji.performance.workbook import CellProblem, read_book
from rongji.performance.workbook.layout import known_forms
from rongji.performance.workbook.marked import write_marked
from rongji.performance.workbook.problems import LEVEL_LABELS
from rongji.performance.workbook.template import write_template

app = typer.Typer(help="年度数据：生成填报工作簿、导入、查看、附佐证。", no_args_is_help=True, rich_markup_mode=None)
evidence_app = typer.Typer(help="佐证材料：登记文件并附到数据或指标上。", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(evidence_app, name="evidence")

Bureau = Annotated[str, typer.Argument(metavar="单位", help="单位编码。")]
Year = Annotated[int, typer.Argument(metavar="年度", help="四位年份，如 2021。")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON。")]
_SHOWN_CHANGES = 60


class FormUnknown(Refusal):
    """A form that is not defined."""

    code = "form-unknown"
    sentence = "没有表式“{form}”，可用的表式：{known}。"


class PrefillIncomplete(Refusal):
    """A bureau without a year, or the other way round."""

    code = "prefill-incomplete"
    sentence = "--bureau 与 --year 要一起给，才能带出已有数据。"


@app.command()
def template(
    out: Annotated[Path, typer.Option("--out", "-o", metavar="文件", help="写到哪个 .xlsx 文件。")],
    form: Annotated[str, typer.Option("--form", metavar="表式", help="报送表式，标出它要求必填的工作表。")] = "",
    bureau: Annotated[str, typer.Option("--bureau", metavar="单位", help="带出该单位已有数据。")] = "",
    year: Annotated[int, typer.Option("--year", metavar="年度", help="带出该年度已有数据。")] = 0,
) -> None:
    """生成年度数据工作簿：每表一张工作表，带填表说明、下拉选项和核对公式。"""
    if form and form not in known_forms():
        raise FormUnknown(form=form, known="、".join(known_forms()))
    if bool(bureau) != bool(year):
        raise PrefillIncomplete
    facts = selectors.year_facts(acting(), bureau, year, with_derived=False) if bureau else None
    out.parent.mkdir(parents=True, exist_ok=True)
    write_template(out, form or (facts.profile.get("form") if facts else None), prefill=facts)
    typer.echo(f"已生成 {out}")


@app.command("import")
def import_command(
    source: Annotated[
        Path, typer.Argument(metavar="文件", exists=True, dir_okay=False, help="填好的 .xlsx，或 year.yaml。")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查并列出变化，不写入。")] = False,
    marked: Annotated[
        Path | None, typer.Option("--marked", metavar="文件", help="有问题时，另存一份标出问题单元格的工作簿。")
    ] = None,
    evidence: Annotated[
        Path | None,
        typer.Option(
            "--evidence", metavar="目录", exists=True, file_okay=False, help="佐证文件所在目录，按“文件名”栏逐份登记。"
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """导入年度数据：逐格检查，全部合格才写入；再次导入即更新，并列出变化。有格要改时退出码为 3。"""
    actor = acting()
    try:
        preview = services.preview_import(actor=actor, source=source) if dry_run else None
        outcome = preview or services.import_year(actor=actor, source=source)
    except BadCells as refusal:
        _report_bad(source, refusal.facts["problems"], marked, as_json=as_json)
        raise typer.Exit(BadCells.exit_code) from None
    if any(item.is_error for item in outcome.problems):
        _report_bad(source, outcome.problems, marked, as_json=as_json)
        raise typer.Exit(BadCells.exit_code)
    if marked and outcome.problems:
        write_marked(marked, read_book(source), outcome.problems)
    missing = _attach_files(actor, outcome, evidence) if evidence and not dry_run else []
    for name in missing:
        typer.echo(f"佐证文件“{name}”不在 {evidence} 中，没有登记。", err=True)
    typer.echo(_json(_outcome_json(outcome, dry_run=dry_run)) if as_json else _outcome_words(outcome, dry_run=dry_run))


@app.command("list")
def list_command(as_json: AsJson = False) -> None:
    """列出有数据的单位和年度。"""
    years = selectors.list_years(acting())
    if as_json:
        names = ("bureau", "name", "year", "scheme", "status", "data_version", "figures", "indicators")
        typer.echo(_json([{name: getattr(item, name) for name in names} for item in years]))
        return
    if not years:
        typer.echo("还没有年度数据，请先用 rongji year import 导入。")
        return
    rows = [
        (
            item.bureau,
            str(item.year),
            item.scheme,
            item.status_label,
            str(item.figures),
            str(item.indicators),
            item.name,
        )
        for item in years
    ]
    typer.echo(text_table(("单位", "年度", "评分方案", "状态", "数据", "指标", "名称"), rows))


@app.command()
def show(
    bureau: Bureau,
    year: Year,
    figure: Annotated[
        str, typer.Option("--figure", metavar="数据编号", help="说明一项数据的来历，如 expenditure.total:actual。")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """显示一个单位一年的全部数据；加 --figure 则说明其中一项：取值、出处、依据、明细和变动。"""
    actor = acting()
    if figure:
        _show_figure(actor, bureau, year, figure, as_json=as_json)
        return
    facts = selectors.year_facts(actor, bureau, year)
    if as_json:
        typer.echo(_json({"bureau": bureau, "year": year, "figures": [_figure_json(item) for item in facts.figures]}))
        return
    summary = selectors.year_summary(actor, bureau, year)
    head = [("单位", f"{facts.name}（{facts.bureau}）"), ("年度", str(year)), ("评分方案", facts.scheme)]
    head += [("状态", f"{summary.status_label}，数据第 {summary.data_version} 版"), ("内容", _contents(facts))]
    typer.echo(pairs(head))
    typer.echo("")
    rows = [(item.full_label, _value(item), item.source.place, str(item.key)) for item in facts.figures]
    typer.echo(text_table(("名称", "数值", "出处", "数据编号"), rows))


@evidence_app.command("add")
def evidence_add(
    bureau: Bureau,
    year: Year,
    code: Annotated[str, typer.Argument(metavar="编码", help="佐证编码，如 E01。")],
    file: Annotated[
        Path | None, typer.Option("--file", metavar="文件", exists=True, dir_okay=False, help="要登记的文件。")
    ] = None,
    title: Annotated[
        str, typer.Option("--title", metavar="名称", help="材料名称；不给则沿用已登记的，新登记的用文件名。")
    ] = "",
    kind: Annotated[str, typer.Option("--kind", metavar="类别", help="材料类别。")] = "",
    figure: Annotated[list[str] | None, typer.Option("--figure", metavar="数据编号", help="附到这些数据上。")] = None,
    indicator: Annotated[
        list[str] | None, typer.Option("--indicator", metavar="指标编码", help="附到这些指标上。")
    ] = None,
) -> None:
    """登记一份佐证材料，并附到数据或指标上。"""
    entered = services.attach_evidence(
        actor=acting(),
        bureau=bureau,
        year=year,
        code=code,
        title=title,
        kind=kind,
        file_name=file.name if file else "",
        data=file.read_bytes() if file else b"",
        figures=figure or (),
        indicators=indicator or (),
    )
    typer.echo("\n".join(change.line for change in entered.changes) or "没有变化。")


@evidence_app.command("list")
def evidence_list(bureau: Bureau, year: Year) -> None:
    """列出佐证材料及其文件。"""
    actor = acting()
    facts = selectors.year_facts(actor, bureau, year, with_derived=False)
    files = selectors.evidence_files(actor, bureau, year)
    rows = []
    for item in facts.evidence:
        stored = files.get(item.code)
        name, size, digest = (stored.name, f"{stored.size} 字节", stored.digest) if stored else ("（未上传）", "", "")
        rows.append((item.code, item.kind, name, size, digest[:12], item.title))
    typer.echo(text_table(("编码", "类别", "文件", "大小", "摘要", "名称"), rows) if rows else "没有登记佐证材料。")


def _attach_files(actor: Actor, outcome: ImportOutcome, folder: Path) -> list[str]:
    """Attach every file that the evidence sheet names and the folder holds; returns the names not found."""
    facts = selectors.year_facts(actor, outcome.bureau, outcome.year, with_derived=False)
    missing = []
    for item in facts.evidence:
        path = folder / Path(item.file_name).name
        if item.file_name and not path.is_file():
            missing.append(item.file_name)
        elif item.file_name and item.file_digest != file_digest(path.read_bytes()):
            services.attach_evidence(
                actor=actor,
                bureau=outcome.bureau,
                year=outcome.year,
                code=item.code,
                file_name=path.name,
                data=path.read_bytes(),
            )
    return missing


def _report_bad(source: Path, problems: tuple[CellProblem, ...], marked: Path | None, *, as_json: bool) -> None:
    if marked:
        write_marked(marked, read_book(source), problems)
    if as_json:
        typer.echo(_json({"imported": False, "problems": [_problem_json(item) for item in problems]}))
        return
    typer.echo(_problem_table(problems))
    errors = sum(item.is_error for item in problems)
    hint = f"已把问题标在 {marked} 中。" if marked else "加 --marked 文件.xlsx 可得到标出问题的工作簿。"
    typer.echo(f"{source.name}：{errors} 格必须改正，整本没有导入。{hint}", err=True)


def _problem_table(problems: Iterable[CellProblem]) -> str:
    rows = [(LEVEL_LABELS[item.level], item.sheet, item.address, item.what, item.remedy) for item in problems]
    return text_table(("级别", "工作表", "单元格", "问题", "应填"), rows)


def _problem_json(item: CellProblem) -> dict[str, str]:
    return {
        "level": item.level.value,
        "sheet": item.sheet,
        "cell": item.address,
        "found": item.found,
        "problem": item.what,
        "remedy": item.remedy,
    }


def _outcome_json(outcome: ImportOutcome, *, dry_run: bool) -> dict[str, Any]:
    changes = [{"kind": item.kind.value, "key": item.key, "line": item.line} for item in outcome.changes]
    return {
        "imported": not dry_run,
        "bureau": outcome.bureau,
        "year": outcome.year,
        "version": outcome.data_version,
        "figures": outcome.figures,
        "counts": dict(outcome.counts),
        "changes": changes,
        "problems": [_problem_json(item) for item in outcome.problems],
    }


def _outcome_words(outcome: ImportOutcome, *, dry_run: bool) -> str:
    lines = [_problem_table(outcome.problems), ""] if outcome.problems else []
    verb = "可以导入" if dry_run else "已导入"
    version = "" if dry_run else f"，数据第 {outcome.data_version} 版"
    lines.append(f"{verb} {outcome.bureau} {outcome.year} 年度：数据 {outcome.figures} 条{version}。")
    if outcome.is_new:
        return "\n".join(lines)
    if not outcome.changes:
        return "\n".join([*lines, "与已有数据相同，没有变化。"])
    lines.append("新增 {added} 项，修改 {changed} 项，删除 {removed} 项：".format(**outcome.counts))
    lines += [f"  {item.line}" for item in outcome.changes[:_SHOWN_CHANGES]]
    left = len(outcome.changes) - _SHOWN_CHANGES
    return "\n".join([*lines, f"  …… 另有 {left} 项，加 --json 可看全部。"] if left > 0 else lines)


def _show_figure(actor: Actor, bureau: str, year: int, key: str, *, as_json: bool) -> None:
    statements = selectors.figure_statements(actor, bureau, year, key)
    history = selectors.figure_history(actor, bureau, year, key)
    if as_json:
        events = [{"version": item.data_version, "by": item.by, "line": item.line} for item in history]
        typer.echo(_json({"statements": [_figure_json(item) for item in statements], "history": events}))
        return
    for item in statements:
        typer.echo("\n".join(item.explain()))
        for row in item.rows:
            typer.echo(f"    {row.label}：{row.quantity or ''}")
    if history:
        typer.echo("变动：")
    for event in history:
        typer.echo(f"  第 {event.data_version} 版  {event.by}  {event.line}")


def _figure_json(item: Figure) -> dict[str, Any]:
    return {
        "key": str(item.key),
        "label": item.full_label,
        "value": f"{item.quantity.value:f}" if item.quantity else None,
        "unit": item.quantity.unit_name if item.quantity else "",
        "places": item.quantity.places if item.quantity else None,
        "printed": item.printed,
        "nil": item.nil.value if item.nil else "",
        "vague": item.vague,
        "statement": item.statement,
        "source": {"kind": item.source.kind.value, "place": item.source.place, "evidence": list(item.source.evidence)},
        "rows": [{"table": row.table, "id": row.identifier, "label": row.label} for row in item.rows],
    }


def _contents(facts: BureauYear) -> str:
    counts = ((len(facts.figures), "条数据"), (len(facts.indicators), "项指标"), (len(facts.goals), "条目标与任务"))
    return "、".join(f"{count} {name}" for count, name in (*counts, (len(facts.texts), "段文字")))


def _value(item: Figure) -> str:
    return f"{item.vague}{item.quantity or item.printed}"


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2)
