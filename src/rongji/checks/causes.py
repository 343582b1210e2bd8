"""根源: findings that one mistake explains share a group, with the one change that would settle them (a proposal).

Works on findings and their figures alone. A proposal is arithmetic: which single figure, set to which value,
makes the most contradictions hold and breaks the fewest relations that hold. It never changes anything.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from rongji.checks.slips import slip_between
from rongji.checks.wording import amount, in_unit, label_of, plain
from rongji.kernel.figure import Figure, FigureKey
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.quantity import Quantity
from rongji.kernel.units import UnitKind

_MOST_CHANGES = 8
_TOGETHER = 2

Values = Mapping[FigureKey, Fraction]


@dataclass(frozen=True, slots=True)
class Relation:
    """A finding read back as an equation: signed figures and a constant add up to zero within a tolerance."""

    index: int
    signs: tuple[tuple[FigureKey, int], ...]
    constant: Fraction
    tolerance: Fraction
    contradicts: bool

    def gap(self, values: Values) -> Fraction:
        """What is left over with those values."""
        return sum((sign * values[key] for key, sign in self.signs), self.constant)

    def holds(self, values: Values) -> bool:
        """Whether it closes within its tolerance."""
        return abs(self.gap(values)) <= self.tolerance


@dataclass(frozen=True, slots=True)
class Change:
    """One figure set to one value: the findings it settles, the earlier changes it completes, what it would break."""

    key: FigureKey
    value: Fraction
    settles: tuple[int, ...]
    repairs: int
    breaks: int

    @property
    def gain(self) -> int:
        """How many relations more hold afterwards than before."""
        return len(self.settles) + self.repairs - self.breaks


def grouped(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The same findings, those with a common cause marked with group and proposal."""
    values, printed = _values(findings)
    read = [item for index, found in enumerate(findings) if (item := _relation(index, found))]
    # An inequality that holds reads like a broken sum: only equations that agree with their verdict count.
    relations = [item for item in read if item.holds(values) is not item.contradicts]
    result, by_index = list(findings), {item.index: item for item in relations}
    for number, change in enumerate(_changes(relations, values), 1):
        alone = {**values, change.key: change.value}
        together = change.repairs > 0 or any(not by_index[index].holds(alone) for index in change.settles)
        text = _proposal(printed[change.key], change, printed, together=together)
        for index in change.settles:
            result[index] = replace(result[index], group=f"cause-{number}", proposal=text)
    return _with_points_grouped(result)


def _relation(index: int, finding: Finding) -> Relation | None:
    """Sums and equal amounts can be read back; rates, scores and inequalities cannot."""
    if finding.difference is None or finding.tolerance is None or len(finding.figures) < _TOGETHER:
        return None
    kinds = {item.quantity.unit.kind for item in finding.figures if item.quantity}
    if kinds not in ({UnitKind.MONEY}, {UnitKind.COUNT}) or any(item.vague for item in finding.figures):
        return None
    if finding.verdict not in (Verdict.CONTRADICTION, Verdict.HOLDS, Verdict.ROUNDING):
        return None
    equation = _equation(finding)
    if equation is None:
        return None
    signs, constant = equation
    tolerance = Fraction(finding.tolerance) * _factor(finding)
    return Relation(index, signs, constant, tolerance, finding.verdict is Verdict.CONTRADICTION)


def _equation(finding: Finding) -> tuple[tuple[tuple[FigureKey, int], ...], Fraction] | None:
    """Signs that reproduce the finding's own difference; None when it was no sum."""
    printed, *basis = finding.figures
    due = _base(printed) - Fraction(finding.difference or 0) * _factor(finding)
    if len(basis) == 1 and basis[0].key == printed.key:
        return ((basis[0].key, 1),), -_base(printed)
    if len({item.key for item in finding.figures}) != len(finding.figures):
        return None
    if due == sum((_base(part) for part in basis), Fraction(0)):
        return ((printed.key, 1), *((part.key, -1) for part in basis)), Fraction(0)
    if len(basis) == _TOGETHER and due == _base(basis[0]) - _base(basis[1]):
        return ((printed.key, 1), (basis[0].key, -1), (basis[1].key, 1)), Fraction(0)
    return None


def _values(findings: Iterable[Finding]) -> tuple[dict[FigureKey, Fraction], dict[FigureKey, Figure]]:
    """Each fact once, as its leading statement has it (the last figure of a comparison of two printings)."""
    values: dict[FigureKey, Fraction] = {}
    printed: dict[FigureKey, Figure] = {}
    for finding in findings:
        for figure in reversed(finding.figures):
            if figure.quantity is not None and figure.key not in values:
                values[figure.key] = _base(figure)
                printed[figure.key] = figure
    return values, printed


def _changes(relations: Sequence[Relation], values: Values) -> list[Change]:
    """The best change, then the best after it, until no change settles more than it breaks."""
    found: list[Change] = []
    current = dict(values)
    while len(found) < _MOST_CHANGES:
        best = _best(relations, current, {item.key for item in found})
        if best is None:
            return found
        current[best.key] = best.value
        found.append(best)
    return found


def _best(relations: Sequence[Relation], values: Values, done: set[FigureKey]) -> Change | None:
    broken = [item for item in relations if not item.holds(values)]
    keys = {(item, key) for item in broken for key, _ in item.signs if key not in done}
    tried = [
        _try(relations, values, item, key) for item, key in sorted(keys, key=lambda pair: (pair[0].index, pair[1]))
    ]
    useful = [
        item for item in tried if item.gain > 0 and len(item.settles) + item.repairs >= _TOGETHER and item.settles
    ]
    return max(useful, key=lambda item: (item.gain, -item.breaks), default=None)


def _try(relations: Sequence[Relation], values: Values, broken: Relation, key: FigureKey) -> Change:
    sign = dict(broken.signs)[key]
    value = values[key] - broken.gap(values) / sign
    after = {**values, key: value}
    touched = [item for item in relations if any(name == key for name, _ in item.signs)]
    settled = [item for item in touched if not item.holds(values) and item.holds(after)]
    contradictions = tuple(item.index for item in settled if item.contradicts)
    breaks = sum(1 for item in touched if item.holds(values) and not item.holds(after))
    return Change(key, value, contradictions, len(settled) - len(contradictions), breaks)


def _proposal(figure: Figure, change: Change, printed: Mapping[FigureKey, Figure], *, together: bool) -> str:
    """together: it settles them only when the other proposals are taken as well."""
    quantity = figure.quantity
    if quantity is None:
        return ""
    exact = in_unit(change.value, quantity).value
    due = Quantity(exact, quantity.unit_name, max(0, -int(exact.normalize().as_tuple().exponent)))
    number = len(change.settles)
    scope = f"这 {number} 处即可相符" if number > 1 else "此处即可相符"
    beside = "（与其他建议一并改正时）" if together else ""
    reason = slip_between(quantity, due) or _counted_in(figure, change, printed)
    text = f"建议核对：{label_of(figure)} {amount(quantity)}若为 {amount(due)}，{scope}{beside}"
    return f"{text}{'；' + reason if reason else ''}。此为推算，以账表为准。"


def _counted_in(figure: Figure, change: Change, printed: Mapping[FigureKey, Figure]) -> str:
    """The other figure whose whole amount the change takes out or puts in (结余计入了支出), if there is exactly one."""
    off = _base(figure) - change.value
    same = [item for key, item in printed.items() if key.unit == figure.key.unit and key != figure.key]
    equal = [item for item in same if off and abs(_base(item)) == abs(off) and _is_money(item)]
    if len({item.key for item in equal}) != 1 or equal[0].quantity is None:
        return ""
    return f"差额恰为{equal[0].label} {amount(equal[0].quantity)}，疑为{'多' if off > 0 else '少'}计了{equal[0].label}"


def _with_points_grouped(findings: list[Finding]) -> tuple[Finding, ...]:
    """Weights, scores and a heading that are off by the same number of points have one cause."""
    points: dict[Decimal, list[int]] = {}
    for index, item in enumerate(findings):
        if item.is_trouble and not item.group and item.difference and item.stated and item.stated.unit_name == "分":
            points.setdefault(abs(item.difference), []).append(index)
    for gap, indices in points.items():
        if len(indices) < _TOGETHER:
            continue
        heading = next((findings[i].subject for i in indices if findings[i].verdict is Verdict.DEFECT), "")
        where = f"先看{heading}：" if heading else ""
        text = f"建议核对：{where}这 {len(indices)} 处都差 {plain(gap)} 分，多半是同一处多列或少列了 {plain(gap)} 分。"
        for index in indices:
            findings[index] = replace(findings[index], group=f"points-{plain(gap)}", proposal=text)
    return tuple(findings)


def _is_money(figure: Figure) -> bool:
    return figure.quantity is not None and figure.quantity.unit.kind is UnitKind.MONEY


def _factor(finding: Finding) -> Fraction:
    return Fraction(finding.stated.unit.factor) if finding.stated else Fraction(1)


def _base(figure: Figure) -> Fraction:
    return Fraction(figure.quantity.base) if figure.quantity else Fraction(0)
