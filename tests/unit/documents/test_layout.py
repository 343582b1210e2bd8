"""Layout that all writers share: nothing cut, nothing torn."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.documents import samples

from rongji.documents import layout, paper
from rongji.documents.build import cell, label, paragraph, row, runs, table
from rongji.documents.model import Align, Cell


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 10**12)), min_size=1, max_size=9))
def test_no_number_is_wider_than_its_column(columns):
    """Whatever widths a form asks for, each number keeps to one line, and the table keeps to the page."""
    made = table([width for width, _ in columns], row(*(str(n) for _, n in columns)))
    fitted = layout.fit(made, paper.PORTRAIT.text_width)
    assert sum(fitted.widths) == pytest.approx(paper.PORTRAIT.text_width)
    for width, (_, number) in zip(fitted.widths, columns, strict=True):
        assert layout.width_in_em(str(number)) * fitted.size / paper.POINTS_PER_MM <= width
        assert layout.breakable(str(number), width, fitted.size) == str(number)


def test_asked_widths_are_kept_where_there_is_room():
    """A wide label column stays wide."""
    fitted = layout.fit(table((1, 3), row("甲", "乙")), 156)
    assert fitted.widths == pytest.approx((39.0, 117.0))


def test_six_decimals_in_eight_columns_fit_an_upright_page():
    """The consolidation table of a county bureau stays readable even upright, no number broken."""
    fitted = layout.fit(samples.consolidation_tables()[1], paper.PORTRAIT.text_width)
    assert fitted.size >= 7.5


def test_a_code_wider_than_the_page_is_broken_rather_than_cut():
    """The last resort: break points inside the piece, none of its characters lost."""
    code = "a1" * 200
    fitted = layout.fit(table((1, 1), row(code, "乙")), 156)
    broken = layout.breakable(code, fitted.widths[0], fitted.size)
    assert broken != code
    assert broken.replace("\u200b", "") == code


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("2021年度部门整体支出绩效自评表", ("2021年度部门整体支出绩效自评表",)),
        (
            "示例县退役军人事务局2022年度部门整体支出绩效评价自评报告",
            ("示例县退役军人事务局2022年度", "部门整体支出绩效评价自评报告"),
        ),
    ],
)
def test_titles_break_between_words_into_near_equal_lines(title, lines):
    """Official titles are balanced over their lines."""
    assert layout.balanced(title, 20) == lines


@given(st.text(alphabet="退役军人事务局2022（）、的报告", min_size=1, max_size=90), st.integers(4, 30))
def test_a_balanced_title_keeps_every_character_and_its_room(title, room):
    """Lines joined again are the title; no line is wider than the page."""
    lines = layout.balanced(title, room)
    assert "".join(lines) == title
    assert all(layout.width_in_em(line) <= room + 1 for line in lines)


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        (samples.money("13351.20"), Align.RIGHT),
        (samples.number("10", "分"), Align.CENTER),
        (label("资金来源"), Align.CENTER),
        (cell("达标"), Align.CENTER),
        (cell("各项补助按月足额发放到人，服务对象满意。"), Align.JUSTIFY),
        (cell("达标", align=Align.LEFT), Align.LEFT),
    ],
)
def test_cells_stand_as_forms_have_them(made: Cell, wanted):
    """Money right, labels and short words in the middle, long text justified, unless the form says otherwise."""
    assert layout.alignment(made, 80, 10.5) is wanted


@pytest.mark.parametrize(
    ("text", "characters", "lines"),
    [
        ("整体支出绩效目标及实施计划完成情况", 3.0, "整体|支出|绩效|目标及|实施|计划|完成|情况"),
        ("偏差原因分析及改进措施", 4.5, "偏差原因|分析及|改进措施"),
        ("可持续影响指标", 3.2, "可持续|影响|指标"),
        ("(万元)", 2.85, "(万元)"),
        ("（2）其他资金（包含上年结转）", 8.5, "（2）其他资金|（包含上年结转）"),
    ],
)
def test_a_label_breaks_between_words(text, characters, lines):
    """Narrow columns do not tear 目标 or 实施 apart, and no line is broken that fits."""
    width = characters * 9 / paper.POINTS_PER_MM + 2 * layout.CELL_PADDING_MM
    assert "|".join(layout.label_lines(text, width, 9)) == lines


def test_an_amount_with_its_unit_stands_in_the_middle():
    """3206.33元 among 23处 and 96.32%: only bare amounts of money line up on the right."""
    amount = samples.money("3206.33")
    with_unit = replace(amount, paragraphs=(paragraph("3206.33元", indent=False),))
    assert layout.alignment(amount, 80, 9) is Align.RIGHT
    assert layout.alignment(with_unit, 80, 9) is Align.CENTER


def test_long_text_in_a_narrow_column_is_not_torn_apart():
    """Justified lines of four characters would be all gaps."""
    assert layout.alignment(cell("年中三名对象户籍迁出，四名对象去世。"), 18, 10.5) is Align.LEFT


def test_the_unit_stands_centred_over_the_date():
    """The date four characters in from the edge, the unit above it around the same axis."""
    unit, day = layout.signature_indents((runs("示例县退役军人事务局"), runs("2023年3月31日")))
    assert day == 4
    centre = layout.width_in_em("2023年3月31日") / 2 + day
    assert unit + layout.width_in_em("示例县退役军人事务局") / 2 == pytest.approx(centre)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("甲\t乙", "甲 乙"),
        ("甲\x00\x1f乙", "甲乙"),
        ("甲\r\n乙", "甲\n乙"),
        ("甲\ud800乙", "甲\ufffd乙"),
        ("甲\ufffe", "甲\ufffd"),
    ],
)
def test_characters_that_no_file_may_hold_are_taken_out(text, wanted):
    """Whatever was pasted into a text, the file stays well formed."""
    assert layout.printable(text) == wanted
