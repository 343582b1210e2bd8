"""The controlled list of units of measure that official tables and prose use.

A unit belongs to one kind; only quantities of the same kind can be added or compared.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache

from rongji.kernel.refusal import Refusal


class UnitKind(StrEnum):
    """What a unit measures."""

    MONEY = "money"
    RATIO = "ratio"
    SCORE = "score"
    COUNT = "count"
    TEXT = "text"
    UNSAID = "unsaid"  # a printed number whose unit nothing tells


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: its printed name, its kind, and how many base units it holds.

    The base unit of money is 元, of ratios 1 (so % holds 0.01), of every count the unit itself:
    件 and 人次 are never added without a declared rule.
    """

    name: str
    kind: UnitKind
    factor: Decimal = Decimal(1)

    def is_comparable_with(self, other: "Unit") -> bool:
        """Whether amounts in both units measure the same kind of thing."""
        if self.kind is not other.kind:
            return False
        return self.kind is not UnitKind.COUNT or count_family(self.name) == count_family(other.name)


class UnknownUnit(Refusal):
    """A unit of measure outside the controlled list."""

    code = "unknown-unit"
    sentence = "计量单位“{name}”不在单位表内，请改用单位表中的写法（如 万元、人、件、%）。"


_MONEY = {
    "元": 1,
    "百元": 100,
    "千元": 1_000,
    "万元": 10_000,
    "亿元": 100_000_000,
    "百万元": 1_000_000,
    "千万元": 10_000_000,
}
_RATIO = {
    "%": Decimal("0.01"),
    "‰": Decimal("0.001"),
    "百分点": Decimal("0.01"),
    "倍": Decimal(1),
    "成": Decimal("0.1"),
    "折": Decimal("0.1"),
}
_COUNTS = (
    "人 名 位 户 件 宗 批次 批 人次 次 场次 场 期 座 块 家 个 支 条 份 封 小时 天 日 岁 年 月 "
    "辆 台 套 张 篇 处 所 项 对 级 平方米 公里 本 部 幅 册 枚 间 床 栋 类 例 笔 起 组 只 班 轮 "
    "户次 家次 件次 宗次 条次 台次 辆次 车次 班次 轮次 例次 频次 人天 人日 人月 个月 工作日 个工作日 "
    "分钟 课时 学时 周 季度 届 队 句 双 盏 根 艘 顶 把 头 株 棵 幢 层 门 节 道 段 排 箱 盒 袋 桶 包 瓶 副 面 "
    "堂 趟 尊 桩 卷 页 字 集 架 束 首 "
    "口 床位 标段 期次 米 千米 平方公里 立方米 亩 公顷 吨 公斤 千克 克 升 千瓦 千瓦时"
).split()
# 人 and 名 and 位 count the same persons; 件, 宗 and 起 the same matters. 人次 counts visits, not persons.
_FAMILIES = {
    **dict.fromkeys(("名", "位"), "人"),
    **dict.fromkeys(("宗", "起"), "件"),
    **dict.fromkeys(("公里", "千米"), "米"),
    **dict.fromkeys(("吨", "千克", "克"), "公斤"),
    "场": "场次",
    "批": "批次",
    "辆": "台",
    "日": "天",
    "棵": "株",
    "幢": "栋",
    "床": "床位",
    "个月": "月",
    "个工作日": "工作日",
    "学时": "课时",
    "人日": "人天",
    "宗次": "件次",
    "期次": "期",
    "平方公里": "平方米",
    "公顷": "亩",
}
_FACTORS = {
    **dict.fromkeys(("公里", "千米", "吨"), Decimal(1000)),
    "平方公里": Decimal(1_000_000),
    "公顷": Decimal(15),
    "克": Decimal("0.001"),
}
# What comes in wholes is exact as printed; these measure, and their print may be rounded.
_MEASURED = frozenset({"小时", "天", "年", "月", "岁", "米", "平方米", "立方米", "亩", "公斤", "升", "千瓦", "千瓦时"})
# 2.5万人: a counting word with a power of ten before it is a unit of its own, its digits are rounded to it.
_POWERS = {"百": 100, "千": 1_000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}

UNITS: dict[str, Unit] = {
    **{name: Unit(name, UnitKind.MONEY, Decimal(factor)) for name, factor in _MONEY.items()},
    **{name: Unit(name, UnitKind.RATIO, Decimal(factor)) for name, factor in _RATIO.items()},
    "分": Unit("分", UnitKind.SCORE),
    "文字": Unit("文字", UnitKind.TEXT),
    **{name: Unit(name, UnitKind.COUNT, _FACTORS.get(name, Decimal(1))) for name in _COUNTS},
}

# A number whose unit the document does not tell: only comparable with its like, never offered for choice.
UNSAID = Unit("", UnitKind.UNSAID)


def count_family(name: str) -> str:
    """The counting word that stands for all words which count the same things (名 → 人, 万名 → 人)."""
    _, word = _split_power(name)
    return _FAMILIES.get(word, word)


def is_measured(name: str) -> bool:
    """Whether a counting word measures (小时) or counts by thousands (万人): its print may be rounded."""
    power, _ = _split_power(name)
    return power != 1 or count_family(name) in _MEASURED


def unit(name: str) -> Unit:
    """The unit of that printed name; a counting word may have a power of ten before it (万人, 千人次).

    The empty name is the unit that is not told.

    Raises: UnknownUnit when the name is not in the controlled list.
    """
    found = UNITS.get(name) or (_counted_by_powers(name) if name else UNSAID)
    if found is None:
        raise UnknownUnit(name=name)
    return found


@cache
def _counted_by_powers(name: str) -> Unit | None:
    power, word = _split_power(name)
    base = UNITS.get(word)
    if power == 1 or base is None or base.kind is not UnitKind.COUNT:
        return None
    return Unit(name, UnitKind.COUNT, base.factor * power)


@cache
def _split_power(name: str) -> tuple[int, str]:
    """`万人次` is ten thousand times 人次; `千米` and `人次` are words of their own."""
    if name not in UNITS:
        for power in sorted(_POWERS, key=len, reverse=True):
            if name.startswith(power) and name[len(power) :] in UNITS:
                return _POWERS[power], name[len(power) :]
    return 1, name
