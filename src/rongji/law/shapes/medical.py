"""Medical subsidy: local shapes of it, from a flat rate to bands, ages, caps and second layers."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from rongji.law.fields import Fields
from rongji.law.shapes.amounts import WHOLE_PERCENT, fen_of, money_text, percent_of, percent_text, required_fen


class Mode(StrEnum):
    """What a subsidy is reckoned from."""

    BANDS = "bands"  # 按报销后个人负担部分分段
    DIFFERENCE = "difference"  # 职工医保与居民医保报销之差
    FIXED = "fixed"  # 定额
    PENSION_SHARE = "pension_share"  # 年抚恤补助标准的一定比例


class Over(StrEnum):
    """Over what the deductible and the bands run: each bill anew, or the bills of a year together."""

    BILL = "bill"
    YEAR = "year"


class LayerBase(StrEnum):
    """What a second layer looks at."""

    OUT_OF_CATALOGUE = "out_of_catalogue"  # 目录外费用
    REST = "rest"  # 第一层之后个人仍负担的目录内费用


@dataclass(frozen=True, slots=True)
class MedicalBand:
    """What lies between `from_fen` and `below_fen` of the base earns `percent`."""

    from_fen: int
    below_fen: int | None
    percent: Decimal

    def earns(self, base: int) -> Fraction:
        """The exact share, in fen, that this band gives of a base."""
        upper = base if self.below_fen is None else min(base, self.below_fen)
        return Fraction(max(upper - self.from_fen, 0)) * Fraction(self.percent) / WHOLE_PERCENT

    def holds_of(self, base: int) -> int:
        """How many fen of the base lie in this band."""
        upper = base if self.below_fen is None else min(base, self.below_fen)
        return max(upper - self.from_fen, 0)

    @property
    def said(self) -> str:
        """The band in words."""
        share = f"按{percent_text(self.percent)}"
        if self.below_fen is not None:
            return f"{money_text(self.from_fen)}元至{money_text(self.below_fen)}元{share}"
        return f"{money_text(self.from_fen)}元以上{share}" if self.from_fen else share


@dataclass(frozen=True, slots=True)
class AgeBands:
    """The bands for persons of at least `from_age`."""

    from_age: int
    bands: tuple[MedicalBand, ...]

    def earns(self, base: int) -> Fraction:
        """The exact subsidy, in fen, of a base."""
        return sum((band.earns(base) for band in self.bands), Fraction(0))

    @property
    def said(self) -> str:
        """The bands in words."""
        age = f"{self.from_age}岁起：" if self.from_age else ""
        return age + "，".join(band.said for band in self.bands)


@dataclass(frozen=True, slots=True)
class YearCap:
    """The most a person gets in a calendar year: an amount, or a percentage of the figure in another table.

    of: the id of that table; label: the figure in words.
    """

    amount_fen: int | None
    percent: Decimal | None = None
    of: str = ""
    label: str = ""

    @property
    def said(self) -> str:
        """The cap in words."""
        if self.amount_fen is not None:
            return f"全年不超过{money_text(self.amount_fen)}元"
        return f"全年不超过{self.label}的{percent_text(self.percent or Decimal(0))}"


@dataclass(frozen=True, slots=True)
class SecondLayer:
    """A further share of what is left, above a line, up to its own yearly cap."""

    base: LayerBase
    above_fen: int
    percent: Decimal
    most_fen: int | None

    @property
    def said(self) -> str:
        """The layer in words."""
        what = "目录外费用" if self.base is LayerBase.OUT_OF_CATALOGUE else "仍由个人负担的部分"
        above = f"超过{money_text(self.above_fen)}元的" if self.above_fen else ""
        most = f"，全年不超过{money_text(self.most_fen)}元" if self.most_fen is not None else ""
        return f"{what}{above}按{percent_text(self.percent)}{most}"


@dataclass(frozen=True, slots=True)
class MedicalRule:
    """The subsidy of one group for one kind of care.

    ages: variants by age, oldest last; amount_fen: of a fixed subsidy; percent: share of the yearly pension.
    """

    mode: Mode
    ages: tuple[AgeBands, ...] = ()
    over: Over = Over.BILL
    deductible_fen: int = 0
    cap: YearCap | None = None
    second: SecondLayer | None = None
    amount_fen: int | None = None
    per: str = ""
    percent: Decimal | None = None

    def bands_at(self, age: int) -> AgeBands | None:
        """The variant for that age; None when the rule begins later."""
        return next((item for item in reversed(self.ages) if item.from_age <= age), None)

    @property
    def said(self) -> str:
        """The rule in words."""
        parts = [self._base_said]
        if self.deductible_fen:
            parts.append(f"起付线{money_text(self.deductible_fen)}元")
        parts += [item.said for item in (self.cap, self.second) if item is not None]
        if self.over is Over.YEAR:
            parts.append("按全年累计分段")
        return "；".join(parts)

    @property
    def _base_said(self) -> str:
        match self.mode:
            case Mode.BANDS:
                return "；".join(item.said for item in self.ages)
            case Mode.DIFFERENCE:
                return "按职工医保规定可报而居民医保未报的差额"
            case Mode.FIXED:
                return f"每{self.per}{money_text(self.amount_fen or 0)}元"
            case Mode.PENSION_SHARE:
                return f"年抚恤补助标准的{percent_text(self.percent or Decimal(0))}"


@dataclass(frozen=True, slots=True)
class SettlementOrder:
    """Who pays before the subsidy, in order; the subsidy works on what is left."""

    payers: tuple[str, ...]

    @property
    def said(self) -> str:
        """基本医保 → 大病保险 → …"""
        return " → ".join(self.payers)


def read_medical(value: Fields, keys: tuple[str, ...]) -> MedicalRule:
    """The subsidy of one group for one kind of care."""
    mode = value.choice("mode", Mode)
    found = MedicalRule(
        mode=mode,
        ages=_ages(value) if mode is Mode.BANDS else (),
        over=value.choice("over", Over, default=Over.BILL),
        deductible_fen=fen_of(value, "deductible", required=False) or 0,
        cap=_cap(value.part("cap", required=False)),
        second=_second(value.part("second", required=False)),
        amount_fen=required_fen(value, "amount") if mode is Mode.FIXED else None,
        per=value.text("per") if mode is Mode.FIXED else "",
        percent=percent_of(value, "percent") if mode is Mode.PENSION_SHARE else None,
    )
    value.finish()
    return found


def read_order(value: Fields, keys: tuple[str, ...]) -> SettlementOrder:
    """The order of settlement; the subsidy stands last."""
    found = SettlementOrder(value.texts("payers", required=True))
    value.finish()
    if len(set(found.payers)) != len(found.payers) or not found.payers:
        value.wrong("“payers”应逐一列出，不重复")
    return found


def _ages(value: Fields) -> tuple[AgeBands, ...]:
    found = tuple(_age(item) for item in value.each("ages"))
    starts = [item.from_age for item in found]
    if not found or starts != sorted(set(starts)):
        value.wrong("“ages”应按 from_age 由小到大排列，不重复")
    return found


def _age(item: Fields) -> AgeBands:
    found = AgeBands(item.whole("from_age", default=0), tuple(_band(band) for band in item.each("bands")))
    item.finish()
    bands = found.bands
    if not bands or bands[0].from_fen or bands[-1].below_fen is not None:
        item.wrong("档次应从 0 起，最后一档不写“below”")
    if any(lower.below_fen != upper.from_fen for lower, upper in pairwise(bands)):
        item.wrong("档次没有首尾相接")
    return found


def _band(item: Fields) -> MedicalBand:
    found = MedicalBand(
        from_fen=required_fen(item, "from"),
        below_fen=fen_of(item, "below", required=False),
        percent=percent_of(item, "percent", most=WHOLE_PERCENT) or Decimal(0),
    )
    item.finish()
    return found


def _cap(item: Fields | None) -> YearCap | None:
    if item is None:
        return None
    amount = fen_of(item, "amount", required=False)
    if amount is not None:
        item.finish()
        return YearCap(amount)
    found = YearCap(None, percent_of(item, "percent"), item.text("of"), item.text("label"))
    item.finish()
    return found


def _second(item: Fields | None) -> SecondLayer | None:
    if item is None:
        return None
    found = SecondLayer(
        base=item.choice("base", LayerBase),
        above_fen=fen_of(item, "above", required=False) or 0,
        percent=percent_of(item, "percent", most=WHOLE_PERCENT) or Decimal(0),
        most_fen=fen_of(item, "most", required=False),
    )
    item.finish()
    return found
