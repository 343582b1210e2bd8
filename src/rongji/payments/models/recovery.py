"""Overpayments and how they come back: a plan, deductions, repayments, write-offs; never a silent negative."""

from django.db import models
from django.db.models import F, Q

from rongji.payments.models.run import Payment, PaymentRun, choices
from rongji.payments.types import RECOVERY_ENTRY_LABELS, RECOVERY_STATE_LABELS, RecoveryState


class Recovery(models.Model):
    """多发收回. What a run found to have been overpaid to a person, and how much a month may be taken off.

    It stands once its run is approved. monthly_fen: 0 when nothing is taken off (the family of a dead person repays).
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="recoveries")
    run = models.ForeignKey(PaymentRun, on_delete=models.PROTECT, related_name="recoveries")
    reason = models.CharField("原因", max_length=255)
    amount_fen = models.BigIntegerField("应收回（分）")
    recovered_fen = models.BigIntegerField("已收回（分）", default=0)
    monthly_fen = models.BigIntegerField("每月抵扣上限（分）", default=0)
    state = models.CharField("状态", max_length=12, choices=choices(RECOVERY_STATE_LABELS), default=RecoveryState.OPEN)

    class Meta:
        verbose_name = verbose_name_plural = "多发收回"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0, recovered_fen__gte=0, recovered_fen__lte=F("amount_fen")),
                name="recovery_within_amount",
            ),
        ]


class RecoveryEntry(models.Model):
    """收回记录. A deduction counts once its run is approved, and no longer once its payment was cancelled."""

    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField("方式", max_length=12, choices=choices(RECOVERY_ENTRY_LABELS))
    amount_fen = models.BigIntegerField("金额（分）")
    recorded_on = models.DateField("日期")
    run = models.ForeignKey(PaymentRun, on_delete=models.PROTECT, null=True, related_name="deductions")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, null=True, related_name="deductions")
    evidence = models.CharField("凭据", max_length=255, blank=True)
    undone_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "收回记录"
        ordering = ["recovery", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="recovery_entry_positive"),
            models.UniqueConstraint(
                fields=["recovery", "run"], condition=Q(run__isnull=False), name="recovery_deducted_once_per_run"
            ),
        ]
