"""Django's hook for the inside of the public window."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Forms from the public window, and what is published into it."""

    name = "rongji.intake"
    label = "intake"
    verbose_name = "网上来件与发布"
