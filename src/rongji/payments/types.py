"""Words of payments."""

from enum import StrEnum


class RunKind(StrEnum):
    """What a payment run is for."""

    REGULAR = "regular"
    SUPPLEMENT = "supplement"


class RunState(StrEnum):
    """Where a run stands. From APPROVED on its lines count as settled."""

    COMPUTED = "computed"
    PROPOSED = "proposed"
    APPROVED = "approved"
    SENT = "sent"
    SETTLED = "settled"
    POSTED = "posted"
    DISCARDED = "discarded"


class Cause(StrEnum):
    """Why a line pays (or takes back) what it does."""

    REGULAR = "regular"
    NEW = "new"
    RAISED = "raised"
    ARREARS = "arrears"
    LATE_START = "late_start"
    CORRECTED = "corrected"
    EXCHANGED = "exchanged"
    OVERPAID = "overpaid"
    ONE_OFF = "one_off"


class PaymentState(StrEnum):
    """What the bank made of a payment. UNKNOWN: the bank's answer fits nothing, or no answer came."""

    PLANNED = "planned"
    SENT = "sent"
    PAID = "paid"
    PARTIAL = "partial"
    RETURNED = "returned"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class RecoveryState(StrEnum):
    """Where the recovery of an overpayment stands."""

    OPEN = "open"
    SETTLED = "settled"
    WRITTEN_OFF = "written_off"


class RecoveryEntryKind(StrEnum):
    """How a recovery came down."""

    DEDUCTED = "deducted"
    REPAID = "repaid"
    WRITTEN_OFF = "written_off"


RUN_KIND_LABELS = {RunKind.REGULAR: "按月发放", RunKind.SUPPLEMENT: "补充发放"}
RUN_STATE_LABELS = {
    RunState.COMPUTED: "已核算",
    RunState.PROPOSED: "待审批",
    RunState.APPROVED: "已批准",
    RunState.SENT: "已送银行",
    RunState.SETTLED: "回盘完成",
    RunState.POSTED: "已入账",
    RunState.DISCARDED: "已作废",
}
CAUSE_LABELS = {
    Cause.REGULAR: "按月",
    Cause.NEW: "新增",
    Cause.RAISED: "提标",
    Cause.ARREARS: "提标补发",
    Cause.LATE_START: "补发以前月份",
    Cause.CORRECTED: "更正",
    Cause.EXCHANGED: "待遇转换",
    Cause.OVERPAID: "多发应收回",
    Cause.ONE_OFF: "一次性",
}
PAYMENT_STATE_LABELS = {
    PaymentState.PLANNED: "待送盘",
    PaymentState.SENT: "已送盘",
    PaymentState.PAID: "发放成功",
    PaymentState.PARTIAL: "部分到账",
    PaymentState.RETURNED: "退回",
    PaymentState.UNKNOWN: "结果不明",
    PaymentState.CANCELLED: "已撤销",
}
RECOVERY_STATE_LABELS = {
    RecoveryState.OPEN: "收回中",
    RecoveryState.SETTLED: "已收回",
    RecoveryState.WRITTEN_OFF: "已核销",
}
RECOVERY_ENTRY_LABELS = {
    RecoveryEntryKind.DEDUCTED: "从发放中抵扣",
    RecoveryEntryKind.REPAID: "本人退回",
    RecoveryEntryKind.WRITTEN_OFF: "核销",
}
SETTLED_STATES = frozenset({RunState.APPROVED, RunState.SENT, RunState.SETTLED, RunState.POSTED})
