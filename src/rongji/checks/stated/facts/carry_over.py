"""收支结余: income, spending and what is left, unit by unit, in every way in which forms count the carry-over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rongji.checks import relations
from rongji.checks.excuses import asked
from rongji.checks.registry import document_check
from rongji.checks.relations import Terms
from rongji.checks.stated.facts.printings import PLACE
from rongji.checks.stated.model import Column, ColumnKind, Row, RowKind, StatedDocument, StatedTable
from rongji.checks.stated.words import plain
from rongji.kernel.figure import Figure, Stage
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.units import UnitKind
from rongji.law.recognition import recognition

_INCOME, _SPENT = "收入合计", "支出合计"
_BASES = (Stage.ACTUAL, Stage.NONE)
_FINAL_ACCOUNTS = "final-accounts"


@dataclass(frozen=True)
class Purse:
    """What one organisation states of its year. carried_within: the carry-over is listed as part of its income."""

    income: Figure
    spent: Figure
    carried: Figure | None
    carried_within: bool
    left: Figure | None
    accumulated: Figure | None


@document_check(title="当年结余等于收入减支出")
def year_balance_follows(document: StatedDocument) -> Iterator[Finding]:
    """What is left of the year is income less spending, with last year's carry-over counted in or not.

    More spent and left than came in cannot be; less may have been distributed or handed back and is asked about.
    """
    for purse in _purses(document):
        if purse.left is not None:
            base: Terms = [(1, purse.income), (-1, purse.spent)]
            ways = [base, *_with(purse.carried, base)]
            yield _judged(purse, purse.left, ways, "结余分配、上缴或收回的资金没有列出")


@document_check(title="累计结余与当年结余、上年结转衔接")
def accumulated_balance_follows(document: StatedDocument) -> Iterator[Finding]:
    """What is left altogether is this year's balance and what was carried over, or income with it less spending."""
    for purse in _purses(document):
        if purse.accumulated is not None and (purse.left is not None or purse.carried is not None):
            base: Terms = [(1, purse.income), (-1, purse.spent)]
            left: Terms = [(1, purse.left)] if purse.left else base
            ways = [left, base, *_with(purse.carried, left), *_with(purse.carried, base)]
            finding = _judged(purse, purse.accumulated, ways[-1:] + ways[:-1], "以前年度的结余没有列出")
            yield asked(finding, "", finding.remedy) if finding.verdict is Verdict.CONTRADICTION else finding


def _with(carried: Figure | None, base: Terms) -> Iterator[Terms]:
    if carried is not None:
        yield [*base, (1, carried)]
        yield [*base, (-1, carried)]


def _judged(purse: Purse, balance: Figure, ways: list[Terms], doubt: str) -> Finding:
    found = [relations.sum_of_parts(balance, terms) for terms in ways]
    best = next((item for item in found if item.agrees), found[0])
    if best.verdict is not Verdict.CONTRADICTION:
        return best
    over = (best.difference or 0) > 0  # 支出加结余多于收入
    if not over or (purse.carried is None or not purse.carried_within):
        unknown = doubt if not over else "上年结转没有列明是否计入收入"
        return asked(best, f"{unknown}，不能断定。", "核对收入、支出、结余三个合计，写明结转结余的来去。")
    return best


def _purses(document: StatedDocument) -> Iterator[Purse]:
    """Every organisation that states income and spending of the year in the tables, the whole department first."""
    stated: dict[str, dict[str, Figure]] = {}
    within: set[str] = set()
    for table in document.tables:
        if table.certain and table.form != _FINAL_ACCOUNTS:
            for scope, name, figure, is_part in _facts(table):
                if name not in stated.setdefault(scope, {}):
                    stated[scope][name] = figure
                    within |= {scope} if is_part and name == "carried" else set()
    for scope, facts in stated.items():
        if _INCOME in facts and _SPENT in facts:
            carried = facts.get("carried")
            yield Purse(
                facts[_INCOME], facts[_SPENT], carried, scope in within, facts.get("left"), facts.get("accumulated")
            )


def _facts(table: StatedTable) -> Iterator[tuple[str, str, Figure, bool]]:
    """Scope, name and figure of every amount that belongs to the balance; whether it is listed within the income."""
    words = _words()
    for row in table.rows:
        for column in table.columns_of(ColumnKind.VALUE):
            figure = table.figure(row.index, column.index)
            name = words.get(plain(figure.key.concept), "") if figure and _counts(figure) else ""
            if figure and name:
                yield _scope(row, column, figure), name, figure, _is_part_of_income(table, row, column)


def _is_part_of_income(table: StatedTable, row: Row, column: Column) -> bool:
    wholes = [
        table.figure(row.index, column.whole) if column.whole is not None else None,
        table.figure(row.whole, column.index) if row.whole is not None else None,
    ]
    return any(item is not None and item.key.concept == _INCOME for item in wholes)


def _scope(row: Row, column: Column, figure: Figure) -> str:
    """Whose amount it is: said by its key, else by its row where the columns name the amounts."""
    if not figure.key.member.startswith(PLACE) or plain(column.title) != plain(figure.key.concept):
        return figure.key.unit
    return "" if row.kind is RowKind.TOTAL else plain(row.label)


def _counts(figure: Figure) -> bool:
    """Amounts of the year itself."""
    money = figure.quantity is not None and figure.quantity.unit.kind in (UnitKind.MONEY, UnitKind.UNSAID)
    return money and figure.key.stage in _BASES


@lru_cache(maxsize=1)
def _words() -> Mapping[str, str]:
    lists = recognition("check_words")["carry_over"]
    found = {plain(word): name for name, words in lists.items() for word in words}
    return {**found, _INCOME: _INCOME, _SPENT: _SPENT}
