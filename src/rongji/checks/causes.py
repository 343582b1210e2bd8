"""根源: findings that one mistake explains share a group, with the one change that would settle them (a proposal).

Works on findings and their figures alone. A proposal is arithmetic: which single figure, set to which value,
makes the most contradictions hold and breaks the fewest relations that hold. It never changes anything.
Only the facts that several broken relations share are tried, and each only against the relations it stands in, so the
cost grows with the number of findings and not with its square.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from rongji.checks.equations import Equation, Shape, Values, base_of, equation_of, total, values_of
from rongji.checks.slips import slip_between
from rongji.checks.wording import amount, in_unit, label_of, plain
from rongji.kernel.figure import Figure, FigureKey
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.quantity import EXACT, Quantity
from rongji.kernel.units import UnitKind

_MOST_CHANGES = 8
_TOGETHER = 2
_MOST_TRIED = 2000


@dataclass(frozen=True, slots=True)
class Change:
    """One figure set to one value: the findings it settles, the earlier changes it completes, what it would break."""

    key: FigureKey
    value: Decimal
    settles: tuple[int, ...]
    repairs: int
    breaks: int

    @property
    def gain(self) -> int:
        """How many relations more hold afterwards than before."""
        return len(self.settles) + self.repairs - self.breaks


class Web:
    """All equations with the facts they share, and what each lacks with the present values."""

    def __init__(self, equations: Sequence[Equation], values: Values, gaps: Mapping[int, Decimal | None]) -> None:
        self.values = dict(values)
        self.gaps = dict(gaps)
        self.by_index = {item.index: item for item in equations}
        self.of_key: dict[FigureKey, list[tuple[Equation, int]]] = {}
        for item in equations:
            for key, sign in item.signs:
                self.of_key.setdefault(key, []).append((item, sign))

    def broken(self) -> list[Equation]:
        """The equations that do not close."""
        return [item for item in self.by_index.values() if not item.closes(self.gaps[item.index])]

    def gap_after(self, item: Equation, sign: int, key: FigureKey, value: Decimal) -> Decimal | None:
        """What an equation would lack with another value of one of its facts."""
        gap = self.gaps[item.index]
        if item.shape is Shape.SUM and gap is not None:
            return total([(1, gap), (sign, value), (-sign, self.values[key])])
        return item.gap({**{name: self.values[name] for name, _ in item.signs}, key: value})

    def set(self, key: FigureKey, value: Decimal) -> None:
        """Go on with that value."""
        after = [(item.index, self.gap_after(item, sign, key, value)) for item, sign in self.of_key[key]]
        self.values[key] = value
        self.gaps.update(after)

    def tried(self, key: FigureKey, value: Decimal) -> Change:
        """What that value of that fact would settle and break; a rate may have been worked out of the wrong value."""
        contradictions, repairs, breaks = [], 0, 0
        for item, sign in self.of_key[key]:
            held = item.closes(self.gaps[item.index])
            holds = item.closes(self.gap_after(item, sign, key, value))
            if held and not holds:
                breaks += item.shape is Shape.SUM
            elif holds and not held and item.contradicts:
                contradictions.append(item.index)
            elif holds and not held:
                repairs += 1
        return Change(key, value, tuple(contradictions), repairs, breaks)


def grouped(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The same findings, those with a common cause marked with group and proposal."""
    if not any(item.is_trouble for item in findings):
        return tuple(findings)
    values, printed = values_of(findings)
    read = [item for index, found in enumerate(findings) if (item := equation_of(index, found))]
    gaps = {item.index: item.gap(values) for item in read}
    # An inequality that holds reads like a broken sum: only equations that agree with their verdict count.
    equations = [item for item in read if item.closes(gaps[item.index]) is not item.contradicts]
    result, web = list(findings), Web(equations, values, gaps)
    for number, change in enumerate(_changes(Web(equations, values, gaps)), 1):
        signs = {item.index: sign for item, sign in web.of_key[change.key]}
        alone = (web.gap_after(web.by_index[i], signs[i], change.key, change.value) for i in change.settles)
        apart = any(not web.by_index[i].closes(gap) for i, gap in zip(change.settles, alone, strict=True))
        text = _proposal(printed[change.key], change, printed, together=change.repairs > 0 or apart)
        for index in change.settles:
            result[index] = replace(result[index], group=f"cause-{number}", proposal=text)
    return _with_points_grouped(result)


def _changes(web: Web) -> list[Change]:
    """The best change, then the best after it, until no change settles more than it breaks."""
    found: list[Change] = []
    while len(found) < _MOST_CHANGES:
        best = _best(web, {item.key for item in found})
        if best is None:
            return found
        web.set(best.key, best.value)
        found.append(best)
    return found


def _best(web: Web, done: set[FigureKey]) -> Change | None:
    broken = web.broken()
    shared = Counter(key for item in broken for key, _ in item.signs)
    keys = {key for key, count in shared.items() if count >= _TOGETHER and key not in done}
    tried = (web.tried(key, value) for key, value in _candidates(web, broken, keys))
    useful = [
        item for item in tried if item.gain > 0 and len(item.settles) + item.repairs >= _TOGETHER and item.settles
    ]
    return max(useful, key=lambda item: (item.gain, -item.breaks), default=None)


def _candidates(web: Web, broken: Sequence[Equation], keys: set[FigureKey]) -> Iterator[tuple[FigureKey, Decimal]]:
    """Each shared fact with each value that makes one of its broken sums close; rates are too coarse to solve."""
    seen: set[tuple[FigureKey, Decimal]] = set()
    for item in broken:
        gap = web.gaps[item.index]
        if item.shape is not Shape.SUM or gap is None:
            continue
        for key, sign in sorted((pair for pair in item.signs if pair[0] in keys), key=lambda pair: pair[0]):
            pair = key, total([(1, web.values[key]), (-sign, gap)])
            if pair not in seen and len(seen) < _MOST_TRIED:
                seen.add(pair)
                yield pair


def _proposal(figure: Figure, change: Change, printed: Mapping[FigureKey, Figure], *, together: bool) -> str:
    """together: it settles them only when the other proposals are taken as well."""
    quantity = figure.quantity
    if quantity is None:
        return ""
    due = _due(quantity, in_unit(Fraction(change.value), quantity).value)
    number = len(change.settles)
    scope = f"这 {number} 处即可相符" if number > 1 else "此处即可相符"
    beside = "（与其他建议一并改正时）" if together else ""
    reason = _repeated(quantity, due) or _counted_in(figure, change, printed) or slip_between(quantity, due)
    text = f"建议核对：{label_of(figure)} {amount(quantity)}若为 {amount(due)}，{scope}{beside}"
    return f"{text}{'；' + reason if reason else ''}。此为推算，以账表为准。"


def _due(quantity: Quantity, exact: Decimal) -> Quantity:
    """The amount that is due, in as few places as it needs, or in those of the print where that shows the slip."""
    fewest = max(0, -int(exact.normalize().as_tuple().exponent))
    choices = [Quantity(exact, quantity.unit_name, places) for places in (fewest, max(fewest, quantity.places))]
    return next((item for item in choices if slip_between(quantity, item)), choices[0])


def _repeated(quantity: Quantity, due: Quantity) -> str:
    """The slip that no chance produces: more digits than are due, one of them twice."""
    return slip_between(quantity, due) if quantity.places != due.places else ""


def _counted_in(figure: Figure, change: Change, printed: Mapping[FigureKey, Figure]) -> str:
    """The other figure whose whole amount the change takes out or puts in (结余计入了支出), if there is exactly one."""
    off = EXACT.subtract(base_of(figure), change.value)
    same = [item for key, item in printed.items() if key.unit == figure.key.unit and key != figure.key]
    equal = [item for item in same if off and abs(base_of(item)) == abs(off) and _is_money(item)]
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
