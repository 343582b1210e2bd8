"""比率（正文）: rates of budgets and of given numbers in running text against the numbers they are made of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from rongji.checks import relations
from rongji.checks.excuses import doubted, unless_cut_off
from rongji.checks.registry import document_check
from rongji.checks.stated.grammar.basis import basis_of, without_basis
from rongji.checks.stated.grammar.neighbours import (
    before_in_sentence,
    is_value,
    on_basis,
    right_before,
    sentence_before,
    series_of,
)
from rongji.checks.stated.grammar.outline import Item, Outline, items_of
from rongji.checks.stated.grammar.syntax import squeezed
from rongji.checks.stated.model import StatedDocument
from rongji.checks.stated.phrase import Role
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.quantity import Quantity
from rongji.kernel.units import UnitKind

_EXECUTION = re.compile(r"执行率|预算完成率|支出率|支付率|支出进度|支付进度|执行进度|使用率|拨付率")
_PLANNED = re.compile(r"安排|下达|到位|计划|指标|批复|可用")
_SPENT = re.compile(r"执行|支出|支付|使用|拨付|完成|列支")
_NEVER_ABOVE = re.compile(r"办结|合格|覆盖|满意|达标|准确|及时|化解|出勤|知晓|占比|答复|公开|签收|回复")
_ALL = Quantity(Decimal(100), "%", 8)
_GIVEN = re.compile(r"^[，；]?(?:仅|只|约)?(?:占|完成|为|达到?|相当于)(?:了)?[^，。；：]{0,16}$")
_SEVERAL = 2
_UNSURE = "句中不能断定哪一个是预算数、哪一个是执行数，请核对。"


@document_check(title="正文：占某数的百分之几")
def prose_rates_of_given(document: StatedDocument) -> Iterator[Finding]:
    """A rate behind the number it is of (占总投资 3500 万元的 80%, 完成预算 1000 万元的 95%)."""
    for outline, item in items_of(document):
        triple = _of_given(outline, item) if item.kind is UnitKind.RATIO and item.lead == "的" else None
        if triple:
            part, whole = triple
            of = replace(item.figure, label=f"{without_basis(part.figure.label)}占{whole.phrase.label}的比率")
            finding = relations.ratio(of, part.figure, whole.figure)
            yield unless_cut_off(finding)


def _of_given(outline: Outline, rate: Item) -> tuple[Item, Item] | None:
    """The number before 占 or 完成, and the number behind it."""
    before = before_in_sentence(outline, rate)
    if len(before) < _SEVERAL or not _GIVEN.search(before[0].lead) or before[0].kind is not before[1].kind:
        return None
    whole, part = before[0], before[1]
    comparable = whole.quantity.unit.is_comparable_with(part.quantity.unit) and whole.quantity.value
    return (part, whole) if comparable and is_value(part) and whole.is_exact else None


@document_check(title="正文：预算完成率、执行率")
def prose_execution_rates(document: StatedDocument) -> Iterator[Finding]:
    """完成年初预算的…%, 预算执行率: the outturn of the sentence divided by its budget."""
    for outline, item in items_of(document):
        if _is_rate(item) and len(series_of(outline, item)) == 1:
            yield from _execution(outline, item)


@document_check(title="正文：比率超过 100%", level=Verdict.QUESTION)
def prose_rates_within_all(document: StatedDocument) -> Iterator[Finding]:
    """A rate of things that are a part of all (办结率、合格率、满意率、占比) is not above 100 %."""
    for _, item in items_of(document):
        rated = item.role in (Role.RATE, Role.SHARE) and item.quantity.unit_name == "%"
        if rated and item.quantity.value > _ALL.value and _NEVER_ABOVE.search(item.phrase.label):
            text = f"{item.figure.label} {squeezed(item.figure.printed)}，超过 100%，请核对分子与分母。"
            yield Finding("", Verdict.QUESTION, text, (item.figure,), stated=item.quantity, remedy="核对后改正。")


def _is_rate(item: Item) -> bool:
    return item.role is Role.RATE and item.kind is UnitKind.RATIO and item.is_exact


def _execution(outline: Outline, rate: Item) -> Iterator[Finding]:
    """A rate of execution against budget and outturn of its sentence, or of the one before it."""
    named = bool(_EXECUTION.search(rate.phrase.label))
    if not rate.phrase.of and not named:
        return
    wanted = _wanted_budget(rate.phrase.of or rate.phrase.label)
    here = _values_of_rate(outline, rate)
    for items in (here, [*here, *(item for item in sentence_before(outline, rate) if is_value(item))]):
        pair = _budget_and_outturn(items, wanted)
        if pair:
            yield from _execution_of(rate, *pair)
            return


def _values_of_rate(outline: Outline, rate: Item) -> list[Item]:
    """The values that a rate can be of: those since the rate before it, else those of its part of the sentence."""
    since = right_before(outline, rate)
    if since:
        return since
    found: list[Item] = []
    later = rate
    for item in before_in_sentence(outline, rate):
        if "；" in later.lead and found:
            break
        if is_value(item) and item.kind is not UnitKind.RATIO:
            found.append(item)
        later = item
    return found


def _execution_of(rate: Item, budget: Item, outturn: Item) -> Iterator[Finding]:
    """The rate of a budget and an outturn; of no budget at all only where something was spent."""
    if not budget.quantity.value and not outturn.quantity.value:
        return
    finding = unless_cut_off(relations.ratio(rate.figure, outturn.figure, budget.figure))
    plain = basis_of(budget) and basis_of(outturn)
    yield finding if plain or finding.verdict is not Verdict.CONTRADICTION else doubted(finding, _UNSURE)


def _wanted_budget(words: str) -> str:
    if "年初" in words:
        return "initial"
    return "adjusted" if "调整" in words or "全年" in words else "budget"


def _budget_and_outturn(items: Sequence[Item], wanted: str) -> tuple[Item, Item] | None:
    """The nearest outturn and the nearest fitting budget, by their own words."""
    budget = next(on_basis(items, wanted), None) or next((item for item in items if _is_planned(item)), None)
    if budget is None:
        return None
    rest = [item for item in items if item is not budget and item.kind is budget.kind]
    outturn = next(on_basis(rest, "actual"), None) or next((item for item in rest if _is_spent(item)), None)
    return (budget, outturn) if outturn else None


def _is_planned(item: Item) -> bool:
    return not basis_of(item) and bool(_PLANNED.search(item.phrase.label)) and not _SPENT.search(item.phrase.label[-4:])


def _is_spent(item: Item) -> bool:
    return not basis_of(item) and bool(_SPENT.search(item.phrase.label))
