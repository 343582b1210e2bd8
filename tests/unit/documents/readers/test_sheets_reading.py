"""Workbooks as documents: what is printed, where it stands, what nobody sees."""

import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.styles import Alignment
from unit.documents.readers.reading import ABOVE, LEFT, outline, places, read, shown, tables

from rongji.documents.readers.workbook.number_format import NumberFormat


def book(*sheets, **edits):
    """A workbook of sheets given as rows; an edit gets the first sheet."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for number, rows in enumerate(sheets, 1):
        sheet = made.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(row)
    for edit in edits.values():
        edit(made)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def formatted(address, code):
    def edit(made):
        made.worksheets[0][address].number_format = code

    return edit


INCOME = [
    ["收入决算表"],
    [None, None, None, "公开02表"],
    ["部门：青山县退役军人事务局", None, None, "金额单位：万元"],
    ["项目", "合计", "其中", None],
    [None, None, "结转", "拨款"],
    ["机关", 110.5, 10.5, 100],
    ["光荣院", 20, None, 20],
    ["合计", 130.5, 10.5, 120],
    ["注：本表反映全年收入。"],
]


def merged(made):
    sheet = made.worksheets[0]
    for area in ("A1:D1", "A4:A5", "B4:B5", "C4:D4", "A9:D9"):
        sheet.merge_cells(area)


def test_a_sheet_is_lines_a_table_and_a_note():
    found = read(book(INCOME, edit=merged), "示例.xlsx").document
    assert outline(found) == [
        ("body", "公开02表"),
        ("body", "部门：青山县退役军人事务局"),
        ("table", "收入决算表"),
        ("note", "注：本表反映全年收入。"),
    ]
    (table,) = found.tables()
    assert table.unit_note == "金额单位：万元"
    assert shown(table) == [
        ["项目", "合计", "其中", LEFT],
        [ABOVE, ABOVE, "结转", "拨款"],
        ["机关", "110.5", "10.5", "100"],
        ["光荣院", "20", "", "20"],
        ["合计", "130.5", "10.5", "120"],
    ]


def test_every_piece_knows_sheet_and_cell():
    found = places(read(book(INCOME, edit=merged), "示例.xlsx").document)
    assert found[0] == {"file": "示例.xlsx", "sheet": "表1", "cell": "D2"}
    assert {"file": "示例.xlsx", "sheet": "表1", "cell": "B6"} in found


@pytest.mark.parametrize(
    ("value", "code", "printed", "exact"),
    [
        (13351.2, "General", "13351.2", "13351.2"),
        (13351.2, "0.00", "13351.20", "13351.2"),
        (13351.196, "#,##0.00", "13,351.20", "13351.196"),
        (0.856575, "0.00%", "85.66%", "85.6575"),
        (-12.5, "#,##0.000_);(#,##0.000)", "(12.500)", "-12.5"),
        (12345678, '#,##0.00,"千"', "12,345.68千", "12345678"),
    ],
)
def test_numbers_as_they_are_printed_with_the_exact_decimal(value, code, printed, exact):
    data = book([["项目", "金额"], ["甲", value]], edit=formatted("B2", code))
    cell = tables(data, "示例.xlsx")[0].rows[1].cells[1]
    assert (cell.text, cell.quantity.value) == (printed, Decimal(exact))


FORMATS = [
    # code, number, what is printed
    ("0", "2.5", "3"),
    ("#,##0", "1234567.4", "1,234,567"),
    ("0.0000", "1.5", "1.5000"),
    ("0.##", "1.5", "1.5"),
    ("0.0#", "1", "1.0"),
    ("000", "7", "007"),
    ("#", "0", ""),
    ("0%", "0.985", "99%"),
    ("0.0,", "12345", "12.3"),
    ('0.00"万元"', "3.14159", "3.14万元"),
    ("[$¥-804]#,##0.00", "5", "¥5.00"),
    ("[Red]0.0;[Blue]-0.0", "-1.25", "-1.3"),
    ("0.00;(0.00)", "-1", "(1.00)"),
    ('0.00;-0.00;"－"', "0", "－"),
    ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0", "-"),
    ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1234.5", "1,234.50"),
    ("[>=10000]0.00;0.0", "3.14", "3.1"),
    ("General", "123456789012", "123456789012"),
    ("General", "0.12345678901", "0.123456789"),
    ("", "1234567.891234", "1234567.891"),
    ("@", "12.5", "12.5"),
    ("G/通用格式", "12.5", "12.5"),
    ("0.00E+00", "12345", "12345"),
]


@pytest.mark.parametrize(("code", "value", "printed"), FORMATS)
def test_number_formats(code, value, printed):
    assert NumberFormat(code).shown(Decimal(value)) == printed


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("yyyy/m/d", "2021/5/1"),
        ('yyyy"年"m"月"d"日"', "2021年5月1日"),
        ('yyyy"年"', "2021年"),
        ("yyyy-mm-dd", "2021-05-01"),
        ("yy.mm", "21.05"),
    ],
)
def test_days_as_they_are_printed(code, printed):
    from datetime import datetime

    def edit(made):
        made.worksheets[0]["B2"] = datetime(2021, 5, 1)
        made.worksheets[0]["B2"].number_format = code

    (table,) = tables(book([["项目", "日期"], ["甲", None]], edit=edit), "示例.xlsx")
    assert table.rows[1].cells[1].text == printed


def test_tables_are_parted_by_blank_rows():
    rows = [["甲表"], ["项目", "金额"], ["一", 1], [], ["乙表"], ["名称", "数量", "单位"], ["二", 2, "个"]]
    assert outline(read(book(rows), "示例.xlsx").document) == [("table", "甲表"), ("table", "乙表")]
    assert [len(table.columns) for table in tables(book(rows), "示例.xlsx")] == [2, 3]


@pytest.mark.parametrize(
    ("rows", "heights"),
    [
        ([["项目", "预算", "执行"], ["一", 3, 2], [], ["二", 4, 4], ["合计", 7, 6]], [4]),
        ([["项目", "预算", "执行"], ["一", "3", "2"], [], ["合计", "3", "2"]], [3]),
        ([["项目", "金额"], ["一", 3], [], ["合计", 3]], [3]),
        ([["项目", "金额"], ["合计", 3], [], ["人数", 3]], [2, 1]),  # 合计之后另起
        ([["项目", "预算", "执行"], ["一", 3, 2], [], ["乡镇", "预算", "执行"], ["东", 4, 4]], [2, 2]),
        ([["项目", "预算"], ["一", 3], [], ["二", 4, 4, 5]], [2, 1]),
    ],
)
def test_a_blank_row_inside_a_table_parts_nothing(rows, heights):
    """Rows of numbers under the columns of the table above need its headings."""
    assert [len(table.rows) for table in tables(book(rows), "示例.xlsx")] == heights


def test_columns_that_only_serve_another_table_fall_away():
    """Two tables one above the other share the columns of the sheet; in each only its own are left."""
    rows = [["项目", None, "金额"], ["一", None, 1]]

    def edit(made):
        for area in ("A1:B1", "A2:B2"):
            made.worksheets[0].merge_cells(area)

    assert shown(tables(book(rows, edit=edit), "示例.xlsx")[0]) == [["项目", "金额"], ["一", "1"]]


def test_what_nobody_sees_is_noted():
    """A hidden sheet is not read; hidden rows are, because the totals count them."""

    def edit(made):
        made.worksheets[1].sheet_state = "hidden"
        made.worksheets[0].row_dimensions[3].hidden = True
        made.worksheets[0].column_dimensions["B"].hidden = True

    found = read(book([["项目", "金额"], ["甲", 1], ["乙", 2], ["合计", 3]], [["底稿", 1]], edit=edit), "示例.xlsx")
    assert found.notes == (
        "工作表“表1”有 1 行、1 列是隐藏的，仍按表内数字读取。",
        "工作表“表2”是隐藏的，没有读取。",
    )
    assert len(next(found.document.tables()).rows) == 4


def test_macros_are_noted_and_not_read():
    buffer = io.BytesIO(book([["项目", "金额"], ["甲", 1]]))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\x00")
    found = read(buffer.getvalue(), "示例.xlsm")
    assert found.notes == ("文件带有宏；宏没有运行，也没有读取。",)
    assert shown(next(found.document.tables())) == [["项目", "金额"], ["甲", "1"]]


def test_formulas_without_a_result_are_noted():
    found = read(book([["项目", "金额"], ["合计", "=SUM(B1:B1)"]]), "示例.xlsx")
    assert found.notes == ("工作表“表1”有 1 个公式没有保存计算结果，请用 Excel 或 WPS 打开后保存再检查。",)
    assert shown(next(found.document.tables()))[1] == ["合计", ""]


def test_lines_inside_a_cell():
    def edit(made):
        made.worksheets[0]["B1"].alignment = Alignment(wrap_text=True)

    (table,) = tables(book([["指标", "公共财\n政拨款"], ["甲", "（一）宣传。\n（二）接收。"]], edit=edit), "示例.xlsx")
    assert table.rows[0].cells[1].text == "公共财政拨款"
    assert [paragraph.text for paragraph in table.rows[1].cells[1].paragraphs] == ["（一）宣传。", "（二）接收。"]


def test_several_sheets_keep_their_names():
    document = read(book([["甲", "乙"], ["一", 1]], [["丙", "丁"], ["二", 2]]), "示例.xlsx").document
    assert [getattr(block, "name", "") for block in document.blocks] == ["表1", "", "表2", ""]


@pytest.mark.documents
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_old_and_open_workbooks_read_like_new_ones(ending, office, tmp_path):
    """The number formats come from the file itself in each of them."""

    def edit(made):
        merged(made)
        made.worksheets[0]["B6"].number_format = "#,##0.00"
        made.worksheets[0]["C6"].number_format = "0.0%"
        made.worksheets[1].sheet_state = "hidden"

    data = book(INCOME, [["底稿", 1]], edit=edit)
    path = tmp_path / "示例.xlsx"
    path.write_bytes(data)
    converted = read(office(path, ending).read_bytes(), f"示例.{ending}")
    straight = read(data, "示例.xlsx")
    assert converted.kind == ending
    assert converted.notes == straight.notes
    assert outline(converted.document) == outline(straight.document)
    assert [shown(table) for table in converted.document.tables()] == [
        shown(table) for table in straight.document.tables()
    ]
    assert [cell.quantity for cell in next(converted.document.tables()).rows[2].cells] == [
        cell.quantity for cell in next(straight.document.tables()).rows[2].cells
    ]
