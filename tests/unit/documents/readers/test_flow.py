"""Lines into paragraphs, whatever they come from: by width, indent, punctuation and numbering."""

import pytest

from rongji.documents.model import Heading, Paragraph, SignatureBlock, Title
from rongji.documents.readers import flow
from rongji.documents.readers.cells import cell_at, cell_of
from rongji.documents.readers.flow import Line
from rongji.kernel.place import Place

FULL = "青山县退役军人事务局承担全县退役军人的移交安置工作和服务"  # 28 characters


def lines(*texts, left=0.0, gap=0, indents=()):
    """Lines at a common left edge; those by number in `indents` stand two characters in."""
    made = []
    for number, text in enumerate(texts):
        start = left + (4 if number in indents else 0)
        place = Place(line=number + 1)
        made.append(Line(text, place, start, start + flow.text_width(text), gap if number else 0))
    return made


def joined(*texts, **options):
    return ["".join(line.text for line in group) for group in flow.paragraphs(lines(*texts, **options))]


def test_full_lines_run_on_and_a_short_one_ends():
    assert joined(FULL, FULL, "全部完成。", FULL, "结束。") == [FULL * 2 + "全部完成。", FULL + "结束。"]


@pytest.mark.parametrize("left", [0.0, 12.0, 90.0])
@pytest.mark.parametrize("gap", [0, 1])
def test_neither_the_margin_nor_even_spacing_matters(left, gap):
    assert len(joined(FULL, FULL, FULL, "全部完成。", FULL, "结束。", left=left, gap=gap)) == 2


def test_an_indent_begins_a_paragraph_though_the_line_before_is_full():
    whole = FULL[:-1] + "。"
    texts = [FULL[:-2], whole, FULL[:-2], FULL, whole, FULL[:-2], whole]
    assert [len(text) // 20 for text in joined(*texts, indents=(0, 2, 5))] == [2, 4, 2]


@pytest.mark.parametrize("start", ["一、收支", "（一）收支", "1.收支", "①收支", "任务2：收支", "附件1：收支"])
def test_a_number_begins_a_paragraph(start):
    assert joined(FULL, FULL, FULL[:-1] + "。", start)[-1] == start


@pytest.mark.parametrize("rest", ["，其余照旧。", "）和其他。", "。"])
def test_a_line_never_begins_with_what_closes(rest):
    assert joined("短句", rest) == ["短句" + rest]


def test_a_number_moved_whole_to_the_next_line_leaves_a_gap_behind():
    assert len(joined(FULL, FULL[:-5], "10107.87万元，" + FULL[:20], FULL, "完成。")) == 1


@pytest.mark.parametrize(("before", "after"), [("392.52", "413.73"), ("合计", "392.52"), ("一、基本支出", "说明")])
def test_short_lines_by_themselves_stay_apart(before, after):
    assert joined(FULL, FULL, FULL, "完成。", before, after)[-2:] == [before, after]


def test_latin_words_keep_their_space():
    (group,) = flow.paragraphs(lines("本系统采用 Open", "Document 格式。")[:1])
    assert flow.joined_runs([*group, Line("Document 格式。", Place(line=2))])[0].text == "本系统采用 Open "


def test_blocks_of_a_report():
    texts = [
        "附件2",
        "青山县2022年度",
        "绩效自评报告",
        "一、概况",
        "正文说明。",
        "青山县事务局",
        "2023年3月1日",
        "附件：表",
    ]
    made = flow.blocks([[line] for line in lines(*texts)], opens=True)
    kinds = [type(block) for block in made]
    assert kinds == [Paragraph, Title, Heading, Paragraph, SignatureBlock, Paragraph]


@pytest.mark.parametrize(
    ("parts", "paragraphs"),
    [
        (["公共财", "政拨款"], ["公共财政拨款"]),
        (["整体资金", "（万元）"], ["整体资金（万元）"]),
        (["13351.", "27"], ["13351.27"]),
        (["1,234", ",567"], ["1,234,567"]),
        (["13351", "27"], ["13351", "27"]),
        (["95%", "98%"], ["95%", "98%"]),
        (["指标1：", "指标2：", "……"], ["指标1：", "指标2：", "……"]),
        (["完成了全部工作。", "没有结余"], ["完成了全部工作。", "没有结余"]),
        (["", "甲", " ", "乙"], ["甲乙"]),
    ],
)
def test_lines_of_a_narrow_cell(parts, paragraphs):
    """Words and decimals are joined; two numbers under each other stay two numbers."""
    cell = cell_at(parts, Place(table=1, row=1, column=1))
    assert [paragraph.text for paragraph in cell.paragraphs] == paragraphs
    spans = [run.place.span for paragraph in cell.paragraphs for run in paragraph.runs]
    assert [cell.text[slice(*span)] for span in spans if span] == [part.strip() for part in parts if part.strip()]


def test_an_empty_cell_still_stands_somewhere():
    assert cell_of([Line("", Place(line=3))]) == cell_at([""], Place(line=3))
