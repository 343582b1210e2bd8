"""What the reader of numbers yields: a stretch of text, what kind of number it is, and its quantity."""

from dataclasses import dataclass
from enum import StrEnum

from rongji.kernel.quantity import Quantity


class ReadingKind(StrEnum):
    """What a number in a text is."""

    QUANTITY = "quantity"  # 金额、比率、计数、得分: has a unit
    BARE = "bare"  # a number without a unit of its own (a cell of a table, a missing unit)
    RANGE = "range"  # 40-60%, 2000元-6000元: lower and upper end
    YEAR = "year"  # 2021年, 2021年度
    DATE = "date"  # 2022年2月17日, 5月, 8月1日
    DOCUMENT_NUMBER = "document"  # 财预〔2020〕10号
    PHONE = "phone"  # 0730-1234567, 12345 热线
    CODE = "code"  # 科目编码、身份证号、统一社会信用代码
    ORDINAL = "ordinal"  # 第三、第2次、三级、十九届、一季度
    MARKER = "marker"  # 1. （2） ① 一是: numbers a list
    NAME = "name"  # part of a name: 9·30, 1+3+N, 1:1, 5G, 1号楼, 三会一课, “两个纳入”


@dataclass(frozen=True, slots=True)
class Reading:
    """One number in a text.

    start, end: first character and the one after the last, unit and approximating word included.
    printed: these characters. quantity: value, unit, printed places; None for what is no quantity.
    upper: the upper end of a range (`quantity` is the lower one). vague: 约 近 余 多 以上 超 …, empty when exact.
    number_end: the character after the digits, where the unit begins.
    year: the year that a YEAR or DATE names (2021), None when it names none or an impossible one.
    unit_given: whether the unit stands in the text itself and was not inherited from `unit_name` of the caller.
    trouble: why the print cannot be right (`202 年`, 13月, 2月30日), empty otherwise.
    period: first and last year of 2021—2023年; `year` is None then.
    joined: whether the digits stood apart (`1 78名` at a line's end) and were put together.

    A BARE number has a quantity too, with an empty `unit_name`: it has a value and printed places, but cannot be
    compared before somebody knows its unit (`dataclasses.replace(quantity, unit_name=…)`).
    """

    start: int
    end: int
    number_end: int
    printed: str
    kind: ReadingKind
    quantity: Quantity | None = None
    upper: Quantity | None = None
    vague: str = ""
    year: int | None = None
    unit_given: bool = True
    trouble: str = ""
    period: tuple[int, int] | None = None
    joined: bool = False
