"""由数看出的关系: columns that visibly follow from the columns beside them, though no heading says how.

A total of the columns before it, a rest, a rate of two others: what most rows bear out to the last digit is the
column's meaning, and a row that breaks it stands out. Where the rows bear nothing out, nothing is said.
"""

from collections.abc import Iterator, Sequence

from rongji.checks.excuses import asked
from rongji.checks.registry import document_check
from rongji.checks.stated.model import Column, ColumnKind, Row, StatedDocument, StatedTable
from rongji.checks.stated.tables.definitions import Definition, How, Outcome, judged, outcomes
from rongji.checks.stated.tables.groups import is_additive
from rongji.checks.stated.tables.laid import Laid, laid_tables
from rongji.checks.stated.tables.rates import compared
from rongji.checks.stated.words import speaks_of
from rongji.kernel.finding import Finding, Verdict

_NUMBERS = (ColumnKind.VALUE, ColumnKind.TARGET, ColumnKind.ACTUAL)
_NAMED_RATES = ("execution_rate", "completion_rate", "share", "growth", "control_rate", "adjustment_rate")
_FINAL_ACCOUNTS = "final-accounts"  # 决算九表另有勾稽关系
_SAMPLE = 8  # 先看若干行，看得出关系再看全栏
_MOST = 8
_ENOUGH, _ENOUGH_COARSE = 2, 3
_GLANCE = 20  # 粗看放宽到容差的若干倍
_CERTAIN = 4  # 四行以上都合，才说另一行有矛盾


@document_check(title="累计、结余等栏与相邻各栏相符")
def columns_follow_their_neighbours(document: StatedDocument) -> Iterator[Finding]:
    """A column called 合计 or 累计 is the sum of the columns right before or behind it, 净值 and 结余 the rest of two.

    Only where most rows bear it out; a row that does not is asked about, and called wrong where many others fit.
    """
    for laid in _tables(document):
        table, rows, over = laid.table, laid.table.body, laid.over
        columns = [item for item in table.columns if is_additive(item)]
        for column in columns:
            own = speaks_of(column.title, "change") and compared(table, column)
            if not table.parts_of_column(column.index) and column not in laid.formulas and not own:
                yield from _mined(table, column, _totals(columns, column), rows)
                yield from _asked(_mined(table, column, _rests(columns, column), rows))
                yield from _mined(table, column, _products(table, column), rows)
        for column in over.columns if over and len(over.rows) >= _ENOUGH else ():
            if over and not table.parts_of_row(column.index):
                yield from _asked(_mined(over, column, _rests(over.columns, column), over.rows))


@document_check(title="其他比率栏与所依据的两栏相符")
def rates_follow_their_neighbours(document: StatedDocument) -> Iterator[Finding]:
    """A rate whose heading does not say of what (发证率、拨付进度) is the quotient of two other columns."""
    for laid in _tables(document):
        table = laid.table
        values = [item for item in table.columns if item.kind in _NUMBERS]
        for column in table.columns_of(ColumnKind.RATE):
            named = any(speaks_of(column.title, words) for words in _NAMED_RATES)
            if not named and column not in laid.formulas:
                near = sorted(values, key=lambda item: abs(item.index - column.index))[:_MOST]
                pairs = [(top, below) for top in near for below in near if top is not below]
                ways = [Definition(How.RATIO, ((1, top),), ((1, below),)) for top, below in pairs]
                yield from _mined(table, column, ways, table.body)


def _mined(table: StatedTable, column: Column, ways: Sequence[Definition], rows: Sequence[Row]) -> Iterator[Finding]:
    """The rows under the one definition that most of them bear out, if there is one."""
    sample = [row for row in rows if table.figure(row.index, column.index)][:_SAMPLE]
    likely = [item for item in ways if _is_likely(table, column, item, sample)]
    borne = [item for item in likely if _bears_out(list(outcomes(table, column, item, sample)))]
    if borne:
        found = list(judged(table, column, borne[:1], unproven=None, rows=rows))
        fitting = sum(1 for item in found if item.agrees)
        for item in found:
            unsure = item.verdict is Verdict.CONTRADICTION and fitting < _CERTAIN
            note = "其他各行都合这一算法，该行是否另有口径请核对。"
            yield asked(item, note, "核对该行各数，改正出错的一个。") if unsure else item


def _is_likely(table: StatedTable, column: Column, way: Definition, rows: Sequence[Row]) -> bool:
    """Whether enough rows come out at a glance; most ways fall away here, before anything is worked out."""
    if way.how is not How.SUM:
        return True
    near = 0
    for row in rows:
        total = table.figure(row.index, column.index)
        terms = [(sign, table.figure(row.index, item.index)) for sign, item in way.top]
        if total is None or total.quantity is None or any(item is None or item.quantity is None for _, item in terms):
            continue
        gap = total.quantity.base - sum(sign * item.quantity.base for sign, item in terms if item and item.quantity)
        near += abs(gap) <= (len(terms) + 1) * total.quantity.half_unit * _GLANCE
    return near >= _ENOUGH


def _bears_out(found: Sequence[Outcome]) -> bool:
    proofs = [item for item in found if item.proves and len(item.finding.figures) > 2 and _says_something(item)]
    fine = all(item.finding.stated and item.finding.stated.places for item in proofs)
    settled = sum(1 for item in found if item.settles)
    return len(proofs) >= (_ENOUGH if fine else _ENOUGH_COARSE) and settled > len(found) - settled


def _says_something(item: Outcome) -> bool:
    """Whether at least two of the numbers it is made of are not zero."""
    basis = item.finding.figures[1:]
    return sum(1 for figure in basis if figure.quantity and figure.quantity.value) > 1


def _totals(columns: Sequence[Column], column: Column) -> list[Definition]:
    """The sums of the columns right before it and right behind it."""
    if not speaks_of(column.title, "running_total"):
        return []
    place = columns.index(column)
    before, behind = columns[max(0, place - _MOST) : place], columns[place + 1 : place + 1 + _MOST]
    found = [tuple((1, item) for item in before[begin:]) for begin in range(len(before) - 1)]
    found += [tuple((1, item) for item in behind[:end]) for end in range(2, len(behind) + 1)]
    return [Definition(How.SUM, terms) for terms in found]


def _rests(columns: Sequence[Column], column: Column) -> list[Definition]:
    """One column less another; a table with several balances (年初、年末) has more to it than that."""
    balances = [item for item in columns if speaks_of(item.title, "left_over")]
    if balances != [column]:
        return []
    near = sorted((item for item in columns if item is not column), key=lambda item: abs(item.index - column.index))
    pairs = [(one, other) for one in near[:_MOST] for other in near[:_MOST] if one is not other]
    return [Definition(How.SUM, ((1, one), (-1, other))) for one, other in pairs]


def _products(table: StatedTable, column: Column) -> list[Definition]:
    """People times norm, things times price."""
    values = table.columns_of(ColumnKind.VALUE)
    prices = [item for item in values if not is_additive(item)]
    counts = [item for item in values if is_additive(item) and item is not column]
    return [Definition(How.PRODUCT, ((1, count), (1, price))) for price in prices for count in counts[:_MOST]]


def _asked(found: Iterator[Finding]) -> Iterator[Finding]:
    """What is left may have gone elsewhere: asked about, never accused."""
    for item in found:
        doubt = item.verdict is Verdict.CONTRADICTION
        yield asked(item, "可能另有去向。", "核对该行各数，写明差额的去向。") if doubt else item


def _tables(document: StatedDocument) -> list[Laid]:
    return [
        item for item in laid_tables(document) if len(item.table.body) >= _ENOUGH and item.table.form != _FINAL_ACCOUNTS
    ]
