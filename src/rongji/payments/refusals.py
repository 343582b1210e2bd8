"""What payment runs refuse, and what to do instead."""

from rongji.kernel.refusal import Refusal


class PayrollUnknown(Refusal):
    """A bureau without a payroll."""

    code = "payroll-unknown"
    sentence = "单位“{bureau}”还没有发放台账，请先用 rongji pay open 建立。"
    status = 404


class PayrollExists(Refusal):
    """A second payroll of one bureau."""

    code = "payroll-exists"
    sentence = "单位“{bureau}”已有发放台账，自 {first_month} 起发放，不必重复建立。"
    status = 409


class BureauNeeded(Refusal):
    """Several payrolls, or none, and no bureau named."""

    code = "pay-bureau-needed"
    sentence = "请用 --bureau 写明单位，已有发放台账的单位：{known}。"
    exit_code = 2


class RunUnknown(Refusal):
    """A number of no run."""

    code = "run-unknown"
    sentence = "没有编号为 {run} 的发放批次，可用 rongji pay list 查看。"
    status = 404


class RunStillOpen(Refusal):
    """A second run while one is not approved yet."""

    code = "run-still-open"
    sentence = "发放批次 {run}（{month}）还处于“{state}”，请先审批或作废它，再核算新的批次。"
    status = 409


class RunComputedMeanwhile(Refusal):
    """Somebody else computed or approved a run while this one was being computed."""

    code = "run-computed-meanwhile"
    sentence = "核算期间另有人核算或审批了本单位的发放批次，这次核算没有保存，请重新核算。"
    status = 409


class MonthBeforePayroll(Refusal):
    """A month for which this system does not answer."""

    code = "run-month-before-payroll"
    sentence = "{month}早于发放台账的起始月份 {first_month}，不在本系统发放，请改选月份。"


class MonthTooFar(Refusal):
    """A month that lies too far ahead to be paid."""

    code = "run-month-too-far"
    sentence = "{month}还没有到，最早可提前核算 {last}，请改选月份。"


class KnownOnUnfit(Refusal):
    """A day of knowledge in the future, or before that of an approved run."""

    code = "run-known-on-unfit"
    sentence = "核算口径日 {known_on} 应在 {first} 和 {last} 之间：既不能在将来，也不能早于已批准批次的口径日。"


class NothingDue(Refusal):
    """A run in which nobody gets anything and nobody owes anything."""

    code = "run-nothing-due"
    sentence = "{month}没有应发、应补或应收回的款项（截至 {known_on} 已知的情况），没有生成批次。"


class EngineUnknown(Refusal):
    """An engine of no known name."""

    code = "run-engine-unknown"
    sentence = "没有计算引擎“{engine}”，可用：embedded（本机）、scalar（逐人核算）、spark（集群，另写 --master）。"
    exit_code = 2


class StepNotPossible(Refusal):
    """A step that the state of a run does not allow."""

    code = "run-step-not-possible"
    sentence = "发放批次 {run} 处于“{state}”，不能{step}。{advice}"
    status = 409


class RunChanged(Refusal):
    """The content of a run is no longer what was computed and proposed."""

    code = "run-changed"
    sentence = "发放批次 {run} 的内容与提请审批时不同（摘要 {now} ≠ {then}），不能审批：请作废后重新核算。"
    status = 409


class RunDoesNotAddUp(Refusal):
    """Sums of a run that do not agree with one another."""

    code = "run-does-not-add-up"
    sentence = "发放批次 {run} 的合计不平：{relation}，相差 {gap} 元。请作废后重新核算，并告知维护人员。"
    exit_code = 4


class ApproverIsMaker(Refusal):
    """The one who computed or proposed a run may not approve it."""

    code = "run-approver-is-maker"
    sentence = "{actor}核算或提请了发放批次 {run}，须由其他人审批。"
    status = 403


class ApprovedAlready(Refusal):
    """One approver twice."""

    code = "run-approved-already"
    sentence = "{actor}已经审批过发放批次 {run}，还需另外 {left} 人审批。"
    status = 409


class NoBudgetLine(Refusal):
    """No budget line for what is to be paid."""

    code = "run-no-budget-line"
    sentence = (
        "{year} 年没有可列支“{benefit}”的预算指标"
        "（功能科目 {functional}，经济科目 {economic}，{level}资金 {needed} 元）。"
        "先有预算才能支出：请先导入或调整预算指标，再审批。"
    )


class BudgetTooSmall(Refusal):
    """A budget line that holds less than the run needs."""

    code = "run-budget-too-small"
    sentence = (
        "预算指标 {lines} 余额不足：本批次{level}资金需要 {needed} 元，可用 {left} 元，差 {short} 元。"
        "请先办理预算调整，再审批。"
    )


class RecoveryUnknown(Refusal):
    """A number of no recovery."""

    code = "recovery-unknown"
    sentence = "没有编号为 {recovery} 的多发收回，可用 rongji pay recoveries 查看。"
    status = 404


class RecoveryNotOpen(Refusal):
    """A recovery that is settled, written off, or whose run is not approved."""

    code = "recovery-not-open"
    sentence = "多发收回 {recovery} {state}，不能再登记。"
    status = 409


class RepaymentTooLarge(Refusal):
    """More than is still to come back."""

    code = "recovery-repayment-too-large"
    sentence = (
        "多发收回 {recovery} 还应收回 {left} 元（其中 {planned} 元已列入未批准批次的抵扣），不能登记 {amount} 元。"
    )


class RecoveryChanged(Refusal):
    """A run that would take off more than is still to come back: somebody repaid while it was being computed."""

    code = "recovery-changed"
    sentence = (
        "发放批次 {run} 要从多发收回 {recovery} 中抵扣 {planned} 元，而它现在只剩 {left} 元可收，核算以后另有退回："
        "请作废后重新核算。"
    )
    status = 409


class DeductionTooLarge(Refusal):
    """A plan above the legal share."""

    code = "recovery-deduction-too-large"
    sentence = "每月抵扣 {amount} 元超过上限 {most} 元（每月发放额的 {share}），请改小。"


class RepaymentUnfit(Refusal):
    """A repayment that is no positive amount, or lies in the future."""

    code = "recovery-repayment-unfit"
    sentence = "退回金额应大于零、日期不晚于今天，现在是 {amount} 元、{on}，请改正。"


class NoAccountOfAmount(Refusal):
    """Nothing to explain."""

    code = "explain-nothing"
    sentence = "截至 {known_on} 已知的情况，{person} 在 {month}没有任何待遇，也没有发放过。"
    status = 404


class PersonNotFound(Refusal):
    """A text that names no person, or several."""

    code = "explain-person-not-found"
    sentence = "“{text}”没有对应到唯一的一个人（找到 {count} 人），请写档案号。"
    status = 404
