"""A case, the times somebody came about it, and its clocks."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from rongji.accounts.types import Scope
from rongji.casework.types import SATISFACTION_LABELS, part_of
from rongji.people.fields import CodePointText


class Case(models.Model):
    """办件. One matter under one version of its kind; what was done with it stands in its acts.

    step, outcome, due_on and the like are copies of what the acts say, kept for lists. due_on: of the clock that runs
    out first, null when none runs or all stand still; amber_on: from when its light is amber. values: answers by
    field, plain JSON, those of the acts over those of the application. year, serial: of the number, without gaps
    within bureau and kind. legacy_since: the day an old matter (历史遗留) first arose.
    contact_cipher holds ciphertext. intake: code of the public window, unique.
    """

    bureau = models.CharField("单位", max_length=64)
    number = CodePointText("编号", max_length=40)
    kind = models.CharField("种类", max_length=48)
    version = models.CharField("版本", max_length=32)
    year = models.PositiveSmallIntegerField("编号年份")
    serial = models.PositiveIntegerField("编号序号")
    title = models.CharField("事项", max_length=200)
    channel = models.CharField("渠道", max_length=24)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    applicant = CodePointText("申请人", max_length=64, blank=True)
    contact_cipher = models.TextField("联系方式（密文）", blank=True)
    station_code = models.CharField("服务站", max_length=64, blank=True)
    scope_path = CodePointText("机构路径", max_length=255)
    area = CodePointText("区划", max_length=12)
    received_on = models.DateField("收到日期")
    entered_at = models.DateTimeField("登记时间")
    step = models.CharField("环节", max_length=48)
    is_open = models.BooleanField("在办", default=True)
    is_paused = models.BooleanField("中止", default=False)
    outcome = models.CharField("结果", max_length=40, blank=True)
    decision = models.CharField("文号", max_length=120, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    due_on = models.DateField("到期日", null=True, blank=True)
    amber_on = models.DateField("预警日", null=True, blank=True)
    due_clock = models.CharField("到期时限", max_length=48, blank=True)
    was_late = models.BooleanField("曾超期", default=False)
    handler = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    values = models.JSONField("填报内容", default=dict)
    external_number = models.CharField("外部工单号", max_length=64, blank=True)
    assigned_by = models.CharField("交办单位", max_length=80, blank=True)
    campaign = models.CharField("专项行动", max_length=80, blank=True)
    legacy_since = models.DateField("历史遗留起始", null=True, blank=True)
    satisfaction = models.CharField(
        "满意度", max_length=16, blank=True, choices=[(str(key), label) for key, label in SATISFACTION_LABELS.items()]
    )
    rated_on = models.DateField("评价日期", null=True, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="follow_ups")
    intake = models.CharField("网上受理码", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "办件"
        ordering = ["-received_on", "-id"]
        indexes = [
            models.Index(fields=["bureau", "kind", "received_on"], name="case_by_kind"),
            models.Index(fields=["bureau", "closed_on"], name="case_by_closing"),
            models.Index(fields=["bureau", "kind", "closed_on"], name="case_of_kind_by_closing"),
            models.Index(fields=["bureau", "rated_on"], condition=Q(rated_on__isnull=False), name="case_by_rating"),
            models.Index(fields=["bureau", "due_on", "id"], condition=Q(is_open=True), name="case_inbox"),
            models.Index(fields=["handler", "due_on"], condition=Q(is_open=True), name="case_of_handler"),
            models.Index(fields=["bureau", "received_on", "id"], name="case_by_receipt"),
            models.Index(fields=["station_code", "received_on"], name="case_of_station"),
            models.Index(fields=["handler", "received_on"], name="case_by_handler"),
            models.Index(fields=["bureau", "channel", "received_on"], name="case_by_channel"),
            models.Index(fields=["bureau", "campaign", "received_on"], condition=~Q(campaign=""), name="case_campaign"),
            models.Index(fields=["bureau", "received_on"], condition=Q(legacy_since__isnull=False), name="case_legacy"),
            models.Index(fields=["bureau", "title"], name="case_by_title"),
            models.Index(fields=["bureau", "applicant"], name="case_by_applicant"),
            models.Index(
                fields=["bureau", "external_number"], condition=~Q(external_number=""), name="case_by_external"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "number"], name="case_number_once"),
            models.UniqueConstraint(fields=["bureau", "kind", "year", "serial"], name="case_serial_once"),
            models.UniqueConstraint(fields=["intake"], condition=~Q(intake=""), name="case_intake_once"),
            models.CheckConstraint(
                condition=Q(is_open=True, closed_on__isnull=True, outcome="")
                | (Q(is_open=False, closed_on__isnull=False) & ~Q(outcome="")),
                name="case_closed_with_outcome",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("received_on")),
                name="case_closes_after_receipt",
            ),
        ]

    @property
    def scope(self) -> Scope:
        """Where the case belongs."""
        return Scope(path=self.scope_path, area=self.area)

    @property
    def part(self) -> str:
        """The part of the room that changes with the case, as the trail's stamps name it."""
        return part_of(self.bureau, self.kind)


class CaseContact(models.Model):
    """来访来电. One time that people came, called or wrote about a case: 批次 counts rows, 人次 adds up people."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="contacts")
    on = models.DateField("日期")
    channel = models.CharField("渠道", max_length=24)
    people = models.PositiveIntegerField("人数", default=1)
    note = models.CharField("说明", max_length=255, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "来访来电"
        ordering = ["case", "on", "id"]
        indexes = [models.Index(fields=["on"], name="case_contact_by_day")]
        constraints = [models.CheckConstraint(condition=Q(people__gte=1), name="case_contact_of_somebody")]


class CaseClock(models.Model):
    """时限. One running of one clock. row: the row of law it was reckoned with; due_on moves by pause and extension.

    row: act and place of the limit in the law; extension in `amount`'s counting. paused_on: since when it stands still,
    null while it runs. pauses: the days on which each pause that ended began and ended.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clocks")
    clock = models.CharField("时限", max_length=48)
    row = models.CharField("依据", max_length=120)
    amount = models.PositiveIntegerField("期限")
    count = models.CharField("计法", max_length=16)
    started_on = models.DateField("起算日期")
    pauses = models.JSONField("中止期间", default=list)
    paused_on = models.DateField("中止日期", null=True, blank=True)
    extended_by = models.PositiveIntegerField("延长", default=0)
    due_on = models.DateField("到期日")
    is_provisional = models.BooleanField("放假安排未公布", default=False)
    stopped_on = models.DateField("完成日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "时限"
        ordering = ["case", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "clock"], condition=Q(stopped_on__isnull=True), name="case_clock_runs_once"
            ),
        ]
