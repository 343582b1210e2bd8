"""A person to be placed, the facts for the scoring, and the points sheet."""

from django.db import models
from django.db.models import F, Q

from rongji.placement.models.cohort import Cohort, choices
from rongji.placement.types import CATEGORY_LABELS, STATE_LABELS, CandidateState


class Candidate(models.Model):
    """安置对象. One person received with a cohort. number: on the list, given in order of entry.

    allowance, insurance: the awards of the waiting time, ended when the person starts to work. lot: the number drawn
    where the area lets a lot decide between equals.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="candidates")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="placements")
    number = models.PositiveIntegerField("编号")
    category = models.CharField("类别", max_length=16, choices=choices(CATEGORY_LABELS))
    state = models.CharField("状态", max_length=12, choices=choices(STATE_LABELS), default=CandidateState.WAITING)
    soldier = models.CharField("人员", max_length=12, blank=True)
    approved_on = models.DateField("批准退役日期")
    report_by = models.DateField("应报到日期")
    reported_on = models.DateField("报到日期")
    late_reason = models.CharField("逾期报到原因", max_length=255, blank=True)
    from_area = models.CharField("易地安置原籍", max_length=12, blank=True)
    former_job = models.CharField("原工作", max_length=120, blank=True)
    officer = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="spouses", verbose_name="随调对象"
    )
    note = models.CharField("备注", max_length=255, blank=True)
    lot = models.PositiveIntegerField("抽签号", null=True, blank=True)
    ended_on = models.DateField("办结日期", null=True, blank=True)
    end_reason = models.CharField("办结说明", max_length=255, blank=True)
    allowance = models.ForeignKey("awards.Award", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    insurance = models.ForeignKey("awards.Award", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "安置对象"
        ordering = ["cohort", "number"]
        indexes = [models.Index(fields=["reported_on", "category"], name="candidate_by_arrival")]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="candidate_number_once"),
            models.UniqueConstraint(fields=["cohort", "person"], name="candidate_once_per_person"),
            models.CheckConstraint(
                condition=Q(reported_on__gte=F("approved_on")), name="candidate_reports_after_discharge"
            ),
        ]


class ScoringFact(models.Model):
    """计分事项. What earns points and the register of people does not hold, with its evidence."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="scoring_facts")
    item = models.CharField("项目", max_length=40)
    degree = models.CharField("档次", max_length=40, blank=True)
    count = models.PositiveIntegerField("数量", default=1)
    first_on = models.DateField("起始日期", null=True, blank=True)
    last_on = models.DateField("截止日期", null=True, blank=True)
    evidence = models.CharField("依据材料", max_length=120)
    recorded_on = models.DateField("登记日期")
    withdrawn_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "计分事项"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(count__gte=1), name="scoring_fact_counts_something"),
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")), name="scoring_fact_period"
            ),
        ]


class ScoreSheet(models.Model):
    """积分表. The points of one candidate as reckoned last; digest: of its lines, to which the confirmation belongs.

    score: what is ranked by, with its parts where examinations are held; None while a result is missing, which
    score_trouble says. position, why: the place in the order, from the publication on.
    """

    candidate = models.OneToOneField(Candidate, on_delete=models.PROTECT, related_name="sheet")
    computed_on = models.DateField("核算日期")
    known_on = models.DateField("法规知悉日")
    total = models.DecimalField("总分", max_digits=9, decimal_places=3)
    first = models.CharField("排在最前的荣誉", max_length=40, blank=True)
    lines = models.JSONField("分项", default=list)
    digest = models.CharField("摘要", max_length=64)
    score = models.DecimalField("排序分", max_digits=9, decimal_places=3, null=True, blank=True)
    score_parts = models.JSONField("排序分的构成", default=list, blank=True)
    score_trouble = models.CharField("不能排序的原因", max_length=255, blank=True)
    confirmed_on = models.DateField("本人确认日期", null=True, blank=True)
    confirmed_note = models.CharField("本人意见", max_length=255, blank=True)
    position = models.PositiveIntegerField("名次", null=True, blank=True)
    why = models.CharField("名次说明", max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "积分表"
        ordering = ["position", "id"]


class ExamResult(models.Model):
    """考试考核成绩. What one candidate reached in one examination that the order is made of. marks: None: absent."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="results")
    part = models.CharField("科目", max_length=40)
    marks = models.DecimalField("成绩", max_digits=9, decimal_places=3, null=True, blank=True)
    evidence = models.CharField("依据材料", max_length=120)
    recorded_on = models.DateField("登记日期")

    class Meta:
        verbose_name = verbose_name_plural = "考试考核成绩"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "part"], name="exam_result_once"),
            models.CheckConstraint(condition=Q(marks__isnull=True) | Q(marks__gte=0), name="exam_result_not_negative"),
        ]


class PublishedRows(models.Model):
    """公示积分表的一人. The rows of one candidate on the published sheet, frozen; apart so that lists stay light."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="published_rows")
    position = models.PositiveIntegerField("名次")
    rows = models.JSONField("公示的行")

    class Meta:
        verbose_name = verbose_name_plural = "公示积分表"
        ordering = ["cohort", "position"]
        constraints = [models.UniqueConstraint(fields=["cohort", "position"], name="published_position_once")]
