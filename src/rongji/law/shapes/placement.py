"""What tables of placement hold: points of service, seasons, grounds of eligibility, the order of ties."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rongji.law.fields import Fields

_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-([0-2]\d|3[01])")


class PointsPer(StrEnum):
    """What points are given for each of."""

    YEAR = "year"
    EACH = "each"
    MONTH = "month"
    DAY = "day"
    ONCE = "once"
    HIGHEST = "highest"


PER_LABELS = {
    PointsPer.YEAR: "每年",
    PointsPer.EACH: "每次",
    PointsPer.MONTH: "每月",
    PointsPer.DAY: "每天",
    PointsPer.ONCE: "一次",
    PointsPer.HIGHEST: "只计最高一项",
}


@dataclass(frozen=True, slots=True)
class PlacementPoints:
    """Points of one item and degree.

    Unit: 分. from_years, until_years: the part of the years of service that earns them, until_years 0 for no end.
    least_months: whole months without a break below which nothing is earned.
    """

    points: Decimal
    per: PointsPer
    from_years: int = 0
    until_years: int = 0
    least_months: int = 0

    @property
    def said(self) -> str:
        """每年3分（不超过12年的部分）."""
        part = f"（超过{self.from_years}年的部分）" if self.from_years else ""
        part = f"（不超过{self.until_years}年的部分）" if self.until_years else part
        least = f"，连续满{self.least_months}个月的" if self.least_months else ""
        return f"{PER_LABELS[self.per]}{points_text(self.points)}分{part}{least}"


@dataclass(frozen=True, slots=True)
class PlacementSeason:
    """The day of the year on which a season of discharge begins, as month-day."""

    first: str

    @property
    def said(self) -> str:
        """自 09-01 起."""
        return f"自 {self.first} 起"


@dataclass(frozen=True, slots=True)
class FirstPlaced:
    """An honour whose holder is placed before everybody, without points."""

    first: bool

    @property
    def said(self) -> str:
        """The rule in words."""
        return "不计分，排在最前" if self.first else "照常计分"


@dataclass(frozen=True, slots=True)
class PlacementGround:
    """One ground on which a soldier is given work: years of service, a merit or grade, or an honour.

    soldier: to whom it is limited, empty for everybody.
    """

    soldier: str = ""
    least_years: int = 0
    item: str = ""
    degrees: tuple[str, ...] = ()
    honours: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """The ground in words."""
        if self.least_years:
            return f"{self.soldier}服役满{self.least_years}年"
        if self.honours:
            return "、".join(self.honours)
        return f"{self.item}：{'、'.join(f'{word}级' if word.isdigit() else word for word in self.degrees)}"


class TieBreak(StrEnum):
    """What decides between equal totals."""

    LONGER_SERVICE = "longer_service"
    OLDER = "older"
    HIGHER_POINTS = "higher_points"
    HIGHER_EXAM = "higher_exam"
    LOT = "lot"


TIE_LABELS = {
    TieBreak.LONGER_SERVICE: "服役时间长的在前",
    TieBreak.OLDER: "年龄大的在前",
    TieBreak.HIGHER_POINTS: "服役表现积分高的在前",
    TieBreak.HIGHER_EXAM: "考试考核成绩高的在前",
    TieBreak.LOT: "现场抽签号小的在前",
}


@dataclass(frozen=True, slots=True)
class TieOrder:
    """What is compared, one after the other, where totals are equal."""

    by: tuple[TieBreak, ...]

    @property
    def said(self) -> str:
        """服役时间长的在前，再年龄大的在前."""
        return "，再".join(TIE_LABELS[word] for word in self.by)


class BreakCounts(StrEnum):
    """What service with a break in it counts as."""

    SUMMED = "summed"
    LAST = "last"
    REFUSED = "refused"


BREAK_LABELS = {
    BreakCounts.SUMMED: "各段累计，间断的天数不计",
    BreakCounts.LAST: "只计最后一段",
    BreakCounts.REFUSED: "办法没有写明，不评分",
}


@dataclass(frozen=True, slots=True)
class ServiceBreaks:
    """What counts of somebody who left and was enlisted again. month_days: single days summed that make a month."""

    counts: BreakCounts
    month_days: int = 0

    @property
    def said(self) -> str:
        """各段累计，间断的天数不计."""
        return BREAK_LABELS[self.counts]


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """What an item that goes by time belongs to: items of different groups may count the same days."""

    group: str

    @property
    def said(self) -> str:
        """The group in words."""
        return f"属于{self.group}"


def points_text(points: Decimal) -> str:
    """Points without zeros behind the point: 0.5, 10."""
    text = f"{points:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_placement_points(value: Fields, keys: tuple[str, ...]) -> PlacementPoints:
    """The points of one item and degree; the part of years only where points go by the year."""
    found = PlacementPoints(
        points=value.exact("points"),
        per=value.choice("per", PointsPer),
        from_years=value.whole("from_years", default=0),
        until_years=value.whole("until_years", default=0),
        least_months=value.whole("least_months", default=0),
    )
    value.finish()
    if (found.from_years or found.until_years) and found.per is not PointsPer.YEAR:
        value.wrong("“from_years”“until_years”只用于按年计分的项目")
    if found.least_months and found.per is not PointsPer.MONTH:
        value.wrong("“least_months”只用于按月计分的项目")
    return found


def read_season(value: Fields, keys: tuple[str, ...]) -> PlacementSeason:
    """The first day of a season."""
    found = PlacementSeason(value.text("first"))
    value.finish()
    if not _MONTH_DAY.fullmatch(found.first):
        value.wrong(f"“{found.first}”应写成 月-日（如 09-01）")
    return found


def read_first_placed(value: Fields, keys: tuple[str, ...]) -> FirstPlaced:
    """Whether an honour goes before all points."""
    found = FirstPlaced(value.flag("first"))
    value.finish()
    return found


def read_ground(value: Fields, keys: tuple[str, ...]) -> PlacementGround:
    """One ground: exactly one of least_years, item with degrees, honours."""
    found = PlacementGround(
        soldier=value.text("soldier", required=False),
        least_years=value.whole("least_years", default=0),
        item=value.text("item", required=False),
        degrees=value.texts("degrees"),
        honours=value.texts("honours"),
    )
    value.finish()
    if sum(map(bool, (found.least_years, found.item, found.honours))) != 1 or bool(found.item) != bool(found.degrees):
        value.wrong("条件应写 least_years、item 和 degrees、honours 三种之一")
    return found


def read_ties(value: Fields, keys: tuple[str, ...]) -> TieOrder:
    """The order of comparison, at least one word."""
    words = value.texts("by", required=True)
    value.finish()
    unknown = [word for word in words if word not in list(TieBreak)]
    if unknown or not words:
        value.wrong(f"“by”只能用 {'、'.join(TieBreak)}，至少一个")
        return TieOrder((TieBreak.LONGER_SERVICE,))
    if TieBreak.LOT in words[:-1]:
        value.wrong("“by”里抽签（lot）只能放在最后")
    return TieOrder(tuple(TieBreak(word) for word in words))


def read_breaks(value: Fields, keys: tuple[str, ...]) -> ServiceBreaks:
    """What service with a break counts as."""
    counts = value.choice("counts", BreakCounts)
    is_summed = counts is BreakCounts.SUMMED
    found = ServiceBreaks(counts, value.whole("month_days") if is_summed else 0)
    value.finish()
    if is_summed and found.month_days < 1:
        value.wrong("“month_days”应写零散的多少天折一个月（如 30）")
    return found


def read_group(value: Fields, keys: tuple[str, ...]) -> ItemGroup:
    """The group of an item."""
    found = ItemGroup(value.text("group"))
    value.finish()
    return found


PLACEMENT_KINDS = {
    "placement_points": read_placement_points,
    "placement_season": read_season,
    "placement_first": read_first_placed,
    "placement_ground": read_ground,
    "placement_ties": read_ties,
    "placement_breaks": read_breaks,
    "placement_group": read_group,
}
