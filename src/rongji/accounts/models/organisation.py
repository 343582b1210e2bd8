"""The tree of bureau, sections, subordinate units and stations, by which rows are scoped."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from rongji.accounts.scoping import scope_filter
from rongji.accounts.types import Actor, Scope

models.CharField.register_lookup(Length)
area_code_validator = RegexValidator(r"^\d{6,12}$", "行政区划代码应为 6 到 12 位数字。")


class OrganisationKind(models.TextChoices):
    """What an organisation is."""

    BUREAU = "bureau", "局"
    SECTION = "section", "股室"
    UNIT = "unit", "所属单位"
    STATION = "station", "服务中心（站）"


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Reads over the tree."""

    def visible_to(self, actor: Actor) -> "OrganisationQuerySet":
        """The organisations inside the scope of any business role of the actor."""
        return self.filter(scope_filter(actor, path_field="path", area_field="area_code"))

    def below(self, organisation: "Organisation") -> "OrganisationQuerySet":
        """The organisation and everything under it."""
        return self.filter(path__startswith=organisation.path)


class Organisation(models.Model):
    """机构. A bureau, one of its sections, a subordinate unit or a service station.

    path: materialised path of identifiers, `/1/5/12/`, so that a subtree is one prefix.
    keeps_own_accounts: units without own accounts are consolidated into the bureau proper.
    """

    code = models.CharField("机构编码", max_length=64, unique=True)
    name = models.CharField("机构名称", max_length=200)
    kind = models.CharField("类别", max_length=16, choices=OrganisationKind.choices)
    parent = models.ForeignKey(
        "self", verbose_name="上级机构", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    area_code = models.CharField("行政区划代码", max_length=12, validators=[area_code_validator])
    keeps_own_accounts = models.BooleanField("是否单独核算", default=True)
    path = models.CharField("路径", max_length=255, blank=True, default="", editable=False, db_index=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        """Order and the shapes the database itself holds."""

        verbose_name = verbose_name_plural = "机构"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(area_code__length__gte=6) & Q(area_code__length__lte=12),
                name="organisation_area_code_has_6_to_12_digits",
                violation_error_message="行政区划代码应为 6 到 12 位数字。",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=False) | Q(kind="bureau"),
                name="organisation_only_a_bureau_stands_alone",
                violation_error_message="除局以外，机构都要有上级机构。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store, and write the path on first saving, when the identifier is known."""
        super().save(*args, **kwargs)
        if not self.path:
            self.path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
            super().save(update_fields=["path"])

    @property
    def scope(self) -> Scope:
        """Where this organisation lies."""
        return Scope(path=self.path, area=self.area_code)


class AreaCodePeriod(models.Model):
    """行政区划代码沿革: under which area code an organisation stood, and from when."""

    organisation = models.ForeignKey(
        Organisation, verbose_name="机构", on_delete=models.PROTECT, related_name="area_codes"
    )
    area_code = models.CharField("行政区划代码", max_length=12, validators=[area_code_validator])
    effective_on = models.DateField("启用日期")
    act = models.CharField("依据", max_length=200, blank=True)

    class Meta:
        """One code per organisation and day."""

        verbose_name = verbose_name_plural = "行政区划代码沿革"
        ordering = ["organisation", "effective_on"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "effective_on"], name="one_area_code_per_day"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.area_code} {self.effective_on}"
