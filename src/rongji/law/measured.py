"""Figures counted from records: named and measured as the catalogue says, with the groups of records behind them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rongji.kernel.figure import Figure, FigureKey, LaterRows, RowRef, Source, SourceKind, Stage
from rongji.kernel.quantity import Quantity
from rongji.kernel.units import UnitKind, unit
from rongji.law.concepts import concept
from rongji.law.loader import lawbook

FEN_PLACES = 2
ONLY_ONCE = "同时属于几类的，合计只计一次"


@dataclass(frozen=True, slots=True)
class Group:
    """Some records behind a number: what they share, in words, and how much they add (money in fen).

    identifier: by which they are asked for again (a station's may be empty); None when nothing opens behind the row.
    """

    identifier: str | None
    label: str
    amount: int


@dataclass(frozen=True, slots=True)
class Named:
    """What a number is of: concept of the catalogue, member of it, its label where it is not the concept's, and how."""

    concept: str
    how: str
    member: str = ""
    label: str = ""

    @property
    def name(self) -> str:
        """The number's name within its register."""
        return f"{self.concept}#{self.member}" if self.member else self.concept


def amount_of(concept_id: str, number: int) -> Quantity:
    """A whole number in the unit of a concept; money is given in fen and stated to the fen."""
    return _in_unit(number, *_unit_of(concept_id))


def _unit_of(concept_id: str) -> tuple[str, int]:
    """The unit of a concept, and to how many places money is stated in it; -1 for what is not money."""
    name = concept(lawbook(), concept_id).unit
    is_money = unit(name).kind is UnitKind.MONEY
    return name, FEN_PLACES + len(str(int(unit(name).factor))) - 1 if is_money else -1


def _in_unit(number: int, name: str, places: int) -> Quantity:
    return Quantity(Decimal(number), name, 0) if places < 0 else Quantity.from_fen(number, name, places)


def counted_figure(
    named: Named, groups: Iterable[Group], *, register: str, table: str, total: int | None = None, overlap: str = ""
) -> Figure:
    """The figure of a number with one row for each group of records behind it; its rows always add up to it.

    total: where it is not the sum of the groups, because what stands in several of them counts once; overlap says why.
    """
    listed, stated = list(groups), _unit_of(named.concept)
    summed = sum(group.amount for group in listed)
    if total is not None and total != summed:
        listed.append(Group(None, overlap or ONLY_ONCE, total - summed))
    rows = tuple(_row(named, group, table, stated) for group in listed)
    return _figure(named, summed if total is None else total, rows, register, stated)


def figure_by_station(
    named: Named,
    amounts: Mapping[str, int],
    names: Mapping[str, str],
    *,
    register: str,
    table: str,
    nowhere: str,
    total: int | None = None,
) -> Figure:
    """`counted_figure` of a number by station, the largest first; the rows are made when they are looked at.

    amounts, names: by the station's code. nowhere: what stands where there is no station.
    """
    held, stated = {code: amount for code, amount in amounts.items() if amount}, _unit_of(named.concept)
    summed = sum(held.values())
    over = 0 if total is None else total - summed

    def rows() -> Iterator[RowRef]:
        for code, amount in sorted(held.items(), key=lambda row: (-row[1], row[0])):
            yield _row(named, Group(code, names.get(code, code) or nowhere, amount), table, stated)
        if over:
            yield _row(named, Group(None, ONLY_ONCE, over), table, stated)

    return _figure(named, summed + over, LaterRows(len(held) + bool(over), rows), register, stated)


def _row(named: Named, group: Group, table: str, stated: tuple[str, int]) -> RowRef:
    identifier = named.name if group.identifier is None else f"{named.name}|{group.identifier}"
    return RowRef(table, identifier, group.label, _in_unit(group.amount, *stated))


def _figure(named: Named, number: int, rows: Sequence[RowRef], register: str, stated: tuple[str, int]) -> Figure:
    quantity = _in_unit(number, *stated)
    return Figure(
        FigureKey(named.concept, Stage.NONE, "", named.member),
        named.label or concept(lawbook(), named.concept).label,
        Source(SourceKind.DERIVED, note=register),
        quantity,
        quantity.shown(),
        statement=register,
        how=named.how,
        rows=rows,
    )
