"""Dates and years of a document."""

import pytest
from unit.audit.prose.report import verdicts

EXIST, OWN, SPAN, SIGNED = (
    "stated-dates-exist",
    "stated-year-is-its-own",
    "stated-spans-run-forward",
    "document-is-dated-after-its-year",
)


@pytest.mark.parametrize("text", ["我单位 202 年整体支出目标。", "2023年2月30日印发。", "2023年13月完成。"])
def test_a_date_that_no_calendar_has(text: str):
    assert verdicts(EXIST, text) == ["contradiction"]


@pytest.mark.parametrize("text", ["2024年2月29日印发。", "2023年11月底完成。", "会期2天，第4季度举办。"])
def test_a_date_that_exists(text: str):
    assert verdicts(EXIST, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年度部门整体支出绩效自评工作已完成。", ["question"]),
        ("2023年度部门整体支出绩效自评工作已完成。", []),
        ("与2022年度部门决算相比有所增加。", []),
        ("2024年部门预算绩效管理将进一步加强。", []),
        ("根据《关于开展2022年度绩效自评工作的通知》要求。", []),
    ],
)
def test_the_year_of_its_own_accounts(text: str, expected: list[str]):
    assert verdicts(OWN, text) == expected


def test_a_span_runs_forward():
    assert verdicts(SPAN, "建设期为2023年12月至2023年3月。") == ["contradiction"]
    assert verdicts(SPAN, "建设期为2022年12月至2023年3月。") == []


@pytest.mark.parametrize(
    ("date", "expected"),
    [("2024年2月17日", ["holds"]), ("2023年2月17日", ["question"]), ("2019年2月17日", ["question"])],
)
def test_a_self_evaluation_is_signed_after_its_year(date: str, expected: list[str]):
    assert verdicts(SIGNED, "预算执行良好。", "青山县民政局", date) == expected
