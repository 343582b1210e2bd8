"""The rate of a benefit in a month: which standard is in force as known on a day, national or of the region."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from rongji.kernel.month import Month
from rongji.kernel.refusal import Refusal
from rongji.law.model import Lawbook
from rongji.law.shapes.benefit import Method
from rongji.rules.entitlement.as_known import LawAsKnown, as_known
from rongji.rules.entitlement.nursing_allowance import nursing_rate
from rongji.rules.entitlement.price_subsidy import price_subsidy_rate
from rongji.rules.entitlement.rates import Rate, standard_rate
from rongji.rules.entitlement.refusals import NotMonthly
from rongji.rules.entitlement.request import Request, key_words
from rongji.rules.entitlement.waiting_period import insurance_rate, waiting_rate
from rongji.rules.rule import rule

_METHODS: Mapping[Method, Callable[[Request], Rate | None]] = {
    Method.STANDARD: standard_rate,
    Method.WAGE_SHARE: nursing_rate,
    Method.PRICE_LINKED: price_subsidy_rate,
    Method.WITH_FLOOR: waiting_rate,
    Method.BASE_SHARE: insurance_rate,
}


@rule(id="entitlement.rate", cites=("benefit-regulation-2024", "benefit-standards-2024"))
def rate(
    benefit: str, standard_key: str, area: str, month: Month, known_on: date, law: Lawbook | None = None
) -> Rate | None:
    """月标准: the rate of a benefit at one key of its standard, paid by one area, in one month.

    Unit: fen for the time the standard names. Rounding: none here; the rate says how its months are rounded.
    As of: the row in force on the first day of the month among those known on `known_on`, of the area's own table
    before its city's, its province's, the nation's. None where the rule itself says that nothing is due that month.
    Does not cover: standards that take effect within a month (they count from the next one).
    Raises: StandardNotInForce, ValueIsMissing, KeyDoesNotFit, UnknownStandardKey, NotMonthly, UnknownBenefit.
    """
    known = as_known(known_on, law)
    key = ("rate", benefit, standard_key, known.region_of(area), month.index)
    return known.keep(key, lambda: _resolve(known, benefit, standard_key, area, month))


def rate_before(
    found: Rate, benefit: str, standard_key: str, area: str, month: Month, law: Lawbook | None = None
) -> Rate | None:
    """The rate of the same month as it stood the day before the present one became known; None where none did."""
    try:
        return rate(benefit, standard_key, area, month, found.known - timedelta(days=1), law)
    except Refusal:
        return None


def _resolve(known: LawAsKnown, benefit: str, standard_key: str, area: str, month: Month) -> Rate | None:
    kind = known.benefit(benefit, month, area)
    if not kind.is_monthly:
        raise NotMonthly(label=kind.label)
    return _METHODS[kind.method](Request(known, benefit, kind, key_words(kind, standard_key), area, month))
