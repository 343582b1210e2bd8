"""What time of service earns: discharge grants by years, family allowance by instalments."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rongji.law.fields import Fields
from rongji.law.shapes.amounts import fen_of, money_text, one_of, percent_of, percent_text, positive, required_fen


class LeftOver(StrEnum):
    """What days or months that do not fill a whole one count as."""

    DROPPED = "dropped"
    HALF = "half"
    WHOLE = "whole"


YEAR_WORDS = {LeftOver.DROPPED: "不计", LeftOver.HALF: "按半年", LeftOver.WHOLE: "按一年"}


class InstalmentDay(StrEnum):
    """On which day of its months an instalment reads the standard."""

    FIRST = "first_day"
    LAST = "last_day"


class DischargeFormula(StrEnum):
    """How the years of service turn into a discharge grant."""

    PER_YEAR = "per_year"
    STEPPED = "stepped"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class DischargeRule:
    """自主就业一次性经济补助 of one kind of soldier.

    stepped: amount × (1 + (years − from_years) × step %). fixed: the amount, for exactly from_years of service.
    """

    amount_fen: int
    formula: DischargeFormula
    from_years: int = 0
    step_percent: Decimal = Decimal(0)

    @property
    def said(self) -> str:
        """The formula as a clerk writes it."""
        amount = f"{money_text(self.amount_fen)}元"
        if self.formula is DischargeFormula.PER_YEAR:
            return f"{amount}×服役年限"
        if self.formula is DischargeFormula.FIXED:
            return f"服役满{self.from_years}年{amount}"
        return f"{amount}×［1＋（服役年限－{self.from_years}）×{percent_text(self.step_percent)}］"


@dataclass(frozen=True, slots=True)
class ServiceYears:
    """How months that do not fill a year count: below `half_months`, and above it."""

    half_months: int
    below: LeftOver
    above: LeftOver

    @property
    def said(self) -> str:
        """The rule in words."""
        return (
            f"余下月数不足{self.half_months}个月{YEAR_WORDS[self.below]}，"
            f"超过{self.half_months}个月{YEAR_WORDS[self.above]}"
        )


@dataclass(frozen=True, slots=True)
class LeftOverCase:
    """What a case that the text leaves open counts as."""

    counts: LeftOver

    @property
    def said(self) -> str:
        """The rule in words."""
        return {LeftOver.DROPPED: "不计", LeftOver.HALF: "计半个", LeftOver.WHOLE: "计一个"}[self.counts]


@dataclass(frozen=True, slots=True)
class InstalmentRule:
    """How 优待金 is paid out: one instalment per `months`, at most so many."""

    months: int
    most: int
    read_on: InstalmentDay

    @property
    def said(self) -> str:
        """The rule in words."""
        day = "首日" if self.read_on is InstalmentDay.FIRST else "末日"
        return f"每满{self.months}个月一期，一般不超过{self.most}期，各期按该期{day}有效的标准"


@dataclass(frozen=True, slots=True)
class AllowanceEnding:
    """What one way of leaving does to the last instalment.

    by_time: the months actually served are paid, else a part counts as a whole instalment. beyond: time beyond the
    most instalments is paid too. days: what is left of a month counts as, when time is paid.
    """

    by_time: bool
    beyond: bool
    days: LeftOver

    @property
    def said(self) -> str:
        """The rule in words."""
        part = "按实际月数计发" if self.by_time else "不足一期的按一期"
        return part + ("，超过期数的也计发" if self.beyond else "")


@dataclass(frozen=True, slots=True)
class AllowanceExtra:
    """Something more for some conscripts: a multiple of the allowance in percent, or an amount once."""

    percent: Decimal | None
    once_fen: int | None

    @property
    def said(self) -> str:
        """200%, or 一次性5000.00元."""
        if self.once_fen is not None:
            return f"一次性{money_text(self.once_fen)}元"
        return f"按优待金的{percent_text(self.percent or Decimal(0))}计发"


def read_discharge(value: Fields, keys: tuple[str, ...]) -> DischargeRule:
    """The formula of one kind of soldier."""
    formula = value.choice("formula", DischargeFormula)
    plain = formula is DischargeFormula.PER_YEAR
    found = DischargeRule(
        amount_fen=required_fen(value, "amount"),
        formula=formula,
        from_years=0 if plain else positive(value, "from_years"),
        step_percent=(percent_of(value, "step_percent") or Decimal(0))
        if formula is DischargeFormula.STEPPED
        else Decimal(0),
    )
    value.finish()
    return found


def read_service_years(value: Fields, keys: tuple[str, ...]) -> ServiceYears:
    """How left-over months count."""
    found = ServiceYears(
        half_months=positive(value, "half_months"),
        below=value.choice("below", LeftOver),
        above=value.choice("above", LeftOver),
    )
    value.finish()
    return found


def read_left_over(value: Fields, keys: tuple[str, ...]) -> LeftOverCase:
    """What a case that the text leaves open counts as."""
    found = LeftOverCase(value.choice("counts", LeftOver))
    value.finish()
    return found


def read_instalments(value: Fields, keys: tuple[str, ...]) -> InstalmentRule:
    """Months of one instalment and how many there are."""
    found = InstalmentRule(positive(value, "months"), positive(value, "most"), value.choice("read_on", InstalmentDay))
    value.finish()
    return found


def read_ending(value: Fields, keys: tuple[str, ...]) -> AllowanceEnding:
    """One way of leaving."""
    found = AllowanceEnding(
        by_time=value.flag("by_time"), beyond=value.flag("beyond"), days=value.choice("days", LeftOver)
    )
    value.finish()
    if found.days is LeftOver.HALF:
        value.wrong("“days”只能是 dropped 或 whole")
    return found


def read_extra(value: Fields, keys: tuple[str, ...]) -> AllowanceExtra:
    """A multiple or an amount once, one of the two."""
    found = AllowanceExtra(percent_of(value, "percent", required=False), fen_of(value, "once", required=False))
    value.finish()
    one_of(value, "percent", "once")
    return found
