"""Reads over users, organisations, proposals and the trail, for the interfaces and the rooms above."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from rongji.accounts.models import AreaCodePeriod, Organisation, RoleAssignment, TrailEntry, User
from rongji.accounts.policies import READ_TRAIL, SEE_USERS, guard
from rongji.accounts.refusals import OrganisationUnknown, UserUnknown
from rongji.accounts.types import ROLE_LABELS, Actor, Grant, Origin, Role, Scope


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """An organisation as other rooms see it."""

    id: int
    code: str
    name: str
    kind: str
    area_code: str
    keeps_own_accounts: bool
    path: str
    parent_code: str = ""

    @property
    def scope(self) -> Scope:
        """Where it lies."""
        return Scope(path=self.path, area=self.area_code)


@dataclass(frozen=True, slots=True)
class UserFacts:
    """An account as lists show it."""

    id: int
    username: str
    display_name: str
    unit_code: str
    is_active: bool
    roles: tuple[str, ...] = field(default_factory=tuple)


def actor_for(*, user: Any, origin: Origin, at: datetime) -> Actor:
    """The actor behind a signed-in user, with the rights as they stand now."""
    grants = tuple(item.grant for item in RoleAssignment.objects.filter(user_id=user.pk).select_related("organisation"))
    return Actor(
        name=user.display_name,
        username=user.username,
        user_id=user.pk,
        origin=origin,
        at=at,
        grants=grants,
    )


def actor_named(*, username: str, origin: Origin, at: datetime) -> Actor:
    """The actor of an account named on the command line.

    Raises: UserUnknown when there is none or it is closed.
    """
    user = User.objects.filter(username=username.lower(), is_active=True).first()
    if user is None:
        raise UserUnknown(username=username)
    return actor_for(user=user, origin=origin, at=at)


def organisation(code: str) -> OrganisationFacts:
    """The organisation of that code.

    Raises: OrganisationUnknown.
    """
    found = Organisation.objects.select_related("parent").filter(code=code).first()
    if found is None:
        raise OrganisationUnknown(code=code)
    return _organisation_facts(found)


def organisations_visible_to(actor: Actor) -> tuple[OrganisationFacts, ...]:
    """Every organisation inside the scope of the actor's business roles, parents before children."""
    rows = Organisation.objects.visible_to(actor).select_related("parent").order_by("path")
    return tuple(_organisation_facts(row) for row in rows)


def organisations_below(code: str) -> tuple[OrganisationFacts, ...]:
    """The organisation of that code and everything under it, parents before children.

    Raises: OrganisationUnknown.
    """
    top = organisation(code)
    rows = Organisation.objects.filter(path__startswith=top.path).select_related("parent").order_by("path")
    return tuple(_organisation_facts(row) for row in rows)


def organisations_of_kind(kind: str) -> tuple[OrganisationFacts, ...]:
    """Every organisation of one kind, whoever asks: for commands that run over all bureaus."""
    rows = Organisation.objects.filter(kind=kind).select_related("parent")
    return tuple(_organisation_facts(row) for row in rows)


def organisations(*, actor: Actor) -> tuple[OrganisationFacts, ...]:
    """Every organisation, for whoever keeps the tree; parents before children.

    Raises: NotAllowed.
    """
    guard(actor, SEE_USERS)
    rows = Organisation.objects.select_related("parent")
    return tuple(sorted((_organisation_facts(row) for row in rows), key=_place_in_tree))


def area_code_on(code: str, day: date) -> str:
    """The area code under which an organisation stood on a day; before its first entry, that of the first entry.

    Raises: OrganisationUnknown.
    """
    history = area_code_history(code)
    if not history:
        return organisation(code).area_code
    begun = [area for effective, area in history if effective <= day]
    return begun[-1] if begun else history[0][1]


def area_code_history(code: str) -> tuple[tuple[date, str], ...]:
    """Every area code of an organisation and the day from which it held, oldest first (430122, then 430112)."""
    rows = AreaCodePeriod.objects.filter(organisation__code=code).order_by("effective_on")
    return tuple(rows.values_list("effective_on", "area_code"))


def users(*, actor: Actor) -> Iterator[UserFacts]:
    """Every account with its roles.

    Raises: NotAllowed.
    """
    guard(actor, SEE_USERS)
    rows = User.objects.select_related("organisation").prefetch_related("role_assignments__organisation")
    for user in rows:
        yield UserFacts(
            id=user.pk,
            username=user.username,
            display_name=user.display_name,
            unit_code=user.unit_code,
            is_active=user.is_active,
            roles=tuple(_grant_in_words(item) for item in user.role_assignments.all()),
        )


def trail_entries(*, actor: Actor, subject_kind: str = "", subject_id: str = "") -> QuerySet[TrailEntry]:
    """The trail, newest first, of everything or of one subject.

    Raises: NotAllowed.
    """
    guard(actor, READ_TRAIL)
    rows = TrailEntry.objects.order_by("-sequence")
    if subject_kind:
        rows = rows.filter(subject_kind=subject_kind)
    return rows.filter(subject_id=subject_id) if subject_id else rows


def history_of(subject_kind: str, subject_id: str | int) -> tuple[TrailEntry, ...]:
    """The entries about one subject, oldest first; the caller has checked the right to see the subject."""
    return tuple(TrailEntry.objects.filter(subject_kind=subject_kind, subject_id=str(subject_id)).order_by("sequence"))


def _organisation_facts(row: Organisation) -> OrganisationFacts:
    return OrganisationFacts(
        id=row.pk,
        code=row.code,
        name=row.name,
        kind=row.kind,
        area_code=row.area_code,
        keeps_own_accounts=row.keeps_own_accounts,
        path=row.path,
        parent_code=row.parent.code if row.parent else "",
    )


def _place_in_tree(facts: OrganisationFacts) -> tuple[int, ...]:
    return tuple(int(part) for part in facts.path.strip("/").split("/"))


def _grant_in_words(assignment: RoleAssignment) -> str:
    where = [assignment.organisation.code] if assignment.organisation else []
    where += [f"区划{assignment.area_prefix}"] if assignment.area_prefix else []
    return f"{ROLE_LABELS[Role(assignment.role_id)]}@{'、'.join(where) or '全部'}"


def grants_of_user(user_id: int) -> tuple[Grant, ...]:
    """The rights of one account as they stand now."""
    return tuple(item.grant for item in RoleAssignment.objects.filter(user_id=user_id).select_related("organisation"))


def staff_at(scope: Scope, roles: Iterable[Role]) -> tuple[tuple[str, str], ...]:
    """Who may take work at a place: user name and display name of the open accounts with a role that covers it."""
    rows = RoleAssignment.objects.filter(role_id__in=list(roles), user__is_active=True)
    found = {
        (row.user.username, row.user.display_name)
        for row in rows.select_related("user", "organisation")
        if row.grant.covers(scope) or row.grant.path.startswith(scope.path)
    }
    return tuple(sorted(found, key=lambda item: item[1]))
