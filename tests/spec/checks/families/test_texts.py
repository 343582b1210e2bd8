"""文字: quoted figures, typed digits, years and dates, placeholders, names of other bureaux."""

import pytest
from spec.checks.builders import DEFECT, QUESTION, figure, row, verdicts, year

from rongji.kernel.bureau_year import (
    GoalFacts,
    ProjectFacts,
    TextFacts,
)


class TestQuotedKeys:
    """What a text may quote besides stated figures: what the system makes of them."""

    def quoting(self, token, *figures, **facts):
        text = TextFacts("t", "概况", f"如数{{{{{token}}}}}。")
        return verdicts(year(*figures, texts=(text,), **facts), "tokens-lead-somewhere")

    def test_a_rate_that_the_identities_compute(self):
        basic, total = figure("expenditure.basic:actual", "5.00"), figure("expenditure.total:actual", "20.00")
        assert self.quoting("share.basic:rate", basic, total) == []
        assert self.quoting("share.basic:rate", basic) == [DEFECT]
        assert self.quoting("share.basic:rate", basic, figure("expenditure.total:actual", "0.00")) == [DEFECT]

    @pytest.mark.parametrize(
        ("token", "expected"),
        [
            ("indicator.actual#indicator:I1", []),
            ("indicator.score#indicator:I1", []),
            ("indicator.actual#indicator:I9", [DEFECT]),
            ("indicator.score#goal:I1", [DEFECT]),
            ("goal.completion#goal:G1", []),
            ("goal.number#goal:G1-2", []),
            ("goal.completion#goal:G2", [DEFECT]),
            ("project.total#project:P01", []),
            ("project.total#project:P09", [DEFECT]),
            ("project.total", [DEFECT]),
        ],
    )
    def test_what_a_row_of_the_year_gets(self, token, expected):
        records = {
            "indicators": (row("I1", target="5", actual="5", weight="5"),),
            "goals": (GoalFacts("G1", "goal", "服务不少于90人、95户"),),
            "projects": (ProjectFacts("P01", "优抚"),),
        }
        assert self.quoting(token, **records) == expected


class TestTexts:
    def section(self, body, **facts):
        return year(figure("expenditure.total:actual", "5.00"), texts=(TextFacts("t", "概况", body),), **facts)

    @pytest.mark.parametrize(
        ("body", "check", "expected"),
        [
            ("支出{{expenditure.total:actual|万元 2}}。", "typed-digits-are-backed", []),
            ("支出 5.00 万元，发放 4113 人。", "typed-digits-are-backed", [QUESTION]),
            ("2019年3月25日成立，第2批，财预〔2020〕10号，60周岁以上。", "typed-digits-are-backed", []),
            ("支出{{expenditure.basic:actual|万元 2}}。", "tokens-lead-somewhere", [DEFECT]),
            ("支出{{expenditure.total:actual}}。", "tokens-lead-somewhere", []),
            ("自评{{evaluation.total|分 2}}。", "tokens-lead-somewhere", []),
            ("自评{{evaluation.totl|分 2}}。", "tokens-lead-somewhere", [DEFECT]),
            ("支出[[{{expenditure.basic:actual|万元 2}}]]。", "tokens-lead-somewhere", []),
            ("支出[[{{expenditure.basik:actual|万元 2}}]]。", "tokens-lead-somewhere", [DEFECT]),
            ("支出[[{{fact.visits|人}}]]。", "tokens-lead-somewhere", [DEFECT]),
            ("比上年{{change.rate:rate#fact:expenditure.total}}。", "tokens-lead-somewhere", []),
            ("比上年{{change.rate:rate#fact:income.total}}。", "tokens-lead-somewhere", [DEFECT]),
            ("上年{{expenditure.total:prior|万元 2}}。", "tokens-lead-somewhere", []),
            ("我单位 202 年整体支出绩效目标", "years-are-whole", [DEFECT]),
            ("我单位 2022 年整体支出绩效目标", "years-are-whole", []),
            ("建立120年的老馆", "years-are-whole", []),
            ("该馆已有 200 年历史", "years-are-whole", []),
            ("近 200 年，历经 190 年来", "years-are-whole", []),
            ("安置待定", "no-placeholder-is-left", []),
            ("完成情况：待定", "no-placeholder-is-left", [DEFECT]),
            ("2022年2月30日召开会议", "dates-exist", [DEFECT]),
            ("2月29日召开会议", "dates-exist", []),
            ("13月1日召开会议", "dates-exist", [DEFECT]),
            ("2021年度整体支出绩效情况", "report-names-its-own-year", [QUESTION]),
            ("2022年度整体支出绩效情况，2019年成立", "report-names-its-own-year", []),
            ("目标：待填写", "no-placeholder-is-left", [DEFECT]),
            ("由XX街道负责", "no-placeholder-is-left", [QUESTION]),
            ("{单位}负责", "no-placeholder-is-left", [DEFECT]),
            ("……", "no-placeholder-is-left", [DEFECT]),
            ("发扬传统……不断前进", "no-placeholder-is-left", []),
            ("邻县退役军人事务局来访，由乙县退役军人事务局代发", "no-other-bureau-is-named", [QUESTION]),
            ("我县退役军人事务局和试县退役军人事务局", "no-other-bureau-is-named", []),
        ],
    )
    def test_one_sentence(self, body, check, expected):
        assert verdicts(self.section(body), check)[:1] == expected

    def test_template_rows_of_the_form_are_found(self):
        assert verdicts(year(indicators=(row(name="指标1： 指标2： ……"),)), "no-placeholder-is-left") == [DEFECT]
