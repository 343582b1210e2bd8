"""What is known of a person, each fact dated twice."""

from django.db import models
from django.db.models import Q

from rongji.people.dated import DatedFact, period_constraint
from rongji.people.models.person import Person, choices
from rongji.people.types import ACCOUNT_LABELS, ATTRIBUTE_LABELS, LIFE_EVENT_LABELS, DisabilityCause


class Attribute(DatedFact):
    """Name, birth date, household registration, employment … as they were over time.

    value: plain text; for numbers that must not be read (phone, ID number) it is empty and cipher holds them.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attributes")
    kind = models.CharField("项目", max_length=24, choices=choices(ATTRIBUTE_LABELS))
    value = models.CharField("内容", max_length=120, blank=True)
    cipher = models.TextField("密文", blank=True)
    from_on = models.DateField("起始日期")

    class Meta:
        verbose_name = verbose_name_plural = "基本信息"
        ordering = ["person", "kind", "from_on", "known_on", "id"]
        indexes = [
            models.Index(fields=["person", "kind"], name="attribute_of_person"),
            models.Index(
                fields=["kind", "person", "from_on", "value"],
                condition=Q(superseded_on__isnull=True),
                name="attribute_last_said",
            ),
        ]
        constraints = [DatedFact.dating("attribute")]


class ServicePeriod(DatedFact):
    """服役经历. discharged_on: null while serving. unit_kind, rank and discharge_kind are words of the field."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="service_periods")
    enlisted_on = models.DateField("入伍日期")
    discharged_on = models.DateField("退役日期", null=True, blank=True)
    unit_kind = models.CharField("军兵种", max_length=40, blank=True)
    rank = models.CharField("军衔（职级）", max_length=40, blank=True)
    discharge_kind = models.CharField("退役方式", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "服役经历"
        ordering = ["person", "enlisted_on", "id"]
        indexes = [
            models.Index(
                fields=["discharged_on", "discharge_kind", "person"],
                condition=Q(superseded_on__isnull=True),
                name="service_by_discharge",
            )
        ]
        constraints = [
            DatedFact.dating("service_period"),
            period_constraint("service_period", "enlisted_on", "discharged_on"),
        ]


class Merit(DatedFact):
    """立功受奖. grade: 一等功, 二等功, 三等功, 嘉奖 … as the award rates name it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merits")
    grade = models.CharField("等级", max_length=40)
    awarded_on = models.DateField("授予日期")

    class Meta:
        verbose_name = verbose_name_plural = "立功受奖"
        ordering = ["person", "awarded_on", "id"]
        constraints = [DatedFact.dating("merit")]


class Participation(DatedFact):
    """参战、参试经历. kind: war or nuclear_test; campaign: which one."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="participations")
    kind = models.CharField("类别", max_length=16, choices=[("war", "参战"), ("nuclear_test", "参试")])
    campaign = models.CharField("战役或任务", max_length=80, blank=True)
    from_on = models.DateField("起始日期", null=True, blank=True)
    to_on = models.DateField("结束日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "参战参试经历"
        ordering = ["person", "id"]
        constraints = [DatedFact.dating("participation"), period_constraint("participation", "from_on", "to_on")]


class Identity(DatedFact):
    """身份. A category of `legal/entitlement/categories.yaml`, first and last month inclusive as 202410."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identities")
    category = models.CharField("人员类别", max_length=8)
    first_month = models.PositiveIntegerField("起始月份")
    last_month = models.PositiveIntegerField("终止月份", null=True, blank=True)
    end_reason = models.CharField("终止原因", max_length=80, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "身份"
        ordering = ["person", "first_month", "id"]
        indexes = [
            models.Index(fields=["category", "person"], name="identity_by_category"),
            models.Index(
                fields=["person", "superseded_on", "first_month", "last_month", "category", "known_on"],
                name="identity_counted_by_person",
            ),
            models.Index(
                fields=["first_month", "category", "person"],
                condition=Q(superseded_on__isnull=True),
                name="identity_by_first_month",
            ),
        ]
        constraints = [
            DatedFact.dating("identity"),
            period_constraint("identity", "first_month", "last_month"),
            models.UniqueConstraint(
                fields=["person", "category"],
                condition=Q(superseded_on__isnull=True, last_month__isnull=True),
                name="identity_open_once_per_category",
            ),
        ]


class DisabilityGrade(DatedFact):
    """残疾等级. grade: 1 (heaviest) to 10; decided_on: day of the approval, from which benefits are reckoned."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="disability_grades")
    cause = models.CharField("残疾性质", max_length=8, choices=[(item.value, item.value) for item in DisabilityCause])
    grade = models.PositiveSmallIntegerField("残疾等级")
    decided_on = models.DateField("评定日期")

    class Meta:
        verbose_name = verbose_name_plural = "残疾等级"
        ordering = ["person", "decided_on", "id"]
        constraints = [
            DatedFact.dating("disability_grade"),
            models.CheckConstraint(condition=Q(grade__gte=1, grade__lte=10), name="disability_grade_1_to_10"),
            models.CheckConstraint(
                condition=~Q(cause=DisabilityCause.ILLNESS.value) | Q(grade__lte=6),
                name="disability_by_illness_grade_1_to_6",
            ),
        ]


class Residence(DatedFact):
    """住址与所属服务站. area_code: 9 or 12 digits down to the township or village."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="residences")
    area_code = models.CharField("区划代码", max_length=12, blank=True)
    village = models.CharField("村（社区）", max_length=120, blank=True)
    address = models.CharField("详细地址", max_length=200, blank=True)
    station_code = models.CharField("服务站", max_length=64, blank=True)
    from_on = models.DateField("起始日期")

    class Meta:
        verbose_name = verbose_name_plural = "住址"
        ordering = ["person", "from_on", "id"]
        constraints = [DatedFact.dating("residence")]


class BankAccount(DatedFact):
    """领款账户. The number is ciphertext with a keyed index; tail: its last four digits, as every receipt prints them.

    holder: the name the bank knows, which may be a guardian's when the decision says so.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="bank_accounts")
    kind = models.CharField("账户类别", max_length=24, choices=choices(ACCOUNT_LABELS))
    number_cipher = models.TextField("账号（密文）")
    number_index = models.CharField("账号索引", max_length=64)
    tail = models.CharField("账号尾号", max_length=4)
    bank = models.CharField("开户银行", max_length=80, blank=True)
    holder = models.CharField("户名", max_length=64)
    from_on = models.DateField("启用日期")
    to_on = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "领款账户"
        ordering = ["person", "from_on", "id"]
        indexes = [models.Index(fields=["number_index"], name="bank_account_by_number")]
        constraints = [DatedFact.dating("bank_account"), period_constraint("bank_account", "from_on", "to_on")]


class LifeEvent(DatedFact):
    """死亡、迁入、迁出. other_area: from where or to where, for moves."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="life_events")
    kind = models.CharField("类别", max_length=16, choices=choices(LIFE_EVENT_LABELS))
    happened_on = models.DateField("发生日期")
    other_area = models.CharField("对方县区", max_length=12, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "生卒迁移"
        ordering = ["person", "happened_on", "id"]
        constraints = [
            DatedFact.dating("life_event"),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(kind="died", superseded_on__isnull=True),
                name="life_event_one_death",
            ),
        ]
