"""困难援助: help once for illness, disaster or accident, by bands of loss."""

from dataclasses import dataclass
from datetime import date

from rongji.law.model import Lawbook
from rongji.law.shapes.aid import AidBand, AidRule
from rongji.rules.entitlement.one_off import OneOff, Reading, money, refuse_negative, share_of
from rongji.rules.entitlement.one_off_refusals import (
    AmountToBeDecided,
    AppliedTooLate,
    DecidedOutsideRange,
    EndsBeforeStart,
    NothingToDecide,
)
from rongji.rules.entitlement.service_time import months_later
from rongji.rules.rule import rule

TABLE = "standards.hardship_aid"


@dataclass(frozen=True, slots=True)
class Hardship:
    """A household's hardship. cause: 因病, 因灾, 因意外 …; loss_fen: what the household has to bear itself.

    paid_this_year_fen: aid it got before in the calendar year of the application. decided_fen: the bureau's decision,
    where the band is a range.
    """

    cause: str
    happened_on: date
    applied_on: date
    loss_fen: int
    area: str
    paid_this_year_fen: int = 0
    decided_fen: int | None = None


@rule(id="entitlement.hardship_aid", cites=("veterans-aid-2019", "veterans-protection-law"))
def hardship_aid(hardship: Hardship, *, known_on: date, law: Lawbook | None = None) -> OneOff:
    """困难援助金: what the band of the loss earns, within what is left of the household's yearly limit.

    Unit: fen. Rounding: half up, once, of a share of the loss. As of: the day of application.
    Does not cover: whether the household is poor by the local test; loans and help in kind.
    Raises: UnknownWord, NoValueInForce, EndsBeforeStart, AppliedTooLate, AmountToBeDecided, DecidedOutsideRange,
    NothingToDecide, NegativeAmount.
    """
    refuse_negative(
        自付或损失金额=hardship.loss_fen, 本年已援助金额=hardship.paid_this_year_fen, 评定金额=hardship.decided_fen
    )
    row = Reading(hardship.applied_on, known_on, hardship.area, law).worded(TABLE, "困难原因", cause=hardship.cause)
    aid: AidRule = row.value
    _refuse_late(hardship, aid)
    band = next((item for item in aid.bands if item.holds(hardship.loss_fen)), None)
    if band is None:
        lowest = f"自付或损失 {money(hardship.loss_fen)}，未达到起点 {money(aid.bands[0].from_fen)}"
        return OneOff(0, (row,), (lowest,))
    earned = _earned(band, hardship)
    step = f"自付或损失 {money(hardship.loss_fen)}，{band.said}，得 {money(earned)}"
    fen, limit = _within_year(earned, aid, hardship)
    return OneOff(fen, (row,), (step, *limit))


def _refuse_late(hardship: Hardship, aid: AidRule) -> None:
    if hardship.applied_on < hardship.happened_on:
        raise EndsBeforeStart(
            first_name="困难发生日期", first=hardship.happened_on, last_name="申请日期", last=hardship.applied_on
        )
    if aid.within_months is None:
        return
    last = months_later(hardship.happened_on, aid.within_months)
    if hardship.applied_on > last:
        raise AppliedTooLate(
            happened=hardship.happened_on, last=last, applied=hardship.applied_on, months=aid.within_months
        )


def _earned(band: AidBand, hardship: Hardship) -> int:
    """What the band earns before the yearly limit."""
    decided = hardship.decided_fen
    if band.most_fen is None:
        if decided is not None:
            raise NothingToDecide(earns=band.earns)
        return band.amount_fen if band.amount_fen is not None else share_of(hardship.loss_fen, band.percent)
    least, most = money(band.least_fen or 0).removesuffix("元"), money(band.most_fen).removesuffix("元")
    if decided is None:
        raise AmountToBeDecided(least=least, most=most)
    if not (band.least_fen or 0) <= decided <= band.most_fen:
        raise DecidedOutsideRange(decided=money(decided).removesuffix("元"), least=least, most=most)
    return decided


def _within_year(earned: int, aid: AidRule, hardship: Hardship) -> tuple[int, tuple[str, ...]]:
    if aid.year_most_fen is None:
        return earned, ()
    left = max(aid.year_most_fen - hardship.paid_this_year_fen, 0)
    fen = min(earned, left)
    if fen == earned:
        return fen, ()
    paid = money(hardship.paid_this_year_fen)
    return fen, (f"全年不超过 {money(aid.year_most_fen)}，本年已援助 {paid}，实得 {money(fen)}",)
