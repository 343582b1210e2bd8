"""The headings of a register's tables: the labels of its fields and their synonyms, as the reader of rosters asks."""

import re
from collections.abc import Iterable
from dataclasses import replace

from rongji.law.asked import Asked, AskedKind
from rongji.law.registers import Register
from rongji.people.imports.words import Column, HeadingMatch, Words, bare, squeezed, words

NUMBER = "#"
"""The column that holds the number of a record, in tables that we exported."""
NUMBER_LABEL = "登记编号"
SAMPLE_LABEL, SAMPLE = "序号", "示例"
"""The first column of a template, and what it says in the row that is only an example."""
_SCALED = re.compile(r"(?:\(|单位:|单位)((?:十|百|千|万|亿)+)([^\s()]*)")
_NUMBERS = (AskedKind.COUNT, AskedKind.DECIMAL, AskedKind.MONEY)
_LEFT_OUT = ("序号", "序", "行号", "登记人", "登记时间")


def register_words(register: Register) -> Words:
    """The words of a register's tables."""
    columns = {NUMBER: Column(NUMBER, NUMBER_LABEL, "导出时带上的编号，更正原有登记时保留，新登记的留空")}
    columns |= {item.id: Column(item.id, item.label, item.hint) for item in register.fields}
    headings = {squeezed(NUMBER_LABEL): HeadingMatch(NUMBER, 0)}
    for item in register.fields:
        for rank, name in enumerate((item.label, *item.aliases)):
            for key in (squeezed(name), bare(name)):
                headings.setdefault(key, HeadingMatch(item.id, rank))
    needed = [item.label for item in register.fields if item.is_needed]
    return replace(
        words(),
        columns=columns,
        headings=headings,
        left_out=frozenset(squeezed(name) for name in _LEFT_OUT) - headings.keys(),
        account_kinds=(),
        least_columns=min(2, len(register.fields)),
        telling=frozenset({NUMBER, *(item.id for item in register.fields)}),
        kind=f"“{register.label}”",
        wanted="".join(f"“{label}”" for label in needed),
    )


def own_unit(asked: Asked) -> str:
    """In what a numeric field is told."""
    return "元" if asked.kind is AskedKind.MONEY else asked.unit


def other_unit(asked: Asked, headings: Iterable[str]) -> str:
    """The larger unit in which a table says to tell a numeric field: (万元), 单位：万元; empty when there is none."""
    own = own_unit(asked)
    if asked.kind not in _NUMBERS:
        return ""
    for heading in headings:
        for scale, of in _SCALED.findall(squeezed(heading)):
            if of in ("", own) and scale + of != own:
                return f"{scale}{of or own}"
    return ""
