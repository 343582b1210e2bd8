"""The Django app of this room."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """办件."""

    name = "rongji.casework"
    label = "casework"
    verbose_name = "办件"
    default_auto_field = "django.db.models.BigAutoField"
