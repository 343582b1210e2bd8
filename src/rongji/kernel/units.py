"""The controlled list of units of measure that official tables and prose use.

A unit belongs to one kind; only quantities of the same kind can be added or compared.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rongji.kernel.refusal import Refusal


class UnitKind(StrEnum):
    """What a unit measures."""

    MONEY = "money"
    RATIO = "ratio"
    SCORE = "score"
    COUNT = "count"
    TEXT = "text"


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


_MONEY = {"元": 1, "百元": 100, "千元": 1_000, "万元": 10_000, "亿元": 100_000_000}
_RATIO = {"%": Decimal("0.01"), "‰": Decimal("0.001"), "百分点": Decimal("0.01"), "倍": Decimal(1)}
_COUNTS = (
    "人 名 位 户 件 宗 批次 批 人次 次 场次 场 期 座 块 家 个 支 条 份 封 小时 天 日 岁 年 月 "
    "辆 台 套 张 篇 处 所 项 对 级 平方米 公里 本 部 幅 册 枚 间 床 栋 类 例 笔 起 组 只 班 轮"
).split()
# 人 and 名 and 位 count the same persons; 件 and 宗 the same matters. 人次 counts visits, not persons.
_FAMILIES = {"名": "人", "位": "人", "宗": "件", "场": "场次", "批": "批次", "辆": "台", "日": "天"}

UNITS: dict[str, Unit] = {
    **{name: Unit(name, UnitKind.MONEY, Decimal(factor)) for name, factor in _MONEY.items()},
    **{name: Unit(name, UnitKind.RATIO, Decimal(factor)) for name, factor in _RATIO.items()},
    "分": Unit("分", UnitKind.SCORE),
    "文字": Unit("文字", UnitKind.TEXT),
    **{name: Unit(name, UnitKind.COUNT) for name in _COUNTS},
}


def count_family(name: str) -> str:
    """The counting word that stands for all words which count the same things (名 → 人)."""
    return _FAMILIES.get(name, name)


def unit(name: str) -> Unit:
    """The unit of that printed name.

    Raises: UnknownUnit when the name is not in the controlled list.
    """
    try:
        return UNITS[name]
    except KeyError:
        raise UnknownUnit(name=name) from None
