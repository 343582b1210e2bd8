"""Running text into passages: what each number is of, where it stands, under which headings."""

import pytest
from unit.audit.prose.report import TITLE, passage, report

from rongji.audit.context import context_of
from rongji.audit.prose import passages_of
from rongji.checks.stated.phrase import Against, Role
from rongji.documents.model import Cell, Document, Paragraph, Row, Table, Text, Title
from rongji.kernel.place import Place

CALLED = [
    # text, what its numbers are called
    ("2023年基本支出633.75万元。", ["基本支出"]),
    ("全局共有行政编制 8 人、事业编制15人。", ["行政编制", "事业编制"]),
    ("其中用于临时救助188.27万元。", ["临时救助"]),
    ("4113名优抚对象领取补助。", ["优抚对象"]),
    ("组建22 支志愿服务队。", ["志愿服务队"]),
    ("处置网上舆情53起。", ["处置网上舆情"]),
    ("车辆 1 台 4.2 万元。", ["车辆", "车辆"]),
    ("因公出国（境）费0.50万元。", ["因公出国（境）费"]),
    ("青山县民政局共有在职人员12人。", ["在职人员"]),
    ("上年度总收入为845.61万元。", ["上年总收入"]),
    ("行政运行（项）。年初预算为80万元，支出决算为90万元。", ["行政运行（项）年初预算", "行政运行（项）支出决算"]),
    ("公务接待费支出预算为5万元，支出决算为4万元。", ["公务接待费支出预算", "公务接待费支出决算"]),
    ("收入总计120万元，比上年增加20万元，增长20%。", ["收入总计", "收入总计增加额", "收入总计增长率"]),
    ("支出100万元，其中设备购置60万元，占60%。", ["支出", "设备购置", "设备购置占比"]),
    ("完成情况：100.0%。", ["完成情况"]),
]

ROLES = [
    ("基本支出10万元", Role.AMOUNT),
    ("基本支出占比6.27%", Role.SHARE),
    ("占支出合计的6.27%", Role.SHARE),
    ("办结率100%", Role.RATE),
    ("完成年初预算的110%", Role.RATE),
    ("比上年增加3万元", Role.CHANGE),
    ("同比增收3万元", Role.CHANGE),
    ("满意度比上年提高2个百分点", Role.CHANGE),
    ("同比下降4.5%", Role.GROWTH),
    ("人均补助1000元", Role.EACH),
    ("补助每人1000元", Role.EACH),
    ("单价50万元以上设备", Role.LIMIT),
    ("接待费不超过3万元", Role.LIMIT),
    ("人数增加到3人", Role.AFTER),
]


@pytest.mark.parametrize(("text", "names"), CALLED, ids=[text for text, _ in CALLED])
def test_a_number_is_called_by_the_noun_beside_it(text: str, names: list[str]):
    assert [item.label for item in passage(text).figures] == names


@pytest.mark.parametrize(("text", "role"), ROLES, ids=[text for text, _ in ROLES])
def test_a_number_has_a_role_in_its_sentence(text: str, role: Role):
    assert [item.phrase.role for item in passage(text).mentions if item.phrase] == [role]


def test_a_change_knows_its_direction_and_what_it_is_against():
    read = passage("收入较年初预算减少5万元，与2022年相比增加3万元，下降2%。").mentions
    phrases = [item.phrase for item in read if item.phrase]
    assert [(item.sign, item.against) for item in phrases] == [
        (-1, Against.INITIAL),
        (1, Against.PRIOR),
        (-1, Against.PRIOR),
    ]


def test_dates_numbers_of_documents_and_ordinals_are_no_quantities():
    text = "根据财预〔2020〕10号文件，2023年3月5日召开第2次会议，完成1+3+N建设，热线12345畅通。"
    assert passage(text).figures == ()


def test_the_same_fact_has_the_same_key_wherever_it_is_printed():
    first, second = report("2023年项目支出93.5万元。", "涉及项目支出93.5万元，用于救助。").passages[1:]
    assert first.figures[0].key == second.figures[0].key


@pytest.mark.parametrize(
    "texts",
    [
        (
            "完成36名转业军官接收工作。",
            "完成2名转业军官配偶随调工作。",
        ),  # counted things are no facts of the department
        ("2023年项目支出93万元。", "2022年项目支出93万元。"),
        ("年初预算为80万元。", "支出决算为80万元。"),
        ("其他支出10万元。", "其他支出10万元。"),  # said of any whole
        ("基本支出预算10万元。", "基本支出10万元。"),
    ],
)
def test_what_may_be_different_facts_has_different_keys(texts: tuple[str, str]):
    first, second = report(*texts).passages[1:]
    assert first.figures[0].key != second.figures[0].key


def test_spending_of_one_fund_is_not_the_spending_of_all():
    whole, fund = report("基本支出100万元。", "# 六、一般公共预算财政拨款支出决算情况", "基本支出100万元。").passages[
        1::2
    ]
    assert whole.figures[0].key != fund.figures[0].key


def test_a_number_stands_where_its_line_is():
    lines = (Text("秋冬季为 1", place=Place(line=7)), Text("78名退役士兵发放补助246万元。", place=Place(line=8)))
    document = Document(TITLE, (Title((TITLE,)), Paragraph(lines)))
    read = passages_of(document, context_of(document))[-1]
    count, amount = read.figures
    assert count.quantity and count.quantity.value == 178
    assert count.source.at == Place(line=7, span=(5, 6))
    assert amount.source.at == Place(line=8, span=(11, 16))


def test_headings_are_known_by_their_number_even_in_plain_paragraphs():
    text = report("一、部门概况", "（一）人员情况", "年末实有人数12人，其中在职10人。").passages[-1]
    assert text.heading == ("一、部门概况", "（一）人员情况")


def test_a_paragraph_that_ends_with_a_semicolon_goes_on():
    read = report("支出合计100万元，其中：基本支出60万元；", "项目支出40万元。").passages[1:]
    assert [len(item.figures) for item in read] == [3]


def test_prose_in_a_cell_is_a_passage_and_a_label_is_none():
    def cell(text: str) -> Cell:
        return Cell((Paragraph((Text(text),)),))

    prose = cell("全年发放救助资金120万元，惠及群众1500人；资金使用规范，群众满意。")
    table = Table((1, 1), (Row((cell("年度工作完成情况"), prose)),))
    document = Document(TITLE, (Title((TITLE,)), table))
    read = passages_of(document, context_of(document))
    assert [item.text for item in read[1:]] == [prose.text]


def test_a_number_that_lost_its_unit_takes_that_of_its_neighbours():
    figures = passage("其中：抚恤45.97万元；卫生健康支出71.57；其他支出4.39万元。").figures
    assert [item.quantity.unit_name for item in figures if item.quantity] == ["万元"] * 3
