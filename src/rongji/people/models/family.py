"""Families and households, with dated membership and roles."""

from django.db import models

from rongji.people.dated import DatedFact, period_constraint
from rongji.people.models.person import Person


class Family(models.Model):
    """家庭（户）. kind: household (户口) or family of a martyr, of a conscript …"""

    bureau = models.CharField("单位", max_length=64)
    number = models.CharField("户号", max_length=32)
    kind = models.CharField("类别", max_length=24, default="household")

    class Meta:
        verbose_name = verbose_name_plural = "家庭"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["bureau", "number"], name="family_number_once")]


class FamilyMember(DatedFact):
    """家庭成员. role: 户主, 配偶, 父, 母, 子女, 义务兵, 烈士遗孀 …"""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField("与户主关系", max_length=24)
    from_on = models.DateField("起始日期")
    to_on = models.DateField("终止日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "家庭成员"
        ordering = ["family", "from_on", "id"]
        constraints = [DatedFact.dating("family_member"), period_constraint("family_member", "from_on", "to_on")]
