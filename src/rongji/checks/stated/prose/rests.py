"""余与差（正文）: what is left, saved, added on balance or apart, against the two numbers it comes of."""

import re
from collections.abc import Iterator, Sequence

from rongji.checks import relations
from rongji.checks.excuses import asked
from rongji.checks.registry import document_check
from rongji.checks.stated.grammar.neighbours import before_in_sentence, is_value, since_semicolon
from rongji.checks.stated.grammar.outline import Item, Outline, items_of
from rongji.checks.stated.model import StatedDocument
from rongji.checks.stated.phrase import Role
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.units import UnitKind

_LEFT = re.compile(
    r"(?:结余|节余|剩余|结转|节约|节省|尚余|余额|未支付|未使用|未执行|未支出)(?:了)?(?:资金|金额|经费|结转|数|下年|下年使用)*$"
)
_HAD = re.compile(r"预算|安排|下达|到位|收到|收入|指标|筹集|总投资|控制价|批复|可用|概算|估算|编制")
_SPENT = re.compile(r"支出|支付|使用|执行|发放|决算|列支|拨付|中标|合同|成交|实际完成|实际采购|兑付")
_CARRIED = re.compile(r"(?:上年|年初)[^，。；]{0,4}(?:结转|结余)")
_NET = re.compile(r"净(?:增|减)")
_PLUS = re.compile(r"新增|增加|调入|招录|录用|新招|转入|接收|纳入|入职|增长")
_MINUS = re.compile(r"减少|退出|死亡|调出|退休|离职|转出|核减|取消|注销|去世|辞职")
_APART = re.compile(r"(?:差值|差额|相差|差异|缺口)(?:为|是)?$")
_SAVING = re.compile(r"控制率|节约率|结余率|结转率|节支率|下浮率|核减率|节约资金率")
_WAYS = "该比率的算法各地不一，不能断定。"
_ELSEWHERE = "可能另有来源或去向，不能断定。"


@document_check(title="正文：结余、节约与收支", level=Verdict.QUESTION)
def prose_what_is_left(document: StatedDocument) -> Iterator[Finding]:
    """到位 120 万元，支出 110 万元，结余 10 万元: what is left is what there was less what was spent.

    What was carried over may be in it; anything else that it could be is asked about, never accused.
    """
    for outline, item in _values(document):
        if _LEFT.search(item.phrase.label) and not _CARRIED.search(item.phrase.label):
            near = _near(outline, item)
            terms = _had_and_spent(near)
            if terms:
                yield _left(item, terms, [part for part in near if _CARRIED.search(part.phrase.label)], len(near))


@document_check(title="正文：净增、净减")
def prose_net_changes(document: StatedDocument) -> Iterator[Finding]:
    """新增 320 人，减少 415 人，净减少 95 人: the net change is the one less the other."""
    for outline, item in _values(document):
        if _NET.search(item.lead[-8:]):
            near = [part for part in before_in_sentence(outline, item) if _alike(part, item)]
            plus = [part for part in near if _PLUS.search(part.phrase.label)]
            minus = [part for part in near if _MINUS.search(part.phrase.label)]
            if len(plus) == len(minus) == 1:
                sign = -1 if "净减" in item.lead[-8:] else 1
                terms = [(sign, plus[0].figure), (-sign, minus[0].figure)]
                yield relations.sum_of_parts(item.figure, sorted(terms, key=lambda term: -term[0]))


@document_check(title="正文：差值")
def prose_differences(document: StatedDocument) -> Iterator[Finding]:
    """支出 8.2 万元，年初预算 9 万元，差值 0.8 万元: the gap between the two numbers before it."""
    for outline, item in _values(document):
        near = _near(outline, item) if _APART.search(item.phrase.label) else []
        if len(near) == 2 and near[0].quantity and near[1].quantity:
            less_first = item.quantity is not None and item.quantity.value < 0  # 差值 −0.8: the smaller less the larger
            whole, taken = sorted(near, key=lambda part: part.quantity.base, reverse=not less_first)
            yield relations.sum_of_parts(item.figure, [(1, whole.figure), (-1, taken.figure)])


@document_check(title="正文：控制率、节约率", level=Verdict.QUESTION)
def prose_rates_of_saving(document: StatedDocument) -> Iterator[Finding]:
    """A rate of control or saving (控制率、节约率、结余率) is what was spent, or what was left, of what there was.

    Which of the two a rate means differs from place to place: where neither fits it is asked about.
    """
    for outline, item in items_of(document):
        named = item.kind is UnitKind.RATIO and item.role in (Role.RATE, Role.GROWTH) and item.is_exact
        if named and _SAVING.search(item.phrase.label):
            terms = _had_and_spent(_money_before(outline, item))
            if terms and terms[0].quantity.value:
                yield _saved(item, *terms)


def _money_before(outline: Outline, rate: Item) -> list[Item]:
    """The amounts before a rate up to the semicolon before it, nearest first."""
    near = since_semicolon(outline, rate)
    return [part for part in near if is_value(part) and part.kind is UnitKind.MONEY and part.is_exact]


def _saved(rate: Item, had: Item, spent: Item) -> Finding:
    whole, left = [(1, had.figure)], [(1, had.figure), (-1, spent.figure)]
    used = relations.ratio(rate.figure, spent.figure, had.figure)
    saved = relations.ratio_of_sums(rate.figure, left, whole)
    ways = [used, saved] if "控制" in rate.phrase.label else [saved]
    good = next((found for found in ways if found.agrees), None)
    wrong = ways[0].verdict is Verdict.CONTRADICTION
    return good or (asked(ways[0], _WAYS, "写明该比率的算法，核对各数。") if wrong else ways[0])


def _values(document: StatedDocument) -> Iterator[tuple[Outline, Item]]:
    """Amounts and counts of running text, changes among them."""
    for outline, item in items_of(document):
        if item.kind in (UnitKind.MONEY, UnitKind.COUNT) and (is_value(item) or item.role is Role.CHANGE):
            yield outline, item


def _near(outline: Outline, item: Item) -> list[Item]:
    """The like values before a number up to the semicolon before it, nearest first."""
    return [part for part in since_semicolon(outline, item) if is_value(part) and _alike(part, item)]


def _alike(part: Item, item: Item) -> bool:
    return part.quantity.unit.is_comparable_with(item.quantity.unit) and part.is_exact


def _had_and_spent(near: Sequence[Item]) -> tuple[Item, Item] | None:
    """What there was and what was spent, each the nearest of its kind."""
    spent = next((part for part in near if _SPENT.search(part.phrase.label) and not _is_had(part)), None)
    had = next((part for part in near if _is_had(part)), None)
    return (had, spent) if had and spent else None


def _is_had(part: Item) -> bool:
    label = part.phrase.label
    return bool(_HAD.search(label)) and not _CARRIED.search(label) and not label.endswith(("决算", "决算数"))


def _left(item: Item, terms: tuple[Item, Item], carried: Sequence[Item], values: int) -> Finding:
    had, spent = (part.figure for part in terms)
    plain = [(1, had), (-1, spent)]
    ways = [plain, [*((1, part.figure) for part in carried), *plain]] if carried else [plain]
    findings = [relations.sum_of_parts(item.figure, way) for way in ways]
    good = next((found for found in findings if found.agrees), None)
    wrong = findings[-1].verdict is Verdict.CONTRADICTION
    return good or (asked(findings[-1], _ELSEWHERE, "写明结余的来龙去脉，核对各数。") if wrong else findings[-1])
