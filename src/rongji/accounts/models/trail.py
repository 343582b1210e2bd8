"""One append-only, hash-chained entry per write."""

from collections.abc import Iterable
from typing import Any, NoReturn

from django.db import models

from rongji.accounts.refusals import TrailIsAppendOnly


class TrailQuerySet(models.QuerySet["TrailEntry"]):
    """Reads, and nothing but the one way to add."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused: entries are never changed."""
        raise TrailIsAppendOnly

    def delete(self) -> NoReturn:
        """Refused: entries are never deleted."""
        raise TrailIsAppendOnly

    def bulk_update(self, *_: Any, **__: Any) -> NoReturn:
        """Refused: entries are never changed."""
        raise TrailIsAppendOnly

    def bulk_create(self, objs: Iterable["TrailEntry"], *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: each entry is added by `record`, which knows the head of the chain."""
        raise TrailIsAppendOnly


class TrailEntry(models.Model):
    """审计记录. Who did what to what, when, from where; chained to the entry before it.

    sequence: 1, 2, 3 … without a gap. detail: the changed fields, JSON without floats.
    Unit of digests: SHA-256 in hex.
    """

    sequence = models.BigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间", db_index=True)
    actor_id = models.BigIntegerField("账号编号", null=True)
    actor_label = models.CharField("操作人", max_length=160)
    origin = models.CharField("来源", max_length=255)
    action = models.CharField("动作", max_length=64, db_index=True)
    subject_kind = models.CharField("对象类别", max_length=64)
    subject_id = models.CharField("对象编号", max_length=128)
    summary = models.TextField("摘要")
    before_digest = models.CharField("改前摘要", max_length=64, blank=True)
    after_digest = models.CharField("改后摘要", max_length=64, blank=True)
    detail = models.JSONField("明细", default=dict)
    previous_hash = models.CharField("上一条哈希", max_length=64, unique=True)
    hash = models.CharField("哈希", max_length=64, unique=True)

    objects = TrailQuerySet.as_manager()

    class Meta:
        """A fork of the chain cannot be stored: two entries with one predecessor violate a unique key."""

        verbose_name = verbose_name_plural = "审计记录"
        ordering = ["sequence"]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="trail_subject")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.summary}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new entry; an existing one is refused."""
        if not self._state.adding:
            raise TrailIsAppendOnly
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: entries are never deleted."""
        raise TrailIsAppendOnly


ANYWHERE = "*"
"""In the place of a part: what changed may lie in any."""


class RoomStamp(models.Model):
    """房间戳. The hash of the last entry of a room (`people` …), or of a part that writes name (`yunhu/petition`).

    The same again only while nothing was written there. part: empty for the whole room, ANYWHERE for a write that names
    none.
    """

    room = models.CharField("房间", max_length=32)
    part = models.CharField("其中", max_length=128, blank=True)
    hash = models.CharField("最后一条哈希", max_length=64)

    class Meta:
        """One row for each room, and for each part that a write named."""

        verbose_name = verbose_name_plural = "房间戳"
        constraints = [models.UniqueConstraint(fields=["room", "part"], name="room_stamp_once")]
