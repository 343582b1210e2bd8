"""Year, organisation and title out of the opening of a document."""

import pytest

from rongji.audit.context import Context, context_of, years_in
from rongji.documents.model import Document, Paragraph, Text, Title

READ = [
    (("2021年度青山县民政局部门整体支出绩效自评报告",), 2021, "青山县民政局"),
    (("青山县教育局", "2022年部门决算公开"), 2022, ""),
    (("关于青山县水利局二〇二三年度部门决算的说明",), 2023, "青山县水利局"),
    (("2021年度部门整体支出绩效自评表（2022年填报）",), 2021, ""),
    (("单位名称：青山县司法局", "2020年部门预算公开"), 2020, "青山县司法局"),
]


@pytest.mark.parametrize(("lines", "year", "organisation"), READ, ids=[lines[0] for lines, _, _ in READ])
def test_the_opening_names_year_and_organisation(lines: tuple[str, ...], year: int, organisation: str):
    document = Document("", (Title((lines[0],)), *(Paragraph((Text(line),)) for line in lines[1:])))
    found = context_of(document)
    assert (found.year, found.organisation) == (year, organisation)


def test_without_a_title_the_year_that_is_repeated_most_counts():
    body = "2019年基本支出14万元。2019年项目支出80万元。2019年预算执行良好。2018年12月成立。"
    assert context_of(Document("", (Paragraph((Text(body),)),))).year == 2019


def test_a_year_that_is_not_clear_is_none():
    body = "2019年支出14万元，2020年支出15万元，2021年支出16万元。"
    assert context_of(Document("", (Paragraph((Text(body),)),))) == Context()


def test_years_in_digits_and_in_characters():
    assert years_in("二〇二一年度，2022年3月，第3年") == [2021, 2022]
