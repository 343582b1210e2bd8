"""The published years: each can be evaluated, and what is missing in it is named."""

import json
from pathlib import Path

import jsonschema
import pytest
from spec.scoring.builders import DAY, closing_year, evaluated, in_words, row

from rongji.performance.workbook import load_example
from rongji.rules.scoring.evaluate import evaluate_projects, evaluate_under_law

ROOT = Path(__file__).resolve().parents[3]
SCHEMA = json.loads((ROOT / "docs" / "reference" / "evaluation.schema.json").read_text(encoding="utf-8"))
SCHEMES = ("national-2020", "hubei-2020", "sichuan-2023", "hunan-2018", "national-2021-cost")
PUBLISHED = {"yuelu-2021", "yueyang-2022", "wangcheng-2021", "tianxin-2019", "panyu-2021"}
YEARS = sorted(path.parent for path in (ROOT / "examples").glob("*/year.yaml"))


def example(name):
    """The facts of one example year."""
    facts, _ = load_example(ROOT / "examples" / name / "year.yaml")
    assert facts is not None
    return facts


def evaluation_of(name, scheme_id=""):
    """Its evaluation under the law of the day of these tests."""
    return evaluate_under_law(example(name), on=DAY, known_on=DAY, scheme_id=scheme_id)


def test_all_five_published_years_are_there():
    """More may be added."""
    assert {path.name for path in YEARS} >= PUBLISHED


@pytest.mark.parametrize("scheme_id", SCHEMES)
@pytest.mark.parametrize("name", sorted(path.name for path in YEARS))
def test_every_year_is_evaluated_under_every_scheme_and_fits_the_schema(name, scheme_id):
    """No crash, JSON by the schema, total = Σ rows."""
    evaluation = evaluation_of(name, scheme_id)
    jsonschema.validate(evaluation.as_json(), SCHEMA)
    assert evaluation.total == sum(scored.score or 0 for scored in evaluation.rows)


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_no_published_year_passes_every_gate(name):
    """None of them says which evidence stands behind its numbers."""
    evaluation = evaluation_of(name)
    assert not evaluation.final
    assert evaluation.gates


def test_yuelu_2021():
    """Weights of 104; execution 8.57 and not 8.6; six rows without a target; evidence nowhere."""
    evaluation = evaluation_of("yuelu-2021")
    execution = evaluation.row("execution")
    assert (str(execution.score), str(execution.stated)) == ("8.57", "8.6")
    assert "11436.27万元 ÷ 全年预算数 13351.2万元 ≈ 85.66%" in execution.how
    assert (str(evaluation.total), str(evaluation.weight_total)) == ("102.57", "104")
    codes = [gate.code for gate in evaluation.gates]
    assert codes[:2] == ["block-weight", "total-weight"]
    assert "“产出指标”各指标分值合计 54 分，方案规定 50 分，多 4 分" in evaluation.gates[0].message
    assert "分值总计 104 分（含预算执行率 10 分），应为 100 分，多 4 分" in evaluation.gates[1].message
    assert (codes.count("target-missing"), codes.count("evidence-missing")) == (6, 26)


def test_yueyang_2022():
    """No weights, no targets, no adjusted budget: nothing to add up, and all of it is said."""
    evaluation = evaluation_of("yueyang-2022")
    codes = {gate.code for gate in evaluation.gates}
    assert {"weights-missing", "execution-budget-missing", "target-missing", "evidence-missing"} <= codes
    assert str(evaluation.total) == "0.00"


def test_panyu_2021():
    """Goals only: the provisional total is the execution score and says so."""
    evaluation = evaluation_of("panyu-2021")
    assert str(evaluation.total) == str(evaluation.row("execution").score) == "8.60"
    assert "weights-missing" in {gate.code for gate in evaluation.gates}


def test_wangcheng_2021():
    """An initial budget of 7108.17 against 10107.87 spent is no execution rate of 142 %."""
    evaluation = evaluation_of("wangcheng-2021")
    assert evaluation.row("execution").score is None
    assert "execution-budget-missing" in {gate.code for gate in evaluation.gates}


def test_the_made_up_consistent_year_is_final_with_its_stated_total():
    """examples/qingshan-2024 passes every gate; its own total and grade are ours."""
    facts = example("qingshan-2024")
    evaluation = evaluate_under_law(facts, on=DAY.replace(year=2025), known_on=DAY.replace(year=2025))
    assert [gate.message for gate in evaluation.gates] == []
    assert evaluation.final
    stated = facts.figure("score.total")
    assert stated is not None
    assert stated.quantity is not None
    assert evaluation.total == stated.quantity.value
    assert evaluation.grade == facts.profile["stated_grade"]
    for project in evaluate_projects(facts, on=DAY.replace(year=2025), known_on=DAY.replace(year=2025)).values():
        assert project.rows


@pytest.mark.parametrize(
    "facts",
    [
        closing_year(row()),
        closing_year(row("~", "80~90", "70", reason="道路改造推迟")),
        closing_year(in_words()),
        closing_year(row("≤", "0", "1", unit="%")),
        closing_year(row("≥", "100", "500")),
    ],
)
def test_made_up_tables_fit_the_schema(facts):
    """Final, missed, in words, by hand, far above target."""
    jsonschema.validate(evaluated(facts).as_json(), SCHEMA)


def test_the_schema_refuses_what_must_not_happen():
    """A float for a score, a grade on a provisional score, a final score with an open gate."""
    good = evaluated(closing_year(row())).as_json()
    first = {**good["rows"][0], "score": 9.5}
    gate = {"code": "x", "subject": "x", "message": "请补填。"}
    for bad in (
        {**good, "rows": [first]},
        {**good, "gates": [gate]},
        {**good, "final": False, "gates": [gate]},
        {**good, "extra": ""},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(bad, SCHEMA)
