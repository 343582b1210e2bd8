"""Printings of one fact: every further statement of a fact beside its leading one, and what they may be called."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from rongji.checks import relations
from rongji.checks.slips import slip_between
from rongji.checks.stated.facts.reporters import own_reporters
from rongji.checks.stated.memo import once_per_document
from rongji.checks.stated.model import StatedDocument
from rongji.kernel.figure import Figure, FigureKey
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.quantity import Quantity
from rongji.kernel.units import UnitKind
from rongji.law.recognition import names

PLACE = "at:"
_YUAN_PER_WAN = 10_000
_AKIN = Fraction(1, 4)  # 相差不到四分之一，才像是同一个数


@dataclass(frozen=True, slots=True)
class Pair:
    """One further printing beside the leading one."""

    leading: Figure
    other: Figure
    finding: Finding

    @property
    def differs(self) -> bool:
        """Whether they cannot both be true."""
        return self.finding.verdict is Verdict.CONTRADICTION

    @property
    def is_unit_slip(self) -> bool:
        """Whether they carry the same digits and differ by the factor of a unit (元、万元)."""
        one, other = self.leading.quantity, self.other.quantity
        if one is None or other is None or one.unit.kind is not UnitKind.MONEY or not self.differs:
            return False
        return relations.power_of_ten(Fraction(one.base), Fraction(other.base)) >= _YUAN_PER_WAN

    @property
    def is_akin(self) -> bool:
        """Whether they look like one number: close to each other, or a slip of the keys apart."""
        one, other = self.leading.quantity, self.other.quantity
        if one is None or other is None:
            return False
        low, high = sorted((abs(Fraction(one.base)), abs(Fraction(other.base))))
        close = high - low <= _AKIN * high
        same = one.unit_name == other.unit_name
        slip = same and (slip_between(other, one) or slip_between(one, other))
        return bool(close or slip or relations.power_of_ten(Fraction(one.base), Fraction(other.base)))

    @property
    def may_be_one_fact(self) -> bool:
        """Whether an exact amount or count of that name stands in two places, not in two rows of one table."""
        one, other = self.leading, self.other
        if one.vague or other.vague or one.quantity is None:
            return False
        in_one_table = one.statement == other.statement == "table" and _table_of(one) == _table_of(other)
        return one.quantity.unit.kind in (UnitKind.MONEY, UnitKind.COUNT) and not in_one_table


def _table_of(figure: Figure) -> tuple[object, ...]:
    at = figure.source.at
    return (at.sheet, at.page, at.table) if at else ()


@once_per_document
def statements(document: StatedDocument) -> dict[FigureKey, list[Figure]]:
    """Every fact that has a name of its own with its printings, tables first.

    Where the forms of several departments are bound together, each form has facts of its own, and the text, which
    could be about any of them, is about none.
    """
    apart = own_reporters(document)
    found: dict[FigureKey, list[Figure]] = {}
    for table in document.tables:
        scope = f"‖{table.number}" if table.number in apart else ""
        for figure in table.figures() if table.certain else ():
            if _is_named(figure):
                key = replace(figure.key, unit=figure.key.unit + scope) if scope else figure.key
                found.setdefault(key, []).append(figure)
    for passage in () if apart else document.passages:
        for figure in filter(_is_named, passage.figures):
            found.setdefault(figure.key, []).append(figure)
    return found


def _is_named(figure: Figure) -> bool:
    return figure.quantity is not None and not figure.key.member.startswith(PLACE)


@once_per_document
def pairs(document: StatedDocument) -> tuple[Pair, ...]:
    """Each further printing of a fact beside its leading one, where their units can be compared.

    One that differs from the leading one stands also beside the first that prints what it prints.
    """
    return tuple(pair for figures in statements(document).values() if len(figures) > 1 for pair in _pairs(figures))


def _pairs(figures: list[Figure]) -> Iterator[Pair]:
    """The same for one fact."""
    leading = _leading(figures)
    first: dict[Decimal, Figure] = {}
    for other in figures:
        if other is leading or not _are_comparable(leading.quantity, other.quantity):
            continue
        yield Pair(leading, other, relations.same_fact(leading, other))
        value = other.quantity.base if other.quantity else Decimal(0)
        like = first.setdefault(value, other)
        if like is not other and leading.quantity and value != leading.quantity.base:
            yield Pair(like, other, relations.same_fact(like, other))


def is_known_fact(key: FigureKey) -> bool:
    """Whether the name stands for one fact of the whole department in every document."""
    known = names()
    return key.concept in known.facts or any(key.concept in facts for facts in known.facts_in.values())


def _leading(figures: list[Figure]) -> Figure:
    """The first printing; an exact one before a vague one, one with more places before its own rounding."""
    exact = [item for item in figures if not item.vague] or figures
    first = exact[0]
    return next(
        (item for item in exact if item.quantity and first.quantity and _refines(item.quantity, first.quantity)), first
    )


def _refines(one: Quantity, other: Quantity) -> bool:
    return (
        one.unit.is_comparable_with(other.unit)
        and one.half_unit < other.half_unit
        and abs(one.base - other.base) <= other.half_unit
    )


def _are_comparable(one: Quantity | None, other: Quantity | None) -> bool:
    return one is not None and other is not None and one.unit.is_comparable_with(other.unit)
