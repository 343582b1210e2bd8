"""Policies as objects that views, API and CLI share, and how a view is tied to one.

A policy says which roles may do something, and whether the record must lie in the scope of the role.
Each room declares its own in its `policies.py`; a service calls `guard`, a view wears `@guarded`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any, Protocol, runtime_checkable

from django.db.models import Q

from rongji.accounts.refusals import NotAllowed, SignInNeeded
from rongji.accounts.scoping import scope_filter
from rongji.accounts.types import BUSINESS_ROLES, ROLE_LABELS, Actor, Role, Scope

_REGISTRY: dict[str, "Policy"] = {}


@runtime_checkable
class Scoped(Protocol):
    """Anything that knows where it belongs."""

    @property
    def scope(self) -> Scope:
        """Organisation path and area code."""
        ...


@dataclass(frozen=True)
class Policy:
    """Who may do one thing. Declared once, at import; the name is unique.

    label: the act in Chinese, as the refusal prints it (查看年度数据).
    needs_scope: whether the subject must lie inside the grant; if so a service must name the subject.
    """

    name: str
    label: str
    roles: frozenset[Role]
    needs_scope: bool = True

    def __post_init__(self) -> None:
        """Register; business data and the running of the system do not mix."""
        if Role.ADMINISTRATOR in self.roles and self.roles & BUSINESS_ROLES:
            raise ValueError(f"policy {self.name} mixes administrator and business roles")
        if _REGISTRY.setdefault(self.name, self) != self:
            raise ValueError(f"policy {self.name} is declared twice")

    def permits_role(self, actor: Actor) -> bool:
        """Whether the actor holds any of the roles anywhere."""
        return bool(actor.roles & self.roles)

    def permits(self, actor: Actor, subject: Scoped | Scope | None = None) -> bool:
        """Whether the actor may do this to the subject: for showing or hiding a button."""
        if not self.needs_scope or subject is None:
            return self.permits_role(actor)
        scope = _scope_of(subject)
        return any(grant.covers(scope) for grant in actor.grants_of(self.roles))

    def require_role(self, actor: Actor) -> None:
        """The part of the check that needs no subject: a page that lists only what is in scope.

        Raises: NotAllowed.
        """
        if not self.permits_role(actor):
            wanted = "、".join(sorted(ROLE_LABELS[role] for role in self.roles))
            several = "之一" if len(self.roles) > 1 else ""
            raise NotAllowed(actor=actor.label, policy=self.label, reason=f"需要角色“{wanted}”{several}")

    def check(self, actor: Actor, subject: Scoped | Scope | None = None) -> None:
        """Refuse unless the actor may do this to the subject.

        Raises: NotAllowed with the reason; TypeError (a bug) when the policy needs a subject and gets none.
        """
        self.require_role(actor)
        if not self.needs_scope:
            return
        if subject is None:
            raise TypeError(f"policy {self.name} needs the subject whose scope is to be checked")
        if not self.permits(actor, subject):
            raise NotAllowed(actor=actor.label, policy=self.label, reason="该机构或区划不在您的权限范围内")

    def scope_filter(self, actor: Actor, *, path_field: str = "", area_field: str = "") -> Q:
        """The rows to which the actor may do this."""
        return scope_filter(actor, path_field=path_field, area_field=area_field, roles=self.roles)


def all_policies() -> tuple[Policy, ...]:
    """Every policy declared so far, by name."""
    return tuple(_REGISTRY[name] for name in sorted(_REGISTRY))


def guard(actor: Actor, policy: Policy, subject: Scoped | Scope | None = None) -> None:
    """First line of every service: refuse unless the policy lets the actor do this to the subject.

    Raises: NotAllowed.
    """
    policy.check(actor, subject)


def guarded(policy: Policy) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Tie a view (function, or the result of `as_view()`) to a policy: signed in and holding the role.

    The scope of the single record is checked by the service or selector that the view calls.
    Raises: SignInNeeded, NotAllowed; the middleware turns them into the sign-in page or a refusal page.
    """

    def tie(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded_view(request: Any, *args: Any, **kwargs: Any) -> Any:
            actor = getattr(request, "actor", None)
            if actor is None:
                raise SignInNeeded
            policy.require_role(actor)
            return view(request, *args, **kwargs)

        guarded_view.policy = policy  # type: ignore[attr-defined]
        return guarded_view

    return tie


def public(*, reason: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a view open to everybody, with the reason why."""

    def tie(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def public_view(*args: Any, **kwargs: Any) -> Any:
            return view(*args, **kwargs)

        public_view.public_reason = reason  # type: ignore[attr-defined]
        return public_view

    return tie


# Views of libraries that check for themselves; anything else of theirs that gets an address is reported.
PUBLIC_MODULES = {
    "allauth.account.views": "登录、登出、修改密码：由登录组件自行检查会话",
    "allauth.mfa.": "动态口令的启用与使用：由登录组件自行检查会话",
    "allauth.usersessions.views": "本人的登录会话：由登录组件自行检查会话",
    "ninja.openapi.views": "接口说明的首页，不含业务数据",
}


def unguarded_views(urlconf: Any) -> list[str]:
    """Every address whose view has neither a policy nor a stated reason to be public."""
    return [route for route, view in _views(_patterns(urlconf), "") if not _is_accounted_for(view)]


def _patterns(urlconf: Any) -> Any:
    if isinstance(urlconf, str):
        from importlib import import_module

        urlconf = import_module(urlconf)
    return getattr(urlconf, "urlpatterns", urlconf)


def _views(patterns: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    for item in patterns:
        route = f"{prefix}{item.pattern}"
        if hasattr(item, "url_patterns"):
            yield from _views(item.url_patterns, route)
        else:
            yield from ((f"{route} {name}".strip(), view) for name, view in _callables(item.callback))


def _callables(callback: Any) -> Iterator[tuple[str, Any]]:
    """The view itself; of an API path, the function behind each of its operations."""
    closure = getattr(callback, "__closure__", None) or ()
    owners = [cell.cell_contents for cell in closure if hasattr(cell.cell_contents, "operations")]
    if not owners:
        yield "", callback
    for owner in owners:
        for operation in owner.operations:
            yield "/".join(sorted(operation.methods)), operation.view_func


def _is_accounted_for(view: Any) -> bool:
    if getattr(view, "policy", None) is not None or getattr(view, "public_reason", ""):
        return True
    view = getattr(view, "func", view)  # a partial is as open as what it calls
    module = getattr(getattr(view, "view_class", view), "__module__", "")
    return any(module.startswith(prefix) for prefix in PUBLIC_MODULES)


def _scope_of(subject: Scoped | Scope) -> Scope:
    return subject if isinstance(subject, Scope) else subject.scope


MANAGE_USERS = Policy("accounts.manage_users", "管理账号与角色", frozenset({Role.ADMINISTRATOR}), needs_scope=False)
SEE_USERS = Policy(
    "accounts.see_users", "查看账号与角色", frozenset({Role.ADMINISTRATOR, Role.AUDITOR}), needs_scope=False
)
MANAGE_ORGANISATIONS = Policy(
    "accounts.manage_organisations", "维护机构", frozenset({Role.ADMINISTRATOR}), needs_scope=False
)
READ_TRAIL = Policy("accounts.read_trail", "查看审计记录", frozenset({Role.AUDITOR}), needs_scope=False)
VERIFY_TRAIL = Policy(
    "accounts.verify_trail", "核验审计记录", frozenset({Role.AUDITOR, Role.ADMINISTRATOR}), needs_scope=False
)
