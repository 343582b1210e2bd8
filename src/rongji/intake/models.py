"""Tables inside: keys to what the window sealed, forms that came in, and what is shown outside."""

from django.db import models
from django.db.models import Q

from rongji.accounts.types import Scope
from rongji.intake.types import IntakeState
from rongji.people.fields import CodePointText


class IntakeKey(models.Model):
    """来件私钥. Opens what was sealed with its public half; cipher: the private half under the site's data keys."""

    fingerprint = models.CharField("指纹", max_length=16, unique=True)
    cipher = models.TextField("私钥（密文）")
    made_at = models.DateTimeField("生成时间")
    made_by = models.CharField("生成人", max_length=160)

    class Meta:
        verbose_name = verbose_name_plural = "来件私钥"
        ordering = ["-made_at", "-id"]


class Intake(models.Model):
    """网上来件. A form that was collected from the window, still sealed until somebody looks at it.

    received_on: day from which the clocks run. clock_note: what is odd about the window's clock. sender: keyed digest
    of name and telephone, by which two forms of one sender are found; empty when the form does not open.
    told, told_on: the words that the window was last given; is_settled: they will not change any more.
    tidied_on: when what was left of its sender was deleted, its time being over.
    """

    number = models.CharField("编号", max_length=24, unique=True)
    bureau = models.CharField("单位", max_length=64)
    scope_path = CodePointText("机构路径", max_length=255)
    area = CodePointText("区划", max_length=12)
    kind = models.CharField("事项", max_length=48)
    received_at = models.DateTimeField("窗口收到时间")
    received_on = models.DateField("收到日期")
    collected_at = models.DateTimeField("取回时间")
    clock_note = models.CharField("时钟说明", max_length=120, blank=True)
    sender = models.CharField("来件人摘要", max_length=64, blank=True, db_index=True)
    state = models.CharField("状态", max_length=12, choices=IntakeState.choices, default=IntakeState.NEW)
    case_id = models.BigIntegerField("办件", null=True)
    reason = models.CharField("理由", max_length=40, blank=True)
    note = models.CharField("内部说明", max_length=255, blank=True)
    decided_at = models.DateTimeField("处理时间", null=True)
    decided_by = models.CharField("处理人", max_length=160, blank=True)
    told = models.CharField("已告知", max_length=200, blank=True)
    told_on = models.DateField("告知日期", null=True)
    is_settled = models.BooleanField("不再变化", default=False)
    tidied_on = models.DateField("清理日期", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "网上来件"
        ordering = ["received_at", "id"]
        indexes = [
            models.Index(fields=["bureau", "received_at", "id"], condition=Q(state="new"), name="intake_queue"),
            models.Index(fields=["id"], condition=Q(is_settled=False), name="intake_to_tell"),
            models.Index(fields=["bureau", "decided_at"], condition=Q(tidied_on__isnull=True), name="intake_to_tidy"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case_id"], condition=Q(case_id__isnull=False), name="intake_one_case"),
            models.CheckConstraint(
                condition=(Q(state="accepted") & Q(case_id__isnull=False))
                | (~Q(state="accepted") & Q(case_id__isnull=True)),
                name="intake_accepted_with_case",
            ),
        ]

    @property
    def scope(self) -> Scope:
        """Where the form belongs."""
        return Scope(path=self.scope_path, area=self.area)


class IntakePart(models.Model):
    """来件密封内容. What was written (position 0) or one file, as sealed outside; gone once it is a case or spam."""

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField("序号")
    sealed = models.BinaryField("密文")

    class Meta:
        verbose_name = verbose_name_plural = "来件密封内容"
        ordering = ["intake", "position"]
        constraints = [models.UniqueConstraint(fields=["intake", "position"], name="intake_part_once")]


class PublicationChoice(models.Model):
    """公开决定. Somebody decided that one thing is shown outside, or is not; without one the usual holds."""

    bureau = models.CharField("单位", max_length=64)
    kind = models.CharField("种类", max_length=8)
    key = models.CharField("标识", max_length=80)
    is_shown = models.BooleanField("公开")
    decided_at = models.DateTimeField("决定时间")
    decided_by = models.CharField("决定人", max_length=160)

    class Meta:
        verbose_name = verbose_name_plural = "公开决定"
        ordering = ["bureau", "kind", "key"]
        constraints = [models.UniqueConstraint(fields=["bureau", "kind", "key"], name="publication_choice_once")]
