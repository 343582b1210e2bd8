"""Marks are put on the right characters, whatever else stands in the line, and no character is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongji.audit.marking import Marking, Stretch, address_of, cut, span_in
from rongji.audit.marks import Mark
from rongji.audit.report import Claim
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.place import Place, Spot


def stretch(number, start, end, text=""):
    """A mark over some characters."""
    return Stretch(f"m{number}", Mark(Place(line=1, span=(start, end)), text), [f"c{number}"], {Verdict.HOLDS})


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=12)


@given(st.lists(st.text("数字1234万元 ，", max_size=14), max_size=5), SPANS)
def test_cutting_loses_no_character_and_marks_each_where_it_says(texts, spans):
    """The pieces of every run joined are the run; a character carries exactly the marks that cover it."""
    joined = "".join(texts)
    marks = [
        stretch(n, start, start + length, joined[start : start + length]) for n, (start, length) in enumerate(spans)
    ]
    cuts = cut(texts, marks)
    assert ["".join(piece.text for piece in run) for run in cuts] == texts
    covered = {mark.id: span_in(joined, mark.mark) for mark in marks}
    position = 0
    for piece in (piece for run in cuts for piece in run):
        for offset in range(len(piece.text)):
            at = position + offset
            assert {mark.id for mark in piece.stretches} == {k for k, (a, b) in covered.items() if a <= at < b}
        position += len(piece.text)


def test_every_mark_that_is_shown_has_one_anchor():
    """Two marks over the same characters share it."""
    marks = [stretch(1, 2, 6), stretch(2, 2, 6), stretch(3, 4, 9)]
    (pieces,) = cut(["0123456789"], marks)
    anchors = [piece.anchor for piece in pieces if piece.anchor]
    assert anchors == ["m1", "m3"] and [mark.anchor for mark in marks] == ["m1", "m1", "m3"]


@pytest.mark.parametrize(
    ("text", "span", "printed", "expected"),
    [
        ("全年支出 100 万元", (5, 11), "100 万元", (5, 11)),
        ("全年支出 100 万元", (0, 3), "100 万元", (5, 11)),  # the span is off, the print is there
        ("全年支出 100", (5, 11), "100 万元", (5, 8)),  # the unit stands on the next line
        ("全年支出", (9, 12), "100", (0, 0)),  # it is not in this stretch at all
        ("全年支出", None, "", (0, 4)),  # a whole piece
    ],
)
def test_a_span_that_is_off_is_mended_by_the_print(text, span, printed, expected):
    """As the place says if the print is there, else where the print is found."""
    assert span_in(text, Mark(Place(line=1, span=span), printed)) == expected


def test_one_place_of_several_findings_is_one_mark_with_the_gravest_verdict():
    """A total in two relations."""
    spot = Spot(Place(line=3, span=(0, 4)), "100元")
    findings = [Finding("a", verdict, "。", spots=(spot,)) for verdict in (Verdict.HOLDS, Verdict.CONTRADICTION)]
    marking = Marking([Claim(f"c{n}", item) for n, item in enumerate(findings, 1)], "f")
    (only,) = marking.at((None, 3))
    assert only.claims == ["c1", "c2"] and only.verdict is Verdict.CONTRADICTION


def test_places_of_one_piece_meet_whatever_their_span_and_file_name():
    """The reader names the file, the finding need not."""
    assert address_of(Place(file="a.txt", line=3, span=(0, 2))) == address_of(Place(line=3))
    assert address_of(Place(sheet="甲", cell="A1")) != address_of(Place(sheet="乙", cell="A1"))
    assert address_of(Place(table=1, row=2, column=3)) != address_of(Place(table=2, row=2, column=3))
    assert address_of(Place()) is None and address_of(None) is None
