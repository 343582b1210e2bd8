"""指标行: what is scored without target or result, full marks beside a failure, and missed targets without a reason."""

from collections.abc import Callable, Iterator, Sequence

from rongji.checks.reasons import FAILING, NONE_WORDS
from rongji.checks.registry import document_check
from rongji.checks.stated.model import ColumnKind, StatedCell, StatedDocument
from rongji.checks.stated.self_evaluation.indicators import IndicatorRow, asked_of, indicator_tables, text_of
from rongji.checks.wording import amount
from rongji.kernel.bureau_year import Direction
from rongji.kernel.figure import Figure
from rongji.kernel.finding import Finding, Verdict

_BASIS = "财预〔2020〕10号：对照目标逐项填写实际完成值，未完成的说明原因"
_NAMED = 3


@document_check(title="计分的指标有目标值和完成值", basis=_BASIS, level=Verdict.QUESTION)
def scored_rows_state_results(document: StatedDocument) -> Iterator[Finding]:
    """A row that got points states what was to be reached and what was; the rows of a table are named together."""
    for rows in indicator_tables(document):
        scored = [item for item in rows if item.is_scored]
        for kind, label, pick in _PARTS:
            if rows[0].table.columns_of(kind) and scored:
                empty = [item for item in scored if not text_of(pick(item))]
                if empty:
                    text = f"{_names(empty)}有得分而没有填{label}，得分没有依据。"
                    yield asked_of(text, empty, f"补填{label}。")


@document_check(title="满分与完成情况相符", basis=_BASIS, level=Verdict.QUESTION)
def full_marks_met_their_targets(document: StatedDocument) -> Iterator[Finding]:
    """A row with full marks reached its target, in the direction that the target is meant."""
    for rows in indicator_tables(document):
        for item in rows:
            numbers = item.numbers
            if numbers is None or not item.is_full:
                continue
            target, actual = numbers
            missed = _missed(item, target, actual)
            outcome = "未达目标却得满分" if missed else "得满分，相符"
            text = f"指标“{item.name}”目标 {_said(item.target, target)}，完成 {_said(item.actual, actual)}，{outcome}。"
            verdict = Verdict.QUESTION if missed else Verdict.HOLDS
            remedy = "核对完成值和得分：确未完成的按完成比例扣分，并说明原因。" if missed else ""
            yield Finding("", verdict, text, (actual, target), actual.quantity, remedy=remedy, subject=item.name)


@document_check(title="满分的没有写未完成", level=Verdict.QUESTION)
def full_marks_speak_of_no_failure(document: StatedDocument) -> Iterator[Finding]:
    """A row with full marks carries no text that speaks of failure."""
    for rows in indicator_tables(document):
        for item in rows:
            reason = text_of(item.reason)
            if item.is_full and reason and reason not in NONE_WORDS and FAILING.search(reason):
                text = f"指标“{item.name}”得分为满分，偏差原因却写“{_short(reason)}”。"
                yield asked_of(text, [item], "核对完成情况：确未完成的扣分，已完成的删去该说明。")


@document_check(title="未达目标的写明偏差原因", basis=_BASIS, level=Verdict.QUESTION)
def missed_rows_give_reasons(document: StatedDocument) -> Iterator[Finding]:
    """A row that fell short of its target or of its points says why; the silent rows of a table are named together."""
    for rows in indicator_tables(document):
        if rows[0].table.columns_of(ColumnKind.REASON):
            silent = [item for item in rows if _fell_short(item) and text_of(item.reason) in ("", *NONE_WORDS)]
            if silent:
                text = f"{_names(silent)}未达目标或未得满分，没有填偏差原因和改进措施。"
                yield asked_of(text, silent, "写明差在哪里、为什么、怎么改、何时完成。")


def _fell_short(item: IndicatorRow) -> bool:
    numbers = item.numbers
    if numbers and _missed(item, *numbers):
        return True
    weight, score = item.weight, item.score
    return bool(
        weight and score and weight.quantity and score.quantity and score.quantity.value < weight.quantity.value
    )


def _missed(item: IndicatorRow, target: Figure, actual: Figure) -> bool:
    if target.quantity is None or actual.quantity is None:
        return False
    if item.direction is Direction.AT_MOST:
        return actual.quantity.base > target.quantity.base
    return actual.quantity.base < target.quantity.base


def _names(rows: Sequence[IndicatorRow]) -> str:
    shown = "、".join(f"“{_short(item.name)}”" for item in rows[:_NAMED])
    return f"{shown}等 {len(rows)} 项指标" if len(rows) > _NAMED else f"{shown}{len(rows)} 项指标"


def _short(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:22]}…"


def _said(cell: StatedCell | None, figure: Figure) -> str:
    printed = text_of(cell)
    return printed if len(printed) <= 20 else amount(figure.quantity) if figure.quantity else ""


_PARTS: tuple[tuple[ColumnKind, str, Callable[[IndicatorRow], StatedCell | None]], ...] = (
    (ColumnKind.TARGET, "年度指标值", lambda item: item.target),
    (ColumnKind.ACTUAL, "实际完成值", lambda item: item.actual),
)
