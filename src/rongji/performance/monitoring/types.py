"""Words of monitoring."""

from django.db import models


class Subject(models.TextChoices):
    """What is watched."""

    PROJECT = "project", "项目资金"
    INDICATOR = "indicator", "绩效指标"
