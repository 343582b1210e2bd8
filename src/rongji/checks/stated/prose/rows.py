"""成列的增减、逐年增长（正文）: growth told for several numbers at once, and over several years."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from rongji.checks.excuses import unless_cut_off
from rongji.checks.intervals import exactly, stated
from rongji.checks.registry import document_check
from rongji.checks.stated.grammar.basis import without_basis
from rongji.checks.stated.grammar.neighbours import before_in_sentence, is_value, series_of
from rongji.checks.stated.grammar.outline import Item, Outline, items_of
from rongji.checks.stated.model import StatedDocument
from rongji.checks.stated.phrase import Role
from rongji.checks.stated.prose.growth import growth, growth_implied
from rongji.checks.wording import amount, in_unit, value_of
from rongji.kernel.figure import Figure
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.reading import ReadingKind
from rongji.kernel.units import UnitKind

_YEARLY = re.compile(r"年均(?:增长|递增|下降|增幅|增速)|年平均增长")
_AVERAGE = "年均增长率有几何平均与算术平均两种算法，起止年份也可能不同。"
_FEWEST = 3
_MOST = 20


@document_check(title="正文：分别增长的各个比率")
def prose_rows_of_growth(document: StatedDocument) -> Iterator[Finding]:
    """由 A 提高到 B、由 C 提高到 D，分别增长 x 和 y: each rate is that of the pair in its place.

    The same for rows of values with rows of changes (分别为 A 和 B，分别增加 a 和 b，增长 x 和 y).
    """
    for outline, item in items_of(document):
        row = series_of(outline, item) if item.role is Role.GROWTH and item.kind is UnitKind.RATIO else ()
        if len(row) > 1 and row[0] is item:
            yield from _row(outline, row)


@document_check(title="正文：年均增长", level=Verdict.QUESTION)
def prose_yearly_growth(document: StatedDocument) -> Iterator[Finding]:
    """The yearly growth over a row of years (分别投入 A、B、C，年均增长 x) takes the first to the last."""
    for outline, item in items_of(document):
        told = item.role is Role.GROWTH and item.is_exact and item.phrase.sign > 0
        if told and _YEARLY.search(item.lead):
            years = _years(outline, item)
            if years:
                yield _compound(item.figure, years[0].figure, years[-1].figure, len(years) - 1)


def _row(outline: Outline, rates: Sequence[Item]) -> Iterator[Finding]:
    before = before_in_sentence(outline, rates[0])
    pairs = _from_to(before, len(rates))
    if pairs:
        for rate, (old, new) in zip(rates, pairs, strict=True):
            yield unless_cut_off(growth(rate, new, old, _thing(old)))
        return
    changes = next((item for item in before if item.role is Role.CHANGE), None)
    amounts = series_of(outline, changes) if changes else ()
    values = _values(outline, before, len(rates))
    if len(amounts) == len(rates) == len(values):
        for rate, amount, now in zip(rates, amounts, values, strict=True):
            if amount.kind is now.kind:
                yield unless_cut_off(growth_implied(rate, amount, now, _thing(now)))


def _from_to(before: Sequence[Item], count: int) -> list[tuple[Item, Item]]:
    """The pairs 由 A 到 B before a row of rates, in order; nothing unless there are exactly as many."""
    marked = [item for item in reversed(before) if item.role in (Role.BEFORE, Role.AFTER)]
    pairs = [
        (old, new)
        for old, new in pairwise(marked)
        if old.role is Role.BEFORE and new.role is Role.AFTER and old.kind is new.kind
    ]
    return pairs if len(pairs) == count and len(marked) == 2 * count else []


def _values(outline: Outline, before: Sequence[Item], count: int) -> tuple[Item, ...]:
    """A row of as many values before."""
    for item in before:
        row = series_of(outline, item) if is_value(item) and not item.phrase.is_past else ()
        if len(row) == count:
            return row
    found = [item for item in reversed(before) if is_value(item) and not item.phrase.is_past]
    return tuple(found) if len(found) == count else ()


def _thing(item: Item) -> str:
    return without_basis(item.figure.label.removesuffix("（变动前）").removesuffix("（变动后）"))


def _years(outline: Outline, rate: Item) -> tuple[Item, ...]:
    """The row of values of three years and more that stands before a yearly rate."""
    for item in before_in_sentence(outline, rate):
        row = series_of(outline, item) if is_value(item) and item.kind is not UnitKind.RATIO else ()
        if _FEWEST <= len(row) <= _MOST:
            years = _years_named(outline, row[0])
            if years and years != len(row):
                return ()
            return row if all(part.quantity.value > 0 and part.is_exact for part in row) else ()
    return ()


def _years_named(outline: Outline, first: Item) -> int:
    """How many years the sentence names before a row of values."""
    kept = (mention for mention in outline.passage.mentions if mention.reading.kind is ReadingKind.YEAR)
    syntax = outline.syntax
    return sum(1 for one in kept if one.end <= first.mention.start and syntax.sentence_at(one.start) == first.sentence)


def _compound(rate: Figure, first: Figure, last: Figure, steps: int) -> Finding:
    """Whether the first value, grown at the rate as often as years pass, comes to the last."""
    assert first.quantity and last.quantity and rate.quantity
    grown = stated(first)
    for _ in range(steps):
        grown = grown.times(exactly(Fraction(1)) + stated(rate))
    meets = stated(last).meets(grown)
    value = Fraction(first.quantity.base) * (1 + Fraction(rate.quantity.base)) ** steps
    due = amount(in_unit(value, last.quantity, last.quantity.places + 2))
    text = f"首年 {value_of(first)}，年均增长 {value_of(rate)}，{steps} 年后为 {due}，末年写作 {value_of(last)}，"
    text += "相符。" if meets else f"不符。{_AVERAGE}"
    remedy = "" if meets else "写明起止年份和算法，重算年均增长率。"
    verdict = Verdict.HOLDS if meets else Verdict.QUESTION
    return Finding("", verdict, text, (rate, first, last), rate.quantity, remedy=remedy)
