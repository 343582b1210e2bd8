"""What follows a choice or a decision: letter, start, contract, the file, and what the person says of it."""

from django.db import models
from django.db.models import F, Q

from rongji.placement.models.candidate import Candidate
from rongji.placement.models.cohort import Post, ReceivingUnit, choices
from rongji.placement.types import SATISFACTION_LABELS


class Placing(models.Model):
    """安置. transfer: number of the hand-over of the file in the register of people, with its receipt there.

    start_due: last day on which the unit is to put the person to work. late_pay: owed by the unit for its delay.
    """

    candidate = models.OneToOneField(Candidate, on_delete=models.PROTECT, related_name="placing")
    unit = models.ForeignKey(ReceivingUnit, on_delete=models.PROTECT, related_name="placings")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="placings")
    decided_on = models.DateField("确定日期")
    letter_number = models.CharField("介绍信编号", max_length=60, blank=True)
    letter_on = models.DateField("介绍信日期", null=True, blank=True)
    start_due = models.DateField("应上岗日期", null=True, blank=True)
    started_on = models.DateField("上岗日期", null=True, blank=True)
    late_pay = models.BooleanField("逾期上岗", default=False)
    contract_from = models.DateField("合同起始", null=True, blank=True)
    contract_to = models.DateField("合同截止", null=True, blank=True)
    transfer_id = models.PositiveBigIntegerField("档案转递", null=True, blank=True)
    satisfaction = models.CharField("满意度", max_length=16, choices=choices(SATISFACTION_LABELS), blank=True)
    asked_on = models.DateField("回访日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "安置"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contract_to__isnull=True) | Q(contract_to__gt=F("contract_from")),
                name="placing_contract_period",
            ),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True) | Q(letter_on__isnull=False), name="placing_letter_before_start"
            ),
            models.CheckConstraint(
                condition=Q(satisfaction="") | Q(asked_on__isnull=False), name="placing_satisfaction_has_a_day"
            ),
        ]
