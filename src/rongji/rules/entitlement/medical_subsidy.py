"""优抚对象医疗补助: what is paid towards a medical bill after the insurances, by the local shape of the rule."""

from dataclasses import dataclass
from datetime import date

from rongji.law.model import Lawbook, Row
from rongji.law.shapes.medical import LayerBase, MedicalRule, Mode, Over
from rongji.rules.entitlement.medical_bands import banded
from rongji.rules.entitlement.one_off import OneOff, Reading, money, refuse_negative, share_of
from rongji.rules.entitlement.one_off_refusals import (
    AgeNotCovered,
    EmployeeRulesMissing,
    OtherRuleForCare,
    PartsExceedBill,
    PayerNotInOrder,
)
from rongji.rules.entitlement.service_time import age_on
from rongji.rules.rule import rule

TABLE, ORDER = "standards.medical_subsidy", "standards.settlement_order"
SUBSIDY = "优抚补助"


@dataclass(frozen=True, slots=True)
class YearSoFar:
    """What bills settled earlier in the calendar year came to for this person: the counter behind caps."""

    base_fen: int = 0
    first_fen: int = 0
    second_base_fen: int = 0
    second_fen: int = 0


@dataclass(frozen=True, slots=True)
class MedicalBill:
    """One settled bill of one person.

    bill_fen: the whole bill; in_catalogue_fen: what the catalogue covers of it; paid: what each payer of the order
    gave, in any order. employee_rules_fen: what employee insurance would give, where the difference is paid.
    """

    group: str
    care: str
    settled_on: date
    born_on: date
    area: str
    bill_fen: int
    in_catalogue_fen: int
    paid: tuple[tuple[str, int], ...] = ()
    year: YearSoFar = YearSoFar()
    employee_rules_fen: int | None = None


@dataclass(frozen=True, slots=True)
class MedicalSubsidy(OneOff):
    """The subsidy of one bill. year: the counter after it; borne_fen: what is left to the person."""

    base_fen: int
    first_fen: int
    second_fen: int
    borne_fen: int
    year: YearSoFar


@rule(id="entitlement.medical_subsidy", cites=("medical-2007-101", "medical-disabled-2022"))
def medical_subsidy(bill: MedicalBill, *, known_on: date, law: Lawbook | None = None) -> MedicalSubsidy:
    """医疗补助: the local rule over what is left in the catalogue after those who pay first, within the yearly cap.

    Unit: fen. Rounding: half up, once for all bands together and once for the second layer.
    As of: the day of settlement; the yearly counter runs by calendar year.
    Does not cover: the settlement of the insurances themselves; subsidies by period (`outpatient_allowance`).
    Raises: UnknownWord, NoValueInForce, PartsExceedBill, PayerNotInOrder, AgeNotCovered, EmployeeRulesMissing,
    OtherRuleForCare, EndsBeforeStart, NegativeAmount.
    """
    reading = Reading(bill.settled_on, known_on, bill.area, law)
    row = reading.worded(TABLE, "对象和就医方式", group=bill.group, care=bill.care)
    order = reading.row(ORDER)
    base, base_words = _base(bill, order.value.payers)
    local: MedicalRule = row.value
    earned, earned_words = _not_above_the_rest(bill, *_earned(bill, local, base))
    first, cap_row, cap_words = _capped(earned, local, bill.year.first_fen, reading)
    second, second_base, second_words = _second_layer(bill, local, base - first)
    total = first + second
    borne = bill.bill_fen - sum(fen for _, fen in bill.paid) - total
    return MedicalSubsidy(
        fen=total,
        rows=tuple(item for item in (row, order, cap_row) if item is not None),
        steps=(base_words, *earned_words, *cap_words, *second_words, f"合计补助 {money(total)}"),
        base_fen=base,
        first_fen=first,
        second_fen=second,
        borne_fen=borne,
        year=_counted(bill.year, base, first, second_base, second),
    )


def _base(bill: MedicalBill, payers: tuple[str, ...]) -> tuple[int, str]:
    """What is left in the catalogue after those who pay before the subsidy, in the order of the law."""
    _refuse_bad(bill, payers)
    before = payers[: payers.index(SUBSIDY)] if SUBSIDY in payers else payers
    given = dict(bill.paid)
    taken = [(payer, given[payer]) for payer in before if given.get(payer)]
    base = bill.in_catalogue_fen - sum(fen for _, fen in taken)
    said = "".join(f" − {payer} {money(fen)}" for payer, fen in taken)
    return base, f"目录内费用 {money(bill.in_catalogue_fen)}{said} = 个人负担 {money(base)}"


def _refuse_bad(bill: MedicalBill, payers: tuple[str, ...]) -> None:
    year = bill.year
    refuse_negative(
        费用总额=bill.bill_fen,
        目录内费用=bill.in_catalogue_fen,
        按职工医保可报销金额=bill.employee_rules_fen,
        本年个人负担累计=year.base_fen,
        本年补助累计=year.first_fen,
        本年第二层基数累计=year.second_base_fen,
        本年第二层补助累计=year.second_fen,
        **dict(bill.paid),
    )
    for payer, _ in bill.paid:
        if payer not in payers or payer == SUBSIDY:
            raise PayerNotInOrder(payer=payer, known="、".join(item for item in payers if item != SUBSIDY))
    paid = sum(fen for _, fen in bill.paid)
    _refuse_larger("目录内费用", bill.in_catalogue_fen, "费用总额", bill.bill_fen)
    _refuse_larger("各方已支付合计", paid, "目录内费用", bill.in_catalogue_fen)


def _refuse_larger(part: str, part_fen: int, whole: str, whole_fen: int) -> None:
    if part_fen > whole_fen:
        raise PartsExceedBill(
            part=part,
            part_amount=money(part_fen).removesuffix("元"),
            whole=whole,
            whole_amount=money(whole_fen).removesuffix("元"),
        )


def _earned(bill: MedicalBill, local: MedicalRule, base: int) -> tuple[int, tuple[str, ...]]:
    """The first layer before the cap."""
    if local.mode is Mode.DIFFERENCE:
        return _difference(bill, base)
    if local.mode is not Mode.BANDS:
        raise OtherRuleForCare(group=bill.group, care=bill.care, said=local.said, other="按期计发的门诊补助")
    age = age_on(bill.born_on, bill.settled_on)
    variant = local.bands_at(age)
    if variant is None:
        raise AgeNotCovered(group=bill.group, from_age=local.ages[0].from_age, age=age)
    prior = bill.year.base_fen if local.over is Over.YEAR else 0
    found = banded(variant, local.deductible_fen, prior, base)
    age_words = (f"结算时{age}岁，适用{variant.from_age}岁起的比例",) if len(local.ages) > 1 else ()
    return found.fen, (*age_words, *found.steps)


def _not_above_the_rest(bill: MedicalBill, earned: int, words: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """All payers together, those after the subsidy too, never pay more than the catalogue covers."""
    rest = bill.in_catalogue_fen - sum(fen for _, fen in bill.paid)
    if earned <= rest:
        return earned, words
    return rest, (*words, f"各方支付合计不超过目录内费用，补助 {money(rest)}")


def _difference(bill: MedicalBill, base: int) -> tuple[int, tuple[str, ...]]:
    if bill.employee_rules_fen is None:
        raise EmployeeRulesMissing
    paid = sum(fen for _, fen in bill.paid)
    fen = min(max(bill.employee_rules_fen - paid, 0), base)
    words = f"按职工医保规定可报销 {money(bill.employee_rules_fen)} − 已支付 {money(paid)}，补差 {money(fen)}"
    return fen, (words,)


def _capped(earned: int, local: MedicalRule, so_far: int, reading: Reading) -> tuple[int, Row | None, tuple[str, ...]]:
    """The first layer within what is left of the yearly cap, and the row of the figure it is tied to."""
    if local.cap is None:
        return earned, None, ()
    tied = reading.row(local.cap.of) if local.cap.of else None
    cap = share_of(tied.value.fen, local.cap.percent) if tied else local.cap.amount_fen or 0
    fen = min(earned, max(cap - so_far, 0))
    if fen == earned:
        return fen, tied, ()
    return fen, tied, (f"全年封顶 {money(cap)}，本年已补助 {money(so_far)}，本次 {money(fen)}",)


def _second_layer(bill: MedicalBill, local: MedicalRule, rest: int) -> tuple[int, int, tuple[str, ...]]:
    """The second layer, what it looked at, and the words. rest: what the first layer leaves in the catalogue."""
    layer = local.second
    if layer is None:
        return 0, 0, ()
    base = rest if layer.base is LayerBase.REST else bill.bill_fen - bill.in_catalogue_fen
    prior = bill.year.second_base_fen if local.over is Over.YEAR else 0
    earned = share_of(max(prior + base - layer.above_fen, 0), layer.percent) - share_of(
        max(prior - layer.above_fen, 0), layer.percent
    )
    left = earned if layer.most_fen is None else max(layer.most_fen - bill.year.second_fen, 0)
    fen = min(earned, left)
    return fen, base, (f"再补助：{layer.said}，基数 {money(base)}，得 {money(fen)}",)


def _counted(year: YearSoFar, base: int, first: int, second_base: int, second: int) -> YearSoFar:
    return YearSoFar(
        base_fen=year.base_fen + base,
        first_fen=year.first_fen + first,
        second_base_fen=year.second_base_fen + second_base,
        second_fen=year.second_fen + second,
    )
