"""部分与整体: facts that stay within others by their nature, wherever in the document both are printed."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from rongji.checks import relations
from rongji.checks.excuses import asked
from rongji.checks.registry import document_check
from rongji.checks.stated.model import StatedDocument
from rongji.checks.stated.printings import statements
from rongji.checks.wording import said
from rongji.kernel.figure import Figure, FigureKey
from rongji.kernel.finding import Finding, Verdict
from rongji.law.recognition import recognition

_POSTS = "人员编制"


@document_check(title="部分不大于整体")
def facts_stay_within(document: StatedDocument) -> Iterator[Finding]:
    """What is part of a whole by its nature does not exceed it (在用固定资产与固定资产、三公各项与合计…).

    Both must be of one basis, year and scope. Two numbers of one table are left to the sums of that table.
    """
    for rule, part, whole in _meetings(document):
        if rule["sure"] or rule["whole"] != _POSTS:
            found = relations.parts_within("", whole, [part])
            yield found if rule["sure"] else _asked(found)


@document_check(title="人数不超过编制数", level=Verdict.QUESTION)
def people_fit_their_posts(document: StatedDocument) -> Iterator[Finding]:
    """More people than approved posts is asked about: 超编, people without posts, or another way of counting."""
    asked_of: set[FigureKey] = set()
    for rule, part, whole in _meetings(document):
        if rule["whole"] == _POSTS and not rule["sure"] and whole.key not in asked_of:
            asked_of.add(whole.key)
            found = relations.at_most("", part, whole)
            if found.verdict is Verdict.CONTRADICTION:
                over = f"{found.difference:f} 人" if found.difference is not None else ""
                text = f"{said(part)}，{said(whole)}，多出 {over}，请说明是超编、编外人员还是口径不同。"
                remedy = "核对编制批文和在编人员名册，在报告中说明。"
                found = replace(found, verdict=Verdict.QUESTION, explanation=text, remedy=remedy)
            yield found


def _meetings(document: StatedDocument) -> Iterator[tuple[Mapping[str, Any], Figure, Figure]]:
    """The leading printing of a part beside that of its whole, in every basis, year and scope that states both."""
    stated = statements(document)
    by_name: dict[str, list[FigureKey]] = {}
    for key in stated:
        by_name.setdefault(key.concept, []).append(key)
    home = {id(item): number for number, table in enumerate(document.tables) for item in table.figures()}
    for rule in recognition("check_words")["within"]:
        for key in by_name.get(rule["part"], ()):
            others = stated.get(replace(key, concept=rule["whole"]))
            if others and _meet(stated[key][0], others[0], home):
                yield rule, stated[key][0], others[0]


def _meet(part: Figure, whole: Figure, home: Mapping[int, int]) -> bool:
    """Whether two numbers may be compared and do not stand in one table."""
    apart = home.get(id(part), -1) != home.get(id(whole), -2)
    return bool(
        apart and part.quantity and whole.quantity and part.quantity.unit.is_comparable_with(whole.quantity.unit)
    )


def _asked(found: Finding) -> Finding:
    if found.verdict is not Verdict.CONTRADICTION:
        return found
    return asked(found, "口径可能不同，不能断定。", "核对口径和数字。")
