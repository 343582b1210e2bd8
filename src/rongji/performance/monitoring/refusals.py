"""What monitoring refuses, and what to do instead."""

from rongji.kernel.refusal import Refusal


class PlanRefused(Refusal):
    """A plan with bad cells."""

    code = "monitoring-plan-refused"
    sentence = "序时计划“{file}”有 {count} 处问题，一行也没有导入：\n{listing}"


class NoLightToAnswer(Refusal):
    """An answer to a light that is not lit."""

    code = "monitoring-no-light"
    sentence = "{subject} {month} 月没有黄灯或红灯，不需要答复。"


class ProgressGoesBack(Refusal):
    """A cumulative reading below an earlier one."""

    code = "monitoring-progress-back"
    sentence = "{subject} 累计完成 {shown} 少于前面月份的 {earlier}，请填年初至今的累计数。"


class ProgressBelowLater(Refusal):
    """A cumulative reading above one of a later month."""

    code = "monitoring-progress-above-later"
    sentence = "{subject} {month} 月累计完成 {shown} 多于后面月份已填的 {later}，请填累计数，或先改正后面月份。"


class IndicatorNotPlanned(Refusal):
    """Progress for an indicator that has neither a plan nor a row in the year's table."""

    code = "monitoring-indicator-unknown"
    sentence = "{year} 年度没有编码为“{indicator}”的指标，请核对编码（有序时计划的指标：{planned}），或先导入序时计划。"
    status = 404


class AnswerEmpty(Refusal):
    """An answer that says neither why nor what is done."""

    code = "monitoring-answer-empty"
    sentence = "答复 {subject} {month} 月预警时，原因和纠偏措施都要写明。"
