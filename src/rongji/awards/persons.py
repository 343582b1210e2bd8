"""Whom an award is for: the file must be the bureau's own, not merged into another, and the person alive."""

from collections.abc import Mapping
from datetime import date

from rongji.accounts.policies import guard
from rongji.accounts.types import Actor, Scope
from rongji.awards.policies import BACKFILL
from rongji.awards.refusals import FileAbsorbed, NotYetKnown, PersonDied, PersonUnknown
from rongji.people.selectors import briefs
from rongji.people.types import PersonBrief


def living_file(person_id: int, files: Mapping[int, PersonBrief] | None = None, bureau: str = "") -> PersonBrief:
    """The file of a person, out of those already read if given. Raises: PersonUnknown, FileAbsorbed."""
    brief = (briefs({person_id}) if files is None else files).get(person_id)
    if brief is None or (bureau and brief.bureau != bureau):
        raise PersonUnknown(person=person_id)
    if brief.merged_into is not None:
        raise FileAbsorbed(person=person_id, kept=brief.merged_into)
    return brief


def check_person(brief: PersonBrief, on: date) -> None:
    """Refuse what begins after the person's death. Raises: PersonDied."""
    if brief.died_on is not None and on > brief.died_on:
        raise PersonDied(died_on=brief.died_on, on=on)


def known_day(actor: Actor, scope: Scope, known_on: date | None, first: date = date.min) -> date:
    """The day on which something became known: that of the entry, or an earlier one for whoever may fill in the past.

    first: the day on which what it corrects became known. Raises: NotYetKnown, NotAllowed.
    """
    known = known_on or actor.day
    if not first <= known <= actor.day:
        raise NotYetKnown(known_on=known, first=first, last=actor.day)
    if known < actor.day:
        guard(actor, BACKFILL, scope)
    return known
