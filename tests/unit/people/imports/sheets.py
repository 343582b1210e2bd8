"""Small rosters of invented people, written the ways offices write them."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from rongji.kernel.identity_number import check_character
from rongji.people.imports.judging import Setting
from rongji.people.imports.words import Categories, Category
from rongji.people.synthetic import card_number

TODAY = date(2024, 10, 8)
CATEGORIES = Categories.of(
    [
        Category("11", "残疾军人", needs_grade=True),
        Category("21", "烈士遗属"),
        Category("42", "带病回乡退伍军人"),
        Category("51", "参战退役人员"),
        Category("61", "参试退役人员（含铀矿开采）"),
        Category("81", "60周岁以上农村籍退役士兵", needs_years=True),
    ]
)
SETTING = Setting(TODAY, CATEGORIES)
HEADINGS = ("姓名", "身份证号", "人员类别", "残疾等级", "残疾性质", "批准时间")


def number_of(serial: int, born: str = "19580305", area: str = "990621") -> str:
    """An ID number that is right and nobody's; odd serials are men's."""
    body = f"{area}{born}{serial:03d}"
    return body + check_character(body)


def account_of(serial: int) -> str:
    """A card number that is right and nobody's."""
    return card_number(f"629999{serial:012d}")


def workbook(
    sheets: dict[str, Sequence[Sequence[Any]]], merges: Sequence[str] = (), hidden: Sequence[int] = ()
) -> bytes:
    """An .xlsx file; merges: areas of the first sheet, hidden: its rows from 1."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for place, (title, rows) in enumerate(sheets.items()):
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value != "":
                        sheet.write(number, column, value)
            for area in merges if not place else ():
                first = area.split(":")[0]
                column, number = ord(first[0]) - 65, int(first[1:]) - 1
                sheet.merge_range(area, rows[number][column])
            for number in hidden if not place else ():
                sheet.set_row(number - 1, None, None, {"hidden": True})
    return target.getvalue()
