"""The reference page of all checks, written from the register so that no check is missing from it."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import TypeVar

from rongji.checks.registry import Check, document_checks, registered
from rongji.kernel.finding import VERDICT_LABELS

Subject = TypeVar("Subject")

FAMILIES = {
    "identities": "勾稽关系",
    "consolidation": "汇总",
    "breakdowns": "分类明细",
    "same_fact": "同一事实",
    "money_units": "计量单位",
    "headcount": "编制与人员",
    "declared": "业务数据",
    "balances": "结转结余",
    "weights": "分值",
    "scores": "得分与等次",
    "execution": "预算执行",
    "three_public": "三公经费",
    "precision": "小数位",
    "indicator_quality": "指标质量",
    "reasons": "偏差原因",
    "evidence": "佐证材料",
    "problems": "问题与措施",
    "dates": "日期与年份",
    "texts": "文字",
}
_OF_DOCUMENTS = """# What the audit checks / 核对的项目

`rongji audit FILE…` runs every check below over what a document states. 矛盾 = figures that cannot all be true;
存疑 = the print does not decide; 进位差 = explained by the printed places. Relations that hold are reported, too.
"""
_OPENING = """# Checks / 体检项目

`rongji check BUREAU YEAR` runs every check below. Each finding carries its check, figures, difference, the tolerance
that the printed precision allows (half a unit of the last printed place of every figure involved, added up) and what
to do. 矛盾 = figures that cannot all be true; 缺项 = a requirement not met; 存疑 = only people can tell;
进位差 = explained by rounding. The third column is the gravest verdict that a check can reach.
"""


def page() -> str:
    """The whole page in Markdown."""
    return "\n".join(_lines(_OPENING, registered(), FAMILIES)).rstrip() + "\n"


def page_of_documents() -> str:
    """The page of the checks on documents."""
    return "\n".join(_lines(_OF_DOCUMENTS, document_checks(), families_of_documents())).rstrip() + "\n"


def families_of_documents() -> dict[str, str]:
    """What each family of checks on documents is called: the first words of its file."""
    modules = {item.family: sys.modules[item.function.__module__] for item in document_checks()}
    return {family: (module.__doc__ or "").partition(":")[0] for family, module in modules.items()}


def _lines(opening: str, checks_of: Iterable[Check[Subject]], names: Mapping[str, str]) -> Iterator[str]:
    yield opening
    for family, checks in groupby(checks_of, key=lambda item: item.family):
        yield f"## {names.get(family, family)} ({family})\n"
        yield "| check | 核对什么 | 最重 | 依据 | in detail |"
        yield "|---|---|---|---|---|"
        yield from (_row(item) for item in checks)
        yield ""


def _row(item: Check[Subject]) -> str:
    cells = (f"`{item.id}`", item.title, VERDICT_LABELS[item.level], item.basis, item.explanation)
    return f"| {' | '.join(cells)} |"
