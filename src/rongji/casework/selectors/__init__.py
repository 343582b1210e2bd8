"""Reads of casework."""

from rongji.casework.selectors.counting import LegacyLedger, LegacyRow, legacy_ledger, light_counts
from rongji.casework.selectors.facts import (
    ActFacts,
    CaseLine,
    CasePage,
    ClockFacts,
    ContactFacts,
    LetterFacts,
    LinePage,
    MemberFacts,
    OverdueLine,
    PaperFacts,
    RelatedCase,
    StageLength,
)
from rongji.casework.selectors.lists import cases_of_person, inbox, open_cases_of
from rongji.casework.selectors.overdue import overdue
from rongji.casework.selectors.page import case_named, case_page, letter_facts, paper_file
from rongji.casework.selectors.together import (
    ActForMany,
    BatchFacts,
    LettersOfOneSort,
    SeenCase,
    Together,
    batch_facts,
    filtered_cases,
    letters_of_batch,
    letters_to_print,
    together,
)

__all__ = [
    "ActFacts",
    "ActForMany",
    "BatchFacts",
    "CaseLine",
    "CasePage",
    "ClockFacts",
    "ContactFacts",
    "LegacyLedger",
    "LegacyRow",
    "LetterFacts",
    "LettersOfOneSort",
    "LinePage",
    "MemberFacts",
    "OverdueLine",
    "PaperFacts",
    "RelatedCase",
    "SeenCase",
    "StageLength",
    "Together",
    "batch_facts",
    "case_named",
    "case_page",
    "cases_of_person",
    "filtered_cases",
    "inbox",
    "legacy_ledger",
    "letter_facts",
    "letters_of_batch",
    "letters_to_print",
    "light_counts",
    "open_cases_of",
    "overdue",
    "paper_file",
    "together",
]
