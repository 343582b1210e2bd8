"""The Django app of this room."""

from django.apps import AppConfig


class PlacementConfig(AppConfig):
    """移交安置."""

    name = "rongji.placement"
    label = "placement"
    verbose_name = "移交安置"
    default_auto_field = "django.db.models.BigAutoField"
