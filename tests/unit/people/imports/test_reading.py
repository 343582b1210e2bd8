"""A roster as a whole: headings wherever they stand, rows that are no persons, what contradicts itself."""

from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.people.imports.sheets import HEADINGS, SETTING, account_of, number_of, workbook

from rongji.documents.readers.ole import MAGIC
from rongji.documents.readers.workbook.unpacking import UnreadableWorkbook
from rongji.kernel.month import Month
from rongji.people.imports.judging import Setting
from rongji.people.imports.reading import RosterReader, read_roster
from rongji.people.imports.rows import Aside
from rongji.people.imports.source import open_roster
from rongji.people.types import Sex

GOOD = ("张三", number_of(11), "残疾军人", "七级", "因战", "1985-06-01")


def read(sheets, file="名册.xlsx", setting=SETTING, **options):
    """Rows and the reading of a roster."""
    return read_roster(open_roster(workbook(sheets, **options), file), setting)


def told(reading) -> list[tuple[str, str]]:
    """Address and words of every problem."""
    return [(item.address, item.what) for item in reading.problems.kept]


def one_problem(reading):
    """The only problem there is."""
    assert len(reading.problems.kept) == 1, told(reading)
    return reading.problems.kept[0]


def test_a_plain_roster():
    """One row of headings, one person; birth and sex come from the number."""
    (row,), reading = read({"名册": [HEADINGS, GOOD]})
    assert told(reading) == []
    assert (row.name, row.category, row.grade, row.cause, row.sex) == ("张三", "11", 7, "因战", Sex.MALE)
    assert str(row.born_on) == "1958-03-05"
    assert row.row == 2


def test_titles_two_rows_of_headings_totals_and_signatures():
    """What stands above and below is passed over knowingly and counted; the category comes from the title."""
    sheet = [
        ["某县2024年带病回乡退伍军人花名册", "", "", "", ""],
        ["填报单位：某局", "", "", "", ""],
        ["序号", "优抚对象姓名", "公民身份号码", "家庭住址", "", "认定"],
        ["", "", "", "乡镇", "村（居）", "时间"],
        [1, "李 四", number_of(13), "青石镇", "红星村", "2001.7"],
        ["小计", "", "", "", "", 1],
        ["序号", "优抚对象姓名", "公民身份号码", "乡镇", "村（居）", "时间"],
        [2, "王五", number_of(15), "白云镇", "向阳村", "2001年7月9日"],
        [3, "", "", "", "", ""],
        ["", "", "", "", "", ""],
        ["合计", "2人"],
        ["注：本表一式两份", "", "", "", ""],
        ["制表人：赵某", "", "", "审核人：钱某", ""],
    ]
    merges = ("A1:F1", "A3:A4", "B3:B4", "C3:C4", "D3:E3")
    rows, reading = read({"Sheet1": sheet}, merges=merges)
    assert told(reading) == []
    assert [(row.name, row.category, row.village) for row in rows] == [
        ("李四", "42", "青石镇红星村"),
        ("王五", "42", "白云镇向阳村"),
    ]
    assert rows[0].by_month == ("approved_on",)
    asides = reading.tally.asides
    assert (asides[Aside.TOTAL], asides[Aside.HEADING], asides[Aside.SIGNATURE], asides[Aside.NOTE]) == (2, 1, 1, 1)
    assert any("只写到月" in note for note in reading.tally.notes())


def test_one_sheet_for_each_category():
    """The name of the sheet says who is on it; a person may be on two."""
    headings = ("姓名", "证件号码", "享受待遇起始时间")
    rows, reading = read(
        {
            "参战": [headings, ("张三", number_of(11), "2010年8月")],
            "参试退役人员": [headings, ("张三", number_of(11), "2010-08"), ("李四", number_of(13), "201009")],
            "填表说明": [["请各乡镇于月底前上报"]],
        }
    )
    assert [row.category for row in rows] == ["51", "61", "61"]
    assert rows[2].benefit_from == Month.of(2010, 9)
    assert "找不到表头" in one_problem(reading).what


@pytest.mark.parametrize(
    ("change", "address", "words"),
    [
        ({0: ""}, "A2", "没有填姓名"),
        ({1: ""}, "B2", "没有填身份证号"),
        ({1: number_of(11)[:-1] + ("0" if number_of(11)[-1] != "0" else "1")}, "B2", "校验码"),
        ({1: "4.30621E+17"}, "B2", "科学记数"),
        ({1: 4.30621195803051e17}, "B2", "前 15 位"),
        ({2: "残疾军仁"}, "C2", "不认识"),
        ({2: ""}, "C2", "没有填人员类别"),
        ({3: ""}, "D2", "没有填残疾等级"),
        ({4: ""}, "E2", "没有残疾性质"),
        ({4: "因病"}, "D2", "因病致残没有 7 级"),
        ({5: ""}, "F2", "没有批准时间"),
        ({5: "85.6"}, "F2", "两位"),
        ({5: "2031-01-01"}, "F2", "在今天之后"),
        ({5: "1950-01-01"}, "F2", "早于出生日期"),
    ],
)  # fmt: skip
def test_every_slip_is_told_at_its_cell(change, address, words):
    """One slip, one problem, with what to do."""
    row = [change.get(place, value) for place, value in enumerate(GOOD)]
    rows, reading = read({"名册": [HEADINGS, row]})
    assert rows == []
    problem = one_problem(reading)
    assert (problem.address, problem.is_error) == (address, True)
    assert words in problem.what
    assert problem.remedy


@pytest.mark.parametrize(
    ("headings", "values", "words", "is_error"),
    [
        (("性别",), ("女",), "性别与身份证号不一致", True),
        (("出生年月",), ("1959.3",), "出生日期与身份证号不一致", True),
        (("入伍时间", "退伍时间"), ("1978-12-01", "1977-12-01"), "早于入伍时间", True),
        (("死亡时间",), ("2025-01-01",), "在今天之后", True),
        (("死亡时间",), ("1980-01-01",), "在死亡时间", True),
        (("停发时间",), ("1980-01-01",), "早于起始时间", True),
        (("户名", "一卡通账号"), ("李四", account_of(1)), "与姓名不同", True),
        (("社保卡号",), (account_of(1)[:-1] + "9",), "校验位", False),
        (("联系电话",), ("1380013",), "电话有误", False),
        (("开户行",), ("农业银行",), "没有账号", False),
        (("服役年限", "入伍时间", "退役时间"), ("9", "1978-12-01", "1982-12-01"), "不符", False),
        (("奇怪的列",), ("内容",), "不认识", False),
    ],
)  # fmt: skip
def test_what_contradicts_itself_and_what_is_only_odd(headings, values, words, is_error):
    """Errors stop; warnings are told and taken."""
    rows, reading = read({"名册": [(*HEADINGS, *headings), (*GOOD, *values)]})
    problem = one_problem(reading)
    assert words in problem.what
    assert problem.is_error is is_error
    assert len(rows) == (0 if is_error else 1)


def test_the_same_person_account_or_number_twice():
    """Within one file, with the place of the first."""
    headings = (*HEADINGS, "账号")
    first = (*GOOD, account_of(1))
    rows, reading = read(
        {
            "名册": [
                headings, first, first,
                ("张四", *GOOD[1:], account_of(2)),
                ("李四", number_of(13), *GOOD[2:], account_of(1)),
            ]
        }
    )  # fmt: skip
    assert len(rows) == 1
    assert [(item.address, "第 2 行" in item.what) for item in reading.problems.kept] == [
        ("B3", True), ("A4", True), ("G5", True),
    ]  # fmt: skip


def test_a_person_without_a_number_needs_birth_and_sex():
    """Taken with a warning when both are told."""
    headings = ("姓名", "身份证号", "性别", "出生日期", "批准时间", "类别")
    row = ("张三", "", "男", "1958-03-05", "1985-06-01", "参战")
    (found,), reading = read({"名册": [headings, row]})
    assert str(found.born_on) == "1958-03-05"
    assert "没有身份证号" in one_problem(reading).what
    rows, reading = read({"名册": [headings, (*row[:2], "", *row[3:])]})
    assert rows == []
    assert "性别也要填" in one_problem(reading).what


def test_hidden_rows_are_read_and_told():
    """Nobody should import what nobody has seen."""
    rows, reading = read({"名册": [HEADINGS, GOOD, ("李四", number_of(13), *GOOD[2:])]}, hidden=[3])
    assert len(rows) == 2
    assert "隐藏的行" in one_problem(reading).what


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_csv_in_any_encoding(encoding):
    """As exported from other systems."""
    text = "\r\n".join(",".join(line) for line in (HEADINGS, GOOD))
    rows, reading = read_roster(open_roster(text.encode(encoding), "名册.csv"), SETTING)
    assert told(reading) == []
    assert [row.name for row in rows] == ["张三"]


def test_a_month_for_all_rows_that_name_none():
    """Given with the import, where the roster has no such column."""
    sheet = [HEADINGS[:5], GOOD[:5]]
    assert read({"名册": sheet})[0] == []
    rows, reading = read({"名册": sheet}, setting=Setting(SETTING.today, SETTING.categories, Month.of(2024, 1)))
    assert told(reading) == []
    assert len(rows) == 1


def test_formulas_without_a_result_are_named():
    """A file that no Excel has computed yet."""
    data = workbook({"名册": [HEADINGS, GOOD]})
    import zipfile
    from io import BytesIO

    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(target, "w") as made:
        for item in source.infolist():
            content = source.read(item)
            if item.filename.endswith("sheet1.xml"):
                content = content.replace(b'<c r="D2" t="s"><v>9</v></c>', b'<c r="D2"><f>A1</f><v></v></c>')
                assert b"<f>A1</f>" in content
            made.writestr(item, content)
    _, reading = read_roster(open_roster(target.getvalue(), "名册.xlsx"), SETTING)
    assert ("D2", "公式出错或没有计算结果") in told(reading)


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, b"\x00\x01\x02" * 50]
)
def test_what_is_no_roster_is_refused(data):
    """With what to do."""
    with pytest.raises(UnreadableWorkbook):
        open_roster(data, "坏文件.xlsx")


CELLS = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12),
    st.floats(allow_nan=False, allow_infinity=False, width=32), st.booleans(),
    st.sampled_from([*GOOD, *HEADINGS, "合计", "制表人：某", "4.3E+17", 21249, "58.3"]),
)  # fmt: skip


@given(st.lists(st.lists(CELLS, min_size=6, max_size=7), max_size=8))
@settings(max_examples=60)
def test_any_table_gives_persons_or_problems_and_never_breaks(table):
    """Whatever stands below the headings."""
    lines = [HEADINGS, *table]
    text = "\n".join(",".join('"' + str(value).replace('"', '""') + '"' for value in line) for line in lines)
    rows, reading = read_roster(open_roster(text.encode(), "名册.csv"), SETTING)
    assert isinstance(reading, RosterReader)
    asides = sum(reading.tally.asides.values())
    assert reading.tally.persons + asides + 1 == reading.tally.rows
    assert len(rows) == reading.tally.persons or reading.problems.errors


def test_a_total_may_stand_under_the_heading_of_id_numbers():
    """合计 with 3人 beside it is no person, and neither is a row that numbers the columns."""
    headings = ("序号", "姓名", "身份证号", "批准时间")
    sheet = [headings, (1, 2, 3, 4), (1, "张三", number_of(11), "2010-08"), ("", "合计", "1人", "")]
    rows, reading = read({"参战人员": sheet})
    assert (len(rows), told(reading)) == (1, [])
    assert (reading.tally.asides[Aside.TOTAL], reading.tally.asides[Aside.NUMBERING]) == (1, 1)


def test_days_told_to_the_month_are_counted_over_all_sheets():
    """One sentence for each heading, however many sheets there are."""
    headings = ("姓名", "身份证号", "批准时间")
    sheets = {
        "参战": [headings, ("张三", number_of(11), "2010-08")],
        "参试": [headings, ("李四", number_of(13), "2010-8")],
    }
    _, reading = read(sheets)
    assert reading.tally.notes() == ["“批准时间”有 2 格只写到月，按当月 1 日登记"]


def test_two_categories_in_one_cell_are_two_rows():
    """They are not guessed apart."""
    _, reading = read({"名册": [HEADINGS, (*GOOD[:2], "残疾军人、参战人员", *GOOD[3:])]})
    problem = one_problem(reading)
    assert ("2个人员类别" in problem.what, "每种写一行" in problem.remedy) == (True, True)


def test_a_formula_without_a_result_is_one_problem():
    """The day that it would have told is not missed as well."""
    target = BytesIO()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "参战人员"
    sheet.append(["姓名", "身份证号", "批准时间"])
    sheet.append(["张三", number_of(11), "=DATE(2012,5,1)"])
    book.save(target)
    _, reading = read_roster(open_roster(target.getvalue(), "名册.xlsx"), SETTING)
    assert told(reading) == [("C2", "公式出错或没有计算结果")]


def container(*names: str) -> bytes:
    """An archive that holds parts of those names."""
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "<a/>")
    return target.getvalue()


OTHER_FILES = [
    ("a text document", container("[Content_Types].xml", "word/document.xml"), "是 Word 文档"),
    ("an archive", container("a.txt"), "不是 Excel 工作簿"),
    ("with a password", MAGIC + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(4000), "加了打开密码"),
    ("nothing", b"", "文件是空的"),
]


@pytest.mark.parametrize(("data", "why"), [case[1:] for case in OTHER_FILES], ids=[case[0] for case in OTHER_FILES])
def test_what_is_no_workbook_is_told_by_what_it_is(data, why):
    """Whatever its name says."""
    with pytest.raises(UnreadableWorkbook, match=why):
        open_roster(data, "名册.xlsx")


def test_a_number_in_the_name_of_the_file_is_masked():
    """The name goes into the trail and into the evidence."""
    assert number_of(11) not in open_roster(workbook({"a": [HEADINGS]}), f"{number_of(11)}.xlsx").name
