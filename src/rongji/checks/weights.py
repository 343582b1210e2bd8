"""分值: the weights of the rows close, block by block and as a whole."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from rongji.checks import relations
from rongji.checks.excuses import unless_missing
from rongji.checks.registry import check
from rongji.checks.situation import Situation, Table, as_figure
from rongji.checks.wording import amount
from rongji.kernel.figure import Figure, FigureKey
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.quantity import Quantity
from rongji.law.shapes.scheme import ScoreBlock, ScoredBy

_BASIS = "财预〔2020〕10号：各项分值合计为满分，一级指标权重见评分方案"


def weight_figures(situation: Situation, table: Table) -> list[Figure]:
    """The weight of every row that carries one, and of the execution rate."""
    rows = [as_figure(f"{row.name}分值", row.weight, place=row.place) for row in table.rows if row.weight is not None]
    if not rows or situation.has_execution_row(table):
        return rows
    stated = situation.numbered(FigureKey("execution.weight")) if not table.project else None
    execution = stated or _lawful_execution(situation)
    closes = table.project or stated or _closes(situation, [*rows, execution] if execution else rows)
    return [*rows, execution] if execution and closes else rows


def _closes(situation: Situation, figures: Sequence[Figure]) -> bool:
    """Whether weights make the total of the scheme: execution left unsaid then weighs what the scheme says."""
    total = sum((item.quantity.value for item in figures if item.quantity), Decimal(0))
    return situation.scheme is not None and total == situation.scheme.total


@check(title="各项分值之和等于分值合计", basis=_BASIS)
def weights_close(situation: Situation) -> Iterator[Finding]:
    """The weights of all rows and of the execution rate add up to the printed total and to the scheme's total.

    So do those of each project that has a table of its own; its execution rate weighs what the scheme says.
    """
    remedy = "逐行核对分值，调到合计等于满分；分值在目标批复后不应改动。"
    for table in situation.tables:
        figures = weight_figures(situation, table)
        printed = situation.numbered(FigureKey("score.weight_total")) if not table.project else None
        for total in (printed, _lawful_total(situation)) if figures else ():
            if total is not None and (total is printed or not _same(total, printed)):
                subject = _named(situation, table, "分值合计")
                terms = relations.positive(figures)
                finding = relations.sum_of_parts(total, terms, remedy=remedy, subject=subject)
                missing = unweighted(situation, table)
                yield unless_missing(finding, missing, what="没有填分值", remedy="补填缺的分值。")


@check(title="一级指标分值与评分方案相符", basis=_BASIS, level=Verdict.DEFECT)
def block_weights_match_scheme(situation: Situation) -> Iterator[Finding]:
    """The weights under each level-1 heading are those of the scheme.

    Offices may adjust weights, so a difference in a table that closes is a question; in one that does not close
    it is the defect that keeps it open.
    """
    scheme = situation.scheme
    for table in situation.tables if scheme else ():
        figures = weight_figures(situation, table)
        total = sum((item.quantity.value for item in figures if item.quantity), Decimal(0))
        for block in scheme.blocks if scheme and figures else ():
            stated = _block_weight(situation, table, block)
            if stated is not None and scheme is not None:
                found = _block_finding(block, stated, closes=total == scheme.total, scheme_label=scheme.label)
                name = _named(situation, table, "")
                yield replace(found, explanation=f"{name}{found.explanation}", subject=f"{name}{found.subject}")


def unweighted(situation: Situation, table: Table) -> list[str]:
    """Rows that carry no weight although others do, and the execution rate where the scheme gives it one."""
    rows = [row.name for row in table.rows if row.weight is None]
    stated = situation.has_execution_row(table) or situation.numbered(FigureKey("execution.weight"))
    return rows if table.project or stated or not situation.scores_execution else [*rows, "预算执行率"]


def _named(situation: Situation, table: Table, what: str) -> str:
    """What a finding is about, with the project's name in front where it is about a project's table."""
    name = next((item.name for item in situation.year.projects if item.code == table.project), table.project)
    return f"项目“{name}”{what}" if table.project else what


def _block_finding(block: ScoreBlock, stated: Decimal, *, closes: bool, scheme_label: str) -> Finding:
    printed = Quantity(stated, "分", max(0, -int(stated.normalize().as_tuple().exponent)))
    if stated == block.weight:
        text = f"{block.label}分值合计 {amount(printed)}，与方案“{scheme_label}”相符。"
        return Finding("", Verdict.HOLDS, text, stated=printed, subject=block.label)
    lawful = Quantity(block.weight, "分", printed.places)
    difference = stated - block.weight
    tail = "各地可以调整权重，请确认有依据。" if closes else "全表分值因此不闭合。"
    return Finding(
        "",
        Verdict.QUESTION if closes else Verdict.DEFECT,
        f"{block.label}分值合计 {amount(printed)}，方案“{scheme_label}”为 {amount(lawful)}，"
        f"相差 {_signed(difference)} 分，{tail}",
        stated=printed,
        computed=lawful,
        difference=difference,
        tolerance=Decimal(0),
        remedy=f"把{block.label}各行分值调到合计 {amount(lawful)}，或按批准的权重更换评分方案。",
        subject=block.label,
    )


def _block_weight(situation: Situation, table: Table, block: ScoreBlock) -> Decimal | None:
    if block.scored_by is ScoredBy.EXECUTION and not situation.has_execution_row(table):
        if table.project:
            return None
        execution = situation.numbered(FigureKey("execution.weight"))
        return execution.quantity.value if execution and execution.quantity else None
    scheme = situation.scheme
    found = [
        row.weight.value
        for row in table.rows
        if row.weight is not None and scheme is not None and scheme.block_named(row.level1) is block
    ]
    return sum(found, Decimal(0)) if found else None


def _lawful_total(situation: Situation) -> Figure | None:
    if situation.scheme is None:
        return None
    total = Quantity(situation.scheme.total, "分", 0)
    return as_figure("方案规定的满分", total, concept="scheme.total", place=situation.scheme.label)


def _lawful_execution(situation: Situation) -> Figure | None:
    blocks = situation.scheme.blocks if situation.scheme else ()
    points = sum((block.weight for block in blocks if block.scored_by is ScoredBy.EXECUTION), Decimal(0))
    return as_figure("预算执行率分值", Quantity(points, "分", 0), concept="execution.weight") if points else None


def _same(total: Figure, printed: Figure | None) -> bool:
    return bool(printed and printed.quantity and total.quantity and printed.quantity.value == total.quantity.value)


def _signed(value: Decimal) -> str:
    return f"{value:+f}".replace("-", "−").replace("+", "")
