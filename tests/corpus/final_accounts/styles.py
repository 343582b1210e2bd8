"""How provinces print the same nine tables: names, order, units, columns, wording of heads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

TOTALS, INCOME, EXPENDITURE = "totals", "income", "expenditure"
FISCAL, PUBLIC, BASIC = "fiscal-totals", "public-budget", "basic"
FUND, CAPITAL, THREE = "fund", "state-capital", "three-public"

STANDARD_NAMES: Mapping[str, str] = MappingProxyType(
    {
        TOTALS: "收入支出决算总表",
        INCOME: "收入决算表",
        EXPENDITURE: "支出决算表",
        FISCAL: "财政拨款收入支出决算总表",
        PUBLIC: "一般公共预算财政拨款支出决算表",
        BASIC: "一般公共预算财政拨款基本支出决算明细表",
        FUND: "政府性基金预算财政拨款收入支出决算表",
        CAPITAL: "国有资本经营预算财政拨款支出决算表",
        THREE: "财政拨款“三公”经费支出决算表",
    }
)


@dataclass(frozen=True)
class Style:
    """One way to print.

    head: where title, mark and unit stand: paragraphs above, rows of the table, or its caption.
    codes: one column, three merged, three split. lines: with 行次. steps: with 栏次.
    public, capital: "spent" (合计 基本 项目) or "flow" (年初、收入、支出、年末). basic: "pairs" side by side or "list".
    three: "wide" (one row), "long" (a row for each item), "meetings" (wide, with 会议费 and 培训费).
    zero: what an empty amount prints. voice: which wording of the text.
    """

    name: str
    names: Mapping[str, str] = field(default_factory=lambda: STANDARD_NAMES)
    order: tuple[str, ...] = tuple(STANDARD_NAMES)
    mark: str = "公开{:02d}表"
    unit: str = "万元"
    unit_words: str = "金额单位：{}"
    head: str = "paragraphs"
    codes: str = "one"
    lines: bool = True
    steps: bool = True
    public: str = "spent"
    capital: str = "spent"
    basic: str = "pairs"
    three: str = "wide"
    zero: str = ""
    grouping: bool = False
    amount_word: str = "决算数"
    total_words: tuple[str, str] = ("总计", "总计")
    opening_word: str = "年初结转和结余"
    closing_word: str = "年末结转和结余"
    surplus_word: str = "使用非财政拨款结余（含专用结余）"
    voice: int = 0


def _renamed(**names: str) -> Mapping[str, str]:
    return MappingProxyType({**STANDARD_NAMES, **{key.replace("_", "-"): value for key, value in names.items()}})


STYLES: Mapping[str, Style] = MappingProxyType(
    {
        "standard": Style("standard"),
        "rows": Style(
            "rows",
            head="rows",
            codes="merged",
            public="flow",
            capital="flow",
            grouping=True,
            zero="0.00",
            names=_renamed(state_capital="国有资本经营预算财政拨款收入支出决算表"),
            mark="财决公开{:02d}表",
            unit_words="金额单位：{}",
            voice=1,
        ),
        "yuan": Style(
            "yuan",
            names=_renamed(
                basic="一般公共预算财政拨款基本支出决算表",
                three_public="财政拨款“三公”经费及机关运行经费支出决算表",
            ),
            order=(TOTALS, INCOME, EXPENDITURE, FISCAL, PUBLIC, BASIC, THREE, FUND, CAPITAL),
            mark="",
            unit="元",
            unit_words="单位：{}",
            head="caption",
            lines=False,
            steps=False,
            codes="split",
            basic="list",
            three="long",
            grouping=True,
            total_words=("收入总计", "支出总计"),
            opening_word="上年结转和结余",
            closing_word="结转下年",
            surplus_word="使用非财政拨款结余",
            voice=2,
        ),
        "meetings": Style(
            "meetings",
            names=_renamed(
                income="收入决算总表",
                expenditure="支出决算总表",
                basic="一般公共预算财政拨款基本支出决算表",
                three_public="一般公共预算财政拨款“三公”经费及会议费、培训费支出决算表",
            ),
            order=(TOTALS, INCOME, EXPENDITURE, FISCAL, PUBLIC, BASIC, THREE, FUND, CAPITAL),
            mark="表{}",
            lines=False,
            basic="list",
            three="meetings",
            capital="flow",
            zero="0.00",
            amount_word="金额",
            total_words=("收入总计", "支出总计"),
            voice=1,
        ),
        "older": Style(
            "older",
            names=_renamed(
                basic="一般公共预算财政拨款基本支出决算表",
                three_public="一般公共预算财政拨款“三公”经费支出决算表",
            ),
            order=(TOTALS, INCOME, EXPENDITURE, FISCAL, PUBLIC, BASIC, THREE, FUND, CAPITAL),
            codes="split",
            head="rows",
            voice=0,
            surplus_word="用事业基金弥补收支差额",
        ),
    }
)
