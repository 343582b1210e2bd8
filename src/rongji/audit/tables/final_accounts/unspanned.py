"""The nine tables out of a text file: rows of cells whose spans are lost, laid on their columns again.

Only what follows from the shape of these forms: the lowest row of the header has a cell for every column, an empty one
under a heading that reaches down; a row with 合计 or 栏次 has one wide label on its left.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rongji.audit.tables.final_accounts.words import plain, words
from rongji.documents.model import Cell, Row, Table

_MOST_HEADER = 5


@dataclass(frozen=True, slots=True)
class _Head:
    """A heading over columns. start: first column; width: how many."""

    text: str
    start: int
    width: int


def laid(table: Table) -> Table | None:
    """The table with its spans, None when they do not follow from its shape."""
    lines = [[cell for cell in row.cells if cell.place is not None or cell.paragraphs] for row in table.rows]
    lines = [line for line in lines if line]
    width = max((len(line) for line in lines), default=0)
    texts = [[plain(cell.text) for cell in line] for line in lines]
    start = next((row for row, line in enumerate(texts) if len(line) > 1 and words().header & set(line)), None)
    if start is None or width < 2:
        return None
    end = next((row for row in range(start + 1, len(texts)) if _is_body(texts[row])), len(texts))
    heads = _heads(texts[start:end], width)
    if heads is None:
        return None
    widths: list[list[int] | None] = [_lead_widths(line, width) for line in texts[:start]]
    widths += [[head.width for head in row] for row in heads]
    amounts = [head.start for head in heads[-1] if words().columns.get(head.text) == "amount"]
    widths += [_body_widths(line, width, amounts) for line in texts[end:]]
    rows = [_row(line, found) for line, found in zip(lines, widths, strict=True) if found is not None]
    if len(rows) < len(lines):
        return None
    return replace(table, columns=(1,) * width, rows=tuple(rows), header_rows=0, spans_known=True)


def _is_body(line: Sequence[str]) -> bool:
    """Whether a row is below the header: it numbers the columns, is a total, or begins with a code or an item."""
    if not line:
        return False
    known = words()
    rest = [text for text in line[1:] if text]
    if line[0] in known.steps:
        return True
    numeric = all(text[0].isdigit() or text[0] in "-—" for text in rest)
    if numeric and (rest or line[0] in known.total_rows):
        return True
    return any("." in text and text[0].isdigit() for text in rest) or bool(line[0][:1].isdigit())


def _lead_widths(line: Sequence[str], width: int) -> list[int] | None:
    """Title, mark and unit above the header: one cell over all, or two halves."""
    if len(line) == 1:
        return [width]
    return [width // 2, width - width // 2] if len(line) == 2 else None


def _heads(lines: Sequence[Sequence[str]], width: int) -> list[list[_Head]] | None:
    """Every row of the header on its columns, worked out from the lowest upwards."""
    if not lines or len(lines) > _MOST_HEADER or len(lines[-1]) != width:
        return None
    found = [[_Head(text, column, 1) for column, text in enumerate(lines[-1])]]
    for line in reversed(lines[:-1]):
        above = _over(line, found[0])
        if above is None:
            return None
        found.insert(0, above)
    return found


def _over(line: Sequence[str], below: Sequence[_Head]) -> list[_Head] | None:
    """A row of headings over the row below it: an empty cell below belongs to one of its own, a run to one or more."""
    runs = _runs(below)
    spare = len(line) - sum(1 for run in runs if not run[0].text)
    groups = [run for run in runs if run[0].text]
    if spare < len(groups):
        runs = _merged(runs, spare)
    if len(runs) != len(line):
        return None
    return [_Head(text, run[0].start, sum(head.width for head in run)) for text, run in zip(line, runs, strict=True)]


def _runs(below: Sequence[_Head]) -> list[list[_Head]]:
    """Heads that stand together: an empty one alone; 科目编码 and 科目名称 apart from amounts; 项目 begins anew."""
    runs: list[list[_Head]] = []
    for head in below:
        last = runs[-1] if runs else None
        if last is None or not head.text or not last[-1].text or _begins(head, last):
            runs.append([head])
        else:
            last.append(head)
    return runs


def _begins(head: _Head, run: Sequence[_Head]) -> bool:
    """Whether a head begins another group than the run before it."""
    known = words()
    naming = known.codes | known.names
    if head.text == run[0].text:
        return True
    if head.text in naming:
        return run[-1].text not in naming
    only_names = all(item.text in naming for item in run)
    return only_names and known.columns.get(head.text) != "amount" and head.text not in known.lines


def _merged(runs: list[list[_Head]], spare: int) -> list[list[_Head]]:
    """Too many groups for the headings above: the last heading stands over all that are left (公用经费)."""
    if any(not run[0].text for run in runs) or spare < 1:
        return runs
    return [*runs[: spare - 1], [head for run in runs[spare - 1 :] for head in run]]


def _body_widths(line: Sequence[str], width: int, amounts: Sequence[int]) -> list[int] | None:
    """A full row; a wide label on the left; 人员经费合计 and 公用经费合计 in the last row; a note over all."""
    if len(line) == width:
        return [1] * width
    if len(line) == 1:
        return [width]
    known = words()
    if line[0] in known.total_rows | known.steps:
        return [width - len(line) + 1, *([1] * (len(line) - 1))]
    if len(line) == 4 and line[0] in known.economic_totals and amounts:
        return [amounts[0], 1, amounts[-1] - amounts[0] - 1, 1]
    return None


def _row(line: Sequence[Cell], widths: Sequence[int]) -> Row:
    return Row(tuple(replace(cell, colspan=width, rowspan=1) for cell, width in zip(line, widths, strict=True)))
