"""Tables of payments."""

from rongji.payments.models.bank import BankBatch, BatchItem, ReturnFile, ReturnRow
from rongji.payments.models.recovery import Recovery, RecoveryEntry
from rongji.payments.models.run import Payment, PaymentRun, Payroll, RunApproval, RunBudget, RunLine

__all__ = [
    "BankBatch",
    "BatchItem",
    "Payment",
    "PaymentRun",
    "Payroll",
    "Recovery",
    "RecoveryEntry",
    "ReturnFile",
    "ReturnRow",
    "RunApproval",
    "RunBudget",
    "RunLine",
]
