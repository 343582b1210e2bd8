"""Points in running text by their words: the score of one block, the score of the whole."""

import re

from rongji.checks.stated.grammar.outline import Item
from rongji.checks.stated.words import full_marks

TOTAL_SCORE = "自评得分"
_BARE = re.compile(r"(?:单位|部门)?(?:自评|评价|实际|最终|评定|考核|复核|综合)?(?:得分?|评分|实得分?)")
_TOTAL = re.compile(
    r"(?:自评|绩效|评价|项目|整体|部门|单位|最终|综合)*(?:总得分|得分合计|合计得分?|总计得分?|共计得分?|综合评分|总评分|最终得分)"
)


def is_block_score(label: str) -> bool:
    """Whether a label only says that points were earned (得、得分、自评得分); the words before it say for what."""
    return bool(_BARE.fullmatch(label))


def is_total_score_name(label: str) -> bool:
    """Whether a label names the score of the whole by its own words (合计得、综合评分)."""
    return bool(_TOTAL.fullmatch(label))


def is_total_score(item: Item) -> bool:
    """Whether a number is the score of the whole."""
    if item.figure.key.concept == TOTAL_SCORE:
        return True
    return item.phrase.label.endswith("总分") and item.quantity.value != full_marks()
