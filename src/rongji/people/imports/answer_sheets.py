"""How the sheets that we write look, and what stands in them as an example."""

import re
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from rongji.law.asked import Asked, AskedKind, SecretKind

KIND_HINTS = {
    AskedKind.TEXT: "文字。",
    AskedKind.LONG: "文字，可以分段。",
    AskedKind.DAY: "日期，写成 2024-10-01；Excel 的日期格式也可以。",
    AskedKind.MONTH: "月份，写成 2024-10。",
    AskedKind.COUNT: "准确的整数，不写约、近、余、多。",
    AskedKind.DECIMAL: "准确的数，可以有小数，不写约、近、余、多。",
    AskedKind.MONEY: "金额，以元为单位。",
    AskedKind.CHOICE: "从下拉清单中选择。",
    AskedKind.FLAG: "是 或 否。",
    AskedKind.PERSON: "档案号、身份证号，或“姓名 村名”；须是已建档的人员。",
    AskedKind.STATION: "机构或服务站的名称或编码，可从下拉清单中选择。",
    AskedKind.RECORD: "所属登记的名称，或 #编号。",
    AskedKind.SECRET: "完整的号码，按文本填写；加密保存，导出时遮盖，遮盖过的留着不动就是不改。",
}
_SAMPLES = {
    AskedKind.TEXT: "示例文字",
    AskedKind.LONG: "示例文字",
    AskedKind.DAY: "2024-03-01",
    AskedKind.MONTH: "2024-03",
    AskedKind.COUNT: "12",
    AskedKind.DECIMAL: "1.5",
    AskedKind.MONEY: "1200.50",
    AskedKind.FLAG: "是",
    AskedKind.PERSON: "张示例 红星村",
    AskedKind.RECORD: "所属登记的名称",
}
_NUMBER_SAMPLES = {SecretKind.PHONE: "13800000000", SecretKind.ID_NUMBER: "", SecretKind.ACCOUNT: "6222020000000000000"}
_WIDTHS = {
    AskedKind.LONG: 40,
    AskedKind.TEXT: 22,
    AskedKind.STATION: 22,
    AskedKind.PERSON: 20,
    AskedKind.RECORD: 24,
    AskedKind.SECRET: 22,
}
_NARROWEST = 12
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")


def sample_of(asked: Asked) -> str:
    """An answer as it may look."""
    if asked.number:
        return _NUMBER_SAMPLES[asked.number]
    return asked.choices[0] if asked.choices else _SAMPLES.get(asked.kind, "")


def width_of(asked: Asked) -> int:
    """The width of a column, in characters."""
    return max(_WIDTHS.get(asked.kind, _NARROWEST), 2 * len(asked.label) + 3)


def sheet_title(label: str) -> str:
    """A label as far as a sheet may be called that."""
    return _NOT_IN_TITLES.sub("、", label)[:31]


def print_well(sheet: Worksheet, columns: int) -> None:
    """A4 across, all columns on one page, the headings on every page, and a row that stays while one scrolls."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(0.4, 0.4, 0.5, 0.5)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.set_row(0, 30)
    sheet.freeze_panes(1, 1)
    sheet.set_selection(1, min(1, columns), 1, min(1, columns))


def heading_formats(book: Workbook) -> dict[str, Any]:
    """The formats of a table of answers: text throughout, so that nothing typed is changed by Excel."""
    head = {
        "bold": True, "align": "center", "valign": "vcenter", "border": 1, "border_color": "#D9CFC7",
        "num_format": "@", "font_name": "微软雅黑", "font_size": 10, "text_wrap": True,
    }  # fmt: skip
    body = {"num_format": "@", "font_name": "宋体", "font_size": 10, "valign": "vcenter"}
    ruled = {**body, "border": 1, "border_color": "#E4DCD5"}
    return {
        "text": book.add_format(body),
        "cell": book.add_format(ruled),
        "wrapped": book.add_format({**ruled, "text_wrap": True}),
        "number": book.add_format({**ruled, "num_format": "General", "align": "right"}),
        "needed": book.add_format({**head, "font_color": "#FFFFFF", "bg_color": "#8C1D18"}),
        "plain": book.add_format({**head, "font_color": "#3A2A25", "bg_color": "#F3E9E1"}),
        "sample": book.add_format({**body, "italic": True, "font_color": "#8A817C", "bg_color": "#F7F5F3"}),
        "key": book.add_format({**ruled, "font_color": "#8A817C", "align": "center"}),
    }
