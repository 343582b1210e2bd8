"""Bank batch files and what the bank returns."""

from django.db import models
from django.db.models import F, Q

from rongji.payments.models.run import Payment, PaymentRun, choices
from rongji.payments.types import PAYMENT_STATE_LABELS, PaymentState


class BankBatch(models.Model):
    """送盘批次. One file for the bank with its control totals; the same batch written again is the same bytes."""

    run = models.ForeignKey(PaymentRun, on_delete=models.PROTECT, related_name="batches")
    number = models.CharField("批次号", max_length=40, unique=True)
    attempt = models.PositiveSmallIntegerField("次数", default=1)
    profile = models.CharField("银行接口", max_length=48)
    file_name = models.CharField("文件名", max_length=120)
    file_digest = models.CharField("文件摘要", max_length=64)
    item_count = models.PositiveIntegerField("笔数")
    sum_fen = models.BigIntegerField("总金额（分）")
    made_on = models.DateField("送盘日期")
    made_at = models.DateTimeField("生成时间")

    class Meta:
        verbose_name = verbose_name_plural = "送盘批次"
        ordering = ["run", "attempt"]
        constraints = [models.UniqueConstraint(fields=["run", "attempt"], name="bank_batch_once_per_attempt")]


class BatchItem(models.Model):
    """送盘明细. One payment in one batch: amount and account as sent, and what the bank said of it.

    At most one item of a payment is open (sent, unknown): nobody is sent the same money twice.
    """

    batch = models.ForeignKey(BankBatch, on_delete=models.PROTECT, related_name="items")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="items")
    sequence = models.PositiveIntegerField("序号")
    payee = models.CharField("户名", max_length=64)
    account_cipher = models.TextField("账号（密文）")
    account_index = models.CharField("账号索引", max_length=64)
    account_tail = models.CharField("账号尾号", max_length=4)
    bank = models.CharField("开户银行", max_length=80, blank=True)
    amount_fen = models.BigIntegerField("金额（分）")
    state = models.CharField("状态", max_length=12, choices=choices(PAYMENT_STATE_LABELS), default=PaymentState.SENT)
    paid_fen = models.BigIntegerField("到账（分）", default=0)
    reason = models.CharField("银行说明", max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "送盘明细"
        ordering = ["batch", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "sequence"], name="batch_item_sequence_once"),
            models.UniqueConstraint(fields=["batch", "payment"], name="batch_item_payment_once"),
            models.UniqueConstraint(
                fields=["payment"],
                condition=Q(state__in=[PaymentState.SENT, PaymentState.UNKNOWN]),
                name="batch_item_one_open_per_payment",
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="batch_item_positive"),
            models.CheckConstraint(
                condition=Q(paid_fen__gte=0, paid_fen__lte=F("amount_fen")), name="batch_item_paid_within_amount"
            ),
        ]


class ReturnFile(models.Model):
    """回盘文件. A file of the bank's answers; the same file a second time changes nothing."""

    batch = models.ForeignKey(BankBatch, on_delete=models.PROTECT, related_name="returns")
    file_name = models.CharField("文件名", max_length=255)
    file_digest = models.CharField("文件摘要", max_length=64)
    row_count = models.PositiveIntegerField("行数")
    imported_at = models.DateTimeField("导入时间")
    imported_by = models.CharField("导入人", max_length=160)

    class Meta:
        verbose_name = verbose_name_plural = "回盘文件"
        ordering = ["batch", "id"]
        constraints = [models.UniqueConstraint(fields=["batch", "file_digest"], name="return_file_once")]


class ReturnRow(models.Model):
    """回盘明细. One line of the bank's answer, and which item it was matched to by amount and account, if any.

    finding: what is odd about it (no such payment sent, against an earlier answer), in words; empty when nothing is.
    """

    file = models.ForeignKey(ReturnFile, on_delete=models.PROTECT, related_name="rows")
    row_number = models.PositiveIntegerField("行号")
    item = models.ForeignKey(BatchItem, on_delete=models.PROTECT, null=True, related_name="answers")
    account_tail = models.CharField("账号尾号", max_length=4, blank=True)
    amount_fen = models.BigIntegerField("金额（分）")
    paid_fen = models.BigIntegerField("到账（分）", default=0)
    state = models.CharField("结果", max_length=12, choices=choices(PAYMENT_STATE_LABELS))
    reason = models.CharField("银行说明", max_length=120, blank=True)
    finding = models.CharField("疑点", max_length=160, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "回盘明细"
        ordering = ["file", "row_number"]
        constraints = [models.UniqueConstraint(fields=["file", "row_number"], name="return_row_once")]
