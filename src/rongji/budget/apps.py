"""The Django app of budget lines, adjustments and postings."""

from django.apps import AppConfig


class BudgetConfig(AppConfig):
    """预算与账务."""

    name = "rongji.budget"
    label = "budget"
    verbose_name = "预算与账务"
    default_auto_field = "django.db.models.BigAutoField"
