"""总分（正文与表）: the score that a text gives beside the total of the one form of its document."""

from collections.abc import Iterator

from rongji.checks.registry import document_check
from rongji.checks.stated.model import StatedDocument
from rongji.checks.stated.scored import scored_forms
from rongji.checks.stated.words import is_called
from rongji.kernel.figure import Figure
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.units import UnitKind


@document_check(title="正文的总分与评分表一致", level=Verdict.QUESTION)
def scores_of_the_text_stand_in_the_form(document: StatedDocument) -> Iterator[Finding]:
    """A document with one scored form has its total in the text; another score of that name is asked about.

    Scores that have one key are printings of one fact and are compared there. A text may give the score of another
    reviewer, of last year or of another project: hence a question, and none where one of them is the form's.
    """
    totals = [item.total for item in scored_forms(document) if item.total and item.is_certain]
    printed = [total.score_figure(0) for total in totals if len(total.scores) == 1]
    total = printed[0] if len(totals) == len(printed) == 1 else None
    if total is None or total.quantity is None:
        return
    texts = [item for item in _scores(document) if item.key != total.key]
    same = [item for item in texts if item.quantity and item.quantity.value == total.quantity.value]
    if same:
        text = f"正文{same[0].label} {total.quantity.shown()} 分，评分表总分 {total.quantity.shown()} 分，相符。"
        yield Finding("", Verdict.HOLDS, text, (total, same[0]), same[0].quantity, total.quantity, subject="总分")
    elif texts:
        yield _asked(total, texts[0])


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
