"""Figure tokens in texts: the grammar as a table, and what counts as a number that nobody backs."""

from dataclasses import replace

import pytest
from unit.reports.conftest import example_year

from rongji.checks.computed import may_be_quoted
from rongji.kernel.figure import FigureKey
from rongji.kernel.finding import Verdict
from rongji.reports.comparison import compare_years
from rongji.reports.figures import printed_figures
from rongji.reports.tokens import (
    Missing,
    Token,
    Unbacked,
    UnreadableToken,
    read_token,
    resolve,
    shown_text,
    text_findings,
    unbacked_spans,
    with_tokens,
)

PRINTED = [
    # as stated, the unit behind it
    ("支出{{expenditure.total:actual}}。", "支出10107.87万元。"),
    # the text writes the unit itself: it is not printed twice
    ("支出{{expenditure.total:actual|万元 2}}万元。", "支出10107.87万元。"),
    ("支出{{expenditure.total:actual|亿元 2}}。", "支出1.01亿元。"),
    ("支出{{expenditure.total:actual|元}}。", "支出101078700元。"),
    ("支出{{expenditure.total:actual|万元 0}}。", "支出10108万元。"),
    ("支出{{expenditure.total:actual|-}}（万元）", "支出10107.87（万元）"),
    ("占{{share.basic:rate}}，", "占6.27%，"),
    ("占{{share.basic:rate}}%，", "占6.27%，"),
    ("占{{share.basic:rate|% 1}}，", "占6.3%，"),
    # 名 counts the same persons as 人; 人次 stays what it is
    ("接收{{fact.placed}}名军官", "接收36名军官"),
    ("接待{{fact.visits}}", "接待458人次"),
    # the approximating word belongs to the figure
    ("下拨{{fact.aid}}资金", "下拨420余万元资金"),
    ("下拨{{fact.aid}}余万元", "下拨420余万元"),
    ("下拨{{fact.aid||准}}资金", "下拨420万元资金"),
    ("发放{{fact.paid}}", "发放约3096万元"),
    ("发放约{{fact.paid}}", "发放约3096万元"),
    ("寄送{{fact.letters}}", "寄送25000封以上"),
    ("支出{{expenditure.total:actual|万元 0|约}}", "支出约10108万元"),
    # a clause falls away with its figure
    ("支出{{expenditure.total:actual}}[[，其中项目支出{{expenditure.project:actual}}]]。", "支出10107.87万元。"),
    ("支出[[占{{share.basic:rate}}]]。", "支出占6.27%。"),
]


@pytest.mark.parametrize(("text", "shown"), PRINTED)
def test_a_token_prints_its_figure_with_unit_and_approximating_word(text, shown, some_figures):
    """The number, its unit unless the text writes it, and the figure's own 约, 余, 以上."""
    assert shown_text(text, some_figures) == shown


READ = [
    ("income.total:actual", Token(FigureKey.parse("income.total:actual"))),
    ("income.total:actual@HQ|万元 6", Token(FigureKey.parse("income.total:actual@HQ"), "万元", 6)),
    ("fact.visits|- ", Token(FigureKey.parse("fact.visits"), bare=True)),
    ("fact.aid|-万元 1|约", Token(FigureKey.parse("fact.aid"), "万元", 1, "约", bare=True)),
    ("fact.aid|2", Token(FigureKey.parse("fact.aid"), "", 2)),
]


@pytest.mark.parametrize(("inner", "token"), READ)
def test_a_token_is_read_and_written_back(inner, token):
    """Reading what a token writes of itself gives the same token."""
    assert read_token(inner) == token
    assert read_token(str(token)[2:-2]) == token


@pytest.mark.parametrize("inner", ["", "a|万元 2 3", "a|斤", "a|万元|大概", "a|b|c|d"])
def test_an_odd_token_is_refused_with_the_right_spelling(inner):
    """The sentence shows how a token is written."""
    with pytest.raises(UnreadableToken, match=r"expenditure\.total:actual"):
        read_token(inner)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{fact.nothing}}", "没有编号"),
        ("{{fact.visits|万元}}", "不是同类"),
        ("支出{{expenditure.total:actual|元 2}}万元", "后面却写了“万元”"),
        ("占{{share.basic:rate}}万元", "后面却写了“万元”"),
    ],
)
def test_a_token_that_cannot_be_printed_says_why(text, reason, some_figures):
    """An unknown key or a unit that does not fit never becomes a number."""
    missing = [piece for piece in resolve(text, some_figures) if isinstance(piece, Missing)]
    assert len(missing) == 1
    assert reason in missing[0].reason


HARMLESS = [
    "2021年度", "2018年12月7日", "2020—2022年", "5月下旬", "每月25日前发放",
    "1月至8月", "2019-03-25", "9·30烈士纪念日", "财预〔2020〕10号", "第788号令",
    "第3次会议", "1.移交安置", "2、8月底前发放", "（1）机构情况", "目标1：开展走访",
    "任务12：安置", "附表2", "12345政务服务热线", "GB/T 9704", "A4纸",
    "2080801 死亡抚恤", "一是提高标准；2.完善制度",
]  # fmt: skip


@pytest.mark.parametrize("text", HARMLESS)
def test_dates_numbers_of_documents_and_list_marks_are_no_quantities(text):
    """What is written with digits and counts nothing is left alone."""
    assert list(unbacked_spans(text)) == []


QUANTITIES = [
    ("走访458人次", ["458"]),
    ("支出10107.87万元", ["10107.87"]),
    ("占6.27%", ["6.27"]),
    ("报销比例40-60%", ["40", "60"]),
    ("2021年接待458人次，2022年接待500人次", ["458", "500"]),
    ("投入使用6个月以上", ["6"]),
    ("发放１２３元", ["１２３"]),
    ("共1,234户", ["1,234"]),
    ("每天2次消杀", ["2"]),
]


@pytest.mark.parametrize(("text", "numbers"), QUANTITIES)
def test_a_typed_quantity_is_found(text, numbers):
    """Every typed number that counts something is flagged, years beside it are not."""
    assert [text[start:end] for start, end in unbacked_spans(text)] == numbers


def test_a_typed_number_that_a_figure_states_comes_with_the_token_to_use(some_figures):
    """The clerk is told what to write instead, and one call does it."""
    text = "全年支出10107.87万元，接待458人次，另有77件。"
    found = [piece for piece in resolve(text, some_figures) if isinstance(piece, Unbacked)]
    assert [piece.text for piece in found] == ["10107.87", "458", "77"]
    assert found[0].suggestions == ("{{expenditure.total:actual|万元 2}}",)
    assert found[2].suggestions == ()
    assert shown_text(with_tokens(text, some_figures), some_figures) == text
    assert "{{fact.visits|人次 0}}" in with_tokens(text, some_figures)


def test_what_is_wrong_with_a_text_is_data(some_figures):
    """Findings name the text and what to do; a good text yields none."""
    findings = list(text_findings("overview", "接待458人次，{{fact.nothing}}", some_figures))
    assert [item.verdict for item in findings] == [Verdict.DEFECT, Verdict.DEFECT]
    assert all(item.remedy and item.subject == "overview" for item in findings)
    assert list(text_findings("overview", "接待{{fact.visits}}", some_figures)) == []


@pytest.mark.parametrize("name", ["qingshan-2024", "tianxin-2019", "wangcheng-2021", "yuelu-2021", "yueyang-2022"])
def test_whatever_a_report_can_print_the_check_lets_a_text_quote(name, sources):
    """Stated, derived, scored, compared: no key of a report is called missing by 体检."""
    given = replace(sources(name), prior=example_year("qingshan-2023") if name == "qingshan-2024" else None)
    figures = printed_figures(
        given.year,
        given.book,
        evaluation=given.evaluation,
        projects=dict(given.projects),
        comparisons=compare_years(given.year, given.prior),
    )
    assert [str(item.key) for item in figures if not may_be_quoted(item.key, given.year, given.book)] == []
