"""Versions of a bureau's objectives for a year; an approved one is never edited, a change is a new version."""

from django.db import models
from django.db.models import Q


class ObjectiveVersion(models.Model):
    """绩效目标（版本）: the goals and indicators of a year as drafted, proposed or approved.

    content: goals and indicators in canonical form; digest: of that content, which is what gets approved.
    """

    class State(models.TextChoices):
        """Where a version stands."""

        DRAFT = "draft", "草稿"
        PROPOSED = "proposed", "待审批"
        APPROVED = "approved", "已批复"
        REJECTED = "rejected", "已退回"
        SUPERSEDED = "superseded", "已被新版本取代"

    bureau = models.CharField("单位", max_length=64)
    year = models.PositiveSmallIntegerField("年度")
    version = models.PositiveIntegerField("版本")
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.DRAFT)
    reason = models.TextField("调整原因", blank=True)
    content = models.JSONField("目标内容")
    digest = models.CharField("摘要", max_length=64)
    approval_id = models.BigIntegerField("审批", null=True, blank=True)
    drafted_at = models.DateTimeField("起草时间")
    drafted_by = models.CharField("起草人", max_length=160)
    decided_on = models.DateField("批复日期", null=True, blank=True)

    class Meta:
        app_label = "performance"
        verbose_name = "绩效目标版本"
        ordering = ["bureau", "year", "version"]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "year", "version"], name="objective_version_once"),
            models.UniqueConstraint(
                fields=["bureau", "year"], condition=Q(state="approved"), name="objective_one_version_in_force"
            ),
            models.UniqueConstraint(
                fields=["bureau", "year"],
                condition=Q(state__in=["draft", "proposed"]),
                name="objective_one_open_version",
            ),
        ]
