"""Two-person approval of anything that has a digest."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class ApprovalState(models.TextChoices):
    """Where a proposal stands."""

    PROPOSED = "proposed", "待审批"
    APPROVED = "approved", "已批准"
    REJECTED = "rejected", "已退回"
    WITHDRAWN = "withdrawn", "已撤回"


class Approval(models.Model):
    """提请与审批. One person proposes an act on a subject, another decides; the database holds that they differ.

    digest: of exactly what was shown when it was proposed.
    """

    subject_kind = models.CharField("事项类别", max_length=64)
    subject_id = models.CharField("事项编号", max_length=128)
    subject_label = models.CharField("事项", max_length=200)
    scope_path = models.CharField("机构路径", max_length=255, blank=True)
    scope_area = models.CharField("行政区划代码", max_length=12, blank=True)
    action = models.CharField("动作", max_length=64)
    digest = models.CharField("内容摘要", max_length=64)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="提请人", on_delete=models.PROTECT, related_name="proposals"
    )
    proposed_at = models.DateTimeField("提请时间")
    proposal_note = models.TextField("提请说明", blank=True)
    state = models.CharField("状态", max_length=16, choices=ApprovalState.choices, default=ApprovalState.PROPOSED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="审批人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
    )
    decided_at = models.DateTimeField("审批时间", null=True, blank=True)
    note = models.TextField("审批意见", blank=True)

    class Meta:
        """The two-person rule, held by the database."""

        verbose_name = verbose_name_plural = "提请与审批"
        ordering = ["-proposed_at", "-id"]
        indexes = [models.Index(fields=["subject_kind", "subject_id", "action"], name="approval_subject")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "withdrawn"])
                | (Q(decided_by__isnull=False) & Q(decided_at__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="approval_maker_is_not_checker",
                violation_error_message="提请人不能审批自己提请的事项。",
            ),
            models.CheckConstraint(
                condition=~Q(state="proposed") | Q(decided_by__isnull=True),
                name="approval_open_has_no_decision",
            ),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "action"],
                condition=Q(state="proposed"),
                name="approval_one_open_proposal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_label} {self.action} {self.get_state_display()}"
