"""措辞与数字: words of more, less and equal against the numbers of their sentence."""

import re
from collections.abc import Iterator
from fractions import Fraction

from rongji.checks.intervals import margin
from rongji.checks.registry import document_check
from rongji.checks.stated.grammar.neighbours import is_value, on_basis
from rongji.checks.stated.grammar.outline import Item, Outline, items_of, outlines_of
from rongji.checks.stated.grammar.syntax import squeezed
from rongji.checks.stated.model import Passage, StatedDocument
from rongji.checks.stated.phrase import Role
from rongji.checks.wording import said
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.place import Spot
from rongji.kernel.units import UnitKind

_VERDICT_ON_BUDGET = re.compile(
    r"(?:决算数?|执行数|支出数)(?:均|都|总体)?(?P<word>大于|小于|高于|低于|超过|等于|与)(?P<kind>年初|调整后?|全年)?(?:的)?预算数?"
    r"(?P<even>(?:基本|大致|总体)?(?:持平|一致|相等|相同))?"
)
_UP, _DOWN, _EVEN = "大于|高于|超过", "小于|低于", "等于|与"
_NOUN_OF_CHANGE = re.compile(r"(?:率|幅度?|速|额)(?:分别)?(?:为|是|达)?[：:]?$")  # 自然增长率为 -3.2‰
_FAR = 2000  # characters
_REMEDY = "改正文字或数字，使二者相符。"


@document_check(title="“增加”“减少”与数字的正负", level=Verdict.QUESTION)
def changes_are_printed_without_sign(document: StatedDocument) -> Iterator[Finding]:
    """增加 and 减少 say the direction already; a minus sign behind them leaves open which of the two is meant."""
    for _, item in items_of(document):
        below = item.role in (Role.CHANGE, Role.GROWTH) and item.quantity.value < 0
        if below and not _NOUN_OF_CHANGE.search(item.lead):
            word = "增长" if item.phrase.sign > 0 else "下降"
            text = f"{item.figure.label}写作 {squeezed(item.figure.printed)}：已写“{word}”又带负号，不知是升是降。"
            yield Finding("", Verdict.QUESTION, text, (item.figure,), stated=item.quantity, remedy=_REMEDY)


@document_check(title="“大于”“小于”“持平”与预算决算数")
def wording_fits_budget_and_outturn(document: StatedDocument) -> Iterator[Finding]:
    """决算数大于、小于、等于预算数 fits the two numbers that stand before it."""
    for outline in outlines_of(document):
        for found in _VERDICT_ON_BUDGET.finditer(outline.passage.text):
            pair = _pair_before(outline, found)
            if pair and not (found["word"] == "与" and not found["even"]):
                yield _compared(outline.passage, found, *pair)


def _pair_before(outline: Outline, found: re.Match[str]) -> tuple[Item, Item] | None:
    """Budget and outturn of the sentence, right before the words; only where each is there once."""
    syntax = outline.syntax
    sentence = syntax.sentence_at(found.start())
    begin = max(outline.passage.text.rfind(mark, max(0, found.start() - _FAR), found.start()) for mark in "；;")
    before = [item for item in outline.outside_before(found.start()) if item.sentence == sentence and is_value(item)]
    near = [item for item in before if item.mention.start > begin] or before
    wanted = {"年初": "initial", "调整": "adjusted", "调整后": "adjusted", "全年": "adjusted"}.get(
        found["kind"], "budget"
    )
    budgets, outturns = list(on_basis(near, wanted)), list(on_basis(near, "actual"))
    if len(budgets) != 1 or len(outturns) != 1 or budgets[0].kind is not outturns[0].kind:
        return None
    return budgets[0], outturns[0]


def _compared(passage: Passage, found: re.Match[str], budget: Item, outturn: Item) -> Finding:
    gap = Fraction(outturn.quantity.base) - Fraction(budget.quantity.base)
    room = margin(outturn.quantity) + margin(budget.quantity)
    words = squeezed(found[0])
    fits = _fits(found, gap, room)
    shown = f"{said(outturn.figure)}，{said(budget.figure)}"
    verdict = Verdict.HOLDS if fits else Verdict.CONTRADICTION
    roughly = found["even"] and found["even"][:2] in ("基本", "大致", "总体")
    if not fits and (roughly or (abs(gap) <= room and room)):  # 印出来相等的两个数，进位之前可能有大小
        verdict = Verdict.QUESTION
    spot = Spot(passage.place_of(found.start(), found.end()), found[0])
    text = f"{shown}，文字写“{words}”，{'相符' if fits else '与数字不符'}。"
    kind = outturn.figure, budget.figure
    return Finding("", verdict, text, kind, remedy="" if fits else _REMEDY, spots=(spot,))


def _fits(found: re.Match[str], gap: Fraction, room: Fraction) -> bool:
    word = found["word"]
    if word in _UP.split("|"):
        return gap > 0
    if word in _DOWN.split("|"):
        return gap < 0
    return abs(gap) <= room


@document_check(title="“增加”“减少”与前后两年数字")
def wording_fits_both_years(document: StatedDocument) -> Iterator[Finding]:
    """由 A 增加到 B and A，上年 B，比上年有所增加 without an amount go the way the two numbers go."""
    for outline, item in items_of(document):
        finding = _both_years(outline, item) if item.group == 0 else None
        if finding:
            yield finding


_MORE_OR_LESS = re.compile(
    r"^[^，。；]{0,8}[，,]?(?:同比|(?:比|较|与)(?:上年|去年|上一年)(?:度|同期|决算数?)?(?:相比)?[，,]?)(?:略有|有所|大幅|明显|小幅)?"
    r"(?:(?P<up>增加|增长|上升|提高)|(?P<down>减少|下降|降低)|(?P<even>持平))(?=[，。；,;]|$)"
)


def _both_years(outline: Outline, item: Item) -> Finding | None:
    """The words behind two neighbouring numbers of this year and the last."""
    if not item.phrase.is_past or item.order == 0 or not is_value(item):
        return None
    now = next(iter(outline.before(item)), None)
    if now is None or now.sentence != item.sentence or now.phrase.is_past or not is_value(now):
        return None
    found = _MORE_OR_LESS.match(item.tail)
    if found is None or now.kind is not item.kind or now.kind is UnitKind.RATIO:
        return None
    gap = Fraction(now.quantity.base) - Fraction(item.quantity.base)
    fits = gap > 0 if found["up"] else gap < 0 if found["down"] else gap == 0
    words, outcome = found[0].lstrip("，,"), "相符" if fits else "与数字不符"
    text = f"{said(now.figure)}，{said(item.figure)}，文字写“{words}”，{outcome}。"
    verdict = Verdict.HOLDS if fits else Verdict.CONTRADICTION
    return Finding("", verdict, text, (now.figure, item.figure), remedy="" if fits else _REMEDY)
