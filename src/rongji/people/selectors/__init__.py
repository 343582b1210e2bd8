"""Reads of the register of people."""

from rongji.people.selectors.accounts import account_index, account_numbers, accounts_in_force
from rongji.people.selectors.briefs import (
    briefs,
    person_brief,
    person_of_file,
    persons_by_file_number,
    persons_by_id_number,
)
from rongji.people.selectors.facts import (
    births,
    changes_between,
    deaths_known,
    grades_known,
    identities_known,
    merits_known,
    person_ids_in_bureau,
    service_known,
)
from rongji.people.selectors.file import person_file

__all__ = [
    "account_index",
    "account_numbers",
    "accounts_in_force",
    "births",
    "briefs",
    "changes_between",
    "deaths_known",
    "grades_known",
    "identities_known",
    "merits_known",
    "person_brief",
    "person_file",
    "person_ids_in_bureau",
    "person_of_file",
    "persons_by_file_number",
    "persons_by_id_number",
    "service_known",
]
