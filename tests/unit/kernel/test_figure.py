"""A figure key is an address; a figure set holds every statement of every fact."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongji.kernel.digest import canonical_json, digest
from rongji.kernel.figure import (
    Figure,
    FigureKey,
    FigureSet,
    LaterRows,
    RowRef,
    Source,
    SourceKind,
    Stage,
    UnreadableKey,
)
from rongji.kernel.quantity import Quantity

words = st.from_regex(r"[a-z][a-z_.]{0,12}", fullmatch=True)
units = st.one_of(st.just(""), st.from_regex(r"[A-Z0-9]{1,6}", fullmatch=True))
members = st.one_of(st.just(""), st.from_regex(r"[a-z]{1,8}:[A-Za-z0-9]{1,8}", fullmatch=True))


@given(words, st.sampled_from(list(Stage)), units, members)
def test_a_key_reads_back_from_its_text(concept, stage, unit, member):
    """The text form is complete."""
    key = FigureKey(concept, stage, unit, member)
    assert FigureKey.parse(str(key)) == key


@pytest.mark.parametrize("text", ["", ":actual", "expenditure.total:later", "@HQ"])
def test_a_crooked_key_is_refused(text):
    """A key without a concept or with an unknown stage is nobody's address."""
    with pytest.raises(UnreadableKey):
        FigureKey.parse(text)


def stated(text: str, statement: str, key: str = "staff.total:actual") -> Figure:
    """A figure of 实有人数 as printed in one place."""
    source = Source(SourceKind.IMPORTED, line="第10行")
    return Figure(FigureKey.parse(key), "实有人数", source, Quantity.parse(text, "人"), text, statement=statement)


def test_all_statements_of_a_fact_are_kept_and_the_first_leads():
    """52 on the form and 53 in the text are one fact stated twice."""
    figures = FigureSet((stated("52", "form"), stated("53", "text")))
    key = FigureKey.parse("staff.total:actual")
    assert [str(f.quantity) for f in figures.statements(key)] == ["52人", "53人"]
    assert str(figures.quantity(key)) == "52人"


def test_members_and_units_are_found_by_their_address():
    """A breakdown is looked up by axis, units without the consolidated row."""
    figures = FigureSet(
        (
            stated("3", "form", "staff.total:actual#post:leader"),
            stated("9", "form", "staff.total:actual#rank:x"),
            stated("5", "form", "staff.total:actual@HQ"),
            stated("17", "form"),
        )
    )
    assert [f.key.member for f in figures.members("staff.total", Stage.ACTUAL, "", "post")] == ["post:leader"]
    assert [f.key.unit for f in figures.units("staff.total", Stage.ACTUAL)] == ["HQ"]


def test_a_figure_explains_itself_down_to_its_source():
    """Value, place, and the inputs one step in."""
    total = Figure(
        FigureKey.parse("staff.total:actual"),
        "实有人数",
        Source(SourceKind.DERIVED),
        Quantity.parse("2", "人"),
        how="逐单位相加",
        inputs=(stated("2", "form", "staff.total:actual@HQ"),),
    )
    lines = list(total.explain())
    assert lines[0].startswith("实有人数 = 2人；逐单位相加")
    assert lines[1].startswith("  实有人数") and "第10行" in lines[1]


def test_a_digest_is_the_same_for_the_same_content_and_refuses_floats():
    """Order of keys does not matter; a float anywhere is a bug."""
    assert digest({"a": 1, "b": [Stage.ACTUAL]}) == digest({"b": ["actual"], "a": 1})
    assert canonical_json({"q": stated("52", "form").quantity}) == '{"q":{"places":0,"unit_name":"人","value":"52"}}'
    with pytest.raises(TypeError):
        digest({"a": [0.5]})


def test_rows_made_later_are_the_same_rows():
    """They count and compare like a tuple, and nobody makes them before they are looked at."""
    rows = (RowRef("t", "1", "甲"), RowRef("t", "2", "乙"))
    made = []
    later = LaterRows(2, lambda: made.append(1) or rows)
    assert len(later) == 2
    assert bool(later)
    assert made == []
    assert later == rows
    assert rows == later
    assert (later[0], later[1:]) == (rows[0], rows[1:])
    assert hash(later) == hash(rows)
    assert not LaterRows(0, lambda: ())
