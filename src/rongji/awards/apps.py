"""The Django app of this room."""

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    """待遇."""

    name = "rongji.awards"
    label = "awards"
    verbose_name = "待遇"
    default_auto_field = "django.db.models.BigAutoField"
