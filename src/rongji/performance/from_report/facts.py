"""Facts that a report calls by a name which stands for one fact of the whole bureau, in a table or in a sentence."""

import re
from collections.abc import Iterable, Iterator

from rongji.audit.context import Context
from rongji.audit.naming import is_general, plain
from rongji.checks.stated.model import StatedDocument
from rongji.kernel.figure import Figure, FigureKey, Stage
from rongji.kernel.units import UnitKind
from rongji.performance.from_report.tables import project_tables
from rongji.performance.from_report.taking import Taken, stage_for
from rongji.performance.from_report.workbook_names import concepts_by_name, slots

_OPEN_BUDGET = "说不准是年初预算数还是全年预算数"
_OPEN_STAGE = "说不准是预算数还是决算数"
_SENTENCE_ENDS = "。；！？\n"
_OF_BUDGET = re.compile("预算|安排|下达|目标|计划|拟")
_OF_OUTTURN = re.compile("决算|执行|实际|完成|支出合计|全年支出|总支出")


def take_facts(said: StatedDocument, taken: Taken, year: int, units: Iterable[str]) -> None:
    """Every number whose name is that of a concept; what leaves its basis or unit open is left out and told."""
    names = concepts_by_name(year, Context(said.title, said.year, said.organisation))
    known_units = frozenset(units)
    for figure, is_sure in _figures(said):
        concept = _concept_of(figure, names)
        name = figure.key.concept
        if concept is None and name.endswith("预算") and names.get(name.removesuffix("预算")):
            taken.leave(figure, _OPEN_BUDGET)
        if concept is None or taken.is_used(figure) or not _is_of(figure, year, known_units):
            continue
        if is_sure:
            _take(figure, concept, taken, year)
        else:
            taken.leave(figure, _OPEN_STAGE)


def _concept_of(figure: Figure, names: dict[str, str]) -> str | None:
    """The concept whose name the number bears: by its fact; a count also by its label when that is no general word.

    固定资产中房屋建筑物 is 房屋建筑物: a part named together with its whole, both of them known.
    """
    found = names.get(figure.key.concept) if not _is_apart(figure) else None
    is_count = figure.quantity is not None and figure.quantity.unit.kind is UnitKind.COUNT
    if found is None and is_count and not is_general(figure.label):
        found = names.get(plain(figure.label))
    whole, _, part = figure.key.concept.partition("中")
    return found or (names.get(part) if names.get(whole) else None)


def _figures(said: StatedDocument) -> Iterator[tuple[Figure, bool]]:
    """Each number and whether its basis is sure: tables first, those of single projects left out, then the text."""
    apart = project_tables(said)
    for table in said.tables:
        if table.certain and table.number not in apart:
            yield from ((figure, True) for figure in table.figures())
    for passage in said.passages:
        for mention in passage.mentions:
            if mention.figure:
                yield mention.figure, _says_its_basis(mention.figure, passage.text[: mention.start])


def _says_its_basis(figure: Figure, before: str) -> bool:
    """Whether an amount counted as spent may be: not where its sentence speaks of the budget and it says nothing."""
    if not figure.is_money or figure.key.stage is not Stage.ACTUAL:
        return True
    sentence = before[max(before.rfind(mark) for mark in _SENTENCE_ENDS) + 1 :]
    return not _OF_BUDGET.search(sentence) or bool(_OF_OUTTURN.search(figure.label))


def _is_of(figure: Figure, year: int, units: frozenset[str]) -> bool:
    """Whether the number is about that year (上年 for its basis) and about the bureau or one of its units."""
    due = year - 1 if figure.key.stage is Stage.PRIOR else year
    is_due = figure.key.member in ("", f"year:{due}") or _is_apart(figure)
    return is_due and (not figure.key.unit or figure.key.unit in units)


def _is_apart(figure: Figure) -> bool:
    """Whether the audit could not say which fact the number is of."""
    return figure.key.member.startswith("at:")


def _take(figure: Figure, concept: str, taken: Taken, year: int) -> None:
    slot = slots(year)[concept]
    stage = stage_for(slot.stages, figure.key.stage, is_money=slot.unit_name == "万元")
    if stage is None:
        if figure.key.stage is Stage.NONE and figure.is_money:
            taken.leave(figure, _OPEN_STAGE)
        return
    taken.take(figure, FigureKey(concept, stage, figure.key.unit), slot.unit_name)
