"""分值与得分: weights and scores of self-evaluation forms, row by row, against their blocks and their totals."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import chain

from rongji.checks import relations
from rongji.checks.excuses import asked, unless_missing
from rongji.checks.registry import document_check
from rongji.checks.stated.model import ColumnKind, StatedDocument, StatedTable
from rongji.checks.stated.self_evaluation.scored import ScoredForm, ScoredRow, finest_weights, points, scored_forms
from rongji.checks.stated.tables.groups import Term
from rongji.checks.stated.tables.ways import ways
from rongji.checks.stated.words import execution_marks, full_marks, speaks_of
from rongji.kernel.figure import Figure, FigureKey, Source, SourceKind
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.quantity import Quantity, half_up

_BASIS = "财预〔2020〕10号：各项分值合计为满分，总分为各项得分之和"
_IN_HEADING = re.compile(r"[（(]\s*(\d{1,3}(?:\.\d{1,2})?)\s*分\s*[)）]")


@document_check(title="各项分值之和等于分值合计", basis=_BASIS)
def table_weights_add_up(document: StatedDocument) -> Iterator[Finding]:
    """The weights of all rows make the printed total, with the weight of the budget's execution or without it.

    A form that prints no total is held against full marks, as a question. What a total has more than its rows may be
    the weight of a scored execution that prints none.
    """
    for form in scored_forms(document):
        weighted = [item for item in form.rows if item.weight_figure and not item.is_bonus]
        if not form.is_certain or not weighted:
            continue
        inner = form.inner.weight_figure if form.inner else None
        printed = form.total.weight_figure if form.total else None
        if any(item.weight_figure is None for item in form.executions):
            printed = inner or printed
            if printed and _leaves_room(printed, weighted):
                continue
        total = printed or _full_marks(weighted, form)
        found = _unless_rounded(_best(total, _readings(form, weighted, lambda item: item.weight_figure)))
        missing = [item.name for item in form.rows if item.weight_figure is None and item.score_figure(0)]
        found = unless_missing(found, missing, what="没有填分值", remedy="补填缺的分值。")
        if printed is None and found.verdict is Verdict.CONTRADICTION:
            found = asked(found, "表中没有分值合计，不能断定。", "逐行核对分值，补填分值合计。")
        yield replace(found, subject="分值合计", remedy=found.remedy and "逐行核对分值，使各项之和等于合计。")


def _leaves_room(total: Figure, rows: Sequence[ScoredRow]) -> bool:
    """Whether a total of weights is greater than that of its rows."""
    figures = [figure for item in rows if (figure := item.weight_figure)]
    return total.quantity is not None and total.quantity.value > sum(_values(figures))


@document_check(title="各块分值等于块内各行之和", basis=_BASIS)
def block_weights_add_up(document: StatedDocument) -> Iterator[Finding]:
    """Points that a heading or an upper level names (产出指标（50分）) are the sum of the weights under it."""
    for form in scored_forms(document):
        for heading, rows in _blocks(form).items() if form.is_certain else ():
            total = _as_figure(heading[-1], Decimal(_points_in(heading[-1])), _source(rows[0]))
            yield from _block(total, rows)
        for table in form.tables if form.is_certain else ():
            found = [item for total, rows in _levels(form, table) for item in _block(total, rows)]
            wrong = [item for item in found if item.verdict is Verdict.CONTRADICTION]
            misread = len(wrong) * 2 > len(found)
            note = "多数上级分值都与下级之和不符，也可能是表的层次与所读不同。"
            yield from (asked(item, note, item.remedy) if misread and item in wrong else item for item in found)


@document_check(title="得分不高于分值", basis=_BASIS)
def scores_keep_to_weights(document: StatedDocument) -> Iterator[Finding]:
    """No row scores more than its weight, rows of bonus points apart."""
    for form in scored_forms(document):
        if form.is_certain:
            found = list(_within(item for item in (*form.executions, *form.rows) if not item.is_bonus))
            over = [item for item in found if item.verdict is Verdict.CONTRADICTION]
            misread = len(over) * 2 > len(found) > 1  # 多半是百分制得分或栏目读错
            note = "多数行的得分都高于分值，可能得分另有满分。"
            yield from (asked(item, note, "注明得分的满分。") if misread and item in over else item for item in found)


@document_check(title="得分等于分值减扣分", basis=_BASIS)
def deductions_follow(document: StatedDocument) -> Iterator[Finding]:
    """Where a form lists the points taken off, every score is its weight without them."""
    for form in scored_forms(document):
        for item in (*form.rows, *([form.total] if form.total else [])) if form.is_certain else ():
            weight, score, taken = item.weight_figure, item.score_figure(0), _taken_off(item)
            if weight and score and taken:
                yield relations.sum_of_parts(score, [(1, weight), (-1, taken)], subject=item.name)


@document_check(title="总分等于各项得分之和", basis=_BASIS)
def table_scores_add_up(document: StatedDocument) -> Iterator[Finding]:
    """The printed total is the sum of the scores, with the score of the budget's execution or without it.

    Bonus points count or not. Without a total in the form, the one score that the text states stands for it. A total
    before that of the whole form is the one of its rows.
    """
    forms = scored_forms(document)
    for form in forms:
        for number in range(form.score_columns) if form.is_certain else ():
            total = form.total.score_figure(number) if form.total else None
            if total is None and len(forms) == 1 and form.score_columns == 1:
                total = _score_of_text(document)
            scored = [item for item in form.rows if item.score_figure(number)]
            inner = form.inner.score_figure(number) if form.inner else None
            if inner and scored:
                yield _score_sum(replace(form, executions=[]), inner, scored, number)
            if total is not None and scored:
                yield _score_sum(form, total, scored, number)


def _score_sum(form: ScoredForm, total: Figure, scored: Sequence[ScoredRow], number: int) -> Finding:
    found = _best(total, _readings(form, scored, lambda item: item.score_figure(number)))
    found = _unless_rounded(found)
    missing = [item.name for item in form.rows if item.score_figure(number) is None and item.weight_figure]
    found = unless_missing(found, missing, what="没有填得分", remedy="补填缺的得分。")
    return replace(found, subject="总分", remedy=found.remedy and "按各项得分重新加总，改正总分或出错的得分。")


def _readings(
    form: ScoredForm, rows: Sequence[ScoredRow], figure_of: Callable[[ScoredRow], Figure | None]
) -> Iterator[list[Term]]:
    """The rows with the execution of the budget, without it, and without bonus points; the likeliest first."""
    executions = form.executions if form.counts_execution else []
    plain = [item for item in rows if not item.is_bonus]
    choices = ([*executions, *rows], [*executions, *plain], rows, plain, [*form.executions, *rows], form.subtotals)
    seen: set[tuple[int, ...]] = set()
    for choice in choices:
        terms = [Term(item.row, figure) for item in choice if (figure := figure_of(item))]
        mark = tuple(id(item) for item in choice)
        if terms and mark not in seen:
            seen.add(mark)
            yield terms


def _best(total: Figure, readings: Iterable[list[Term]]) -> Finding:
    """The first reading that closes, as listed or with its levels read otherwise, else the likeliest.

    Points are small whole numbers that make each other by chance: other levels are believed only where they take the
    greater half of the rows for details.
    """
    choices = list(readings)
    others = (terms for choice in choices for terms in ways(choice, total, least=1) if len(terms) * 2 <= len(choice))
    closing = (item for item in chain(choices, others) if _closes(total, item))
    return relations.sum_of_parts(total, [(1, item.figure) for item in next(closing, choices[0])])


def _closes(total: Figure, terms: Sequence[Term]) -> bool:
    return total.quantity is not None and sum(_values(item.figure for item in terms)) == total.quantity.value


def _values(figures: Iterable[Figure]) -> Iterator[Decimal]:
    return (item.quantity.value for item in figures if item.quantity)


def _unless_rounded(found: Finding) -> Finding:
    """A total with fewer places than its scores is their rounding; scores rounded each by itself are asked about."""
    if found.verdict is not Verdict.CONTRADICTION or found.stated is None or found.computed is None:
        return found
    stated, computed = found.stated, found.computed
    if half_up(computed.value, stated.places) == stated.value and stated.places:
        return replace(found, verdict=Verdict.ROUNDING, remedy="")
    reach = sum(
        (Fraction(item.quantity.half_unit) for item in found.figures if item.quantity and item.quantity.places),
        Fraction(0),
    )
    shortened = half_up(computed.value, stated.places) == stated.value
    if shortened or abs(Fraction(found.difference or 0)) <= reach:
        return asked(found, "可能是得分先进位后相加，不能断定。", "得分各处写同样的位数。")
    return found


def _taken_off(item: ScoredRow) -> Figure | None:
    """The points that the row says were taken off, printed with a minus or without."""
    for column in item.table.columns:
        if column.kind in (ColumnKind.VALUE, ColumnKind.SCORE) and speaks_of(column.title, "taken_off"):
            figure = points(item.table.cell(item.row.index, column.index), f"{item.name or '总'}扣分")
            if figure and figure.quantity:
                return replace(figure, quantity=replace(figure.quantity, value=abs(figure.quantity.value)))
    return None


def _within(rows: Iterable[ScoredRow]) -> Iterator[Finding]:
    for item in rows:
        weight = item.weight_figure
        scores = [item.score_figure(number) for number in range(len(item.scores))]
        for score in scores if weight else ():
            if score is not None and weight is not None:
                remedy = "得分最高为该项分值，改正得分或分值。"
                yield relations.at_most(score, weight, remedy=remedy, subject=item.name)


def _blocks(form: ScoredForm) -> dict[tuple[str, ...], list[ScoredRow]]:
    """The rows under every heading that names its points."""
    found: dict[tuple[str, ...], list[ScoredRow]] = {}
    for item in form.rows:
        path = item.row.path
        for length in range(1, len(path)):
            if _points_in(path[length - 1]):
                found.setdefault(path[:length], []).append(item)
    return found


def _levels(form: ScoredForm, table: StatedTable) -> Iterator[tuple[Figure, list[ScoredRow]]]:
    """Every weight of an upper level with the rows up to the next one of its column."""
    finest = finest_weights(table)
    rows = [item for item in form.rows if item.table is table]
    for column in table.columns_of(ColumnKind.WEIGHT):
        total, under = None, list[ScoredRow]()
        for item in rows if column is not finest else ():
            own = points(table.cell(item.row.index, column.index), "上级分值")
            if own is not None:
                if total is not None:
                    yield total, under
                total, under = own, []
            under.append(item)
        if total is not None:
            yield total, under
        grand = form.total if form.total and form.total.table is table else None
        stated = points(table.cell(grand.row.index, column.index), "上级分值合计") if grand else None
        if stated is not None and total is not None:
            yield stated, rows


def _block(total: Figure, rows: Sequence[ScoredRow]) -> Iterator[Finding]:
    """The weights of a block against its own, where every row of it has one."""
    figures = [item.weight_figure for item in rows]
    stated = [item for item in figures if item]
    if len(stated) == len(figures) > 0:
        found = relations.sum_of_parts(total, relations.positive(stated), subject="分值")
        yield replace(found, remedy=found.remedy and "核对该块各行分值与上级分值。")


def _source(item: ScoredRow) -> Source:
    figure = item.weight_figure
    return figure.source if figure else Source(SourceKind.IMPORTED)


def _points_in(heading: str) -> str:
    found = _IN_HEADING.search(heading)
    return found.group(1) if found else ""


def _score_of_text(document: StatedDocument) -> Figure | None:
    """The only score of the whole that the document states outside its form."""
    found = [item for item in document.figures if item.key.concept == "自评得分" and item.quantity]
    values = {item.quantity.value for item in found if item.quantity}
    return found[0] if len(values) == 1 else None


def _full_marks(rows: Sequence[ScoredRow], form: ScoredForm) -> Figure:
    """What the weights of a form without a total make: full marks, less the execution that a form of targets leaves."""
    left = full_marks() - execution_marks()
    summed = sum(_values(figure for item in rows if (figure := item.weight_figure)))
    if summed == left and not form.executions and not form.score_columns:
        return _as_figure("满分（预算执行率除外）", Decimal(left), Source(SourceKind.DECLARED))
    return _as_figure("满分", Decimal(full_marks()), Source(SourceKind.DECLARED))


def _as_figure(label: str, value: Decimal, source: Source) -> Figure:
    quantity = Quantity(value, "分", max(0, -int(value.as_tuple().exponent)))
    return Figure(FigureKey(f"{label}分值"), label, source, quantity, quantity.shown(), statement="table")
