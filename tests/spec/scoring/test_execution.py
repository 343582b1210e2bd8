"""预算执行率: outturn ÷ adjusted budget incl. carry-over, weight × rate, capped; a low rate wants a reason."""

import pytest
from spec.scoring.builders import closing_year, evaluated, figure, gate_codes, money, row

SICHUAN = "sichuan-2023"
REASON = "上级资金 12 月下达，已结转下年使用，明年起按季调度"


def scored(figures, scheme="national-2020", **more):
    """The execution row."""
    return evaluated(closing_year(figures=figures, **more), scheme).row("execution")


@pytest.mark.parametrize(
    ("budget", "spent", "national", "hubei"),
    [
        ("13351.2", "11436.27", "8.57", "17.13"),  # 不是先约成 86% 再乘
        ("1000", "1000", "10.00", "20.00"),
        ("1000", "1000.01", "10.00", "20.00"),  # 封顶
        ("1000", "999.5", "10.00", "19.99"),  # 9.995 → 10.00
        ("1000", "999.49", "9.99", "19.99"),
        ("1000", "0", "0.00", "0.00"),
        ("1000", "-5", "0.00", "0.00"),  # 净退回不倒扣
    ],
)
def test_points_of_execution(budget, spent, national, hubei):
    """10 points in the national scheme, 20 in Hubei's."""
    assert str(scored(money(budget, spent)).score) == national
    assert str(scored(money(budget, spent), "hubei-2020").score) == hubei


def test_the_row_explains_rate_budget_and_basis():
    """Both amounts, the rate, the points, the basis of the denominator and the act."""
    how = scored(money("13351.2", "11436.27")).how
    assert how.startswith(
        "预算执行率：全年执行数 11436.27万元 ÷ 全年预算数 13351.2万元 ≈ 85.66%；10 × 85.66% = 8.57 分"
        "（全年预算数为调整后预算，含上年结转）；依据《项目支出绩效评价管理办法》"
    )


def test_the_rate_is_a_figure_with_both_amounts_behind_it():
    """So that the printed rate opens into them."""
    rate = scored(money("13351.2", "11436.27")).inputs[0]
    assert str(rate.quantity) == "85.66%"
    assert [str(item.key) for item in rate.inputs] == ["expenditure.total:actual", "expenditure.total:adjusted"]


def test_the_row_by_source_leads_where_it_is_stated():
    """The form prints the points on 年度资金总额; its outturn 11436.27 counts and not the 11436.3 by structure."""
    stated = [
        *money("13351.2", "11436.3"),
        figure("funds.total:adjusted", "13351.2"),
        figure("funds.total:actual", "11436.27"),
    ]
    assert scored(stated).actual == "11436.27"


def test_the_adjusted_budget_may_follow_from_initial_and_adjustment():
    """800 + 200 = 1000."""
    stated = [
        figure("expenditure.total:initial", "800"),
        figure("expenditure.total:adjustment", "200"),
        figure("expenditure.total:actual", "900"),
    ]
    assert str(scored(stated).score) == "9.00"
    assert "全年预算数 = 年初预算数 + 调整数" in scored(stated).how


@pytest.mark.parametrize(
    ("figures", "gates"),
    [
        (money(None, "900"), ["execution-budget-missing"]),
        (money("1000", None), ["execution-actual-missing"]),
        ([], ["execution-budget-missing", "execution-actual-missing"]),
        ([figure("expenditure.total:initial", "800"), *money(None, "900")], ["execution-budget-missing"]),
        (money("0", "0"), ["zero-budget-by-hand"]),
    ],
)
def test_without_a_rate_there_is_a_gate(figures, gates):
    """The initial budget alone never stands in for the adjusted one."""
    assert gate_codes(closing_year(figures=figures)) == [(gate, "execution") for gate in gates]
    assert scored(figures).score is None


def test_a_budget_of_zero_is_scored_by_hand():
    """A typed execution score makes the year final, called what it is."""
    evaluation = evaluated(closing_year(figures=[*money("0", "0"), figure("execution.score", "10", "分")]))
    assert evaluation.final
    assert "比率没有意义，按人工评定计 10 分" in evaluation.row("execution").how


@pytest.mark.parametrize(
    ("spent", "texts", "gates"),
    [
        ("900", {}, []),  # 90% 不低于 90%
        ("899.99", {}, ["execution-reason-missing"]),  # 印作 90.00%，实为 89.999%
        ("899.99", {"execution_reason": REASON}, []),
        ("899.99", {"execution_reason": "无"}, ["execution-reason-missing"]),
        ("899.99", {"problems": REASON}, ["execution-reason-missing"]),
        ("899.99", {"execution_reason": "长" * 100}, []),
        ("899.99", {"execution_reason": "长" * 101}, ["reason-too-long"]),
    ],
)
def test_below_ninety_percent_sichuan_wants_a_reason_of_at_most_a_hundred_characters(spent, texts, gates):
    """The line is looked at with the exact rate."""
    facts = closing_year(figures=money("1000", spent), texts=texts)
    assert gate_codes(facts, SICHUAN) == [(gate, "execution") for gate in gates]


def test_the_national_scheme_names_no_line():
    """50 % without a reason passes there."""
    assert evaluated(closing_year(figures=money("1000", "500"))).final


@pytest.mark.parametrize(("reason", "final"), [("", False), (REASON, True)])
def test_a_row_the_bureau_typed_for_execution_is_not_scored_twice(reason, final):
    """A row under 预算执行率 gives the reason and no points."""
    typed = row(code="E", level1="预算执行率", level2="", weight=None, reason=reason)
    facts = closing_year(figures=money("1000", "800"))
    facts = type(facts)(**{**vars(facts), "indicators": (*facts.indicators, typed)})
    evaluation = evaluated(facts, SICHUAN)
    assert [item.id for item in evaluation.rows].count("E") == 0
    assert evaluation.final is final


def test_a_stated_execution_weight_must_be_the_schemes():
    """20 points printed, 10 in the scheme."""
    facts = closing_year(figures=[*money(), figure("execution.weight", "20", "分")])
    assert gate_codes(facts) == [("execution-weight", "execution")]
    assert ("execution-weight", "execution") not in gate_codes(facts, "hubei-2020")


def test_a_scheme_without_an_execution_block_has_no_execution_row():
    """Sheets of the 2013 frame score execution through ordinary indicators."""
    assert evaluated(closing_year(), "hunan-2018").row("execution") is None
