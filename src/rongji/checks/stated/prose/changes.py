"""增减与增长率（正文）: changes against last year or the budget, the rate of growth and its base."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rongji.checks import relations
from rongji.checks.excuses import asked, doubted, unless_cut_off
from rongji.checks.registry import document_check
from rongji.checks.stated.grammar.basis import basis_of, same_basis, without_basis
from rongji.checks.stated.grammar.neighbours import before_in_sentence, is_value, sentence_before, series_of
from rongji.checks.stated.grammar.outline import Item, Outline, items_of, outlines_of
from rongji.checks.stated.memo import once_per_document
from rongji.checks.stated.model import StatedDocument
from rongji.checks.stated.phrase import Against, Role
from rongji.checks.stated.prose.growth import difference, growth, growth_implied
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.units import UnitKind

_MOST = 4
_FAR = 2000  # characters
_COMPARISON = re.compile(r"(?:同比|环比|对比|相比|[比较与和]|增|减|上升|下降|降低|提高|提升|上涨|节约|压减|升高)")
_ADVERBS = re.compile(
    r"^(?:[一二三四五六七八九]是|其中|而|并|也|均|各|分别|总体)|(?:各|均|分别|自然|净|总体|总额|有所|实际|合计|同|整体)+$"
)
_QUOTES = re.compile(r"[“”‘’\"'「」]")
_OWNERS = re.compile(r"^(?:(?:19|20)\d\d年度?|本年度?|今年|全年|当年|我[局市县区]|[全本][局市县区省])+的?")
_GENERAL = re.compile(r"(?:支出|收入|金额|总额|总数)$")
_OUTTURN = re.compile(r"决算|执行|实际")
# 增速按可比口径、不变价计算时，与现价数对不上是常事。
_OTHER_SCOPE = re.compile(r"同口径|可比|剔除|扣除|不变价|还原|同比例|生产总值|增加值|总产值|GDP|名义")
_STILL = re.compile(
    r"^(?P<what>[^，。；：]{3,40}?)(?:(?:比|较|与|和|同)(?:上年|去年|预算|年初|同期|(?:19|20)\d\d)[^，。；：]{0,10}?)?"
    r"(?:无增减|无变化|没有变化|无变动|未变|不变|持平|一致|相同|相等|未发生变化)"
)
_SCOPE = "增长率可能按可比口径或不变价计算，请核对口径。"
_UNSURE = "句中不能断定增减是针对哪一个数，请核对。"


@dataclass(frozen=True, slots=True)
class Change:
    """One statement of change: by how much, at which rate, of what, from what.

    now: what the change can be of, nearest first. before: what it can be measured against, nearest first.
    certain: whether only one number can be meant. scope: whether growth may be stated on another scope than amounts.
    """

    amount: Item | None
    rate: Item | None
    now: tuple[Item, ...]
    before: tuple[Item, ...]
    certain: bool
    scope: bool = False


@document_check(title="正文：增减额")
def prose_changes_match(document: StatedDocument) -> Iterator[Finding]:
    """An increase or decrease is the difference of the two numbers that its sentence states."""
    for change in changes(document):
        if change.amount:
            pairs = _pairs(change)
            yield from _settled([difference(change.amount, now, old, _thing(now)) for now, old in pairs], change)


@document_check(title="正文：增长率")
def prose_growth_matches(document: StatedDocument) -> Iterator[Finding]:
    """A rate of growth is the change divided by what stood before, stated or implied (this year less the change)."""
    for change in changes(document):
        rate, amount = change.rate, change.amount
        if rate and change.before:
            yield from _settled([growth(rate, now, old, _thing(now)) for now, old in _pairs(change)], change)
        elif rate and amount and change.now and amount.kind is change.now[0].kind:
            yield from _settled([growth_implied(rate, amount, now, _thing(now)) for now in change.now], change)


@document_check(title="正文：由多少增减到多少")
def prose_from_to_matches(document: StatedDocument) -> Iterator[Finding]:
    """由 A 增至 B goes up and 由 A 降至 B goes down."""
    for outline, item in items_of(document):
        before = next(iter(before_in_sentence(outline, item)), None) if item.role is Role.AFTER else None
        if before and before.role is Role.BEFORE and before.kind is item.kind:
            yield from _direction(before, item)


@once_per_document
def changes(document: StatedDocument) -> tuple[Change, ...]:
    """Every statement of change, those of several numbers in a row left out."""
    return tuple(change for outline in outlines_of(document) for change in _changes_in(outline))


def _changes_in(outline: Outline) -> Iterator[Change]:
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
    return Change(amount, rate, now, before, certain, is_on_other_scope(item, *now))


def is_on_other_scope(change: Item, *values: Item) -> bool:
    """Whether growth may be stated on another scope or at other prices than the amounts beside it."""
    words = (change.lead, change.phrase.label, *(item.phrase.label for item in values))
    return any(_OTHER_SCOPE.search(text) for text in words)


def _belongs(item: Item, follower: Item) -> bool:
    """Whether a number behind a change says the same change in the other way (增加 5 万元，增长 3%)."""
    roles = {item.role, follower.role}
    same = item.sentence == follower.sentence and item.phrase.sign == follower.phrase.sign
    return roles == {Role.CHANGE, Role.GROWTH} and same and len(follower.lead) <= 12


def _sides(outline: Outline, item: Item, kind: UnitKind | None) -> tuple[tuple[Item, ...], tuple[Item, ...], bool]:
    """What the change can be of and against; and whether that is beyond doubt."""
    subject = subject_of(item.lead)
    here = [other for other in before_in_sentence(outline, item) if _fits(other, kind)]
    bases = [other for other in here if _is_base(other, item, subject)]
    values = [other for other in here if other not in bases and _is_now(other, item, subject)]
    values = values or _planned(here, bases, item, subject)
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


def subject_of(lead: str) -> str:
    """What the words themselves call the thing that changed; empty when they only say 比上年增加.

    What they just called unchanged in another comparison (接待费比预算无增减，比上年增加) is what changed.
    """
    clauses = re.split("[，；。：]", lead)
    own = _ADVERBS.sub("", _COMPARISON.split(clauses[-1])[0])
    if own:
        return own
    still = next((found for clause in reversed(clauses[:-1]) if (found := _STILL.search(clause))), None)
    return _ADVERBS.sub("", still["what"]) if still else ""


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


def _planned(here: Sequence[Item], bases: Sequence[Item], item: Item, subject: str) -> list[Item]:
    """The budgets of a sentence that states nothing else (收入预算317万元，同比增加8万元)."""
    if item.phrase.against is not Against.PRIOR or _OUTTURN.search(item.lead):
        return []
    values = [other for other in here if other not in bases and is_value(other) and not other.phrase.is_past]
    return values if all(basis_of(other) and _is_called(other, subject) for other in values) else []


def _is_called(item: Item, subject: str) -> bool:
    """Whether a value bears the name that the words of the change give, if they give one."""
    label, wanted = bare_name(without_basis(item.phrase.label)), bare_name(subject)
    if not wanted or not label:
        return not wanted
    ends = [_GENERAL.search(name) for name in (label, wanted)]
    if ends.count(None) == 1:  # 只有一处写“支出”
        label, wanted = (_GENERAL.sub("", name) or name for name in (label, wanted))
    return label.endswith(wanted) or label in wanted


def bare_name(name: str) -> str:
    """A name without quotation marks, year and owner (2023年度的“三公”经费支出 → 三公经费支出)."""
    return _OWNERS.sub("", _QUOTES.sub("", name)).replace("总支出", "支出").replace("总收入", "收入")


def _pairs(change: Change) -> Iterator[tuple[Item, Item]]:
    return ((now, before) for before in change.before for now in change.now if now.kind is before.kind)


def _thing(now: Item) -> str:
    return without_basis(now.figure.label).removesuffix("（变动后）")


def _settled(findings: Sequence[Finding], change: Change) -> Iterator[Finding]:
    """The relation that holds if there is one, else the nearest; without certainty only as a question."""
    good = next((item for item in findings if item.agrees), None)
    if good:
        yield good
    elif findings and change.scope and findings[0].verdict is Verdict.CONTRADICTION:
        yield asked(findings[0], _SCOPE, "写明增长率的口径，核对各数。")
    elif findings and change.certain:
        yield unless_cut_off(findings[0])
    elif findings and findings[0].verdict is Verdict.CONTRADICTION:
        yield doubted(findings[0], _UNSURE)


def _direction(before: Item, after: Item) -> Iterator[Finding]:
    low, high = (before, after) if after.phrase.sign > 0 else (after, before)
    finding = relations.at_most(low.figure, high.figure, remedy="“增至”“降至”与前后两个数的大小不符，请核对。")
    yield finding
