"""The Django app of this room."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """发放."""

    name = "rongji.payments"
    label = "payments"
    verbose_name = "发放"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Merges of files ask here first."""
        from rongji.payments.merging import register

        register()
