"""Which row is part of which: told by the print, borne out by the numbers, and left alone where neither tells."""

from unit.audit.tables.drawn import column_wholes, keys, regions, ruled, wholes

from rongji.checks.stated.model import ColumnKind, Parts, RowKind


def stated(drawing, **options):
    """The one region of a table of amounts."""
    (region,) = regions(ruled(drawing, **{"unit_note": "单位：万元", **options}))
    return region


def sure(region):
    """The rows that are surely all parts of their whole."""
    return {row.label for row in region.rows if row.whole is not None and row.parts is Parts.ALL}


def test_a_code_is_part_of_the_nearest_code_that_begins_it():
    region = stated("""
        科目编码|科目名称|合计|基本支出|项目支出
        208|社会保障和就业支出|300.00|100.00|200.00
        20808|抚恤|200.00||200.00
        2080801|死亡抚恤|50.00||50.00
        2080805|义务兵优待|150.00||150.00
        20828|退役军人管理事务|100.00|100.00|
        210|卫生健康支出|10.00|10.00|
        合计|<|310.00|110.00|200.00
    """)
    assert wholes(region) == {
        "抚恤": "社会保障和就业支出",
        "死亡抚恤": "抚恤",
        "义务兵优待": "抚恤",
        "退役军人管理事务": "社会保障和就业支出",
        "社会保障和就业支出": "合计",
        "卫生健康支出": "合计",
    }
    assert region.columns[0].kind is ColumnKind.CODE
    assert not any(figure.printed in ("208", "20808") for figure in region.figures())
    assert column_wholes(region) == {"基本支出": "合计", "项目支出": "合计"}


def test_codes_without_a_known_heading_are_no_amounts():
    region = stated("""
        |内容|金额
        301|工资福利支出|80.00
        30101|基本工资|50.00
        30102|津贴补贴|30.00
        302|商品和服务支出|20.00
        30201|办公费|20.00
    """)
    assert [column.kind for column in region.columns] == [ColumnKind.CODE, ColumnKind.LABEL, ColumnKind.VALUE]


def test_list_markers_order_the_rows():
    region = stated("""
        项目|决算数
        一、基本支出|61.00
        （一）人员经费|40.50
        （二）公用经费|20.50
        二、项目支出|52.00
        支出合计|113.00
    """)
    assert wholes(region)["（一）人员经费"] == "一、基本支出"
    assert wholes(region)["二、项目支出"] == "支出合计"


def test_sums_without_any_sign_are_found_by_their_numbers():
    region = stated("""
        项目|金额
        合计|100.30
        人员经费|60.10
        工资|40.00
        津贴|20.10
        公用经费|40.20
        办公费|30.10
        差旅费|10.10
    """)
    assert wholes(region) == {
        "人员经费": "合计",
        "工资": "人员经费",
        "津贴": "人员经费",
        "公用经费": "合计",
        "办公费": "公用经费",
        "差旅费": "公用经费",
    }


def test_where_the_list_of_a_part_ends_is_told_by_its_sum():
    region = stated("""
        项目|金额
        商品和服务支出|100.50
        其中：办公费|60.20
        差旅费|40.30
        资本性支出|20.40
        合计|120.90
    """)
    assert wholes(region) == {
        "商品和服务支出": "合计",
        "其中：办公费": "商品和服务支出",
        "差旅费": "商品和服务支出",
        "资本性支出": "合计",
    }


def test_where_neither_print_nor_numbers_tell_nothing_is_said():
    """The rows after 其中 may belong to it or not, and no way adds up: the total is held against none of them."""
    region = stated("""
        项目|金额
        商品和服务支出|100.50
        其中：办公费|60.20
        差旅费|38.30
        资本性支出|20.40
        合计|125.90
    """)
    assert wholes(region) == {"其中：办公费": "商品和服务支出"}


def test_a_plain_total_is_held_against_its_rows_even_when_it_is_wrong():
    region = stated("""
        乡镇|金额
        柳溪镇|60.20
        平川镇|38.30
        合计|99.50
    """)
    assert wholes(region) == {"柳溪镇": "合计", "平川镇": "合计"}
    assert sure(region) == {"柳溪镇", "平川镇"}


def test_facts_that_only_stand_in_one_list_are_no_parts_of_each_other():
    region = stated("""
        项目|本年数|上年数
        收入合计|1162.79|1081.99
        支出合计|1141.52|1069.38
        三公经费|11.18|12.23
        公务接待费|3.14|3.50
    """)
    assert wholes(region) == {}


def test_a_subtotal_sums_its_block_and_the_total_the_subtotals():
    region = stated("""
        类别|项目|金额
        人员经费|工资|40.10
        ^|津贴|20.20
        ^|小计|60.30
        公用经费|办公费|30.10
        ^|差旅费|10.10
        ^|小计|40.20
        总计|<|100.50
    """)
    rows = {row.index: row for row in region.rows}
    above = {row.path: rows[row.whole].path for row in region.rows if row.whole is not None}
    assert above[("人员经费", "工资")] == ("人员经费", "小计")
    assert above[("公用经费", "差旅费")] == ("公用经费", "小计")
    assert above[("公用经费", "小计")] == ("总计",)
    assert [row.kind for row in region.rows].count(RowKind.SUBTOTAL) == 2


def test_a_deduction_enters_with_a_minus():
    region = stated("""
        项目|金额
        本年收入|120.50
        减：上缴上级支出|20.20
        合计|100.30
    """)
    assert [row.sign for row in region.rows] == [1, -1, 1]
    assert wholes(region) == {"本年收入": "合计", "减：上缴上级支出": "合计"}


def test_labels_across_the_top_and_years_down_the_side():
    region = stated("""
        年度|人员编制|实有人数|基本支出|项目支出|支出合计
        2022年|20|18|100.10|200.20|300.30
        2023年|20|19|110.20|210.30|320.50
    """)
    assert {
        "人员编制#year:2022",
        "实有人数#year:2023",
        "基本支出:prior#year:2022",
        "支出合计:actual#year:2023",
    } <= keys(region)
    assert column_wholes(region) == {"基本支出": "支出合计", "项目支出": "支出合计"}


def test_bases_down_the_side():
    region = stated("""
        项目|基本支出|项目支出
        年初预算数|100.10|200.20
        决算数|90.10|180.20
        执行率|90.01%|90.01%
    """)
    assert {"基本支出:initial#year:2023", "项目支出:actual#year:2023"} <= keys(region)


def test_headings_that_stand_again_on_a_new_page_do_not_cut_the_table():
    region = stated("""
        项目|预算数|执行数
        河道治理|300.00|290.00
        项目|预算数|执行数
        水库除险|200.00|180.00
        合计|500.00|470.00
    """)
    assert wholes(region) == {"河道治理": "合计", "水库除险": "合计"}


def test_a_row_that_counts_the_columns_is_no_row_of_numbers():
    region = stated("""
        项目|预算数|执行数
        栏次|1|2
        河道治理|300.00|290.00
        合计|300.00|290.00
    """)
    assert [row.label for row in region.rows] == ["河道治理", "合计"]
    assert region.columns[1].path == ("预算数",)


def test_parts_that_leave_the_total_far_behind_are_not_surely_all():
    """Nothing shows which rows make the total: it is not taken for the sum of all of them."""
    region = stated("""
        项目|金额
        教育支出|100.00
        小学|70.50
        中学|60.20
        合计|101.00
    """)
    assert sure(region) == set()


def test_last_year_in_a_table_of_a_year_is_the_year_before():
    region = stated(
        """
        项目|本年数|上年数
        三公经费|11.18|12.23
        """,
        caption="主要数据对比表（2022年度）",
    )
    assert keys(region) == {"三公经费:prior#year:2022", "三公经费:actual#year:2021"}
