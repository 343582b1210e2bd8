"""The Django app of this room."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    """业务登记."""

    name = "rongji.services"
    label = "services"
    verbose_name = "业务登记"
    default_auto_field = "django.db.models.BigAutoField"
