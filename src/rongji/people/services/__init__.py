"""Writes of the register of people."""

from rongji.people.services.accounts import end_bank_account, record_bank_account
from rongji.people.services.facts import (
    correct_identity,
    end_identity,
    record_attribute,
    record_disability_grade,
    record_identity,
    record_merit,
    record_participation,
    record_service_period,
)
from rongji.people.services.register import register_many, register_person
from rongji.people.services.whereabouts import (
    correct_death,
    record_death,
    record_move,
    record_residence,
    withdraw_death,
    withdraw_fact,
)

__all__ = [
    "correct_death",
    "correct_identity",
    "end_bank_account",
    "end_identity",
    "record_attribute",
    "record_bank_account",
    "record_death",
    "record_disability_grade",
    "record_identity",
    "record_merit",
    "record_move",
    "record_participation",
    "record_residence",
    "record_service_period",
    "register_many",
    "register_person",
    "withdraw_death",
    "withdraw_fact",
]
