"""The file of a person (一人一档): its items, scans, where they are and to whom they went."""

from django.db import models
from django.db.models import Q

from rongji.people.models.person import Person, choices
from rongji.people.types import ARCHIVE_LABELS, ArchiveState


class ArchiveItem(models.Model):
    """档案材料. scan_digest: SHA-256 of the stored scan, empty while there is none; index_terms: to find it by."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="archive_items")
    kind = models.CharField("材料类别", max_length=40)
    title = models.CharField("题名", max_length=120)
    dated_on = models.DateField("形成日期", null=True, blank=True)
    state = models.CharField("状态", max_length=16, choices=choices(ARCHIVE_LABELS), default=ArchiveState.PRESENT)
    location = models.CharField("存放位置", max_length=80, blank=True)
    pages = models.PositiveIntegerField("页数", default=0)
    scan_digest = models.CharField("扫描件摘要", max_length=64, blank=True)
    scan_name = models.CharField("扫描件文件名", max_length=255, blank=True)
    scanned_on = models.DateField("扫描日期", null=True, blank=True)
    index_terms = models.CharField("检索词", max_length=255, blank=True)
    recorded_on = models.DateField("登记日期")

    class Meta:
        verbose_name = verbose_name_plural = "档案材料"
        ordering = ["person", "kind", "id"]
        indexes = [
            models.Index(fields=["person", "recorded_on", "scanned_on", "state"], name="archive_counted_by_person"),
            models.Index(
                fields=["scanned_on", "person", "kind", "pages"],
                condition=Q(scanned_on__isnull=False),
                name="archive_by_scan",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(scan_digest="") | Q(scanned_on__isnull=False), name="archive_scan_has_a_day"
            )
        ]


class ArchiveTransfer(models.Model):
    """档案转递. Who handed a person's file to whom, and the receipt that came back."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="archive_transfers")
    from_body = models.CharField("移交单位", max_length=120)
    to_body = models.CharField("接收单位", max_length=120)
    sent_on = models.DateField("寄出日期")
    receipt_on = models.DateField("回执日期", null=True, blank=True)
    receipt = models.CharField("回执编号", max_length=80, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "档案转递"
        ordering = ["person", "sent_on", "id"]
