"""The tables of placement: gaps that production refuses, local tables that win, shapes, deadlines."""

import shutil
from datetime import date

import pytest
from legal_folder import LegalFolder
from spec.one_off.field_tables import day, rows

from rongji.law.calendar import work_calendar
from rongji.law.deadlines import due
from rongji.law.loader import inspect, lawbook
from rongji.law.locate import find_legal
from rongji.law.model import Trust
from rongji.law.shapes.placement import TieBreak
from rongji.law.values import as_of
from rongji.rules.placement import composition, eligibility, points, ranking, service_years  # noqa: F401  all rules
from rongji.rules.placement.reading import DEADLINES, SHARES, reading_for, tie_order
from rongji.rules.rule import all_rules

LATER = date(2025, 12, 31)
RULES = [name for name in sorted(all_rules()) if name.startswith("placement.")]

DEADLINE_DAYS = """
    deadline | event      | last day
    report   | 2021-12-01 | 2021-12-31
    finish   | 2022-01-10 | 2022-07-10
    finish   | 2022-08-31 | 2023-02-28
    finish   | 2023-08-31 | 2024-02-29
    finish   | 2024-10-08 | 2025-04-08
    start    | 2022-06-01 | 2022-07-01
    start    | 2023-01-31 | 2023-02-28
    start    | 2024-09-30 | 2024-10-30
"""

BAD_VALUES = """
    kind             | value                                      | said
    placement_points | {points: "3", per: decade}                 | 不在规定的词内
    placement_points | {points: "3", per: each, until_years: 12}  | 只用于按年计分
    placement_points | {points: "3", per: year, least_months: 12} | 只用于按月计分
    placement_points | {per: each}                                | 缺少“points”
    placement_season | {first: "13-01"}                           | 月-日
    placement_ties   | {by: [lottery]}                            | 只能用
    placement_ties   | {by: []}                                   | 只能用
    placement_ground | {}                                         | 三种之一
    placement_ground | {item: 平时奖励}                           | 三种之一
    placement_ground | {least_years: 12, honours: [八一勋章]}     | 三种之一
"""


@pytest.mark.parametrize("name", RULES)
def test_every_rule_of_placement_cites_registered_acts(name):
    """And says its unit and rounding, which the decorator asks for."""
    assert set(all_rules()[name].cites) <= set(lawbook().acts)


def test_there_are_the_rules_that_placement_rests_on():
    """A guard against an empty list above."""
    assert {"placement.points", "placement.ranking", "placement.eligibility", "placement.service_years"} <= set(RULES)


def test_production_refuses_the_version_whose_points_were_not_found():
    """The check that a site runs before it goes live names every missing value and its file."""
    found = inspect(production=True)
    missing = [problem for problem in found.problems if problem.file == "placement/points.yaml"]
    assert len(missing) > 10
    assert all("缺失" in problem.sentence for problem in missing)


def test_every_value_of_the_scoring_says_how_far_it_is_confirmed():
    """None of them was seen in an official print: no row claims to be."""
    table = lawbook().tables["", "placement.points"]
    assert {row.trust for row in table.rows} == {Trust.SECONDARY, Trust.GAP}
    assert all(row.note for row in table.rows if row.trust is Trust.GAP)


def test_a_place_orders_ties_its_own_way(tmp_path):
    """A table of the region stands in for the national one, from its day on."""
    folder = LegalFolder(tmp_path / "legal")
    for name in ("acts", "placement"):
        shutil.copytree(find_legal() / name, folder.root / name, dirs_exist_ok=True)
    head = "id: placement.tie_order\nlabel: 样例县\nkind: placement_ties\nunit: 文字\nkeys: []\n"
    row = "  - {effective: 2022-01-01, known: 2022-01-01, act: notice-1, trust: official, value: {by: [older]}}\n"
    folder.table(row, file="regions/990101/placement/tie_order.yaml", head=head)
    law = inspect(folder.root)
    assert law.problems == ()
    national = (TieBreak.LONGER_SERVICE, TieBreak.OLDER)
    for region, season, order in (
        ("990101", (2022, "春季"), (TieBreak.OLDER,)),
        ("990101", (2021, "秋冬季"), national),
        ("990102", (2022, "春季"), national),
    ):
        reading = reading_for(*season, known_on=LATER, region=region, law=law)
        assert tie_order(reading)[0].by == order


@pytest.mark.parametrize("row", rows(DEADLINE_DAYS))
def test_deadlines_by_the_month_end_on_the_same_day_or_the_last_of_a_short_month(row):
    """Thirty days to report, six months to place, one month to start; the day of the event is not counted."""
    limit = as_of(DEADLINES, on=day(row["event"]), known_on=LATER, deadline=row["deadline"]).value
    assert due(limit, day(row["event"]), work_calendar(known_on=LATER)).day == day(row["last day"])


@pytest.mark.parametrize("share", ["late_pay", "state_posts"])
def test_shares_are_eighty_per_cent(share):
    """Pay for the delay, and posts in the state's own units."""
    assert as_of(SHARES, on=LATER, known_on=LATER, share=share).value.percent == 80


@pytest.mark.parametrize("row", rows(BAD_VALUES))
def test_a_value_of_the_wrong_shape_is_refused_where_it_stands(tmp_path, row):
    """With the file, the row and what to write."""
    folder = LegalFolder(tmp_path / "legal")
    head = f"id: placement.sample\nlabel: 样例\nkind: {row['kind']}\nunit: 分\nkeys: []\n"
    value = f"  - {{effective: 2020-01-01, known: 2020-01-01, act: notice-1, trust: official, value: {row['value']}}}\n"
    folder.table(value, file="placement/sample.yaml", head=head)
    assert any(row["said"] in problem.sentence for problem in inspect(folder.root).problems)
