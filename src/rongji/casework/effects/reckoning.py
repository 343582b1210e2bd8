"""Which rule of one-off benefits a case calls, with what of its answers, and what makes the event one."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from rongji.awards.selectors import awards_of, granted_of_event, grants_of
from rongji.awards.types import GrantFacts
from rongji.casework.effects.context import EffectContext, day_of
from rongji.casework.effects.refusals import (
    BackPaymentMonthsDiffer,
    MonthsPaidBack,
    NoBenefitOfDeceased,
    ShareUnfit,
)
from rongji.kernel.fen import yuan
from rongji.kernel.month import Month
from rongji.people.selectors import briefs, household_of, standing_file
from rongji.rules.entitlement.death_lump_sum import Death, death_lump_sum
from rongji.rules.entitlement.discharge_grant import Discharge, discharge_grant
from rongji.rules.entitlement.funeral_grant import RecipientDeath, funeral_grant
from rongji.rules.entitlement.hardship_aid import Hardship, hardship_aid
from rongji.rules.entitlement.insurance_back_payment import InsuranceGap, insurance_back_payment
from rongji.rules.entitlement.martyr_praise import Sacrifice, martyr_praise
from rongji.rules.entitlement.medical_subsidy import MedicalBill, YearSoFar, medical_subsidy
from rongji.rules.entitlement.merit_award import Merit, MeritYear, merit_award
from rongji.rules.entitlement.one_off import OneOff
from rongji.rules.entitlement.premium_support import Premium, premium_support

PAYERS = {"basic_paid": "基本医保", "serious_paid": "大病保险", "relief_paid": "医疗救助"}
FUNERAL_BENEFITS = {
    "三属": ("survivor_pension", "三属定期抚恤金"),
    "残疾军人": ("disability_pension", "残疾抚恤金"),
}


@dataclass(frozen=True, slots=True)
class Reckoned:
    """An amount with what it rests on. key: what makes the event one; a second grant of the same key is refused."""

    benefit: str
    key: str
    event_on: date
    fen: int
    rule: str
    inputs: Mapping[str, Any]
    standards: tuple[str, ...]
    words: str


def _reckoned(benefit: str, key: str, event_on: date, found: OneOff, given: Any, **more: Any) -> Reckoned:
    inputs = {**_plain(asdict(given)), **more, "steps": list(found.steps), "trust": str(found.trust)}
    return Reckoned(benefit, key, event_on, found.fen, f"entitlement.{benefit}", inputs, found.standards, found.words)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, bool | int | str | None) else str(value)


def _place(context: EffectContext) -> str:
    return briefs({context.somebody})[context.somebody].area


def _earlier(context: EffectContext, person: int, benefit: str) -> list[GrantFacts]:
    """What the person was granted of a benefit before, each event once, as it stands."""
    found = {item.key: item for item in grants_of(person, known_on=context.actor.day) if item.benefit == benefit}
    return [item for item in found.values() if item.rule == f"entitlement.{benefit}"]


def hardship(
    context: EffectContext, *, cause: str, happened_on: Any, applied_on: Any, loss: int, decided: int | None = None
) -> Reckoned:
    """困难援助, within what the household has left of the year: aid of its other members counts."""
    applied = day_of(applied_on, context.received_on)
    members = household_of(context.somebody, on=applied, known_on=context.actor.day)
    earlier = [item for member in members for item in _earlier(context, member, "hardship_aid")]
    paid = sum(item.amount_fen for item in earlier if item.event_on.year == applied.year)
    given = Hardship(cause, day_of(happened_on, applied), applied, loss, _place(context), paid, decided)
    found = hardship_aid(given, known_on=context.actor.day)
    return _reckoned("hardship_aid", f"case:{context.number}", applied, found, given)


def medical(
    context: EffectContext,
    *,
    group: str,
    care: str,
    settled_on: Any,
    bill: int,
    in_catalogue: int,
    bill_number: str,
    employee_rules: int | None = None,
    **paid: int | None,
) -> Reckoned:
    """医疗补助 of one bill; the yearly counter is what earlier bills of the calendar year came to."""
    day = day_of(settled_on, context.acted_on)
    before = _year_so_far(context, day.year)
    payers = tuple((PAYERS[name], fen) for name, fen in paid.items() if fen)
    born_on = briefs({context.somebody})[context.somebody].born_on
    given = MedicalBill(group, care, day, born_on, _place(context), bill, in_catalogue, payers, before, employee_rules)
    found = medical_subsidy(given, known_on=context.actor.day)
    counted = {name: value - getattr(before, name) for name, value in asdict(found.year).items()}
    more = {"counted": counted, "borne_fen": found.borne_fen}
    return _reckoned("medical_subsidy", f"bill:{bill_number}", day, found, given, **more)


def _year_so_far(context: EffectContext, year: int) -> YearSoFar:
    earlier = _earlier(context, context.somebody, "medical_subsidy")
    counted = [item.inputs["counted"] for item in earlier if item.event_on.year == year and "counted" in item.inputs]
    names = ("base_fen", "first_fen", "second_base_fen", "second_fen")
    return YearSoFar(**{name: sum(int(row[name]) for row in counted) for name in names})


def premium(
    context: EffectContext, *, group: str, paid_on: Any, premium: int, in_need: bool | None, insured_year: int
) -> Reckoned:
    """参保资助 of one insured year."""
    day = day_of(paid_on, context.acted_on)
    given = Premium(group, day, premium, _place(context), bool(in_need))
    found = premium_support(given, known_on=context.actor.day)
    return _reckoned("premium_support", f"year:{insured_year}", day, found, given, insured_year=insured_year)


def back_payment(
    context: EffectContext,
    *,
    insurance: str,
    first_month: int,
    last_month: int,
    settled_on: Any,
    average_wage: int | None = None,
    state_bears_unit: bool | None = None,
    state_bears_personal: bool | None = None,
    confirmed_months: int | None = None,
) -> Reckoned:
    """社保补缴 of one gap; no month is made up for twice. Raises: MonthsPaidBack, BackPaymentMonthsDiffer."""
    first, last = Month.from_number(first_month), Month.from_number(last_month)
    _refuse_paid_back(context, insurance, first, last)
    day = day_of(settled_on, context.acted_on)
    given = InsuranceGap(
        insurance, first, last, day, _place(context), average_wage, bool(state_bears_unit), bool(state_bears_personal)
    )
    found = insurance_back_payment(given, known_on=context.actor.day)
    if confirmed_months is not None and confirmed_months != found.months:
        raise BackPaymentMonthsDiffer(counted=found.months, stated=confirmed_months)
    shares = asdict(found.shares) if found.shares else {}
    more = {"months": found.months, "unit_fen": found.unit_fen, "personal_fen": found.personal_fen, "shares": shares}
    key = f"{insurance}:{first.number}-{last.number}"
    return _reckoned("insurance_back_payment", key, day, found, given, **more)


def _refuse_paid_back(context: EffectContext, insurance: str, first: Month, last: Month) -> None:
    for item in _earlier(context, context.somebody, "insurance_back_payment"):
        kind, _, months = item.key.partition(":")
        begun, _, ended = months.partition("-")
        if kind == insurance and int(begun) <= last.number and first.number <= int(ended):
            raise MonthsPaidBack(
                insurance=insurance, first=max(first, Month.from_number(int(begun))),
                last=min(last, Month.from_number(int(ended))), grant=item.id,
            )  # fmt: skip


def lump_sum(
    context: EffectContext,
    *,
    died_on: Any,
    nature: str,
    scope: str,
    monthly_pay: int,
    deceased_name: str,
    lieutenant_pay: int | None = None,
    honour: str | None = None,
    shared: bool | None = None,
    share: int | None = None,
) -> Reckoned:
    """一次性抚恤金: the whole, or the part of it that the survivors' agreement gives the recipient."""
    day = day_of(died_on, context.acted_on)
    honours = (honour,) if honour else ()
    given = Death(day, nature, scope, monthly_pay, lieutenant_pay, honours, _place(context))
    found = _reckoned(
        "death_lump_sum", f"death:{deceased_name}:{day}", day, death_lump_sum(given, known_on=context.actor.day), given
    )
    return _shared(context, found, shared, share)


def praise(
    context: EffectContext, *, died_on: Any, deceased_name: str, shared: bool | None = None, share: int | None = None
) -> Reckoned:
    """烈士褒扬金: the whole, or the recipient's part."""
    day = day_of(died_on, context.acted_on)
    given = Sacrifice(day, _place(context))
    found = _reckoned(
        "martyr_praise", f"death:{deceased_name}:{day}", day, martyr_praise(given, known_on=context.actor.day), given
    )
    return _shared(context, found, shared, share)


def _shared(context: EffectContext, whole: Reckoned, shared: bool | None, share: int | None) -> Reckoned:
    """The recipient's part of a whole; the parts of all recipients never come to more than it. Raises: ShareUnfit."""
    _refuse_more_than_whole(context, whole, share if shared and share else whole.fen)
    if not shared:
        if share:
            raise ShareUnfit(why="没有选“几名遗属分领”，却填了分得的金额")
        return whole
    if not share or share > whole.fen:
        raise ShareUnfit(why=f"分得的金额应大于零、不超过全额 {yuan(whole.fen)} 元")
    inputs = {**whole.inputs, "whole_fen": whole.fen, "share_fen": share}
    words = f"{whole.words}；按分配协议分得 {yuan(share)} 元"
    return Reckoned(whole.benefit, whole.key, whole.event_on, share, whole.rule, inputs, whole.standards, words)


def _refuse_more_than_whole(context: EffectContext, whole: Reckoned, wanted: int) -> None:
    drawn = granted_of_event(context.bureau, whole.benefit, whole.key)
    others = sum(fen for person, fen in drawn.items() if person != context.somebody)
    if others and others + wanted > whole.fen:
        raise ShareUnfit(
            why=f"其他遗属已核算 {yuan(others)} 元，加上本次 {yuan(wanted)} 元超过全额 {yuan(whole.fen)} 元"
        )


def funeral(context: EffectContext, *, deceased: int, died_on: Any, deceased_kind: str) -> Reckoned:
    """丧葬补助费 by what the deceased drew. Raises: NoBenefitOfDeceased."""
    day = day_of(died_on, context.acted_on)
    benefit, label = FUNERAL_BENEFITS[deceased_kind]
    file = standing_file(int(deceased))  # it may have been merged since the application
    drawn = [item for item in awards_of(file, known_on=context.actor.day) if item.benefit == benefit]
    terms = [term for item in drawn for term in item.terms if term.ended_on is None or term.ended_on >= day]
    if not terms:
        raise NoBenefitOfDeceased(benefit=label)
    given = RecipientDeath(day, deceased_kind, terms[-1].standard_key, _place(context))
    found = funeral_grant(given, known_on=context.actor.day)
    return _reckoned("funeral_grant", f"death:{file}", day, found, given, deceased=file)


def discharge(
    context: EffectContext,
    *,
    enlisted_on: Any,
    discharged_on: Any,
    soldier: str,
    honour: str | None = None,
    held_back_months: int | None = None,
) -> Reckoned:
    """自主就业一次性经济补助 of one discharge."""
    first, last = day_of(enlisted_on, context.acted_on), day_of(discharged_on, context.acted_on)
    given = Discharge(first, last, soldier, _place(context), (honour,) if honour else (), held_back_months or 0)
    found = discharge_grant(given, known_on=context.actor.day)
    return _reckoned("discharge_grant", f"discharge:{last}", last, found, given, years=str(found.years))


def merit(context: EffectContext, *, grade: str, awarded_on: Any, soldier: str) -> Reckoned:
    """立功受奖奖励 of one soldier's year; a second merit of the year is a correction of it."""
    day = day_of(awarded_on, context.acted_on)
    given = MeritYear((Merit(grade, day),), _place(context))
    found = merit_award(given, known_on=context.actor.day)
    return _reckoned("merit_award", f"{soldier}:{day.year}", day, found, given, soldier=soldier)


def stated(context: EffectContext, *, benefit: str, amount: int, because: str, event_on: Any = None) -> Reckoned:
    """An amount that another authority decided, or an agreement names."""
    day = day_of(event_on, context.received_on)
    inputs = {"amount_fen": amount, "because": because}
    return Reckoned(
        benefit, f"case:{context.number}", day, amount, "casework.stated", inputs, (),
        f"{because} {yuan(amount)} 元",
    )  # fmt: skip


RECKONINGS: Mapping[str, Callable[..., Reckoned]] = {
    "hardship_aid": hardship,
    "medical_subsidy": medical,
    "premium_support": premium,
    "insurance_back_payment": back_payment,
    "death_lump_sum": lump_sum,
    "martyr_praise": praise,
    "funeral_grant": funeral,
    "discharge_grant": discharge,
    "merit_award": merit,
    "stated": stated,
}
"""Rules by the name that a kind gives them."""
