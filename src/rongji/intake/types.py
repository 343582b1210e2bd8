"""Words of the intake that other rooms may use."""

from django.db import models


class IntakeState(models.TextChoices):
    """What became of a form."""

    NEW = "new", "待处理"
    ACCEPTED = "accepted", "已转办件"
    REFUSED = "refused", "未受理"
    SPAM = "spam", "无效"
