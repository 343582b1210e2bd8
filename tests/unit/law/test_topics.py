"""Topics of reports: every figure they name exists, and what no register tells says so instead of guessing."""

from pathlib import Path

import pytest

from rongji.law.loader import lawbook
from rongji.law.reading import Problems
from rongji.law.topics import read_topics

DERIVED = ("people.", "awards.", "payments.", "organisation.")


def test_the_shipped_topics_read_without_a_problem():
    """Each names figures of the records, or none at all."""
    topics = lawbook().topics
    assert len(topics) > 40 and not lawbook().problems
    assert {item.area for item in topics} >= {"抚恤补助与发放", "优抚医疗", "身份认定", "社保补缴", "帮扶解困"}
    assert all(figure.startswith(DERIVED) for item in topics for figure in item.figures)
    assert [item for item in topics if not item.figures]


def test_every_figure_of_people_and_payments_is_told_under_some_topic():
    """Nothing is counted that nobody asks for."""
    told = {figure.partition("#")[0] for item in lawbook().topics for figure in item.figures}
    kept = {name for name in lawbook().concepts if name.startswith(("people.", "awards.", "payments."))}
    assert kept <= told | NOT_IN_REPORTS, kept - told


NOT_IN_REPORTS = {"awards.grants", "awards.granted", "awards.ended"}


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("{area: 甲, topic: 乙, figures: [people.nothing]}", "数据目录中没有“people.nothing”"),
        ("{area: 甲, topic: 乙, figures: ['people.files:never']}", "无法识别"),
        ("{area: 甲, topic: 乙, figures: [people.files], indicator: no-such}", "没有编号为“no-such”的指标公式"),
        ("{area: 甲, figures: []}", "缺少“topic”"),
        ("{area: 甲, topic: 乙}", "缺少“figures”"),
    ],
)
def test_a_slip_is_named_with_its_line(tmp_path: Path, entry: str, problem: str):
    """A figure that nobody knows, a key that cannot be read, an unknown formula, a missing field."""
    (tmp_path / "concepts").mkdir()
    (tmp_path / "concepts" / "topics.yaml").write_text(f"topics:\n  - {entry}\n", encoding="utf-8")
    problems = Problems()
    read_topics(tmp_path, lawbook().concepts, lawbook().tables, problems)
    assert len(problems.found) == 1 and problem in problems.found[0].sentence
    assert "2" in problems.found[0].place


def test_a_site_without_the_file_has_no_topics(tmp_path: Path):
    """Nothing depends on it."""
    problems = Problems()
    assert read_topics(tmp_path, {}, {}, problems) == () and not problems.found
