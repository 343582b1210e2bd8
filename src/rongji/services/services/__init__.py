"""Writes of the registers."""

from rongji.services.services.adding import add_record, add_records
from rongji.services.services.changing import change_record, withdraw_record
from rongji.services.services.files import attach_file, detach_file, read_attached
from rongji.services.services.rekeying import rekey_records
from rongji.services.services.revealing import reveal_number

__all__ = [
    "add_record",
    "add_records",
    "attach_file",
    "change_record",
    "detach_file",
    "read_attached",
    "rekey_records",
    "reveal_number",
    "withdraw_record",
]
