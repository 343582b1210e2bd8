"""Charts as plain data that the browser draws: one colour for what we do, grey for what was planned."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from rongji.kernel.figure import Figure
from rongji.kernel.quantity import Quantity
from rongji.rules.scoring.types import Evaluation

GREEN, GREY, GOLD, RED, INK, LINE, TEXT = "#24574b", "#cfc9bb", "#a9781b", "#a8322a", "#66727c", "#e2dfd6", "#22303a"
PALETTE = [GREEN, GOLD, "#6f9c8f", "#c3a25c", "#8a9aa5", "#b5c9c2", "#d9cba3", "#5b6b75"]
MONTHS = range(1, 13)
_WAN = "万元"

Option = dict[str, Any]


def schedule_chart(paid: Mapping[int, int], planned: Mapping[int, int], budget: Quantity | None, until: int) -> Option:
    """Money paid and planned, cumulative by month, against the year's; fen in, 万元 out.

    With a plan all three lines are of the planned projects, so that like is held against like.
    """
    whose = "项目" if planned else ""
    series = [_line(f"{whose}累计支出", _cumulative(paid, until), GREEN, area=True)]
    if planned:
        series.append(_line("项目序时计划", _cumulative(planned, 12), GOLD, dashed=True))
    if budget is not None:
        series.append(_line("全年计划" if planned else "全年预算", [_shown(budget)] * 12, GREY))
    return _axes([f"{month}月" for month in MONTHS], series)


def _cumulative(monthly: Mapping[int, int], until: int) -> list[str | None]:
    total, found = 0, []
    for month in MONTHS:
        total += monthly.get(month, 0)
        found.append(_shown(Quantity.from_fen(total)) if month <= until else None)
    return found


def stages_chart(rows: Sequence[tuple[str, Sequence[Figure | None]]], names: Sequence[str]) -> Option:
    """Budget and outturn side by side for a few rows; a basis that nobody states is left out."""
    colours = dict(zip(names, (GREY, GOLD, GREEN), strict=False))
    series = [
        {"name": name, "type": "bar", "barMaxWidth": 26, "itemStyle": {"color": colours[name]},
         "data": [_money(figures[index]) for _, figures in rows]}
        for index, name in enumerate(names)
        if any(figures[index] for _, figures in rows)
    ]  # fmt: skip
    return _axes([label for label, _ in rows], series)


def parts_chart(parts: Iterable[tuple[str, Decimal]], most: int = 8) -> Option:
    """Parts of a whole as bars, the largest on top; what is small is put together as 其他."""
    ranked = sorted(parts, key=lambda item: -item[1])
    shown, rest = ranked[:most], sum((value for _, value in ranked[most:]), Decimal(0))
    listed = [*shown, ("其他", rest)] if rest else shown
    return {
        "grid": {"left": 8, "right": 76, "top": 4, "bottom": 4, "containLabel": True},
        "xAxis": {"type": "value", "show": False, "max": "dataMax"},
        "yAxis": {"type": "category", "inverse": True, "data": [label for label, _ in listed], **_QUIET_AXIS,
                  "axisLabel": {"color": INK, "width": 168, "overflow": "truncate", "ellipsis": "…"}},
        "series": [{"name": _WAN, "type": "bar", "barMaxWidth": 14, "itemStyle": {"color": GREEN, "borderRadius": 2},
                    "label": {"show": True, "position": "right", "color": INK},
                    "data": [_labelled(value) for _, value in listed]}],
    }  # fmt: skip


def _labelled(value: Decimal) -> Option:
    """A bar with its amount beside it, as amounts are printed everywhere else."""
    return {"value": f"{value:.2f}", "label": {"formatter": Quantity(value, _WAN, 2).shown(grouping=True)}}


def blocks_chart(evaluation: Evaluation) -> Option:
    """Points reached of the points to be had, by level-1 block."""
    names = list(dict.fromkeys(row.level1 for row in evaluation.rows if row.weight is not None))
    reached = {name: Decimal(0) for name in names}
    weights = dict(reached)
    for row in evaluation.rows:
        if row.weight is not None:
            weights[row.level1] += row.weight
            reached[row.level1] += row.score or Decimal(0)
    labels = [f"{name} {reached[name].normalize():f}/{weights[name].normalize():f}" for name in names]
    bars = [
        ("得分", [reached[n] for n in names], GREEN),
        ("未得分", [weights[n] - reached[n] for n in names], "#e9e6dd"),
    ]
    return {
        "grid": {"left": 8, "right": 16, "top": 4, "bottom": 4, "containLabel": True},
        "xAxis": {"type": "value", "show": False, "max": "dataMax"},
        "yAxis": {"type": "category", "inverse": True, "data": labels, **_QUIET_AXIS, "axisLabel": {"color": TEXT}},
        "series": [
            {"name": name, "type": "bar", "stack": "all", "barMaxWidth": 16, "itemStyle": {"color": colour},
             "data": [f"{value:f}" for value in data]}
            for name, data, colour in bars
        ],
    }  # fmt: skip


_QUIET_AXIS: Option = {"axisLine": {"show": False}, "axisTick": {"show": False}}


def _axes(categories: Sequence[str], series: Sequence[Option]) -> Option:
    return {
        "color": PALETTE,
        "grid": {"left": 8, "right": 16, "top": 40, "bottom": 8, "containLabel": True},
        "legend": {"top": 0, "right": 0, "icon": "roundRect", "itemWidth": 14, "itemHeight": 8,
                   "textStyle": {"color": INK}},
        "xAxis": {"type": "category", "data": list(categories), "axisLine": {"lineStyle": {"color": LINE}},
                  "axisTick": {"show": False}, "axisLabel": {"color": INK, "interval": 0, "hideOverlap": True}},
        "yAxis": {"type": "value", "name": _WAN, "nameTextStyle": {"color": INK, "align": "right"},
                  "splitLine": {"lineStyle": {"color": LINE}}, "axisLabel": {"color": INK}},
        "series": list(series),
    }  # fmt: skip


def _line(name: str, data: Sequence[str | None], colour: str, *, dashed: bool = False, area: bool = False) -> Option:
    style: Option = {"color": colour, "width": 2, **({"type": "dashed"} if dashed else {})}
    line: Option = {"name": name, "type": "line", "data": list(data), "symbol": "none", "lineStyle": style}
    line["itemStyle"] = {"color": colour}
    return {**line, "areaStyle": {"color": colour, "opacity": 0.08}} if area else line


def _money(figure: Figure | None) -> str | None:
    return _shown(figure.quantity) if figure and figure.quantity else None


def _shown(quantity: Quantity) -> str:
    return quantity.to(_WAN, 2).shown()
