"""Tables of awards: periodic benefits with their dated terms, and one-off grants."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from rongji.awards.types import END_LABELS, GRANT_STATE_LABELS, START_LABELS, GrantState, StartKind
from rongji.people.dated import DatedFact, period_constraint


def choices(labels: dict) -> list[tuple[str, str]]:
    """Model choices out of a label table."""
    return [(str(key), label) for key, label in labels.items()]


class Award(models.Model):
    """待遇. A person's entitlement to one periodic benefit in one county; what it amounts to hangs on its terms.

    benefit: id in `legal/entitlement/benefits.yaml`; category: the identity it rests on; area: paying county.
    """

    person = models.ForeignKey("people.Person", verbose_name="人员", on_delete=models.PROTECT, related_name="awards")
    bureau = models.CharField("单位", max_length=64)
    benefit = models.CharField("待遇", max_length=48)
    category = models.CharField("人员类别", max_length=8, blank=True)
    area = models.CharField("发放县区", max_length=12)
    opened_on = models.DateField("登记日期")

    class Meta:
        verbose_name = verbose_name_plural = "待遇"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["person", "benefit"], name="award_of_person"),
            models.Index(fields=["bureau", "benefit"], name="award_by_benefit"),
        ]


class AwardTerm(DatedFact):
    """待遇条件. From which day, at which key of the standard and how many units an award holds, and when it ended.

    standard_key: words of the standard's keys joined by `|` (因战|5), empty when the standard has none.
    basis_on: the day from which the timing rule of the benefit reckons its first month (approval, confirmation …).
    ended_on: the day it ended for `end_kind`; deaths are facts of the person and not repeated here.
    """

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="terms")
    standard_key = models.CharField("标准档次", max_length=48, blank=True)
    units = models.PositiveSmallIntegerField("计发单位数", default=1)
    start_kind = models.CharField("起算原因", max_length=24, choices=choices(START_LABELS), default=StartKind.APPROVED)
    basis_on = models.DateField("起算日期")
    ended_on = models.DateField("终止日期", null=True, blank=True)
    end_kind = models.CharField("终止原因", max_length=24, choices=choices(END_LABELS), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "待遇条件"
        ordering = ["award", "basis_on", "known_on", "id"]
        indexes = [models.Index(fields=["known_on"], name="award_term_by_known")]
        constraints = [
            DatedFact.dating("award_term"),
            period_constraint("award_term", "basis_on", "ended_on"),
            models.CheckConstraint(condition=Q(units__gte=1), name="award_term_has_units"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_kind="") | (Q(ended_on__isnull=False) & ~Q(end_kind="")),
                name="award_term_end_has_a_kind",
            ),
        ]


class Grant(DatedFact):
    """一次性待遇. An amount owed once, as a rule computed it: lump sum, funeral money, merit award, discharge grant …

    key: what makes it one (one death, one discharge, one instalment); a correction supersedes the row of the same key.
    inputs: what the rule was given, plain data; standards: the rows of law it read, as table#row numbers.
    """

    person = models.ForeignKey("people.Person", verbose_name="人员", on_delete=models.PROTECT, related_name="grants")
    bureau = models.CharField("单位", max_length=64)
    benefit = models.CharField("待遇", max_length=48)
    key = models.CharField("事项", max_length=80)
    area = models.CharField("发放县区", max_length=12)
    event_on = models.DateField("事由日期")
    due_month = models.PositiveIntegerField("应发月份")
    amount_fen = models.BigIntegerField("金额（分）")
    rule = models.CharField("规则", max_length=80)
    inputs = models.JSONField("计算依据", default=dict)
    standards = models.JSONField("引用标准", default=list)
    state = models.CharField("状态", max_length=12, choices=choices(GRANT_STATE_LABELS), default=GrantState.DRAFT)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "一次性待遇"
        ordering = ["id"]
        indexes = [models.Index(fields=["bureau", "benefit", "event_on"], name="grant_by_benefit")]
        constraints = [
            DatedFact.dating("grant"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="grant_positive"),
            models.CheckConstraint(
                condition=Q(state=GrantState.DRAFT, approved_by__isnull=True)
                | (Q(state=GrantState.APPROVED, approved_by__isnull=False) & ~Q(approved_by=F("recorded_by"))),
                name="grant_approved_by_somebody_else",
            ),
            models.UniqueConstraint(
                fields=["person", "benefit", "key"],
                condition=Q(superseded_on__isnull=True),
                name="grant_once_per_event",
            ),
        ]
