"""义务兵家庭优待金: instalments for each six months of a conscript's service, to the recipient whom he named."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from rongji.kernel.month import MONTHS_A_YEAR, Month
from rongji.law.model import Lawbook, Row
from rongji.law.shapes.service_money import AllowanceEnding, InstalmentDay, InstalmentRule, LeftOver
from rongji.rules.entitlement.one_off import PERCENT, OneOff, Reading, half_up, money
from rongji.rules.entitlement.one_off_refusals import EndingIncomplete, EndsBeforeStart, NoRecipient, TwoMultiples
from rongji.rules.entitlement.service_time import months_later, span
from rongji.rules.rule import rule

TABLE, TERMS = "standards.family_allowance", "standards.family_allowance_terms"
ENDINGS, EXTRA = "standards.family_allowance_endings", "standards.family_allowance_extra"
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Conscript:
    """A conscript's service as far as it is known.

    enlisted_on: approval of enlistment. area: the county that approved it, which pays. recipient: whom he named.
    until: the last day looked at. left_on: his last day, with ending 期满退役, 提前退役, 延期退役, 战时服役, 提干,
    入学 or 选改军士. extras: what raises the allowance where he comes from or serves.
    """

    enlisted_on: date
    area: str
    recipient: str
    until: date
    left_on: date | None = None
    ending: str = ""
    extras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Instalment:
    """One instalment, or an amount once. number: 1 for the first; 0 for an amount once."""

    number: int
    first_day: date
    last_day: date
    months: int
    due_month: Month
    fen: int
    rows: tuple[Row, ...]
    words: str


@dataclass(frozen=True, slots=True)
class FamilyAllowance(OneOff):
    """All instalments due so far, in order; fen: their sum."""

    recipient: str
    instalments: tuple[Instalment, ...]


@dataclass(frozen=True, slots=True)
class _Period:
    """Time that earns an instalment: months that count, and the month in which it is due."""

    first_day: date
    last_day: date
    months: int
    due_month: Month


@rule(id="entitlement.family_allowance", cites=("family-allowance-2021", "benefit-regulation-2024"))
def family_allowance(conscript: Conscript, *, known_on: date, law: Lawbook | None = None) -> FamilyAllowance:
    """优待金: one instalment for each six full months, at most four; what is left at the end by the way of leaving.

    Unit: fen. Rounding: half up, once for each instalment.
    As of: terms on the last day looked at, standard on the day that the terms name (last day of the instalment).
    Does not cover: what was paid on an earlier schedule (owed minus paid), whether the service state is confirmed.
    Raises: NoRecipient, EndingIncomplete, EndsBeforeStart, UnknownWord, TwoMultiples, NoValueInForce.
    """
    _refuse_bad(conscript)
    end = conscript.left_on or conscript.until
    reading = Reading(end, known_on, conscript.area, law)
    terms_row = reading.row(TERMS)
    ending = reading.worded(ENDINGS, "终止情形", ending=conscript.ending) if conscript.ending else None
    periods = _periods(conscript.enlisted_on, end, terms_row.value, ending.value if ending else None)
    for extra in conscript.extras:
        reading.check_word(EXTRA, "增发情形", extra=extra)
    instalments = [
        _instalment(number, period, conscript, known_on, terms_row.value, law)
        for number, period in enumerate(periods, 1)
    ]
    all_of = (*_once(conscript, instalments, known_on, law), *instalments)
    said = (f"{ending.keys[0]}：{ending.value.said}",) if ending else ("在役，只算已满期的",)
    return FamilyAllowance(
        fen=sum(item.fen for item in all_of),
        rows=(terms_row, *((ending,) if ending else ()), *(row for item in all_of for row in item.rows)),
        steps=(terms_row.value.said, *said, *(item.words for item in all_of)),
        recipient=conscript.recipient,
        instalments=all_of,
    )


def _refuse_bad(conscript: Conscript) -> None:
    if not conscript.recipient.strip():
        raise NoRecipient
    if (conscript.left_on is None) == bool(conscript.ending):
        raise EndingIncomplete
    last, name = conscript.left_on or conscript.until, "离队日期" if conscript.left_on else "计算截止日期"
    if last < conscript.enlisted_on:
        raise EndsBeforeStart(first_name="批准入伍日期", first=conscript.enlisted_on, last_name=name, last=last)


def _periods(start: date, end: date, terms: InstalmentRule, ending: AllowanceEnding | None) -> list[_Period]:
    """The times that earn an instalment, in order. end: last day of service, itself included."""
    full = span(start, end + _ONE_DAY).months // terms.months
    counted = full if ending and ending.beyond else min(full, terms.most)
    periods = [_full(start, number, terms) for number in range(counted)]
    if ending and (ending.beyond or counted < terms.most):
        periods += _rest(months_later(start, counted * terms.months), end, terms, ending)
    return periods


def _full(start: date, number: int, terms: InstalmentRule) -> _Period:
    first = months_later(start, number * terms.months)
    following = months_later(start, (number + 1) * terms.months)
    return _Period(first, following - _ONE_DAY, terms.months, Month.from_day(following))


def _rest(first: date, end: date, terms: InstalmentRule, ending: AllowanceEnding) -> list[_Period]:
    """What is left at the end: whole, or by the months served."""
    left = span(first, end + _ONE_DAY) if end >= first else None
    if left is None:
        return []
    served = left.months + (1 if left.days and ending.days is LeftOver.WHOLE else 0)
    months = served if ending.by_time else terms.months
    return [_Period(first, end, months, Month.from_day(end))] if months else []


def _instalment(
    number: int, period: _Period, conscript: Conscript, known_on: date, terms: InstalmentRule, law: Lawbook | None
) -> Instalment:
    reading = Reading(_read_day(period.first_day, period.last_day, terms), known_on, conscript.area, law)
    standard = reading.row(TABLE)
    multiple = _multiple(conscript, reading)
    percent = Fraction(multiple.value.percent) if multiple else Fraction(PERCENT)
    fen = half_up(Fraction(standard.value.fen) * period.months * percent / (MONTHS_A_YEAR * PERCENT))
    raised = f" × {multiple.value.percent}%（{multiple.keys[0]}）" if multiple else ""
    return Instalment(
        number=number,
        first_day=period.first_day,
        last_day=period.last_day,
        months=period.months,
        due_month=period.due_month,
        fen=fen,
        rows=(standard, *((multiple,) if multiple else ())),
        words=(
            f"第{number}期 {period.first_day} 至 {period.last_day}：每年 {money(standard.value.fen)} ÷ {MONTHS_A_YEAR}"
            f" × {period.months}个月{raised} = {money(fen)}，{period.due_month.label}发放"
        ),
    )


def _read_day(first: date, last: date, terms: InstalmentRule) -> date:
    return first if terms.read_on is InstalmentDay.FIRST else last


def _multiple(conscript: Conscript, reading: Reading) -> Row | None:
    """The one multiple of the allowance among his extras."""
    rows = [reading.row(EXTRA, extra=extra) for extra in conscript.extras]
    multiples = [row for row in rows if row.value.percent is not None]
    if len(multiples) > 1:
        raise TwoMultiples(first=multiples[0].keys[0], second=multiples[1].keys[0])
    return multiples[0] if multiples else None


def _once(
    conscript: Conscript, instalments: list[Instalment], known_on: date, law: Lawbook | None
) -> tuple[Instalment, ...]:
    """Amounts once come with the first instalment, at the standard of its last day."""
    if not instalments:
        return ()
    first = instalments[0]
    reading = Reading(first.last_day, known_on, conscript.area, law)
    rows = [reading.row(EXTRA, extra=extra) for extra in conscript.extras]
    return tuple(
        Instalment(
            number=0,
            first_day=first.first_day,
            last_day=first.last_day,
            months=0,
            due_month=first.due_month,
            fen=row.value.once_fen,
            rows=(row,),
            words=f"{row.keys[0]}一次性 {money(row.value.once_fen)}，{first.due_month.label}发放",
        )
        for row in rows
        if row.value.once_fen is not None
    )
