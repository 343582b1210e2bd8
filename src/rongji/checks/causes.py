"""根源: findings that one mistake explains share a group, with the one change that would settle them (a proposal).

Works on findings and their figures alone. A proposal is arithmetic: which single figure, set to which value,
makes the most contradictions hold and none of the relations that hold break. It never changes anything.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from rongji.checks.intervals import margin
from rongji.checks.wording import amount, in_unit, label_of, plain_places
from rongji.kernel.figure import Figure, FigureKey
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.quantity import Quantity
from rongji.kernel.units import UnitKind

_SETTLED = (Verdict.HOLDS, Verdict.ROUNDING)
_MOST_CHANGES = 6


@dataclass(frozen=True, slots=True)
class Relation:
    """A finding read back as an equation: the signed sum of its figures is zero within a tolerance."""

    index: int
    signs: tuple[tuple[FigureKey, int], ...]
    tolerance: Fraction

    def gap(self, values: dict[FigureKey, Fraction]) -> Fraction:
        """What is left over with those values."""
        return sum((sign * values[key] for key, sign in self.signs), Fraction(0))

    def holds(self, values: dict[FigureKey, Fraction]) -> bool:
        """Whether it closes within its tolerance."""
        return abs(self.gap(values)) <= self.tolerance


@dataclass(frozen=True, slots=True)
class Change:
    """One figure set to one value: what it settles and what it would break."""

    key: FigureKey
    value: Fraction
    settles: tuple[int, ...]
    breaks: int


def grouped(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The same findings, those with a common cause marked with group and proposal."""
    relations = [item for index, found in enumerate(findings) if (item := _relation(index, found))]
    values, printed = _values(findings)
    result = list(findings)
    for number, change in enumerate(_changes(relations, values), 1):
        figure = printed[change.key]
        group = f"cause-{number}"
        text = _proposal(figure, change, findings)
        for index in change.settles:
            result[index] = replace(result[index], group=group, proposal=text)
    return tuple(result)


def _relation(index: int, finding: Finding) -> Relation | None:
    """Sums and equal amounts can be read back; rates, scores and inequalities cannot."""
    if finding.difference is None or finding.tolerance is None or len(finding.figures) < 2:
        return None
    kinds = {item.quantity.unit.kind for item in finding.figures if item.quantity}
    if kinds not in ({UnitKind.MONEY}, {UnitKind.COUNT}) or any(item.vague for item in finding.figures):
        return None
    signs = _signs(finding)
    if signs is None:
        return None
    unit = finding.figures[0].quantity.unit.factor if finding.figures[0].quantity else 1
    return Relation(index, signs, Fraction(finding.tolerance) * Fraction(unit))


def _signs(finding: Finding) -> tuple[tuple[FigureKey, int], ...] | None:
    """Total minus parts, with the signs that reproduce the finding's own difference; None when none do."""
    total, *parts = finding.figures
    stated = _base(total)
    due = stated - Fraction(finding.difference or 0) * Fraction(total.quantity.unit.factor if total.quantity else 1)
    plus = sum((_base(part) for part in parts), Fraction(0))
    if len({item.key for item in finding.figures}) != len(finding.figures):
        return None
    if due == plus:
        return ((total.key, 1), *((part.key, -1) for part in parts))
    if len(parts) == 2 and due == _base(parts[0]) - _base(parts[1]):
        return ((total.key, 1), (parts[0].key, -1), (parts[1].key, 1))
    return None


def _values(findings: Iterable[Finding]) -> tuple[dict[FigureKey, Fraction], dict[FigureKey, Figure]]:
    values: dict[FigureKey, Fraction] = {}
    printed: dict[FigureKey, Figure] = {}
    for finding in findings:
        for figure in finding.figures:
            if figure.quantity is not None and figure.key not in values:
                values[figure.key] = _base(figure)
                printed[figure.key] = figure
    return values, printed


def _changes(relations: Sequence[Relation], values: dict[FigureKey, Fraction]) -> list[Change]:
    """The best change, then the best after it, until nothing more is settled by two at once."""
    found: list[Change] = []
    current = dict(values)
    while len(found) < _MOST_CHANGES:
        best = _best(relations, current)
        if best is None:
            return found
        current[best.key] = best.value
        found.append(best)
    return found


def _best(relations: Sequence[Relation], values: dict[FigureKey, Fraction]) -> Change | None:
    broken = [item for item in relations if not item.holds(values)]
    tried = [_try(relations, values, item, key) for item in broken for key, _ in item.signs]
    useful = [item for item in tried if len(item.settles) - item.breaks > 0 and len(item.settles) > 1]
    return max(useful, key=lambda item: (len(item.settles) - item.breaks, -item.breaks), default=None)


def _try(relations: Sequence[Relation], values: dict[FigureKey, Fraction], broken: Relation, key: FigureKey) -> Change:
    sign = dict(broken.signs)[key]
    value = values[key] - broken.gap(values) / sign
    after = {**values, key: value}
    touched = [item for item in relations if any(name == key for name, _ in item.signs)]
    settles = tuple(item.index for item in touched if not item.holds(values) and item.holds(after))
    breaks = sum(1 for item in touched if item.holds(values) and not item.holds(after))
    return Change(key, value, settles, breaks)


def _proposal(figure: Figure, change: Change, findings: Sequence[Finding]) -> str:
    quantity = figure.quantity
    if quantity is None:
        return ""
    due = in_unit(change.value, quantity)
    due = Quantity(due.value, due.unit_name, max(0, -int(due.value.normalize().as_tuple().exponent), 0))
    name = label_of(figure, [item for index in change.settles for item in findings[index].figures])
    text = f"建议核对：{name} {amount(quantity)} 若为 {amount(due)}，这 {len(change.settles)} 处即可相符"
    hint = _slip(quantity, due)
    return f"{text}{'（' + hint + '）' if hint else ''}。此为推算，以账表为准。"


def _slip(quantity: Quantity, due: Quantity) -> str:
    """The typing slip that turns one number into the other, if it is one of the usual ones."""
    wrong, right = plain_places(quantity), plain_places(due)
    for place in range(1, len(wrong)):
        if wrong[place] == wrong[place - 1] and wrong[:place] + wrong[place + 1 :] == right:
            return f"多打了一个重复的“{wrong[place]}”"
    if sorted(wrong) == sorted(right) and sum(a != b for a, b in zip(wrong, right, strict=True)) == 2:
        return "相邻数字打颠倒"
    if len(wrong) == len(right) and sum(a != b for a, b in zip(wrong, right, strict=True)) == 1:
        return "有一位数字打错"
    return ""


def _base(figure: Figure) -> Fraction:
    return Fraction(figure.quantity.base) if figure.quantity else Fraction(0)


def tolerance_of(figures: Iterable[Figure]) -> Fraction:
    """What the printed precision of these figures can hide together."""
    return sum((margin(item.quantity) for item in figures if item.quantity), Fraction(0))
