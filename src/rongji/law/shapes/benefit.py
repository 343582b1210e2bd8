"""Kinds of benefits and of the people who get them: what each is paid by, posted to, and when it begins and ends."""

from dataclasses import dataclass
from enum import StrEnum

from rongji.law.fields import Fields

ANY = "*"
"""Key word of a row that holds wherever no more particular row does."""


class PaymentForm(StrEnum):
    """Whether a benefit is paid month by month or once."""

    MONTHLY = "monthly"
    ONE_OFF = "one_off"


class Method(StrEnum):
    """How one month of a benefit is found."""

    STANDARD = "standard"  # the standard, times units
    WAGE_SHARE = "wage_share"  # a share of the local average wage
    PRICE_LINKED = "price_linked"  # low-income standard × growth of prices, in months that trigger it
    WITH_FLOOR = "with_floor"  # the standard, not below the local minimum living standard
    BASE_SHARE = "base_share"  # a share of a wage base that the key names
    OWN_RULE = "own_rule"  # one-off, each by its own rule


@dataclass(frozen=True, slots=True)
class Benefit:
    """One kind of benefit.

    standard: id of its table; keys: names of that table's keys, in the order of a claim's key words. local: its
    standard is set by regions only, no national table stands behind it. group: word by which exclusions speak of it.
    """

    label: str
    group: str
    standard: str
    keys: tuple[str, ...]
    functional: str
    economic: str
    project: str
    payment: PaymentForm
    method: Method
    local: bool

    @property
    def said(self) -> str:
        """Name, codes and how it is paid."""
        paid = "按月" if self.is_monthly else "一次性"
        return f"{self.label}（{self.group}），{paid}，功能分类 {self.functional}，经济分类 {self.economic}"

    @property
    def is_monthly(self) -> bool:
        """Whether months of it are owed."""
        return self.payment is PaymentForm.MONTHLY


@dataclass(frozen=True, slots=True)
class Category:
    """A category of people (重点优抚对象 and the others). open: whether new entries are still made."""

    label: str
    group: str
    benefit: str
    open: bool
    rule: str

    @property
    def said(self) -> str:
        """Name, whether it takes new entries, and who belongs to it."""
        closed = "" if self.open else "，不再新增"
        return f"{self.label}（{self.group}）{closed}{'：' if self.rule else ''}{self.rule}"


class Event(StrEnum):
    """What the timing of a benefit is reckoned from: its starts, its ends, and the age from which it is paid."""

    APPROVED = "start_approved"
    MOVED_IN = "start_moved_in"
    CHANGED_IN = "start_changed"
    AGE = "from_age"
    DIED = "end_died"
    MOVED_OUT = "end_moved_out"
    CHANGED_OUT = "end_changed"
    DISQUALIFIED = "end_disqualified"
    PLACED = "end_placed"
    GAVE_UP = "end_gave_up"


class MonthWord(StrEnum):
    """Which month a day leads to."""

    SAME_MONTH = "same_month"
    NEXT_MONTH = "next_month"
    DECEMBER = "december"
    NEXT_JANUARY = "next_january"


MONTH_LABELS = {
    MonthWord.SAME_MONTH: "当月",
    MonthWord.NEXT_MONTH: "次月",
    MonthWord.DECEMBER: "当年十二月",
    MonthWord.NEXT_JANUARY: "次年一月",
}


@dataclass(frozen=True, slots=True)
class Timing:
    """The month a day leads to, or the age from which the benefit is paid (0: any)."""

    month: MonthWord | None
    age: int

    @property
    def said(self) -> str:
        """The month, or the age."""
        return MONTH_LABELS[self.month] if self.month else f"满 {self.age} 周岁当月起" if self.age else "不限年龄"


class Together(StrEnum):
    """What two benefits of one person do to each other in one month."""

    HIGHER = "higher"
    TOGETHER = "together"
    YIELDS = "yields"

    @property
    def said(self) -> str:
        """In words."""
        return {"higher": "就高享受一项", "together": "可以同时享受", "yields": "前一项让后一项"}[self.value]


class RoundingWay(StrEnum):
    """How a yearly standard becomes months of whole fen."""

    EACH_MONTH = "each_month"
    OVER_STANDARD_YEAR = "over_standard_year"

    @property
    def said(self) -> str:
        """In words."""
        return "每月四舍五入到分" if self is RoundingWay.EACH_MONTH else "标准年度内累计四舍五入到分"


def read_benefit(value: Fields, keys: tuple[str, ...]) -> Benefit:
    """One kind of benefit."""
    found = Benefit(
        label=value.text("label"),
        group=value.text("group"),
        standard=value.text("standard", required=False),
        keys=value.texts("keys"),
        functional=value.text("functional"),
        economic=value.text("economic"),
        project=value.text("project"),
        payment=value.choice("payment", PaymentForm),
        method=value.choice("method", Method, default=Method.STANDARD),
        local=value.flag("local", default=False),
    )
    value.finish()
    return found


def read_category(value: Fields, keys: tuple[str, ...]) -> Category:
    """One category of people."""
    found = Category(
        label=value.text("label"),
        group=value.text("group"),
        benefit=value.text("benefit", required=False),
        open=value.flag("open", default=True),
        rule=value.text("rule", required=False),
    )
    value.finish()
    return found


def read_timing(value: Fields, keys: tuple[str, ...]) -> Timing:
    """The month word or the age of one event of one benefit."""
    is_age = keys[-1:] == (Event.AGE,)
    found = Timing(
        month=None if is_age else value.choice("month", MonthWord),
        age=value.whole("age") if is_age else 0,
    )
    value.finish()
    if keys[-1:] and keys[-1] not in list(Event):
        value.wrong(f"没有“{keys[-1]}”这种起止事由，可用：{'、'.join(Event)}")
    if found.age < 0:
        value.wrong("“age”应为周岁数")
    return found


def read_together(value: Fields, keys: tuple[str, ...]) -> Together:
    """What the pair of benefits named by the keys do to each other."""
    found = value.choice("rule", Together)
    value.finish()
    return found


def read_rounding_way(value: Fields, keys: tuple[str, ...]) -> RoundingWay:
    """The way of rounding in force."""
    found = value.choice("way", RoundingWay)
    value.finish()
    return found
