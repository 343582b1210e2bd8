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

__all__ = [
    "ActFacts",
    "CaseLine",
    "CasePage",
    "ClockFacts",
    "ContactFacts",
    "LegacyLedger",
    "LegacyRow",
    "LetterFacts",
    "LinePage",
    "MemberFacts",
    "OverdueLine",
    "PaperFacts",
    "RelatedCase",
    "StageLength",
    "case_named",
    "case_page",
    "cases_of_person",
    "inbox",
    "legacy_ledger",
    "letter_facts",
    "light_counts",
    "open_cases_of",
    "overdue",
    "paper_file",
]
