"""The Django app of this room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """人员与档案."""

    name = "rongji.people"
    label = "people"
    verbose_name = "人员与档案"
    default_auto_field = "django.db.models.BigAutoField"
