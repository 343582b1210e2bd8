"""Tables of the registers: one small model for every register, its history, its files, and the stamps of its years."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from rongji.accounts.types import Scope
from rongji.people.fields import CodePointText


class Record(models.Model):
    """登记. One row of one register: what its declaration asks for, in `values`, and copies of what lists need.

    values: answers by field, plain JSON (see law.asked). one: the answers that make it the same as another, joined.
    withdrawn_on: taken back, with a reason in its history; it no longer counts.
    """

    register = CodePointText("登记簿", max_length=48)
    bureau = models.CharField("单位", max_length=64)
    scope_path = CodePointText("机构路径", max_length=255)
    area = CodePointText("区划", max_length=12)
    station_code = models.CharField("服务站", max_length=64, blank=True)
    day = models.DateField("日期")
    until = models.DateField("截止日期", null=True, blank=True)
    title = CodePointText("名称", max_length=120, blank=True)
    category = models.CharField("类别", max_length=60, blank=True)
    # most have neither: indexes of their own leave those out, else SQLite would rather walk through everything
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="records", db_index=False
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", db_index=False
    )
    values = models.JSONField("内容", default=dict)
    one = models.CharField("唯一标识", max_length=255, blank=True)
    version = models.PositiveIntegerField("版本", default=1)
    entered_at = models.DateTimeField("登记时间")
    entered_by = models.CharField("登记人", max_length=160)
    withdrawn_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "业务登记"
        ordering = ["-day", "-id"]
        indexes = [
            models.Index(fields=["bureau", "register", "day", "id"], name="record_by_day"),
            models.Index(fields=["bureau", "register", "station_code", "day"], name="record_of_station"),
            models.Index(fields=["bureau", "register", "category", "day"], name="record_of_category"),
            models.Index(fields=["bureau", "register", "title"], name="record_by_title"),
            models.Index(fields=["person", "register"], condition=Q(person__isnull=False), name="record_of_person"),
            models.Index(fields=["parent", "register"], condition=Q(parent__isnull=False), name="record_of_parent"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "register", "one"],
                condition=Q(withdrawn_on__isnull=True) & ~Q(one=""),
                name="record_once",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("day")), name="record_ends_after_it_starts"
            ),
        ]

    @property
    def scope(self) -> Scope:
        """Where the record belongs."""
        return Scope(path=self.scope_path, area=self.area)


class RecordChange(models.Model):
    """登记变更. What a record said before and after; never changed. before is empty for the first entry."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="changes")
    at = models.DateTimeField("时间")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    actor_label = models.CharField("经办", max_length=160)
    before = models.JSONField("变更前", default=dict)
    after = models.JSONField("变更后", default=dict)
    reason = models.CharField("原因", max_length=255, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "登记变更"
        ordering = ["record", "id"]


class RecordFile(models.Model):
    """登记附件. A file that a record rests on; digest: SHA-256 of the stored file."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="files")
    title = models.CharField("题名", max_length=120)
    file_name = models.CharField("文件名", max_length=255)
    digest = models.CharField("摘要", max_length=64)
    added_on = models.DateField("添加日期")
    added_by = models.CharField("添加人", max_length=160)

    class Meta:
        verbose_name = verbose_name_plural = "登记附件"
        ordering = ["record", "id"]


class RegisterYear(models.Model):
    """登记簿年度. Counts writes to a register's records of a year, and keeps what they add up to.

    stamp grows with every write; numbers hold while reckoned_at equals it, so that only what changed is counted again.
    records: how many stand, those withdrawn left out. What lasts beyond its year is told apart in the numbers by the
    year in which it ends, so that the numbers of a year never depend on a later one.
    """

    bureau = models.CharField("单位", max_length=64)
    register = models.CharField("登记簿", max_length=48)
    year = models.PositiveSmallIntegerField("年度")
    stamp = models.PositiveBigIntegerField("变更次数", default=0)
    records = models.PositiveIntegerField("在册条数", default=0)
    reckoned_at = models.PositiveBigIntegerField("计数时的变更次数", null=True)
    reckoned_with = models.CharField("计数时的登记簿摘要", max_length=64, blank=True)
    numbers = models.JSONField("数", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "登记簿年度"
        constraints = [models.UniqueConstraint(fields=["bureau", "register", "year"], name="register_year_once")]
