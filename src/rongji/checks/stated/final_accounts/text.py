"""决算说明与决算表: an amount that the text names beyond doubt is the amount of its table; item names are the tables'.

Only documents with one set of tables: where each unit has its own, the text does not say whose tables it means.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from rongji.checks import relations
from rongji.checks.excuses import asked
from rongji.checks.registry import document_check
from rongji.checks.stated.final_accounts.cells import NineTables, named, nine_tables, title_of
from rongji.checks.stated.final_accounts.names import ACTUAL, INITIAL, basis_behind, cells_called, scope_of
from rongji.checks.stated.final_accounts.paths import Items, Path, paths_in
from rongji.checks.stated.model import Mention, Passage, StatedDocument
from rongji.checks.stated.phrase import Role
from rongji.kernel.figure import Figure
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.place import Spot

_BASIS = "部门决算公开：文字说明与报表一致"
_ITEMISED = ("public-budget", "fund", "state-capital", "expenditure", "income")
_OPENING_MARKS = "。：:，,、 　"


@dataclass(frozen=True, slots=True)
class _Chapter:
    """A passage of the text with the table that its heading speaks of."""

    tables: NineTables
    scope: str
    passage: Passage

    @property
    def amounts(self) -> Iterator[tuple[Mention, Figure]]:
        """The exact amounts of money that the passage states as values of something."""
        for mention in self.passage.mentions:
            figure = mention.figure
            is_value = mention.phrase is not None and mention.phrase.role is Role.AMOUNT and not mention.phrase.is_past
            if figure is not None and is_value and figure.is_money and not figure.vague:
                yield mention, figure


@document_check(title="决算说明的数与报表一致", basis=_BASIS)
def final_account_text_agrees(document: StatedDocument) -> Iterator[Finding]:
    """An amount under a chapter's heading, called as the chapter's table calls it, is what the table prints.

    A budget figure called 年初预算 beside a column of 预算数 is asked about.
    """
    for chapter in _chapters(document):
        for _, figure in chapter.amounts:
            place, basis = cells_called(figure.label, chapter.scope, chapter.tables)
            stated = chapter.tables.figure(place) if place else None
            if stated is not None:
                found = _same(_in_text(figure, figure.label), stated)
                yield _doubted(found) if basis == INITIAL else found


@document_check(title="决算说明中各科目的数与报表一致", basis=_BASIS)
def final_account_items_agree(document: StatedDocument) -> Iterator[Finding]:
    """The amount of a 类、款、项 that the text names is that of its row in the chapter's table."""
    for chapter, items in _itemised(document):
        table = chapter.tables.parts[chapter.scope]
        paths = paths_in(chapter.passage.text)
        column = "income" if chapter.scope == "income" else "spent"
        for mention, figure in chapter.amounts if paths else ():
            path = _path_of(chapter.passage.text, mention, figure, paths)
            code = items.code_of(path) if path else ""
            stated = items.amount(code, f"/{column}") if code else None
            if path and stated is not None:
                yield _same(_in_text(figure, f"{path.printed}支出决算"), named(table, stated))


@document_check(title="决算说明中的科目名称与报表一致", basis=_BASIS, level=Verdict.QUESTION)
def final_account_names_agree(document: StatedDocument) -> Iterator[Finding]:
    """A 款 or 项 that the text names stands in the chapter's table under that name."""
    for chapter, items in _itemised(document):
        for path in paths_in(chapter.passage.text):
            if items.lacks(path):
                yield _unknown_name(chapter, path)


def _chapters(document: StatedDocument) -> Iterator[_Chapter]:
    found = list(nine_tables(document))
    if len(found) != 1:
        return
    for passage in document.passages:
        scope = "" if passage.is_heading or not passage.mentions else scope_of(passage.heading)
        if scope:
            yield _Chapter(found[0], scope, passage)


def _itemised(document: StatedDocument) -> Iterator[tuple[_Chapter, Items]]:
    """The chapters whose table lists functional items, with these."""
    known: dict[str, Items] = {}
    for chapter in _chapters(document):
        table = chapter.tables.parts.get(chapter.scope)
        if table is not None and table.certain and chapter.scope in _ITEMISED:
            if chapter.scope not in known:
                known[chapter.scope] = Items(table)
            yield chapter, known[chapter.scope]


def _path_of(text: str, mention: Mention, figure: Figure, paths: list[Path]) -> Path | None:
    """The item whose outturn an amount is: the last one named before it, with no other subject in between."""
    before = [item for item in paths if item.end <= mention.start]
    if not before or basis_behind(figure.label, before[-1].called) != ACTUAL:
        return None
    between = text[before[-1].end : mention.start].lstrip(_OPENING_MARKS)
    return None if "。" in between else before[-1]


def _same(text: Figure, table: Figure) -> Finding:
    """Whether the text says what the table prints; a slip of a unit is named."""
    found = relations.same_amount(text, table)
    one, other = text.quantity, table.quantity
    if found.verdict is not Verdict.CONTRADICTION or one is None or other is None:
        return found
    times = relations.power_of_ten(Fraction(one.base), Fraction(other.base))
    slip = f"恰为 {times} 倍，疑为单位或小数点写错。" if times else ""
    return replace(found, explanation=found.explanation + slip)


def _in_text(figure: Figure, label: str) -> Figure:
    return replace(figure, label=f"正文“{label}”")


def _doubted(found: Finding) -> Finding:
    if found.verdict is not Verdict.CONTRADICTION:
        return found
    return asked(found, "年初预算与表中的预算数口径可能不同。", "写明是年初预算还是全年预算，或改正写错的一处。")


def _unknown_name(chapter: _Chapter, path: Path) -> Finding:
    table = title_of(chapter.tables.parts[chapter.scope])
    place = chapter.passage.place_of(path.start, path.end)
    return Finding(
        "",
        Verdict.QUESTION,
        f"正文写有“{path.printed}”，{table}中没有这一名称的科目。",
        remedy="科目名称以当年科目表和报表为准，核对正文和报表哪一处写错或漏列。",
        subject=path.printed,
        spots=(Spot(place, chapter.passage.text[path.start : path.end]),),
    )
