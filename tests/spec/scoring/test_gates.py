"""The gates: a consistent table is final; each single fault makes it provisional and says what to do."""

import json
from dataclasses import replace

import pytest
from spec.scoring.builders import (
    changed,
    closing_year,
    evaluated,
    figure,
    filler,
    gate_codes,
    money,
    quantity,
    row,
    scheme_named,
    year,
)

from rongji.rules.scoring.gates import MESSAGES, GateCode


def test_a_consistent_table_is_final_with_total_and_grade():
    """950 of 1000 spent, everything else met: 9.5 + 90."""
    evaluation = evaluated(closing_year(row()))
    assert (evaluation.final, str(evaluation.total), evaluation.grade) == (True, "99.50", "优")
    assert evaluation.gates == ()


FAULTS = [
    # 改动, 缺项
    ({"weight": None}, [("weight-missing", "X"), ("block-weight", "产出指标"), ("total-weight", "indicators")]),
    ({"weight": "7"}, [("block-weight", "产出指标"), ("total-weight", "indicators")]),
    ({"weight": "5"}, [("block-weight", "产出指标"), ("total-weight", "indicators")]),
    ({"weight": "0"}, [("block-weight", "产出指标"), ("total-weight", "indicators"), ("weight-not-positive", "X")]),
    ({"target": None}, [("target-missing", "X")]),
    ({"actual": None}, [("actual-missing", "X")]),
    ({"target": None, "target_text": "正常支付"}, [("target-in-words", "X")]),
    ({"actual": None, "actual_text": "达标"}, [("actual-in-words", "X")]),
    ({"actual": "100件"}, [("unit-mismatch", "X")]),
    ({"actual": "99"}, [("reason-missing", "X")]),
    ({"actual": "99", "reason": "无"}, [("reason-missing", "X")]),
    ({"actual": "99", "reason": " － "}, [("reason-missing", "X")]),
    ({"actual": "99", "reason": "1 人外迁，已转出"}, []),
    ({"evidence": ()}, [("evidence-missing", "X")]),
    ({"evidence": ("E1", "E9")}, [("evidence-unknown", "X")]),
    ({"code": "FILL-O"}, [("duplicate-code", "FILL-O")]),
    ({"level1": "产出（54 分）"}, []),
    ({"level1": "过程指标"}, [("block-unknown", "过程指标"), ("block-weight", "产出指标")]),
]


@pytest.mark.parametrize(("change", "gates"), FAULTS)
def test_one_fault_one_gate(change, gates):
    """Exactly these gates and no others."""
    change = {
        name: quantity(value, "分" if name == "weight" else "人") if name in ("weight", "target", "actual") else value
        for name, value in change.items()
    }
    facts = changed(closing_year(row()), "X", **change)
    assert gate_codes(facts) == gates
    assert evaluated(facts).final is (gates == [])


@pytest.mark.parametrize(("target", "gate"), [("80", "upper-missing"), ("90~80", "range-upside-down"), ("80~80", None)])
def test_a_range_needs_two_ends_in_order(target, gate):
    """A range of one point is a range."""
    codes = gate_codes(closing_year(row("~", target, "80")))
    assert codes == ([(gate, "X")] if gate else [])


@pytest.mark.parametrize("block", ["产出指标", "效益指标", "满意度指标"])
def test_every_block_of_the_scheme_must_be_there(block):
    """产出, 效益, 满意度."""
    blocks = {"产出指标": "50", "效益指标": "30", "满意度指标": "10"}
    rows = [filler(f"R{n}", name, weight) for n, (name, weight) in enumerate(blocks.items()) if name != block]
    assert gate_codes(year(*rows)) == [("block-missing", block), ("total-weight", "indicators")]


def test_sichuan_needs_no_satisfaction_row():
    """Its 90 points are one block."""
    assert evaluated(year(filler("A", "产出指标", "90")), "sichuan-2023").final


def test_without_a_single_weight_only_execution_counts():
    """The table says so once and names no row for it; other faults of the rows are still told."""
    rows = [replace(item, weight=None) for item in closing_year(row()).indicators]
    evaluation = evaluated(year(*rows))
    assert [gate.code for gate in evaluation.gates] == ["weights-missing"]
    assert str(evaluation.total) == "9.50"
    assert "暂评总分只含预算执行率得分" in evaluation.gates[0].message
    assert "actual-missing" in [code for code, _ in gate_codes(year(replace(rows[0], actual=None), *rows[1:]))]


def test_without_a_single_row_the_blocks_are_missing():
    """A bureau that states goals only."""
    evaluation = evaluated(year())
    assert {gate.code for gate in evaluation.gates} == {"block-missing", "weights-missing"}
    assert [item.id for item in evaluation.rows] == ["execution"]


def test_weights_of_level_two_close_where_the_scheme_fixes_them():
    """The 2018 Hunan frame: 预算执行 20 and 预算管理 40 within 过程 60."""
    rows = [
        row(code="A", level1="投入", level2="预算配置", weight="10"),
        row(code="B", level1="过程", level2="预算执行", weight="30"),
        row(code="C", level1="过程", level2="预算管理", weight="30"),
        row(code="D", level1="产出及效率", level2="职责履行", weight="8"),
        row(code="E", level1="产出及效率", level2="履职效益", weight="22"),
    ]
    assert gate_codes(year(*rows), "hunan-2018") == [("level2-weight", "预算执行"), ("level2-weight", "预算管理")]


def test_a_scheme_may_set_the_shortest_reason():
    """None of the known schemes does; a local one can."""
    law = scheme_named()
    strict = replace(law, gates=replace(law.gates, reason_least=10))
    facts = closing_year(row(actual="99", reason="一人外迁"))
    assert evaluated(facts).final
    assert gate_codes(facts, strict) == [("reason-missing", "X")]
    assert "至少 10 字" in evaluated(facts, strict).gates[0].message


def test_a_provisional_score_is_never_a_final_one():
    """final false, no grade, and the gates in the JSON."""
    content = evaluated(closing_year(row(actual="99"))).as_json()
    assert (content["final"], content["grade"]) == (False, None)
    assert content["total"] == "99.44"
    assert [gate["code"] for gate in content["gates"]] == ["reason-missing"]


def test_every_gate_has_a_sentence_that_ends_and_its_own_code():
    """Codes are unique, sentences complete."""
    assert set(MESSAGES) == set(GateCode)
    assert all(message.endswith("。") for message in MESSAGES.values())


@pytest.mark.parametrize(
    ("actual", "total", "grade"),
    [
        ("4500", "90.00", "优"),  # 90 分属优
        ("4499", "89.99", "良"),
        ("3500", "80.00", "良"),
        ("3499", "79.99", "中"),
        ("1500", "60.00", "中"),
        ("1499", "59.99", "差"),
    ],
)
def test_grade_follows_from_the_total(actual, total, grade):
    """Output of weight 50 in hundredths; 5 points lost on execution; the lower end belongs to the grade."""
    rows = [
        row("≥", "5000", actual, code="O", weight="50", reason="年内名额核减，已报备"),
        filler("B", "效益指标", "30"),
        filler("S", "满意度指标", "10"),
    ]
    evaluation = evaluated(year(*rows, figures=money("1000", "500")))
    assert (str(evaluation.total), evaluation.grade) == (total, grade)


def test_the_same_year_has_the_same_digest_and_another_has_another():
    """For freezing."""
    facts = closing_year(row())
    assert evaluated(facts).digest == evaluated(facts).digest
    assert evaluated(facts).digest != evaluated(changed(facts, "X", actual=quantity("101"))).digest
    json.dumps(evaluated(facts).as_json())


def test_a_project_has_its_own_table_and_money():
    """Rows of a project stay out of the department's table; its execution is that of its own money."""
    own = [
        row(code="PO", level1="产出指标", weight="50", project="P1"),
        row(code="PB", level1="效益指标", weight="30", project="P1"),
        row(code="PS", level1="满意度指标", weight="10", project="P1"),
    ]
    figures = [
        *money(),
        figure("expenditure.project:adjusted#project:P1", "200"),
        figure("expenditure.project:actual#project:P1", "100"),
    ]
    base = closing_year(row(), figures=figures)
    facts = replace(base, indicators=(*base.indicators, *own))
    department, project = evaluated(facts), evaluated(facts, project="P1")
    assert department.final
    assert not {item.id for item in department.rows} & {"PO", "PB", "PS"}
    assert [item.id for item in project.rows] == ["execution", "PO", "PB", "PS"]
    assert (str(project.row("execution").score), str(project.total), project.name) == ("5.00", "95.00", "某项目")


def test_rows_that_all_name_a_project_are_the_departments_own():
    """The name is then only a tag."""
    rows = tuple(replace(item, project="P1") for item in closing_year(row()).indicators)
    assert evaluated(year(*rows)).final
