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


class AnswerEmpty(Refusal):
    """An answer that says neither why nor what is done."""

    code = "monitoring-answer-empty"
    sentence = "答复 {subject} {month} 月预警时，原因和纠偏措施都要写明。"
