"""A table whose columns cannot be told is marked, and a number without a place is not put into one."""

import pytest
from unit.audit.tables.drawn import amounts, flattened, keys, regions

from rongji.audit.stated import stated
from rongji.documents.model import Cell, Document, Paragraph, Row, Table, Text
from rongji.kernel.place import Place


def loose(*rows: tuple[str, ...]) -> Table:
    """A table without spans from rows of different length."""
    width = max(len(row) for row in rows)
    made = []
    for r, row in enumerate(rows):
        place = Place(file="drawn", table=1, row=r + 1)
        cells = [Cell((Paragraph((Text(text, place=place),)),) if text else (), place=place) for text in row]
        made.append(Row((*cells, *(Cell() for _ in range(width - len(row))))))
    return Table((1,) * width, tuple(made), spans_known=False)


def test_a_short_row_whose_numbers_fit_two_columns_makes_the_table_uncertain():
    (region,) = regions(
        loose(
            ("项目", "预算数（万元）", "执行数（万元）", "结余（万元）"),
            ("河道治理", "300.00", "290.00", "10.00"),
            ("水库除险", "200.00", "180.00", "20.00"),
            ("道路养护", "50.00", "50.00"),
        )
    )
    assert not region.certain
    assert "第4行" in region.doubt


def test_what_was_left_alone_is_said():
    heads = ("项目", "预算数（万元）", "执行数（万元）", "结余（万元）")
    rows = ("河道治理", "300.00", "290.00", "10.00"), ("水库除险", "200.00", "180.00", "20.00")
    sure = stated(Document("部门决算", (loose(heads, *rows),)), "made.txt")
    unsure = stated(Document("部门决算", (loose(heads, *rows, ("道路养护", "50.00", "50.00")),)), "made.txt")
    assert sure.notes == ()
    (note,) = unsure.notes
    assert note.startswith("第1张表有部分没有核对：第4行")


def test_a_short_row_of_words_does_no_harm():
    (region,) = regions(
        loose(
            ("项目", "预算数（万元）", "执行数（万元）"),
            ("河道治理", "300.00", "290.00"),
            ("水库除险", "纳入下年预算"),
        )
    )
    assert region.certain


def test_a_total_finds_the_columns_of_its_points():
    """总分 100 98.6: the label runs over all columns before the points, whatever was lost."""
    (region,) = regions(
        loose(
            ("一级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因"),
            ("产出指标", "发放补助", "300人", "300人", "60", "58.6", ""),
            ("效益指标", "群众满意", "≥90%", "95%", "40", "40", ""),
            ("总分", "100", "98.6", ""),
        )
    )
    assert region.certain
    assert amounts(region)[-1] == ["·", "·", "·", "·", "100分", "98.6分", "·"]


def test_groups_of_headings_that_could_be_cut_in_two_ways_claim_no_parts():
    drawing = """
        机构|合计|其中：|<|其中：|<
        ^|^|甲类|乙类|丙类|丁类
        局机关|10.00|1.00|2.00|3.00|4.50
        服务中心|20.00|2.00|4.00|6.00|8.50
    """
    (region,) = regions(flattened(drawing, unit_note="单位：万元"))
    assert region.certain
    assert all(column.whole is None for column in region.columns)


@pytest.mark.parametrize("text", ["约定", "详见附件", "100（含结转20）", "12月底前", "2021年"])
def test_a_cell_that_states_no_amount_has_no_figure(text):
    (region,) = regions(loose(("项目", "金额（万元）"), ("河道治理", text), ("水库除险", "5.00")))
    assert amounts(region)[0] == ["·", "·"]


def test_numbers_of_one_name_in_one_table_are_not_one_fact():
    (region,) = regions(
        loose(
            ("二级指标", "三级指标", "年度指标值", "实际完成值"),
            ("数量指标", "发放优抚对象补助", "300人", "300人"),
            ("时效指标", "发放优抚对象补助", "12次", "12次"),
        )
    )
    assert keys(region) == set()
