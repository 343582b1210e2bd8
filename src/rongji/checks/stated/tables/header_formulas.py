"""栏次公式: columns whose heading writes down how they are computed (③=②/①, C=A+B, 执行率（B/A）, 栏次 3=1+2)."""

from collections.abc import Iterator

from rongji.checks.registry import document_check
from rongji.checks.stated.model import ColumnKind, StatedDocument
from rongji.checks.stated.tables.definitions import judged
from rongji.checks.stated.tables.laid import laid_tables
from rongji.kernel.finding import Finding, Verdict

_NUMBERS = (ColumnKind.VALUE, ColumnKind.RATE, ColumnKind.SCORE)


@document_check(title="按栏次公式计算的栏与公式相符")
def header_formulas_hold(document: StatedDocument) -> Iterator[Finding]:
    """A column whose heading names its own formula follows it in every row."""
    for laid in laid_tables(document):
        table = laid.table
        for column, definition in laid.formulas.items():
            if column.kind in _NUMBERS and not table.parts_of_column(column.index):
                yield from judged(table, column, [definition], unproven=Verdict.CONTRADICTION, rows=table.body)
