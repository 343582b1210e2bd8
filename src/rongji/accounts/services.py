"""Writes: organisations, users, roles, passwords. Each one transaction, permission first, one audit entry."""

import re
from datetime import date
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.models import AreaCodePeriod, Organisation, RoleAssignment, RoleRecord, User
from rongji.accounts.models.organisation import OrganisationKind
from rongji.accounts.models.user import USERNAME_SHAPE
from rongji.accounts.policies import MANAGE_ORGANISATIONS, MANAGE_USERS, guard
from rongji.accounts.refusals import (
    AreaCodeUnfit,
    OrganisationExists,
    OrganisationKindUnfit,
    OrganisationUnknown,
    PasswordUnfit,
    RoleNotHeld,
    RolesExclude,
    RoleUnknown,
    UserExists,
    UsernameUnfit,
    UserUnknown,
)
from rongji.accounts.types import ROLE_LABELS, SEPARATE_DUTIES, Actor, Role
from rongji.kernel.digest import digest


def ensure_roles(*, actor: Actor) -> int:
    """Bring the table of roles level with the enumeration; returns how many rows were changed."""
    with transaction.atomic():
        changed = 0
        for role in Role:
            row, is_new = RoleRecord.objects.get_or_create(code=role.value, defaults={"label": ROLE_LABELS[role]})
            if is_new or row.label != ROLE_LABELS[role]:
                RoleRecord.objects.filter(pk=row.pk).update(label=ROLE_LABELS[role])
                changed += 1
        if changed:
            _record(actor, "accounts.ensure_roles", "role", "all", f"更新角色表 {changed} 项", {"changed": changed})
    return changed


def open_organisation(
    *,
    actor: Actor,
    code: str,
    name: str,
    kind: str,
    area_code: str,
    parent_code: str = "",
    keeps_own_accounts: bool = True,
    effective_on: date | None = None,
) -> int:
    """Add an organisation to the tree, with the first entry of its area code history.

    Raises: NotAllowed, OrganisationKindUnfit, AreaCodeUnfit, OrganisationExists, OrganisationUnknown (the parent).
    """
    guard(actor, MANAGE_ORGANISATIONS)
    if kind not in OrganisationKind.values or (kind != OrganisationKind.BUREAU and not parent_code):
        known = "、".join(f"{choice.value}（{choice.label}）" for choice in OrganisationKind)
        raise OrganisationKindUnfit(kind=kind, known=known)
    if not re.fullmatch(r"\d{6,12}", area_code):
        raise AreaCodeUnfit(code=area_code)
    with transaction.atomic():
        if Organisation.objects.filter(code=code).exists():
            raise OrganisationExists(code=code)
        row = Organisation.objects.create(
            code=code,
            name=name,
            kind=kind,
            area_code=area_code,
            parent=_organisation(parent_code) if parent_code else None,
            keeps_own_accounts=keeps_own_accounts,
        )
        AreaCodePeriod.objects.create(
            organisation=row, area_code=area_code, effective_on=effective_on or actor.at.date()
        )
        facts = {"code": code, "name": name, "kind": kind, "area_code": area_code, "parent": parent_code}
        _record(actor, "accounts.open_organisation", "organisation", row.pk, f"建立机构“{name}”（{code}）", facts)
    return row.pk


def change_area_code(*, actor: Actor, code: str, area_code: str, effective_on: date, act: str = "") -> None:
    """Put an organisation under another area code from a day on; the history keeps the old one.

    Raises: NotAllowed, AreaCodeUnfit, OrganisationUnknown.
    """
    guard(actor, MANAGE_ORGANISATIONS)
    if not re.fullmatch(r"\d{6,12}", area_code):
        raise AreaCodeUnfit(code=area_code)
    with transaction.atomic():
        row = _organisation(code)
        before = row.area_code
        AreaCodePeriod.objects.update_or_create(
            organisation=row, effective_on=effective_on, defaults={"area_code": area_code, "act": act}
        )
        row.area_code = area_code
        row.save(update_fields=["area_code"])
        facts = {"from": before, "to": area_code, "effective_on": effective_on.isoformat(), "act": act}
        summary = f"机构“{row.name}”的区划代码由 {before} 改为 {area_code}"
        _record(actor, "accounts.change_area_code", "organisation", row.pk, summary, facts)


def add_user(
    *,
    actor: Actor,
    username: str,
    display_name: str,
    password: str,
    organisation_code: str = "",
    phone: str = "",
    must_change_password: bool = True,
) -> int:
    """Open an account; it can do nothing until it is given a role.

    Raises: NotAllowed, UsernameUnfit, UserExists, PasswordUnfit, OrganisationUnknown.
    """
    guard(actor, MANAGE_USERS)
    name = username.lower()
    if not re.fullmatch(USERNAME_SHAPE, name):
        raise UsernameUnfit(username=username)
    with transaction.atomic():
        if User.objects.filter(username=name).exists():
            raise UserExists(username=name)
        user = User(username=name, display_name=display_name, phone=phone, must_change_password=must_change_password)
        user.organisation = _organisation(organisation_code) if organisation_code else None
        user.created_at = user.password_changed_at = actor.at
        _set_password(user, password)
        facts = {"username": name, "display_name": display_name, "organisation": organisation_code}
        _record(actor, "accounts.add_user", "user", user.pk, f"建立账号 {name}", facts)
    return user.pk


def assign_role(*, actor: Actor, username: str, role: str, organisation_code: str = "", area_prefix: str = "") -> int:
    """Give a user a role within an organisation's subtree and an area (each empty: no limit).

    Raises: NotAllowed, UserUnknown, RoleUnknown, OrganisationUnknown, RolesExclude.
    """
    guard(actor, MANAGE_USERS)
    wanted = _role(role)
    with transaction.atomic():
        user = _user(username)
        _refuse_excluded(user, wanted)
        assignment, is_new = RoleAssignment.objects.get_or_create(
            user=user,
            role_id=wanted.value,
            organisation=_organisation(organisation_code) if organisation_code else None,
            area_prefix=area_prefix,
        )
        if is_new:
            facts = {"role": wanted.value, "organisation": organisation_code, "area": area_prefix}
            summary = f"授予 {user.username} 角色“{ROLE_LABELS[wanted]}”"
            _record(actor, "accounts.assign_role", "user", user.pk, summary, facts)
    return assignment.pk


def withdraw_role(
    *, actor: Actor, username: str, role: str, organisation_code: str = "", area_prefix: str = ""
) -> None:
    """Take a role away again, exactly as it was given.

    Raises: NotAllowed, UserUnknown, RoleUnknown, OrganisationUnknown, RoleNotHeld.
    """
    guard(actor, MANAGE_USERS)
    wanted = _role(role)
    with transaction.atomic():
        user = _user(username)
        held = RoleAssignment.objects.filter(
            user=user,
            role_id=wanted.value,
            organisation=_organisation(organisation_code) if organisation_code else None,
            area_prefix=area_prefix,
        )
        if not held.delete()[0]:
            raise RoleNotHeld(username=user.username, role=ROLE_LABELS[wanted])
        facts = {"role": wanted.value, "organisation": organisation_code, "area": area_prefix}
        summary = f"撤销 {user.username} 的角色“{ROLE_LABELS[wanted]}”"
        _record(actor, "accounts.withdraw_role", "user", user.pk, summary, facts)


def reset_password(*, actor: Actor, username: str, password: str, must_change_password: bool = True) -> None:
    """Set a new password for a user, who has to change it at the next sign-in.

    Raises: NotAllowed, UserUnknown, PasswordUnfit.
    """
    guard(actor, MANAGE_USERS)
    with transaction.atomic():
        user = _user(username)
        user.password_changed_at = actor.at
        user.must_change_password = must_change_password
        _set_password(user, password)
        _record(actor, "accounts.reset_password", "user", user.pk, f"重置 {user.username} 的密码", {})


def close_user(*, actor: Actor, username: str) -> None:
    """Close an account: it can no longer sign in, and its history stays.

    Raises: NotAllowed, UserUnknown.
    """
    guard(actor, MANAGE_USERS)
    with transaction.atomic():
        user = _user(username)
        user.is_active = False
        user.save(update_fields=["is_active"])
        _record(actor, "accounts.close_user", "user", user.pk, f"停用账号 {user.username}", {})


def _set_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise PasswordUnfit(problems="".join(error.messages)) from None
    user.set_password(password)
    user.save()


def _refuse_excluded(user: User, wanted: Role) -> None:
    mine = next(duty for duty in SEPARATE_DUTIES if wanted in duty)
    for held in RoleAssignment.objects.filter(user=user).values_list("role_id", flat=True):
        if Role(held) not in mine:
            raise RolesExclude(wanted=ROLE_LABELS[wanted], held=ROLE_LABELS[Role(held)])


def _role(name: str) -> Role:
    for role in Role:
        if name in (role.value, ROLE_LABELS[role]):
            return role
    raise RoleUnknown(role=name, known="、".join(f"{role.value}（{ROLE_LABELS[role]}）" for role in Role))


def _user(username: str) -> User:
    user = User.objects.filter(username=username.lower(), is_active=True).first()
    if user is None:
        raise UserUnknown(username=username)
    return user


def _organisation(code: str) -> Organisation:
    row = Organisation.objects.filter(code=code).first()
    if row is None:
        raise OrganisationUnknown(code=code)
    return row


def _record(actor: Actor, action: str, kind: str, subject_id: Any, summary: str, facts: dict[str, Any]) -> None:
    trail.record(
        actor=actor,
        action=action,
        subject_kind=kind,
        subject_id=subject_id,
        summary=summary,
        after_digest=digest(facts),
        detail=facts,
    )
