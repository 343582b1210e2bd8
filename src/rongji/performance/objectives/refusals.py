"""What the objectives refuse, and what to do instead."""

from rongji.kernel.refusal import Refusal


class TargetsNotReady(Refusal):
    """Targets that do not meet the four criteria."""

    code = "objectives-not-ready"
    sentence = "绩效目标还不能提交，有 {count} 处不符合“指向明确、细化量化、合理可行、相应匹配”：\n{listing}"


class ReasonForChangeNeeded(Refusal):
    """A change of approved objectives without a reason."""

    code = "objectives-reason-needed"
    sentence = "{year} 年绩效目标已批复，调整必须写明原因（政策变化、预算调整等）。"


class NothingChanged(Refusal):
    """A new version that says the same."""

    code = "objectives-nothing-changed"
    sentence = "与第 {version} 版相比没有变化，不需要提交新版本。"


class NoOpenDraft(Refusal):
    """A step on a draft that does not exist."""

    code = "objectives-no-draft"
    sentence = "{year} 年没有{state}的绩效目标，请先起草。"
