"""The Django app of this room."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """发放."""

    name = "rongji.payments"
    label = "payments"
    verbose_name = "发放"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Merges of files ask here first; at start the guard of the runs is looked for."""
        from rongji.payments.merging import register
        from rongji.payments.run_checks import register_check

        register()
        register_check()
