"""Django's hook for the web pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, templates and browser files."""

    name = "rongji.web"
    verbose_name = "网页"
