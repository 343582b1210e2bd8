"""Tables of the register of people."""

from rongji.people.models.archive import ArchiveItem, ArchiveTransfer
from rongji.people.models.confirmation import Confirmation, ConfirmationRound
from rongji.people.models.facts import (
    Attribute,
    BankAccount,
    DisabilityGrade,
    Identity,
    LifeEvent,
    Merit,
    Participation,
    Residence,
    ServicePeriod,
)
from rongji.people.models.family import Family, FamilyMember
from rongji.people.models.person import Change, Merge, Person, RosterImport

__all__ = [
    "ArchiveItem",
    "ArchiveTransfer",
    "Attribute",
    "BankAccount",
    "Change",
    "Confirmation",
    "ConfirmationRound",
    "DisabilityGrade",
    "Family",
    "FamilyMember",
    "Identity",
    "LifeEvent",
    "Merge",
    "Merit",
    "Participation",
    "Person",
    "Residence",
    "RosterImport",
    "ServicePeriod",
]
