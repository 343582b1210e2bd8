"""What was done with a case: acts, papers, letters, and the people who take it."""

from django.conf import settings
from django.db import models

from rongji.casework.models.batch import CaseBatch
from rongji.casework.models.case import Case
from rongji.casework.types import MEMBER_LABELS


class CaseAct(models.Model):
    """办理记录. One act, never changed. values: answers by field, plain JSON; effects: what it did elsewhere.

    days: how long the case had stood since the act before; a hand-over takes none of it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="acts")
    sequence = models.PositiveIntegerField("序号")
    act = models.CharField("办理", max_length=48)
    from_step = models.CharField("原环节", max_length=48, blank=True)
    to_step = models.CharField("现环节", max_length=48)
    on = models.DateField("办理日期")
    days = models.PositiveIntegerField("历时（天）", default=0)
    at = models.DateTimeField("登记时间")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    actor_label = models.CharField("经办", max_length=160)
    values = models.JSONField("填报内容", default=dict)
    note = models.TextField("说明", blank=True)
    decision = models.CharField("文号", max_length=120, blank=True)
    effects = models.JSONField("办理结果", default=list)
    batch = models.ForeignKey(CaseBatch, on_delete=models.PROTECT, null=True, related_name="acts")

    class Meta:
        verbose_name = verbose_name_plural = "办理记录"
        ordering = ["case", "sequence"]
        indexes = [models.Index(fields=["act", "on"], name="case_act_by_day")]
        constraints = [models.UniqueConstraint(fields=["case", "sequence"], name="case_act_once")]


class CasePaper(models.Model):
    """办件材料. A document brought or made; digest: SHA-256 of the stored file, empty for paper only."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField("材料", max_length=48)
    title = models.CharField("题名", max_length=120)
    file_name = models.CharField("文件名", max_length=255, blank=True)
    digest = models.CharField("摘要", max_length=64, blank=True)
    received_on = models.DateField("收到日期")

    class Meta:
        verbose_name = verbose_name_plural = "办件材料"
        ordering = ["case", "id"]


class CaseLetter(models.Model):
    """文书. A letter as it was issued: number, day and paragraphs stay as they were printed.

    series: the pattern of its number; letters of one pattern count together, so that no number is given twice.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    letter = models.CharField("文书", max_length=48)
    bureau = models.CharField("单位", max_length=64)
    series = models.CharField("字号", max_length=120)
    year = models.PositiveSmallIntegerField("年份")
    serial = models.PositiveIntegerField("序号")
    number = models.CharField("文号", max_length=80)
    issued_on = models.DateField("制发日期")
    title = models.CharField("标题", max_length=120)
    paragraphs = models.JSONField("正文", default=list)
    batch = models.ForeignKey(CaseBatch, on_delete=models.PROTECT, null=True, related_name="letters")

    class Meta:
        verbose_name = verbose_name_plural = "文书"
        ordering = ["case", "id"]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "series", "year", "serial"], name="case_letter_serial_once")
        ]


class CaseMember(models.Model):
    """包案、专班. Somebody who takes a case beside its handler, while they do."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="members")
    role = models.CharField("职责", max_length=16, choices=[(str(key), label) for key, label in MEMBER_LABELS.items()])
    name = models.CharField("姓名职务", max_length=80)
    from_on = models.DateField("起始日期")
    to_on = models.DateField("结束日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "包案与专班"
        ordering = ["case", "id"]
