"""Acts that were done to many cases at once."""

from django.conf import settings
from django.db import models


class CaseBatch(models.Model):
    """成批办理. One act done to many cases in one go; each case has an act of its own that names it.

    year, serial: of the number, without gaps within a bureau. left: what could not be done and was left out, each
    with its case and the reason, plain JSON.
    """

    bureau = models.CharField("单位", max_length=64)
    number = models.CharField("编号", max_length=40)
    year = models.PositiveSmallIntegerField("编号年份")
    serial = models.PositiveIntegerField("编号序号")
    kind = models.CharField("种类", max_length=48)
    act = models.CharField("办理", max_length=48)
    act_label = models.CharField("办理名称", max_length=80)
    on = models.DateField("办理日期")
    at = models.DateTimeField("登记时间")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    actor_label = models.CharField("经办", max_length=160)
    source = models.CharField("表格", max_length=255, blank=True)
    left = models.JSONField("没有办理的", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "成批办理"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "year", "serial"], name="case_batch_serial_once"),
        ]
