"""Writes between the bureau and its bank, gathered: batches, answers, retries, what people decide."""

from rongji.payments.bank.batches import BatchMade, choose_bank, export_batch, make_batch, retry_failed
from rongji.payments.bank.corrections import cancel_payment, settle_unknown
from rongji.payments.bank.returns import ReturnImported, RowFinding, import_return

__all__ = [
    "BatchMade",
    "ReturnImported",
    "RowFinding",
    "cancel_payment",
    "choose_bank",
    "export_batch",
    "import_return",
    "make_batch",
    "retry_failed",
    "settle_unknown",
]
