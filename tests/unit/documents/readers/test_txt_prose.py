"""Running text: lines that the page's width broke become paragraphs again, and every piece still knows its line."""

import pytest
from unit.documents.readers.reading import outline, places, read

# 26 characters to the line, as a pdf converter leaves them: a blank line after each, the indents lost.
WRAPPED = """\
2022年度青山县退役军人事务局

部门整体支出绩效自评报告

一、基本情况

青山县退役军人事务局是县政府工作部门，内设办公室、优

抚股、安置股，下属单位有光荣院和服务中心。

全年接收安置退役士兵，为自主就业的一百余人和其他的 1

78名退役士兵发放一次性补助246万元，安排资金 13 万元。

共为符合条件的对象发放优待金，人均标准提高到一千余元，
\f 覆盖全县各乡镇。

青山县退役军人事务局

2023年3月1日
"""


def test_wrapped_lines_are_paragraphs_again():
    assert outline(read(WRAPPED).document) == [
        ("title", "2022年度青山县退役军人事务局|部门整体支出绩效自评报告"),
        ("h1", "一、基本情况"),
        (
            "body",
            "青山县退役军人事务局是县政府工作部门，内设办公室、优抚股、安置股，下属单位有光荣院和服务中心。",
        ),
        (
            "body",
            "全年接收安置退役士兵，为自主就业的一百余人和其他的 178名退役士兵发放一次性补助246万元，安排资金 13 万元。"
            "共为符合条件的对象发放优待金，人均标准提高到一千余元，覆盖全县各乡镇。",
        ),
        ("signed", "青山县退役军人事务局|2023年3月1日"),
    ]


def test_a_number_broken_by_the_line_reads_whole_and_both_lines_are_known():
    runs = [run for run in read(WRAPPED).document.runs() if run.place.line in (11, 13)]
    assert [run.text[-1:] + run.text[:3] for run in runs] == ["1全年接", "。78名"]
    assert runs[1].place.span == (0, len(runs[1].text))


def test_a_page_break_inside_a_line_counts_no_line():
    """Lines are numbered as an editor shows them."""
    lines = WRAPPED.split("\n")
    after = next(run for run in read(WRAPPED).document.runs() if run.text.startswith("覆盖"))
    assert lines[after.place.line - 1] == "\f 覆盖全县各乡镇。"
    assert after.place.span == (2, 10)


def test_page_numbers_do_not_part_a_sentence():
    text = WRAPPED.replace("\f ", "\n— 3 —\n\n\f")
    assert outline(read(text).document) == outline(read(WRAPPED).document)


def test_paragraphs_on_one_line_each_stay_apart():
    text = (
        "一、概况\n本单位编制10人，实有12人。\n全年支出392.52万元，其中人员支出353.38万元，公用支出39.14万元，"
        "比上年略有增加，主要原因是标准提高。\n二、问题\n一是预算编制不够细化。\n"
    )
    kinds = [kind for kind, _ in outline(read(text).document)]
    assert kinds == ["h1", "body", "body", "h1", "body"]


def test_an_indented_first_line_begins_a_paragraph():
    """The line before is full and ends its sentence; only the indent tells."""
    line = "青山县退役军人事务局承担全县退役军人的移交安置工作和服务"
    text = (
        f"　　{line[:-2]}，\n{line}，\n{line[:-4]}各项工作。\n　　{line[:-2]}，\n{line}，\n{line[:-4]}各项工作。\n" * 3
    )
    assert len(outline(read(text).document)) == 6


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("一、部门概况", "h1"),
        ("第一部分 部门概况", "h1"),
        ("（二）收支情况", "h2"),
        ("1．基本支出", "h3"),
        ("2、项目支出", "h3"),
        ("（3）人员情况", "h4"),
        ("1、基本支出392.52万元", "body"),
        ("一、加强预算管理，严格执行预算。", "body"),
        ("2022年全年接待来访12批次", "body"),
        ("3.5万元用于慰问", "body"),
        ("注：数字四舍五入", "note"),
        ("附件2", "attachment"),
    ],
)
def test_what_a_line_is(line, kind):
    """A heading is numbered, short and states nothing; an item that states an amount is text."""
    text = f"本段是正文，说明有关情况，文字足够长，并且以句号结束。\n{line}\n本段是正文，说明其他情况，文字也足够长。\n"
    assert outline(read(text).document)[1] == (kind, line)


@pytest.mark.parametrize(
    "cells",
    [("收入合计", "11084.12", "1250.33", "9833.79"), ("1、局机关", "10422.5", "1200.0", "9222.5")],
)
def test_numbers_on_lines_of_their_own_are_never_run_together(cells):
    """A form flattened without any mark: better no table than a number that nobody printed."""
    prose = "（一）宣传和执行退役军人工作的法律法规，拟订全区事业计划并组织落实。\n" * 6
    document = read(prose + "\n".join(cells * 3) + "\n").document
    texts = [text for _, text in outline(document)][6:]
    assert texts == list(cells * 3)


ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_usual_encoding(encoding):
    text = "2022年度青山县绩效自评报告\n\n全年支出392.52万元。\n"
    assert outline(read(text.encode(encoding)).document) == [
        ("title", "2022年度青山县绩效自评报告"),
        ("body", "全年支出392.52万元。"),
    ]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_counts_one_line(ends):
    assert [place["line"] for place in places(read(f"甲。{ends}{ends}乙。{ends}").document)] == [1, 3]


def test_a_few_damaged_characters_are_noted():
    data = ("全年支出392.52万元，" * 60).encode()
    found = read(data[:12] + b"\xff" + data[12:])
    assert found.notes == ("有 1 处文字无法识别（乱码），请核对原文。",)
