"""The headings of a register's tables: the labels of its fields and their synonyms, as the reader of rosters asks."""

from dataclasses import replace

from rongji.law.registers import Register
from rongji.people.imports.words import Column, HeadingMatch, Words, bare, squeezed, words

NUMBER = "#"
"""The column that holds the number of a record, in tables that we exported."""
NUMBER_LABEL = "登记编号"
SAMPLE_LABEL, SAMPLE = "序号", "示例"
"""The first column of a template, and what it says in the row that is only an example."""
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
