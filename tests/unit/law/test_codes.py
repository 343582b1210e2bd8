"""Classification codes of a year."""

from datetime import date

import pytest

from rongji.law.codes import ECONOMIC, FUNCTIONAL, codes_called, economic, edition, functional, government_code
from rongji.law.model import Trust
from rongji.law.refusals import UnknownCode
from rongji.law.shapes.codes import SpendingUse, ThreePublic

NAMES = [
    ("2080804", 2021, "优抚事业单位支出"),
    ("2080808", 2022, "烈士纪念设施管理维护"),
    ("2080808", 2023, "烈士纪念设施管理维护"),
    ("2080808", 2024, "褒扬纪念"),
    ("2080807", 2022, "光荣院"),
    ("2082805", 2021, "部队供应"),
    ("2082805", 2022, "军供保障"),
    ("2080902", 2021, "军队移交政府的离退休人员安置"),
    ("2101401", 2021, "优抚对象医疗补助"),
    ("2089999", 2021, "其他社会保障和就业支出"),
]


@pytest.mark.parametrize(("code", "year", "name"), NAMES)
def test_a_code_has_the_name_of_its_year(code, year, name):
    """Both sides of every change of name."""
    assert functional(code, year).name == name


@pytest.mark.parametrize(("code", "year"), [("2080804", 2022), ("2080807", 2021), ("2080808", 2021), ("20828", 2018)])
def test_a_code_that_the_year_does_not_have_is_refused(code, year):
    """Closed codes and codes not yet opened; the sentence names year and code."""
    with pytest.raises(UnknownCode, match=rf"{year}.*{code}"):
        functional(code, year)


def test_levels_and_parents():
    """类 3, 款 5, 项 7 digits for functional codes; every parent of a shipped code is shipped."""
    levels = [(functional(code, 2021).level, functional(code, 2021).parent) for code in ("208", "20808", "2080801")]
    assert levels == [("类", ""), ("款", "208"), ("项", "20808")]
    for table, year in ((FUNCTIONAL, 2021), (FUNCTIONAL, 2025), (ECONOMIC, 2025)):
        codes = {item.code for item in edition(table, year)}
        assert {item.parent for item in edition(table, year)} - {""} <= codes


def test_names_used_in_the_2021_reports_are_found():
    """The functions that a district bureau listed for 2021, by the words it used."""
    words = [
        "死亡抚恤", "在乡复员、退伍军人生活补助", "义务兵优待", "其他优抚支出", "退役士兵安置",
        "军队移交政府的离退休人员安置", "军队移交政府离退休干部管理机构", "军队转业干部安置", "其他退役安置",
        "一般行政管理事务", "拥军优属", "优抚对象医疗补助", "优抚事业单位支出", "其他社会保障和就业支出",
    ]  # fmt: skip
    items = [[found for found in codes_called(word, FUNCTIONAL, 2021) if found.level == "项"] for word in words]
    assert [len(found) for found in items] == [1] * len(words)


def test_what_is_only_remembered_says_so():
    """20809 was read in the 2023 edition; before that, and for most of 20828, memory."""
    assert functional("2080901", 2023).row.trust is Trust.MIRROR
    assert functional("2080901", 2022).row.trust is Trust.MEMORY_HIGH
    assert functional("2082804", 2025).row.trust is Trust.MEMORY_HIGH


def test_personnel_is_301_and_303_operating_is_302_and_310():
    """The halves of basic spending; 309 is construction and belongs to neither."""
    uses = {code: economic(code, 2025).use for code in ("301", "302", "303", "309", "310", "30304", "30211", "31002")}
    assert uses == {
        "301": SpendingUse.PERSONNEL,
        "302": SpendingUse.OPERATING,
        "303": SpendingUse.PERSONNEL,
        "309": SpendingUse.NONE,
        "310": SpendingUse.OPERATING,
        "30304": SpendingUse.PERSONNEL,
        "30211": SpendingUse.OPERATING,
        "31002": SpendingUse.OPERATING,
    }


def test_the_four_three_public_items():
    """出国 30212, 接待 30217, 用车运行 30231, 用车购置 31013, and no other."""
    items = {item.code: item.three_public for item in edition(ECONOMIC, 2025) if item.three_public}
    assert items == {
        "30212": ThreePublic.ABROAD,
        "30217": ThreePublic.RECEPTION,
        "30231": ThreePublic.VEHICLE_RUNNING,
        "31013": ThreePublic.VEHICLE_PURCHASE,
    }


def test_309_and_310_share_names_so_codes_decide():
    """A name alone does not say which."""
    assert [item.code for item in codes_called("办公设备购置", ECONOMIC, 2025)] == ["30902", "31002"]


@pytest.mark.parametrize(
    ("code", "kind", "expected"),
    [
        ("30101", "administrative", "50101"),
        ("30108", "administrative", "50102"),
        ("30215", "administrative", "50202"),
        ("30228", "administrative", "50201"),
        ("30107", "administrative", None),
        ("30107", "institution", "50501"),
        ("30211", "institution", "50502"),
        ("30302", "institution", "50905"),
    ],
)
def test_department_codes_go_to_government_codes(code, kind, expected):
    """Seen correspondences only; what was not seen is not inferred."""
    found = government_code(code, 2021, kind_of_unit=kind)
    assert (found.code if found else None) == expected


def test_a_code_as_it_was_known():
    """The 2023 edition was published on 2022-07-06."""
    assert functional("2080901", 2023, known_on=date(2022, 7, 5)).row.act == "classification-2007"
    assert functional("2080901", 2023, known_on=date(2022, 7, 6)).row.act == "classification-2023"
