"""Values of legal tables as a clerk would say them, and as plain data for JSON."""

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import singledispatch
from typing import Any

from rongji.kernel.figure import STAGE_LABELS, FigureKey
from rongji.law.model import Concept, Lawbook
from rongji.law.shapes.archive import ArchiveDuty
from rongji.law.shapes.bands import GradeBand
from rongji.law.shapes.calendar import YearCalendar
from rongji.law.shapes.codes import CodeEntry, GovernmentCode
from rongji.law.shapes.deadline import CycleStage, DayCount, Deadline
from rongji.law.shapes.formula import Definition, IndicatorScoring, Term
from rongji.law.shapes.scheme import (
    Aggregation,
    Combine,
    DirectionRule,
    ExecutionRule,
    Frame,
    Gates,
    OverTarget,
    OverTargetMode,
    Rounding,
    TextLimits,
    Tier,
)

_MODES = {OverTargetMode.OFF: "不提示", OverTargetMode.WARN: "提示", OverTargetMode.DEDUCT: "扣分"}
_COMBINES = {Combine.SUM: "相加", Combine.WEIGHTED_BY_MONEY: "按资金加权平均"}
_COUNTS = {
    DayCount.CALENDAR_DAYS: "日",
    DayCount.WORKING_DAYS: "个工作日",
    DayCount.MONTHS: "个月",
    DayCount.YEARS: "年",
}


@singledispatch
def in_words(value: object) -> str:
    """One value in plain Chinese: as it says itself, or as it stands."""
    return "（止）" if value is None else str(getattr(value, "said", value))


@in_words.register
def _(value: tuple) -> str:  # type: ignore[type-arg]
    return "；".join(in_words(item) for item in value)


@in_words.register
def _(value: Frame) -> str:
    blocks = "、".join(f"{block.label} {block.weight}" for block in value.blocks)
    return f"{blocks}，合计 {value.total}"


@in_words.register
def _(value: ExecutionRule) -> str:
    reason = f"；低于 {_percent(value.reason_below)} 须说明原因" if value.reason_below is not None else ""
    return f"{value.formula}；{value.basis}{reason}"


@in_words.register
def _(value: DirectionRule) -> str:
    return value.formula


@in_words.register
def _(value: Tier) -> str:
    upper = "含" if value.upper_included else "不含"
    return f"{value.label}：{_percent(value.lower)}（含）–{_percent(value.upper)}（{upper}）"


@in_words.register
def _(value: OverTarget) -> str:
    return f"超过目标值的 {_percent(value.line)} 时{_MODES[value.mode]}：{value.rule}"


@in_words.register
def _(value: Aggregation) -> str:
    return (
        f"多行汇总先汇总后计分：绝对数{_COMBINES[value.amounts]}，比率{_COMBINES[value.ratios]}，"
        f"定性指标{_COMBINES[value.qualitative]}"
    )


@in_words.register
def _(value: Rounding) -> str:
    return f"每行得分保留 {value.row_places} 位小数，总分 {value.total_places} 位，复核容差 {value.tolerance} 分"


@in_words.register
def _(value: Gates) -> str:
    said = [
        "分值须合计闭合" if value.weights_close else "",
        "目标值为零须人工处理",
        "未达标须填偏差原因" if value.reason_when_missed else "",
        "每项指标须有佐证" if value.evidence_for_each else "",
    ]
    return "、".join(item for item in said if item)


@in_words.register
def _(value: TextLimits) -> str:
    named = {
        "偏差原因": value.reason,
        "评价结论": value.conclusion,
        "存在问题": value.problems,
        "改进措施": value.measures,
    }
    return "、".join(f"{name}不超过 {limit} 字" for name, limit in named.items() if limit is not None)


@in_words.register
def _(value: GradeBand) -> str:
    upper = f"≤ {value.upper}" if value.upper_included else f"< {value.upper}"
    return f"{value.grade}：{value.lower} ≤ 得分 {upper}"


@in_words.register
def _(value: Definition) -> str:
    target = f"，通常目标 {value.direction} {value.target}{value.unit}" if value.target is not None else ""
    return f"（{_sum(value.numerator)}）÷（{_sum(value.denominator)}）；{value.basis}{target}"


@in_words.register
def _(value: IndicatorScoring) -> str:
    return value.text


@in_words.register
def _(value: CodeEntry) -> str:
    return f"{value.name}（{value.covers}）" if value.covers else value.name


@in_words.register
def _(value: GovernmentCode) -> str:
    return f"{value.code} {value.name}"


@in_words.register
def _(value: YearCalendar) -> str:
    free = "、".join(f"{item.name} {item.first:%m-%d}–{item.last:%m-%d}" for item in value.holidays)
    worked = "、".join(f"{day:%m-%d}" for day in value.workdays)
    return f"放假 {free}；上班 {worked or '无'}"


@in_words.register
def _(value: Deadline) -> str:
    return f"{value.after}后 {value.amount} {_COUNTS[value.count]}内，{value.who}{value.duty}（{value.provision}）"


@in_words.register
def _(value: CycleStage) -> str:
    window = f" {value.first or '……'} 至 {value.last or '……'}" if value.first or value.last else ""
    year = {-1: "上年", 0: "当年", 1: "次年"}.get(value.year_offset, f"{value.year_offset:+d} 年")
    return f"{value.label}：{year}{window}，{value.who}负责，{value.what}"


@in_words.register
def _(value: ArchiveDuty) -> str:
    either = f"；另有一件：{'、'.join(value.any_of)}" if value.any_of else ""
    return "、".join(value.required) + either


def formula_in_words(value: Definition, book: Lawbook) -> str:
    """A formula with the labels of its figures: 在职人员全年执行数 ÷ 人员编制, or just what it counts."""
    if value.is_count:
        return _labelled(value.numerator, book)
    return f"{_labelled(value.numerator, book)} ÷ {_labelled(value.denominator, book)}"


def plain(value: Any) -> Any:
    """A value as plain data for JSON: decimals as strings, days in ISO form, keys in their text form."""
    if isinstance(value, FigureKey | Term | Decimal):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, tuple | list | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    return value


def _percent(share: Decimal) -> str:
    text = f"{share * 100:f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"


def _sum(terms: tuple[Term, ...]) -> str:
    return _signed([(term.sign, str(term.key)) for term in terms])


def _labelled(terms: tuple[Term, ...], book: Lawbook) -> str:
    shown = _signed([(term.sign, _label(term.key, book.concepts.get(term.key.concept))) for term in terms])
    return f"（{shown}）" if len(terms) > 1 else shown


def _label(key: FigureKey, named: Concept | None) -> str:
    stage = STAGE_LABELS[key.stage]
    member = f"（{key.member}）" if key.member else ""
    return f"{named.label if named else key.concept}{stage}{member}"


def _signed(terms: list[tuple[int, str]]) -> str:
    return "".join(
        f"{'' if not number and sign > 0 else ' + ' if sign > 0 else ' − '}{text}"
        for number, (sign, text) in enumerate(terms)
    )
