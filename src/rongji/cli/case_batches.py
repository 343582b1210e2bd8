"""`rongji case act-many` and `rongji case letters`: one act for many cases, and their letters as one file."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from rongji.accounts.types import Actor
from rongji.casework import imports, selectors, services
from rongji.casework.letter_document import letters_document
from rongji.casework.refusals import ActBatchRefused
from rongji.casework.types import BatchOutcome, CaseFilters, CaseToDo, NewActs, PaperGiven
from rongji.cli import case_shown
from rongji.cli.acting import acting
from rongji.documents.writers import write
from rongji.law.case_kinds import case_kind_versions

Bureau = Annotated[str, typer.Argument(metavar="单位", help="单位编码。")]
Cases = Annotated[list[str] | None, typer.Option("--case", metavar="办件", help="办件编号，可写多次。")]


def act_many(
    bureau: Bureau,
    kind: Annotated[str, typer.Argument(metavar="种类", help="见 rongji case kinds。")],
    what: Annotated[str, typer.Argument(metavar="办理", help="办理的编号或名称。")],
    cases: Cases = None,
    step: Annotated[str, typer.Option("--step", metavar="环节", help="处在这一环节的全部，按到期日。")] = "",
    table: Annotated[
        Path | None,
        typer.Option("--table", exists=True, dir_okay=False, metavar="表格", help="一行一件，每列填一栏。"),
    ] = None,
    on: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], metavar="日期", help="如 2024-07-01，默认当天。")
    ] = None,
    note: Annotated[str, typer.Option("--note", metavar="说明", help="每件都记这一段。")] = "",
    decision: Annotated[str, typer.Option("--decision", metavar="文号", help="批准文号。")] = "",
    papers: Annotated[
        list[str] | None, typer.Option("--paper", metavar="材料", help="每件都收到的材料，可写多次。")
    ] = None,
    answers: Annotated[
        list[str] | None, typer.Option("--set", metavar="字段=内容", help="每件都一样的填报内容，可写多次。")
    ] = None,
    only_possible: Annotated[bool, typer.Option("--only-possible", help="只办能办的，列出没有办的。")] = False,
    trial: Annotated[bool, typer.Option("--try", help="只检查，不办理。")] = False,
    marked: Annotated[Path | None, typer.Option("--marked", metavar="文件", help="把标好问题的表格写到这里。")] = None,
) -> None:
    """把同一种办理一次做在许多件上：要么全部办成，要么一件不办（--only-possible 只办能办的）。"""
    actor = acting()
    versions = case_kind_versions(kind)
    named = (item for version in reversed(versions) for item in version.acts if what in (item.id, item.label))
    act = next((item.id for item in named), what)
    new = NewActs(
        kind=kind, act=act, on=on.date() if on else actor.day, answers=case_shown.answers_of(answers), note=note,
        decision=decision, papers=tuple(PaperGiven(kind=name) for name in papers or ()),
        source=table.name if table else "",
    )  # fmt: skip
    read = None
    if table:
        read = imports.read_act_table(
            actor=actor, bureau=bureau, kind=kind, act=act, source=table.read_bytes(), file_name=table.name
        )
    wanted = read.cases if read else _wanted(actor, bureau, kind, cases or (), step)
    try:
        outcome = _done(actor, bureau, new, wanted, only_possible=only_possible, trial=trial)
    except ActBatchRefused as refusal:
        _tell_left(refusal.facts["outcome"])
        if read and marked:
            imports.write_marked(marked, table.read_bytes(), read, refusal.facts["outcome"])  # type: ignore[union-attr]
        raise
    _tell_left(outcome)
    if read and marked and outcome.left:
        imports.write_marked(marked, table.read_bytes(), read, outcome)  # type: ignore[union-attr]
    typer.echo(f"可以办理{outcome.summary}。" if trial else f"{outcome.number} 已办理{outcome.summary}。")


def letters(
    bureau: Bureau,
    to: Annotated[Path, typer.Option("--to", dir_okay=False, metavar="文件", help="写到哪个 .pdf 文件。")],
    cases: Cases = None,
    batch: Annotated[str, typer.Option("--batch", metavar="批号", help="这一批制发的全部文书。")] = "",
    title: Annotated[str, typer.Option("--title", metavar="文书", help="只要这一种文书。")] = "",
) -> None:
    """把许多件的文书合成一个文件打印：按所给的次序，每份另起一页，每件每种取最近的一份。"""
    actor = acting()
    if batch:
        ids = list(selectors.letters_of_batch(actor, selectors.batch_named(actor, bureau, batch)))
    else:
        chosen = [selectors.case_named(actor, bureau, number) for number in cases or ()]
        found = selectors.together(actor, bureau=bureau, case_ids=chosen, on=actor.day).letters
        ids = [pk for sort in found if title in ("", sort.title) for pk in sort.letters]
    document = letters_document(selectors.letters_to_print(actor, ids), title=title or batch or "文书")
    write(document, to.with_suffix(".pdf"))
    typer.echo(f"已写出 {len(ids)} 份文书：{to.with_suffix('.pdf')}")


def _done(
    actor: Actor, bureau: str, new: NewActs, cases: tuple[CaseToDo, ...], *, only_possible: bool, trial: bool
) -> BatchOutcome:
    if trial:
        return services.try_on_cases(actor=actor, bureau=bureau, new=new, cases=cases)
    return services.act_on_cases(actor=actor, bureau=bureau, new=new, cases=cases, only_possible=only_possible)


def _wanted(
    actor: Actor, bureau: str, kind: str, numbers: list[str] | tuple[str, ...], step: str
) -> tuple[CaseToDo, ...]:
    """The cases by number, and all of the kind at a step."""
    ids = [selectors.case_named(actor, bureau, number) for number in numbers]
    if step:
        filters = CaseFilters(kind=kind, step=step)
        found, _ = selectors.filtered_cases(
            actor, bureau=bureau, on=actor.day, filters=filters, most=services.MOST_AT_ONCE
        )
        ids += found
    return tuple(CaseToDo(case_id=pk) for pk in dict.fromkeys(ids))


def _tell_left(outcome: BatchOutcome) -> None:
    for item in outcome.left:
        typer.echo(f"第 {item.place} 件 {item.number}：{item.why}")
