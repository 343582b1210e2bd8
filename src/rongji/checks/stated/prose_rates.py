"""占比与比率（正文）: shares and rates in running text against the numbers they are made of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from rongji.checks import relations
from rongji.checks.excuses import unless_cut_off
from rongji.checks.registry import document_check
from rongji.checks.stated.basis import basis_of, without_basis
from rongji.checks.stated.listing import Listing, listings_of
from rongji.checks.stated.model import StatedDocument
from rongji.checks.stated.named import Named
from rongji.checks.stated.neighbours import (
    before_in_sentence,
    is_value,
    on_basis,
    owner_of,
    right_before,
    sentence_before,
    series_of,
)
from rongji.checks.stated.outline import Item, Outline, outline_of
from rongji.checks.stated.phrase import Role
from rongji.checks.stated.syntax import squeezed
from rongji.kernel.figure import Figure, FigureKey, Source, SourceKind
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.quantity import Quantity
from rongji.kernel.units import UnitKind

_GOOD = (Verdict.HOLDS, Verdict.ROUNDING)
_EXECUTION = re.compile(r"执行率|预算完成率|支出率|支付率|支出进度|支付进度|执行进度|使用率|拨付率")
_PLANNED = re.compile(r"安排|下达|到位|计划|指标|批复|可用")
_SPENT = re.compile(r"执行|支出|支付|使用|拨付|完成|列支")
_NEVER_ABOVE = re.compile(r"办结|合格|覆盖|满意|达标|准确|及时|化解|出勤|知晓|占比|答复|公开|签收|回复")
_ALL = Quantity(Decimal(100), "%", 8)
_GENERAL = re.compile(r"总|合计|全部|全年|整体|本年|支出|收入|资金")
_OF_SHARE = re.compile(r"(?:的?(?:比重|比例|份额|占比))+$")
_GIVEN = re.compile(r"^[，；]?(?:仅|只|约)?(?:占|完成|为|达到?|相当于)(?:了)?[^，。；：]{0,16}$")
_SEVERAL = 2
_UNSURE = "句中不能断定哪一个是预算数、哪一个是执行数，请核对。"


@document_check(title="正文：占比")
def prose_shares(document: StatedDocument) -> Iterator[Finding]:
    """A share (占比、占…的) is the number before it divided by the whole that the words name or that the list is of."""
    named = Named()
    for passage in document.passages:
        outline = outline_of(passage)
        named.add(outline.items)
        lists = listings_of(outline)
        for item in outline.items:
            if item.role is Role.SHARE and item.kind is UnitKind.RATIO:
                yield from _share(outline, item, lists, named)


@document_check(title="正文：占某数的百分之几")
def prose_rates_of_given(document: StatedDocument) -> Iterator[Finding]:
    """A rate behind the number it is of (占总投资 3500 万元的 80%, 完成预算 1000 万元的 95%)."""
    for passage in document.passages:
        outline = outline_of(passage)
        for item in outline.items:
            triple = _of_given(outline, item) if item.kind is UnitKind.RATIO and item.lead == "的" else None
            if triple:
                part, whole = triple
                of = replace(item.figure, label=f"{without_basis(part.figure.label)}占{whole.phrase.label}的比率")
                finding = relations.ratio("", of, part.figure, whole.figure)
                yield unless_cut_off(finding)


def _of_given(outline: Outline, rate: Item) -> tuple[Item, Item] | None:
    """The number before 占 or 完成, and the number behind it."""
    before = before_in_sentence(outline, rate)
    if len(before) < _SEVERAL or not _GIVEN.search(before[0].lead) or before[0].kind is not before[1].kind:
        return None
    whole, part = before[0], before[1]
    comparable = whole.quantity.unit.is_comparable_with(part.quantity.unit) and whole.quantity.value
    return (part, whole) if comparable and is_value(part) and whole.is_exact else None


@document_check(title="正文：占比之和为 100%")
def prose_shares_close(document: StatedDocument) -> Iterator[Finding]:
    """Where every part of a complete list has its share, the shares add up to 100 %."""
    for passage in document.passages:
        outline = outline_of(passage)
        for listing in listings_of(outline):
            shares = [_share_behind(outline, part) for part in listing.parts]
            known = [item for item in shares if item]
            if len(known) >= _SEVERAL and len(known) == len(shares) and _of_one_whole(known):
                yield from _closing(listing, known)


@document_check(title="正文：预算完成率、执行率")
def prose_execution_rates(document: StatedDocument) -> Iterator[Finding]:
    """完成年初预算的…%, 预算执行率: the outturn of the sentence divided by its budget."""
    for passage in document.passages:
        outline = outline_of(passage)
        for item in outline.items:
            if _is_rate(item) and len(series_of(outline, item)) == 1:
                yield from _execution(outline, item)


@document_check(title="正文：比率超过 100%", level=Verdict.QUESTION)
def prose_rates_within_all(document: StatedDocument) -> Iterator[Finding]:
    """A rate of things that are a part of all (办结率、合格率、满意率、占比) is not above 100 %."""
    for passage in document.passages:
        for item in outline_of(passage).items:
            rated = item.role in (Role.RATE, Role.SHARE) and item.quantity.unit_name == "%"
            if rated and item.quantity.value > _ALL.value and _NEVER_ABOVE.search(item.phrase.label):
                text = f"{item.figure.label} {squeezed(item.figure.printed)}，超过 100%，请核对分子与分母。"
                yield Finding("", Verdict.QUESTION, text, (item.figure,), stated=item.quantity, remedy="核对后改正。")


def _share(outline: Outline, share: Item, lists: Sequence[Listing], named: Named) -> Iterator[Finding]:
    row = series_of(outline, share)
    part = _numerator(outline, share) if len(row) == 1 else _respective(outline, row, row.index(share))
    if part is None:
        yield from _of_names(outline, share, named)
        return
    wholes, certain = _denominators(share, part, lists, named)
    findings = [relations.ratio("", share.figure, part.figure, whole.figure) for whole in wholes]
    good = next((item for item in findings if item.verdict in _GOOD), None)
    if good:
        yield good
    elif findings and share.quantity.value and certain:
        yield unless_cut_off(findings[0])
    elif findings and share.quantity.value and _may_be_of(share.phrase.of, wholes[0]):
        yield _asked(findings[0], "句中所占的整体不够明确，请核对。")


def _may_be_of(words: str, whole: Item) -> bool:
    """Whether a total may be what the words of a share call it: by part of its name, or by a general word."""
    name = whole.phrase.label
    return bool(words) and (bool(_GENERAL.search(words)) or words in name or name in words)


def _of_names(outline: Outline, share: Item, named: Named) -> Iterator[Finding]:
    """A share whose part and whole were stated before and are only named (农业增加值占地区生产总值的比重为 8.6%).

    第二产业增加值比重为 39.8% behind it is of the same whole.
    """
    name = (
        share.lead.rpartition("占")[0].lstrip("，；。：、")
        if "占" in share.lead
        else _OF_SHARE.sub("", share.phrase.label)
    )
    words = share.phrase.of or _of_before(outline, share)
    parts, wholes = named.called(name) if len(name) > 2 else (), named.called(words) if words else ()
    if not parts or not wholes or parts[0].phrase.is_past != wholes[0].phrase.is_past:
        return
    part, whole = parts[0], wholes[0]
    if part is whole or not part.quantity.unit.is_comparable_with(whole.quantity.unit) or not whole.quantity.value:
        return
    finding = relations.ratio("", replace(share.figure, label=f"{name}占{words}的比重"), part.figure, whole.figure)
    wrong = finding.verdict is Verdict.CONTRADICTION
    yield _asked(finding, "句中只写名称，所指的数不能断定。") if wrong else finding


def _of_before(outline: Outline, share: Item) -> str:
    """What the share before it in its sentence is of."""
    before = next((item for item in before_in_sentence(outline, share) if item.role is Role.SHARE), None)
    return before.phrase.of if before else ""


def _numerator(outline: Outline, share: Item) -> Item | None:
    """The number whose share it is: right before it, or before the bracket in which it stands."""
    before = before_in_sentence(outline, share)
    owner = owner_of(outline, share) if not before else None
    if owner:
        return owner if is_value(owner) else None
    if _names_another(share):
        name = share.lead.rpartition("占")[0].lstrip("，；。：、")
        return next(
            (item for item in before if is_value(item) and item.phrase.label and item.phrase.label in name), None
        )
    nearest = next(
        (item for item in before if item.role not in (Role.SHARE, Role.RATE, Role.GROWTH, Role.CHANGE)), None
    )
    return nearest if nearest and is_value(nearest) and nearest.kind is not UnitKind.RATIO else None


def _respective(outline: Outline, row: Sequence[Item], index: int) -> Item | None:
    """Of several numbers in a row the one that a share of a row of shares is of (分别为 A 和 B，占…的 a 和 b)."""
    before = next((item for item in before_in_sentence(outline, row[0]) if is_value(item)), None)
    values = series_of(outline, before) if before else ()
    return values[index] if len(values) == len(row) else None


def _names_another(share: Item) -> bool:
    """Whether the words before 占 name something of their own (…合同金额占…的)."""
    before = share.lead.rpartition("占")[0].lstrip("，；。：、")
    return len(before) > 2 and not before.endswith(("所", "约", "仅", "各", "分别"))


def _denominators(share: Item, part: Item, lists: Sequence[Listing], named: Named) -> tuple[tuple[Item, ...], bool]:
    """What the share can be of, the surest first; and whether the first is it without doubt."""
    around = _wholes_of(part, lists)
    if share.phrase.of:
        called = tuple(
            item for item in named.called(share.phrase.of, part) if item.order != part.order or item is not part
        )
        certain = bool(called) and (len(called) == 1 or len({item.quantity.base for item in called}) == 1)
        return (*called, *(item for item in around if item not in called)), certain
    certain = any(item.certain and part in item.parts and (item.closed or item.parts) for item in lists)
    return around, certain


def _wholes_of(part: Item, lists: Sequence[Listing]) -> tuple[Item, ...]:
    """The wholes of the lists in which a number stands (outturn before budget), the wholes of these, and so on."""
    found: list[Item] = []
    current: Item | None = part
    while current is not None and len(found) < 4:
        owners = [item.whole for item in lists if current in item.parts and item.whole not in found]
        owners.sort(key=lambda item: basis_of(item) not in ("actual", ""))
        found += owners
        current = owners[0] if owners else None
    return tuple(found)


def _share_behind(outline: Outline, part: Item) -> Item | None:
    """The share that stands right behind a number, in the text or in a bracket."""
    inside = outline.inside(part)
    if inside and inside[0].role is Role.SHARE:
        return inside[0]
    first = next((item for item in outline.behind(part) if item.role not in (Role.CHANGE, Role.GROWTH)), None)
    usable = first is not None and first.role is Role.SHARE and first.sentence == part.sentence
    return first if first and usable and not _names_another(first) else None


def _of_one_whole(shares: Sequence[Item]) -> bool:
    return len({item.phrase.of for item in shares}) == 1 and all(item.is_exact for item in shares)


def _closing(listing: Listing, shares: Sequence[Item]) -> Iterator[Finding]:
    total = Figure(FigureKey("占比合计"), "各项占比合计", Source(SourceKind.DERIVED), _ALL, "100%")
    finding = relations.sum_of_parts("", total, relations.positive([item.figure for item in shares]))
    if finding.verdict not in _GOOD and not listing.closed:
        return
    places = max(item.quantity.places for item in shares)
    found = Quantity(sum((item.quantity.value for item in shares), Decimal(0)), "%", places)
    terms = " + ".join(f"{item.figure.label} {item.quantity.shown()}" for item in shares)
    outcome = {Verdict.HOLDS: "合计为 100%，相符", Verdict.ROUNDING: "与 100% 的差额在进位允许的范围之内"}
    text = f"各项占比 {terms} = {found}，{outcome.get(finding.verdict, '应为 100%')}。"
    yield replace(finding, figures=finding.figures[1:], explanation=text, computed=found)


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
    finding = unless_cut_off(relations.ratio("", rate.figure, outturn.figure, budget.figure))
    plain = basis_of(budget) and basis_of(outturn)
    yield finding if plain or finding.verdict is not Verdict.CONTRADICTION else _asked(finding, _UNSURE)


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


def _asked(finding: Finding, why: str) -> Finding:
    return replace(finding, verdict=Verdict.QUESTION, explanation=finding.explanation.rstrip("。") + "；" + why)
