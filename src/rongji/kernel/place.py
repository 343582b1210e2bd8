"""Where a piece of a document stands, in the terms of the format it was read from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece stands in the file it was read from; only the parts that the format knows are set.

    line, page, paragraph, table, row, column: counted from 1; cell: `B4`.
    box: left, top, right, bottom in points from the upper left corner of the page.
    span: first character and the one after the last, within the text of that line, cell or paragraph.
    """

    file: str = ""
    line: int | None = None
    page: int | None = None
    box: tuple[int, int, int, int] | None = None
    sheet: str = ""
    cell: str = ""
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    span: tuple[int, int] | None = None

    def __str__(self) -> str:
        counted = (
            (self.page, "第{}页"),
            (self.line, "第{}行"),
            (self.paragraph, "第{}段"),
            (self.table, "表{}"),
            (self.row, "第{}行"),
            (self.column, "第{}列"),
        )
        sheet = f"工作表“{self.sheet}”" if self.sheet else ""
        parts = [self.file, sheet, self.cell, *(words.format(n) for n, words in counted if n is not None)]
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of a document: where it stands and what is printed there."""

    place: Place
    text: str
