"""Reads of the register of people."""

from rongji.people.selectors.accounts import Payee, account_index, account_numbers, accounts_in_force, payees
from rongji.people.selectors.archive import ArchiveStanding, archive_standing, scan_of
from rongji.people.selectors.briefs import (
    briefs,
    people_of_bureau,
    person_brief,
    person_named,
    person_of_file,
    persons_by_file_number,
    persons_by_id_number,
    persons_by_name,
)
from rongji.people.selectors.confirmation import (
    RoundStanding,
    people_in_round,
    round_of_year,
    rounds,
    unconfirmed_in_years,
)
from rongji.people.selectors.duplicates import Duplicate, find_duplicates
from rongji.people.selectors.facts import (
    births,
    changes_between,
    deaths_known,
    grades_known,
    identities_known,
    merits_known,
    person_ids_in_bureau,
    service_known,
    standing_attributes,
)
from rongji.people.selectors.families import FamilyFile, family_file, family_of_number, household_of
from rongji.people.selectors.file import person_file
from rongji.people.selectors.merges import MergeFacts, absorbed_files, merged_files, merges, standing_file
from rongji.people.selectors.search import SearchPage, search_page, search_persons

__all__ = [
    "ArchiveStanding",
    "Duplicate",
    "FamilyFile",
    "MergeFacts",
    "Payee",
    "RoundStanding",
    "SearchPage",
    "absorbed_files",
    "account_index",
    "account_numbers",
    "accounts_in_force",
    "archive_standing",
    "births",
    "briefs",
    "changes_between",
    "deaths_known",
    "family_file",
    "family_of_number",
    "find_duplicates",
    "grades_known",
    "household_of",
    "identities_known",
    "merged_files",
    "merges",
    "merits_known",
    "payees",
    "people_in_round",
    "people_of_bureau",
    "person_brief",
    "person_file",
    "person_ids_in_bureau",
    "person_named",
    "person_of_file",
    "persons_by_file_number",
    "persons_by_id_number",
    "persons_by_name",
    "round_of_year",
    "rounds",
    "scan_of",
    "search_page",
    "search_persons",
    "service_known",
    "standing_attributes",
    "standing_file",
    "unconfirmed_in_years",
]
