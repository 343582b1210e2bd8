"""Case kinds read: letters name only what a case can tell, numbers never repeat, every part has an id of its own."""

from pathlib import Path

import pytest
from unit.casework.samples import SAMPLE

from rongji.law.case_kinds import check_case_kinds
from rongji.law.reading import Problems

NUMBER = '"{short}样受〔{year}〕{serial}号"'
WRONG = [
    # what stands there, what is put in its place, what is said
    ("{topic}，", "{weather}，", "“{weather}”不是本办件的字段"),
    ("title: 受理告知书", 'title: "{nobody}告知书"', "“{nobody}”"),
    ("（{topic}", "（{topic", "不是本办件的字段"),
    ("{topic}，", "{}，", "不是本办件的字段"),
    ("{topic}，", "{topic.secret}，", "“{topic.secret}”"),
    ("{topic}，", "{topic:d}，", "不是本办件的字段"),
    (NUMBER, '"样受〔{year}〕号"', "会重号"),
    (NUMBER, '"{short}样受〔{year}〕{serial}号{title}"', "“{title}”"),
]


def problems_of(folder: Path, text: str) -> list[str]:
    """What is wrong with one kind."""
    place = folder / "casework" / "sample" / "2020-01-01.yaml"
    place.parent.mkdir(parents=True)
    place.write_text(text, encoding="utf-8")
    found = Problems()
    check_case_kinds(folder, found)
    return [str(item) for item in found.found]


def test_the_letter_of_the_sample_is_fine(tmp_path):
    """Title, number and paragraphs."""
    assert problems_of(tmp_path, SAMPLE) == []


@pytest.mark.parametrize(
    ("words", "instead", "said"),
    [
        ("id: withdraw,", "id: appeal,", "acts 里的“appeal”写了两次"),
        ("id: waiting,", "id: new,", "steps 里的“new”写了两次"),
        ("id: withdraw,", "id: handed_over,", "每件办件都有"),
    ],
)
def test_a_part_with_the_id_of_another_is_told(tmp_path, words, instead, said):
    """The second would silently stand in the place of the first."""
    assert words in SAMPLE
    assert any(said in line for line in problems_of(tmp_path, SAMPLE.replace(words, instead)))


@pytest.mark.parametrize(("words", "instead", "said"), WRONG)
def test_a_letter_that_cannot_be_filled_is_told_before_anybody_issues_it(tmp_path, words, instead, said):
    """A word that nobody knows, a brace that is not closed, a number without its serial."""
    assert words in SAMPLE
    found = problems_of(tmp_path, SAMPLE.replace(words, instead))
    assert found
    assert any(said in line for line in found), found


MEASURES = "\nmeasures:\n  - {id: sums, label: 合计, unit: 件, counting: sum, of: %s, definition: 逐件相加}\n"


@pytest.mark.parametrize(
    ("of", "said"),
    [("topic", "“topic”既不是数量也不是金额"), ("nothing", "“nothing”不存在")],
)
def test_a_number_that_cannot_be_added_up_is_told(tmp_path, of, said):
    """Words do not add up."""
    found = problems_of(tmp_path, SAMPLE.split("\nmeasures:")[0] + MEASURES % of)
    assert any(said in line for line in found), found
