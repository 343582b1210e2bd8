"""目标四项标准: 指向明确、细化量化、合理可行、相应匹配, with how to rewrite a target that falls short.

Pure over one indicator row, so that the drafting of objectives uses the same judgement as the pre-submission check.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rongji.kernel.bureau_year import Direction, IndicatorFacts
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.units import UnitKind, count_family

CHECK = "target-quality"
VAGUE_WORDS = tuple(
    "进一步 不断 持续提升 有效提升 明显提升 显著提升 大幅提高 明显提高 有所提高 逐步 较好 保质保量 正常支付 加强 优化 "
    "促进 推进 维护 改善 提高 提升 增强 达标 完成 落实".split()
)
INPUT_WORDS = ("投入资金", "投入经费", "安排资金", "配备人员", "投入人员")
GROWTH_WORDS = ("增长", "增幅", "增速", "提高率", "变动", "同比", "上升")
_TIMED = re.compile(r"\d+\s*(月|日|季度|天|个工作日)|年底|年内|月底|每月|按月|按季|按年")
_DIGIT = re.compile(r"\d")
_COST, _COUNT, _QUALITY, _TIME, _SATISFACTION = "成本", "数量", "质量", "时效", "满意度"


@dataclass(frozen=True, slots=True)
class Advice:
    """A shortcoming: which of the four criteria, what is wrong, how to write it instead."""

    criterion: str
    verdict: Verdict
    wrong: str
    rewrite: str


def assess_target(indicator: IndicatorFacts) -> tuple[Finding, ...]:
    """Every shortcoming of one indicator's target under the four criteria, or one finding that it holds."""
    found = tuple(_finding(indicator, item) for item in _advice(indicator))
    if found:
        return found
    text = f"指标“{indicator.name}”的目标{target_text(indicator)}符合四项标准。"
    return (Finding(CHECK, Verdict.HOLDS, text, subject=indicator.code),)


def target_text(indicator: IndicatorFacts) -> str:
    """The target as printed: direction, number and unit, or the words."""
    if indicator.target is not None:
        upper = f"–{indicator.target_upper.shown()}" if indicator.target_upper else ""
        sign = "" if indicator.direction in (Direction.RANGE, Direction.QUALITATIVE) else indicator.direction.value
        return f"“{sign}{indicator.target.shown()}{upper}{indicator.target.unit_name}”"
    return f"“{indicator.target_text}”" if indicator.target_text else "（空白）"


def is_vague(text: str) -> bool:
    """Whether words state no number, no date and no grading, only intent."""
    return bool(text.strip()) and not has_measure(text) and any(word in text for word in VAGUE_WORDS)


def has_measure(text: str) -> bool:
    """Whether words hold a number or a time limit that an outcome can be held against."""
    return bool(_DIGIT.search(text) or _TIMED.search(text))


def _advice(row: IndicatorFacts) -> Iterator[Advice]:
    yield from _pointed(row)
    yield from _measurable(row)
    yield from _feasible(row)
    yield from _matching(row)


def _pointed(row: IndicatorFacts) -> Iterator[Advice]:
    """指向明确: the name says of whom and what."""
    name = row.name.strip()
    if not re.search(r"[\u4e00-\u9fa5]{2}", re.sub(r"指标\d*[:：]?|…", "", name)):
        yield Advice("指向明确", Verdict.DEFECT, "指标名称没有填写", _rewrite_example(row))
    elif any(word in name for word in INPUT_WORDS):
        yield Advice(
            "指向明确",
            Verdict.QUESTION,
            "指标写的是投入（钱、人、物），不是产出或效果",
            "改写为用这笔钱做成了什么、惠及多少人",
        )


def _measurable(row: IndicatorFacts) -> Iterator[Advice]:
    """细化量化: a number with unit, or words that can be graded."""
    if row.target is not None:
        return
    if not row.target_text.strip():
        yield Advice("细化量化", Verdict.DEFECT, "年度指标值空白", _rewrite_example(row))
    elif is_vague(row.target_text):
        yield Advice(
            "细化量化", Verdict.DEFECT, f"年度指标值“{row.target_text}”没有数量、时限或分档标准", _rewrite_example(row)
        )


def _feasible(row: IndicatorFacts) -> Iterator[Advice]:
    """合理可行: a target that can be met and can be divided by."""
    target = row.target
    if target is None:
        return
    if target.value == 0 and row.direction in (Direction.AT_LEAST, Direction.RANGE):
        yield Advice(
            "合理可行",
            Verdict.DEFECT,
            "目标值为 0，无法计算完成程度",
            "写明应达到的数；确需为 0 的改用“≤”或“=”并人工评分",
        )
    is_growth = any(word in row.name for word in GROWTH_WORDS)
    if (
        target.unit.kind is UnitKind.RATIO
        and target.base > 1
        and not is_growth
        and row.direction is not Direction.AT_MOST
    ):
        yield Advice("合理可行", Verdict.QUESTION, f"比率目标 {target} 超过 100%", "除增长率外，比率目标最高写 100%")
    if row.target_upper is not None and row.target_upper.base < target.base:
        yield Advice("合理可行", Verdict.DEFECT, f"区间上限 {row.target_upper} 小于下限 {target}", "把上下限改正")


def _matching(row: IndicatorFacts) -> Iterator[Advice]:
    """相应匹配: direction, unit and class fit each other."""
    level2, target = row.level2 + row.level1, row.target
    if _COST in level2 and row.direction is Direction.AT_LEAST and target and target.unit.kind is UnitKind.MONEY:
        yield Advice(
            "相应匹配",
            Verdict.QUESTION,
            "成本指标用了“≥”，花得越多得分越高",
            "控制成本的改用“≤”，写控制数或单位成本；节约额可以用“≥”",
        )
    if _QUALITY in row.level2 and _is_output_count(row):
        yield Advice(
            "相应匹配", Verdict.QUESTION, "质量指标填的是数量", "数量移到数量指标；质量指标写合格率、准确率、达标率"
        )
    if _COUNT in row.level2 and target and target.unit.kind is UnitKind.RATIO:
        yield Advice("相应匹配", Verdict.QUESTION, "数量指标填的是比率", "写人数、件数、次数；比率移到质量或时效指标")


def _is_output_count(row: IndicatorFacts) -> bool:
    target = row.target
    return bool(
        target
        and target.unit.kind is UnitKind.COUNT
        and count_family(target.unit_name) not in ("天", "小时", "年", "级")
    )


def _rewrite_example(row: IndicatorFacts) -> str:
    level = row.level2 + row.level1
    examples = (
        (_COUNT, "写成“≥ 数字 + 单位”，如“发放对象 ≥4113 人”"),
        (_QUALITY, "写成可核对的比率，如“发放对象认定准确率 = 100%”"),
        (_TIME, "写明时限，如“每月 10 日前发放到位的月份 = 12 个月”或“及时发放率 ≥98%”"),
        (_COST, "写控制数，如“人均补助标准 ≤ 文件规定标准”并填具体金额"),
        (_SATISFACTION, "写满意度和调查办法，如“服务对象满意度 ≥90%，有效问卷 200 份”"),
    )
    for word, advice in examples:
        if word in level:
            return advice
    return "写成能比较的结果，如“信访事项按期办结率 ≥98%”，或按三档写明达成、部分达成、未达成各是什么情形"


def _finding(row: IndicatorFacts, advice: Advice) -> Finding:
    text = f"指标“{row.name}”不够{advice.criterion}：{advice.wrong}。"
    return Finding(CHECK, advice.verdict, text, stated=row.target, remedy=f"{advice.rewrite}。", subject=row.code)
