"""Reads the matrix sheets: one figure per cell, its row a unit, a fixed item, a code or a typed member."""

import re
from dataclasses import dataclass

from rongji.kernel.figure import Figure, FigureKey
from rongji.kernel.units import UnitKind, unit
from rongji.performance.workbook.figures import Draft, figure_label, figures_of_row, may_be_negative
from rongji.performance.workbook.headers import BoundSheet
from rongji.performance.workbook.layout import WHOLE_BUREAU, Column, Item, squeeze
from rongji.performance.workbook.reading import Reading, RowReader
from rongji.performance.workbook.words import read_text

_CODED = re.compile(r"(\d{3}|\d{5}|\d{7})(\D.*)?")
_UNSAFE = re.compile(r"[#@{}|:：]")
_WHOLE_WORDS = {WHOLE_BUREAU, "合计", "总计"}


@dataclass(frozen=True)
class MatrixRow:
    """What a row of a matrix stands for."""

    identity: str
    unit_code: str = ""
    member: str = ""
    member_name: str = ""
    item: Item | None = None
    keeps_own_accounts: bool = True


def read_matrix(reading: Reading, bound: BoundSheet) -> list[Figure]:
    """Every figure of one matrix sheet, in reading order."""
    seen: set[str] = set()
    figures: list[Figure] = []
    for raw in bound.rows:
        row = RowReader(reading, bound, raw)
        head = _row_head(row)
        if head is None:
            continue
        if head.identity in seen:
            row.error("row", f"“{row.cell('row').text}”重复了", "每一行只填一次，请合并或删除")
        seen.add(head.identity)
        figures += figures_of_row(row, _drafts(row, head))
    return figures


def _row_head(row: RowReader) -> MatrixRow | None:
    text = row.read("row", read_text, "")
    if not text:
        return None
    if row.bound.sheet.rows != "fixed" and squeeze(text) in _WHOLE_WORDS:
        return MatrixRow("")
    match row.bound.sheet.rows:
        case "units":
            return _unit_row(row, text)
        case "fixed":
            return _fixed_row(row, text)
        case "functional" | "economic":
            return _coded_row(row, text)
        case "projects":
            code = row.known("row", row.reading.projects, "项目")
            return MatrixRow(code, member=f"project:{code}")
        case _:
            return _typed_row(row, text)


def _unit_row(row: RowReader, text: str) -> MatrixRow | None:
    wanted = squeeze(text)
    for code, found in row.reading.units.items():
        if wanted in (squeeze(code), squeeze(found.name), squeeze(f"{code} {found.name}")):
            return MatrixRow(code, unit_code=code, keeps_own_accounts=found.keeps_own_accounts)
    known = "、".join((WHOLE_BUREAU, *row.reading.units))
    row.error("row", f"“{text}”没有在工作表“机构”中登记", f"请填机构编码或名称（{known}），或先在“机构”中补上")
    return None


def _fixed_row(row: RowReader, text: str) -> MatrixRow | None:
    item = row.bound.sheet.item_named(text)
    if item is None:
        titles = "、".join(found.title for found in row.bound.sheet.items)
        row.error("row", f"不认识的项目“{text}”", f"请用模板中的项目名称：{titles}")
        return None
    return MatrixRow(item.id, item=item)


def _coded_row(row: RowReader, text: str) -> MatrixRow | None:
    found = _CODED.fullmatch(squeeze(text))
    if found is None:
        row.error("row", f"“{text}”不是科目编码", "请填 3、5 或 7 位数字的科目编码，如 2080801")
        return None
    code, axis = found.group(1), row.bound.sheet.axis
    name = row.reading.vocabulary.code_name(axis, code)
    if name is None and row.reading.vocabulary.codes.get(axis):
        row.warn("row", f"科目编码 {code} 不在当年科目表内，已按所写保留", "请对照当年政府收支分类科目核对")
    return MatrixRow(code, member=f"{axis}:{code}", member_name=name or (found.group(2) or "").strip())


def _typed_row(row: RowReader, text: str) -> MatrixRow | None:
    if _UNSAFE.search(text):
        row.error("row", f"“{text}”含有不能使用的符号", "名称中请不要用冒号和 # @ { } |")
        return None
    return MatrixRow(text, member=f"{row.bound.sheet.axis}:{text}", member_name=text)


def _drafts(row: RowReader, head: MatrixRow) -> list[Draft]:
    found = []
    for column in row.bound.sheet.columns:
        unit_name = column.unit or (head.item.unit if head.item else "")
        key = _key(column, head)
        stated = row.number(column.id, unit_name, may_be_negative=may_be_negative(key))
        if stated is None:
            continue
        if not head.keeps_own_accounts and unit(unit_name).kind is UnitKind.MONEY:
            row.error(column.id, "未单独核算的机构不单列金额", "请并入局机关；如已单独核算，请在“机构”表改为“是”")
        member_name = column.title if column.member else head.member_name
        found.append(Draft(key, figure_label(row.reading, key, member_name), column, stated))
    return found


def _key(column: Column, head: MatrixRow) -> FigureKey:
    concept = column.concept or (head.item.concept if head.item else "")
    stage = column.stage or (head.item.stage if head.item else column.stage)
    return FigureKey(concept, stage, head.unit_code, column.member or head.member)
