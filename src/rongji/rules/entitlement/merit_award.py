"""立功受奖奖励: what the county gives for a soldier's merits of one year."""

from dataclasses import dataclass
from datetime import date

from rongji.law.model import Lawbook, Row
from rongji.law.shapes.lump_sums import MeritRule
from rongji.rules.entitlement.one_off import OneOff, Reading, money, share_of
from rongji.rules.entitlement.one_off_refusals import MeritsOfSeveralYears, NoMerits
from rongji.rules.rule import rule

TABLE, ALLOWANCE = "standards.merit_award", "standards.family_allowance"


@dataclass(frozen=True, slots=True)
class Merit:
    """One merit: its grade and the day of the order."""

    grade: str
    awarded_on: date


@dataclass(frozen=True, slots=True)
class MeritYear:
    """The merits of one soldier in one calendar year."""

    merits: tuple[Merit, ...]
    area: str


@dataclass(frozen=True, slots=True)
class _Priced:
    """One merit with its amount."""

    merit: Merit
    fen: int
    rows: tuple[Row, ...]
    words: str


@rule(id="entitlement.merit_award", cites=("veterans-protection-law", "benefit-regulation-2024"))
def merit_award(year: MeritYear, *, known_on: date, law: Lawbook | None = None) -> OneOff:
    """立功受奖奖励: the highest award of the year, an amount or a share of the family allowance.

    Unit: fen. Rounding: half up, once, of a share. As of: the day of each order.
    Does not cover: awards of the army; what was paid for a lower merit of the same year (the grant is corrected).
    Raises: NoMerits, MeritsOfSeveralYears, UnknownWord, NoValueInForce.
    """
    _refuse_bad(year)
    priced = [_price(merit, Reading(merit.awarded_on, known_on, year.area, law)) for merit in year.merits]
    top = max(priced, key=lambda item: item.fen)
    others = [item.merit.grade for item in priced if item is not top]
    only = (f"同年另有{'、'.join(others)}，只按最高一项",) if others else ()
    return OneOff(top.fen, top.rows, (top.words, *only))


def _refuse_bad(year: MeritYear) -> None:
    if not year.merits:
        raise NoMerits
    years = sorted({merit.awarded_on.year for merit in year.merits})
    if len(years) > 1:
        raise MeritsOfSeveralYears(years="、".join(str(item) for item in years))


def _price(merit: Merit, reading: Reading) -> _Priced:
    row = reading.worded(TABLE, "等次", grade=merit.grade)
    award: MeritRule = row.value
    if award.amount_fen is not None:
        return _Priced(merit, award.amount_fen, (row,), f"{merit.grade} {money(award.amount_fen)}")
    allowance = reading.row(ALLOWANCE)
    fen = share_of(allowance.value.fen, award.percent)
    words = f"{merit.grade}：义务兵家庭优待金 {money(allowance.value.fen)}，{award.said} = {money(fen)}"
    return _Priced(merit, fen, (row, allowance), words)
