"""Versions of reports: what was frozen, its digest, and the files that were made from it. Nothing frozen is edited."""

from django.db import models
from django.db.models import Q


class ReportVersion(models.Model):
    """自评报告（版本）: figures, texts, evaluation and form as they stood when somebody finalised them.

    content: everything the report rests on, canonical; digest: of that content, which is what gets approved.
    """

    class State(models.TextChoices):
        """Where a version stands."""

        PROPOSED = "proposed", "待审批"
        APPROVED = "approved", "已批准"
        REJECTED = "rejected", "已退回"
        SUPERSEDED = "superseded", "已被新版本取代"

    bureau = models.CharField("单位", max_length=64)
    year = models.PositiveSmallIntegerField("年度")
    form = models.CharField("表式", max_length=64)
    number = models.PositiveIntegerField("版本")
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.PROPOSED)
    content = models.JSONField("冻结内容")
    digest = models.CharField("摘要", max_length=64)
    approval_id = models.BigIntegerField("审批", null=True, blank=True)
    finalised_at = models.DateTimeField("定稿时间")
    finalised_by = models.CharField("定稿人", max_length=160)
    decided_at = models.DateTimeField("审批时间", null=True, blank=True)
    decided_by = models.CharField("审批人", max_length=160, blank=True)
    note = models.TextField("意见", blank=True)

    class Meta:
        """One version per number, at most one open and one in force per bureau, year and form."""

        verbose_name = verbose_name_plural = "自评报告版本"
        ordering = ["bureau", "year", "form", "number"]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "year", "form", "number"], name="report_version_once"),
            models.UniqueConstraint(
                fields=["bureau", "year", "form"], condition=Q(state="proposed"), name="report_one_open_version"
            ),
            models.UniqueConstraint(
                fields=["bureau", "year", "form"], condition=Q(state="approved"), name="report_one_version_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bureau} {self.year} {self.form} 第 {self.number} 版"


class ReportFile(models.Model):
    """报告文件: one file of a version, byte for byte as it was approved."""

    version = models.ForeignKey(ReportVersion, verbose_name="版本", on_delete=models.PROTECT, related_name="files")
    name = models.CharField("文件名", max_length=160)
    content = models.BinaryField("内容")
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        """One file per name and version."""

        verbose_name = verbose_name_plural = "报告文件"
        ordering = ["version", "name"]
        constraints = [models.UniqueConstraint(fields=["version", "name"], name="report_file_once")]

    def __str__(self) -> str:
        return self.name
