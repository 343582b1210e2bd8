"""How a number stands in its sentence: what it is called, in which role, on which basis, against what."""

from dataclasses import dataclass
from enum import StrEnum

from rongji.kernel.figure import Stage


class Role(StrEnum):
    """What a number in running text does."""

    AMOUNT = "amount"  # 基本支出633.75万元: the value of a thing
    SHARE = "share"  # 占比6.27%, 占支出合计的58.3%
    RATE = "rate"  # 执行率95%, 完成年初预算的110%
    CHANGE = "change"  # 比上年增加12万元
    GROWTH = "growth"  # 增长14.63%
    BEFORE = "before"  # 由 A 增至 B: A; 较上年的 A 增加
    AFTER = "after"  # 增加到 B
    EACH = "each"  # 每人1000元、人均、单价
    LIMIT = "limit"  # 50万元以上通用设备、不超过


class Against(StrEnum):
    """What a change is measured against."""

    UNSAID = ""
    PRIOR = "prior"  # 上年、去年、同期
    INITIAL = "initial"  # 年初预算
    BUDGET = "budget"  # 预算


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words around one number.

    label: its name as printed, without white space. start: the first character of the words that belong to it.
    year: the year that the words name. is_past: whether that is a year before the one the document reports on.
    sign: +1 for 增加, −1 for 减少. of: what a share or rate is of (占…的, 完成…的), empty when unsaid.
    """

    role: Role
    label: str
    start: int
    stage: Stage = Stage.NONE
    year: int | None = None
    is_past: bool = False
    sign: int = 1
    against: Against = Against.UNSAID
    of: str = ""
