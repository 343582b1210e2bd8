"""`rongji evaluate BUREAU YEAR`: every score of a year with its explanation, the gates, the total and the grade."""

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from rongji.cli.text_table import text_table
from rongji.cli.year_source import bureau_year
from rongji.kernel.clock import today
from rongji.law.model import Trust
from rongji.rules.scoring.evaluate import evaluate_under_law, evaluation_day
from rongji.rules.scoring.points import plain
from rongji.rules.scoring.score_row import BASIS_MARK
from rongji.rules.scoring.types import Evaluation, Gate, ScoredRow

app = typer.Typer(help="评分：按方案计算一个单位一个年度的得分，逐项说明，列出缺项。", rich_markup_mode=None)

PURE = True
"""A year kept in a file needs no database; Django is started only for one kept in the records."""

_PROVISIONAL = 1
_LISTED = 3
_HEADINGS = ("编号", "一级指标", "指标", "目标", "实际", "分值", "得分", "计分说明")
_NAME_LENGTH = 17
_VALUE_LENGTH = 16
_EXPLANATION_COLUMNS = 56


@app.command()
def evaluate(
    bureau: Annotated[str, typer.Argument(metavar="单位编码", help="如 yuelu。", show_default=False)] = "",
    year: Annotated[int, typer.Argument(metavar="年度", help="如 2021。", show_default=False)] = 0,
    scheme: Annotated[str, typer.Option("--scheme", help="评分方案，默认用该年度数据所选的方案。")] = "",
    project: Annotated[str, typer.Option("--project", help="只评一个项目（项目编码）。")] = "",
    file: Annotated[
        Path | None, typer.Option("--file", help="不用数据库，直接评一个年度数据文件。", exists=True)
    ] = None,
    on: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="按哪一天有效的规定，默认为成文日期或今天。")
    ] = None,
    known_on: Annotated[
        datetime | None, typer.Option("--known-on", formats=["%Y-%m-%d"], help="以哪一天已公布的规定为准，默认今天。")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。")] = False,
) -> None:
    """计算得分和等次；有缺项时只给暂评总分并列出缺项，退出码为 1。"""
    facts = bureau_year(bureau, year, file)
    found = evaluate_under_law(
        facts,
        on=on.date() if on else evaluation_day(facts, today()),
        known_on=known_on.date() if known_on else today(),
        scheme_id=scheme,
        project=project,
    )
    if as_json:
        typer.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(lines(found)))
    raise typer.Exit(0 if found.final else _PROVISIONAL)


def lines(found: Evaluation) -> Iterator[str]:
    """The evaluation in lines of text: the table, the verdict, what is missing, what deserves a look."""
    yield f"{found.name} {found.year} 年度 {'项目' if found.project else '部门整体'}支出绩效自评"
    yield f"评分方案：{found.scheme_label}{_doubt(found.trust)}"
    yield ""
    bases = _bases(found)
    yield text_table(_HEADINGS, _table(found, bases), last=_EXPLANATION_COLUMNS)
    yield ""
    yield from (f"〔{number}〕依据{basis}" for number, basis in enumerate(bases, 1))
    yield ""
    yield _verdict(found)
    if found.gates:
        yield from _listed(f"缺项（{len(found.gates)} 处，补齐后才有正式得分）", found.gates)
    if found.remarks:
        yield from _listed(f"提示（{len(found.remarks)} 处）", found.remarks)


def _verdict(found: Evaluation) -> str:
    weights = f"分值合计 {plain(found.weight_total)} 分"
    if found.final:
        return f"总分 {found.total} 分，等次：{found.grade}（{weights}）"
    return f"暂评总分 {found.total} 分（{weights}），未定等次"


def _bases(found: Evaluation) -> list[str]:
    """What the scores rest on, each once, to be printed as notes under the table."""
    return list(dict.fromkeys(basis for row in found.rows if (basis := row.how.partition(BASIS_MARK)[2])))


def _table(found: Evaluation, bases: list[str]) -> Iterator[tuple[str, ...]]:
    """The rows as printed; a level-1 heading stands where it changes."""
    before = ""
    for row in found.rows:
        how, _, basis = row.how.partition(BASIS_MARK)
        note = f"〔{bases.index(basis) + 1}〕" if basis else ""
        yield _cells(row, row.level1 if row.level1 != before else "", how + note)
        before = row.level1


def _cells(row: ScoredRow, level1: str, how: str) -> tuple[str, ...]:
    return (
        row.id,
        level1,
        _short(row.name, _NAME_LENGTH),
        _short(_with_unit(row.target, row.unit), _VALUE_LENGTH),
        _short(_with_unit(row.actual, row.unit), _VALUE_LENGTH),
        "" if row.weight is None else plain(row.weight),
        "" if row.score is None else str(row.score),
        how,
    )


def _short(text: str, length: int) -> str:
    """On one line, cut with an ellipsis; the JSON has the whole."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


def _with_unit(value: str | None, unit: str) -> str:
    if value is None:
        return ""
    return f"{value}{unit}" if value[-1:].isdigit() and unit != "文字" else value


def _doubt(word: str) -> str:
    trust = Trust(word)
    return "" if trust.is_official else f"（依据中最弱的一条：{trust.label}）"


def _listed(title: str, gates: tuple[Gate, ...]) -> Iterator[str]:
    """One line each; many of one kind are told once, with the rows they concern."""
    yield ""
    yield title
    number = 0
    for _, group in groupby(gates, key=lambda gate: gate.code):
        same = list(group)
        shown = same if len(same) <= _LISTED else same[:1]
        for gate in shown:
            number += 1
            yield f"{number:>3}. {gate.message}"
        if len(same) > len(shown):
            rest = [gate.subject for gate in same[1:]]
            yield f"     同样情形还有 {len(rest)} 处：{'、'.join(rest)}。"
