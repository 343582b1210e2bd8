"""How many things a row of names can be, where 和 may join two names or belong to one."""

import pytest

from rongji.checks.stated.grammar.enumerations import counted_markers, enumeration


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("办公室、优抚科、安置科", 3, 3),
        ("办公室、优抚科和安置科", 2, 3),
        ("办公室、人力资源和社会保障科、财务科", 3, 4),
        ("办公室（含机要、档案）、优抚科", 2, 2),  # what stands in brackets is not counted
        ("“送政策、送温暖”专班、优抚科", 2, 2),
    ],
)
def test_a_row_is_as_many_as_it_can_be_read(text, least, most):
    names = enumeration(text, "、")
    assert (names.least, names.most) == (least, most)


@pytest.mark.parametrize(
    ("text", "is_open", "is_plain"),
    [
        ("办公室、优抚科、安置科", False, True),
        ("办公室、优抚科等", True, True),
        ("办公室、优抚政策", False, False),
        ("开展走访、发放补助", False, False),
    ],
)
def test_what_a_row_leaves_open_and_whether_it_names_offices(text, is_open, is_plain):
    names = enumeration(text, "、")
    assert (names.open, names.plain) == (is_open, is_plain)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("一是建台账，二是抓走访，三是解难题。", 3),
        ("一是建台账，三是解难题。", 0),  # they do not follow each other
        ("第一是建台账，统一是要求。", 0),
    ],
)
def test_points_are_counted_where_they_follow_each_other(text, count):
    assert counted_markers(text) == count
