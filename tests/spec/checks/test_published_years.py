"""What the five published years hold. The lists are worked out by hand from the published figures.

A contradiction that is missing here is a miss; one that is too many is a false accusation.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from rongji.checks import check_year
from rongji.kernel.finding import Verdict
from rongji.performance.workbook import load_example

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"

# check, key of the stated figure, what is stated, what follows from the other figures
YUELU = [
    # 7547.08 + 5834.54 and 6701.89 + 4734.41
    ("sums-close", "funds.total:adjusted", "13351.2", "13381.62"),
    ("sums-close", "funds.total:actual", "11436.27", "11436.30"),
    # wages 382.07 + goods and services 39.13; personnel 353.38 cannot hold wages of 382.07
    ("sums-close", "expenditure.basic:actual", "392.52", "421.20"),
    ("sums-close", "expenditure.personnel:actual", "353.38", "382.07"),
    # the fourteen functional items
    ("breakdowns-close", "expenditure.project:actual", "11043.75", "11041.05"),
    # 26 + 10 + 13 + 5 output, 30 effect, 10 satisfaction, 10 execution
    ("weights-close", "score.weight_total", "100", "104"),
    # every row full, 8.6 for execution
    ("total-is-sum-of-scores", "score.total", "98.6", "102.6"),
]
YUEYANG = [
    # 524.119907 + 9167.527684: the total holds the surplus of 1.138546, for the bureau and for its own row
    ("sums-close", "expenditure.total:actual", "9692.786137", "9691.647591"),
    ("sums-close", "expenditure.total:actual@HQ", "9594.025054", "9592.8863716"),
    # 398.580948 + 26.7777876
    ("sums-close", "expenditure.basic:actual@HQ", "425.3586876", "425.3587356"),
    # income − expenditure is nothing, yet a balance is stated
    ("sums-close", "balance.current:actual", "1.138546", "0"),
    ("sums-close", "balance.current:actual@HQ", "1.138546", "0"),
    # everything is in use, the rate says 95 %
    ("rates-follow", "rate.asset_use:rate", "95", "100"),
    # 425.3586876 + 46.645732 + 52.115351 and 26.7777876 + 4.669069 + 3.586613
    ("units-add-up", "expenditure.basic:actual", "524.119907", "524.1197706"),
    ("units-add-up", "expenditure.operating:actual", "35.033558", "35.0334696"),
    # text against table; cost indicator against table; 元 against 万元
    ("statements-agree", "staff.total:actual", "53", "52"),
    ("statements-agree", "expenditure.total:actual", "9691.647591", "9692.786137"),
    ("units-are-not-mixed-up", "three_public.total:actual", "4.2150", "42150"),
    # 43 + 10
    ("heads-add-up", "staff.total:actual", "52", "53"),
]


def checked(example):
    facts, _ = load_example(EXAMPLES / example / "year.yaml")
    return check_year(facts)


@pytest.mark.parametrize(("example", "expected"), [("yuelu-2021", YUELU), ("yueyang-2022", YUEYANG)])
def test_every_contradiction_is_named_and_no_other(example, expected):
    found = [
        (item.check, str(item.figures[0].key), item.stated.value, item.computed.value)
        for item in checked(example).of(Verdict.CONTRADICTION)
    ]
    wanted = [(check, key, Decimal(stated), Decimal(computed)) for check, key, stated, computed in expected]
    assert sorted(found) == sorted(wanted)


@pytest.mark.parametrize("example", ["wangcheng-2021", "tianxin-2019", "panyu-2021"])
def test_years_that_agree_with_themselves_are_not_accused(example):
    report = checked(example)
    assert report.of(Verdict.CONTRADICTION) == ()
    assert report.of(Verdict.DEFECT) == ()


def test_one_cent_of_rounding_is_named_as_such():
    """望城 2021: 633.75 + 9474.13 is 10107.88, printed 10107.87."""
    (finding,) = checked("wangcheng-2021").of(Verdict.ROUNDING)
    assert (finding.difference, finding.tolerance) == (Decimal("-0.01"), Decimal("0.015"))


def test_what_cannot_be_decided_is_asked():
    """岳阳县 2022: 43 in post on 38 posts; the rate of 100 % has a basis that the form does not say."""
    report = checked("yueyang-2022")
    asked = {item.check for item in report.of(Verdict.QUESTION)}
    assert {"rates-follow", "staff-fits-posts", "total-is-sum-of-scores"} <= asked


def test_defects_of_the_published_tables():
    yuelu = [item for item in checked("yuelu-2021").of(Verdict.DEFECT)]
    assert [item.subject for item in yuelu if item.check == "block-weights-match-scheme"] == ["产出指标"]
    vague = [item.subject for item in yuelu if item.check == "targets-meet-four-criteria"]
    assert vague == [f"I{number}" for number in range(11, 27)]
    yueyang = {(item.check, item.subject) for item in checked("yueyang-2022").of(Verdict.DEFECT)}
    assert ("no-placeholder-is-left", "指标 I12") in yueyang
    assert ("dimensions-are-complete", "满意度") in yueyang
    assert ("table-states-targets", "indicators") in yueyang


def test_one_mistake_is_named_once():
    """岳阳县: the surplus counted into the expenditure explains three findings, one repeated digit two."""
    report = checked("yueyang-2022")
    groups = {}
    for item in report.of(Verdict.CONTRADICTION):
        if item.group:
            groups.setdefault(item.proposal, []).append(item.check)
    surplus = next(text for text in groups if "支出合计 9692.786137" in text)
    assert sorted(groups[surplus]) == ["statements-agree", "sums-close", "sums-close"]
    assert "若为 9691.647591 万元" in surplus
    assert "疑为多计了当年结余" in surplus
    digit = next(text for text in groups if "26.7777876" in text)
    assert "若为 26.777876 万元" in digit
    assert "多打了一个重复的“7”" in digit
    assert sorted(groups[digit]) == ["sums-close", "units-add-up"]


def test_four_points_too_many_have_one_cause():
    grouped = [item for item in checked("yuelu-2021").findings if item.group == "points-4"]
    assert [item.check for item in grouped] == [
        "weights-close",
        "total-is-sum-of-scores",
        "block-weights-match-scheme",
    ]
