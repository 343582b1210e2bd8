"""A workbook that clerks have been at: every bad cell is named by sheet and address, and nothing is half taken."""

from datetime import date

import pytest

from rongji.documents.readers.workbook.number_format import NumberFormat
from rongji.documents.readers.workbook.unpacking import UnreadableWorkbook
from rongji.kernel.figure import FigureKey, Nil, SourceKind, Stage
from rongji.performance.workbook import parse, read_book
from rongji.performance.workbook.yaml_reader import UnreadableYear


def put(sheet, address, value, number_format="General"):
    """An edit: write one cell."""

    def edit(book):
        book[sheet][address] = value
        book[sheet][address].number_format = number_format

    return edit


def rename(sheet, title):
    """An edit: rename a sheet."""

    def edit(book):
        book[sheet].title = title

    return edit


def merge(sheet, area):
    """An edit: merge an area."""
    return lambda book: book[sheet].merge_cells(area)


BAD = [
    # the edit, then: sheet, address, what is said
    (put("收入", "B4", "达标"), "收入", "B4", "不是数字"),
    (put("收入", "C5", "4.3E+17"), "收入", "C5", "科学计数法"),
    (put("收入", "B4", date(2021, 5, 1), "yyyy-mm-dd"), "收入", "B4", "日期"),
    (put("收入", "B4", "=#REF!+1"), "收入", "B4", "公式"),
    (put("收入", "B4", 12345678901234567), "收入", "B4", "超过 15 位"),
    (put("收入", "B4", "=0.1+0.2"), "收入", "B4", "公式没有计算结果"),
    (put("收入", "B4", 12.5, "0.0,"), "收入", "B4", "缩小显示"),
    (put("收入", "B4", 0.86, "0%"), "收入", "B4", "百分比格式"),
    (put("得分与比率", "B4", 0.86), "得分与比率", "B4", "可能是 86%"),
    (put("收入", "A5", "不存在的所"), "收入", "A5", "没有在工作表“机构”中登记"),
    (put("收入", "A6", "HQ"), "收入", "A6", "重复"),
    (put("收入", "B3", "收入总和数"), "收入", "B3", "不认识的表头"),
    (put("收入", "C3", "收入合计"), "收入", "C3", "出现了两次"),
    (merge("收入", "B3:C3"), "收入", "B3:C3", "合并单元格"),
    (merge("收入", "B4:B5"), "收入", "B4:B5", "合并单元格"),
    (rename("收入", "收人"), "收人", "", "不认识的工作表"),
    (put("机构", "A5", "HQ"), "机构", "A5", "重复"),
    (put("机构", "A4", "H/Q"), "机构", "A4", "不能使用的字符"),
    (put("机构", "D4", "也许"), "机构", "D4", "请填 是 或 否"),
    (put("功能分类", "A4", "死亡抚恤"), "功能分类", "A4", "不是科目编码"),
    (put("预算执行", "E7", -3), "预算执行", "E7", "不可能为负"),
    (put("项目", "F4", "两万"), "项目", "F4", "不是数字"),
    (put("绩效指标", "E4", "大于"), "绩效指标", "E4", "不在可选范围内"),
    (put("绩效指标", "H4", "个人"), "绩效指标", "H4", "不在单位表内"),
    (put("绩效指标", "P4", "P09"), "绩效指标", "P4", "没有在工作表“项目”中登记"),
    (put("绩效指标", "T4", "E09"), "绩效指标", "T4", "没有在工作表“佐证材料”中登记"),
    (put("绩效指标", "D4", None), "绩效指标", "D4", "没有填"),
    (put("绩效指标", "N4", "不存在的公式"), "绩效指标", "N4", "没有编号为"),
    (put("业务数据", "G5", "nothing"), "业务数据", "G5", "没有“nothing”这项数据"),
    (put("文中复述", "A4", "expenditure.total:now"), "文中复述", "A4", "无法识别"),
    (put("文中复述", "C4", "人"), "文中复述", "C4", "不能用“人”"),
    (put("问题与措施", "D5", "W9"), "问题与措施", "D5", "不在本表的编码中"),
    (put("基本信息", "B4", "示例县局"), "基本信息", "B4", "不合要求"),
    (put("基本信息", "B6", "二〇二三"), "基本信息", "B6", "不合要求"),
    (put("基本信息", "B7", "national-2999"), "基本信息", "B7", "没有“national-2999”"),
    (put("收入", "K5", "E09"), "收入", "K5", "没有在工作表“佐证材料”中登记"),
]


@pytest.mark.parametrize(("edit", "sheet", "address", "what"), BAD, ids=[f"{row[1]}{row[2]} {row[3]}" for row in BAD])
def test_a_bad_cell_is_named_and_nothing_is_taken(workbook, edit, sheet, address, what):
    """Sheet, address, what is wrong and what to write; the year is None as soon as one cell is an error."""
    year, problems = parse(read_book(workbook(edit)))
    found = [item for item in problems if item.is_error and (item.sheet, item.address) == (sheet, address)]
    assert year is None
    assert any(what in f"{item.what}。{item.remedy}" for item in found), [str(item) for item in problems]


def test_every_bad_cell_is_named_not_only_the_first(workbook):
    """Three sheets, five bad cells, five problems in the order of the workbook."""

    def edit(book):
        for sheet, address, value in [
            ("机构", "D4", "也许"),
            ("收入", "B4", "达标"),
            ("收入", "C5", "-1"),
            ("项目", "F4", "两万"),
            ("绩效指标", "J4", "十分"),
        ]:
            book[sheet][address] = value

    year, problems = parse(read_book(workbook(edit)))
    errors = {(item.sheet, item.address) for item in problems if item.is_error}
    assert year is None
    assert errors == {("机构", "D4"), ("收入", "B4"), ("收入", "C5"), ("项目", "F4"), ("绩效指标", "J4")}


TOLERATED = [
    put("收入", "B3", " 收入合计 "),
    put("收入", "B3", "收入\n合计（万元）"),
    put("收入", "B3", "收入合计(万元)"),
    put("收入", "B3", "收入合计"),
    put("收入", "A4", "合计"),
    put("收入", "A5", "局机关"),
    put("收入", "A5", " HQ"),
    put("收入", "Z3", "备查：我的底稿"),
    put("机构", "D4", "√"),
    put("基本信息", "B6", "2023年度"),
    rename("收入", " 收 入"),
    lambda book: book.create_sheet("备查底稿"),
    lambda book: book.move_sheet("收入", 5),
]


@pytest.mark.parametrize("edit", TOLERATED)
def test_what_carries_no_meaning_is_tolerated(workbook, edit):
    """Blanks, widths, line breaks, units in brackets, the order of sheets and the clerk's own notes change nothing."""
    untouched, _ = parse(read_book(workbook()))
    year, problems = parse(read_book(workbook(edit)))
    assert [str(item) for item in problems if item.is_error] == []
    assert [(f.key, f.quantity) for f in year.figures] == [(f.key, f.quantity) for f in untouched.figures]


def test_the_marked_copy_is_put_right_and_imported(workbook, tmp_path):
    """Bad cells are coloured and commented in a copy; corrected there, it reads like the workbook it came from."""
    import openpyxl

    from rongji.performance.workbook.marked import write_marked

    untouched, _ = parse(read_book(workbook()))
    book = read_book(workbook(lambda book: (put("收入", "B4", "约12.06")(book), put("收入", "A5", "HQ2")(book))))
    _, problems = parse(book)
    write_marked(tmp_path / "marked.xlsx", book, problems)
    marked = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    income = marked["收入"]
    assert "约数词“约”" in income["B4"].comment.text
    assert {income[address].fill.fgColor.rgb for address in ("B4", "A5")} == {"FFFFD9D6"}
    assert [cell.value for cell in marked["备查问题清单"]["D"][3:]] == ["B4", "A5"]
    income["B4"], income["A5"] = "12.06", "HQ"
    marked.save(tmp_path / "marked.xlsx")
    year, problems = parse(read_book(tmp_path / "marked.xlsx"))
    assert [str(item) for item in problems if item.is_error] == []
    assert [(f.key, f.quantity, f.nil) for f in year.figures] == [(f.key, f.quantity, f.nil) for f in untouched.figures]


def test_columns_are_found_by_their_heading_wherever_they_stand(workbook):
    """A clerk moved 上年结转 to the far right: the numbers follow the heading."""

    def edit(book):
        sheet = book["收入"]
        for row in range(3, 7):
            sheet.cell(row, 20).value = sheet.cell(row, 3).value
            sheet.cell(row, 3).value = None

    year, problems = parse(read_book(workbook(edit)))
    assert [str(item) for item in problems if item.is_error] == []
    figure = year.figure("income.carried_over", Stage.ACTUAL, "HQ")
    assert (str(figure.quantity), figure.source.cell) == ("2.06万元", "T5")


def test_a_percent_cell_is_read_as_it_is_shown(workbook):
    """Excel keeps 0.8566 and shows 85.66%: the statement is 85.66%, with its two places."""
    year, _ = parse(read_book(workbook(put("得分与比率", "B4", 0.8566, "0.00%"))))
    figure = year.figure("execution.rate", Stage.RATE)
    assert (figure.printed, str(figure.quantity)) == ("85.66%", "85.66%")


def test_a_missing_sheet_is_pointed_out_and_the_two_needed_ones_are_demanded(workbook):
    """Without 三公经费 the year has no such figures; without 机构 nothing can be read."""
    year, problems = parse(read_book(workbook(lambda book: book.remove(book["三公经费"]))))
    assert year is not None
    assert [item.what for item in problems] == ["缺少工作表“三公经费”，按未填处理"]
    year, problems = parse(read_book(workbook(lambda book: book.remove(book["机构"]))))
    assert year is None
    assert "缺少工作表“机构”" in [item.what for item in problems if item.is_error]


def test_a_unit_without_own_accounts_prints_no_money_of_its_own(workbook):
    """军休所 is consolidated into the bureau proper, so an amount in its row is an error."""

    def edit(book):
        book["收入"]["A7"], book["收入"]["B7"] = "REST", 5

    year, problems = parse(read_book(workbook(edit)))
    assert year is None
    assert [(item.address, item.what) for item in problems if item.is_error] == [("B7", "未单独核算的机构不单列金额")]


def test_an_unknown_code_of_the_year_is_kept_and_pointed_out(workbook):
    """A code that the year's table does not list may be a local one: a warning, not an error."""
    year, problems = parse(read_book(workbook(put("功能分类", "A4", "2089998"))))
    assert FigureKey("expenditure.project", Stage.ACTUAL, "", "functional:2089998") in year.figures
    assert [(item.level.value, item.address) for item in problems] == [("warning", "A4")]


def test_figures_know_where_they_come_from(read_year, small_year):
    """来源 with as many places as numbers goes one to one, otherwise the whole text belongs to each."""
    year, problems = read_year(small_year)
    assert problems == ()
    total = year.figure("income.total", Stage.ACTUAL)
    other = year.figure("income.other", Stage.ACTUAL)
    assert (total.source.note, other.source.note, other.nil) == ("决算 第1行", "决算 第4行", Nil.DASH)
    assert year.figure("income.fiscal", Stage.ACTUAL, "HQ").source.note == "决算 第5行"
    assert total.source.kind is SourceKind.IMPORTED
    assert (total.source.file, total.source.sheet) == ("year.yaml", "收入")
    assert year.figure("income.total", Stage.ACTUAL, "HOME").source.evidence == ("E01",)
    assert year.figure("income.fiscal", Stage.ACTUAL, "HOME").source.evidence == ("E01", "E02")


def test_labels_say_whose_figure_it_is_and_of_what(read_year, small_year):
    """Concept, unit before it, member behind it."""
    year, _ = read_year(small_year)
    assert year.figure("income.total", Stage.ACTUAL, "HOME").label == "光荣院收入合计"
    assert year.figure("expenditure.project", Stage.INITIAL, "", "project:P01").label == "项目支出（走访慰问）"
    assert year.figure("expenditure.project", Stage.ACTUAL, "", "functional:2080801").label == "项目支出（死亡抚恤）"
    assert year.figure("fact.visits").label == "接待来访"


def test_restated_figures_are_further_statements_of_the_same_fact(read_year, small_year):
    """The form's statement leads; the text's statement names its place."""
    year, _ = read_year(small_year)
    statements = year.figures.statements(FigureKey("expenditure.total", Stage.ACTUAL))
    assert [(item.statement, item.printed) for item in statements] == [("form", "8.50"), ("报告正文二", "8.5")]


def test_facts_of_its_own_are_declared_with_their_relations(read_year, small_year):
    """A code in 属于 becomes the key of that fact."""
    year, _ = read_year(small_year)
    concept = next(item for item in year.declared_concepts if item.code == "visits-new")
    assert (concept.label, concept.part_of, concept.unit_name) == ("其中初访", "fact.visits", "人次")
    assert year.figure("fact.visits").vague == "约"


FORMATS = [
    ("General", (False, False, None)),
    ("@", (False, False, None)),
    ("0.00", (False, False, 2)),
    ("#,##0.00_);(#,##0.00)", (False, False, 2)),
    ("0%", (True, False, 0)),
    ('0.0"%"', (False, False, 1)),
    ("0.0,", (False, True, 1)),
    ("#,##0", (False, False, 0)),
    ("[Red]0.00%;-0.00%", (True, False, 2)),
    ("0.00E+00", (False, False, None)),
]


@pytest.mark.parametrize(("code", "shown"), FORMATS)
def test_number_formats_tell_how_a_number_is_shown(code, shown):
    """Percent, scaled down, fixed places; a percent sign in quotes is only a letter."""
    found = NumberFormat(code)
    assert (found.is_percent, found.is_scaled, found.places) == shown


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 not a zip", b"%PDF-1.7", b"\xd0\xcf\x11\xe0 broken"])
def test_a_file_that_is_no_workbook_is_refused_in_words(data):
    """Not a traceback: what to do about it."""
    with pytest.raises(UnreadableWorkbook, match=r"另存为 \.xlsx"):
        read_book(data, "x.xlsx")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("profile: [1, 2]", "名称: 值"),
        ("profile: {a: 1, a: 2}", "写了两次"),
        ("profile: {\n", "写法有误"),
        ("sheets: {units: {code: HQ}}", "一串行"),
    ],
)
def test_a_year_file_that_is_no_year_is_refused_with_its_line(text, why):
    """YAML of the wrong shape names the line."""
    with pytest.raises(UnreadableYear, match=why):
        read_book(text.encode(), "year.yaml")
