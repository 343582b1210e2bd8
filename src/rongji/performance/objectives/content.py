"""The content of an objective version: goals and indicator targets as plain data, and how two versions differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rongji.kernel.bureau_year import BureauYear, Direction, GoalFacts, IndicatorFacts
from rongji.kernel.quantity import Quantity

_TARGET_FIELDS = {
    "level1": "一级指标", "level2": "二级指标", "name": "三级指标", "direction": "指标性质", "target": "年度指标值",
    "target_upper": "指标值上限", "target_text": "年度指标值（文字）", "unit_name": "计量单位", "weight": "分值",
    "formula": "计算公式", "project": "项目", "parent": "汇总到",
}  # fmt: skip
_QUANTITIES = ("target", "target_upper", "weight")


@dataclass(frozen=True, slots=True)
class Objectives:
    """What is approved before the year: goals, and indicators without their results."""

    goals: tuple[GoalFacts, ...]
    indicators: tuple[IndicatorFacts, ...]


def objectives_of(year: BureauYear) -> Objectives:
    """The targets of a bureau-year with everything that is a result left out."""
    goals = tuple(replace(goal, result="", completion=None, place="") for goal in year.goals if goal.kind == "goal")
    return Objectives(goals, tuple(_without_result(item) for item in year.indicators))


def _without_result(item: IndicatorFacts) -> IndicatorFacts:
    kept = {name: getattr(item, name) for name in _TARGET_FIELDS}
    return IndicatorFacts(code=item.code, **kept)


def as_content(objectives: Objectives) -> dict[str, Any]:
    """Plain data for storage; quantities as printed text with their unit."""
    return {
        "goals": [{"code": goal.code, "expected": goal.expected} for goal in objectives.goals],
        "indicators": [
            {"code": item.code, **{name: _plain(getattr(item, name)) for name in _TARGET_FIELDS}}
            for item in objectives.indicators
        ],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Quantity):
        return {"value": value.shown(), "unit": value.unit_name}
    return str(value) if isinstance(value, Direction) else value


def from_content(content: Mapping[str, Any]) -> Objectives:
    """The objectives read back from storage."""
    goals = tuple(GoalFacts(code=row["code"], kind="goal", expected=row["expected"]) for row in content["goals"])
    return Objectives(goals, tuple(_indicator(row) for row in content["indicators"]))


def _indicator(row: Mapping[str, Any]) -> IndicatorFacts:
    values = dict(row)
    for name in _QUANTITIES:
        stored = values[name]
        values[name] = Quantity.parse(stored["value"], stored["unit"]) if stored else None
    values["direction"] = Direction(values["direction"])
    return IndicatorFacts(**values)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What changed between two versions, one Chinese line each."""
    lines = []
    for kind, label in (("goals", "目标"), ("indicators", "指标")):
        lines += _row_differences(label, before.get(kind, []), after.get(kind, []))
    return lines


def _row_differences(label: str, before: Sequence[Mapping], after: Sequence[Mapping]) -> list[str]:
    old, new = ({row["code"]: row for row in rows} for rows in (before, after))
    lines = [f"删除{label} {code}：{_title(old[code])}" for code in old if code not in new]
    lines += [f"新增{label} {code}：{_title(new[code])}" for code in new if code not in old]
    for code in (code for code in new if code in old):
        for field in new[code]:
            if new[code][field] != old[code].get(field):
                word = _TARGET_FIELDS.get(field, "内容")
                lines.append(f"{label} {code} {word}：{_shown(old[code].get(field))} → {_shown(new[code][field])}")
    return lines


def _title(row: Mapping) -> str:
    return str(row.get("name") or row.get("expected") or "")


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{value['value']}{value['unit']}"
    return str(value) if value not in (None, "") else "（空）"
