"""办结率、回收率、入住率（正文）: rates named after a deed against what was done and what there was."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from rongji.checks import relations
from rongji.checks.excuses import asked, unless_cut_off
from rongji.checks.intervals import margin
from rongji.checks.registry import document_check
from rongji.checks.stated.grammar.neighbours import before_in_sentence, is_value, right_before
from rongji.checks.stated.grammar.outline import Item, Outline, items_of
from rongji.checks.stated.grammar.syntax import squeezed
from rongji.checks.stated.model import StatedDocument
from rongji.checks.stated.phrase import Role
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.units import UnitKind

_STEM = re.compile(r"(?P<stem>[一-鿿]{2})[率度]$")
_EXECUTION = re.compile(r"执行率|预算完成率|支出率|支付率|支出进度|支付进度|执行进度|使用率|拨付率")
_CAPACITY = re.compile(r"入住率|床位使用率|出租率|上座率|利用率")
_CHAIN = "该比率以哪一个数为总数不能断定。"


@document_check(title="正文：办结率、合格率等比率")
def prose_count_rates(document: StatedDocument) -> Iterator[Finding]:
    """A rate named after a deed (办结率、回收率、满意度) is the number done divided by the number there was.

    What was done at one step is what there was at the next (发放、收回、有效). Without the second number the rate is
    only questioned when no whole number can give it.
    """
    for outline, item in items_of(document):
        stem = _STEM.search(item.phrase.label) if item.role is Role.RATE else None
        of_people = item.quantity.unit_name == "‰"  # 出生率、死亡率以人口为总数
        if stem and item.kind is UnitKind.RATIO and not of_people and not _EXECUTION.search(item.phrase.label):
            yield from _rate(outline, item, stem["stem"])


def _rate(outline: Outline, rate: Item, stem: str) -> Iterator[Finding]:
    near = right_before(outline, rate)
    near = near or [item for item in before_in_sentence(outline, rate) if is_value(item) and _is_named(item, rate)]
    done = next((item for item in near if _is_done(item, stem)), None)
    if done is None or not done.is_exact or not rate.is_exact:
        return
    like = [item for item in near if item is not done and _alike(item, done)]
    if like:
        yield from _of_near(rate, done, like, stem)
        return
    found = next((item for item in (_capacity(rate, done, near), _chained(outline, rate, done)) if item), None)
    if found:
        yield found
    elif done.kind is UnitKind.COUNT and not _possible(done, rate):
        yield _impossible(rate, done)


def _is_done(item: Item, stem: str) -> bool:
    """Whether a number counts what a rate is named after (办结、收回 for 回收率)."""
    return stem in item.phrase.label or stem[::-1] in item.phrase.label


def _is_named(item: Item, rate: Item) -> bool:
    """Whether a rate is named after that very number (按时结案 597 件 … 按时结案率)."""
    return item.phrase.label == rate.phrase.label[:-1]


def _alike(item: Item, done: Item) -> bool:
    return bool(item.quantity.value) and item.quantity.unit.is_comparable_with(done.quantity.unit)


def _of_near(rate: Item, done: Item, like: Sequence[Item], stem: str) -> Iterator[Finding]:
    """The rate against the numbers of its own part of the sentence: one of them, or all of them together."""
    findings = [relations.ratio(rate.figure, done.figure, item.figure) for item in like]
    if len(like) > 1:
        top, bottom = [(1, done.figure)], relations.positive([item.figure for item in like])
        findings.append(relations.ratio_of_sums(rate.figure, top, bottom))
    good = next((item for item in findings if item.agrees), None)
    if good:
        yield good
    elif len(like) == 1 and like[0].order == done.order - 1 and not _is_done(like[0], stem):
        yield unless_cut_off(findings[0])


def _chained(outline: Outline, rate: Item, done: Item) -> Finding | None:
    """The rate against the numbers of the steps before (；有效 190 份，有效率 97.44%): the nearest that fits."""
    before = before_in_sentence(outline, rate)
    if not any(item.role is Role.RATE for item in before):
        return None
    values = [item for item in before if item.order < done.order and is_value(item) and _alike(item, done)]
    findings = [relations.ratio(rate.figure, done.figure, item.figure) for item in values]
    good = next((item for item in findings if item.agrees), None)
    if good or not findings or findings[0].verdict is not Verdict.CONTRADICTION:
        return good
    return asked(findings[0], _CHAIN, "写明该比率的分子和分母。")


def _capacity(rate: Item, done: Item, near: Sequence[Item]) -> Finding | None:
    """What is used of places, beds and rooms, though people and beds are counted differently."""
    other = next((item for item in near if item.order == done.order - 1 and item.kind is UnitKind.COUNT), None)
    if other is None or not other.quantity.value or not _CAPACITY.search(rate.phrase.label):
        return None
    finding = relations.ratio(rate.figure, done.figure, other.figure)
    wrong = finding.verdict is Verdict.CONTRADICTION
    return asked(finding, _CHAIN, "写明该比率的分子和分母。") if wrong else finding


def _impossible(rate: Item, done: Item) -> Finding:
    shown = [f"{item.figure.label} {squeezed(item.figure.printed)}" for item in (done, rate)]
    text = f"{shown[0]}，没有一个整数总数能得出{shown[1]}，请核对。"
    remedy = "写明总数并核对比率。"
    return Finding("", Verdict.QUESTION, text, (rate.figure, done.figure), stated=rate.quantity, remedy=remedy)


def _possible(count: Item, rate: Item) -> bool:
    """Whether some whole number above or below a count gives that rate."""
    number, printed, room = Fraction(count.quantity.base), Fraction(rate.quantity.base), margin(rate.quantity)
    low, high = printed - room, printed + room
    if number <= 0 or low <= 0 or number != int(number):
        return True
    above = number / low // 1 * high >= number
    below = low * number <= high * number // 1
    return above or below
