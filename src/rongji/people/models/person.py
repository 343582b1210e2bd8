"""A person, the change log of people, merges of duplicates and imports of rosters."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from rongji.accounts.types import Scope
from rongji.people.fields import CodePointText
from rongji.people.types import SEX_LABELS


def choices(labels: dict) -> list[tuple[str, str]]:
    """Model choices out of a label table."""
    return [(str(key), label) for key, label in labels.items()]


class Person(models.Model):
    """人员. One living or dead person, with what is searched for; everything that changes is a dated fact beside it.

    number: of the file, unique within a bureau; other_initials: by another reading of the surname; village_proper: the
    village without its town. Name, initials, village and station are copies of the facts as known last, kept for
    search and lists. id_cipher and phone_cipher hold ciphertext; the *_index columns are keyed digests, by which an
    exact number, or its last four digits, is found without the database holding it.
    area: code of the county that looks after the person, never taken from the ID number.
    """

    bureau = models.CharField("单位", max_length=64)
    number = CodePointText("档案号", max_length=32)
    name = CodePointText("姓名", max_length=64)
    initials = CodePointText("姓名首字母", max_length=64, blank=True)
    other_initials = CodePointText("姓名首字母（另一读音）", max_length=64, blank=True)
    sex = models.CharField("性别", max_length=8, choices=choices(SEX_LABELS))
    born_on = models.DateField("出生日期")
    died_on = models.DateField("死亡日期", null=True, blank=True)
    id_cipher = models.TextField("身份证号（密文）", blank=True)
    id_index = models.CharField("身份证号索引", max_length=64, blank=True)
    id_tail_index = models.CharField("身份证号尾号索引", max_length=64, blank=True)
    phone_cipher = models.TextField("联系电话（密文）", blank=True)
    phone_index = models.CharField("联系电话索引", max_length=64, blank=True)
    phone_tail_index = models.CharField("联系电话尾号索引", max_length=64, blank=True)
    area_code = models.CharField("居住地区划", max_length=12, blank=True)
    village = CodePointText("村（社区）", max_length=120, blank=True)
    village_proper = CodePointText("村（社区）本名", max_length=120, blank=True)
    area = CodePointText("管理县区", max_length=12)
    scope_path = CodePointText("机构路径", max_length=255, blank=True)
    station_code = models.CharField("服务站", max_length=64, blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name="并入",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="absorbed",
        db_index=False,  # nearly all are null, and SQLite would take its index for "is null" before any other
    )
    registered_on = models.DateField("建档日期")

    parts_left: frozenset[str] = frozenset()  # of this write; not kept

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["name", "id"], name="person_by_name"),
            models.Index(fields=["initials", "id"], name="person_by_initials"),
            models.Index(fields=["other_initials", "id"], name="person_by_other_initials"),
            models.Index(fields=["village", "id"], name="person_by_village"),
            models.Index(fields=["village_proper", "id"], name="person_by_village_proper"),
            models.Index(fields=["number", "id"], name="person_by_number"),
            models.Index(fields=["id_index"], name="person_by_id_number"),
            models.Index(fields=["id_tail_index", "id"], name="person_by_id_tail"),
            models.Index(fields=["phone_index", "id"], name="person_by_phone"),
            models.Index(fields=["phone_tail_index", "id"], name="person_by_phone_tail"),
            models.Index(fields=["station_code", "id"], name="person_by_station"),
            models.Index(fields=["scope_path", "id"], name="person_by_scope"),
            models.Index(fields=["area", "id"], name="person_by_area"),
            models.Index(fields=["born_on", "id"], name="person_by_birth"),
            models.Index(
                fields=["bureau", "station_code", "id", "registered_on", "died_on"],
                condition=Q(merged_into__isnull=True),
                name="person_counted_by_station",
            ),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="person_by_merged_into"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "number"], name="person_number_once"),
            models.UniqueConstraint(
                fields=["bureau", "id_index"],
                condition=~Q(id_index="") & Q(merged_into__isnull=True),
                name="person_one_file_per_id_number",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="person_not_merged_into_itself"),
            models.CheckConstraint(
                condition=Q(died_on__isnull=True) | Q(died_on__gte=F("born_on")), name="person_dies_after_birth"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.number}）"

    @property
    def scope(self) -> Scope:
        """Where the person is looked after."""
        return Scope(path=self.scope_path, area=self.area)

    @property
    def part(self) -> str:
        """The part of the register in which the person stands, as the trail's stamps name it."""
        return f"{self.bureau}/{at_station(self.station_code)}"

    @property
    def parts(self) -> frozenset[str]:
        """The parts that a write to the person changes: where they stand, and where they stood before it."""
        return self.parts_left | {self.part}


def at_station(code: str) -> str:
    """The part of a bureau's register that stands under one station, '' for those under none."""
    return f"station:{code}"


class Change(models.Model):
    """异动. What changed for a person, from which month it tells on payments; the payroll review reads it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField("类别", max_length=32)
    known_on = models.DateField("获知日期")
    true_from = models.DateField("生效日期")
    summary = models.CharField("说明", max_length=255)
    actor_label = models.CharField("经办", max_length=160)

    class Meta:
        verbose_name = verbose_name_plural = "人员异动"
        ordering = ["-known_on", "-id"]
        indexes = [models.Index(fields=["known_on", "kind"], name="change_by_day")]


class Merge(models.Model):
    """合并. Two files of one person made one; what was moved is listed, so that it can be taken apart again."""

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_kept")
    absorbed = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_absorbed")
    moved = models.JSONField("移动的记录", default=dict)
    reason = models.CharField("理由", max_length=255)
    merged_on = models.DateField("合并日期")
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    undone_on = models.DateField("拆分日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "档案合并"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_on__isnull=True), name="merge_absorbed_once"
            ),
            models.CheckConstraint(condition=~Q(kept=F("absorbed")), name="merge_of_two"),
        ]


class RosterImport(models.Model):
    """花名册导入. One committed roster: its file and what it changed."""

    bureau = models.CharField("单位", max_length=64)
    file_name = models.CharField("文件名", max_length=255)
    file_digest = models.CharField("文件摘要", max_length=64)
    row_count = models.PositiveIntegerField("行数")
    added = models.PositiveIntegerField("新增")
    changed = models.PositiveIntegerField("变更")
    unchanged = models.PositiveIntegerField("未变")
    imported_at = models.DateTimeField("导入时间")
    imported_by = models.CharField("导入人", max_length=160)

    class Meta:
        verbose_name = verbose_name_plural = "花名册导入"
        ordering = ["-id"]
