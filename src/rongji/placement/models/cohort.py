"""A cohort to be placed, the units that take people in, their quotas and the posts they offer."""

from django.db import models
from django.db.models import F, Q

from rongji.accounts.types import Scope
from rongji.people.fields import CodePointText
from rongji.placement.types import COHORT_LABELS, UNIT_LABELS, CohortState


def choices(labels: dict) -> list[tuple[str, str]]:
    """Model choices out of a label table."""
    return [(str(key), label) for key, label in labels.items()]


class Cohort(models.Model):
    """批次. Everybody discharged in one season whom a bureau receives.

    known_on: law and facts as known on that day, from the publication on. digest: of the rows of the published points
    sheet, on every print of it.
    """

    bureau = models.CharField("单位", max_length=64)
    scope_path = CodePointText("机构路径", max_length=255)
    area = CodePointText("区划", max_length=12)
    year = models.PositiveSmallIntegerField("退役年度")
    season = models.CharField("退役季次", max_length=12)
    title = models.CharField("名称", max_length=80)
    state = models.CharField("状态", max_length=12, choices=choices(COHORT_LABELS), default=CohortState.PREPARING)
    known_on = models.DateField("法规知悉日", null=True, blank=True)
    published_on = models.DateField("公示日期", null=True, blank=True)
    notice_until = models.DateField("公示截止", null=True, blank=True)
    digest = models.CharField("积分表摘要", max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "安置批次"
        ordering = ["-year", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "year", "season"], name="cohort_once_a_season"),
            models.CheckConstraint(
                condition=Q(notice_until__isnull=True) | Q(notice_until__gte=F("published_on")),
                name="cohort_notice_ends_after_it_starts",
            ),
        ]

    @property
    def scope(self) -> Scope:
        """Where the cohort belongs."""
        return Scope(path=self.scope_path, area=self.area)


class ReceivingUnit(models.Model):
    """接收单位. A unit that takes people in."""

    bureau = models.CharField("单位", max_length=64)
    name = models.CharField("名称", max_length=120)
    kind = models.CharField("性质", max_length=12, choices=choices(UNIT_LABELS))

    class Meta:
        verbose_name = verbose_name_plural = "接收单位"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["bureau", "name"], name="receiving_unit_once")]


class Quota(models.Model):
    """安置计划. How many people of a cohort a unit is to take in."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="quotas")
    unit = models.ForeignKey(ReceivingUnit, on_delete=models.PROTECT, related_name="quotas")
    places = models.PositiveSmallIntegerField("计划人数")

    class Meta:
        verbose_name = verbose_name_plural = "安置计划"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["cohort", "unit"], name="quota_once_per_unit")]


class Post(models.Model):
    """岗位. taken: places of it that were chosen; never more than there are, whoever clicks first.

    withdrawn: places that the unit took back during the session.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(ReceivingUnit, on_delete=models.PROTECT, related_name="posts")
    number = models.PositiveSmallIntegerField("岗位号")
    title = models.CharField("岗位", max_length=80)
    town = models.CharField("工作地点", max_length=80, blank=True)
    requirements = models.CharField("条件", max_length=255, blank=True)
    places = models.PositiveSmallIntegerField("人数")
    taken = models.PositiveSmallIntegerField("已选", default=0)
    withdrawn = models.PositiveSmallIntegerField("撤回", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "岗位"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="post_number_once"),
            models.CheckConstraint(condition=Q(places__gte=1), name="post_takes_somebody"),
            models.CheckConstraint(condition=Q(places__gte=F("taken") + F("withdrawn")), name="post_not_taken_twice"),
        ]
