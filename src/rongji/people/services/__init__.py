"""Writes of the register of people."""

from rongji.people.services.accounts import end_bank_account, record_bank_account
from rongji.people.services.archive import (
    NewArchiveItem,
    add_archive_item,
    add_archive_items,
    hand_over_archive,
    move_archive_item,
    record_receipt,
    store_scan,
)
from rongji.people.services.confirmation import (
    close_confirmation_round,
    confirm_person,
    confirm_unchanged,
    open_confirmation_round,
    persons_to_confirm,
)
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
from rongji.people.services.families import add_family_member, end_family_membership, open_family
from rongji.people.services.merging import merge_persons, register_merge_guard, undo_merge
from rongji.people.services.register import register_many, register_person
from rongji.people.services.rekeying import rekey_people
from rongji.people.services.revealing import reveal
from rongji.people.services.whereabouts import (
    correct_death,
    record_death,
    record_move,
    record_residence,
    withdraw_death,
    withdraw_fact,
)

__all__ = [
    "NewArchiveItem",
    "add_archive_item",
    "add_archive_items",
    "add_family_member",
    "close_confirmation_round",
    "confirm_person",
    "confirm_unchanged",
    "correct_death",
    "correct_identity",
    "end_bank_account",
    "end_family_membership",
    "end_identity",
    "hand_over_archive",
    "merge_persons",
    "move_archive_item",
    "open_confirmation_round",
    "open_family",
    "persons_to_confirm",
    "record_attribute",
    "record_bank_account",
    "record_death",
    "record_disability_grade",
    "record_identity",
    "record_merit",
    "record_move",
    "record_participation",
    "record_receipt",
    "record_residence",
    "record_service_period",
    "register_many",
    "register_merge_guard",
    "register_person",
    "rekey_people",
    "reveal",
    "store_scan",
    "undo_merge",
    "withdraw_death",
    "withdraw_fact",
]
