"""Tables drawn in text: cells between bars, `<` goes on from the left, `^` from above; and regions drawn back."""

from rongji.audit.context import Context
from rongji.audit.tables import tables_of
from rongji.checks.stated.model import StatedTable
from rongji.documents.model import Block, Cell, Document, Paragraph, Row, Table, Text
from rongji.kernel.place import Place

FORM = "2023年度部门整体支出绩效自评表"


def ruled(drawing: str, **options: object) -> Table:
    """A table with its spans."""
    grid = _grid(drawing)
    rows = []
    for r, line in enumerate(grid):
        cells = [_cell(grid, r, c) for c, text in enumerate(line) if text not in ("<", "^")]
        rows.append(Row(tuple(cells)))
    return Table((1,) * len(grid[0]), tuple(rows), **options)


def flattened(drawing: str, **options: object) -> Table:
    """The same table as a converter flattens it: a vertical merge is printed again as an empty cell, spans are lost."""
    grid = _grid(drawing)
    rows = [
        [_plain("" if text == "^" else text, r, c) for c, text in enumerate(line) if _stays(line, c)]
        for r, line in enumerate(grid)
    ]
    width = max(len(row) for row in rows)
    return Table(
        (1,) * width,
        tuple(Row((*row, *(Cell() for _ in range(width - len(row))))) for row in rows),
        spans_known=False,
        **options,
    )


def _stays(line: list[str], c: int) -> bool:
    """A cell that goes on from the left is lost; one from above stays as an empty cell, once."""
    return line[c] != "<" and not (line[c] == "^" and c > 0 and line[c - 1] == "^<")


def _grid(drawing: str) -> list[list[str]]:
    lines = [line.strip() for line in drawing.strip().splitlines()]
    return [[text.strip().replace("_", "\u3000") for text in line.split("|")] for line in lines]


def _cell(grid: list[list[str]], r: int, c: int) -> Cell:
    colspan = rowspan = 1
    while c + colspan < len(grid[r]) and grid[r][c + colspan] == "<":
        colspan += 1
    while r + rowspan < len(grid) and grid[r + rowspan][c] == "^":
        rowspan += 1
    made = _plain(grid[r][c], r, c)
    return Cell(made.paragraphs, colspan, rowspan, place=made.place)


def _plain(text: str, r: int, c: int) -> Cell:
    place = Place(file="drawn", table=1, row=r + 1, column=c + 1)
    paragraphs = (Paragraph((Text(text, place=place),), indent=False),) if text else ()
    return Cell(paragraphs, place=place)


def regions(*blocks: Block, title: str = FORM, year: int | None = 2023) -> tuple[StatedTable, ...]:
    """What the tables of a document state."""
    return tables_of(Document(title, blocks), Context(title, year))


def wholes(region: StatedTable) -> dict[str, str]:
    """Each row that is part of another, with what it is part of."""
    labels = {row.index: row.label for row in region.rows}
    return {row.label: labels[row.whole] for row in region.rows if row.whole is not None}


def column_wholes(region: StatedTable) -> dict[str, str]:
    """Each column that is part of another, with what it is part of."""
    return {c.title: region.columns[c.whole].title for c in region.columns if c.whole is not None}


def amounts(region: StatedTable) -> list[list[str]]:
    """The numbers of each row with their units, in order of the columns; a dot where none is stated."""
    drawn = []
    for row in region.rows:
        found = [region.figure(row.index, column.index) for column in region.columns]
        drawn.append([str(item.quantity) if item else "·" for item in found])
    return drawn


def keys(region: StatedTable) -> set[str]:
    """The keys of the numbers that other printings of a fact can meet."""
    return {str(item.key) for item in region.figures() if not item.key.member.startswith("at:")}
