"""Charts about payments, as plain data that the browser draws: months, causes, stations, forecasts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rongji.kernel.fen import yuan
from rongji.kernel.month import Month
from rongji.kernel.quantity import Quantity
from rongji.web.charts import GOLD, GREEN, GREY, INK, LINE, PALETTE, RED, TEXT, Option

_FEN = 100
_SHADES = ["#e9f1ee", "#cfe1da", "#b3cfc5", "#96bcaf"]


def months_chart(months: Sequence[Month], parts: Mapping[str, Mapping[Month, int]], unit: str = "元") -> Option:
    """Amounts by month, one colour for each benefit, stacked; fen in."""
    series = [
        {"name": name, "type": "bar", "stack": "all", "barMaxWidth": 24,
         "itemStyle": {"color": PALETTE[number % len(PALETTE)]},
         "data": [_shown(amounts[month], unit) if amounts.get(month) else None for month in months]}
        for number, (name, amounts) in enumerate(parts.items())
    ]  # fmt: skip
    return _axes([str(month) for month in months], series, unit)


def runs_chart(months: Sequence[Month], paid: Mapping[Month, int]) -> Option:
    """What was settled in each month; fen in, 万元 out."""
    return months_chart(months, {"核发": paid}, "万元")


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way from last month's sum to this month's."""

    label: str
    fen: int


def bridge_chart(before_fen: int, steps: Sequence[Step], now_fen: int) -> Option:
    """From one sum to the next in steps: bars that hang where the step before has ended, each with its amount.

    Small steps between large sums would not be seen: then the axis begins above zero, and says so.
    """
    hidden: list[str | None] = [None]
    rises: list[Option | None] = [None]
    falls: list[Option | None] = [None]
    level, levels = before_fen, [before_fen, now_fen]
    for step in steps:
        low, high = sorted((level, level + step.fen))
        hidden.append(_shown(low, "元"))
        rises.append(_hung(high - low, "+") if step.fen > 0 else None)
        falls.append(_hung(high - low, "−") if step.fen < 0 else None)
        level += step.fen
        levels.append(level)
    whole = [_hung(before_fen, ""), *([None] * len(steps)), _hung(now_fen, "")]
    series = [
        _stacked("", [*hidden, None], "transparent"),
        _stacked("合计", whole, GREEN),
        _stacked("增加", [*rises, None], GOLD),
        _stacked("减少", [*falls, None], RED),
    ]
    option = _axes(["上月", *(step.label for step in steps), "本月"], series, "元")
    option["legend"]["data"] = ["合计", "增加", "减少"]
    return _cut(option, min(levels), max(levels))


_SEEN = 10


def _cut(option: Option, low: int, high: int) -> Option:
    """The axis from a little below what changes, where it would be too small to be seen."""
    spread = high - low
    if spread and spread * _SEEN < low:
        option["yAxis"] |= {
            "min": (low - 2 * spread) // _FEN,
            "name": "元（不从零起）",
            "nameTextStyle": {"color": INK, "align": "left"},
        }
    return option


def _hung(fen: int, sign: str) -> Option:
    """A bar with its amount above it."""
    label = {"show": True, "position": "top", "color": INK, "formatter": f"{sign}{yuan(fen)}"}
    return {"value": _shown(fen, "元"), "label": label}


def _stacked(name: str, data: Sequence[Option | str | None], colour: str) -> Option:
    bar: Option = {"name": name, "type": "bar", "stack": "all", "barMaxWidth": 42, "data": list(data)}
    bar["itemStyle"] = {"color": colour, "borderRadius": 2}
    if not name:
        bar |= {"silent": True, "tooltip": {"show": False}, "emphasis": {"disabled": True}}
    return bar


@dataclass(frozen=True, slots=True)
class Plot:
    """One station on the chart: how many persons, how much money; villages below a town."""

    name: str
    persons: int
    fen: int
    below: tuple["Plot", ...] = ()


def stations_chart(plots: Sequence[Plot]) -> Option:
    """Towns and their villages as areas: size by persons, shade by the amount a person gets."""
    data = [_plot(plot) for plot in plots if plot.persons]
    shades = [item["value"][1] for item in data]
    return {
        "tooltip": {"trigger": "item", "formatter": "{b}"},
        "visualMap": {"show": False, "type": "continuous", "dimension": 1, "min": min(shades, default=0) // 2,
                      "max": max([*shades, 1]), "inRange": {"color": _SHADES}},
        "series": [{
            "name": "全县", "type": "treemap", "visualDimension": 1, "leafDepth": 1, "roam": False, "data": data,
            "left": 4, "right": 4, "top": 4, "bottom": 34,
            "breadcrumb": {"bottom": 4, "itemStyle": {"color": "#efede6", "textStyle": {"color": INK}}},
            "label": {"fontSize": 13, "overflow": "truncate", "lineHeight": 19, "color": TEXT},
            "itemStyle": {"borderColor": "#fff", "gapWidth": 2},
        }],
    }  # fmt: skip


def _plot(plot: Plot) -> Option:
    each = plot.fen // plot.persons // _FEN if plot.persons else 0
    made: Option = {
        "name": f"{plot.name}\n{plot.persons} 人 · {_shown(plot.fen, '万元')} 万元",
        "value": [plot.persons, each],
    }
    if plot.below:
        made["children"] = [_plot(item) for item in plot.below if item.persons]
    return made


def forecast_chart(months: Sequence[str], base: Sequence[int], changed: Sequence[int]) -> Option:
    """Two courses of a year side by side; fen in, 万元 out."""
    series = [
        {"name": "按现行标准", "type": "bar", "barMaxWidth": 18, "itemStyle": {"color": GREY},
         "data": [_shown(fen, "万元") for fen in base]},
        {"name": "按假设", "type": "bar", "barMaxWidth": 18, "itemStyle": {"color": GREEN},
         "data": [_shown(fen, "万元") for fen in changed]},
    ]  # fmt: skip
    return _axes(list(months), series, "万元")


def _axes(categories: Sequence[str], series: Sequence[Option], unit: str) -> Option:
    """The plain frame of a bar chart."""
    return {
        "grid": {"left": 8, "right": 12, "top": 38, "bottom": 4, "containLabel": True},
        "legend": {"top": 0, "right": 0, "type": "scroll", "icon": "roundRect", "itemWidth": 14, "itemHeight": 8,
                   "textStyle": {"color": INK}},
        "xAxis": {"type": "category", "data": list(categories), "axisLine": {"lineStyle": {"color": LINE}},
                  "axisTick": {"show": False}, "axisLabel": {"color": INK, "hideOverlap": True}},
        "yAxis": {"type": "value", "name": unit, "nameTextStyle": {"color": INK, "align": "right"},
                  "splitLine": {"lineStyle": {"color": LINE}}, "axisLabel": {"color": INK}},
        "series": list(series),
    }  # fmt: skip


def _shown(fen: int, unit: str) -> str:
    return Quantity.from_fen(fen, unit, 2).shown()


def share_of(part: int, whole: int) -> int:
    """A part in thousandths of the whole, for a bar; never less than nothing."""
    return max(0, part * 1000 // whole) if whole else 0
