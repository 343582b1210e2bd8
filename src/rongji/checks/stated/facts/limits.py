"""部分与整体: facts that stay within others or make them up by their nature, wherever both are printed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rongji.checks import relations
from rongji.checks.excuses import asked
from rongji.checks.registry import document_check
from rongji.checks.stated.facts.printings import statements
from rongji.checks.stated.model import StatedDocument, StatedTable
from rongji.checks.wording import said
from rongji.kernel.figure import Figure, FigureKey
from rongji.kernel.finding import Finding, Verdict
from rongji.law.recognition import recognition

_POSTS = "人员编制"
_IN_POST = ("在职人员",)
_OUT_OF_POST = re.compile("离休|退休|离退|遗属|编外|临聘")
Links = Mapping[int, int | None]


@dataclass(frozen=True, slots=True)
class Home:
    """Where a figure stands: which table of the document, which row, which column."""

    table: int
    row: int
    column: int


@document_check(title="部分不大于整体")
def facts_stay_within(document: StatedDocument) -> Iterator[Finding]:
    """What is part of a whole by its nature does not exceed it (在用固定资产与固定资产、三公各项与合计…).

    Both must be of one basis, year and scope. Two numbers of one table are left to the sums of that table.
    """
    for rule, part, whole in _meetings(document):
        if rule["sure"] or rule["whole"] != _POSTS:
            found = relations.parts_within(whole, [part])
            yield found if rule["sure"] else _asked(found)


@document_check(title="已知的各部分之和等于整体")
def facts_add_up(document: StatedDocument) -> Iterator[Finding]:
    """支出合计 is 基本支出 and 项目支出, 基本支出 is 人员 and 公用 …, where tables print them without saying so.

    Numbers of several tables may stand on different bases: asked about, not accused.
    """
    stated = {key: figures[0] for key, figures in statements(document).items() if figures[0].statement == "table"}
    homes, links = _homes(document), [_links(table) for table in document.tables]
    by_whole = {rule["whole"]: rule["parts"] for rule in recognition("check_words")["sums_of_facts"]}
    for key, whole in stated.items():
        names = by_whole.get(key.concept, ())
        parts = [item for name in names if (item := stated.get(replace(key, concept=name)))]
        alike = all(_are_comparable(item, whole) for item in parts)
        if parts and len(parts) == len(names) and alike and not _is_told(links, homes, whole, parts):
            found = relations.sum_of_parts(whole, relations.positive(parts))
            together = len({homes[id(item)].table for item in (whole, *parts)}) == 1
            yield found if together else _asked(found)


@document_check(title="人数不超过编制数", level=Verdict.QUESTION)
def people_fit_their_posts(document: StatedDocument) -> Iterator[Finding]:
    """More people than approved posts is asked about: 超编, people without posts, or another way of counting.

    Of a headcount that is listed by kinds only those in post count (在职, not 离退休).
    """
    asked_of: set[FigureKey] = set()
    homes = _homes(document)
    for rule, people, whole in _meetings(document):
        part = _in_post(document, homes, people)
        if rule["whole"] == _POSTS and not rule["sure"] and whole.key not in asked_of and part:
            asked_of.add(whole.key)
            found = relations.at_most(part, whole)
            if found.verdict is Verdict.CONTRADICTION:
                over = f"{found.difference:f} 人" if found.difference is not None else ""
                text = f"{said(part)}，{said(whole)}，多出 {over}，请说明是超编、编外人员还是口径不同。"
                remedy = "核对编制批文和在编人员名册，在报告中说明。"
                found = replace(found, verdict=Verdict.QUESTION, explanation=text, remedy=remedy)
            yield found


def _in_post(document: StatedDocument, homes: Mapping[int, Home], people: Figure) -> Figure | None:
    """The part of a headcount that is in post; the headcount itself where its table lists no kinds of it."""
    home = homes.get(id(people))
    if home is None:
        return people
    table = document.tables[home.table]
    kinds = [(item.title, table.figure(home.row, item.index)) for item in table.parts_of_column(home.column)]
    kinds += [(item.label, table.figure(item.index, home.column)) for item in table.parts_of_row(home.row)]
    if people.key.concept in _IN_POST or not any(_OUT_OF_POST.search(title) for title, _ in kinds):
        return people
    return next((figure for title, figure in kinds if "在职" in title and figure and figure.quantity), None)


def _meetings(document: StatedDocument) -> Iterator[tuple[Mapping[str, Any], Figure, Figure]]:
    """The leading printing of a part beside that of its whole, in every basis, year and scope that states both."""
    stated = statements(document)
    by_name: dict[str, list[FigureKey]] = {}
    for key in stated:
        by_name.setdefault(key.concept, []).append(key)
    homes = _homes(document)
    for rule in recognition("check_words")["within"]:
        for key in by_name.get(rule["part"], ()):
            others = stated.get(replace(key, concept=rule["whole"]))
            if others and _are_comparable(stated[key][0], others[0]):
                part, whole = homes.get(id(stated[key][0])), homes.get(id(others[0]))
                together = part is not None and whole is not None and part.table == whole.table
                if not (together and rule["sure"]):
                    yield rule, stated[key][0], others[0]


def _homes(document: StatedDocument) -> dict[int, Home]:
    """The place of every figure of a table, by identity."""
    return {
        id(cell.figure): Home(number, cell.row, cell.column)
        for number, table in enumerate(document.tables)
        for cell in table.cells
        if cell.figure
    }


def _links(table: StatedTable) -> tuple[Links, Links]:
    """Which row every row, and which column every column, is a part of."""
    return {item.index: item.whole for item in table.rows}, {item.index: item.whole for item in table.columns}


def _is_told(
    links: Sequence[tuple[Links, Links]], homes: Mapping[int, Home], whole: Figure, parts: Sequence[Figure]
) -> bool:
    """Whether the table itself puts every part under the whole, so that its sums hold them against each other."""
    home = homes[id(whole)]
    rows, columns = links[home.table]
    places = [homes[id(item)] for item in parts]
    return all(
        place.table == home.table
        and (home.row == rows.get(place.row, -1) or home.column == columns.get(place.column, -1))
        for place in places
    )


def _are_comparable(part: Figure, whole: Figure) -> bool:
    return bool(part.quantity and whole.quantity and part.quantity.unit.is_comparable_with(whole.quantity.unit))


def _asked(found: Finding) -> Finding:
    if found.verdict is not Verdict.CONTRADICTION:
        return found
    return asked(found, "口径可能不同，不能断定。", "核对口径和数字。")
