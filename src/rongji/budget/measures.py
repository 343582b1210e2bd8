"""The budget's countable numbers: figures derived from lines, adjustments and postings, each with its purses behind it.

Every figure is a sum of whole fen over a stated selection; nothing here is typed or rounded.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass, replace
from datetime import date
from functools import cache

from rongji.budget.selectors import (
    Purse,
    adjustment_purses,
    initial_purses,
    is_opening_known,
    opening_fen,
    posted_purses,
)
from rongji.budget.types import FUND_LABELS, Codes, Direction, ExpenditureKind, Fund
from rongji.kernel.figure import Figure, FigureKey, RowRef, Source, SourceKind, Stage
from rongji.kernel.quantity import Quantity
from rongji.law.concepts import concept
from rongji.law.declared import written
from rongji.law.loader import lawbook
from rongji.law.shapes.codes import CodeEntry, SpendingUse, ThreePublic
from rongji.law.values import find

SHOWN_PURSES = 200
LEDGER, BUDGET = "账务系统", "预算指标"
Chosen = Callable[[Codes], bool]


@dataclass(frozen=True, slots=True)
class Measure:
    """A concept and which purses make it."""

    concept: str
    label: str
    how: str
    chooses: Chosen
    member: str = ""


class Classification:
    """What the classification in force at the end of a year says of economic codes."""

    def __init__(self, year: int) -> None:
        self._last_day = date(year, 12, 31)

    @cache  # noqa: B019  lives as long as one derivation
    def entry(self, code: str) -> CodeEntry:
        """The entry of a code, else of its class, else an empty one: an unknown code belongs to no selection."""
        for wanted in (code, code[:3]):
            row = find("codes.economic", on=self._last_day, known_on=date.max, code=wanted)
            if row is not None and isinstance(row.value, CodeEntry):
                return row.value
        return CodeEntry(name=code)

    def has_use(self, use: SpendingUse, kind: ExpenditureKind) -> Chosen:
        """Purses of one kind of expenditure whose economic code is 人员经费 or 公用经费."""
        return lambda c: c.kind == kind and self.entry(c.economic).use is use

    def is_three_public(self, item: ThreePublic | None = None) -> Chosen:
        """Purses of one of the 三公 items, or of any of them."""
        if item is None:
            return lambda c: self.entry(c.economic).three_public is not ThreePublic.NONE
        return lambda c: self.entry(c.economic).three_public is item


def _expenditure_measures(codes: Classification) -> list[Measure]:
    """The measures over expenditure purses that hold for every unit and the whole."""
    basic, project = ExpenditureKind.BASIC, ExpenditureKind.PROJECT
    chosen: dict[str, tuple[str, Chosen]] = {
        "expenditure.total": ("全部支出凭证之和", lambda _: True),
        "expenditure.basic": ("支出类别为基本支出的凭证之和", lambda c: c.kind == basic),
        "expenditure.project": ("支出类别为项目支出的凭证之和", lambda c: c.kind == project),
        "expenditure.personnel": ("基本支出中人员经费科目的凭证之和", codes.has_use(SpendingUse.PERSONNEL, basic)),
        "expenditure.operating": ("基本支出中公用经费科目的凭证之和", codes.has_use(SpendingUse.OPERATING, basic)),
        "three_public.total": ("三公经费各经济科目的凭证之和", codes.is_three_public()),
    }
    for item in ThreePublic:
        if item is not ThreePublic.NONE:
            chosen[f"three_public.{item.value}"] = ("该项经济科目的凭证之和", codes.is_three_public(item))
    return [Measure(concept, _label(concept), how, chooses) for concept, (how, chooses) in chosen.items()]


def _class_measures() -> list[Measure]:
    """The economic classes split by kind of expenditure, for the whole bureau."""
    return [
        Measure(
            item.id,
            item.label,
            f"经济分类 {'、'.join(item.economic)} 的凭证之和",
            _of_class(item.economic, kind),
            f"kind:{kind.value}",
        )
        for item in written(lawbook()).values()
        if item.economic
        for kind in ExpenditureKind
    ]


def _of_class(classes: tuple[str, ...], kind: ExpenditureKind) -> Chosen:
    return lambda c: c.kind == kind and c.economic[:3] in classes


def _label(concept_id: str) -> str:
    return concept(lawbook(), concept_id).label


def _figure(key: FigureKey, label: str, purses: Iterable[Purse], how: str, origin: str) -> Figure:
    chosen = sorted(purses, key=lambda purse: -abs(purse.fen))
    quantity = Quantity.from_fen(sum(purse.fen for purse in chosen), "万元", 6)
    rows = tuple(_row(purse) for purse in chosen[:SHOWN_PURSES])
    records = sum(purse.records for purse in chosen)
    return Figure(
        key,
        label,
        Source(SourceKind.DERIVED, note=f"{origin}，共 {records} 条记录"),
        quantity,
        quantity.shown(),
        statement=origin,
        how=how,
        rows=rows,
    )


def _row(purse: Purse) -> RowRef:
    codes = purse.codes
    parts = (codes.unit, FUND_LABELS.get(codes.fund, codes.fund), codes.functional, codes.economic, codes.project)
    label = " · ".join(part for part in parts if part) + f"（{purse.records} 条）"
    return RowRef("postings", "|".join(astuple(codes)), label, Quantity.from_fen(purse.fen, "万元", 6))


def _scoped(
    measures: list[Measure], purses: list[Purse], stage: Stage, units: Iterable[str], origin: str
) -> list[Figure]:
    """Each measure for the whole and for every unit that has records, leaving out what no record touches."""
    figures = []
    for measure in measures:
        chosen = [purse for purse in purses if measure.chooses(purse.codes)]
        for unit in ("", *units):
            own = [purse for purse in chosen if not unit or purse.books == unit]
            if own:
                key = FigureKey(measure.concept, stage, unit, measure.member)
                figures.append(_figure(key, measure.label, own, measure.how, origin))
    return figures


def _breakdown(concept_id: str, purses: list[Purse], stage: Stage, axis: str, origin: str) -> list[Figure]:
    """The members of an axis; the axis is named as the field of the classification is."""
    members: dict[str, list[Purse]] = {}
    for purse in purses:
        code = getattr(purse.codes, axis)
        if code:
            members.setdefault(code, []).append(purse)
    return [
        _figure(
            FigureKey(concept_id, stage, "", f"{axis}:{code}"),
            f"{_label(concept_id)} {code}",
            own,
            f"{code} 的记录之和",
            origin,
        )
        for code, own in sorted(members.items())
    ]


def _is_project(purse: Purse) -> bool:
    return purse.codes.kind == ExpenditureKind.PROJECT


def expenditure_figures(bureau: str, year: int, units: Mapping[str, str]) -> list[Figure]:
    """What the postings say was spent. units: record unit code → unit it is accounted in."""
    purses = _accounted(posted_purses(bureau, year), units)
    figures = _scoped(_expenditure_measures(Classification(year)), purses, Stage.ACTUAL, _books(purses), LEDGER)
    figures += _scoped(_class_measures(), purses, Stage.ACTUAL, (), LEDGER)
    projects = [purse for purse in purses if _is_project(purse)]
    figures += _breakdown("expenditure.total", purses, Stage.ACTUAL, "functional", LEDGER)
    figures += _breakdown("expenditure.project", projects, Stage.ACTUAL, "functional", LEDGER)
    figures += _breakdown("expenditure.project", projects, Stage.ACTUAL, "project", LEDGER)
    basics = [purse for purse in purses if purse.codes.kind == ExpenditureKind.BASIC]
    figures += _breakdown("expenditure.basic", basics, Stage.ACTUAL, "economic", LEDGER)
    figures += _breakdown("expenditure.project", projects, Stage.ACTUAL, "economic", LEDGER)
    return figures


def _budget_measures() -> list[Measure]:
    how = "指标及已批准调整之和"
    chosen: dict[str, Chosen] = {
        "expenditure.total": lambda _: True,
        "expenditure.basic": lambda c: c.kind == ExpenditureKind.BASIC,
        "expenditure.project": lambda c: c.kind == ExpenditureKind.PROJECT,
        "funds.total": lambda _: True,
        "funds.fiscal": lambda c: c.fund == Fund.FISCAL,
        "funds.other": lambda c: c.fund != Fund.FISCAL,
    }
    return [Measure(name, _label(name), how, chooses) for name, chooses in chosen.items()]


def budget_figures(bureau: str, year: int) -> list[Figure]:
    """What lines and approved adjustments say was budgeted: at the start, changed, and after adjustment."""
    initial, changes = initial_purses(bureau, year), adjustment_purses(bureau, year)
    figures = []
    for stage, purses in ((Stage.INITIAL, initial), (Stage.ADJUSTMENT, changes), (Stage.ADJUSTED, initial + changes)):
        figures += _scoped(_budget_measures(), purses, stage, (), BUDGET)
        projects = [purse for purse in purses if _is_project(purse)]
        figures += _breakdown("expenditure.project", projects, stage, "project", BUDGET)
    return figures


def _income_measures() -> list[Measure]:
    measures = [Measure("income.total", _label("income.total"), "上年结转与本年各项收入之和", lambda _: True)]
    for fund in Fund:
        measures.append(Measure(f"income.{fund.value}", FUND_LABELS[fund], f"{FUND_LABELS[fund]}之和", _of_fund(fund)))
    return measures


def _of_fund(fund: Fund) -> Chosen:
    return lambda c: c.fund == fund


def income_figures(bureau: str, year: int, units: Mapping[str, str]) -> list[Figure]:
    """Income by source and the balance by identity: 上年结转 + 本年收入 − 支出 = 当年结余.

    Without the carry-over, or without any income posted, neither total nor balance can be told, and none is.
    """
    received = _accounted(posted_purses(bureau, year, Direction.INCOME), units)
    opening = opening_fen(bureau, year).items()
    carried = [Purse(Codes(unit, "", Fund.CARRIED_OVER, "", "", ""), fen, 1) for unit, fen in opening if fen]
    purses = _accounted(carried, units) + received
    if not purses:
        return []
    spent = [replace(purse, fen=-purse.fen) for purse in _accounted(posted_purses(bureau, year), units)]
    balance = Measure("balance.current", _label("balance.current"), "上年结转 + 本年收入 − 本年支出", lambda _: True)
    scope = _books(purses)
    total, *sources = _income_measures()
    figures = _scoped(sources, purses, Stage.ACTUAL, scope, LEDGER)
    if not received or not is_opening_known(bureau, year):
        return figures
    figures = _scoped([total], purses, Stage.ACTUAL, scope, LEDGER) + figures
    return figures + _scoped([balance], purses + spent, Stage.ACTUAL, scope, LEDGER)


def _books(purses: list[Purse]) -> list[str]:
    return sorted({purse.books for purse in purses})


def _accounted(purses: list[Purse], units: Mapping[str, str]) -> list[Purse]:
    """Purses that say in whose books they stand: a unit without own accounts stands in another unit's."""
    return [replace(purse, books=units.get(purse.codes.unit, purse.codes.unit)) for purse in purses]


def derived_figures(bureau: str, year: int, units: Mapping[str, str]) -> tuple[Figure, ...]:
    """Every figure the budget can derive for a bureau-year; empty when it has no records.

    units: code of a unit → code of the unit that keeps its books.
    """
    return tuple(
        budget_figures(bureau, year) + expenditure_figures(bureau, year, units) + income_figures(bureau, year, units)
    )
