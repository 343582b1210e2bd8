"""Plans and readings by month, and the answers to yellow and red lights."""

from django.db import models
from django.db.models import Q

from rongji.performance.monitoring.types import Subject


class Monthly(models.Model):
    """What every row of monitoring names: a subject in a month of a bureau's year."""

    bureau = models.CharField("单位", max_length=64)
    year = models.PositiveSmallIntegerField("年度")
    subject_kind = models.CharField("监控对象", max_length=12, choices=Subject.choices)
    subject_code = models.CharField("编码", max_length=40)
    month = models.PositiveSmallIntegerField("月份")

    class Meta:
        abstract = True


class MonthlyPlan(Monthly):
    """序时计划: what is to be spent or reached in one month, and who answers for it.

    amount: fen for a project; for an indicator its own unit in thousandths, so that it stays whole.
    """

    owner = models.CharField("责任人（股室）", max_length=120)
    amount = models.BigIntegerField("本月计划")

    class Meta:
        app_label = "performance"
        verbose_name = "序时计划"
        ordering = ["bureau", "year", "subject_kind", "subject_code", "month"]
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "year", "subject_kind", "subject_code", "month"], name="monitoring_plan_once"
            ),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="monitoring_plan_month"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="monitoring_plan_not_negative"),
        ]


class IndicatorReading(Monthly):
    """What an indicator had reached by the end of a month (cumulative), in thousandths of its unit."""

    amount = models.BigIntegerField("累计完成")
    recorded_at = models.DateTimeField("填报时间")
    recorded_by = models.CharField("填报人", max_length=160)

    class Meta:
        app_label = "performance"
        verbose_name = "指标进度"
        ordering = ["bureau", "year", "subject_code", "month"]
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "year", "subject_kind", "subject_code", "month"], name="monitoring_reading_once"
            )
        ]


class LightAnswer(Monthly):
    """预警答复: why a light is yellow or red, and what is done until when."""

    light = models.CharField("灯色", max_length=8)
    cause = models.TextField("原因")
    measure = models.TextField("纠偏措施")
    due_on = models.DateField("完成时限")
    answered_at = models.DateTimeField("答复时间")
    answered_by = models.CharField("答复人", max_length=160)

    class Meta:
        app_label = "performance"
        verbose_name = "预警答复"
        ordering = ["bureau", "year", "month", "subject_code", "answered_at"]
