"""What is checked before a case is opened, one or many: channel, person, answers, limits of application."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any

from rongji.accounts.policies import guard
from rongji.accounts.sealed_numbers import INDEX, comparable, is_sealed
from rongji.accounts.selectors import OrganisationFacts, organisation
from rongji.accounts.types import ROLE_LABELS, Actor, Role, Scope
from rongji.casework.answers import read_all, read_contact
from rongji.casework.law import CaseLaw
from rongji.casework.models import Case
from rongji.casework.policies import OPEN_CASES
from rongji.casework.refusals import (
    AnswersUnfit,
    ApplicantMissing,
    ApplicationTooEarly,
    ApplicationTooLate,
    AssignedByMissing,
    CaseDayUnfit,
    CaseNotAlone,
    CaseUnknown,
    ChannelUnknown,
    CountUnfit,
    DaysOutOfOrder,
    IntakeTaken,
    KindNotYours,
    PersonMissing,
    StationUnfit,
    TitleMissing,
)
from rongji.casework.types import NewCase
from rongji.kernel.month import Month
from rongji.law.asked import AskedKind
from rongji.law.case_checks import ACTED_ON, PARENT, RECEIVED_ON, asked_of
from rongji.law.case_kinds import About, CaseKind, Exclusive, Limit, case_kind
from rongji.law.deadlines import due
from rongji.people.policies import SEE_PEOPLE
from rongji.people.refusals import PersonMerged, PersonUnknown
from rongji.people.selectors import briefs
from rongji.people.types import PersonBrief
from rongji.rules.answers import AnswerMissing
from rongji.rules.casework.clocks import COUNT_LABELS
from rongji.rules.casework.flow import holds

MOST_PEOPLE, LONGEST_TITLE = 100_000, 200


@dataclass(frozen=True)
class Application:
    """A case that may be opened: its kind, where it belongs, whom it is about, and its answers as stored."""

    new: NewCase
    kind: CaseKind
    bureau: str
    scope: Scope
    person: PersonBrief | None
    values: dict[str, Any]

    @property
    def applicant(self) -> str:
        """Who applies, by name."""
        return self.new.applicant.strip() or (self.person.name if self.person else "")


@dataclass
class Desk:
    """Where applications are looked at: who looks, for which bureau; what was read for one is kept for the next."""

    actor: Actor
    bureau: OrganisationFacts
    people: dict[int, PersonBrief] = field(default_factory=dict)
    places: dict[str, Scope] = field(default_factory=dict)
    laws: dict[str, CaseLaw] = field(default_factory=dict)

    @classmethod
    def of(cls, actor: Actor, bureau: str) -> "Desk":
        """The desk of a bureau. Raises: OrganisationUnknown."""
        return cls(actor, organisation(bureau))

    def law(self, area: str) -> CaseLaw:
        """The law of an area as known on the day of the entry."""
        return self.laws.setdefault(area, CaseLaw(self.actor.day, area))

    def read(self, new: NewCase, *, as_follow_up: bool = False) -> Application:
        """Everything checked that does not change while many are opened.

        as_follow_up: opened by an act of another case, whose roles have been checked.
        Raises: NotAllowed, UnknownCaseKind, KindNotYours, ChannelUnknown, AssignedByMissing, CountUnfit, TitleMissing,
        CaseDayUnfit, PersonMissing, ApplicantMissing, AnswersUnfit, DaysOutOfOrder, ApplicationTooLate,
        ApplicationTooEarly, IntakeTaken, CaseNotAlone, CaseUnknown, AnswerNumberUnfit and AnswerMasked of the contact.
        """
        new = replace(new.covered, contact=read_contact(new.contact))
        scope = self._scope(new.station)
        if not as_follow_up:
            guard(self.actor, OPEN_CASES, scope)
        self._check_days(new)
        kind = case_kind(new.kind, on=new.received_on, region=scope.area)
        if not as_follow_up:
            self._check_role(kind, scope)
        _check_words(kind, new)
        person = self._person(kind, new)
        values = read_all(self.actor, kind.fields, new.answers)
        found = Application(new, kind, self.bureau.code, scope, person, values)
        check_order(kind, values, new.received_on)
        parent = self._parent(new)
        for limit in kind.limits:
            self._check_limit(limit, found, parent)
        self._check_alone(found)
        return found

    def _scope(self, station: str) -> Scope:
        if not station:
            return self.bureau.scope
        if station not in self.places:
            self.places[station] = organisation(station).scope
        scope = self.places[station]
        if not scope.path.startswith(self.bureau.path):
            raise StationUnfit(station=station, bureau=self.bureau.name)
        return scope

    def _check_role(self, kind: CaseKind, scope: Scope) -> None:
        if not any(grant.covers(scope) for grant in self.actor.grants_of(roles_of(kind.open_roles))):
            raise KindNotYours(kind=kind.label, roles=role_words(kind.open_roles))

    def _check_days(self, new: NewCase) -> None:
        if new.received_on > self.actor.day:
            raise CaseDayUnfit(what="收到日期", day=new.received_on, why=f"在今天（{self.actor.day}）之后")
        if new.legacy_since is not None and new.legacy_since > new.received_on:
            raise CaseDayUnfit(what="历史遗留起始日期", day=new.legacy_since, why=f"晚于收到日期 {new.received_on}")

    def _person(self, kind: CaseKind, new: NewCase) -> PersonBrief | None:
        if new.person_id is None:
            if kind.about is About.PERSON:
                raise PersonMissing(kind=kind.label)
            if not new.applicant.strip():
                raise ApplicantMissing()
            return None
        if new.person_id not in self.people:
            self.people |= briefs({new.person_id})
        brief = self.people.get(new.person_id)
        if brief is None or brief.bureau != self.bureau.code:
            raise PersonUnknown(person=new.person_id)
        guard(self.actor, SEE_PEOPLE, Scope(brief.scope_path, brief.area))
        if brief.merged_into is not None:
            raise PersonMerged(number=brief.number, kept=brief.merged_into)
        return brief

    def _parent(self, new: NewCase) -> Case | None:
        if new.parent is None:
            return None
        found = Case.objects.filter(pk=new.parent, bureau=self.bureau.code).first()
        if found is None:
            raise CaseUnknown(case=new.parent)
        return found

    def _check_limit(self, limit: Limit, found: Application, parent: Case | None) -> None:
        """Refuse what is applied for too late or too early; a limit of certain answers needs its day, too."""
        if not holds(limit.when, found.values):
            return
        since, label = _since(limit, found, parent)
        if since is None:
            if limit.when:  # the case for which the limit is made, and nothing to reckon from
                name = limit.since.removeprefix("field:")
                missing = AnswerMissing(name=name, label=label)
                raise AnswersUnfit(count=1, first=str(missing), problems={name: str(missing)})
            return
        law = self.law(found.scope.area)
        row = law.limit(limit.procedure, limit.step, found.new.received_on)
        last = due(row.value, since, law.calendar).day
        said = {
            "since": f"{label}（{since}）", "limit": f"{row.value.amount} {COUNT_LABELS[row.value.count]}", "due": last,
            "day": found.new.received_on,
        }  # fmt: skip
        if limit.not_before and found.new.received_on < last:
            raise ApplicationTooEarly(**said)
        if not limit.not_before and found.new.received_on > last:
            raise ApplicationTooLate(**said)

    def _check_alone(self, found: Application) -> None:
        """Refuse a second case where there may be one, and a submission that has its case."""
        if found.new.intake:
            taken = Case.objects.filter(intake=found.new.intake).first()
            if taken is not None:
                raise IntakeTaken(intake=found.new.intake, number=taken.number)
        for rule in found.kind.exclusive:
            keys = _keys(rule, found)
            if keys is None or not holds(rule.when, found.values):
                continue
            same = Case.objects.filter(bureau=found.bureau, kind=found.kind.id, **keys)
            other = same.filter(is_open=True).first() or same.filter(outcome__in=rule.outcomes).first()
            if other is not None:
                state = "在办" if other.is_open else other.outcome
                raise CaseNotAlone(kind=found.kind.label, number=other.number, state=state)


def alone_keys(found: Application) -> Iterator[tuple[Any, ...]]:
    """By what there may be only one case of its kind, as far as the answers tell."""
    for rule in found.kind.exclusive:
        keys = _keys(rule, found)
        if keys is not None and holds(rule.when, found.values):
            yield (found.kind.id, *sorted(keys.items()))


def roles_of(words: tuple[str, ...]) -> tuple[Role, ...]:
    """The roles of the accounts that a kind names; a word that is no role gives nobody anything."""
    known = {str(role): role for role in Role}
    return tuple(known[word] for word in words if word in known)


def role_words(words: tuple[str, ...]) -> str:
    """Roles as people call them."""
    return "、".join(ROLE_LABELS[role] for role in roles_of(words))


def check_order(
    kind: CaseKind,
    values: dict[str, Any],
    received_on: date,
    *,
    acted_on: date | None = None,
    told: Collection[str] | None = None,
) -> None:
    """Refuse days that must follow each other and do not.

    acted_on, told: of an act its day and the fields that it alone asks for; only what is said of these is looked at.
    Raises: DaysOutOfOrder.
    """
    known = {**values, RECEIVED_ON: received_on.isoformat(), ACTED_ON: acted_on.isoformat() if acted_on else None}
    for line in kind.order:
        if told is not None and not set(told) & set(line):
            continue
        days = [(name, known[name]) for name in line if known.get(name) is not None]
        for (before, first), (after, then) in pairwise(days):
            if not _in_order(first, then):
                raise DaysOutOfOrder(
                    earlier=_label(kind, before), earlier_day=first, later=_label(kind, after), later_day=then
                )


def _label(kind: CaseKind, name: str) -> str:
    own = {RECEIVED_ON: "收到日期", ACTED_ON: "办理日期"}
    return own[name] if name in own else asked_of(kind)[name].label


def _in_order(first: Any, then: Any) -> bool:
    """Two days, two months, or one of each, which are compared as months."""
    if isinstance(first, int) == isinstance(then, int):
        return first <= then
    return _month(first) <= _month(then)


def _month(value: Any) -> int:
    return value if isinstance(value, int) else Month.from_day(date.fromisoformat(value)).number


def _check_words(kind: CaseKind, new: NewCase) -> None:
    title = new.title.strip()
    if not title or len(title) > LONGEST_TITLE:
        raise TitleMissing(most=LONGEST_TITLE)
    channel = next((item for item in kind.channels if item.id == new.channel), None)
    if channel is None:
        known = "、".join(item.label for item in kind.channels)
        raise ChannelUnknown(kind=kind.label, channel=new.channel, known=known)
    if channel.is_assigned and not new.assigned_by.strip():
        raise AssignedByMissing(channel=channel.label)
    if not 1 <= new.people <= MOST_PEOPLE:
        raise CountUnfit(people=new.people, most=MOST_PEOPLE)


def _since(limit: Limit, found: Application, parent: Case | None) -> tuple[date | None, str]:
    """The day from which a limit of application runs, and what that day is; of a month its last day."""
    if limit.since.startswith("parent:"):
        return (parent.closed_on if parent else None), "原办件办结"
    name = limit.since.removeprefix("field:")
    asked = next(item for item in found.kind.fields if item.id == name)
    value = found.values.get(name)
    if value is None:
        return None, asked.label
    if asked.kind is AskedKind.MONTH:
        return Month.from_number(value).last_day, asked.label
    return date.fromisoformat(value), asked.label


def _keys(rule: Exclusive, found: Application) -> dict[str, Any] | None:
    """By what a case must be the only one; None where one of the keys is not known."""
    keys: dict[str, Any] = {}
    for name in rule.by:
        field = name.removeprefix("field:")
        own = {"person": found.person.id if found.person else None, PARENT: found.new.parent}
        value = own[name] if name in own else found.values.get(field)
        if value is None:
            return None
        where = f"values__{field}__{INDEX}" if is_sealed(value) else f"values__{field}"
        keys[f"{name}_id" if name in own else where] = comparable(value)
    return keys
