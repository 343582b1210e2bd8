"""True numbers and real formulas for a workbook: what Excel will compute is computed here first.

A formula is written only when Excel will show exactly the printed number; a printed total that its parts
do not give stays the number it was stated to be.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from rongji.documents.formula import ChangeOf, ProductOf, RatioOf, SumOf
from rongji.documents.model import Cell
from rongji.kernel.quantity import Quantity, half_up
from rongji.kernel.units import UnitKind


class FormulaBug(ValueError):
    """A bug: a formula names a cell that is not there, a name stands twice, or formulas run in a circle."""


@dataclass(frozen=True, slots=True)
class Located:
    """A cell that prints a number, where it stands in the workbook, and how its number is formatted."""

    cell: Cell
    quantity: Quantity
    sheet: str
    row: int
    column: int
    number_format: str

    @property
    def is_percent(self) -> bool:
        """Whether Excel holds the share and shows it as a percentage."""
        return self.number_format.endswith("%")

    @property
    def scale(self) -> Decimal:
        """What the shown number is divided by to give the number that Excel holds."""
        return Decimal(100) if self.is_percent else Decimal(1)

    @property
    def to_share(self) -> Decimal:
        """What the number held is multiplied with to enter a quotient or product (85.66 in a % column: 0.01)."""
        is_ratio = self.quantity.unit.kind is UnitKind.RATIO and not self.is_percent
        return self.quantity.unit.factor if is_ratio else Decimal(1)


def number_format(text: str, quantity: Quantity) -> str | None:
    """The format under which Excel prints the quantity exactly as `text`; None when the text is not that number."""
    for grouping in (False, True):
        shown = quantity.shown(grouping=grouping)
        before, found, after = text.partition(shown)
        if found and not (before[-1:].isdigit() or after[:1].isdigit()):
            digits = ("#,##0" if grouping else "0") + ("." + "0" * quantity.places if quantity.places else "")
            if quantity.unit_name == "%" and after == "%":
                return f"{_literal(before)}{digits}%"
            return f"{_literal(before)}{digits}{_literal(after)}"
    return None


def _literal(text: str) -> str:
    """Words around the number (近, 人), as Excel wants them in a format."""
    text = text.strip()
    return '"' + text.replace('"', '"\\""') + '"' if text else ""


@dataclass
class Numbers:
    """Every number of a workbook by name and by place, and the formulas between them."""

    by_name: dict[str, Located] = field(default_factory=dict)
    unnumbered: set[str] = field(default_factory=set)
    rows_with_numbers: dict[tuple[str, int], set[int]] = field(default_factory=dict)
    _values: dict[str, Decimal] = field(default_factory=dict)
    _open: set[str] = field(default_factory=set)

    def add(self, located: Located) -> None:
        """Take note of a number and where it stands."""
        self.rows_with_numbers.setdefault((located.sheet, located.column), set()).add(located.row)
        if name := located.cell.name:
            self._claim(name)
            self.by_name[name] = located

    def add_unnumbered(self, name: str) -> None:
        """Take note of a named cell that holds no number (blank, －)."""
        self._claim(name)
        self.unnumbered.add(name)

    def _claim(self, name: str) -> None:
        if name in self.by_name or name in self.unnumbered:
            raise FormulaBug(f"two cells are named {name!r}")

    def held(self, located: Located) -> Decimal:
        """The number that Excel will hold in a cell: computed where a formula stands, else as stated."""
        name = located.cell.name
        if name and name in self._values:
            return self._values[name]
        if name in self._open:
            raise FormulaBug(f"the formula of {name!r} runs in a circle")
        self._open |= {name} if name else set()
        formula = self.formula(located)
        value = formula[1] if formula else located.quantity.value / located.scale
        self._open.discard(name)
        if name:
            self._values[name] = value
        return value

    def formula(self, located: Located) -> tuple[str, Decimal] | None:
        """Formula text and its value for a cell, or None when the stated number must stand by itself."""
        made = self._written(located)
        if made is None:
            return None
        quantity = located.quantity
        shown = half_up(made[1] * located.scale, quantity.places)
        return made if shown == half_up(quantity.value, quantity.places) else None

    def _written(self, located: Located) -> tuple[str, Decimal] | None:
        match located.cell.formula:
            case SumOf(plus, minus):
                return self._sum(located, plus, minus)
            case RatioOf(numerator, denominator):
                return self._ratio(located, numerator, denominator, less=False)
            case ChangeOf(current, previous):
                return self._ratio(located, current, previous, less=True)
            case ProductOf(factors):
                return self._product(located, factors)
        return None

    def _operands(self, names: tuple[str, ...]) -> list[Located] | None:
        """The numbers behind names; None as soon as one of them is no number."""
        for name in names:
            if name not in self.by_name and name not in self.unnumbered:
                raise FormulaBug(f"a formula names the cell {name!r}, which is not in the document")
        return [self.by_name[name] for name in names] if all(name in self.by_name for name in names) else None

    def _sum(self, target: Located, plus: tuple[str, ...], minus: tuple[str, ...]) -> tuple[str, Decimal] | None:
        self._operands((*plus, *minus))
        added = [self.by_name[name] for name in plus if name in self.by_name]  # blanks add nothing, as in Excel
        taken = [self.by_name[name] for name in minus if name in self.by_name]
        alike = all(
            one.quantity.unit_name == target.quantity.unit_name and one.is_percent == target.is_percent
            for one in (*added, *taken)
        )
        if not added or not alike:
            return None
        text = f"=SUM({self._area(added, target)})" + "".join(f"-{_reference(one, target)}" for one in taken)
        return text, sum(map(self.held, added), Decimal(0)) - sum(map(self.held, taken), Decimal(0))

    def _area(self, cells: list[Located], target: Located) -> str:
        """`C5:C8` when these are all the numbers between the first and the last of them, else each by itself."""
        columns = {(one.sheet, one.column) for one in cells}
        rows = sorted(one.row for one in cells)
        if len(columns) == 1 and len(cells) > 1:
            between = {r for r in self.rows_with_numbers[columns.pop()] if rows[0] <= r <= rows[-1]}
            if between == set(rows):
                last = xl_rowcol_to_cell(rows[-1], cells[0].column)
                first = min(cells, key=lambda one: one.row)
                return f"{_reference(first, target)}:{last}"
        return ",".join(_reference(one, target) for one in cells)

    def _ratio(self, target: Located, above: str, below: str, *, less: bool) -> tuple[str, Decimal] | None:
        cells = self._operands((above, below))
        if cells is None or target.quantity.unit.kind is not UnitKind.RATIO:
            return None
        upper, lower = cells
        base = self.held(lower)
        if upper.quantity.unit_name != lower.quantity.unit_name or base == 0:
            return None
        a, b = _reference(upper, target), _reference(lower, target)
        share = (self.held(upper) - base) / base if less else self.held(upper) / base
        return _scaled(f"({a}-{b})/{b}" if less else f"{a}/{b}", target.to_share), share / target.to_share

    def _product(self, target: Located, names: tuple[str, ...]) -> tuple[str, Decimal] | None:
        cells = self._operands(names)
        if cells is None:
            return None
        plain = [one for one in cells if one.quantity.unit.kind is not UnitKind.RATIO]
        if len(plain) != 1 or plain[0].quantity.unit_name != target.quantity.unit_name:
            return None
        value = Decimal(1)
        for one in cells:
            value *= self.held(one) * one.to_share
        factors = (_share_text(one, target) for one in cells)
        return "=" + "*".join(factors), value


def _share_text(one: Located, target: Located) -> str:
    divisor = Decimal(1) / one.to_share
    return f"{_reference(one, target)}/{divisor:f}" if one.to_share != 1 else _reference(one, target)


def _scaled(text: str, to_share: Decimal) -> str:
    return f"={text}*{Decimal(1) / to_share:f}" if to_share != 1 else f"={text}"


def _reference(one: Located, target: Located) -> str:
    cell = xl_rowcol_to_cell(one.row, one.column)
    return cell if one.sheet == target.sheet else f"{quote_sheetname(one.sheet)}!{cell}"
