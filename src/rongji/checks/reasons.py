"""偏差原因: present where a target was missed, long and specific enough, and not contradicting full marks."""

import re
from collections.abc import Iterator

from rongji.checks.registry import check
from rongji.checks.review_lines import review_line
from rongji.checks.scores import earned_share
from rongji.checks.situation import Situation
from rongji.kernel.bureau_year import IndicatorFacts
from rongji.kernel.finding import Finding, Verdict

_BASIS = "财预〔2020〕10号：未完成的目标须说明原因并提出改进措施"
NONE_WORDS = frozenset({"无", "无偏差", "没有", "/", "－", "-", "—", "不适用", "已完成", "完成"})
_EMPTY_REASONS = ("客观原因", "种种原因", "工作原因", "其他原因", "有关原因", "疫情原因", "历史原因")
FAILING = re.compile(r"未完成|未达到|没有完成|未能|不足|滞后|偏低|少于|未实现|延迟|缺口")


@check(title="未达目标的写明偏差原因", basis=_BASIS, level=Verdict.DEFECT)
def missed_targets_have_reasons(situation: Situation) -> Iterator[Finding]:
    """A row whose target was missed, in either direction, or that scored below its weight, says why."""
    for row in situation.every_row:
        missed = _missed(situation, row)
        if missed:
            given = _has_reason(row)
            verdict = Verdict.HOLDS if given else Verdict.DEFECT
            tail = "已填偏差原因" if given else "没有填偏差原因和改进措施"
            remedy = "" if given else "写明差在哪里、为什么、怎么改、何时完成。"
            yield Finding(
                "", verdict, f"指标“{row.name}”{missed}，{tail}。", stated=row.actual, remedy=remedy, subject=row.code
            )


@check(title="偏差原因具体", basis=_BASIS, level=Verdict.DEFECT)
def reasons_are_specific(situation: Situation) -> Iterator[Finding]:
    """A reason says more than that there were reasons; one that shares no word with its indicator is asked about."""
    least = review_line(situation, "reason_characters")
    for row in situation.every_row:
        reason = row.reason.strip()
        if not reason or reason in NONE_WORDS or not _missed(situation, row):
            continue
        if least is not None and len(reason) < least:
            yield _about(row, Verdict.DEFECT, f"偏差原因“{reason}”只有 {len(reason)} 个字，说不清原因")
        elif any(word in reason for word in _EMPTY_REASONS) and len(reason) < 2 * (least or len(reason)):
            yield _about(row, Verdict.DEFECT, f"偏差原因“{reason}”空泛")
        elif not _shares_a_word(row.name + row.level2, reason):
            yield _about(row, Verdict.QUESTION, f"偏差原因“{reason}”看不出与该指标的关系")


@check(title="满分的没有写未完成", level=Verdict.DEFECT)
def full_marks_admit_no_failure(situation: Situation) -> Iterator[Finding]:
    """A row with full marks does not carry a text that speaks of failure."""
    for row in situation.every_row:
        full = row.weight and row.stated_score and row.weight.value == row.stated_score.value
        if full and row.reason and FAILING.search(row.reason):
            text = f"得分为满分，偏差原因却写“{row.reason.strip()}”"
            yield _about(row, Verdict.DEFECT, text, "核对完成情况：确未完成的扣分，已完成的删去该说明。")


def _missed(situation: Situation, row: IndicatorFacts) -> str:
    """In which way a row fell short; empty when it did not or when that cannot be told."""
    share = earned_share(row, situation.scheme) if situation.scheme else None
    if share is not None and share < 1:
        return f"目标 {row.direction.value}{row.target}，完成 {row.actual}，未达目标"
    if row.weight and row.stated_score and row.stated_score.value < row.weight.value:
        return f"分值 {row.weight.shown()}，得分 {row.stated_score.shown()}，未得满分"
    return "定性档次不是“达成”" if row.tier in ("partly", "not_reached") else ""


def _has_reason(row: IndicatorFacts) -> bool:
    return bool(row.reason.strip()) and row.reason.strip() not in NONE_WORDS


def _shares_a_word(name: str, reason: str) -> bool:
    """Whether two texts share any two neighbouring Chinese characters."""
    pairs = {name[i : i + 2] for i in range(len(name) - 1)}
    return any(pair in reason for pair in pairs if re.fullmatch(r"[\u4e00-\u9fa5]{2}", pair))


def _about(row: IndicatorFacts, verdict: Verdict, text: str, remedy: str = "") -> Finding:
    todo = remedy or "写明差在哪里、为什么、怎么改、何时完成。"
    return Finding("", verdict, f"指标“{row.name}”{text}。", stated=row.actual, remedy=todo, subject=row.code)
