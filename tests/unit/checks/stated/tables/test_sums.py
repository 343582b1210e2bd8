"""Totals of tables: what adds up, what is rounding, what cannot be true, and what only looks wrong."""

from decimal import Decimal

import pytest
from unit.checks.stated.builder import accused, column, found, row, table, verdicts

FUNDS = [
    column("项目", "label"),
    column("全年预算数", stage="adjusted", unit="万元"),
    column("全年执行数", stage="actual", unit="万元"),
]


def funds(*rows):
    return table(FUNDS, list(rows))


def test_sources_that_do_not_make_their_total():
    """Both columns fail by themselves: 13351.2 against 13381.62, 11436.27 against 11436.30."""
    result = found(
        "rows-add-up",
        funds(
            row("资金来源/合计", "13351.2", "11436.27", kind="total"),
            row("（1）财政拨款", "7547.08", "6701.89", whole=0),
            row("（2）其他资金", "5834.54", "4734.41", whole=0),
        ),
    )
    assert [item.verdict for item in result] == ["contradiction", "contradiction"]
    assert [item.difference for item in result] == [Decimal("-30.42"), Decimal("-0.03")]


def test_levels_hold_and_the_last_place_may_be_rounded():
    result = verdicts(
        "rows-add-up",
        funds(
            row("合计", "13351.2", "11436.3", kind="total"),
            row("（1）基本支出", "413.73", "392.52", whole=0),
            row("其中：人员支出", "374.51", "353.38", whole=1, parts="unknown", kind="part", number="其中："),
            row("公用支出", "39.22", "39.13", whole=1, parts="unknown", kind="part"),
            row("（2）项目支出", "12937.47", "11043.75", whole=0),
        ),
    )
    assert sorted(result) == ["holds", "holds", "holds", "rounding"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("100.00", "60.00", "40.00", ""), "holds"),
        (("100.00", "60.00", "30.00", ""), "question"),  # 空白处可能是 10
        (("100.00", "60.00", "50.00", ""), "contradiction"),  # 已经超出，空白补不回来
        (("100.00", "60.00", "30.00", "－"), "contradiction"),  # －: 没有
        (("100.00", "60.00", "30.00", "0"), "contradiction"),
        (("100.00", "60.00", "39.99", "0"), "rounding"),
        (("", "60.00", "39.99", "0"), None),  # 没有合计，无从核对
    ],
)
def test_blank_is_not_nothing(cells, expected):
    total, *parts = cells
    rows = [row("合计", total, kind="total"), *(row(f"项目{n}", text, whole=0) for n, text in enumerate(parts))]
    result = verdicts("rows-add-up", table(FUNDS[:2], rows))
    assert result == ([expected] if expected else [])


def test_a_blank_means_nothing_where_the_same_column_is_blank_in_lines_that_close():
    """Nobody has 政府基金 in this table; then its blank explains no gap."""
    columns = [
        column("机构", "label"),
        column("收入合计", unit="万元"),
        *(column(name, unit="万元", whole=1, parts="unknown") for name in ("上年结转", "财政拨款", "政府基金")),
    ]
    rows = [
        row("汇总", "150.00", "40.00", "100.00", ""),
        row("局机关", "90.00", "40.00", "50.00", ""),
        row("光荣院", "50.00", "", "50.00", ""),
    ]
    result = found("columns-add-up", table(columns, rows))
    assert [item.verdict for item in result] == ["contradiction", "holds", "holds"]
    assert result[0].difference == Decimal(10)


def test_a_list_of_which_may_leave_something_out():
    def of(whole, *parts):
        first = row("固定资产", whole)
        return verdicts(
            "rows-add-up",
            table(
                FUNDS[:2],
                [first, *(row(f"其{n}", text, whole=0, parts="unknown", kind="part") for n, text in enumerate(parts))],
            ),
        )

    assert of("263.62", "79.77") == ["holds"]
    assert of("263.62", "79.77", "4.20") == ["holds"]
    assert of("263.62", "200.00", "60.00") == ["question"]
    assert of("263.62", "200.00", "63.62") == ["holds"]
    assert of("263.62", "200.00", "80.00") == ["contradiction"]


def test_the_same_list_closing_elsewhere_shows_that_it_is_complete():
    def of(budget, actual):
        rows = [row("项目支出", budget[0], actual[0])]
        rows += [
            row(f"优抚{n}", a, b, whole=0, parts="unknown")
            for n, (a, b) in enumerate(zip(budget[1:], actual[1:], strict=True))
        ]
        return verdicts("rows-add-up", funds(*rows))

    assert of(("100", "60", "40"), ("80", "50", "20")) == ["holds", "contradiction"]
    assert of(("100", "60", "30"), ("80", "50", "20")) == ["question", "holds"]


def test_basic_and_project_spending_are_all_there_is():
    """They stand under 其中 and are nevertheless complete: the surplus was counted as spending."""
    columns = [
        column("机构", "label"),
        column("支出合计", unit="万元"),
        column("其中|基本支出", unit="万元", whole=1, parts="unknown"),
        column("其中|项目支出", unit="万元", whole=1, parts="unknown"),
    ]
    result = found("columns-add-up", table(columns, [row("汇总", "9692.786137", "524.119907", "9167.527684")]))
    assert [item.difference for item in accused(result)] == [Decimal("1.138546")]


def test_two_lists_under_one_whole():
    """其中 by kind and 其中 by source each stay within the whole; they are not added to each other."""
    result = verdicts(
        "rows-add-up",
        table(
            FUNDS[:2],
            [
                row("支出合计", "120.00"),
                row("其中：本级", "80.00", whole=0, parts="unknown", kind="part", number="其中："),
                row("下级", "30.00", whole=0, parts="unknown", kind="part"),
                row("其中：财政拨款", "100.00", whole=0, parts="unknown", kind="part", number="其中："),
            ],
        ),
    )
    assert "contradiction" not in result


def test_persons_may_be_counted_under_several_heads():
    people = [column("项目", "label"), column("人数", unit="人")]
    rows = [
        row("在职人员", "12"),
        *(row(name, text, whole=0, parts="unknown") for name, text in (("党员", "9"), ("女性", "5"))),
    ]
    assert verdicts("rows-add-up", table(people, rows)) == ["question"]
    rows[1] = row("党员", "13", whole=0, parts="unknown")
    assert verdicts("rows-add-up", table(people, rows)) == ["contradiction"]


@pytest.mark.parametrize(
    "rows",
    [
        # 小计与各项并列
        [
            ("小计", "60", "subtotal"),
            ("甲", "20", "item"),
            ("乙", "40", "item"),
            ("丙", "40", "item"),
            ("小计", "40", "subtotal"),
        ],
        # 其中数与上一行并列
        [("基本支出", "60", "item"), ("其中：人员", "50", "part"), ("项目支出", "40", "item")],
        # 明细没有缩进
        [
            ("社会保障", "60.00", "item"),
            ("抚恤", "35.00", "item"),
            ("安置", "25.00", "item"),
            ("住房", "40.00", "item"),
        ],
        # 同一笔钱按功能列一遍，按性质又列一遍
        [("社会保障", "60", "item"), ("住房", "40", "item"), ("基本支出", "30", "item"), ("项目支出", "70", "item")],
    ],
)
def test_a_total_that_closes_on_another_reading_of_the_levels_holds(rows):
    listed = [row("合计", "100", kind="total"), *(row(label, text, kind=kind, whole=0) for label, text, kind in rows)]
    assert verdicts("rows-add-up", table(FUNDS[:2], listed)) == ["holds"]


def test_codes_stand_under_their_codes():
    rows = [
        row("合计", "100", kind="total"),
        row("社会保障", "100", code="208", whole=0),
        row("抚恤", "70", code="20808", whole=0),
        row("死亡抚恤", "30", code="2080801", whole=0),
        row("安置", "30", code="20809", whole=0),
    ]
    assert verdicts("rows-add-up", table(FUNDS[:2], rows)) == ["holds"]


def test_when_every_column_is_far_off_the_table_may_have_been_misread():
    rows = [
        row("合计", "100.00", "80.00", kind="total"),
        row("甲", "60.00", "50.00", whole=0),
        row("乙", "90.00", "70.00", whole=0),
    ]
    assert verdicts("rows-add-up", funds(*rows)) == ["question", "question"]


def test_things_of_different_kinds_are_not_added():
    columns = [column("项目", "label"), column("数量")]
    rows = [row("合计", "100件", kind="total"), row("来信", "20件", whole=0), row("来访", "90人次", whole=0)]
    assert verdicts("rows-add-up", table(columns, rows)) == []


def test_prices_and_norms_are_not_added():
    columns = [column("项目", "label"), column("标准", unit="元")]
    assert verdicts("rows-add-up", table(columns, [row("合计", "10", kind="total"), row("甲", "4", whole=0)])) == []


def test_subtraction():
    rows = [row("净值", "80.00"), row("原值", "100.00", whole=0), row("减：累计折旧", "20.00", whole=0, sign=-1)]
    assert verdicts("rows-add-up", table(FUNDS[:2], rows)) == ["holds"]


def test_a_table_read_with_doubt_is_left_alone():
    rows = [row("合计", "100", kind="total"), row("甲", "4", whole=0)]
    assert verdicts("rows-add-up", table(FUNDS[:2], rows, certain=False)) == []


def test_what_is_called_others_may_stand_beside_the_list():
    """固定资产合计, 其中 在用、出租, and 其他 in a column of its own."""
    columns = [column("机构", "label"), column("固定资产合计", unit="万元")]
    columns += [column(name, unit="万元", whole=1, parts="unknown") for name in ("在用固定资产", "出租固定资产")]
    columns.append(column("其他", unit="万元"))
    rows = [row("汇总", "100.00", "90.00", "5.00", "5.00"), row("局机关", "60.00", "55.00", "0.00", "5.00")]
    assert verdicts("columns-add-up", table(columns, rows)) == ["holds", "holds"]
    rows[1] = row("局机关", "60.00", "55.00", "0.00", "2.00")
    (wrong,) = accused(found("columns-add-up", table(columns, rows)))
    assert wrong.difference == Decimal("3.00")


def test_a_column_that_is_above_its_whole_in_every_row_was_hardly_meant_to_be_a_part_of_it():
    columns = [column("类别", "label"), column("节约金额", unit="万元")]
    columns.append(column("其中：中小企业", unit="万元", whole=1, parts="unknown"))
    rows = [row("货物", "2.91", "80.00"), row("工程", "16.90", "199.10")]
    assert verdicts("columns-add-up", table(columns, rows)) == []
    assert verdicts("columns-add-up", table(columns, [*rows, row("服务", "90.00", "10.00")])) == [
        "contradiction",
        "contradiction",
        "holds",
    ]


def test_small_numbers_that_make_each_other_by_chance_excuse_nothing():
    people = [column("单位", "label"), column("人数", unit="人")]
    rows = [
        row("合计", "17", kind="total"),
        *(row(f"甲{n}", text, whole=0) for n, text in enumerate(("4", "2", "2", "13"))),
    ]
    assert verdicts("rows-add-up", table(people, rows)) == ["contradiction"]


def test_a_slip_in_a_code_is_no_slip_in_a_sum():
    """抚恤 is printed with the code 21848 and so stands under nothing; its amounts are as they should be."""
    rows = [row("合计", "100.00", kind="total"), row("社会保障", "90.00", code="208", whole=0)]
    rows += [row("抚恤", "60.00", code="21848", whole=0), row("安置", "30.00", code="20809", whole=1)]
    rows.append(row("住房", "10.00", code="221", whole=0))
    assert sorted(verdicts("rows-add-up", table(FUNDS[:2], rows))) == ["holds", "question"]
