"""What is typed on screen, read with the same eyes as a cell of the workbook."""

from collections.abc import Mapping
from typing import Any

from rongji.documents.readers.workbook.raw import CellKind, RawCell, RawRow, RawSheet
from rongji.kernel.bureau_year import BureauYear, IndicatorFacts
from rongji.kernel.figure import FigureKey
from rongji.kernel.units import UnitKind, unit
from rongji.performance.workbook.figures import FACT_PREFIX, figure_label, may_be_negative
from rongji.performance.workbook.headers import bind
from rongji.performance.workbook.layout import load_layout
from rongji.performance.workbook.numbers import Stated, read_number
from rongji.performance.workbook.problems import CellTrouble, ProblemList
from rongji.performance.workbook.reading import Reading, RowReader
from rongji.performance.workbook.records import indicator_record
from rongji.performance.workbook.tabulate import indicator_row
from rongji.performance.workbook.vocabulary import vocabulary_for

_SCREEN = "填写页"


class EntryRefused(CellTrouble):
    """A typed value that cannot be taken: what is wrong, and what to write instead."""


def _reading(facts: BureauYear) -> Reading:
    reading = Reading(load_layout(), vocabulary_for(facts.year), ProblemList(), _SCREEN, is_spreadsheet=False)
    reading.units.update({item.code: item for item in facts.units})
    reading.projects.update({item.code: item.name for item in facts.projects})
    reading.evidence.update({item.code: item.title for item in facts.evidence})
    reading.facts.update({item.code: item.label for item in facts.declared_concepts})
    return reading


def label_of(facts: BureauYear, key: FigureKey) -> str:
    """What a figure of that key is called in this year."""
    return figure_label(_reading(facts), key)


def check_key(facts: BureauYear, key: FigureKey) -> str:
    """The usual unit of the figure, after making sure that the year knows everything the key names.

    Raises: EntryRefused.
    """
    if key.unit and facts.unit_named(key.unit) is None:
        raise EntryRefused(f"机构“{key.unit}”没有登记", "请先在“机构”表中登记")
    axis, _, code = key.member.partition(":")
    if axis == "project" and code not in {item.code for item in facts.projects}:
        raise EntryRefused(f"项目“{code}”没有登记", "请先在“项目”表中登记")
    own = next((item for item in facts.declared_concepts if f"{FACT_PREFIX}{item.code}" == key.concept), None)
    concept = vocabulary_for(facts.year).concepts.get(key.concept)
    if own is None and concept is None:
        raise EntryRefused(f"没有“{key.concept}”这项数据", "请核对数据编号")
    return own.unit_name if own else concept.unit if concept else ""


def entered_number(text: str, unit_name: str, key: FigureKey) -> Stated | None:
    """The number typed; None when blank.

    Raises: EntryRefused.
    """
    cell = RawCell(_SCREEN, CellKind.TEXT, text.strip()) if text.strip() else RawCell(_SCREEN)
    is_rate_of_own = key.concept.startswith(FACT_PREFIX) and unit(unit_name).kind is UnitKind.RATIO
    try:
        return read_number(cell, unit(unit_name), may_be_negative=may_be_negative(key) or is_rate_of_own)
    except CellTrouble as trouble:
        raise EntryRefused(trouble.what, trouble.remedy) from None


def entered_indicator(facts: BureauYear, indicator: IndicatorFacts, values: Mapping[str, str]) -> IndicatorFacts:
    """The indicator row with those cells typed anew.

    Raises: EntryRefused with the first trouble.
    """
    reading = _reading(facts)
    sheet = reading.layout.sheet("indicators")
    texts: dict[str, Any] = {name: cell.text for name, cell in indicator_row(indicator, sheet).items()}
    texts |= values
    if values.get("parent") and values["parent"] not in {item.code for item in facts.indicators} - {indicator.code}:
        raise EntryRefused(f"指标“{values['parent']}”不存在", "请填另一个已有指标的编码，或留空")
    header = RawRow(1, tuple(RawCell(_SCREEN, CellKind.TEXT, name) for name in texts))
    cells = tuple(RawCell(_SCREEN, CellKind.TEXT, text) if text else RawCell(_SCREEN) for text in texts.values())
    bound = bind(RawSheet(sheet.title, (header, RawRow(2, cells))), sheet, reading.notes, is_spreadsheet=False)
    if bound is None:
        raise EntryRefused("没有填写内容", "请填写后再保存")
    found = indicator_record(RowReader(reading, bound, bound.rows[0]))
    for problem in reading.notes.found:
        if problem.is_error:
            raise EntryRefused(problem.what, problem.remedy)
    return found
