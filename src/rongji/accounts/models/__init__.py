"""The tables of the accounts; other rooms use selectors and services, never these."""

from rongji.accounts.models.approval import Approval
from rongji.accounts.models.organisation import AreaCodePeriod, Organisation
from rongji.accounts.models.trail import ANYWHERE, RoomStamp, TrailEntry
from rongji.accounts.models.user import RoleAssignment, RoleRecord, User

__all__ = [
    "ANYWHERE",
    "Approval",
    "AreaCodePeriod",
    "Organisation",
    "RoleAssignment",
    "RoleRecord",
    "RoomStamp",
    "TrailEntry",
    "User",
]
