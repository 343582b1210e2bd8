"""Wholes and their parts in a table: which printed total stands over which printed numbers, line by line.

A group is one whole row (or column) with the rows (or columns) that are its parts; every column (or row) that crosses
it is a line, one total with its terms. Lines of one group bear witness for each other: where a list closes in one
column, it leaves nothing out in the next.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rongji.checks.relations import Terms
from rongji.checks.stated.model import Column, ColumnKind, Parts, Row, StatedCell, StatedTable
from rongji.checks.stated.words import adds_up, is_complete_list, plain
from rongji.kernel.figure import Figure, Nil

_STATED_NIL = (Nil.DASH, Nil.NONE)
Member = Row | Column
Places = Sequence[tuple[Member, tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a line: which row or column it is, and its number."""

    member: Member
    figure: Figure

    @property
    def signed(self) -> tuple[int, Figure]:
        """As the arithmetic takes it."""
        return self.member.sign, self.figure


@dataclass(frozen=True)
class Line:
    """One total with the numbers that are its parts.

    blank: parts where nothing is written (0, － and 无 are). beside: numbers under 其他 right after the list, which the
    print does not put under the total.
    """

    total: Figure
    terms: tuple[Term, ...]
    blank: tuple[Member, ...] = ()
    beside: tuple[Term, ...] = ()

    @property
    def signed(self) -> Terms:
        """All terms, as the arithmetic takes them."""
        return [item.signed for item in self.terms]

    @cached_property
    def weight(self) -> int:
        """How many terms are not zero: a total that equals its only term proves little."""
        return sum(1 for item in self.terms if item.figure.quantity and item.figure.quantity.value)


@dataclass(frozen=True)
class Group:
    """A whole row or column with its parts."""

    table: StatedTable
    whole: Member
    members: tuple[Member, ...]
    parts: Parts
    lines: tuple[Line, ...]

    @cached_property
    def is_complete(self) -> bool:
        """Whether the list names everything, by its form or by its nature."""
        if self.parts is Parts.ALL:
            return True
        return is_complete_list(tuple(label_of(item) for item in self.members))


def label_of(member: Member) -> str:
    """What a row or column is called."""
    return member.label if isinstance(member, Row) else member.title


def row_groups(table: StatedTable, columns: Sequence[Column] | None = None) -> Iterator[Group]:
    """Every row of a table that has parts, over the columns whose amounts may be added (unless others are given)."""
    lines = _additive(table) if columns is None else columns
    return _groups(table, table.rows, lines, lambda member, line: (member.index, line.index))


def column_groups(table: StatedTable) -> Iterator[Group]:
    """Every column of a table that has parts, over the rows that carry numbers."""
    return _groups(table, _additive(table), table.body, lambda member, line: (line.index, member.index))


def _groups(
    table: StatedTable,
    members: Sequence[Member],
    crossing: Sequence[Member],
    place: Callable[[Member, Member], tuple[int, int]],
) -> Iterator[Group]:
    """The wholes among rows or columns with their parts; place: the cell where one of them meets a line."""
    wholes = {item.index: item for item in members}
    for (index, parts), own in _gathered(members):
        whole = wholes.get(index)
        if whole is not None:
            rest = _rest(members, own)
            lines = (
                _line(
                    table,
                    place(whole, line),
                    [(item, place(item, line)) for item in own],
                    [(item, place(item, line)) for item in rest],
                )
                for line in crossing
            )
            yield Group(table, whole, own, parts, tuple(line for line in lines if line))


def _additive(table: StatedTable) -> list[Column]:
    return [item for item in table.columns if is_additive(item)]


def is_additive(column: Column) -> bool:
    """Whether the amounts of a column may be added: a column of values that is no price, norm or average."""
    return column.kind is ColumnKind.VALUE and all(adds_up(text) for text in column.path)


def _gathered(members: Sequence[Member]) -> Iterator[tuple[tuple[int, Parts], tuple[Member, ...]]]:
    """The parts of each whole, those that are certainly all of it apart from those that may be some."""
    found: dict[tuple[int, Parts], list[Member]] = {}
    for item in members:
        if item.whole is not None:
            found.setdefault((item.whole, item.parts), []).append(item)
    yield from ((key, tuple(items)) for key, items in found.items())


def _rest(all_members: Sequence[Member], members: tuple[Member, ...]) -> list[Member]:
    """The row or column called 其他… that follows a list and is part of nothing."""
    following = next((item for item in all_members if item.index > members[-1].index), None)
    if following is None or following.whole is not None or not plain(label_of(following)).startswith("其他"):
        return []
    return [following]


def _line(table: StatedTable, whole: tuple[int, int], places: Places, rest: Places) -> Line | None:
    """None when the total or all parts are not stated: then there is nothing to hold against each other."""
    total = table.figure(*whole)
    if total is None or total.quantity is None:
        return None
    terms, blank = _stated(table, places)
    return Line(total, terms, blank, _stated(table, rest)[0]) if terms else None


def _stated(table: StatedTable, places: Places) -> tuple[tuple[Term, ...], tuple[Member, ...]]:
    """The parts that are numbers, and those where nothing is written."""
    terms, blank = [], []
    for member, place in places:
        cell = table.cell(*place)
        if cell and cell.figure and cell.figure.quantity:
            terms.append(Term(member, cell.figure))
        elif not _is_stated_nil(cell):
            blank.append(member)
    return tuple(terms), tuple(blank)


def _is_stated_nil(cell: StatedCell | None) -> bool:
    return cell is not None and cell.nil in _STATED_NIL
