"""比率与增减: columns that are computed from other columns of their table (执行率、完成率、占比、增减额、增长率)."""

from collections.abc import Iterator
from dataclasses import replace

from rongji.checks import relations
from rongji.checks.excuses import asked
from rongji.checks.registry import document_check
from rongji.checks.stated.model import Column, ColumnKind, Parts, RowKind, StatedDocument, StatedTable
from rongji.checks.stated.tables.definitions import Definition, How, judged
from rongji.checks.stated.tables.groups import row_groups
from rongji.checks.stated.tables.laid import laid_tables
from rongji.checks.stated.words import speaks_of
from rongji.kernel.figure import Stage
from rongji.kernel.finding import Finding, Verdict
from rongji.law.recognition import recognition

_BUDGETS = (Stage.ADJUSTED, Stage.INITIAL)
_AFTER_BUDGET = (
    (Stage.ACTUAL, Stage.ADJUSTED),
    (Stage.ACTUAL, Stage.INITIAL),
    (Stage.ADJUSTED, Stage.INITIAL),
)
_MOST = 12  # 只看最近的若干栏


@document_check(title="表中执行率等于执行数除以预算数", basis="预算执行率 = 全年执行数 ÷ 全年预算数")
def execution_rates_follow(document: StatedDocument) -> Iterator[Finding]:
    """A stated rate of execution is what was spent divided by the budget, adjusted or initial as the table has them."""
    for table, column in _columns(document, "execution_rate", ColumnKind.RATE):
        spent = _near(table, column, Stage.ACTUAL)
        budgets = [item for stage in _BUDGETS for item in _near(table, column, stage)]
        ways = [Definition(How.RATIO, ((1, top),), ((1, below),)) for below in budgets for top in spent]
        yield from judged(table, column, ways, unproven=_certainly(len(spent) == 1), rows=table.body)


@document_check(title="表中完成率与目标值、完成值相符")
def completion_rates_follow(document: StatedDocument) -> Iterator[Finding]:
    """A stated rate of completion is actual over target (target over actual where less is better), at most 100%."""
    for table, column in _columns(document, "completion_rate", ColumnKind.RATE):
        targets, actuals = table.columns_of(ColumnKind.TARGET), table.columns_of(ColumnKind.ACTUAL)
        if len(targets) == len(actuals) == 1:
            orders = (actuals[0], targets[0]), (targets[0], actuals[0])
            ways = [Definition(How.RATIO, ((1, top),), ((1, below),), capped=True) for top, below in orders]
            yield from judged(table, column, ways, unproven=Verdict.QUESTION, rows=table.body)


@document_check(title="表中控制率、调整率与所列数字相符", level=Verdict.QUESTION)
def named_rates_follow(document: StatedDocument) -> Iterator[Finding]:
    """A rate whose name says what it divides (控制率: 在职 ÷ 编制; 预算调整率: 调整数 ÷ 年初预算数) does so."""
    for rule in recognition("check_words")["named_rates"]:
        for table, column in _columns(document, rule["words"], ColumnKind.RATE):
            tops, bottoms = (_titled(table, rule[name]) for name in ("top", "bottom"))
            ways = [Definition(How.RATIO, ((1, top),), ((1, below),)) for top in tops for below in bottoms]
            for found in judged(table, column, ways, unproven=Verdict.QUESTION, rows=table.body):
                doubt = found.verdict is Verdict.CONTRADICTION
                yield asked(found, "口径可能不同。", "写明分子分母，改正出错的数。") if doubt else found


@document_check(title="表中占比等于该行除以合计")
def shares_follow(document: StatedDocument) -> Iterator[Finding]:
    """A share is its row divided by the total of the table, or by the row that it is a part of."""
    for table, column in _columns(document, "share", ColumnKind.RATE):
        values = _near(table, column)
        totals = [item for item in table.rows if item.kind is RowKind.TOTAL]
        rows = [item for item in table.body if item.kind is not RowKind.TOTAL]
        ways = [Definition(How.RATIO, ((1, one),), ((1, one),), base=total) for one in values for total in totals[:2]]
        ways += [Definition(How.RATIO, ((1, one),), ((1, one),), of_whole=True) for one in values]
        yield from judged(table, column, ways, unproven=_certainly(len(values) == len(totals) == 1), rows=rows)


@document_check(title="表中各项占比之和等于合计占比")
def shares_close(document: StatedDocument) -> Iterator[Finding]:
    """The shares of all parts make the share of their whole, 100% as a rule."""
    for table, column in _columns(document, "share", ColumnKind.RATE):
        for group in row_groups(table, (column,)):
            for line in group.lines if group.parts is Parts.ALL else ():
                found = relations.sum_of_parts(line.total, line.signed)
                if not line.blank and (found.agrees or len(line.terms) > 1):
                    yield replace(found, subject=column.title)


@document_check(title="表中增减额等于两数之差")
def changes_follow(document: StatedDocument) -> Iterator[Finding]:
    """A column of differences is one column less another (本年 − 上年, 决算 − 预算), the same two in every row."""
    for table, column in _columns(document, "change", ColumnKind.VALUE):
        pairs = compared(table, column)
        orders = [order for now, before in pairs for order in ((now, before), (before, now))]
        ways = [Definition(How.SUM, ((1, first), (-1, second))) for first, second in orders]
        plain = len(pairs) == 1 and not speaks_of(column.title, "balance")
        yield from judged(table, column, ways, unproven=_certainly(plain), rows=table.body)


@document_check(title="表中增长率等于增减额除以基数")
def growth_rates_follow(document: StatedDocument) -> Iterator[Finding]:
    """A column of growth is the difference of two columns divided by the earlier one."""
    for table, column in _columns(document, "growth", ColumnKind.RATE, ColumnKind.VALUE):
        pairs = compared(table, column)
        ways = [Definition(How.GROWTH, ((1, now),), ((1, before),)) for now, before in pairs]
        yield from judged(table, column, ways, unproven=_certainly(len(pairs) == 1), rows=table.body)


@document_check(title="年初预算、调整数与调整后预算衔接", basis="预算法：决算按预算数、调整预算数、决算数分别列出")
def adjusted_budgets_follow(document: StatedDocument) -> Iterator[Finding]:
    """The adjusted budget is the initial one and the adjustment, in every row of a table that has all three."""
    for table in document.tables:
        for column in table.columns_of(ColumnKind.VALUE) if table.certain else ():
            initial, change = _near(table, column, Stage.INITIAL), _near(table, column, Stage.ADJUSTMENT)
            if column.stage is Stage.ADJUSTED and initial and change:
                ways = [Definition(How.SUM, ((1, initial[0]), (1, change[0])))]
                yield from judged(table, column, ways, unproven=Verdict.QUESTION, rows=table.body)


def _columns(document: StatedDocument, words: str, *kinds: ColumnKind) -> Iterator[tuple[StatedTable, Column]]:
    """The columns of those kinds whose heading speaks of that and writes down no formula of its own."""
    for laid in laid_tables(document):
        for table, column in laid.unexplained:
            if column.kind in kinds and speaks_of(column.title, words):
                yield table, column


def _titled(table: StatedTable, words: list[str]) -> list[Column]:
    values = table.columns_of(ColumnKind.VALUE)
    return [item for item in values if any(word in item.title for word in words)]


def _certainly(declared: bool) -> Verdict | None:
    """A heading that leaves no choice is taken at its word; another must be proven by most of its rows."""
    return Verdict.CONTRADICTION if declared else None


def _near(table: StatedTable, column: Column, stage: Stage | None = None) -> list[Column]:
    """The columns of values that share most of their headings with that column; the nearest first."""
    values = [item for item in table.columns_of(ColumnKind.VALUE) if item is not column]
    found = [item for item in values if stage is None or item.stage is stage]
    shared = {item.index: _shared(column, item) for item in found}
    most = max(shared.values(), default=0)
    near = [item for item in found if shared[item.index] == most]
    return sorted(near, key=lambda item: (item.index > column.index, abs(item.index - column.index)))


def _shared(one: Column, other: Column) -> int:
    """How many upper headings two columns have in common."""
    count = 0
    for left, right in zip(one.path[:-1], other.path[:-1], strict=False):
        if left != right:
            break
        count += 1
    return count


def compared(table: StatedTable, column: Column) -> list[tuple[Column, Column]]:
    """Two columns of values of which the later may be compared with the earlier, as far as the heading leaves open."""
    values = [item for item in _near(table, column) if not _is_computed(item)][:_MOST]
    couples = [(now, before) for now in values for before in values if now is not before]
    prior = [(now, before) for now, before in couples if _is_a_year_later(now, before)]
    budget = [(now, before) for now, before in couples if _is_after_budget(now, before)]
    if prior and speaks_of(column.title, "against_prior"):
        return prior
    if budget and speaks_of(column.title, "against_budget"):
        return budget
    return [*prior, *budget]


def _is_a_year_later(now: Column, before: Column) -> bool:
    if now.year and before.year:
        return now.year == before.year + 1 and _basis(now) is _basis(before)
    return now.stage is Stage.ACTUAL and before.stage is Stage.PRIOR


def _is_after_budget(now: Column, before: Column) -> bool:
    same_year = now.year is None or before.year is None or now.year == before.year
    return same_year and (now.stage, before.stage) in _AFTER_BUDGET


def _basis(column: Column) -> Stage:
    return Stage.ACTUAL if column.stage is Stage.PRIOR else column.stage


def _is_computed(column: Column) -> bool:
    return speaks_of(column.title, "change") or speaks_of(column.title, "growth")
