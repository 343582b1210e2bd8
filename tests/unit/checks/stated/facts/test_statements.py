"""One fact, one number: tables against text, and when a difference is no accusation."""

import pytest
from unit.checks.stated.builder import column, figure, found, passage, row, table, verdicts

ACTUAL = "支出合计:actual#year:2021"


def printed(*texts, key=ACTUAL, vague=""):
    return [passage(f"支出{text}。", figure(key, text, vague=vague)) for text in texts]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("11436.27万元", "11436.27万元", "holds"),
        ("11436.27万元", "11436.3万元", "holds"),
        ("11436.3万元", "11436.27万元", "holds"),
        ("11436.27万元", "11436.28万元", "rounding"),
        ("11436.27万元", "11436.37万元", "contradiction"),
        ("11436.27万元", "114362700元", "holds"),
        ("11436.27万元", "1.14亿元", "holds"),
        ("11436.27万元", "1.24亿元", "contradiction"),
        ("11436.27万元", "11463.27万元", "contradiction"),
        ("11436.27万元", "41436.27万元", "contradiction"),  # 一位数字打错
        ("11436.27万元", "1143.627万元", "contradiction"),  # 恰为十倍
        ("11436.27万元", "2000.00万元", "question"),  # 相差悬殊
    ],
)
def test_two_printings(first, second, expected):
    assert verdicts("printings-agree", *printed(first, second)) == [expected]


def test_one_finding_for_every_further_printing():
    assert verdicts("printings-agree", *printed("10.00万元", "10.00万元", "10.00万元", "12.00万元")) == [
        "holds",
        "holds",
        "contradiction",
    ]


def test_a_name_with_many_numbers_is_asked_about_once():
    texts = ("100.00万元", "100.00万元", "120.00万元", "110.00万元", "130.00万元")
    assert verdicts("printings-agree", *printed(*texts)) == ["holds", "question"]


def test_a_slip_of_the_unit_is_left_to_the_check_of_units():
    assert verdicts("printings-agree", *printed("4.2150元", "4.2150万元")) == []
    assert verdicts("units-of-printings-agree", *printed("4.2150元", "4.2150万元")) == ["contradiction"]


def test_the_table_leads():
    columns = [column("项目", "label"), column("执行数", stage="actual", unit="万元")]
    stated = table(columns, [row("支出合计", "100.00", keys=(ACTUAL,))])
    (result,) = found("printings-agree", stated, *printed("101.00万元"))
    assert [item.statement for item in result.figures] == ["text", "table"]


def test_about_is_about():
    assert verdicts("printings-agree", *printed("3096.12万元"), *printed("3096万元", vague="约")) == ["holds"]


def test_the_number_of_another_basis_is_asked_about():
    """The text states what the table has as last year's number: which year is meant must be said first."""
    pieces = [*printed("110.00万元", "100.00万元"), *printed("100.00万元", key="支出合计:prior#year:2020")]
    assert verdicts("printings-agree", *pieces) == ["question"]


def test_a_name_that_others_may_share():
    key = "慰问金:actual#year:2021"
    assert verdicts("printings-agree", *printed("10.00万元", "10.00万元", key=key)) == ["holds"]
    assert verdicts("printings-agree", *printed("10.00万元", "10.20万元", key=key)) == ["question"]
    assert verdicts("printings-agree", *printed("10.00万元", "500.00万元", key=key)) == []


def test_a_number_of_its_own_place_is_compared_with_nothing():
    assert verdicts("printings-agree", *printed("10.00万元", "12.00万元", key="支出合计:actual#at:p1")) == []


def test_what_is_counted_differently_is_not_compared():
    assert verdicts("printings-agree", *printed("10件", "12人次", key="政府采购#year:2021")) == []


def test_headcounts():
    def of(*pairs):
        return verdicts(
            "headcounts-agree", *(passage(f"{text}。", figure(f"{name}#year:2021", text)) for name, text in pairs)
        )

    assert of(("实有人数", "12人"), ("在职人员", "12人")) == ["holds"]
    assert of(("实有人数", "53人"), ("在职人员", "43人"), ("离退休人员", "10人")) == ["holds"]
    assert of(("实有人数", "52人"), ("在职人员", "43人"), ("离退休人员", "10人")) == ["question"]
    assert of(("实有人数", "52人")) == []
    assert of(("实有人数", "65人"), ("在职人员", "45人")) == []  # 余下的可能是离退休、编外人员
    assert of(("实有人数", "40人"), ("在职人员", "45人")) == ["question"]


class TestSeveralReporters:
    COLUMNS = [column("项目", "label"), column("全年执行数", stage="actual", unit="万元")]

    def form(self, number, **amounts):
        rows = [row(name, text, keys=(f"{name}:actual#year:2022",)) for name, text in amounts.items()]
        return table(self.COLUMNS, rows, number=number)

    def test_forms_of_several_departments_do_not_contradict_each_other(self):
        forms = [
            self.form(number, 支出合计=total, 基本支出=basic, 项目支出=project)
            for number, total, basic, project in ((1, "30.00", "10.00", "20.00"), (2, "34.00", "12.00", "22.00"))
        ]
        said = printed("34.00万元", key="支出合计:actual#year:2022")
        assert verdicts("printings-agree", *forms, *said) == []

    def test_the_same_form_printed_twice_with_one_mistake_does(self):
        forms = [
            self.form(number, 支出合计="30.00", 基本支出=basic, 项目支出="20.00")
            for number, basic in ((1, "10.00"), (2, "11.00"))
        ]
        assert verdicts("printings-agree", *forms) == ["holds", "contradiction", "holds"]
