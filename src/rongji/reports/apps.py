"""The Django app of report versions."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """自评报告."""

    name = "rongji.reports"
    label = "reports"
    verbose_name = "自评报告"
    default_auto_field = "django.db.models.BigAutoField"
