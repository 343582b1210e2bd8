"""Rows of cells without spans laid onto columns: headings by what is below, short rows by what their cells can be."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rongji.audit.tables.fitting import Fit, fitted, grouped
from rongji.audit.tables.lattice import Slot
from rongji.audit.tables.numbers import is_number, nil_of
from rongji.audit.tables.words import is_plain_sum, meaning_of, row_kind_of
from rongji.checks.stated.model import ColumnKind, RowKind
from rongji.kernel.figure import Nil

Line = list[Slot]
Spans = Sequence[tuple[int, int]]
_NUMERIC = (ColumnKind.VALUE, ColumnKind.RATE, ColumnKind.WEIGHT, ColumnKind.SCORE)
_NAMING = (ColumnKind.LABEL, ColumnKind.NUMBER, ColumnKind.CODE)
_COUNTED = (ColumnKind.NUMBER, ColumnKind.CODE)
_RESULTS = (ColumnKind.TARGET, ColumnKind.ACTUAL)
_WIDE, _WIDE_LABEL = 0.25, 0.15  # what each further column costs: names of rows often need several, numbers one
_STRANGER = 0.6
_WITH_SUM = 2.0
_COMPARING = ("比", "较", "增减", "变动", "差异")
_DIFFERENCES = ("增减", "增加", "减少", "增长", "变动", "差")
_WIDE_SUM, _SUM_LABEL = 0.02, 0.5  # 合计 runs over whatever stands before its numbers
_UNSURE_HEAD = "表头各格对应哪几列不能确定"
_UNSURE_ROW = "第{}行的格数与表头不符，不能确定各数属于哪一列"


@dataclass(frozen=True, slots=True)
class Laid:
    """What could not be told: doubts in words; loose: headings over several columns that were left out."""

    doubts: tuple[str, ...] = ()
    loose: bool = False


def lay(head: Sequence[int], body: Sequence[int], lines: Sequence[Line], grid: list[dict[int, Slot]]) -> Laid:
    """Put the cells of one block into the grid."""
    width = width_of(head, body, lines)
    profiles = [_profile(body, lines, c, width) for c in range(width)]
    side = bool(head) and width > 1 and _is_side([lines[r] for r in body if len(lines[r]) == width])
    blanked: set[tuple[int, int]] = set()
    spans, doubts = _headings(head, lines, profiles, side, blanked)
    for r, found in spans.items():
        line = [replace(s, text="", words="") if (r, n) in blanked else s for n, s in enumerate(lines[r])]
        _put(grid, r, line, found)
    kinds = [None if side and not c else _kind_over(head, grid, c) for c in range(width)]
    for r in body:
        doubts += _row(r, lines[r], kinds, grid)
    _reach_down(head, body, grid, kinds, side)
    return Laid(tuple(dict.fromkeys(doubts)), bool(blanked))


def width_of(head: Sequence[int], body: Sequence[int], lines: Sequence[Line]) -> int:
    """How many columns a block has: as many as most of its rows have cells, at least as its headings."""
    counted = Counter(len(lines[r]) for r in body)
    most = max(counted.values())
    usual = max(size for size, count in counted.items() if count == most)
    return max(usual, 1, *(len(lines[r]) for r in head))


@dataclass(frozen=True, slots=True)
class _Profile:
    """What stands in a column of the full rows."""

    numbers: int = 0
    percents: int = 0
    words: int = 0
    dashes: int = 0


def _profile(body: Sequence[int], lines: Sequence[Line], c: int, width: int) -> _Profile:
    texts = [lines[r][c].text for r in body if len(lines[r]) == width]
    numbers = [text for text in texts if is_number(text)]
    nils = Counter(nil_of(text) for text in texts)
    percents = sum(1 for text in numbers if text.rstrip().endswith(("%", "％")))
    return _Profile(len(numbers), percents, nils[Nil.WORD] - len(numbers), nils[Nil.DASH])


def _is_side(full: Sequence[Line]) -> bool:
    """Whether the first place below the headings is empty: the name of the block stands there, beside all its rows."""
    return bool(full) and not full[0][0].words


def _headings(
    head: Sequence[int],
    lines: Sequence[Line],
    profiles: Sequence[_Profile],
    side: bool,
    blanked: set[tuple[int, int]],
) -> tuple[dict[int, Spans], list[str]]:
    """For each row of headings the columns of its cells.

    blanked: cells of which it is not sure over which columns they stand, and that say nothing that matters; they are
    left out, so that no column is taken for part of another on their word.
    """
    if not head:
        return {}, []
    doubts: list[str] = []
    lowest = lines[head[-1]]
    fit = _lowest(lowest, profiles, side, alone=len(head) == 1)
    if not fit.sure:
        doubts.append(_UNSURE_HEAD)
    found: dict[int, Spans] = {head[-1]: fit.spans}
    below, spans = lowest, fit.spans
    for r in reversed(head[:-1]):
        over = _over(lines[r], below, spans, len(profiles))
        if over is None or (not over.sure and any(_says_more(slot) for slot in lines[r])):
            doubts.append(_UNSURE_HEAD)
        if over is None:
            break
        found[r] = over.spans
        lower = {start for slot, (start, _) in zip(below, spans, strict=False) if not slot.words}
        below, spans = lines[r], over.spans
        if not over.sure:
            blanked.update((r, n) for n, slot in enumerate(lines[r]) if slot.words and not _reaches(over, n, lower))
    return found, doubts


def _reaches(over: Fit, number: int, empty: set[int]) -> bool:
    """Whether a heading stands over an empty cell, and so reaches down over one column for sure."""
    start, size = over.spans[number]
    return size == 1 and start in empty


def _says_more(slot: Slot) -> bool:
    """Whether a heading over several columns says of which basis, year or unit they are."""
    meaning = meaning_of(slot.text)
    return meaning is not None and bool(meaning.stage or meaning.year or meaning.unit)


def _lowest(line: Line, profiles: Sequence[_Profile], side: bool, *, alone: bool) -> Fit:
    """The lowest row of headings; missing cells at its end are empty when a row above it has them."""
    if len(line) == len(profiles) or not alone:
        return Fit(tuple((c, 1) for c in range(len(line))), sure=True)
    first = int(side)
    found = fitted(
        len(line) - first,
        len(profiles) - first,
        lambda i, c: _heading_score(line[i + first], profiles[c + first]),
        lambda i: _WIDE_LABEL if _is_label(line[i + first]) else _WIDE,
    )
    if found is None:
        return Fit(tuple((c, 1) for c in range(len(line))), sure=False)
    spans = tuple((start + first, size) for start, size in found.spans)
    return Fit(((0, 1), *spans) if side else spans, found.sure)


def _is_label(slot: Slot) -> bool:
    meaning = meaning_of(slot.text)
    return meaning is not None and meaning.kind is ColumnKind.LABEL


def _over(upper: Line, below: Line, spans: Spans, width: int) -> Fit | None:
    """The columns of a row of headings from those of the row below it."""
    covered = sum(size for _, size in spans)
    texts = [slot.words for slot in below] + [""] * (width - covered)
    places = [*spans, *((c, 1) for c in range(covered, width))]
    found = grouped([slot.words for slot in upper], texts, _kinship)
    if found is None:
        return None
    made: list[tuple[int, int]] = []
    position = 0
    for size in found[0]:
        group = places[position : position + size]
        made.append((group[0][0], sum(columns for _, columns in group)))
        position += size
    return Fit(tuple(made), found[1])


def _kinship(above: str, below: Sequence[str]) -> float:
    """One for each name below that belongs to the name above by its words, a little less for each that does not.

    A year stands over bases, a comparison over differences and rates, any other name over names that repeat its words.
    """
    if row_kind_of(above) is RowKind.PART:
        return 0.0
    sums = [place for place, name in enumerate(below) if is_plain_sum(name)]
    if sums == [0] and len(below) > 1:
        return _WITH_SUM  # 小计 begins its group
    kin = sum(1 for name in below if _is_kin(above, name))
    return kin - _STRANGER * (len(below) - kin) if kin else 0.0


def _is_kin(above: str, name: str) -> bool:
    over, under = meaning_of(above), meaning_of(name)
    differs = under is not None and (under.kind is ColumnKind.RATE or any(word in name for word in _DIFFERENCES))
    if any(word in above for word in _COMPARING):
        return differs
    if over is not None and over.year:
        return under is not None and bool(under.stage) and not differs
    return any(above[k : k + 2] in name for k in range(len(above) - 1))


def _row(r: int, line: Line, kinds: Sequence[ColumnKind | None], grid: list[dict[int, Slot]]) -> list[str]:
    """One row below the headings; a doubt where it has numbers and more than one place for them."""
    if len(line) == len(kinds):
        _put(grid, r, line, [(c, 1) for c in range(len(line))])
        return []
    is_sum = row_kind_of(line[0].text) in (RowKind.TOTAL, RowKind.SUBTOTAL)
    fit = fitted(
        len(line),
        len(kinds),
        lambda i, c: _SUM_LABEL if is_sum and not i else _cell_score(line[i], kinds[c]),
        lambda i: _WIDE_SUM if is_sum and not i else _WIDE,
    )
    spans = fit.spans if fit else [(c, 1) for c in range(len(kinds))]
    _put(grid, r, line, spans)
    certain = fit is not None and fit.sure
    has_numbers = any(is_number(slot.text) for slot in line)
    return [_UNSURE_ROW.format(r + 1)] if has_numbers and not certain else []


def _heading_score(slot: Slot, column: _Profile) -> float:
    """How well a heading stands over what a column holds."""
    meaning = meaning_of(slot.text) if slot.words else None
    if meaning is None:
        return 0.0 if column.numbers else 0.3
    kind = meaning.kind
    if column.numbers > column.words:
        if column.percents == column.numbers:
            return {ColumnKind.RATE: 2.5, ColumnKind.VALUE: -0.5}.get(kind, 1.0 if kind in _RESULTS else -2.0)
        return 2.0 if kind in _NUMERIC else 1.0 if kind in _RESULTS else -2.0
    if column.words:
        return -2.0 if kind in _NUMERIC else 2.0 if kind is ColumnKind.LABEL else 1.0
    if column.dashes:
        return 1.0 if kind in _NUMERIC else 0.0
    return 0.3 if kind in (ColumnKind.TEXT, ColumnKind.REASON) else 0.0


def _cell_score(slot: Slot, kind: ColumnKind | None) -> float:
    """How well a cell stands in a column of a kind."""
    if not slot.words:
        return 0.0
    if is_number(slot.text):
        if slot.text.rstrip().endswith(("%", "％")) and kind in (ColumnKind.RATE, ColumnKind.VALUE):
            return 2.5 if kind is ColumnKind.RATE else -1.0
        if kind in _NUMERIC or kind in _COUNTED:
            return 2.0
        return 0.8 if kind in _RESULTS else -3.0 if kind in _NAMING else -1.0
    if nil_of(slot.text) is Nil.DASH:
        return 1.0 if kind in _NUMERIC else 0.5 if kind in _RESULTS else -0.5
    if kind in _NUMERIC:
        return -2.0
    return 1.0 if kind is ColumnKind.LABEL else -0.5 if kind in _COUNTED else 0.7


def _kind_over(head: Sequence[int], grid: Sequence[dict[int, Slot]], c: int) -> ColumnKind | None:
    """What the lowest known heading over a column says."""
    for r in reversed(head):
        slot = grid[r].get(c)
        meaning = meaning_of(slot.text) if slot and slot.words else None
        if meaning:
            return meaning.kind
    return None


def _put(grid: list[dict[int, Slot]], r: int, line: Line, spans: Spans) -> None:
    for slot, (start, size) in zip(line, spans, strict=False):
        placed = replace(slot, row=r, column=start, columns=size)
        grid[r].update((c, placed) for c in range(start, start + size))


def _reach_down(
    head: Sequence[int],
    body: Sequence[int],
    grid: list[dict[int, Slot]],
    kinds: Sequence[ColumnKind | None],
    side: bool,
) -> None:
    """Empty places under a heading, or in front of a row's first label, belong to the cell above them."""
    rows = [*head, *body]
    for number, r in enumerate(rows):
        for c in range(len(kinds)):
            slot = grid[r].get(c)
            if slot is None or slot.words or slot.columns > 1:
                if slot is not None and slot.words and number >= len(head):
                    break
                continue
            if number and _belongs_above(number, r, c, rows, head, grid, kinds, side):
                grid[r][c] = grid[rows[number - 1]][c]
            elif number >= len(head):
                break
    _stretch(rows, grid)


def _belongs_above(
    number: int,
    r: int,
    c: int,
    rows: Sequence[int],
    head: Sequence[int],
    grid: Sequence[dict[int, Slot]],
    kinds: Sequence[ColumnKind | None],
    side: bool,
) -> bool:
    above = grid[rows[number - 1]].get(c)
    if above is None or above.columns > 1:
        return False
    if number < len(head):
        return bool(above.words)
    if number == len(head) or above.row in head:
        return side and c == 0
    return bool(above.words) and (kinds[c] in _NAMING or (kinds[c] is None and c == 0))


def _stretch(rows: Sequence[int], grid: list[dict[int, Slot]]) -> None:
    """Give every slot that stands in several rows its true height."""
    last: dict[tuple[int, int], int] = {}
    for r in rows:
        for slot in grid[r].values():
            last[slot.row, slot.column] = r
    made: dict[tuple[int, int], Slot] = {}
    for r in rows:
        for c, slot in grid[r].items():
            key = (slot.row, slot.column)
            if last[key] > slot.row:
                if key not in made:
                    made[key] = replace(slot, rows=last[key] - slot.row + 1)
                grid[r][c] = made[key]
