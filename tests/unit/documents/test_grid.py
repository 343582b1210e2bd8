"""A table's cells fill its rectangle exactly; everything else is a bug that is named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rongji.documents.build import cell, row, table
from rongji.documents.grid import CrookedTable, grid
from rongji.documents.model import Cell, Row, Table


@st.composite
def tilings(draw: st.DrawFn) -> tuple[Table, list[tuple[int, int, int, int]]]:
    """A rectangle cut into cells at random, and the cut."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    taken: set[tuple[int, int]] = set()
    cut, rows = [], []
    for r in range(height):
        cells = []
        for c in range(width):
            if (r, c) in taken:
                continue
            free = next((k for k in range(c, width) if (r, k) in taken), width) - c
            across, down = draw(st.integers(1, free)), draw(st.integers(1, height - r))
            taken |= {(i, k) for i in range(r, r + down) for k in range(c, c + across)}
            cut.append((r, c, down, across))
            cells.append(cell(f"{r}.{c}", colspan=across, rowspan=down))
        rows.append(Row(tuple(cells)))
    return Table((1,) * width, tuple(rows)), cut


@settings(max_examples=100, deadline=None)
@given(tilings())
def test_any_cut_of_a_rectangle_is_laid_out_where_it_was_cut(case):
    """Cells are found again at the slots they were cut from, each slot covered once."""
    built, cut = case
    laid = grid(built)
    assert [(p.row, p.column, p.cell.rowspan, p.cell.colspan) for p in laid.cells] == cut
    for r, c, down, across in cut:
        assert all(laid.at(i, k).cell.text == f"{r}.{c}" for i in range(r, r + down) for k in range(c, c + across))


@settings(max_examples=60, deadline=None)
@given(tilings(), st.data())
def test_widening_any_cell_is_a_bug(case, data):
    """One column more in any cell overlaps, sticks out or leaves no room: never silently accepted."""
    built, cut = case
    r, c, *_ = data.draw(st.sampled_from(cut))
    wider = [
        Row(tuple(Cell(x.paragraphs, x.colspan + 1, x.rowspan) if x.text == f"{r}.{c}" else x for x in line.cells))
        for line in built.rows
    ]
    with pytest.raises(CrookedTable):
        grid(Table(built.columns, tuple(wider)))


@pytest.mark.parametrize(
    ("built", "words"),
    [
        (table((1, 1), row("a")), "row 1, column 2 is covered by no cell"),
        (table((1, 1), row("a", "b", "c")), "no room left for the cell “c”"),
        (table((1, 1), row(cell("a", rowspan=2), "b")), "“a” sticks out"),
        (table((1, 1, 1), row("x", cell("a", rowspan=2), "y"), row(cell("b", colspan=2), "c")), "covered twice"),
        (table((1,), row(cell("a", rowspan=2)), row(), header_rows=1), "reaches out of the repeated header"),
        (table((1,), row(cell("a", colspan=0))), "spans nothing"),
        (table((1, 0), row("a", "b")), "must be positive"),
        (table((1,), row("a"), header_rows=2), "2 header rows in a table of 1 rows"),
        (table((), row()), "at least one column"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_crooked_table_is_named(built, words):
    """The message says which row and which cell."""
    with pytest.raises(CrookedTable, match=words):
        grid(built)
