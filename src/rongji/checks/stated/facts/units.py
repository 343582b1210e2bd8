"""计量单位: 元 where 万元 is meant, amounts without a unit, percentages without their sign, jumps of ten thousand."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from rongji.checks import relations
from rongji.checks.registry import document_check
from rongji.checks.stated.facts.printings import pairs
from rongji.checks.stated.model import ColumnKind, Mention, Passage, RowKind, StatedCell, StatedDocument, StatedTable
from rongji.checks.wording import said, where
from rongji.kernel.figure import Figure
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.place import Spot
from rongji.kernel.reading import ReadingKind
from rongji.kernel.units import UnitKind

_FEN_PLACES = 2  # 元以下只有角、分
_YUAN_PER_WAN = 10_000
_WITHOUT = re.compile(r"汇率|指数|系数|比例|比值|倍数|性别比|评分|坐标|[东西]经|[南北]纬|版本|第")
_NEAR = 14
_SEVERAL = 3
_NAMED = 3


@document_check(title="元与万元没有混用")
def units_of_printings_agree(document: StatedDocument) -> Iterator[Finding]:
    """Two printings of one amount do not differ by the factor between 元 and 万元 (三公经费 4.2150 元 / 万元)."""
    for pair in pairs(document):
        if pair.is_unit_slip:
            yield pair.finding


@document_check(title="以元计的金额不细于一分", level=Verdict.QUESTION)
def yuan_end_at_the_fen(document: StatedDocument) -> Iterator[Finding]:
    """An amount in 元 has two places at most; more places show that 万元 is meant."""
    for figure in document.figures:
        quantity = figure.quantity
        if quantity is None or quantity.unit_name != "元" or quantity.places <= _FEN_PLACES:
            continue
        if quantity.value != round(quantity.value, _FEN_PLACES):
            text = f"{said(figure)}{where(figure)}不足一分，以元计的金额最多两位小数，疑为单位应是“万元”。"
            yield Finding("", Verdict.QUESTION, text, (figure,), quantity, remedy="核对单位，是万元的改为“万元”。")


@document_check(title="正文中的金额写明单位", level=Verdict.QUESTION)
def amounts_name_their_unit(document: StatedDocument) -> Iterator[Finding]:
    """A number with decimals among amounts of money has a unit (卫生健康支出271.5700；)."""
    for passage in document.passages:
        if _speaks_of_money(passage):
            for item in passage.mentions:
                quantity = item.reading.quantity
                bare = item.reading.kind is ReadingKind.BARE and quantity is not None and quantity.places >= _FEN_PLACES
                if bare and quantity is not None and quantity.value and not _needs_none(passage.text, item):
                    spot = Spot(passage.place_of(item.start, item.end), item.reading.printed)
                    text = f"“{_around(passage, item.start, item.end)}”没有写单位。"
                    figures = (item.figure,) if item.figure else ()
                    yield Finding("", Verdict.QUESTION, text, figures, quantity, remedy="补写单位。", spots=(spot,))


def _needs_none(text: str, item: Mention) -> bool:
    """Whether a number has no unit by its nature: a term of a proportion, a rate of exchange, an index."""
    around = text[max(0, item.start - 1) : item.start] + text[item.end : item.end + 1]
    return any(mark in "：:∶" for mark in around) or bool(_WITHOUT.search(text[: item.start][-_NEAR:]))


@document_check(title="表格注明计量单位", level=Verdict.QUESTION)
def tables_name_their_unit(document: StatedDocument) -> Iterator[Finding]:
    """A table of amounts says in which unit they are, above it or in its headings."""
    for table in document.tables:
        unsaid = [item for item in _amounts(table) if item.quantity and item.quantity.unit.kind is UnitKind.UNSAID]
        decimals = [item for item in unsaid if item.quantity and item.quantity.places >= _FEN_PLACES]
        if table.certain and len(decimals) >= _SEVERAL:
            named = table.caption or "、".join(dict.fromkeys(item.label for item in unsaid[:_NAMED]))
            spots = tuple(Spot(item.source.at, item.printed) for item in decimals[:1] if item.source.at)
            text = f"表格（{named}）的 {len(unsaid)} 个数没有注明计量单位。"
            remedy = "在表的右上方或表头注明单位（如“单位：万元”）。"
            yield Finding("", Verdict.QUESTION, text, (), remedy=remedy, subject=table.caption, spots=spots)


@document_check(title="比率写有百分号", level=Verdict.QUESTION)
def percentages_carry_their_sign(document: StatedDocument) -> Iterator[Finding]:
    """In a column of rates either every number has its sign, or the heading has it for all."""
    for table in document.tables:
        for column in table.columns_of(ColumnKind.RATE) if table.certain else ():
            cells = [cell for row in table.rows if (cell := table.cell(row.index, column.index)) and cell.figure]
            signed = [cell for cell in cells if _has_sign(cell.text)]
            bare = [cell for cell in cells if not _has_sign(cell.text) and not _is_zero(cell)]
            if bare and signed and not any(_has_sign(text) for text in column.path):
                shown = "、".join(cell.text.strip() for cell in bare[:_NAMED])
                text = f"“{column.title}”一栏有的写百分号，{shown}{'等' if len(bare) > _NAMED else ''}没有写。"
                spots = tuple(Spot(cell.place, cell.text.strip()) for cell in bare)
                yield Finding(
                    "", Verdict.QUESTION, text, (), remedy="统一写百分号。", subject=column.title, spots=spots
                )


@document_check(title="同一行的金额没有元与万元混填", level=Verdict.QUESTION)
def rows_keep_one_unit(document: StatedDocument) -> Iterator[Finding]:
    """Two amounts of one row are not exactly ten thousand times each other: the same digits filled in 元 and 万元."""
    for table in document.tables:
        columns = table.columns_of(ColumnKind.VALUE)
        for row in table.rows if table.certain and len(columns) > 1 else ():
            found = [figure for column in columns if (figure := table.figure(row.index, column.index))]
            if row.kind is not RowKind.NOTE:
                yield from _jumps(found)


def _jumps(figures: Sequence[Figure]) -> Iterator[Finding]:
    for one, other in pairwise(figures):
        if one.quantity is None or other.quantity is None or one.quantity.unit_name != other.quantity.unit_name:
            continue
        times = relations.power_of_ten(Fraction(one.quantity.base), Fraction(other.quantity.base))
        if times >= _YUAN_PER_WAN and one.quantity.unit.kind in (UnitKind.MONEY, UnitKind.UNSAID):
            text = f"{said(one)}，{said(other)}，恰为 {times} 倍，疑为一个按元、一个按万元填写。"
            yield Finding("", Verdict.QUESTION, text, (one, other), one.quantity, remedy="核对单位，同一表用一个单位。")


def _speaks_of_money(passage: Passage) -> bool:
    return any(item.is_money for item in passage.figures)


def _around(passage: Passage, start: int, end: int) -> str:
    begin = max(passage.text.rfind(mark, 0, start) for mark in "，。；、：\n") + 1
    return passage.text[max(begin, start - 16) : end].strip()


def _amounts(table: StatedTable) -> list[Figure]:
    columns = table.columns_of(ColumnKind.VALUE)
    return [figure for row in table.rows for column in columns if (figure := table.figure(row.index, column.index))]


def _is_zero(cell: StatedCell) -> bool:
    """Zero is zero with a sign or without."""
    return cell.figure is not None and cell.figure.quantity is not None and cell.figure.quantity.value == 0


def _has_sign(text: str) -> bool:
    return any(mark in text for mark in "%％‰")
