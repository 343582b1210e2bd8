"""Every example year is read without an error, says where each number comes from, and names nobody."""

import re

import pytest
from unit.examples.sources import EVERY, EXAMPLES, MADE_UP, PUBLISHED, year_of

from rongji.kernel.figure import Nil
from rongji.performance.workbook import load_example
from rongji.reports.tokens import text_findings, tokens_in

PHONE = re.compile(r"(?<!\d)(0\d{2,3}-?\d{7,8}|1[3-9]\d{9})(?!\d)")
FIGURES_AT_LEAST = {
    "wangcheng-2021": 85, "yuelu-2021": 55, "tianxin-2019": 17, "yueyang-2022": 175, "panyu-2021": 78,
    "qingshan-2024": 500, "qingshan-2023": 150,
}  # fmt: skip


@pytest.mark.parametrize("name", EVERY)
def test_it_is_read_without_an_error(name):
    facts, problems = load_example(EXAMPLES / name / "year.yaml")
    assert [str(item) for item in problems if item.is_error] == []
    assert facts is not None
    assert len(facts.figures) >= FIGURES_AT_LEAST[name]


@pytest.mark.parametrize("name", MADE_UP)
def test_the_made_up_years_raise_no_doubt_either(name):
    assert load_example(EXAMPLES / name / "year.yaml")[1] == ()


@pytest.mark.parametrize(("name", "number"), PUBLISHED.items())
def test_every_published_number_names_one_line_of_its_source(name, number):
    place = re.compile(rf"{number} 第\d+行")
    facts = year_of(name)
    assert [str(item.key) for item in facts.figures if not place.match(item.source.note)] == []
    assert [str(item.key) for item in facts.figures if "；" in item.source.note] == []
    assert [row.code for row in facts.indicators if not place.match(row.place)] == []
    assert [goal.code for goal in facts.goals if not place.match(goal.place)] == []


@pytest.mark.parametrize("name", MADE_UP)
def test_every_made_up_number_has_a_source_and_evidence(name):
    facts = year_of(name)
    assert [str(item.key) for item in facts.figures if not item.source.note] == []
    assert [str(item.key) for item in facts.figures if not item.source.evidence] == []
    assert [row.code for row in facts.indicators if not row.evidence] == []


@pytest.mark.parametrize("name", EVERY)
def test_nobody_is_named_and_no_telephone_is_given(name):
    facts = year_of(name)
    assert [item.name for item in facts.signatories if item.name] == []
    assert [item.post for item in facts.signatories if not item.post] == []
    assert PHONE.findall((EXAMPLES / name / "year.yaml").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", EVERY)
def test_the_texts_hold_live_numbers_only(name):
    facts = year_of(name)
    found = [finding for text in facts.texts for finding in text_findings(text.code, text.body, facts.figures)]
    assert [(finding.subject, finding.explanation) for finding in found] == []


@pytest.mark.parametrize("name", [name for name in EVERY if name != "qingshan-2023"])
def test_every_fact_of_the_work_is_told_in_a_text(name):
    """What a published report only says in a form, or only explains, is listed here."""
    silent = {
        "wangcheng-2021": {
            "general_equipment",
            "special_equipment",
            "assets_rented",
            "investments",
            "unconverted_works",
        },
        "yuelu-2021": {"control_points"},
        "tianxin-2019": {"medical_satisfaction_target", "support_satisfaction_target"},
        "yueyang-2022": {"evaluation_table_members", "evaluation_group_members"},
        "panyu-2021": {"model_terms", "pension_goal_result", "placement_goal_result"},
    }.get(name)
    facts = year_of(name)
    told = {token.key.concept for text in facts.texts for token in tokens_in(text.body)}
    untold = {item.code for item in facts.declared_concepts if f"fact.{item.code}" not in told}
    if silent is not None:
        assert untold == silent
    else:
        assert len(untold) < len(facts.declared_concepts) / 2


def test_words_stay_words_and_nil_stays_nil():
    yuelu = {row.code: row for row in year_of("yuelu-2021").indicators}
    assert (yuelu["I11"].target_text, yuelu["I11"].actual_text) == ("保质保量", "完成")
    assert yuelu["I21"].target is None and yuelu["I21"].target_text == ""
    assert year_of("yuelu-2021").profile["goal_actual"] == "达标"
    tianxin = year_of("tianxin-2019").figure("three_public.total", stage="actual")
    assert tianxin is not None and tianxin.nil is Nil.NONE
    yueyang = year_of("yueyang-2022")
    assert yueyang.figure("asset.fixed", "actual", "CENTRE") is None
    assert str(yueyang.figure("asset.fixed_in_use", "actual", "CENTRE").quantity) == "0万元"


@pytest.mark.parametrize(
    ("name", "key", "printed"),
    [
        ("yuelu-2021", ("expenditure.total", "adjusted", "", ""), "13351.2"),
        ("yuelu-2021", ("expenditure.total", "actual", "", ""), "11436.3"),
        ("yueyang-2022", ("expenditure.operating", "actual", "HQ", ""), "26.7777876"),
        ("yueyang-2022", ("three_public.total", "actual", "", ""), "4.2150"),
        ("yueyang-2022", ("expenditure.project", "actual", "", "functional:210"), "271.5700"),
        ("panyu-2021", ("execution.rate", "rate", "", ""), "86.0%"),
    ],
)
def test_places_stand_as_printed(name, key, printed):
    assert year_of(name).figure(*key).printed == printed
