"""The page that says how well the audit sees: `python -m corpus.proof` writes it again.

Made documents with true relations, each once as it is and once for every figure with that figure changed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from corpus.final_accounts import STYLES, final_accounts
from corpus.made import Made
from corpus.shapes import shapes as made_shapes
from corpus.trial import Outcome, attempt, merged

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "audit-proof.md"
COPIES = 3
FIGURES_OF_ACCOUNTS = 12
FAMILIES = {
    "sum": "合计等于各部分之和",
    "within": "部分不大于整体",
    "across": "决算九张表之间",
    "balance": "收入、支出与结转结余",
    "economic": "经济分类的人员和公用经费",
    "flow": "结转结余的来龙去脉",
    "levels": "科目的类、款、项",
    "row": "一行各栏之和",
    "sides": "收入方与支出方总计",
    "text-rate": "说明中的比率",
    "text-sum": "说明中的合计",
    "text-table": "说明与表",
    "three": "三公经费",
    "share": "占比",
    "closing": "占比合计为 100%",
    "change": "增减额",
    "growth": "增长率",
    "rate": "执行率、完成率、办结率",
    "same": "同一事实两处一致",
    "score": "得分等于分值乘以比率",
    "weights": "分值合计",
    "scores": "得分合计",
}
_OPENING = """# How well the audit sees / 核对的查全与误报

Made by `python -m corpus.proof` (folder `tests`) and held true by a test. Documents whose relations are all true are
made by rule (`tests/corpus`: prose and tables in many shapes and vocabularies, final accounts of a department in
several prints). Each is audited as it is, then once for every figure with that one figure changed by more than rounding
explains. *Broken*: relations that the change breaks. *Seen*: called 矛盾 with both the changed figure and another of
the relation. *Asked*: called 存疑, the print does not decide. *False alarms*: 矛盾 without the changed figure.

These documents are made by us: the figures say that nothing known is overlooked, not how other people's reports fare.
"""


def shapes() -> Iterator[Made]:
    """The small documents."""
    return made_shapes(COPIES)


def accounts() -> Iterator[Made]:
    """One set of final accounts in every print."""
    return (final_accounts(number, style, length=8) for number, style in enumerate(sorted(STYLES), 1))


@cache
def outcomes() -> dict[str, Outcome]:
    """All trials, by what they were made on."""
    return {
        "文字与表格（txt）": attempt(shapes(), "txt"),
        "文字与表格（docx）": attempt(shapes(), "docx", most=2),
        "部门决算（html）": attempt(accounts(), "html", most=FIGURES_OF_ACCOUNTS),
    }


def page() -> str:
    """The page in Markdown."""
    found = outcomes()
    return (
        "\n".join([_OPENING, *_documents(found), *_families(merged(found.values())), *_failures(found)]).rstrip() + "\n"
    )


def _documents(found: dict[str, Outcome]) -> Iterator[str]:
    yield "| documents | made | changed figures | false alarms |"
    yield "|---|--:|--:|--:|"
    for name, item in found.items():
        yield f"| {name} | {item.documents} | {item.trials} | {len(item.false_alarms)} |"
    yield ""


def _families(outcome: Outcome) -> Iterator[str]:
    yield "| family | 核对什么 | broken | seen | asked | overlooked | recall |"
    yield "|---|---|--:|--:|--:|--:|--:|"
    for family, score in sorted(outcome.scores.items()):
        recall = f"{score.seen * 100 / score.broken:.1f} %"
        cells = (score.broken, score.seen, score.asked, len(score.missed), recall)
        yield f"| {family} | {FAMILIES.get(family, '')} | {' | '.join(map(str, cells))} |"
    yield ""


def _failures(found: dict[str, Outcome]) -> Iterator[str]:
    for name, item in found.items():
        overlooked = [text for score in item.scores.values() for text in score.missed]
        yield from _listed(f"## {name}：没有看出的", overlooked)
        yield from _listed(f"## {name}：误报", item.false_alarms)


def _listed(title: str, texts: Iterable[str]) -> Iterator[str]:
    texts = list(texts)
    if texts:
        yield from (title, "", *(f"- {text}" for text in texts), "")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write("".join(line + "\n" for line in page().splitlines() if line.startswith("|")))
