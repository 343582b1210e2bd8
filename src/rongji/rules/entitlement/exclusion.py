"""Which of one person's claims of one month give way to others."""

from collections.abc import Sequence
from dataclasses import dataclass

from rongji.kernel.month import Month
from rongji.law.exclusions import Relation
from rongji.rules.entitlement.as_known import LawAsKnown
from rongji.rules.entitlement.claim import Claim
from rongji.rules.rule import rule


@dataclass(frozen=True, slots=True)
class Contender:
    """A claim that is due in the month, and what it alone would come to."""

    claim: Claim
    fen: int


@rule(id="entitlement.exclusion", cites=("rural-veteran-guide", "payment-practice", "price-linkage-2016"))
def gives_way_to(
    contender: Contender, others: Sequence[Contender], month: Month, known: LawAsKnown
) -> Contender | None:
    """待遇冲突: the claim of the same person and month that a claim gives way to, None when it is paid.

    Of two of which the higher is paid the larger amount of the month stays; of equal ones the benefit that stands
    first in the table of benefits, then the older award. The matrix is closed, so judging pair by pair is enough.
    Unit: fen are compared. Rounding: none, amounts are rounded before.
    As of: the matrix in force on the first day of the month, of the area that pays the claim.
    Does not cover: comparisons over more than one month.
    Raises: NoValueInForce where the matrix says nothing.
    """
    for other in others:
        relation = known.relation(contender.claim.benefit, other.claim.benefit, month, contender.claim.area)
        if relation is Relation.YIELDS or (
            relation is Relation.HIGHER and _rank(other, known) < _rank(contender, known)
        ):
            return other
    return None


def _rank(contender: Contender, known: LawAsKnown) -> tuple[int, int, int, int]:
    claim = contender.claim
    return (-contender.fen, known.order[claim.benefit], claim.award_id, claim.term_id)
