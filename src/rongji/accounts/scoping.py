"""Row scope: which rows lie inside the grants of an actor, as one condition for the database."""

from collections.abc import Iterable

from django.db.models import Q

from rongji.accounts.types import BUSINESS_ROLES, Actor, Grant, Role

NOTHING = Q(pk__in=[])


def scope_filter(
    actor: Actor, *, path_field: str = "", area_field: str = "", roles: Iterable[Role] = BUSINESS_ROLES
) -> Q:
    """The rows that any grant of those roles covers; no grant, no rows.

    path_field/area_field: lookups to the organisation's path and area code (`organisation__path`).
    A grant limited by something that the table does not have covers none of its rows.
    """
    condition = NOTHING
    for grant in actor.grants_of(roles):
        part = _grant_filter(grant, path_field, area_field)
        if part is None:
            continue
        if not part:
            return Q()
        condition = condition | part
    return condition


def _grant_filter(grant: Grant, path_field: str, area_field: str) -> Q | None:
    condition = Q()
    for limit, field in ((grant.path, path_field), (grant.area, area_field)):
        if limit and not field:
            return None
        if limit:
            condition &= Q(**{f"{field}__startswith": limit})
    return condition
