"""What households and insured persons get towards a loss, a premium or a gap: bands, shares, rates."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rongji.law.fields import Fields
from rongji.law.shapes.amounts import WHOLE_PERCENT, fen_of, money_text, one_of, percent_of, percent_text, required_fen


@dataclass(frozen=True, slots=True)
class AidBand:
    """One band of loss of 困难援助: from `from_fen` (belongs to it) up to `below_fen`, and what it earns.

    Exactly one of amount, percent of the loss, or a range within which the bureau decides.
    """

    from_fen: int
    below_fen: int | None
    amount_fen: int | None = None
    percent: Decimal | None = None
    least_fen: int | None = None
    most_fen: int | None = None

    def holds(self, fen: int) -> bool:
        """Whether a loss falls into this band."""
        return self.from_fen <= fen and (self.below_fen is None or fen < self.below_fen)

    @property
    def said(self) -> str:
        """The band in words."""
        upper = f"至不足{money_text(self.below_fen)}元" if self.below_fen is not None else "以上"
        span = f"{money_text(self.from_fen)}元{upper}：" if self.from_fen or self.below_fen is not None else ""
        return span + self.earns

    @property
    def earns(self) -> str:
        """What the band earns, in words."""
        if self.amount_fen is not None:
            return f"{money_text(self.amount_fen)}元"
        if self.percent is not None:
            return f"损失的{percent_text(self.percent)}"
        return f"{money_text(self.least_fen or 0)}元至{money_text(self.most_fen or 0)}元之间评定"


@dataclass(frozen=True, slots=True)
class AidRule:
    """困难援助 of one cause: bands of loss, the most a household gets in a year, within how many months to apply."""

    bands: tuple[AidBand, ...]
    year_most_fen: int | None
    within_months: int | None

    @property
    def said(self) -> str:
        """The rule in words."""
        limit = f"；全年不超过{money_text(self.year_most_fen)}元" if self.year_most_fen is not None else ""
        term = f"；事发后{self.within_months}个月内申请" if self.within_months is not None else ""
        return "；".join(band.said for band in self.bands) + limit + term


@dataclass(frozen=True, slots=True)
class PremiumRule:
    """参保资助: a share of the person's own premium, up to an amount. in_need: only for households in need."""

    percent: Decimal
    most_fen: int | None
    in_need: bool

    @property
    def said(self) -> str:
        """The rule in words."""
        need = "（限困难对象）" if self.in_need else ""
        most = f"，不超过{money_text(self.most_fen)}元" if self.most_fen is not None else ""
        return f"资助个人缴费的{percent_text(self.percent)}{most}{need}"


class Rounded(StrEnum):
    """Where an amount over several months is rounded."""

    EACH_MONTH = "each_month"
    IN_TOTAL = "in_total"


@dataclass(frozen=True, slots=True)
class BackPayment:
    """社保补缴: the base as a share of the average wage, the rates of unit and person, and where fen are rounded."""

    base_percent: Decimal
    unit_percent: Decimal
    personal_percent: Decimal
    rounded: Rounded

    @property
    def said(self) -> str:
        """The rule in words."""
        once = "逐月取整到分" if self.rounded is Rounded.EACH_MONTH else "合计后取整到分"
        return (
            f"基数为平均工资的{percent_text(self.base_percent)}，单位缴费{percent_text(self.unit_percent)}，"
            f"个人缴费{percent_text(self.personal_percent)}，{once}"
        )


@dataclass(frozen=True, slots=True)
class LevelShares:
    """How the state's part is borne: central and province in percent, the county the rest."""

    central: Decimal
    province: Decimal

    @property
    def county(self) -> Decimal:
        """What is left for the county."""
        return WHOLE_PERCENT - self.central - self.province

    @property
    def said(self) -> str:
        """中央50%、省30%、县20%."""
        return f"中央{percent_text(self.central)}、省{percent_text(self.province)}、县{percent_text(self.county)}"


def read_aid(value: Fields, keys: tuple[str, ...]) -> AidRule:
    """Bands of loss that follow on one another."""
    found = AidRule(
        bands=tuple(_aid_band(item) for item in value.each("bands")),
        year_most_fen=fen_of(value, "year_most", required=False),
        within_months=value.whole("within_months", default=0) or None,
    )
    value.finish()
    for lower, upper in zip(found.bands, found.bands[1:], strict=False):
        if lower.below_fen != upper.from_fen:
            value.wrong(f"档次没有首尾相接：上一档到 {lower.below_fen} 分，下一档从 {upper.from_fen} 分起")
    if not found.bands or found.bands[-1].below_fen is not None:
        value.wrong("最后一档不应有“below”")
    return found


def _aid_band(item: Fields) -> AidBand:
    found = AidBand(
        from_fen=required_fen(item, "from"),
        below_fen=fen_of(item, "below", required=False),
        amount_fen=fen_of(item, "amount", required=False),
        percent=percent_of(item, "percent", required=False, most=WHOLE_PERCENT),
        least_fen=fen_of(item, "least", required=False),
        most_fen=fen_of(item, "most", required=False),
    )
    item.finish()
    one_of(item, "amount", "percent", "most")
    if found.most_fen is not None and (found.least_fen is None or found.least_fen > found.most_fen):
        item.wrong("“least”应写出，且不大于“most”")
    return found


def read_premium(value: Fields, keys: tuple[str, ...]) -> PremiumRule:
    """A share of the premium."""
    found = PremiumRule(
        percent=percent_of(value, "percent", most=WHOLE_PERCENT) or Decimal(0),
        most_fen=fen_of(value, "most", required=False),
        in_need=value.flag("in_need"),
    )
    value.finish()
    return found


def read_back_payment(value: Fields, keys: tuple[str, ...]) -> BackPayment:
    """Base and rates of a back-payment."""
    found = BackPayment(
        base_percent=percent_of(value, "base_percent") or Decimal(0),
        unit_percent=percent_of(value, "unit_percent", most=WHOLE_PERCENT) or Decimal(0),
        personal_percent=percent_of(value, "personal_percent", most=WHOLE_PERCENT) or Decimal(0),
        rounded=value.choice("rounded", Rounded),
    )
    value.finish()
    return found


def read_shares(value: Fields, keys: tuple[str, ...]) -> LevelShares:
    """Central and provincial shares; together not above the whole."""
    found = LevelShares(
        central=percent_of(value, "central", most=WHOLE_PERCENT) or Decimal(0),
        province=percent_of(value, "province", most=WHOLE_PERCENT) or Decimal(0),
    )
    value.finish()
    if found.county < 0:
        value.wrong("中央和省的比例合计超过 100%")
    return found
