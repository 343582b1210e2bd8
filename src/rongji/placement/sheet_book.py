"""The published points sheet as a workbook: the order, one row a candidate, and the lines to reckon again."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from rongji.documents.writers.archive import without_clock
from rongji.placement.notice import Rows, composition_said, summary_of
from rongji.placement.types import CohortFacts

NOTICE, LINES = "公示名单", "积分明细"
ORDER_COLUMNS = (
    "名次", "编号", "姓名", "总分", "排序分", "名次说明", "退役年度", "退役季次", "安置地区划", "法规知悉日", "人员",
    "入伍日期", "退役日期", "服役各段", "出生日期", "抽签号",
)  # fmt: skip
"""What is the same on every line of a candidate: once, on the first page."""
LINE_COLUMNS = (
    "名次", "编号", "姓名", "项目", "档次", "起始日期", "截止日期", "数量", "计分方式", "单分", "得分", "说明", "依据",
)  # fmt: skip
_WIDTHS = {
    "名次": 6, "编号": 6, "姓名": 10, "退役年度": 6, "退役季次": 8, "安置地区划": 9, "法规知悉日": 11, "人员": 6,
    "入伍日期": 11, "退役日期": 11, "服役各段": 50, "出生日期": 11, "抽签号": 6, "项目": 16, "档次": 12, "起始日期": 11,
    "截止日期": 11, "数量": 7, "计分方式": 15, "单分": 7, "得分": 8, "总分": 8, "排序分": 8, "说明": 64,
    "名次说明": 36, "依据": 34,
}  # fmt: skip
_NUMBERS = frozenset({"名次", "编号", "总分", "排序分", "退役年度", "抽签号", "数量", "单分", "得分"})
_CENTERED = frozenset(
    {
        "退役季次", "安置地区划", "法规知悉日", "人员", "入伍日期", "退役日期", "出生日期", "起始日期", "截止日期",
        "计分方式", "姓名", "档次",
    }
)  # fmt: skip
_HEAD_ROW = 3
_BORDER = "#BFB7B0"


def workbook(cohort: CohortFacts, rows: Rows) -> bytes:
    """The workbook, the same bytes for the same sheet. Written row by row, so that ten thousand take seconds."""
    buffer = BytesIO()
    with Workbook(buffer, {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}) as book:
        dated = cohort.published_on
        book.set_properties({
            "title": f"{cohort.title}积分表", "keywords": f"bureau={cohort.bureau}; digest={cohort.digest}",
            "created": datetime.combine(dated, time(), UTC) if dated else datetime(2000, 1, 1, tzinfo=UTC),
        })  # fmt: skip
        styles = _styles(book)
        made_of = composition_said(rows)
        said = f"公示 {cohort.published_on} 至 {cohort.notice_until}。" + (f"排序分：{made_of}。" if made_of else "")
        _write(
            book.add_worksheet(NOTICE), styles, f"{cohort.title}选岗顺序", said, cohort, ORDER_COLUMNS, summary_of(rows)
        )
        lines = "每行一项得分，列明事实、算法和依据；两张表合起来可以复算每人的得分和全部名次。"
        _write(book.add_worksheet(LINES), styles, f"{cohort.title}积分明细", lines, cohort, LINE_COLUMNS, rows)
    return without_clock(buffer.getvalue())


def _write(
    sheet: Worksheet, styles: Mapping[str, Any], title: str, said: str, cohort: CohortFacts, names: Sequence[str],
    rows: Rows,
) -> None:  # fmt: skip
    """A page: title, what it is, digest, headings that stay, and the rows."""
    for index, name in enumerate(names):
        sheet.set_column(index, index, _WIDTHS[name])
    _print_set_up(sheet, len(names))
    for row, (text, style) in enumerate(((title, "title"), (said, "note"), (f"内容摘要 {cohort.digest}", "note"))):
        sheet.set_row(row, 30 if row == 0 else 16)
        sheet.write_string(row, 0, text, styles[style])
    sheet.set_row(_HEAD_ROW, 30)
    for index, name in enumerate(names):
        sheet.write_string(_HEAD_ROW, index, name, styles["head"])
    kinds = [(index, name, styles[_style_of(name)], name in _NUMBERS) for index, name in enumerate(names)]
    for number, item in enumerate(rows, _HEAD_ROW + 1):
        for index, name, style, is_number in kinds:
            _cell(sheet, number, index, item[name], style, is_number)


def _cell(sheet: Worksheet, row: int, column: int, text: str, style: Any, is_number: bool) -> None:
    if not text:
        sheet.write_blank(row, column, None, style)
    elif is_number and (number := _number(text)) is not None:
        sheet.write_number(row, column, number, style)
    else:
        sheet.write_string(row, column, text, style)


def _number(text: str) -> Decimal | None:
    """The number that a cell prints; None for words like 不计分 and 缺考."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _style_of(name: str) -> str:
    return "number" if name in _NUMBERS else "center" if name in _CENTERED else "text"


def _print_set_up(sheet: Worksheet, columns: int) -> None:
    """A4 across, all columns on one page, title and headings on every page."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.freeze_panes(_HEAD_ROW + 1, 3)
    sheet.hide_gridlines(2)


def _styles(book: Workbook) -> dict[str, Any]:
    body = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "border": 1, "border_color": _BORDER}
    return {
        "title": book.add_format({"font_name": "黑体", "font_size": 16, "valign": "vcenter"}),
        "note": book.add_format({"font_name": "宋体", "font_size": 9, "font_color": "#6B625C", "valign": "vcenter"}),
        "head": book.add_format({
            **body, "bold": True, "align": "center", "bg_color": "#F3E9E1", "text_wrap": True,
        }),
        "text": book.add_format({**body, "indent": 1}),
        "center": book.add_format({**body, "align": "center"}),
        "number": book.add_format({**body, "align": "center"}),
    }  # fmt: skip
