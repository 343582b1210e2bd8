"""Rounds of the yearly confirmation (年度确认) and what each found of each person."""

from django.db import models

from rongji.people.models.person import Person, choices
from rongji.people.types import CONFIRMATION_LABELS


class ConfirmationRound(models.Model):
    """年度确认. One round of a bureau; closed when everybody on it has a result or the bureau says so."""

    bureau = models.CharField("单位", max_length=64)
    year = models.PositiveSmallIntegerField("年度")
    opened_on = models.DateField("开始日期")
    closed_on = models.DateField("结束日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "年度确认"
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["bureau", "year"], name="confirmation_round_once_a_year")]


class Confirmation(models.Model):
    """确认结果. result: empty while it is open."""

    round = models.ForeignKey(ConfirmationRound, on_delete=models.PROTECT, related_name="confirmations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="confirmations")
    result = models.CharField("结果", max_length=16, choices=choices(CONFIRMATION_LABELS), blank=True)
    confirmed_on = models.DateField("确认日期", null=True, blank=True)
    method = models.CharField("方式", max_length=40, blank=True)
    note = models.CharField("说明", max_length=255, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "确认结果"
        ordering = ["id"]
        indexes = [models.Index(fields=["round", "person", "result"], name="confirmation_counted")]
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="confirmation_once_per_person")]
