"""Writes of casework."""

from rongji.casework.services.acting import act_on_case
from rongji.casework.services.acting_on_many import MOST_AT_ONCE, act_on_cases, try_on_cases
from rongji.casework.services.batches import open_cases
from rongji.casework.services.handing_over import hand_over
from rongji.casework.services.keeping import add_contact, add_member, add_paper, end_member, rate_case
from rongji.casework.services.opening import open_case
from rongji.casework.services.refreshing import refresh_due_days
from rongji.casework.services.rekeying import rekey_cases
from rongji.casework.services.revealing import reveal_number

__all__ = [
    "MOST_AT_ONCE",
    "act_on_case",
    "act_on_cases",
    "add_contact",
    "add_member",
    "add_paper",
    "end_member",
    "hand_over",
    "open_case",
    "open_cases",
    "rate_case",
    "refresh_due_days",
    "rekey_cases",
    "reveal_number",
    "try_on_cases",
]
