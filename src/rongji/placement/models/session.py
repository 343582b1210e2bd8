"""The choosing session: the order of choice, the turns, and the record of every choice, pass and undoing."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from rongji.placement.models.candidate import Candidate
from rongji.placement.models.cohort import Cohort, Post, choices
from rongji.placement.types import SKIP_LABELS, TURN_LABELS, TurnState


class ChoosingSession(models.Model):
    """选岗会. step grows with every act, so that a screen knows when to draw itself anew."""

    cohort = models.OneToOneField(Cohort, on_delete=models.PROTECT, related_name="session")
    held_on = models.DateField("日期")
    venue = models.CharField("地点", max_length=120)
    witness = models.CharField("监督人员", max_length=80)
    opened_by = models.CharField("主持登记", max_length=160)
    opened_at = models.DateTimeField("开始时间")
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    finish_note = models.CharField("结束说明", max_length=255, blank=True)
    step = models.PositiveIntegerField("步数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "选岗会"


class Turn(models.Model):
    """选岗顺序. lap 2: called again at the end, because the first call went by."""

    session = models.ForeignKey(ChoosingSession, on_delete=models.PROTECT, related_name="turns")
    candidate = models.OneToOneField(Candidate, on_delete=models.PROTECT, related_name="turn")
    position = models.PositiveIntegerField("名次")
    lap = models.PositiveSmallIntegerField("轮次", default=1)
    state = models.CharField("状态", max_length=12, choices=choices(TURN_LABELS), default=TurnState.WAITING)
    skip = models.CharField("未选原因", max_length=12, choices=choices(SKIP_LABELS), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "选岗顺序"
        ordering = ["lap", "position"]
        indexes = [models.Index(fields=["session", "state", "lap", "position"], name="turn_by_call")]
        constraints = [
            models.UniqueConstraint(fields=["session", "position"], name="turn_position_once"),
            models.CheckConstraint(condition=Q(lap__in=[1, 2]), name="turn_called_once_or_twice"),
        ]


class Choice(models.Model):
    """选岗记录. One act of a session, never changed but for being undone. post: None for a pass or an absence.

    proxy, authority: who chose in the candidate's stead, and by which letter.
    """

    turn = models.ForeignKey(Turn, on_delete=models.PROTECT, related_name="choices")
    sequence = models.PositiveIntegerField("序号")
    lap = models.PositiveSmallIntegerField("轮次")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="choices")
    skip = models.CharField("未选原因", max_length=12, choices=choices(SKIP_LABELS), blank=True)
    at = models.DateTimeField("时间")
    recorder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    recorder_label = models.CharField("记录人", max_length=160)
    witness = models.CharField("监督人员", max_length=80)
    proxy = models.CharField("代选人", max_length=40, blank=True)
    authority = models.CharField("委托书", max_length=80, blank=True)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    undone_by_label = models.CharField("撤销人", max_length=160, blank=True)
    reason = models.CharField("撤销原因", max_length=255, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "选岗记录"
        ordering = ["turn", "sequence"]
        constraints = [
            models.CheckConstraint(condition=Q(post__isnull=True) ^ Q(skip=""), name="choice_is_a_post_or_a_skip"),
            models.UniqueConstraint(
                fields=["turn"], condition=Q(undone_at__isnull=True, post__isnull=False), name="choice_one_standing"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | ~Q(reason=""), name="choice_undone_with_a_reason"
            ),
            models.CheckConstraint(condition=Q(proxy="") | ~Q(authority=""), name="choice_proxy_has_authority"),
        ]


class PostWithdrawal(models.Model):
    """岗位撤回. A unit took places of a post back while the session ran. document: what the unit wrote."""

    session = models.ForeignKey(ChoosingSession, on_delete=models.PROTECT, related_name="withdrawals")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="withdrawals")
    sequence = models.PositiveIntegerField("序号")
    places = models.PositiveSmallIntegerField("撤回人数")
    at = models.DateTimeField("时间")
    recorder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    recorder_label = models.CharField("记录人", max_length=160)
    witness = models.CharField("监督人员", max_length=80)
    reason = models.CharField("撤回原因", max_length=255)
    document = models.CharField("单位来函", max_length=80)

    class Meta:
        verbose_name = verbose_name_plural = "岗位撤回"
        ordering = ["session", "sequence"]
        constraints = [models.CheckConstraint(condition=Q(places__gte=1), name="post_withdrawal_of_something")]
