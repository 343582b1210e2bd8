"""The headings of a table of cases: number of the case or of the person, and one column for each field of the act."""

from collections.abc import Mapping
from dataclasses import replace

from rongji.casework.refusals import ActUnknown
from rongji.law.asked import Asked
from rongji.law.case_kinds import Act, case_kind_versions
from rongji.people.imports.words import Column, HeadingMatch, Words, bare, squeezed, words

CASE, PERSON = "#case", "#person"
CASE_LABEL, PERSON_LABEL = "办件编号", "档案号"
_NAMES = {CASE: (CASE_LABEL, "编号", "案件编号"), PERSON: (PERSON_LABEL, "身份证号", "公民身份号码", "人员编号")}
TOLD = ("申请人", "事项")
"""Columns of the template that only help whoever fills it in."""


def act_of(kind: str, act: str) -> Act:
    """An act as the newest version that has it declares it. Raises: ActUnknown."""
    versions = case_kind_versions(kind)
    found = next((item.acts_by_id[act] for item in reversed(versions) if act in item.acts_by_id), None)
    if found is None:
        known = "、".join(item.label for item in versions[-1].acts) if versions else ""
        raise ActUnknown(kind=versions[-1].label if versions else kind, act=act, known=known)
    return found


def asked_in(kind: str, act: str) -> Mapping[str, Asked]:
    """The fields of an act in every version of its kind, the newest declaration of each."""
    found: dict[str, Asked] = {}
    for version in case_kind_versions(kind):
        for item in version.acts_by_id[act].fields if act in version.acts_by_id else ():
            found[item.id] = item
    return found


def table_words(act: Act, asked: Mapping[str, Asked]) -> Words:
    """The words of a table for an act."""
    columns = {CASE: Column(CASE, CASE_LABEL, ""), PERSON: Column(PERSON, PERSON_LABEL, "")}
    columns |= {item.id: Column(item.id, item.label, item.hint) for item in asked.values()}
    headings: dict[str, HeadingMatch] = {}
    names = {item.id: (item.label, *item.aliases) for item in asked.values()} | _NAMES
    for column, labels in names.items():
        for rank, name in enumerate(labels):
            for key in (squeezed(name), bare(name)):
                headings.setdefault(key, HeadingMatch(column, rank))
    left_out = {squeezed(name) for name in ("序号", *TOLD)} - headings.keys()
    return replace(
        words(), columns=columns, headings=headings, left_out=frozenset(left_out), account_kinds=(), least_columns=1,
        telling=frozenset({CASE, PERSON}), kind=f"“{act.label}”", wanted=f"“{CASE_LABEL}”或“{PERSON_LABEL}”一列",
    )  # fmt: skip
