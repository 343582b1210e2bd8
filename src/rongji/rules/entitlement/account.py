"""What one person is owed for one month: the judge that every engine is compared with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from rongji.kernel.fen import yuan
from rongji.kernel.month import Month
from rongji.law.model import Lawbook
from rongji.rules.entitlement.as_known import LawAsKnown, as_known
from rongji.rules.entitlement.claim import Claim
from rongji.rules.entitlement.exclusion import Contender, gives_way_to
from rongji.rules.entitlement.periods import Period, period
from rongji.rules.entitlement.rates import Rate
from rongji.rules.entitlement.refusals import UnitsNotPositive
from rongji.rules.entitlement.standards import rate
from rongji.rules.rule import rule


@dataclass(frozen=True, slots=True)
class Owed:
    """What one claim comes to in one month, and why.

    fen: what is owed. full_fen: what the claim alone would come to. rate: None outside its months, or where the rule
    gives nothing. suppressed_by: the claim of the same person it gives way to.
    """

    claim: Claim
    month: Month
    label: str
    period: Period
    rate: Rate | None
    full_fen: int
    suppressed_by: Claim | None = None

    @property
    def fen(self) -> int:
        """What is owed."""
        return 0 if self.suppressed_by else self.full_fen

    @property
    def steps(self) -> tuple[str, ...]:
        """The account of the amount in sentences: months, standard and act, computation, exclusion."""
        return tuple(step for step in (_months_said(self), *_rate_said(self), _exclusion_said(self)) if step)


@rule(id="entitlement.owed", cites=("benefit-regulation-2024", "disability-management-rules", "payment-practice"))
def owed(
    claims_of_one_person: Sequence[Claim], month: Month, known_on: date, law: Lawbook | None = None
) -> tuple[Owed, ...]:
    """应发额: what each claim of one person comes to in one month, in the order given.

    Unit: fen. Rounding: once per claim and month, by the way of the area.
    As of: law and claims as known on `known_on`; the caller gives the claims as known on the same day.
    Does not cover: parts of months (a month is owed whole or not at all); what was paid before.
    Raises: whatever `entitlement.rate`, `entitlement.period` and `entitlement.exclusion` refuse, UnitsNotPositive.
    """
    known = as_known(known_on, law)
    alone = [_alone(claim, month, known) for claim in claims_of_one_person]
    live = [Contender(item.claim, item.full_fen) for item in alone if item.full_fen]
    if len(live) < 2:
        return tuple(alone)
    return tuple(_judged(item, live, month, known) if item.full_fen else item for item in alone)


def owed_fen(claims_of_one_person: Sequence[Claim], month: Month, known_on: date, law: Lawbook | None = None) -> int:
    """The sum of what one person is owed for a month, in fen."""
    return sum(item.fen for item in owed(claims_of_one_person, month, known_on, law))


def _alone(claim: Claim, month: Month, known: LawAsKnown) -> Owed:
    label = known.benefit(claim.benefit, month, claim.area).label
    if claim.units < 1:
        raise UnitsNotPositive(label=label, units=claim.units)
    months = period(claim, known.known_on, known.book)
    if not months.holds(month):
        return Owed(claim, month, label, months, None, 0)
    found = rate(claim.benefit, claim.standard_key, claim.area, month, known.known_on, known.book)
    return Owed(claim, month, label, months, found, found.fen(claim.units) if found else 0)


def _judged(item: Owed, live: Sequence[Contender], month: Month, known: LawAsKnown) -> Owed:
    contender = next(one for one in live if one.claim is item.claim)
    winner = gives_way_to(contender, [one for one in live if one is not contender], month, known)
    return replace(item, suppressed_by=winner.claim) if winner else item


def _months_said(item: Owed) -> str:
    first, last = item.period.first, item.period.last
    span = f"自{first.label}起" + (f"，到{last.label}止" if last else "")
    if item.period.holds(item.month):
        return f"{item.label}{span}。"
    return f"{item.label}{span}，{item.month.label}不在其中，应发 0 元。"


def _rate_said(item: Owed) -> tuple[str, ...]:
    if not item.period.holds(item.month):
        return ()
    if item.rate is None:
        return (f"{item.month.label}没有达到发放条件，应发 0 元。",)
    key = f"（{item.claim.standard_key.replace('|', '，')}）" if item.claim.standard_key else ""
    mark = "" if item.rate.trust.is_official else f"，{item.rate.trust.label}"
    row = item.rate.row
    dates = f"{row.effective} 起施行，{row.known} 公布"
    return (
        f"标准{key}：{item.rate.how}（依据{item.rate.act}，{dates}{mark}）。",
        f"{item.month.label}：{item.rate.said(item.claim.units)}。",
    )


def _exclusion_said(item: Owed) -> str:
    if item.suppressed_by is None:
        return ""
    return (
        f"同月另有待遇（编号 {item.suppressed_by.award_id}），按不得重复享受的规定，本项 {yuan(item.full_fen)} 元不发。"
    )
