"""Indicator rows as a reader looks at them: a light, a word, and the score."""

from dataclasses import dataclass

from rongji.rules.scoring.score_execution import EXECUTION_ROW
from rongji.rules.scoring.types import Basis, Evaluation, ScoredRow


@dataclass(frozen=True, slots=True)
class LitRow:
    """One scored row with its light. light: green, yellow, red or none."""

    row: ScoredRow
    light: str
    word: str


def lit_rows(evaluation: Evaluation | None) -> tuple[LitRow, ...]:
    """Every indicator of the score table; parts of other rows and the computed execution row left out."""
    rows = evaluation.rows if evaluation else ()
    return tuple(LitRow(row, *light_of(row)) for row in rows if _is_indicator(row))


def _is_indicator(row: ScoredRow) -> bool:
    return row.basis is not Basis.PART and row.id != EXECUTION_ROW


def light_of(row: ScoredRow) -> tuple[str, str]:
    """The light of one row and its word: reached, partly, not at all, not scored yet."""
    if row.basis is Basis.NONE or row.score is None:
        return "none", "未计分"
    if row.reached or (row.weight is not None and row.score == row.weight):
        return "green", "达标"
    return ("yellow", "未达标") if row.score else ("red", "未得分")
