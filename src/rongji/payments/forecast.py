"""What if: a year's periodic benefits as the law stands, and with other standards, other ages, fewer recipients.

The same claims, rules and engine as a payment run, with nothing settled; only the rates are turned. Nothing is written.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from rongji.accounts.policies import guard
from rongji.accounts.types import Actor
from rongji.compute import embedded
from rongji.kernel.fen import FEN_PER_YUAN, half_up_share
from rongji.kernel.month import MONTHS_A_YEAR, Month
from rongji.kernel.refusal import Refusal
from rongji.law.shapes.benefit import Benefit, Event
from rongji.law.values import find
from rongji.payments import engines, reckoning
from rongji.payments.policies import SEE_RUNS
from rongji.payments.runs import payroll_of
from rongji.people.selectors.elders import Elder, veterans_born_in
from rongji.rules.entitlement.law_tables import LawTables, RateRow

if TYPE_CHECKING:
    import pyarrow as pa

PERCENT = 100
MOST_PERCENT = Decimal(100)


class RaiseUnfit(Refusal):
    """A raise that no standard could have."""

    code = "raise-unfit"
    sentence = "“{given}”不能作为提高幅度：请写 -100 到 100 之间的百分数，如 6 表示提高 6%。"
    exit_code = 2


class RaiseOfNothing(Refusal):
    """A raise of a benefit that nobody gets, or that does not exist."""

    code = "raise-of-nothing"
    sentence = "没有人领取“{benefit}”，无从测算。现有人领取的待遇：{known}。"
    exit_code = 2


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is changed. raises: percent by benefit, `*` for all others; raised_from: the month it takes effect in.

    leaving_percent: how many of a hundred recipients a year are expected to die or leave, spread over the months.
    with_sixty: veterans on file who turn sixty in the year are added from that month.
    """

    raises: Mapping[str, Decimal] = field(default_factory=dict)
    raised_from: Month | None = None
    leaving_percent: Decimal = Decimal(0)
    with_sixty: bool = False


@dataclass(frozen=True, slots=True)
class Slice:
    """One month, or one benefit: its name, how many persons, and both sums in fen."""

    label: str
    persons: int
    base_fen: int
    changed_fen: int

    @property
    def difference_fen(self) -> int:
        """Changed minus base."""
        return self.changed_fen - self.base_fen


@dataclass(frozen=True)
class Forecast:
    """A year's benefits as the law stands (base) and under the scenario (changed), by month and by benefit.

    turning_sixty: how many were added. how: the assumptions in words, in order.
    """

    bureau: str
    year: int
    known_on: date
    scenario: Scenario
    months: tuple[Slice, ...]
    benefits: tuple[Slice, ...]
    turning_sixty: int
    how: tuple[str, ...]

    @property
    def base_fen(self) -> int:
        """The year as the law stands."""
        return sum(item.base_fen for item in self.benefits)

    @property
    def changed_fen(self) -> int:
        """The year under the scenario."""
        return sum(item.changed_fen for item in self.benefits)


def what_if(*, actor: Actor, bureau: str, year: int, scenario: Scenario, known_on: date | None = None) -> Forecast:
    """Reckon a year twice. Standards not yet published for it are those last known.

    Unit: fen. Rounding: amounts as paid; raised annual amounts to a whole yuan a month, half up.
    Does not cover: one-off benefits, new recognitions other than by age, recoveries.
    Raises: NotAllowed, PayrollUnknown, RaiseUnfit, RaiseOfNothing, and what the rules refuse.
    """
    payroll = payroll_of(bureau)
    guard(actor, SEE_RUNS, payroll)
    known = known_on or actor.day
    base = replace(
        reckoning.read(payroll, pay_month=Month.of(year, MONTHS_A_YEAR), known_on=known), first_month=Month.of(year, 1)
    )
    base = replace(base, settled=base.settled.slice(0, 0), grants=base.grants.slice(0, 0))
    _refuse_unfit(scenario, base)
    elders = _turning_sixty(base, bureau, year) if scenario.with_sixty else ()
    changed = replace(base, claims=_with_elders(base.claims, elders, base.area)) if elders else base
    before = _summed(_reckoned(base, base.tables), base)
    after = _summed(_reckoned(changed, raised(changed.tables, scenario, year)), changed)
    after = {key: (persons, _staying(fen, key[0], scenario)) for key, (persons, fen) in after.items()}
    return Forecast(
        bureau=bureau,
        year=year,
        known_on=known,
        scenario=scenario,
        months=tuple(_slices(before, after, 0, lambda index: Month(int(index)).label)),
        benefits=tuple(_slices(before, after, 1, lambda name: _benefit_label(str(name)))),
        turning_sixty=len(elders),
        how=tuple(_in_words(scenario, known, year, len(elders))),
    )


def raised(tables: LawTables, scenario: Scenario, year: int) -> LawTables:
    """The same law with the rates of the scenario from its month on."""
    start = (scenario.raised_from or Month.of(year, 1)).index
    names = {row.rate_id: row.kind.benefit for row in tables.kinds}
    rates = tuple(
        _raised(row, _percent(scenario, names[row.rate_id])) if row.month >= start else row for row in tables.rates
    )
    return replace(tables, rates=rates)


def _raised(row: RateRow, percent: Decimal) -> RateRow:
    """The amount raised, to a whole yuan a month: standards since 2024 are fixed so."""
    if not percent:
        return row
    step = row.divisor * FEN_PER_YUAN
    numerator, denominator = (1 + percent / PERCENT).as_integer_ratio()
    return replace(row, amount_fen=half_up_share(row.amount_fen, numerator, denominator * step) * step)


def _percent(scenario: Scenario, benefit: str) -> Decimal:
    return scenario.raises.get(benefit, scenario.raises.get("*", Decimal(0)))


def _refuse_unfit(scenario: Scenario, base: reckoning.Reckoning) -> None:
    for percent in (*scenario.raises.values(), scenario.leaving_percent):
        if not -MOST_PERCENT <= percent <= MOST_PERCENT:
            raise RaiseUnfit(given=percent)
    known = {kind.benefit for kind in base.kinds.values()}
    for benefit in scenario.raises:
        if benefit != "*" and benefit not in known:
            raise RaiseOfNothing(benefit=benefit, known="、".join(sorted(known)) or "无")


def _reckoned(given: reckoning.Reckoning, tables: LawTables) -> "pa.Table":
    with embedded() as engine:
        return engine.due(engines.inputs_of(given, tables))


Sums = dict[tuple[int, str], tuple[int, int]]


def _summed(due: "pa.Table", given: reckoning.Reckoning) -> Sums:
    """Persons and fen of each month and benefit."""
    grouped = due.group_by(["for_month", "benefit_id"]).aggregate(
        [("person_id", "count_distinct"), ("owed_fen", "sum")]
    )
    names = given.benefit_names
    return {
        (row["for_month"], names[row["benefit_id"]]): (row["person_id_count_distinct"], row["owed_fen_sum"])
        for row in grouped.to_pylist()
    }


def _staying(fen: int, month: int, scenario: Scenario) -> int:
    """What is left of a month's sum when recipients leave evenly over the year."""
    numerator, denominator = (scenario.leaving_percent / PERCENT).as_integer_ratio()
    if not numerator:
        return fen
    passed = month % MONTHS_A_YEAR + 1
    whole = denominator * MONTHS_A_YEAR
    return half_up_share(fen, whole - numerator * passed, whole)


def _slices(before: Sums, after: Sums, part: int, label: Callable[[int | str], str]) -> Iterable[Slice]:
    """Both sums by month (part 0) or benefit (part 1); persons: of the month with most, under the scenario."""
    keys = sorted({key[part] for key in (*before, *after)}, key=str)
    for one in keys:
        mine = [key for key in after if key[part] == one]
        persons = sum(after[key][0] for key in mine) if part == 0 else max((after[key][0] for key in mine), default=0)
        yield Slice(
            label(one),
            persons,
            sum(fen for key, (_, fen) in before.items() if key[part] == one),
            sum(fen for key, (_, fen) in after.items() if key[part] == one),
        )


RURAL = "rural_veteran_allowance"


def _turning_sixty(base: reckoning.Reckoning, bureau: str, year: int) -> Sequence[Elder]:
    """Veterans on file without a periodic benefit who reach the age of the rural veterans' allowance in the year."""
    on = Month.of(year, 1).first_day
    row = find("entitlement.timing", on=on, known_on=base.known_on, benefit=RURAL, event=Event.AGE.value)
    age = row.value.age if row else 0
    paid = set(base.claims["person_id"].to_pylist())
    found = veterans_born_in(bureau, year - age, known_on=base.known_on) if age else ()
    return tuple(elder for elder in found if elder.person_id not in paid)


def _with_elders(claims: "pa.Table", elders: Sequence[Elder], area: str) -> "pa.Table":
    """The claims with one more for each elder; numbers below zero stand for awards that do not exist."""
    import pyarrow as pa

    rows = [
        {
            "person_id": elder.person_id, "award_id": -number, "term_id": -number, "benefit": RURAL,
            "standard_key": "", "area": area, "units": elder.service_years, "start_kind": "approved", "end_kind": "",
            "basis_on": elder.born_on, "ended_on": None, "born_on": elder.born_on, "died_on": None,
        }
        for number, elder in enumerate(elders, 1)
    ]  # fmt: skip
    more = pa.Table.from_pylist(rows, schema=claims.schema)
    return pa.concat_tables([claims, more]).unify_dictionaries()


def _benefit_label(benefit: str) -> str:
    row = find("entitlement.benefits", on=date.max, known_on=date.max, benefit=benefit)
    value: Benefit | None = row.value if row else None
    return value.label if value else benefit


def _in_words(scenario: Scenario, known_on: date, year: int, elders: int) -> Iterable[str]:
    yield f"基准：按 {known_on} 已公布的标准和已登记的待遇，逐人逐月核算 {year} 年；当年尚未公布的新标准不计"
    start = (scenario.raised_from or Month.of(year, 1)).label
    for benefit, percent in scenario.raises.items():
        label = "其他各项待遇" if benefit == "*" else _benefit_label(benefit)
        yield f"{label}自{start}起变动 {percent}%，年标准取整到每月整元"
    if scenario.leaving_percent:
        yield f"全年按 {scenario.leaving_percent}% 的人去世或停发估计，逐月平均减少"
    if scenario.with_sixty:
        yield f"加上当年满六十周岁的在档退役军人 {elders} 人，自满龄当月起按服役年限计"
