"""On which basis an amount of running text stands, as far as its own words tell."""

import re

from rongji.checks.stated.grammar.outline import Item
from rongji.kernel.figure import Stage

_BUDGET = re.compile(r"预算(?:总?数|安排数?|批复数?|总?额|金额|总计|合计)?$")
_WHOLE_BUDGET = re.compile(r"(?:部门|单位|全年|年初|本年|整体|年度|收入|支出)预算(?:总)?(?:收入|支出|资金|安排)$")
_WORDS = re.compile(
    r"(?:年初|全年|年度|本年|调整后?的?|追加后)*(?:支出|收入)?总?(?:预算|决算|执行|实际(?:支出|完成|执行|使用|发生))(?:总?数|安排数?|批复数?|总?额|金额)?$"
)
_OUTTURN = re.compile(r"(?:决算|执行|实际支出|实际完成|支出完成)(?:总?数|总?额|金额)?$")


def basis_of(item: Item) -> str:
    """`initial`, `adjusted`, `budget` (one of the two), `actual`, or empty when the words do not say."""
    stage, label = item.phrase.stage, item.phrase.label
    if stage in (Stage.INITIAL, Stage.ADJUSTED, Stage.ACTUAL):
        return stage.value
    if _OUTTURN.search(label):
        return Stage.ACTUAL.value
    return "budget" if _BUDGET.search(label) or _WHOLE_BUDGET.search(label) else ""


def same_basis(left: str, right: str) -> bool:
    """Whether two bases may be one: words that do not say fit everything, 预算 fits 年初预算 and 调整预算."""
    if not left or not right or left == right:
        return True
    budgets = {"budget", Stage.INITIAL.value, Stage.ADJUSTED.value}
    return "budget" in (left, right) and {left, right} <= budgets


def without_basis(label: str) -> str:
    """A label without the words that only say its basis: 公务接待费支出预算 → 公务接待费."""
    shorter = _WORDS.sub("", label)
    return shorter if shorter else label


def bare_basis(label: str) -> bool:
    """Whether a label says nothing but a basis (年初预算, 支出决算)."""
    return bool(_WORDS.fullmatch(label))
