"""Rows of a form's table → rows of the document's: repeated groups, side labels, merged runs, lists side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from rongji.documents.model import Cell, Paragraph, Row, Run, Text
from rongji.reports import form as spec
from rongji.reports.printing import Style
from rongji.reports.records import scope_of
from rongji.reports.template import fill
from rongji.reports.writing import Writing, filled_each

Scope = Mapping[str, str]
SERIAL = "<n>"  # 序号: counted by the system, so it is no figure


@dataclass(slots=True)
class Draft:
    """A cell on its way: what was specified, what it prints, how many rows it has grown to cover."""

    cell: Cell
    rest: bool = False
    merge: bool = False


@dataclass(slots=True)
class DraftRow:
    """A row on its way."""

    cells: list[Draft] = field(default_factory=list)
    height: int = 0


class TableRows:
    """Expands the rows of one table specification."""

    def __init__(self, writing: Writing, table: spec.TableBlock) -> None:
        self.writing = writing
        self.table = table
        self.style = Style(in_table=True, unit=table.unit, places=table.places, nil=table.nil)

    def rows(self, scope: Scope) -> tuple[Row, ...]:
        """The finished rows, spans settled."""
        drafts = self._expand(self.table.rows, scope)
        _settle_rest(drafts, len(self.table.columns))
        return tuple(Row(tuple(draft.cell for draft in row.cells), row.height) for row in drafts)

    def _expand(self, rows: tuple[spec.RowSpec, ...], scope: Scope) -> list[DraftRow]:
        return [draft for row in rows for draft in self._row(row, scope)]

    def _row(self, row: spec.RowSpec, scope: Scope) -> list[DraftRow]:
        match row:
            case spec.CellsRow(cells, height):
                return [DraftRow([self._cell(cell, scope) for cell in cells], height)]
            case spec.SideRows(side, rows):
                return self._beside(side, self._expand(rows, scope), scope)
            case spec.EachRows():
                return self._each(row, scope)
            case spec.ZipRows(sides):
                return self._side_by_side(sides, scope)

    def _beside(self, side: spec.CellSpec, rows: list[DraftRow], scope: Scope) -> list[DraftRow]:
        if rows:
            label = self._cell(side, scope)
            label.cell = replace(label.cell, rowspan=len(rows))
            rows[0].cells.insert(0, label)
        return rows

    def _each(self, row: spec.EachRows, scope: Scope) -> list[DraftRow]:
        each = filled_each(row.each, scope)
        found = self.writing.records.of(each)
        drafts: list[DraftRow] = []
        for n, record in enumerate(found, 1):
            drafts += self._expand(row.rows, {**scope, **scope_of(each, record, n)})
        if not found:
            return self._expand(row.empty, scope)
        _merge_runs(drafts)
        return drafts

    def _side_by_side(self, sides: tuple[spec.ZipSide, ...], scope: Scope) -> list[DraftRow]:
        columns = [self._side_items(side, scope) for side in sides]
        height = max((len(items) for items in columns), default=0)
        if height == 0:
            return []
        rows = [DraftRow() for _ in range(height)]
        for side, items in zip(sides, columns, strict=True):
            for at, span, drafts in _spread(items or [self._blank(side)], height):
                for draft in drafts:
                    draft.cell = replace(draft.cell, rowspan=span)
                rows[at].cells += drafts
        return rows

    def _side_items(self, side: spec.ZipSide, scope: Scope) -> list[list[Draft]]:
        each = filled_each(side.each, scope)
        return [
            [self._cell(cell, {**scope, **scope_of(each, record, n)}) for cell in side.cells]
            for n, record in enumerate(self.writing.records.of(each), 1)
        ]

    def _blank(self, side: spec.ZipSide) -> list[Draft]:
        return [Draft(Cell()) for _ in side.cells]

    def _cell(self, cell: spec.CellSpec, scope: Scope) -> Draft:
        paragraphs, options = self._content(cell, scope)
        made = Cell(
            tuple(paragraphs),
            colspan=max(cell.cols, 1),
            rowspan=cell.rows,
            align=cell.align,
            header=cell.is_label,
            vertical=cell.vertical,
            **options,
        )
        return Draft(made, rest=cell.cols == spec.REST, merge=cell.merge)

    def _content(self, cell: spec.CellSpec, scope: Scope) -> tuple[list[Paragraph], dict]:  # type: ignore[type-arg]
        subject = self.table.caption or self.table.name
        own = self.writing.section(cell.section) if cell.section else None
        if own is not None or (cell.section and not cell.lines):
            return list(self.writing.paragraphs(own.body if own else "", style=self.style, indent=False)), {}
        if cell.lines:
            text = "\n".join(self.writing.list_lines(cell.lines, scope))
            return list(self.writing.paragraphs(text, style=self.style, indent=False, subject=subject)), {}
        if cell.text == SERIAL or cell.verbatim:
            return _as_paragraphs((Text(fill(cell.text, scope)),)), {}
        printed = self.writing.print(cell.text, self.writing.scope(scope), self.style, subject)
        options = {"quantity": printed.sole.quantity, "name": str(printed.sole.figure.key)} if printed.sole else {}
        return _as_paragraphs(printed.runs), options


def _as_paragraphs(runs: tuple[Run, ...]) -> list[Paragraph]:
    """Runs as paragraphs of a cell: a line break begins a new one."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        pieces = run.text.split("\n") if isinstance(run, Text) else [run]
        for n, piece in enumerate(pieces):
            if n:
                lines.append([])
            if piece:
                lines[-1].append(Text(piece, run.bold) if isinstance(piece, str) else piece)
    return [Paragraph(tuple(line), indent=False) for line in lines if line] or []


def _merge_runs(drafts: list[DraftRow]) -> None:
    """Join cells marked for merging with equal ones above, as long as what merges to their left is joined too."""
    anchors: dict[int, Draft] = {}
    texts: dict[int, str] = {}
    for row in drafts:
        broken = False
        kept: list[Draft] = []
        for position, draft in enumerate(row.cells):
            if draft.merge and not broken and texts.get(position) == draft.cell.text and position in anchors:
                anchor = anchors[position]
                anchor.cell = replace(anchor.cell, rowspan=anchor.cell.rowspan + draft.cell.rowspan)
                continue
            if draft.merge:
                broken = True
                anchors[position], texts[position] = draft, draft.cell.text
            kept.append(draft)
        row.cells = kept


def _spread(items: list[list[Draft]], height: int) -> Iterator[tuple[int, int, list[Draft]]]:
    """Start row, span and cells of each item; the first one stretches when there are fewer items than rows."""
    starts = [0, *range(height - len(items) + 1, height)]
    for (start, end), drafts in zip(pairwise([*starts, height]), items, strict=True):
        yield start, end - start, drafts


def _settle_rest(drafts: list[DraftRow], width: int) -> None:
    """Give cells that take all columns left their width, knowing what reaches down from the rows above."""
    reach = [0] * width
    for row in drafts:
        free = [column for column in range(width) if reach[column] == 0]
        fixed = sum(draft.cell.colspan for draft in row.cells if not draft.rest)
        for draft in row.cells:
            if draft.rest:
                draft.cell = replace(draft.cell, colspan=max(1, len(free) - fixed))
        position = 0
        for draft in row.cells:
            for column in free[position : position + draft.cell.colspan]:
                reach[column] = draft.cell.rowspan
            position += draft.cell.colspan
        reach = [max(0, left - 1) for left in reach]
