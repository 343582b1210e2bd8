"""Django's hook for the accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, roles, approvals and the audit trail."""

    name = "rongji.accounts"
    verbose_name = "账号与审计"

    def ready(self) -> None:
        """Let sign-in events reach the audit trail, and have the database's own guards checked at start."""
        from rongji.accounts import sign_in, trail_guards

        sign_in.record_sign_in_events()
        trail_guards.register_check()
