"""Tables of the public window, in its own database: what is published, sealed forms, and counts against floods."""

from django.db import models


class PublicationKind(models.TextChoices):
    """What is published. WINDOW: whose window it is and whether it is open."""

    WINDOW = "window", "窗口"
    GUIDE = "guide", "办事指南"
    OFFER = "offer", "岗位"
    FAIR = "fair", "招聘会"
    REPORT = "report", "报告"


class Publication(models.Model):
    """发布内容. One thing as the inside published it; the window only shows it.

    day, until: from and to when it holds, empty for always. group: heading under which lists show it.
    """

    kind = models.CharField("种类", max_length=8, choices=PublicationKind.choices)
    key = models.CharField("标识", max_length=80)
    title = models.CharField("标题", max_length=200)
    group = models.CharField("类别", max_length=60, blank=True)
    position = models.PositiveIntegerField("次序", default=0)
    day = models.DateField("日期", null=True)
    until = models.DateField("截止", null=True)
    content = models.JSONField("内容", default=dict)
    digest = models.CharField("摘要", max_length=64)
    published_at = models.DateTimeField("发布时间")

    class Meta:
        verbose_name = verbose_name_plural = "发布内容"
        ordering = ["kind", "position", "key"]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="publication_once")]


class PublicationFile(models.Model):
    """发布附件. A file of a publication, byte for byte."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="files")
    name = models.CharField("文件名", max_length=160)
    content = models.BinaryField("内容")

    class Meta:
        verbose_name = verbose_name_plural = "发布附件"
        ordering = ["publication", "name"]
        constraints = [models.UniqueConstraint(fields=["publication", "name"], name="publication_file_once")]


class SealingKey(models.Model):
    """封存公钥. With what forms are sealed; only the inside can open them. The newest one is used."""

    fingerprint = models.CharField("指纹", max_length=16, unique=True)
    public = models.BinaryField("公钥")
    made_at = models.DateTimeField("生成时间")

    class Meta:
        verbose_name = verbose_name_plural = "封存公钥"
        ordering = ["-made_at", "-id"]


class Submission(models.Model):
    """来件. A form as it was put into the box: its number, digests, and the words of its state; its content is sealed.

    code_hash: of the query code, which is stored nowhere. token_hash, content_digest: by which the same form sent
    twice is known. is_waiting: until the inside has taken it, or its content was deleted because nobody came for it.
    size: bytes of everything sealed, 0 once it waits no more. words: what whoever asks is told.
    """

    number = models.CharField("编号", max_length=24, unique=True)
    code_hash = models.CharField("查询码摘要", max_length=64)
    token_hash = models.CharField("表单标识摘要", max_length=64, unique=True)
    content_digest = models.CharField("内容摘要", max_length=64, blank=True, db_index=True)
    kind = models.CharField("事项", max_length=48)
    label = models.CharField("事项名称", max_length=120)
    received_at = models.DateTimeField("收到时间")
    size = models.PositiveBigIntegerField("字节")
    is_waiting = models.BooleanField("等待取件", default=True)
    words = models.CharField("办理状态", max_length=200, blank=True)
    words_on = models.DateField("状态日期", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "来件"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(is_waiting=True), name="submission_waiting"),
        ]


class SealedPart(models.Model):
    """密封内容. What was written (position 0) or one file of a form, sealed; gone once the inside has taken it."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField("序号")
    sealed = models.BinaryField("密文")

    class Meta:
        verbose_name = verbose_name_plural = "密封内容"
        ordering = ["submission", "position"]
        constraints = [models.UniqueConstraint(fields=["submission", "position"], name="sealed_part_once")]


class Tally(models.Model):
    """次数. How often something was done within an hour; who: keyed digest of an address or a number."""

    what = models.CharField("事项", max_length=16)
    who = models.CharField("来源摘要", max_length=64)
    hour = models.DateTimeField("起始时刻", db_index=True)
    count = models.PositiveIntegerField("次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "次数"
        constraints = [models.UniqueConstraint(fields=["what", "who", "hour"], name="tally_once")]
