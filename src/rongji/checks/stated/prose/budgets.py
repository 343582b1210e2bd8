"""预算与决算的大小（正文）: words of more and less against the rate of the budget that stands before them."""

import re
from collections.abc import Iterator
from fractions import Fraction

from rongji.checks import relations
from rongji.checks.excuses import asked, unless_cut_off
from rongji.checks.intervals import margin
from rongji.checks.registry import document_check
from rongji.checks.stated.grammar.neighbours import before_in_sentence, is_value
from rongji.checks.stated.grammar.outline import Item, Outline, items_of, outlines_of
from rongji.checks.stated.grammar.syntax import squeezed
from rongji.checks.stated.model import StatedDocument
from rongji.checks.stated.phrase import Role
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.place import Spot
from rongji.kernel.units import UnitKind

_WORDS = re.compile(
    r"(?:决算数?|执行数|支出数)(?:均|都)?(?:(?P<up>大于|高于|超过)|(?P<down>小于|低于)|(?P<even>等于|与))"
    r"(?P<kind>年初|调整后?|全年)?(?:的)?预算数?(?(even)(?:持平|一致|相等|相同)|)"
)
_KINDS = re.compile(r"年初|调整|全年")
_ALL = Fraction(1)
_REMEDY = "改正文字或完成率，使二者相符。"
_OTHER_BUDGET = "前后所指可能不是同一个预算数。"


@document_check(title="“大于”“小于”“持平”与预算完成率")
def wording_fits_completion(document: StatedDocument) -> Iterator[Finding]:
    """决算数大于预算数 stands with a completion above 100 %, 小于 with one below, 持平 with 100 %."""
    for outline in outlines_of(document):
        passage = outline.passage
        for found in _WORDS.finditer(passage.text) if any(map(_is_completion, outline.items)) else ():
            before = next(iter(outline.outside_before(found.start())), None)
            sentence = outline.syntax.sentence_at(found.start())
            if before and _is_completion(before) and before.sentence == sentence and _one_budget(found, before):
                place = passage.place_of(found.start(), found.end())
                yield _judged(before, found, Spot(place, found[0]))


@document_check(title="正文：决算数与预算数相差的数额")
def prose_gaps_to_budget(document: StatedDocument) -> Iterator[Finding]:
    """完成预算 110%，决算数大于预算数 5 万元: the outturn without the gap is the budget that the rate is of."""
    for outline, item in items_of(document):
        found = _WORDS.search(squeezed(item.lead)) if item.kind is UnitKind.MONEY else None
        if found and not found["even"]:
            yield from _gap(outline, item, found)


def _is_completion(item: Item) -> bool:
    return item.role is Role.RATE and item.kind is UnitKind.RATIO and bool(item.phrase.of) and item.is_exact


def _one_budget(found: re.Match[str], rate: Item) -> bool:
    """Whether rate and words do not name two different budgets."""
    named = _KINDS.search(rate.phrase.of)
    return not found["kind"] or not named or found["kind"].startswith(named[0])


def _judged(rate: Item, found: re.Match[str], spot: Spot) -> Finding:
    gap, room = Fraction(rate.quantity.base) - _ALL, margin(rate.quantity)
    fits = gap > 0 if found["up"] else gap < 0 if found["down"] else abs(gap) <= room
    verdict = Verdict.HOLDS if fits else Verdict.QUESTION if abs(gap) <= room else Verdict.CONTRADICTION
    outcome = "相符" if fits else "按所写位数看不出大小，请核对" if verdict is Verdict.QUESTION else "与完成率不符"
    text = f"{rate.figure.label} {squeezed(rate.figure.printed)}，文字写“{squeezed(found[0])}”，{outcome}。"
    return Finding("", verdict, text, (rate.figure,), rate.quantity, remedy="" if fits else _REMEDY, spots=(spot,))


def _gap(outline: Outline, item: Item, found: re.Match[str]) -> Iterator[Finding]:
    before = before_in_sentence(outline, item)
    rate = next((other for other in before if _is_completion(other)), None)
    values = [
        other for other in before if is_value(other) and other.kind is UnitKind.MONEY and not other.phrase.is_past
    ]
    if rate is None or len(values) != 1 or before[0] is not rate:
        return
    sign, now = (1 if found["up"] else -1), values[0].figure
    bottom = [(1, now), (-sign, item.figure)]
    finding = relations.ratio_of_sums(rate.figure, [(1, now)], bottom)
    same = bool(found["kind"]) == bool(_KINDS.search(rate.phrase.of)) and _one_budget(found, rate)
    wrong = finding.verdict is Verdict.CONTRADICTION
    yield unless_cut_off(finding) if same or not wrong else asked(finding, _OTHER_BUDGET, "核对完成率与相差的数额。")
