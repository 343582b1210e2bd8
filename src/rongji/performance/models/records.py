"""The records of a bureau-year beside its figures: units, projects, goals, indicators, texts, problems, evidence.

The fields of each carry the names of the kernel's dataclass, so that one mapping serves all of them.
"""

from django.db import models

from rongji.performance.models.fields import QuantityField
from rongji.performance.models.year import YearFile


class YearRecord(models.Model):
    """Whatever belongs to one bureau-year and keeps its order. changed_in: data version of the last change."""

    year_file = models.ForeignKey(
        YearFile, verbose_name="年度档案", on_delete=models.CASCADE, related_name="%(class)s_set"
    )
    position = models.PositiveIntegerField("次序")
    changed_in = models.PositiveIntegerField("修改于版本", default=0)

    class Meta:
        """Abstract, in order."""

        abstract = True
        ordering = ["year_file", "position"]


class CodedRecord(YearRecord):
    """A record with a code, unique in its year."""

    code = models.CharField("编码", max_length=64)

    class Meta(YearRecord.Meta):
        """Abstract, one row per code."""

        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["year_file", "code"],
                name="%(class)s_code_once_a_year",
                violation_error_message="同一年度内编码不能重复。",
            )
        ]

    def __str__(self) -> str:
        return self.code


class UnitRow(CodedRecord):
    """机构（年度口径）: a unit as the year counts it."""

    name = models.CharField("机构名称", max_length=200)
    is_bureau_proper = models.BooleanField("是否局机关", default=False)
    keeps_own_accounts = models.BooleanField("是否单独核算", default=True)
    note = models.TextField("备注", blank=True)
    place = models.TextField("出处", blank=True)


class Project(CodedRecord):
    """项目."""

    name = models.CharField("项目名称", max_length=300)
    category = models.CharField("项目类别", max_length=100, blank=True)
    owner = models.CharField("责任股室", max_length=200, blank=True)
    purpose = models.TextField("资金用途", blank=True)
    place = models.TextField("出处", blank=True)


class Goal(CodedRecord):
    """目标与任务: duty, task, yearly goal, project target."""

    kind = models.CharField("类别", max_length=20)
    expected = models.TextField("目标内容")
    result = models.TextField("完成情况", blank=True)
    completion = QuantityField("目标完成率")
    target_type = models.CharField("目标类型", max_length=100, blank=True)
    project = models.CharField("项目编码", max_length=64, blank=True)
    place = models.TextField("出处", blank=True)


class Indicator(CodedRecord):
    """绩效指标: one row of the indicator table."""

    level1 = models.CharField("一级指标", max_length=100)
    level2 = models.CharField("二级指标", max_length=100, blank=True)
    name = models.CharField("三级指标", max_length=500)
    direction = models.CharField("指标性质", max_length=8)
    unit_name = models.CharField("计量单位", max_length=12, blank=True)
    target = QuantityField("年度指标值")
    target_upper = QuantityField("指标值上限")
    target_text = models.TextField("年度指标值（文字）", blank=True)
    actual = QuantityField("实际完成值")
    actual_text = models.TextField("实际完成值（文字）", blank=True)
    weight = QuantityField("分值")
    stated_score = QuantityField("得分（已填）")
    tier = models.CharField("定性档次", max_length=20, blank=True)
    share = QuantityField("档内比例")
    formula = models.CharField("计算公式", max_length=100, blank=True)
    reason = models.TextField("偏差原因分析及改进措施", blank=True)
    evidence = models.JSONField("佐证", default=list, blank=True)
    project = models.CharField("项目编码", max_length=64, blank=True)
    parent = models.CharField("汇总到指标", max_length=64, blank=True)
    money = QuantityField("对应资金")
    place = models.TextField("出处", blank=True)


class TextBlock(CodedRecord):
    """文字段落: a narrative section with figure tokens."""

    title = models.CharField("标题", max_length=300, blank=True)
    body = models.TextField("正文")
    place = models.TextField("出处", blank=True)


class Problem(CodedRecord):
    """问题与措施."""

    kind = models.CharField("类别", max_length=20)
    text = models.TextField("内容")
    answers = models.CharField("对应问题", max_length=64, blank=True)
    owner = models.CharField("责任股室", max_length=200, blank=True)
    due = models.CharField("完成时限", max_length=100, blank=True)
    place = models.TextField("出处", blank=True)


class Signatory(YearRecord):
    """评价人员: posts, and names only where the bureau keeps them."""

    name = models.CharField("姓名", max_length=100, blank=True)
    post = models.CharField("职务", max_length=200)
    organisation = models.CharField("单位", max_length=200, blank=True)
    role = models.CharField("角色", max_length=20, default="member")

    def __str__(self) -> str:
        return self.post


class EvidenceItem(CodedRecord):
    """佐证材料: its file lies in the data directory under its digest."""

    title = models.CharField("材料名称", max_length=300)
    kind = models.CharField("材料类别", max_length=100, blank=True)
    file_digest = models.CharField("文件摘要", max_length=64, blank=True)
    file_name = models.CharField("文件名", max_length=255, blank=True)
    file_size = models.PositiveBigIntegerField("文件大小（字节）", default=0)


class DeclaredConceptRow(CodedRecord):
    """业务数据（本单位自定）: a fact that the common catalogue does not name."""

    label = models.CharField("数据名称", max_length=300)
    unit_name = models.CharField("计量单位", max_length=12)
    period = models.CharField("期间", max_length=100, blank=True)
    part_of = models.CharField("属于", max_length=400, blank=True)
    complete = models.BooleanField("是否完整列举", default=False)
    numerator = models.CharField("分子", max_length=400, blank=True)
    denominator = models.CharField("分母", max_length=400, blank=True)
    topic = models.CharField("业务领域", max_length=100, blank=True)
