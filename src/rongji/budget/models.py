"""Tables of the budget: lines, versions by adjustment, postings of the finance system, opening balances.

All money is whole fen. Units are named by their code, so that records survive a renaming.
"""

from django.db import models
from django.db.models import Q

from rongji.budget.types import DIRECTION_LABELS, FUND_LABELS, KIND_LABELS, LEVEL_LABELS


def choices(labels: dict) -> list[tuple[str, str]]:
    """Model choices out of a label table."""
    return [(str(key), label) for key, label in labels.items()]


class Coded(models.Model):
    """The classification shared by budget lines and postings."""

    unit_code = models.CharField("机构", max_length=64)
    kind = models.CharField("支出类别", max_length=16, choices=choices(KIND_LABELS), blank=True)
    fund = models.CharField("资金来源", max_length=24, choices=choices(FUND_LABELS))
    functional = models.CharField("功能科目", max_length=12, blank=True)
    economic = models.CharField("经济科目", max_length=12, blank=True)
    project = models.CharField("项目", max_length=40, blank=True)

    class Meta:
        abstract = True


class BudgetLine(Coded):
    """预算指标: one purse of the year's budget, by unit, source, codes and project; level: whose money it is."""

    bureau = models.CharField("单位", max_length=64)
    year = models.PositiveSmallIntegerField("年度")
    number = models.CharField("指标编号", max_length=40)
    level = models.CharField("资金级次", max_length=12, choices=choices(LEVEL_LABELS), blank=True)
    initial_fen = models.BigIntegerField("年初预算（分）")

    class Meta:
        verbose_name = "预算指标"
        ordering = ["bureau", "year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "year", "number"], name="budget_line_number_once"),
            models.CheckConstraint(condition=Q(initial_fen__gte=0), name="budget_line_not_negative"),
        ]


class Adjustment(models.Model):
    """预算调整: a document that changes lines; once approved it makes the next version of the budget."""

    class State(models.TextChoices):
        """Where an adjustment stands."""

        PROPOSED = "proposed", "待审批"
        APPROVED = "approved", "已批准"
        REJECTED = "rejected", "已退回"

    bureau = models.CharField("单位", max_length=64)
    year = models.PositiveSmallIntegerField("年度")
    document_number = models.CharField("文号", max_length=80)
    reason = models.TextField("调整原因")
    decided_on = models.DateField("批准日期", null=True, blank=True)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.PROPOSED)
    version = models.PositiveIntegerField("预算版本", null=True, blank=True)
    approval_id = models.BigIntegerField("审批", null=True, blank=True)

    class Meta:
        verbose_name = "预算调整"
        ordering = ["bureau", "year", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "year", "document_number"], name="budget_adjustment_document_once"
            ),
            models.UniqueConstraint(fields=["bureau", "year", "version"], name="budget_version_once"),
            models.CheckConstraint(
                condition=Q(state="approved", version__isnull=False) | ~Q(state="approved"),
                name="budget_approved_has_version",
            ),
        ]


class AdjustmentLine(models.Model):
    """One changed line of an adjustment; the amount is signed."""

    adjustment = models.ForeignKey(Adjustment, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="adjustments")
    amount_fen = models.BigIntegerField("调整金额（分）")

    class Meta:
        verbose_name = "预算调整明细"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["adjustment", "line"], name="budget_adjustment_line_once"),
            models.CheckConstraint(condition=~Q(amount_fen=0), name="budget_adjustment_not_zero"),
        ]


class PostingBatch(models.Model):
    """One import of the finance system's export."""

    bureau = models.CharField("单位", max_length=64)
    year = models.PositiveSmallIntegerField("年度")
    file_name = models.CharField("文件名", max_length=255)
    file_digest = models.CharField("文件摘要", max_length=64)
    row_count = models.PositiveIntegerField("行数")
    imported_at = models.DateTimeField("导入时间")
    imported_by = models.CharField("导入人", max_length=150)

    class Meta:
        verbose_name = "账务导入批次"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "year", "file_digest"], name="budget_posting_file_once")
        ]


class Posting(Coded):
    """账务凭证行: money received or paid, as booked in the finance system."""

    batch = models.ForeignKey(PostingBatch, on_delete=models.PROTECT, related_name="postings")
    bureau = models.CharField("单位", max_length=64)
    year = models.PositiveSmallIntegerField("年度")
    row_number = models.PositiveIntegerField("文件行号")
    voucher = models.CharField("凭证号", max_length=60)
    posted_on = models.DateField("日期")
    direction = models.CharField("方向", max_length=12, choices=choices(DIRECTION_LABELS))
    amount_fen = models.BigIntegerField("金额（分）")
    summary = models.CharField("摘要", max_length=255, blank=True)

    class Meta:
        verbose_name = "账务凭证行"
        ordering = ["posted_on", "voucher", "row_number"]
        indexes = [models.Index(fields=["bureau", "year", "direction", "posted_on"], name="budget_posting_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["batch", "row_number"], name="budget_posting_row_once"),
            models.CheckConstraint(condition=~Q(amount_fen=0), name="budget_posting_not_zero"),
        ]


class OpeningBalance(models.Model):
    """期初结转: only for a bureau's first year here; later years open with the close of the year before."""

    bureau = models.CharField("单位", max_length=64)
    year = models.PositiveSmallIntegerField("年度")
    unit_code = models.CharField("机构", max_length=64)
    project = models.CharField("项目", max_length=40, blank=True)
    amount_fen = models.BigIntegerField("金额（分）")
    evidence = models.CharField("依据", max_length=255)

    class Meta:
        verbose_name = "期初结转"
        ordering = ["bureau", "year", "unit_code", "project"]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "year", "unit_code", "project"], name="budget_opening_once")
        ]
