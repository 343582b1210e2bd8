"""Makes the indicator table ready for scoring: computed actuals, and rows that are parts of another put together."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from rongji.kernel.bureau_year import BureauYear, Direction, IndicatorFacts
from rongji.kernel.figure import Figure
from rongji.kernel.quantity import Quantity
from rongji.law.formulas import IndicatorFormula
from rongji.law.shapes.scheme import Aggregation, Tier
from rongji.rules.scoring.aggregate import MoneyMissing, Part, PartsDiffer, combine, share_by_money
from rongji.rules.scoring.formulas import CannotCompute, computed_actual
from rongji.rules.scoring.gates import GateCode, gate
from rongji.rules.scoring.points import as_decimal, percent
from rongji.rules.scoring.qualitative import tier_named
from rongji.rules.scoring.types import Gate


@dataclass(frozen=True)
class SettledRow:
    """A row as it will be scored.

    facts: computed and aggregated values in place of typed ones. how: where they come from. share: exact share of
    an aggregated qualitative row. parts: rows that went into it; part_of: code of the row it went into.
    blocked: it cannot be scored and a gate of its own or of a part already says why.
    """

    facts: IndicatorFacts
    how: tuple[str, ...] = ()
    inputs: tuple[Figure, ...] = ()
    share: Fraction | None = None
    parts: tuple[IndicatorFacts, ...] = ()
    part_of: str = ""
    blocked: bool = False
    gates: tuple[Gate, ...] = ()


@dataclass(frozen=True)
class Table:
    """The indicator table of one year with what is needed to settle its rows."""

    year: BureauYear
    tiers: Sequence[Tier]
    aggregation: Aggregation
    formulas: Mapping[str, IndicatorFormula]
    first: Mapping[str, IndicatorFacts] = field(default_factory=dict)

    @property
    def indicators(self) -> tuple[IndicatorFacts, ...]:
        """The rows as filled in."""
        return self.year.indicators

    def parent_of(self, item: IndicatorFacts) -> IndicatorFacts | None:
        """The row it is to be aggregated into; None when it names none or none of that code exists."""
        return self.first.get(item.parent) if item.parent else None

    def runs_in_circles(self, item: IndicatorFacts) -> bool:
        """Whether going up from this row never comes to a top."""
        seen, at = {item.code}, self.parent_of(item)
        while at is not None:
            if at.code in seen:
                return True
            seen.add(at.code)
            at = self.parent_of(at)
        return False

    def top_of(self, item: IndicatorFacts) -> IndicatorFacts:
        """The row at the top of the ones this row goes into; itself when it goes into none or runs in circles."""
        if self.runs_in_circles(item):
            return item
        parent = self.parent_of(item)
        while parent is not None:
            item, parent = parent, self.parent_of(parent)
        return item

    def parts_of(self, item: IndicatorFacts) -> list[IndicatorFacts]:
        """The rows that go straight into this one."""
        if self.first[item.code] is not item:
            return []
        return [row for row in self.indicators if row.parent == item.code and not self.runs_in_circles(row)]


def settled_rows(
    year: BureauYear,
    tiers: Sequence[Tier],
    aggregation: Aggregation,
    formulas: Mapping[str, IndicatorFormula],
    project: str = "",
) -> tuple[SettledRow, ...]:
    """Every row of one table in its order; parts stay in it, marked, and are not scored on their own.

    project: the project's own table instead of the department's. A row belongs to the table of the row at its top;
    when every row names a project, the names are taken for mere tags and all rows are the department's.
    """
    first: dict[str, IndicatorFacts] = {}
    for item in year.indicators:
        first.setdefault(item.code, item)
    table = Table(year, tiers, aggregation, formulas, first)
    owners = [table.top_of(item).project for item in year.indicators]
    only_tags = not project and all(owners)
    mine = [item for item, owner in zip(year.indicators, owners, strict=True) if only_tags or owner == project]
    return tuple(_row(item, table) for item in mine)


def projects_with_tables(year: BureauYear) -> tuple[str, ...]:
    """Codes of the projects that have indicator rows of their own, beside a table of the department."""
    own = [item for item in year.indicators if not item.parent]
    if not any(not item.project for item in own):
        return ()
    return tuple(dict.fromkeys(item.project for item in own if item.project))


def duplicate_gates(indicators: Sequence[IndicatorFacts]) -> list[Gate]:
    """One gate for each code that stands on several rows."""
    counts = Counter(item.code for item in indicators)
    return [gate(GateCode.DUPLICATE_CODE, code, code=code, count=n) for code, n in counts.items() if n > 1]


def label(item: IndicatorFacts) -> str:
    """How a sentence names a row: `指标“义务兵家庭优待金”（I03）`."""
    name = " ".join(item.name.split()).replace("“", "‘").replace("”", "’")
    return f"指标“{name}”（{item.code}）"


def _row(item: IndicatorFacts, table: Table) -> SettledRow:
    """A row for the score table: a part keeps its own values and goes unscored."""
    settled = _settle(item, table)
    if not item.parent:
        return settled
    parent = table.parent_of(item)
    if parent is None:
        return _with(settled, gate(GateCode.PARENT_UNKNOWN, item.code, name=label(item), parent=item.parent))
    if table.runs_in_circles(item):
        return _with(settled, gate(GateCode.PARENT_CYCLE, item.code, name=label(item)))
    more = [_part_with_weight(item, parent)] if item.weight is not None else []
    return replace(settled, part_of=item.parent, gates=(*settled.gates, *more))


def _part_with_weight(item: IndicatorFacts, parent: IndicatorFacts) -> Gate:
    assert item.weight is not None
    facts = {"name": label(item), "parent": parent.name, "weight": item.weight.shown()}
    return gate(GateCode.PART_WITH_WEIGHT, item.code, **facts)


def _with(settled: SettledRow, *more: Gate) -> SettledRow:
    return replace(settled, gates=(*settled.gates, *more))


def _settle(item: IndicatorFacts, table: Table) -> SettledRow:
    """The row with its final values: from its parts, from its formula, or as typed."""
    parts = table.parts_of(item)
    if parts:
        return _from_parts(item, [_settle(part, table) for part in parts], table)
    if item.formula:
        return _from_formula(item, table)
    return SettledRow(item)


def _from_formula(item: IndicatorFacts, table: Table) -> SettledRow:
    formula = table.formulas.get(item.formula.removeprefix("indicator."))
    if formula is None:
        return SettledRow(
            item, gates=(gate(GateCode.FORMULA_UNKNOWN, item.code, name=label(item), formula=item.formula),)
        )
    try:
        figure = computed_actual(formula, table.year.figures)
    except CannotCompute as refusal:
        facts = {"name": label(item), "formula": formula.label, "problem": refusal.problem}
        return SettledRow(item, gates=(gate(GateCode.FORMULA_INPUTS, item.code, **facts),))
    return SettledRow(
        replace(item, actual=figure.quantity, actual_text=""),
        how=(f"实际值由公式算出：{figure.how}",),
        inputs=(figure,),
    )


def _from_parts(item: IndicatorFacts, parts: list[SettledRow], table: Table) -> SettledRow:
    """Aggregate first; what cannot be put together leaves the row blocked with a gate that says why."""
    rows = tuple(part.facts for part in parts)
    blocked = SettledRow(replace(item, target=None, actual=None), parts=rows, blocked=True)
    if any(part.blocked for part in parts):
        return blocked
    missing = _missing_gates(item, rows, table)
    if missing:
        return replace(blocked, gates=tuple(missing))
    inputs = tuple(figure for part in parts for figure in part.inputs)
    try:
        if item.direction is Direction.QUALITATIVE:
            return replace(_shares(item, rows, table), parts=rows, inputs=inputs)
        return replace(_values(item, rows, table), parts=rows, inputs=inputs)
    except PartsDiffer as refusal:
        gates = (gate(GateCode.PARTS_DIFFER, item.code, name=label(item), problem=str(refusal).rstrip("。")),)
    except MoneyMissing as refusal:
        gates = (gate(GateCode.MONEY_MISSING, item.code, name=label(item), parts=refusal.facts["parts"]),)
    return replace(blocked, gates=gates)


def _missing_gates(item: IndicatorFacts, rows: Sequence[IndicatorFacts], table: Table) -> list[Gate]:
    """What the parts lack before they can be put together."""
    found = []
    for row in rows:
        if item.direction is Direction.QUALITATIVE:
            tier = tier_named(table.tiers, row.tier)
            if tier is None:
                found.append(tier_gate(row, table.tiers))
            elif row.share is None:
                found.append(share_gate(row, tier))
            continue
        found.extend(value_gates(row, upper=item.direction is Direction.RANGE))
    return found


def _values(item: IndicatorFacts, rows: Sequence[IndicatorFacts], table: Table) -> SettledRow:
    target, said_target = _combined(rows, [row.target for row in rows], table)
    actual, said_actual = _combined(rows, [row.actual for row in rows], table)
    upper = None
    if item.direction is Direction.RANGE:
        upper, _ = _combined(rows, [row.target_upper for row in rows], table)
    how = (f"先汇总 {len(rows)} 行", f"目标 {said_target}", f"实际 {said_actual}")
    facts = replace(item, target=target, target_upper=upper, actual=actual, target_text="", actual_text="")
    return SettledRow(facts, how=how)


def _combined(rows: Sequence[IndicatorFacts], values: Sequence[Quantity | None], table: Table) -> tuple[Quantity, str]:
    parts = [Part(row.code, value, row.money) for row, value in zip(rows, values, strict=True) if value is not None]
    combined = combine(parts, table.aggregation)
    return combined.value, combined.how


def _shares(item: IndicatorFacts, rows: Sequence[IndicatorFacts], table: Table) -> SettledRow:
    """An aggregated qualitative row: its tier is the one whose band holds the weighted share."""
    share, said = share_by_money([(row.code, row.share.base, row.money) for row in rows if row.share is not None])
    exact = as_decimal(share)
    tier = next((tier for tier in table.tiers if tier.holds(exact)), None)
    facts = replace(item, tier=tier.name.value if tier else "", share=None)
    return SettledRow(facts, how=(f"先汇总 {len(rows)} 行", said), share=share)


def value_gates(row: IndicatorFacts, *, upper: bool) -> list[Gate]:
    """What a quantitative row lacks: target, upper end, actual; words in their place are named."""
    found = presence_gates(row)
    if row.target is None and row.target_text.strip():
        found.append(gate(GateCode.TARGET_IN_WORDS, row.code, name=label(row), text=row.target_text.strip()))
    if row.actual is None and row.actual_text.strip():
        found.append(gate(GateCode.ACTUAL_IN_WORDS, row.code, name=label(row), text=row.actual_text.strip()))
    if upper and row.target_upper is None:
        found.append(gate(GateCode.UPPER_MISSING, row.code, name=label(row)))
    return found


def presence_gates(row: IndicatorFacts) -> list[Gate]:
    """Target and actual that are not there at all, neither as numbers nor as words."""
    found = []
    if row.target is None and not row.target_text.strip():
        found.append(gate(GateCode.TARGET_MISSING, row.code, name=label(row)))
    if row.actual is None and not row.actual_text.strip():
        found.append(gate(GateCode.ACTUAL_MISSING, row.code, name=label(row)))
    return found


def tier_gate(row: IndicatorFacts, tiers: Sequence[Tier]) -> Gate:
    """No tier chosen, or an unknown word for one."""
    words = "、".join(f"“{tier.label}”" for tier in tiers)
    return gate(GateCode.TIER_MISSING, row.code, name=label(row), tiers=words)


def share_gate(row: IndicatorFacts, tier: Tier) -> Gate:
    """A tier without a share."""
    band = f"{percent(Fraction(tier.lower))}～{percent(Fraction(tier.upper))}"
    return gate(GateCode.SHARE_MISSING, row.code, name=label(row), tier=tier.label, band=band)
