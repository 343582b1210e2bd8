"""Django's hook for the performance app."""

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    """绩效: the year as figures, objectives, monitoring and evaluation."""

    name = "rongji.performance"
    label = "performance"
    verbose_name = "绩效"
    default_auto_field = "django.db.models.BigAutoField"
