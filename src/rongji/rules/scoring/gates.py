"""The gates between a provisional and a final score: each a code and a sentence that says what to do."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from rongji.rules.scoring.types import Gate

EXECUTION_REASON = "execution_reason"
"""Code of the text section in which a low execution rate is explained."""

NO_REASON = frozenset({"", "无", "没有", "略", "—", "－", "-", "/", "\\", "暂无", "不适用", "待填写"})
"""Cell contents that stand for an empty deviation reason."""


class GateCode(StrEnum):
    """What can hold back a final score."""

    WEIGHTS_MISSING = "weights-missing"
    WEIGHT_MISSING = "weight-missing"
    WEIGHT_NOT_POSITIVE = "weight-not-positive"
    WEIGHT_UNIT = "weight-unit"
    PART_WITH_WEIGHT = "part-with-weight"
    BLOCK_UNKNOWN = "block-unknown"
    BLOCK_MISSING = "block-missing"
    BLOCK_WEIGHT = "block-weight"
    LEVEL2_WEIGHT = "level2-weight"
    TOTAL_WEIGHT = "total-weight"
    EXECUTION_WEIGHT = "execution-weight"
    DUPLICATE_CODE = "duplicate-code"
    PARENT_UNKNOWN = "parent-unknown"
    PARENT_CYCLE = "parent-cycle"
    PARTS_DIFFER = "parts-differ"
    MONEY_MISSING = "money-missing"
    FORMULA_UNKNOWN = "formula-unknown"
    FORMULA_INPUTS = "formula-inputs"
    TARGET_MISSING = "target-missing"
    TARGET_IN_WORDS = "target-in-words"
    ACTUAL_MISSING = "actual-missing"
    ACTUAL_IN_WORDS = "actual-in-words"
    UPPER_MISSING = "upper-missing"
    RANGE_UPSIDE_DOWN = "range-upside-down"
    UNIT_MISMATCH = "unit-mismatch"
    BY_HAND = "zero-target-by-hand"
    TIER_MISSING = "tier-missing"
    SHARE_MISSING = "share-missing"
    SHARE_OUTSIDE_TIER = "share-outside-tier"
    STATED_OUT_OF_RANGE = "stated-score-out-of-range"
    REASON_MISSING = "reason-missing"
    REASON_TOO_LONG = "reason-too-long"
    OVER_TARGET_REASON = "over-target-reason"
    EVIDENCE_MISSING = "evidence-missing"
    EVIDENCE_UNKNOWN = "evidence-unknown"
    EXECUTION_BUDGET = "execution-budget-missing"
    EXECUTION_ACTUAL = "execution-actual-missing"
    EXECUTION_BY_HAND = "zero-budget-by-hand"
    EXECUTION_REASON = "execution-reason-missing"


MESSAGES: Mapping[GateCode, str] = {
    GateCode.WEIGHTS_MISSING: "没有一个指标有分值，暂评总分只含预算执行率得分；请按方案“{scheme}”给每个指标填分值。",
    GateCode.WEIGHT_MISSING: "{name}没有分值，请填写。",
    GateCode.WEIGHT_NOT_POSITIVE: "{name}的分值是 {weight}，应大于 0，请改正或删去该行。",
    GateCode.WEIGHT_UNIT: "{name}的分值写成了“{weight}”，分值和得分的单位应为“分”，请改正。",
    GateCode.PART_WITH_WEIGHT: "{name}已汇入“{parent}”，不能再单独给分值 {weight} 分，请清空本行分值或“汇总到指标”栏。",
    GateCode.BLOCK_UNKNOWN: "一级指标“{level1}”不在方案“{scheme}”内（应为{blocks}），请改用方案的一级指标名称。",
    GateCode.BLOCK_MISSING: "缺少“{block}”：方案“{scheme}”规定该项 {weight} 分，请补填指标。",
    GateCode.BLOCK_WEIGHT: "“{block}”各指标分值合计 {found} 分，方案规定 {weight} 分，{gap}，请调整。",
    GateCode.LEVEL2_WEIGHT: "“{block}”下“{level2}”分值合计 {found} 分，方案规定 {weight} 分，{gap}，请调整。",
    GateCode.TOTAL_WEIGHT: "分值总计 {found} 分{with_execution}，应为 {weight} 分，{gap}，请调整后再计分。",
    GateCode.EXECUTION_WEIGHT: "表中预算执行率分值为 {found} 分，方案“{scheme}”规定 {weight} 分，请改正或换方案。",
    GateCode.DUPLICATE_CODE: "指标编码“{code}”出现 {count} 次，请改成各不相同的编码。",
    GateCode.PARENT_UNKNOWN: "{name}要汇总到“{parent}”，但没有编码为“{parent}”的指标，请改正“汇总到指标”栏。",
    GateCode.PARENT_CYCLE: "{name}的“汇总到指标”绕回了自己，请理顺上下级。",
    GateCode.PARTS_DIFFER: "{name}由几行汇总，但{problem}，请统一后再汇总。",
    GateCode.MONEY_MISSING: "{name}由几行按资金加权汇总，{parts}没有填“对应资金”（或为 0），请补填。",
    GateCode.FORMULA_UNKNOWN: "{name}的计算公式“{formula}”不存在，请改用规定的公式编号（rongji law list indicators）。",
    GateCode.FORMULA_INPUTS: "{name}应由公式“{formula}”算出实际值，{problem}；请补填，或去掉公式改为自填并附佐证。",
    GateCode.TARGET_MISSING: "{name}没有年度指标值，请填写。",
    GateCode.TARGET_IN_WORDS: "{name}的年度指标值“{text}”不是数字，请改成可计量的数值，或改为“定性”并选档次。",
    GateCode.ACTUAL_MISSING: "{name}没有实际完成值，请填写。",
    GateCode.ACTUAL_IN_WORDS: "{name}的实际完成值“{text}”不是数字，请填实际数值，或把指标性质改为“定性”并选档次。",
    GateCode.UPPER_MISSING: "{name}是区间指标，缺少指标值上限，请补填。",
    GateCode.RANGE_UPSIDE_DOWN: "{name}的区间下限 {lower} 大于上限 {upper}，请对调或改正。",
    GateCode.UNIT_MISMATCH: "{name}的指标值以“{target}”计、实际完成值以“{actual}”计，无法比较，请改成同一单位。",
    GateCode.BY_HAND: "{name}：{problem}，须人工评定，请在“得分”栏填 0 到 {weight} 之间的得分{hint}。",
    GateCode.TIER_MISSING: "{name}是定性指标，没有选定档次，请从{tiers}中选一档并填得分。",
    GateCode.SHARE_MISSING: "{name}已定为“{tier}”，还没有给分，请填“档内比例”（{band}）或得分。",
    GateCode.SHARE_OUTSIDE_TIER: "{name}定为“{tier}”，所给比例 {share} 不在该档之内（{band}），请改档次或改分。",
    GateCode.STATED_OUT_OF_RANGE: "{name}的得分 {stated} 不在 0 到分值 {weight} 之间，请改正。",
    GateCode.REASON_MISSING: "{name}未达到指标值，请在“偏差原因分析及改进措施”栏写明原因和措施{least}。",
    GateCode.REASON_TOO_LONG: "{name}的偏差原因有 {length} 字，方案限 {limit} 字以内，请压缩。",
    GateCode.OVER_TARGET_REASON: "{name}{problem}，请在“偏差原因分析及改进措施”栏分析指标值是否定得过低{least}。",
    GateCode.EVIDENCE_MISSING: "{name}没有佐证材料，请在“佐证材料”中登记并挂到本指标。",
    GateCode.EVIDENCE_UNKNOWN: "{name}引用的佐证“{codes}”没有登记，请补登记或改正编码。",
    GateCode.EXECUTION_BUDGET: "没有调整后的全年预算数（含上年结转），无法算执行率，请补填“预算执行”表的全年预算数。",
    GateCode.EXECUTION_ACTUAL: "没有全年执行数，预算执行率无法计算，请补填“预算执行”表的全年执行数。",
    GateCode.EXECUTION_BY_HAND: "全年预算数为 {budget}，须人工评定预算执行率，请填得分（0 到 {weight} 分）。",
    GateCode.EXECUTION_REASON: "预算执行率 {rate} 低于 {line}，请在“文字段落”表增加编码 {code} 说明原因{least}。",
}


def gate(code: GateCode, subject: str, /, **facts: Any) -> Gate:
    """A gate on that row (or block, or the table as a whole), its sentence filled with the facts."""
    return Gate(code.value, subject, MESSAGES[code].format(**facts))


def is_reason(text: str, least: int = 0) -> bool:
    """Whether a reason cell says anything, in at least that many characters; dashes and 无 do not."""
    said = text.strip()
    return said.strip("。.") not in NO_REASON and len(said) >= least
