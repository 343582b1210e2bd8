"""增减与增长率（正文）: changes against last year or the budget, the rate of growth and its base."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rongji.checks import relations
from rongji.checks.excuses import unless_cut_off
from rongji.checks.registry import document_check
from rongji.checks.stated.basis import basis_of, same_basis, without_basis
from rongji.checks.stated.model import StatedDocument
from rongji.checks.stated.neighbours import before_in_sentence, is_value, sentence_before, series_of
from rongji.checks.stated.outline import Item, Outline, outline_of
from rongji.checks.stated.phrase import Against, Role
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.units import UnitKind

_GOOD = (Verdict.HOLDS, Verdict.ROUNDING)
_MOST = 4
_FAR = 2000  # characters
_COMPARISON = re.compile(r"(?:同比|环比|对比|相比|[比较与和]|增|减|上升|下降|降低|提高|提升|上涨|节约|压减|升高)")
_ADVERBS = re.compile(
    r"^(?:[一二三四五六七八九]是|其中|而|并|也|均|各|分别|总体)|(?:各|均|分别|自然|净|总体|总额|有所|实际|合计|同|整体)+$"
)
_UNSURE = "句中不能断定增减是针对哪一个数，请核对。"


@dataclass(frozen=True, slots=True)
class Change:
    """One statement of change: by how much, at which rate, of what, from what.

    now: what the change can be of, nearest first. before: what it can be measured against, nearest first.
    certain: whether only one number can be meant.
    """

    amount: Item | None
    rate: Item | None
    now: tuple[Item, ...]
    before: tuple[Item, ...]
    certain: bool

    @property
    def sign(self) -> int:
        """+1 for growth, −1 for decline, as the words say."""
        leading = self.amount or self.rate
        return leading.phrase.sign if leading else 1


@document_check(title="正文：增减额")
def prose_changes_match(document: StatedDocument) -> Iterator[Finding]:
    """An increase or decrease is the difference of the two numbers that its sentence states."""
    for change in _changes(document):
        if change.amount and change.now and change.before:
            yield from _settled([_difference(change, now, before) for now, before in _pairs(change)], change)


@document_check(title="正文：增长率")
def prose_growth_matches(document: StatedDocument) -> Iterator[Finding]:
    """A rate of growth is the change divided by what stood before, stated or implied (this year less the change)."""
    for change in _changes(document):
        if change.rate is None or not change.now:
            continue
        if change.before:
            yield from _settled([_growth(change, now, before) for now, before in _pairs(change)], change)
        elif change.amount and change.amount.kind is change.now[0].kind:
            yield from _settled([_implied(change, now) for now in change.now], change)


@document_check(title="正文：由多少增减到多少")
def prose_from_to_matches(document: StatedDocument) -> Iterator[Finding]:
    """由 A 增至 B goes up and 由 A 降至 B goes down."""
    for passage in document.passages:
        outline = outline_of(passage)
        for item in outline.items:
            before = next(iter(before_in_sentence(outline, item)), None) if item.role is Role.AFTER else None
            if before and before.role is Role.BEFORE and before.kind is item.kind:
                yield from _direction(before, item)


def _changes(document: StatedDocument) -> Iterator[Change]:
    for passage in document.passages:
        outline = outline_of(passage)
        used: set[int] = set()
        for item in outline.items:
            if item.role in (Role.CHANGE, Role.GROWTH) and item.order not in used:
                row = series_of(outline, item)
                if len(row) > 1:
                    used.update(part.order for part in row)
                    continue
                change = _change(outline, item)
                used.update(part.order for part in (change.amount, change.rate) if part)
                yield change


def _change(outline: Outline, item: Item) -> Change:
    """A change with the rate or amount that stands right behind it."""
    follower = next(iter(outline.behind(item)), None)
    joined = follower if follower and _belongs(item, follower) and len(series_of(outline, follower)) == 1 else None
    pair = [part for part in (item, joined) if part]
    amount = next((part for part in pair if part.role is Role.CHANGE), None)
    rate = next((part for part in pair if part.role is Role.GROWTH), None)
    kind = amount.kind if amount else None
    now, before, certain = _sides(outline, item, kind)
    return Change(amount, rate, now, before, certain)


def _belongs(item: Item, follower: Item) -> bool:
    """Whether a number behind a change says the same change in the other way (增加 5 万元，增长 3%)."""
    roles = {item.role, follower.role}
    same = item.sentence == follower.sentence and item.phrase.sign == follower.phrase.sign
    return roles == {Role.CHANGE, Role.GROWTH} and same and len(follower.lead) <= 12


def _sides(outline: Outline, item: Item, kind: UnitKind | None) -> tuple[tuple[Item, ...], tuple[Item, ...], bool]:
    """What the change can be of and against; and whether that is beyond doubt."""
    subject = _subject(item.lead)
    here = [other for other in before_in_sentence(outline, item) if _fits(other, kind)]
    bases = [other for other in here if _is_base(other, item, subject)]
    values = [other for other in here if other not in bases and _is_now(other, item, subject)]
    if not values:
        earlier = [other for other in sentence_before(outline, item) if _fits(other, kind)]
        bases = bases or [other for other in earlier if _is_base(other, item, subject)]
        values = [other for other in earlier if other not in bases and _is_now(other, item, subject)]
    if not values and bases and not subject:
        values = _same_thing(outline, bases)
    segment = _segment(outline, item)
    near = [other for other in values if other.mention.start >= segment] or values
    certain = len({other.quantity.base for other in near}) == 1 and len(bases) <= 1
    return tuple((near if certain else values)[:_MOST]), tuple(bases[:_MOST]), certain


def _subject(lead: str) -> str:
    """What the words themselves call the thing that changed; empty when they only say 比上年增加."""
    clause = re.split("[，；。：]", lead)[-1]
    return _ADVERBS.sub("", _COMPARISON.split(clause)[0])


def _segment(outline: Outline, item: Item) -> int:
    """Where the part of the sentence between semicolons begins in which an item stands."""
    text, group = outline.passage.text, item.group
    begin = max(text.rfind(mark, max(0, item.mention.start - _FAR), item.mention.start) for mark in "；;")
    return begin if begin >= 0 and outline.syntax.group[begin] == group else 0


def _same_thing(outline: Outline, bases: Sequence[Item]) -> list[Item]:
    """This year's values of the thing of which the sentence only gives last year's."""
    called = {_plainly(item.phrase.label) for item in bases}
    before = outline.outside_before(bases[-1].mention.start)
    found = [item for item in before if is_value(item) and not item.phrase.is_past]
    return [item for item in found if _plainly(item.phrase.label) in called]


def _plainly(label: str) -> str:
    for opening in ("上年度", "上年", "去年", "上一年", "我局", "本年", "今年", "全年"):
        label = label.removeprefix(opening)
    return label


def _fits(other: Item, kind: UnitKind | None) -> bool:
    if kind is None:
        return other.kind in (UnitKind.MONEY, UnitKind.COUNT)
    return other.kind is kind


def _is_base(other: Item, item: Item, subject: str) -> bool:
    """Whether a number is what a change is measured against."""
    if other.role is Role.BEFORE:
        return True
    if not is_value(other) or not _is_called(other, subject):
        return False
    basis = basis_of(other)
    if item.phrase.against in (Against.INITIAL, Against.BUDGET):
        wanted = "initial" if item.phrase.against is Against.INITIAL else "budget"
        return bool(basis) and same_basis(basis, wanted)
    return item.phrase.against is Against.PRIOR and _is_earlier(other)


def _is_earlier(other: Item) -> bool:
    """Whether a value is of an earlier year than the one the document speaks of."""
    return other.phrase.is_past or other.phrase.label.startswith(("上年", "去年", "上一年"))


def _is_now(other: Item, item: Item, subject: str) -> bool:
    """Whether a value can be what changed: of that name, of this year, no budget when the change is on last year."""
    if not is_value(other) or other.phrase.is_past:
        return False
    if not _is_called(other, subject):
        return False
    if item.phrase.against is Against.PRIOR:
        return basis_of(other) not in ("initial", "adjusted", "budget") or "预算" in item.lead
    return True


def _is_called(item: Item, subject: str) -> bool:
    """Whether a value bears the name that the words of the change give, if they give one."""
    label = without_basis(item.phrase.label)
    return not subject or bool(label and (label.endswith(subject) or label in subject))


def _pairs(change: Change) -> Iterator[tuple[Item, Item]]:
    return ((now, before) for before in change.before for now in change.now if now.kind is before.kind)


def _difference(change: Change, now: Item, before: Item) -> Finding:
    assert change.amount
    if change.sign > 0:
        return relations.sum_of_parts("", change.amount.figure, [(1, now.figure), (-1, before.figure)])
    return relations.sum_of_parts("", change.amount.figure, [(1, before.figure), (-1, now.figure)])


def _growth(change: Change, now: Item, before: Item) -> Finding:
    assert change.rate
    if change.sign > 0:
        return relations.growth("", change.rate.figure, now.figure, before.figure)
    top = [(1, before.figure), (-1, now.figure)]
    return relations.ratio_of_sums("", change.rate.figure, top, [(1, before.figure)])


def _implied(change: Change, now: Item) -> Finding:
    """Growth on a base that is not printed: this year less the increase, or plus the decrease."""
    assert change.rate and change.amount
    amount = change.amount.figure
    bottom = [(1, now.figure), (-change.sign, amount)]
    return relations.ratio_of_sums("", change.rate.figure, [(1, amount)], bottom)


def _settled(findings: Sequence[Finding], change: Change) -> Iterator[Finding]:
    """The relation that holds if there is one, else the nearest; without certainty only as a question."""
    good = next((item for item in findings if item.verdict in _GOOD), None)
    if good:
        yield good
    elif findings and change.certain:
        yield unless_cut_off(findings[0])
    elif findings and findings[0].verdict is Verdict.CONTRADICTION:
        first = findings[0]
        yield replace(first, verdict=Verdict.QUESTION, explanation=first.explanation.rstrip("。") + "；" + _UNSURE)


def _direction(before: Item, after: Item) -> Iterator[Finding]:
    low, high = (before, after) if after.phrase.sign > 0 else (after, before)
    finding = relations.at_most("", low.figure, high.figure, remedy="“增至”“降至”与前后两个数的大小不符，请核对。")
    yield finding
