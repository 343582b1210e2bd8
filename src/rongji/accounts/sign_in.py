"""Signing in: closed registration, lock-out, second factor, and every event of it in the audit trail."""

import base64
import hashlib
from datetime import datetime, timedelta
from typing import Any

from allauth.account import signals as account_signals
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.internal import httpkit
from allauth.mfa import signals as mfa_signals
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import transaction

from rongji.accounts import sessions, trail
from rongji.accounts.models import User
from rongji.accounts.types import Actor, Origin, OriginKind
from rongji.kernel import clock

_STRANGER = "未登录者"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in by login name only; accounts are opened by the administrator."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": "密码输错次数过多，账号暂时锁定，请稍后再试或联系系统管理员。",
        "username_password_mismatch": "登录名或密码不正确。",
    }

    def is_open_for_signup(self, request: Any) -> bool:
        """Nobody registers by himself."""
        return False

    def _get_login_attempts_cache_key(self, request: Any, **credentials: Any) -> str:
        """One count per login name; the host name that the client sends must not start a new one."""
        return str(credentials.get("username", "")).strip().lower()

    def pre_authenticate(self, request: Any, **credentials: Any) -> None:
        """Count the attempt; a locked account is refused without looking at the password.

        Raises: ValidationError when locked.
        """
        try:
            super().pre_authenticate(request, **credentials)
        except self.error_class:
            _record(request, None, "accounts.sign_in_locked", f"登录被锁定：{_typed_name(credentials)}", credentials)
            raise

    def authentication_failed(self, request: Any, **credentials: Any) -> None:
        """A wrong password is an entry, too."""
        _record(request, None, "accounts.sign_in_failed", f"登录失败：{_typed_name(credentials)}", credentials)

    @property
    def error_class(self) -> type[Exception]:
        """What `validation_error` makes."""
        return type(self.validation_error("too_many_login_attempts"))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Names on the authenticator, and secrets that a copy of the database alone does not give away."""

    def encrypt(self, text: str) -> str:
        """The secret as it is stored."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as it is used."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: User) -> str:
        """The account as the authenticator shows it."""
        return user.username

    def get_totp_issuer(self) -> str:
        """The system as the authenticator shows it."""
        return str(settings.MFA_TOTP_ISSUER)


def _cipher() -> MultiFernet:
    """Keys made from the signing key and, while it is being changed, from the ones before it."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (hashlib.sha256(f"rongji.second-factor:{secret}".encode()).digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def owes_new_password(user: User, now: datetime) -> bool:
    """Whether the password was set by somebody else or is too old."""
    oldest = settings.RONGJI.password_max_age_days
    if user.must_change_password:
        return True
    changed = user.password_changed_at
    return bool(oldest and changed and now - changed >= timedelta(days=oldest))


def owes_second_factor(user: User) -> bool:
    """Whether this site demands a second factor that the user has not set up."""
    return bool(settings.RONGJI.second_factor_required and not is_mfa_enabled(user))


def web_origin(request: Any) -> Origin:
    """By which door a request came, and from which network address, as far as proxies are trusted."""
    door = OriginKind.API if request.path.startswith("/api/") else OriginKind.WEB
    return Origin(door, httpkit.get_client_ip(request) or "")


def record_sign_in_events() -> None:
    """Connect allauth's events, once, at start."""
    for signal, receiver in (
        (account_signals.user_logged_in, _signed_in),
        (account_signals.user_logged_out, _signed_out),
        (account_signals.password_changed, _password_changed),
        (mfa_signals.authenticator_added, _factor_added),
        (mfa_signals.authenticator_removed, _factor_removed),
        (mfa_signals.authenticator_reset, _factor_reset),
        (mfa_signals.authentication_failed, _factor_failed),
    ):
        signal.connect(receiver, dispatch_uid=f"rongji.{receiver.__name__}")


def _signed_in(sender: Any, request: Any, user: User, **_: Any) -> None:
    with transaction.atomic():
        sessions.begin(request.session, _when(request))
        request.session.save()
        ended = sessions.end_oldest_sessions(user, settings.RONGJI.sessions_per_user, request.session.session_key)
        detail = {"ended_sessions": ended} if ended else {}
        _record(request, user, "accounts.sign_in", f"{user.username} 登录", detail=detail)


def _signed_out(sender: Any, request: Any, user: User | None, **_: Any) -> None:
    if user is not None:
        _record(request, user, "accounts.sign_out", f"{user.username} 退出登录")


def _password_changed(sender: Any, request: Any, user: User, **_: Any) -> None:
    with transaction.atomic():
        user.must_change_password = False
        user.password_changed_at = _when(request)
        user.save(update_fields=["must_change_password", "password_changed_at"])
        detail = {"ended_sessions": sessions.end_all_sessions(user.pk, except_key=request.session.session_key or "")}
        _record(request, user, "accounts.change_password", f"{user.username} 修改密码", detail=detail)


def _factor_added(sender: Any, request: Any, user: User, authenticator: Any, **_: Any) -> None:
    _record_factor(request, user, authenticator, "add_factor", "启用")


def _factor_removed(sender: Any, request: Any, user: User, authenticator: Any, **_: Any) -> None:
    _record_factor(request, user, authenticator, "remove_factor", "停用")


def _factor_reset(sender: Any, request: Any, user: User, authenticator: Any, **_: Any) -> None:
    _record_factor(request, user, authenticator, "reset_factor", "重置")


def _factor_failed(sender: Any, request: Any, user: User, authenticator: Any, **_: Any) -> None:
    _record_factor(request, user, authenticator, "factor_failed", "验证失败")


def _record_factor(request: Any, user: User, authenticator: Any, verb: str, word: str) -> None:
    kind = str(getattr(authenticator, "type", ""))
    _record(request, user, f"accounts.{verb}", f"{user.username} 第二验证因素{word}", detail={"type": kind})


def _record(
    request: Any, user: User | None, action: str, summary: str, credentials: Any = None, detail: Any = None
) -> None:
    actor = Actor(
        name=user.display_name if user else _STRANGER,
        username=user.username if user else "",
        user_id=user.pk if user else None,
        origin=web_origin(request),
        at=_when(request),
    )
    subject = user.username if user else _typed_name(credentials or {})
    with transaction.atomic():
        trail.record(
            actor=actor, action=action, subject_kind="sign_in", subject_id=subject, summary=summary, detail=detail or {}
        )


def _typed_name(credentials: Any) -> str:
    return str(credentials.get("username", "")).strip().lower()[:64]


def _when(request: Any) -> datetime:
    received = getattr(request or context.request, "received_at", None)
    return received or clock.now()
