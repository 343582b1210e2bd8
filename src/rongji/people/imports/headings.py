"""Finds the headings of a sheet, in one row or two, and binds its columns by what they mean, wherever they stand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from rongji.people.imports.problems import CellProblem, Level, ProblemList
from rongji.people.imports.source import SourceSheet, Value, Values
from rongji.people.imports.words import Words, squeezed

SEARCHED_ROWS = 20


@dataclass(frozen=True)
class Bound:
    """A sheet whose columns are known.

    positions: column id → index from 0. last_row: the last row of the headings. above: words of the rows above them.
    headings: what is printed over each column, squeezed, by index. account_kind: told by the account's heading.
    unknown: headings that nothing is imported from. order: bound columns from left to right.
    """

    positions: dict[str, int]
    last_row: int
    above: str
    headings: dict[int, frozenset[str]]
    account_kind: str = ""
    unknown: tuple[str, ...] = ()
    width: int = 0
    order: tuple[tuple[str, int], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Headings that start at a row (from 0) and take one row or two: the texts over each column, best first."""

    row: int
    height: int
    texts: tuple[tuple[str, ...], ...]


def bind(sheet: SourceSheet, words: Words, problems: ProblemList) -> Bound | None:
    """The columns of a sheet; None when no row of headings is found, which is noted unless the sheet is empty."""
    head = [values for _, values in islice(sheet.rows(), SEARCHED_ROWS + 1)]
    grid = _filled_merges(head, sheet)
    candidates = [_candidate(grid, row, height) for row in range(len(grid)) for height in (1, 2)]
    valid = [item for item in candidates if item and not _holds_data(item, grid, words)]
    best = max(valid, key=lambda item: (_count(item, words), -item.height, -item.row), default=None)
    if best is None or not _is_roster(best, words):
        _note_no_headings(sheet, head, words, problems)
        return None
    return _bound(best, sheet, grid, words, problems)


def text_of(value: Value) -> str:
    """The words of a cell of the heading."""
    return str(value).strip() if isinstance(value, str) else "" if value is None else str(value)


def _filled_merges(head: Sequence[Values], sheet: SourceSheet) -> list[list[str]]:
    """The first rows as words, a merged area filled with its words throughout."""
    width = max(map(len, head), default=0)
    grid = [[text_of(value) for value in values] + [""] * (width - len(values)) for values in head]
    for merge in sheet.merges:
        if merge.first_row < len(grid) and merge.first_column < width:
            words = grid[merge.first_row][merge.first_column]
            for row in range(merge.first_row, min(merge.last_row + 1, len(grid))):
                for column in range(merge.first_column, min(merge.last_column + 1, width)):
                    grid[row][column] = words
    return grid


def _candidate(grid: list[list[str]], row: int, height: int) -> _Candidate | None:
    if row + height > len(grid) or not any(grid[row]):
        return None
    if height == 1:
        return _Candidate(row, 1, tuple((text,) for text in grid[row]))
    texts, over = [], ""
    for top, below in zip(grid[row], grid[row + 1], strict=True):
        over = top or (over if below else "")
        if top == below or not below:
            texts.append((top,))
        else:
            texts.append((f"{over}{below}", below, over))
    return _Candidate(row, 2, tuple(texts))


def _match(texts: tuple[str, ...], words: Words) -> tuple[str, int] | None:
    """Column and rank of the first of the texts that is known; the group over several columns names none by itself."""
    for text in texts[:2]:
        if text and (found := words.heading(text)):
            return found.column, found.rank
    return None


def _count(item: _Candidate, words: Words) -> int:
    return len({found[0] for texts in item.texts if (found := _match(texts, words))})


def _is_roster(item: _Candidate, words: Words) -> bool:
    found = {match[0] for texts in item.texts if (match := _match(texts, words))}
    return len(found) >= words.least_columns and bool(found & words.telling)


def _holds_data(item: _Candidate, grid: list[list[str]], words: Words) -> bool:
    """Whether the second row of headings is the first row of data: words under a heading that is complete above."""
    if item.height == 1:
        return False
    top, below = grid[item.row], grid[item.row + 1]
    return any(
        under and under != over and words.heading(over) and not words.heading(under) and not words.is_left_out(under)
        and not words.heading(over + under)
        for over, under in zip(top, below, strict=True)
    )  # fmt: skip


def _note_no_headings(sheet: SourceSheet, head: Sequence[Values], words: Words, problems: ProblemList) -> None:
    """A sheet of sentences, one to a row, holds no table and stops nothing; any other might hold missed rows."""
    widest = max((sum(1 for value in values if text_of(value)) for values in head), default=0)
    if widest:
        level = Level.WARNING if widest == 1 and len(head) <= SEARCHED_ROWS else Level.ERROR
        remedy = f"请保留一行表头，至少有{words.wanted}；不是{words.kind}的工作表请删去或隐藏"
        problems.add(CellProblem(sheet.title, 0, -1, "", "前 20 行里找不到表头，这张表没有读", remedy, level))


def _bound(item: _Candidate, sheet: SourceSheet, grid: list[list[str]], words: Words, problems: ProblemList) -> Bound:
    last = item.row + item.height
    chosen: dict[str, tuple[int, int]] = {}
    unknown = []
    for index, texts in enumerate(item.texts):
        found = _match(texts, words)
        if found:
            _choose(chosen, found, index, last, sheet.title, texts, problems)
        elif texts[0] and not any(words.is_left_out(text) for text in texts[:2] if text):
            unknown.append("".join(texts[0].split()))
    positions = {column: index for column, (index, _) in chosen.items()}
    _note_unknown(sheet, last, unknown, words, problems)
    _note_hidden_columns(sheet, positions, words, problems)
    account = item.texts[positions["account_number"]][0] if "account_number" in positions else ""
    above = " ".join(dict.fromkeys(text for row in grid[: item.row] for text in row if text))
    headings = {i: frozenset(map(squeezed, texts)) for i, texts in enumerate(item.texts) if texts[0]}
    order = tuple(sorted(positions.items(), key=lambda pair: pair[1]))
    kind = words.account_kind(account)
    return Bound(positions, last, above, headings, kind, tuple(unknown), len(item.texts), order)


def _choose(
    chosen: dict[str, tuple[int, int]], found: tuple[str, int], index: int, row: int, title: str,
    texts: tuple[str, ...], problems: ProblemList,
) -> None:  # fmt: skip
    """Of two columns that mean the same, the better named is taken; two of the same name are an error."""
    column, rank = found
    other = chosen.get(column)
    if other is None or rank < other[1]:
        chosen[column] = (index, rank)
    if other is not None and rank == other[1]:
        what = f"表头“{texts[0]}”出现了两次"
        problems.add(CellProblem(title, row, index, texts[0], what, "请只保留一列，或改用不同的表头"))


def _note_unknown(sheet: SourceSheet, row: int, unknown: list[str], words: Words, problems: ProblemList) -> None:
    for text in unknown:
        near = words.near_heading(text)
        hint = f"如果它就是“{near}”，请把表头改成“{near}”" if near else words.where_else
        problems.add(
            CellProblem(sheet.title, row, -1, text, f"表头“{text}”不认识，这一列没有导入", hint, Level.WARNING)
        )


def _note_hidden_columns(sheet: SourceSheet, positions: dict[str, int], words: Words, problems: ProblemList) -> None:
    hidden = [words.columns[column].label for column, index in positions.items() if index in sheet.marks.hidden_columns]
    if hidden:
        what = f"隐藏的列也读了：{'、'.join(hidden)}"
        problems.add(CellProblem(sheet.title, 0, -1, "", what, "请取消隐藏看一遍，不需要的列请删去", Level.WARNING))
