"""Stated figures of a bureau-year, and what each of them used to be."""

from decimal import Decimal

from django.db import models

from rongji.kernel.figure import Figure, FigureKey, Nil, Source, SourceKind, Stage
from rongji.kernel.quantity import NotWholeFen, Quantity
from rongji.kernel.units import UnitKind
from rongji.performance.models.year import YearFile


class FigureRecord(models.Model):
    """数据: one statement of one fact, with every part of the kernel's figure.

    value: the exact number as text in its stated unit; fen: the same money in whole fen, empty when the
    stated amount is not whole fen or no money. position: order of statement; the first of a key leads.
    changed_in: data version in which it last changed.
    """

    year_file = models.ForeignKey(YearFile, verbose_name="年度档案", on_delete=models.CASCADE, related_name="figures")
    position = models.PositiveIntegerField("次序")
    concept = models.CharField("数据", max_length=120)
    stage = models.CharField("口径", max_length=12, blank=True, choices=[(s.value, s.name) for s in Stage])
    unit_code = models.CharField("机构", max_length=64, blank=True)
    member = models.CharField("明细", max_length=160, blank=True)
    label = models.CharField("名称", max_length=400)
    statement = models.CharField("出现位置", max_length=200, default="form")
    occurrence = models.PositiveSmallIntegerField("第几次", default=0)
    printed = models.CharField("印出的文字", max_length=200, blank=True)
    value = models.CharField("数值", max_length=60, blank=True)
    unit_name = models.CharField("计量单位", max_length=12, blank=True)
    places = models.PositiveSmallIntegerField("小数位数", default=0)
    fen = models.BigIntegerField("金额（分）", null=True, blank=True)
    nil = models.CharField("无数的说法", max_length=8, blank=True, choices=[(n.value, n.name) for n in Nil])
    vague = models.CharField("约数词", max_length=8, blank=True)
    source_kind = models.CharField("来源类别", max_length=10, choices=[(k.value, k.name) for k in SourceKind])
    source_file = models.CharField("来源文件", max_length=255, blank=True)
    source_sheet = models.CharField("工作表", max_length=100, blank=True)
    source_cell = models.CharField("单元格", max_length=60, blank=True)
    source_line = models.CharField("行", max_length=60, blank=True)
    source_note = models.TextField("出处", blank=True)
    evidence = models.JSONField("佐证", default=list, blank=True)
    changed_in = models.PositiveIntegerField("修改于版本", default=0)

    class Meta:
        """In order of statement; one row per key, statement and occurrence."""

        verbose_name = verbose_name_plural = "数据"
        ordering = ["year_file", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["year_file", "concept", "stage", "unit_code", "member", "statement", "occurrence"],
                name="one_row_per_statement_of_a_figure",
                violation_error_message="同一数据在同一位置只能有一条。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.printed}"

    @property
    def key(self) -> FigureKey:
        """Its address."""
        return FigureKey(self.concept, Stage(self.stage), self.unit_code, self.member)

    @property
    def figure(self) -> Figure:
        """The kernel's figure."""
        return Figure(
            key=self.key,
            label=self.label,
            source=Source(
                SourceKind(self.source_kind),
                self.source_file,
                self.source_sheet,
                self.source_cell,
                self.source_line,
                self.source_note,
                tuple(self.evidence),
            ),
            quantity=Quantity(Decimal(self.value), self.unit_name, self.places) if self.value else None,
            printed=self.printed,
            nil=Nil(self.nil) if self.nil else None,
            vague=self.vague,
            statement=self.statement,
        )

    def take(self, figure: Figure) -> None:
        """Take over every part of a figure; the order and the version are the caller's."""
        key, source, quantity = figure.key, figure.source, figure.quantity
        self.concept, self.stage, self.unit_code, self.member = key.concept, key.stage.value, key.unit, key.member
        self.label, self.statement, self.printed, self.vague = (
            figure.label,
            figure.statement,
            figure.printed,
            figure.vague,
        )
        self.nil = figure.nil.value if figure.nil else ""
        self.value = f"{quantity.value:f}" if quantity else ""
        self.unit_name = quantity.unit_name if quantity else ""
        self.places = quantity.places if quantity else 0
        self.fen = whole_fen(quantity)
        self.source_kind, self.source_file, self.source_sheet = source.kind.value, source.file, source.sheet
        self.source_cell, self.source_line, self.source_note = source.cell, source.line, source.note
        self.evidence = list(source.evidence)


def whole_fen(quantity: Quantity | None) -> int | None:
    """Money in whole fen; None for anything else and for amounts below a fen."""
    if quantity is None or quantity.unit.kind is not UnitKind.MONEY:
        return None
    try:
        return quantity.fen
    except NotWholeFen:
        return None


class FigureChange(models.Model):
    """数据变动: what a figure said before and after one change, and who changed it."""

    year_file = models.ForeignKey(YearFile, verbose_name="年度档案", on_delete=models.CASCADE, related_name="changes")
    key = models.CharField("数据编号", max_length=400)
    data_version = models.PositiveIntegerField("数据版本")
    at = models.DateTimeField("时间")
    by = models.CharField("修改人", max_length=160)
    kind = models.CharField("变动", max_length=8)
    line = models.TextField("说明")

    class Meta:
        """In order of change."""

        verbose_name = verbose_name_plural = "数据变动"
        ordering = ["id"]
        indexes = [models.Index(fields=["year_file", "key"], name="figure_change_by_key")]

    def __str__(self) -> str:
        return self.line
