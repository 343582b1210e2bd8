"""The file of one bureau-year, and the imports that made it what it is."""

from django.db import models

from rongji.accounts.types import Scope


class YearStatus(models.TextChoices):
    """Where the year stands."""

    DRAFT = "draft", "编制中"
    SUBMITTED = "submitted", "已提交"
    FINAL = "final", "已定稿"


class YearFile(models.Model):
    """年度档案: one bureau in one budget year.

    data_version: counts every change of its facts; whoever writes says which one was looked at.
    profile: single facts in words, in order.
    """

    organisation = models.ForeignKey(
        "accounts.Organisation", verbose_name="单位", on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField("年度")
    name = models.CharField("单位名称", max_length=200)
    scheme = models.CharField("评分方案", max_length=64)
    profile = models.JSONField("基本信息", default=dict, blank=True)
    status = models.CharField("状态", max_length=12, choices=YearStatus.choices, default=YearStatus.DRAFT)
    data_version = models.PositiveIntegerField("数据版本", default=0)
    updated_at = models.DateTimeField("更新时间")
    updated_by = models.CharField("更新人", max_length=160)

    class Meta:
        """One file per bureau and year."""

        verbose_name = verbose_name_plural = "年度档案"
        ordering = ["organisation__code", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year"],
                name="one_file_per_bureau_and_year",
                violation_error_message="该单位该年度的档案已经存在。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}{self.year}年度"

    @property
    def scope(self) -> Scope:
        """Where it lies."""
        return self.organisation.scope

    @property
    def is_final(self) -> bool:
        """Whether nothing in it may change."""
        return self.status == YearStatus.FINAL


class ImportBatch(models.Model):
    """导入批次: one file taken over into a bureau-year, and what that changed."""

    year_file = models.ForeignKey(YearFile, verbose_name="年度档案", on_delete=models.CASCADE, related_name="batches")
    file_name = models.CharField("文件名", max_length=255)
    file_digest = models.CharField("文件摘要", max_length=64)
    imported_at = models.DateTimeField("导入时间")
    imported_by = models.CharField("导入人", max_length=160)
    data_version = models.PositiveIntegerField("数据版本")
    figures = models.PositiveIntegerField("数据条数")
    added = models.PositiveIntegerField("新增")
    changed = models.PositiveIntegerField("修改")
    removed = models.PositiveIntegerField("删除")
    warnings = models.PositiveIntegerField("请核对")
    changes = models.JSONField("变化", default=list)

    class Meta:
        """In order of import."""

        verbose_name = verbose_name_plural = "导入批次"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.file_name} {self.imported_at:%Y-%m-%d}"
