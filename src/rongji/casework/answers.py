"""Answers to the fields of a kind: read in the one way, and links found where they point."""

from collections.abc import Mapping
from typing import Any

from rongji.accounts.refusals import OrganisationUnknown
from rongji.accounts.sealed_numbers import sealed
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.casework.refusals import AnswersUnfit, LinkUnknown
from rongji.kernel.refusal import Refusal
from rongji.law.asked import Asked, AskedKind, SecretKind
from rongji.people.refusals import PersonAmbiguous, PersonUnknown
from rongji.people.selectors import briefs, person_named
from rongji.rules.answers import read_answer, read_answers, shown, unchanged

CONTACT = Asked("contact", "联系电话", AskedKind.SECRET, is_needed=False, number=SecretKind.PHONE)
"""What every application is asked beside the fields of its kind: where its applicant is called."""


def read_contact(text: str) -> str:
    """The telephone of an applicant in plain digits, empty for none. Raises: AnswerNumberUnfit, AnswerMasked."""
    return read_answer(CONTACT, text) or ""


def read_all(
    actor: Actor, asked: tuple[Asked, ...], given: Mapping[str, Any], held: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Every answer as it is stored, personal numbers sealed. held: what the case says so far.

    Raises: AnswersUnfit with every field that is wrong; fields that nobody asked for are wrong, too.
    """
    kept = held or {}
    meant = {item.id: unchanged(item, given[item.id], kept.get(item.id)) for item in asked if item.id in given}
    values, refused = read_answers(asked, meant)
    problems: dict[str, Refusal] = {refusal.facts["name"]: refusal for refusal in refused}
    for item in asked:
        if item.id in values and item.kind in (AskedKind.PERSON, AskedKind.STATION):
            try:
                values[item.id] = _linked(actor, item, values[item.id])
            except Refusal as refusal:
                problems[item.id] = refusal
    known = {item.id for item in asked}
    unknown = [name for name in given if name not in known]
    if problems or unknown:
        said = {name: str(refusal) for name, refusal in problems.items()}
        said |= {name: f"没有字段“{name}”，请删去。" for name in unknown}
        raise AnswersUnfit(count=len(said), first=next(iter(said.values())), problems=said)
    return sealed(asked, values, kept)


def _linked(actor: Actor, item: Asked, text: str) -> Any:
    """A person by id, file number or `#id`; a station by code. Raises: LinkUnknown."""
    try:
        if item.kind is AskedKind.STATION:
            return organisation(text).code
        return person_named(actor, text).id
    except (PersonUnknown, PersonAmbiguous, OrganisationUnknown):
        raise LinkUnknown(label=item.label, text=text[:40]) from None


def in_words(asked: Asked, value: Any) -> str:
    """A stored answer as a letter prints it: a person by name, a day as in Chinese, money with its unit."""
    if value is None:
        return ""
    if asked.kind is AskedKind.PERSON:
        brief = briefs({int(value)}).get(int(value))
        return brief.name if brief else ""
    if asked.kind is AskedKind.STATION:
        try:
            return organisation(str(value)).name
        except OrganisationUnknown:
            return str(value)
    if asked.kind is AskedKind.DAY:
        year, month, day = (int(part) for part in str(value).split("-"))
        return f"{year}年{month}月{day}日"
    if asked.kind is AskedKind.MONTH:
        return f"{value // 100}年{value % 100}月"
    return f"{shown(asked, value)}{asked.unit}"
