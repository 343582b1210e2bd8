"""Other ways of reading which rows a total stands over, tried before anything is called wrong.

Printed tables often lose their indents: details stand flush with what they detail, one amount is listed once by
function and once more by kind, subtotals stand among their items. A total that closes in one of these ways holds.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from rongji.checks.intervals import hidden
from rongji.checks.stated.model import Row, RowKind
from rongji.checks.stated.tables.groups import Term
from rongji.kernel.figure import Figure

_LONGEST_DETAIL = 80
_TOO_SMALL = 100  # 末位单位不到一百个的小数目，凑巧相加得出的太多


def ways(terms: Sequence[Term], total: Figure, *, least: int = _TOO_SMALL) -> Iterator[Sequence[Term]]:
    """Every other choice of terms that the table may have meant, without repeating the whole list.

    least: how many units of its last place a number has at least that is believed to be the sum of those after it.
    """
    tried = [len(terms)]
    details = partial(_without_details, least=least)
    choices = (_upper_only, _without_subtotals, _without_some, _upper_codes, _shortest_codes, details)
    for choice in choices:
        chosen = choice(terms)
        if chosen and len(chosen) not in tried:
            tried.append(len(chosen))
            yield chosen
    yield from _listed_again(terms, total)


def _upper_only(terms: Sequence[Term]) -> Sequence[Term]:
    """The subtotals alone."""
    return [item for item in terms if _kind(item) in (RowKind.SUBTOTAL, RowKind.TOTAL)]


def _without_subtotals(terms: Sequence[Term]) -> Sequence[Term]:
    return [item for item in terms if _kind(item) not in (RowKind.SUBTOTAL, RowKind.TOTAL)]


def _without_some(terms: Sequence[Term]) -> Sequence[Term]:
    """What stands under 其中 is in the row above it already."""
    return [item for item in terms if _kind(item) is not RowKind.PART]


def _upper_codes(terms: Sequence[Term]) -> Sequence[Term]:
    """Rows whose classification code stands under no other listed code."""
    codes = {code for item in terms if (code := _code(item))}
    return [item for item in terms if not _is_below(item, codes)]


def _shortest_codes(terms: Sequence[Term]) -> Sequence[Term]:
    """Rows of the uppermost level of codes: one of a lower level stands there by a slip in its code."""
    lengths = {len(code) for item in terms if (code := _code(item))}
    shortest = min(lengths, default=0)
    return [item for item in terms if len(_code(item)) in (0, shortest)]


def _without_details(terms: Sequence[Term], least: int) -> Sequence[Term]:
    """Rows left after taking off every run of rows that adds up to the row before it."""
    kept: list[Term] = []
    position = 0
    while position < len(terms):
        kept.append(terms[position])
        position += 1 + _details_of(terms, position, least)
    return kept


def _details_of(terms: Sequence[Term], position: int, least: int) -> int:
    """How many rows after that one add up to it, at least two; none when they do not."""
    whole, room = _value(terms[position]), _margin(terms[position])
    if _units(terms[position]) < least:
        return 0
    found = Decimal(0)
    for count, item in enumerate(terms[position + 1 : position + 1 + _LONGEST_DETAIL], 1):
        found, room = found + _value(item), room + _margin(item)
        if count > 1 and abs(found - whole) <= room:
            return count
    return 0


def _listed_again(terms: Sequence[Term], total: Figure) -> Iterator[Sequence[Term]]:
    """The first of several complete lists of the same total, one after the other (按功能、按性质)."""
    due = total.quantity.base if total.quantity else Decimal(0)
    found, room, first, begin = Decimal(0), Decimal(0), 0, 0
    for position, item in enumerate(terms):
        found, room = found + item.member.sign * _value(item), room + _margin(item)
        if abs(found - due) <= room and due:
            first, begin = first or position + 1, position + 1
            found, room = Decimal(0), Decimal(0)
    if first and begin == len(terms):
        yield terms[:first]


def _kind(term: Term) -> RowKind | None:
    return term.member.kind if isinstance(term.member, Row) else None


def _is_below(term: Term, codes: set[str]) -> bool:
    code = _code(term)
    return any(code[:length] in codes for length in range(1, len(code)))


def _code(term: Term) -> str:
    return term.member.code if isinstance(term.member, Row) else ""


def _value(term: Term) -> Decimal:
    return term.figure.quantity.base if term.figure.quantity else Decimal(0)


def _units(term: Term) -> int:
    """How many units of its last printed place a number has."""
    quantity = term.figure.quantity
    return int(abs(quantity.value).scaleb(quantity.places)) if quantity else 0


def _margin(term: Term) -> Decimal:
    return hidden(term.figure.quantity) if term.figure.quantity else Decimal(0)
