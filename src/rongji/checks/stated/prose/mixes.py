"""分项的增长率与总的增长率（正文）: rates of a total that its parts' rates cannot make up.

A total of 56 that grew by 5 % stood at 53.3 before; so must its parts, each by its own rate. The same holds for what
was completed of a plan. Nothing here needs the earlier numbers to be printed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rongji.checks.intervals import Interval, exactly, stated
from rongji.checks.registry import document_check
from rongji.checks.stated.grammar.basis import basis_of
from rongji.checks.stated.grammar.listing import Listing
from rongji.checks.stated.grammar.listings import listings_of
from rongji.checks.stated.grammar.neighbours import is_value
from rongji.checks.stated.grammar.outline import Item, Outline, outlines_of
from rongji.checks.stated.model import StatedDocument
from rongji.checks.stated.phrase import Role
from rongji.checks.stated.prose.changes import is_on_other_scope
from rongji.checks.wording import amount, in_unit, value_of
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.quantity import Quantity
from rongji.kernel.units import UnitKind

_ONE = Fraction(1)
_MOST = 12
_REMEDY = "核对总的和各分项的比率，找出写错的一个；口径不同的写明口径。"


@dataclass(frozen=True, slots=True)
class Rated:
    """A number with the rate behind it. factor: what the earlier or planned number is multiplied by to give it."""

    item: Item
    rate: Item
    factor: Interval

    @property
    def base(self) -> Interval | None:
        """What stood before (or was planned)."""
        low = self.factor.low
        return stated(self.item.figure).over(self.factor) if low is not None and low > 0 else None

    @property
    def base_value(self) -> Fraction:
        """The same as one number."""
        rate = Fraction(self.rate.quantity.base)
        factor = _ONE + self.rate.phrase.sign * rate if self.rate.role is Role.GROWTH else rate
        return Fraction(self.item.quantity.base) / factor


@document_check(title="正文：总的增长率与各分项的增长率", level=Verdict.QUESTION)
def prose_growth_of_parts(document: StatedDocument) -> Iterator[Finding]:
    """The growth of a total follows from its parts and their growth; parts on another scope are left alone."""
    yield from _held(document, Role.GROWTH, "上年数")


@document_check(title="正文：总的完成率与各分项的完成率", level=Verdict.QUESTION)
def prose_completion_of_parts(document: StatedDocument) -> Iterator[Finding]:
    """What a total completed of its budget follows from its parts and what they completed of theirs."""
    yield from _held(document, Role.RATE, "预算数")


def _held(document: StatedDocument, role: Role, called: str) -> Iterator[Finding]:
    for outline in outlines_of(document):
        rated = any(item.role is role for item in outline.items)
        for listing in listings_of(outline.passage) if rated else ():
            if listing.closed and len(listing.parts) > 1 and listing.whole.kind in (UnitKind.MONEY, UnitKind.COUNT):
                yield from _of_list(outline, listing, role, called)


def _of_list(outline: Outline, listing: Listing, role: Role, called: str) -> Iterator[Finding]:
    rated = [_rated(outline, item, role) for item in (listing.whole, *listing.parts)]
    known = [item for item in rated if item and item.base]
    words = {item.rate.phrase.of for item in known}
    if len(known) < len(rated) or len(words) > 1 or any(is_on_other_scope(item.rate, item.item) for item in known):
        return
    yield _finding(known[0], known[1:], called)


def _rated(outline: Outline, item: Item, role: Role) -> Rated | None:
    """A number with the first rate of that kind behind it, before the next value."""
    for other in outline.behind(item)[:_MOST]:
        if other.sentence != item.sentence or _is_another(other, item):
            return None
        if other.role is role and other.kind is UnitKind.RATIO and other.is_exact and item.is_exact:
            rate = stated(other.figure)
            if role is Role.GROWTH:
                return Rated(item, other, exactly(_ONE) + rate.scaled(other.phrase.sign))
            return Rated(item, other, rate) if other.phrase.of else None
    return None


def _is_another(other: Item, item: Item) -> bool:
    """Whether a number is another thing, not the budget that the rate before it is of."""
    return is_value(other) and other.kind is not UnitKind.RATIO and (not basis_of(other) or bool(basis_of(item)))


def _finding(whole: Rated, parts: Sequence[Rated], called: str) -> Finding:
    due = _sum([part.base for part in parts if part.base])
    own = whole.base or due
    fits = own.meets(due)
    like = whole.item.quantity
    terms = " + ".join(amount(_shown(part.base_value, like)) for part in parts)
    computed = _shown(sum((part.base_value for part in parts), Fraction(0)), like)
    text = f"{whole.item.figure.label} {value_of(whole.item.figure)}，按{_said(whole)}推得{called} "
    text += f"{amount(_shown(whole.base_value, like))}；各分项按各自的比率推得 {terms} = {amount(computed)}，"
    text += "相符。" if fits else "不符，必有一个比率写错或口径不同。"
    figures = (
        whole.rate.figure,
        whole.item.figure,
        *(item.figure for part in parts for item in (part.item, part.rate)),
    )
    verdict = Verdict.HOLDS if fits else Verdict.QUESTION
    own_shown = _shown(whole.base_value, like)
    return Finding("", verdict, text, figures, own_shown, computed, remedy="" if fits else _REMEDY)


def _said(item: Rated) -> str:
    if item.rate.role is Role.RATE:
        return f"完成{item.rate.phrase.of} {value_of(item.rate.figure)}"
    return f"{'增长' if item.rate.phrase.sign > 0 else '下降'} {value_of(item.rate.figure)}"


def _sum(terms: Sequence[Interval]) -> Interval:
    total = exactly(Fraction(0))
    for item in terms:
        total = total + item
    return total


def _shown(value: Fraction, like: Quantity) -> Quantity:
    return in_unit(value, like, like.places + 1)
