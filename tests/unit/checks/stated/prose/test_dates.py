"""Dates of a document: what no calendar has is named, what is no date at all is left alone."""

import pytest

from rongji.audit.run import audit_read
from rongji.documents.readers import read_document


def impossible(words: str) -> list[str]:
    """What is called an impossible date in a paragraph."""
    file = audit_read(read_document(f"青山县2023年度工作情况报告\n\n{words}\n".encode(), "报告.txt"), "报告.txt")
    found = (item.finding for item in file.claims if item.finding.check == "stated-dates-exist")
    return [spot.text for finding in found for spot in finding.spots]


@pytest.mark.parametrize(
    "words", ["会议于2023年13月5日召开。", "截至2023年2月30日，全部完成。", "202 年全县共发放补助35万元。"]
)
def test_what_no_calendar_has_is_named(words: str):
    assert len(impossible(words)) == 1


@pytest.mark.parametrize(
    "words", ["版本号为1e8，见附件。", "编号2e0d的文件已归档。", "200年前的古建筑3处。", "2024年2月29日完成验收。"]
)
def test_what_is_no_impossible_date_is_left_alone(words: str):
    assert impossible(words) == []
