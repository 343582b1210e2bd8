"""报告完成度: what is counted, and that every missing thing leads to the page where it is put right."""

from datetime import date
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from rongji.performance.workbook import load_example
from rongji.reports.build import build_report
from rongji.reports.form_reader import find_form, load_forms
from rongji.reports.gather import gather_sources
from rongji.reports.readiness import Missing, readiness_of
from rongji.web.fixing import address_of, work_of
from rongji.web.months import last_month

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
DAY = date(2025, 4, 1)


def readiness(name):
    """The readiness of an example year in its own form."""
    facts, _ = load_example(EXAMPLES / name / "year.yaml")
    forms = load_forms()
    sources = gather_sources(facts, on=DAY, known_on=DAY)
    report = build_report(sources, find_form(facts.profile["form"], forms), forms)
    return readiness_of(sources, report), report


def test_a_year_without_gaps_is_all_there():
    """Every topic done, nothing missing, and the report says the same."""
    found, report = readiness("qingshan-2024")
    assert (found.percent, found.missing) == (100, ())
    assert report.is_ready


@pytest.mark.parametrize("name", ["yuelu-2021", "yueyang-2022", "panyu-2021", "wangcheng-2021"])
def test_what_is_missing_is_exactly_what_blocks_the_final_report(name):
    """One sentence each, neither more nor fewer than the blockers; the share stays below a hundred."""
    found, report = readiness(name)
    assert sorted(item.message for item in found.missing) == sorted(report.blockers)
    assert found.percent < 100
    assert all(topic.done <= topic.total for topic in found.topics)


def test_the_share_is_rounded_down():
    """115 of 156 requirements are 73 %, not 74; a hundred is reached only with the last of them."""
    found, _ = readiness("yuelu-2021")
    assert found.percent * found.total <= 100 * found.done < (found.percent + 1) * found.total


@pytest.mark.parametrize("name", ["yuelu-2021", "yueyang-2022", "panyu-2021"])
def test_every_missing_thing_leads_to_a_page(name):
    """No task without an address that exists."""
    found, _ = readiness(name)
    for topic in work_of(found, name.rpartition("-")[0], 2021):
        for task in topic.tasks:
            try:
                resolve(task.address.partition("?")[0].partition("#")[0])
            except Resolver404:
                pytest.fail(f"{task.message} → {task.address}")


@pytest.mark.parametrize(
    ("missing", "ends_with"),
    [
        (Missing("indicators", "I03", ""), "/indicators/#row-I03"),
        (Missing("indicators", "", ""), "/indicators/"),
        (Missing("indicators", "execution", ""), "/texts/?section=execution_reason"),
        (Missing("evidence", "I03", ""), "/indicators/#row-I03"),
        (Missing("texts", "scope", ""), "/texts/?section=scope"),
        (Missing("relations", "funds.total:adjusted", ""), "/checks/?figure=funds.total%3Aadjusted"),
    ],
)
def test_where_a_thing_is_put_right(missing, ends_with):
    """By its topic, down to the row."""
    assert address_of(missing, "yuelu", 2021).endswith(ends_with)


@pytest.mark.parametrize(
    ("year", "day", "month"),
    [(2024, date(2024, 9, 30), 9), (2024, date(2025, 1, 1), 12), (2024, date(2023, 12, 31), 1)],
)
def test_the_month_that_is_looked_at(year, day, month):
    """This month in the year itself, December afterwards, January before."""
    assert last_month(year, day) == month
