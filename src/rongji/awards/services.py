"""Writes of periodic awards: open, change, end, correct, withdraw. Each one transaction with one audit entry.

Nothing is edited: terms that change or prove wrong are superseded by rows known from a later day on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.awards.granting import approve_grant, correct_grant, record_grant, withdraw_grant
from rongji.awards.law import AwardLaw
from rongji.awards.models import Award, AwardTerm
from rongji.awards.persons import check_person, known_day, living_file
from rongji.awards.policies import KEEP_AWARDS
from rongji.awards.refusals import (
    AwardEnded,
    AwardsRefused,
    AwardUnknown,
    ChangeBeforeStart,
    NothingChanged,
    Overlapping,
    UnitsUnfit,
)
from rongji.awards.selectors import claims_of
from rongji.awards.types import END_LABELS, EndKind, NewAward, StartKind, TermChange
from rongji.kernel.digest import digest
from rongji.kernel.month import Month
from rongji.kernel.refusal import Refusal
from rongji.people.selectors import briefs
from rongji.people.types import PersonBrief
from rongji.rules.entitlement.claim import Claim, End, Start

__all__ = [
    "approve_grant",
    "change_terms",
    "correct_grant",
    "correct_terms",
    "end_award",
    "open_award",
    "open_many",
    "record_grant",
    "withdraw_award",
    "withdraw_grant",
]
BATCH = 2000
MOST_UNITS = 99
LISTED = 30


def open_award(*, actor: Actor, new: NewAward, known_on: date | None = None) -> int:
    """Grant a periodic benefit to a person; returns the award's number.

    known_on: when the bureau learned of it, the day of the entry if not given.
    Raises: NotAllowed, PersonUnknown, FileAbsorbed, PersonDied, UnknownBenefit, UnknownCategory, CategoryClosed,
    StandardNotInForce, UnknownStandardKey, EndBeforeStart, EndWithoutReason, UnitsUnfit, Overlapping, NotYetKnown.
    """
    brief = living_file(new.person_id)
    guard(actor, KEEP_AWARDS, brief.scope)
    known = known_day(actor, brief.scope, known_on)
    law = AwardLaw.known(known)
    with transaction.atomic():
        trail.lock_head()
        new, claim = _checked(new, brief, law)
        _refuse_overlap(claim, _taken({brief.id}, law, actor.day), law)
        number = _store([new], {brief.id: brief}, known)[0]
        said = f"登记待遇“{law.benefit(new.benefit, new.area).label}”{_key_in_words(new.standard_key)}"
        _record(actor, "awards.open_award", brief, said, {**_plain(new), "award": number, "known_on": str(known)})
    return number


def open_many(
    *, actor: Actor, bureau: str, awards: Iterable[NewAward], known_on: date | None = None
) -> tuple[int, ...]:
    """Grant many periodic benefits at once, all or none; returns the numbers in the order given.

    Raises: NotAllowed, AwardsRefused (with every problem found), NotYetKnown.
    """
    known = known_day(actor, organisation(bureau).scope, known_on)
    law = AwardLaw.known(known)
    wanted = list(awards)
    with transaction.atomic():
        trail.lock_head()
        files = briefs({new.person_id for new in wanted})
        for scope in {file.scope for file in files.values()}:
            guard(actor, KEEP_AWARDS, scope)
        checked = [new for new, _ in _all_checked(wanted, files, bureau, law, actor.day)]
        numbers = _store(checked, files, known)
        trail.record(
            actor=actor,
            action="awards.open_many",
            subject_kind="awards",
            subject_id=bureau,
            summary=f"批量登记待遇 {len(numbers)} 条",
            after_digest=digest([_plain(new) for new in checked]),
            detail={"count": len(numbers), "known_on": str(known)},
        )
    return numbers


def change_terms(
    *,
    actor: Actor,
    award_id: int,
    changed_on: date,
    standard_key: str | None = None,
    units: int | None = None,
    known_on: date | None = None,
    decision: str = "",
    evidence: str = "",
) -> int:
    """Put an award on other terms from a day on (a new grade, more service years); returns the new terms' number.

    The old terms end and the new ones begin by the timing rules for changes.
    Raises: NotAllowed, AwardUnknown, AwardEnded, ChangeBeforeStart, NothingChanged, StandardNotInForce, UnitsUnfit.
    """
    with transaction.atomic():
        award, term, brief, known = _standing(actor, award_id, known_on)
        if changed_on < term.basis_on:
            raise ChangeBeforeStart(on=changed_on, basis_on=term.basis_on)
        key = term.standard_key if standard_key is None else standard_key
        count = term.units if units is None else units
        if (key, count) == (term.standard_key, term.units):
            raise NothingChanged(award=award.pk)
        check_person(brief, changed_on)
        _supersede(term, _successor(term, known, ended_on=changed_on, end_kind=EndKind.CHANGED))
        row = AwardTerm(
            award=award, standard_key=key, units=_units(count), start_kind=StartKind.CHANGED, basis_on=changed_on,
            known_on=known, decision=decision, evidence=evidence,
        )  # fmt: skip
        AwardLaw.known(known).check_standard(_claim(award, row, brief))
        row.save()
        facts = {"award": award.pk, "from": [term.standard_key, term.units], "to": [key, count], "on": str(changed_on)}
        _record(actor, "awards.change_terms", brief, f"变更待遇 {award.pk} 的条件为{_key_in_words(key)}×{count}", facts)
    return row.pk


def end_award(
    *,
    actor: Actor,
    award_id: int,
    ended_on: date,
    end: EndKind,
    known_on: date | None = None,
    decision: str = "",
    evidence: str = "",
) -> int:
    """Bring an award to an end; how long it still pays the timing rules say. Deaths are recorded with the person.

    Raises: NotAllowed, AwardUnknown, AwardEnded, ChangeBeforeStart.
    """
    with transaction.atomic():
        award, term, brief, known = _standing(actor, award_id, known_on)
        if ended_on < term.basis_on:
            raise ChangeBeforeStart(on=ended_on, basis_on=term.basis_on)
        facts_of_end = {"ended_on": ended_on, "end_kind": end, "decision": decision, "evidence": evidence}
        row = _supersede(term, _successor(term, known, **facts_of_end))
        facts = {"award": award.pk, "end": str(end), "ended_on": str(ended_on)}
        _record(actor, "awards.end_award", brief, f"终止待遇 {award.pk}：{END_LABELS[end]}", facts)
    return row.pk


def correct_terms(
    *, actor: Actor, term_id: int, change: TermChange, known_on: date | None = None, evidence: str
) -> int:
    """Put right terms that were written down wrongly from the beginning; returns the number of the right ones.

    What was paid by the wrong terms is settled by the next run. Raises: NotAllowed, AwardUnknown, NothingChanged,
    EndBeforeStart, StandardNotInForce, Overlapping, PersonDied, UnitsUnfit, NotYetKnown.
    """
    with transaction.atomic():
        trail.lock_head()
        term = AwardTerm.objects.select_related("award").filter(pk=term_id, superseded_on__isnull=True).first()
        if term is None:
            raise AwardUnknown(number=term_id, what="现行待遇条件")
        award, brief = term.award, living_file(term.award.person_id)
        guard(actor, KEEP_AWARDS, brief.scope)
        known = known_day(actor, brief.scope, known_on, first=term.known_on)
        values = _changed_values(award, term, change)
        row = _successor(term, known, **values, evidence=evidence)
        check_person(brief, row.basis_on)
        law, claim = AwardLaw.known(known), _claim(award, row, brief)
        law.check_standard(claim)
        AwardTerm.objects.filter(pk=term.pk).update(superseded_on=known)
        _refuse_overlap(claim, _taken({brief.id}, law, actor.day), law)
        row.save()
        facts = {"award": award.pk, "term": term_id, "now": {key: str(value) for key, value in values.items()}}
        _record(actor, "awards.correct_terms", brief, f"更正待遇 {award.pk} 的条件", facts)
    return row.pk


def withdraw_award(*, actor: Actor, award_id: int, reason: str, known_on: date | None = None) -> None:
    """Take back an award that should never have been granted: nothing of it was ever owed.

    Raises: NotAllowed, AwardUnknown, NotYetKnown.
    """
    with transaction.atomic():
        trail.lock_head()
        award = Award.objects.filter(pk=award_id).first()
        terms = list(AwardTerm.objects.filter(award_id=award_id, superseded_on__isnull=True))
        if award is None or not terms:
            raise AwardUnknown(number=award_id, what="现行待遇")
        brief = living_file(award.person_id)
        guard(actor, KEEP_AWARDS, brief.scope)
        known = known_day(actor, brief.scope, known_on, first=max(term.known_on for term in terms))
        AwardTerm.objects.filter(pk__in=[term.pk for term in terms]).update(superseded_on=known)
        _record(actor, "awards.withdraw_award", brief, f"撤销待遇 {award_id}：{reason}", {"award": award_id})


def _standing(actor: Actor, award_id: int, known_on: date | None) -> tuple[Award, AwardTerm, PersonBrief, date]:
    """An award with its last terms, which have not ended. Raises: AwardUnknown, AwardEnded, NotAllowed."""
    trail.lock_head()
    award = Award.objects.filter(pk=award_id).first()
    terms = list(AwardTerm.objects.filter(award_id=award_id, superseded_on__isnull=True).order_by("basis_on", "id"))
    if award is None or not terms:
        raise AwardUnknown(number=award_id, what="待遇")
    brief = living_file(award.person_id)
    guard(actor, KEEP_AWARDS, brief.scope)
    last = terms[-1]
    if last.ended_on is not None:
        raise AwardEnded(award=award_id, ended_on=last.ended_on)
    return award, last, brief, known_day(actor, brief.scope, known_on, first=last.known_on)


def _successor(term: AwardTerm, known: date, **values: Any) -> AwardTerm:
    """A row, not yet stored, in the place of another from a day of knowledge on, like it but for the values given."""
    kept = ("award_id", "standard_key", "units", "start_kind", "basis_on", "ended_on", "end_kind")
    same = {name: getattr(term, name) for name in kept}
    dating = {"known_on": known, "decision": term.decision, "evidence": term.evidence}
    given = {name: value for name, value in values.items() if value or name not in dating}
    return AwardTerm(**{**same, **dating, **given})


def _supersede(term: AwardTerm, row: AwardTerm) -> AwardTerm:
    """Store a row in the place of another."""
    AwardTerm.objects.filter(pk=term.pk).update(superseded_on=row.known_on)
    row.save()
    return row


def _changed_values(award: Award, term: AwardTerm, change: TermChange) -> dict[str, Any]:
    wanted = {
        "standard_key": change.standard_key,
        "units": change.units,
        "basis_on": change.basis_on,
        "start_kind": change.start,
    }
    if change.end is not None or change.is_open:
        wanted |= {"ended_on": change.ended_on, "end_kind": change.end or ""}
    values = {
        name: value
        for name, value in wanted.items()
        if (value is not None or name == "ended_on") and value != getattr(term, name)
    }
    if not values:
        raise NothingChanged(award=award.pk)
    if "units" in values:
        _units(values["units"])
    return values


def _checked(new: NewAward, brief: PersonBrief, law: AwardLaw) -> tuple[NewAward, Claim]:
    """The award with its area filled in, and its claim. Raises what makes it no award."""
    new = replace(new, area=new.area or brief.area)
    law.benefit(new.benefit, new.area)
    law.check_category(new.category, new.area, new.basis_on)
    _units(new.units)
    check_person(brief, new.basis_on)
    claim = _new_claim(new, brief)
    law.check_standard(claim)
    return new, claim


def _all_checked(
    wanted: Sequence[NewAward], files: Mapping[int, PersonBrief], bureau: str, law: AwardLaw, today: date
) -> list[tuple[NewAward, Claim]]:
    """All of them, none of which runs twice at a time. Raises: AwardsRefused with every problem found."""
    checked, problems = [], []
    taken = _taken({new.person_id for new in wanted}, law, today)
    for place, new in enumerate(wanted, 1):
        try:
            pair = _checked(new, living_file(new.person_id, files, bureau), law)
            _refuse_overlap(pair[1], taken, law)
            checked.append(pair)
        except Refusal as refusal:
            problems.append(f"第 {place} 条：{refusal}")
    if problems:
        raise AwardsRefused(count=len(problems), listing="\n".join(problems[:LISTED]))
    return checked


def _units(units: int) -> int:
    if not 1 <= units <= MOST_UNITS:
        raise UnitsUnfit(units=units, most=MOST_UNITS)
    return units


Taken = dict[tuple[int, str], list[tuple[Month, Month, int]]]


def _taken(person_ids: set[int], law: AwardLaw, today: date) -> Taken:
    """Which months each benefit of some persons already takes, with the award.

    As known today: what is filled in for the past must not run beside what was written down since.
    """
    taken: Taken = {}
    for claim in claims_of(person_ids, known_on=today):
        taken.setdefault((claim.person_id, claim.benefit), []).append((*law.months(claim), claim.award_id))
    return taken


def _refuse_overlap(claim: Claim, taken: Taken, law: AwardLaw) -> None:
    """One benefit of one person runs once at a time. Raises: Overlapping; notes the months of the claim otherwise."""
    first, last = law.months(claim)
    periods = taken.setdefault((claim.person_id, claim.benefit), [])
    for other_first, other_last, award in periods:
        if first <= min(other_last, last) and other_first <= last:
            label = law.benefit(claim.benefit, claim.area).label
            raise Overlapping(benefit=label, month=max(first, other_first).label, other=award or "本批另一条")
    periods.append((first, last, claim.award_id))


def _store(awards: Sequence[NewAward], files: Mapping[int, PersonBrief], known: date) -> tuple[int, ...]:
    rows = Award.objects.bulk_create(
        [
            Award(
                person_id=new.person_id, bureau=files[new.person_id].bureau, benefit=new.benefit,
                category=new.category, area=new.area, opened_on=known,
            )
            for new in awards
        ],
        batch_size=BATCH,
    )  # fmt: skip
    terms = [_term(row, new, known) for row, new in zip(rows, awards, strict=True)]
    AwardTerm.objects.bulk_create(terms, batch_size=BATCH)
    return tuple(row.pk for row in rows)


def _term(award: Award, new: NewAward, known: date) -> AwardTerm:
    return AwardTerm(
        award=award, standard_key=new.standard_key, units=new.units, start_kind=new.start, basis_on=new.basis_on,
        ended_on=new.ended_on, end_kind=new.end or "", known_on=known, decision=new.decision, evidence=new.evidence,
    )  # fmt: skip


def _new_claim(new: NewAward, brief: PersonBrief) -> Claim:
    return Claim(
        person_id=new.person_id, award_id=0, term_id=0, benefit=new.benefit, standard_key=new.standard_key,
        area=new.area, units=new.units, start=Start(new.start), basis_on=new.basis_on, born_on=brief.born_on,
        died_on=brief.died_on, ended_on=new.ended_on, end=End(new.end or ""),
    )  # fmt: skip


def _claim(award: Award, term: AwardTerm, brief: PersonBrief) -> Claim:
    return Claim(
        person_id=award.person_id, award_id=award.pk, term_id=term.pk or 0, benefit=award.benefit,
        standard_key=term.standard_key, area=award.area, units=term.units, start=Start(term.start_kind),
        basis_on=term.basis_on, born_on=brief.born_on, died_on=brief.died_on, ended_on=term.ended_on,
        end=End(term.end_kind),
    )  # fmt: skip


def _key_in_words(key: str) -> str:
    return f"（{key.replace('|', '、')}）" if key else ""


def _plain(new: NewAward) -> dict[str, Any]:
    return {
        "person": new.person_id, "benefit": new.benefit, "key": new.standard_key, "units": new.units,
        "category": new.category, "area": new.area, "start": str(new.start), "basis_on": str(new.basis_on),
        "ended_on": str(new.ended_on or ""), "end": str(new.end or ""),
    }  # fmt: skip


def _record(actor: Actor, action: str, brief: PersonBrief, said: str, facts: dict[str, Any]) -> None:
    trail.record(
        actor=actor,
        action=action,
        subject_kind="person",
        subject_id=brief.id,
        summary=f"档案 {brief.number}：{said}",
        after_digest=digest(facts),
        detail=facts,
    )
