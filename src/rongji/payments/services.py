"""Writes of payments, gathered: payrolls and runs, their approval, recoveries."""

from rongji.payments.approving import approve_run, propose_run
from rongji.payments.recovering import plan_recovery, record_repayment, write_off
from rongji.payments.runs import compute_run, discard_run, open_payroll
from rongji.payments.sending_back import send_back_run

__all__ = [
    "approve_run",
    "compute_run",
    "discard_run",
    "open_payroll",
    "plan_recovery",
    "propose_run",
    "record_repayment",
    "send_back_run",
    "write_off",
]
