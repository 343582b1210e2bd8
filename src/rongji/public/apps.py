"""Django's hook for the public window."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Pages for everybody, and sealed forms."""

    name = "rongji.public"
    label = "public"
    verbose_name = "网上窗口"
