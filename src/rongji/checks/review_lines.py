"""复核关注线: at which distance a reviewer asks. The numbers are legal data (scoring.review-lines)."""

from decimal import Decimal

from rongji.checks.situation import Situation
from rongji.law.refusals import UnknownTable
from rongji.law.values import find

_TABLE = "scoring.review-lines"


def review_line(situation: Situation, name: str) -> Decimal | None:
    """One line (execution_low, execution_high, target_deviation, reason_characters), None when the law has none."""
    try:
        row = find(_TABLE, on=situation.on, known_on=situation.known_on, law=situation.book, line=name)
    except UnknownTable:
        return None
    return Decimal(str(row.value)) if row is not None else None
