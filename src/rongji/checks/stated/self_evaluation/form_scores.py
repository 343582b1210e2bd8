"""总分（表头、正文与表）: the score that the head of a form or a text gives beside the total of the form."""

from collections.abc import Iterator
from dataclasses import replace

from rongji.checks import relations
from rongji.checks.excuses import asked
from rongji.checks.registry import document_check
from rongji.checks.stated.model import StatedDocument
from rongji.checks.stated.self_evaluation.scored import ScoredForm, scored_forms
from rongji.checks.stated.words import is_called, speaks_of
from rongji.kernel.figure import Figure
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.units import UnitKind


@document_check(title="正文的总分与评分表一致", level=Verdict.QUESTION)
def scores_of_the_text_stand_in_the_form(document: StatedDocument) -> Iterator[Finding]:
    """A document with one scored form has its total in the text; another score of that name is asked about.

    Scores that have one key are printings of one fact and are compared there. A text may give the score of another
    reviewer, of last year or of another project: hence a question, and none where one of them is the form's.
    """
    forms = [item for item in scored_forms(document) if item.rows and item.total]
    total = _total_of(forms[0]) if len(forms) == 1 else None
    if total is None or total.quantity is None:
        return
    texts = [item for item in _scores(document) if item.key != total.key]
    same = [item for item in texts if item.quantity and item.quantity.value == total.quantity.value]
    if same:
        text = f"正文{same[0].label} {total.quantity.shown()} 分，评分表总分 {total.quantity.shown()} 分，相符。"
        yield Finding("", Verdict.HOLDS, text, (total, same[0]), same[0].quantity, total.quantity, subject="总分")
    elif texts:
        yield _asked(total, texts[0])


@document_check(title="表头的自评得分与表中总分一致")
def heads_give_the_total(document: StatedDocument) -> Iterator[Finding]:
    """The score in the head of a form is the total of its rows; one under another name may be another reviewer's."""
    forms = scored_forms(document)
    for form in forms:
        total, number = _total_of(form), form.tables[0].number
        beside = [item for item in forms if item.tables[0].number == number and item is not form]
        if total is None or not form.rows or any(item.rows for item in beside):
            continue
        for item in beside:
            head = item.total
            figure = head.score_figure(0) if head and item.is_certain else None
            if head and figure and is_called(head.row.label, "whole_scores"):
                yield _head(replace(figure, label=head.row.label), total)


def _head(head: Figure, total: Figure) -> Finding:
    found = relations.same_fact(head, total)
    if found.verdict is Verdict.CONTRADICTION and not speaks_of(head.label, "own_scores"):
        found = asked(found, "可能不是同一次评价。", "核对表头与总分，同一次评价的改为一致。")
    return replace(found, subject="总分")


def _total_of(form: ScoredForm) -> Figure | None:
    """The total of a form with one column of scores."""
    certain = form.total is not None and form.is_certain and form.score_columns == 1
    return form.total.score_figure(0) if form.total and certain else None


def _asked(total: Figure, other: Figure) -> Finding:
    summed = total.quantity.shown() if total.quantity else ""
    said = other.quantity.shown() if other.quantity else ""
    text = f"正文{other.label} {said} 分，评分表总分 {summed} 分，不一致，可能不是同一次评价。"
    remedy = "核对正文与评分表，同一次评价的改为一致。"
    return Finding(
        "", Verdict.QUESTION, text, (other, total), other.quantity, total.quantity, remedy=remedy, subject="总分"
    )


def _scores(document: StatedDocument) -> Iterator[Figure]:
    """The scores of a whole that running text gives."""
    for passage in document.passages:
        for item in passage.figures:
            is_score = item.quantity is not None and item.quantity.unit.kind is UnitKind.SCORE
            if is_score and not item.vague and is_called(item.label, "whole_scores"):
                yield item
