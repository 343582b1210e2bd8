"""分项与合计（正文）: totals in running text against the parts that the sentence names."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from rongji.checks import relations
from rongji.checks.excuses import doubted
from rongji.checks.registry import document_check
from rongji.checks.stated.grammar.closing import exceeds, nearly_closes
from rongji.checks.stated.grammar.listing import Listing
from rongji.checks.stated.grammar.listings import listings_of
from rongji.checks.stated.grammar.outline import Item, outlines_of
from rongji.checks.stated.model import Parts, StatedDocument
from rongji.checks.stated.phrase import Role
from rongji.kernel.figure import FigureKey
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.units import UnitKind, count_family

# One person or thing may have several of these, so the numbers of such a list need not add up.
_OVERLAPPING = re.compile(
    r"党员|团员|女|男|少数民族|岁|学历|学位|本科|研究生|硕士|博士|大专|职称|高级|中级|初级|享受|优秀|先进|以上|以下|达标|示范|模范|"
    r"困难|残疾|贫困|重点|重大|骨干|兼职|新增|荣获|获得|完成|办结|已|整改|化解|解决|通过|验收|合格"
)
_CATCH_ALL = re.compile(r"^其[他它](?:支出|收入|资金|经费|费用|用车|人员|项目|方面|各项|类)?$")
_OTHER = re.compile(r"^其[他它]")
_PEOPLE = frozenset({"人", "户", "人次"})
_SMALL_FOR_MONEY, _SMALL_FOR_COUNTS, _SMALL = Decimal("0.25"), Decimal("0.125"), Decimal("0.05")
_TINY = 200  # a gap below 1/200 of the whole
_SEVERAL = 3
_SUFFIX = 2
_DOUBT = "列出的各项不一定齐全，请核对是否有遗漏或数字有误。"
_OVERLAP = "所列各项可能互有重叠，请核对。"


@document_check(title="正文：各项之和与合计")
def prose_parts_add_up(document: StatedDocument) -> Iterator[Finding]:
    """A total and the parts its sentence names: 其中, 包括, 由…组成, lists in brackets, totals behind their parts.

    Parts above the whole cannot be true; parts below it are only wrong where the list is complete by its form.
    """
    for passage in document.passages:
        for listing in listings_of(passage):
            finding = _judged(listing)
            if finding:
                yield finding


@document_check(title="正文：收入总计与支出总计")
def prose_income_meets_spending(document: StatedDocument) -> Iterator[Finding]:
    """Income and spending of one year that a sentence states side by side: totals are one amount by definition.

    Income and spending without 总计 may differ by what is carried over, so a difference between them is no fault.
    """
    for outline in outlines_of(document):
        for left, right in pairwise(outline.items):
            if left.group != right.group or left.sentence != right.sentence or not _mirror(left, right):
                continue
            finding = relations.same_amount(left.figure, right.figure)
            totals = all("总计" in item.phrase.label for item in (left, right))
            holds = finding.agrees
            if holds or (totals and left.phrase.year == right.phrase.year):
                yield finding


@document_check(title="正文：资产净值与原值")
def prose_net_within_gross(document: StatedDocument) -> Iterator[Finding]:
    """What is left of an asset after depreciation (净值) is not above what was paid for it (原值)."""
    for outline in outlines_of(document):
        gross: Item | None = None
        for item in outline.items:
            if item.kind is not UnitKind.MONEY or item.role is not Role.AMOUNT:
                continue
            if item.phrase.label.endswith("原值"):
                gross = item
            elif gross and item.phrase.label.endswith("净值") and item.sentence == gross.sentence:
                yield relations.at_most(item.figure, gross.figure, remedy="净值不能大于原值，请核对。")
                gross = None


@document_check(title="正文：原值、折旧与净值")
def prose_net_is_gross_less_depreciation(document: StatedDocument) -> Iterator[Finding]:
    """净值 is 原值 less 累计折旧, where one sentence states the three."""
    yield from _identities(document, "净值", (("原值", 1), ("折旧", -1)))


@document_check(title="正文：年初预算、追加与调整后预算")
def prose_adjusted_budget_follows(document: StatedDocument) -> Iterator[Finding]:
    """调整后预算 is 年初预算 with what was added or taken away during the year, where one sentence states the three."""
    told: set[tuple[FigureKey, ...]] = set()
    for words, sign in (("追加", 1), ("调增", 1), ("调减", -1)):
        for first in ("年初预算", "预算安排"):
            for finding in _identities(document, "调整后预算", ((first, 1), (words, sign))):
                keys = tuple(figure.key for figure in finding.figures)
                if keys not in told:
                    told.add(keys)
                    yield finding


def _identities(document: StatedDocument, name: str, terms: Sequence[tuple[str, int]]) -> Iterator[Finding]:
    """The sum behind a name, where each of its terms stands once in the same sentence."""
    words = (name[:2], *(word for word, _ in terms))
    for outline in outlines_of(document):
        if not all(word in outline.passage.text for word in words):
            continue
        sentences: dict[int, list[Item]] = {}
        for item in outline.items:
            if item.kind is UnitKind.MONEY:
                sentences.setdefault(item.sentence, []).append(item)
        for here in sentences.values():
            result = [item for item in here if name in item.phrase.label]
            found = [[item for item in here if word in item.phrase.label and item not in result] for word, _ in terms]
            if len(result) == 1 and all(len(group) == 1 for group in found):
                signed = [(sign, group[0].figure) for (_, sign), group in zip(terms, found, strict=True)]
                yield relations.sum_of_parts(result[0].figure, signed)


def _judged(listing: Listing) -> Finding | None:
    """What a list of parts says; None when it says nothing."""
    whole, parts = listing.whole.figure, [item.figure for item in listing.parts]
    if listing.closed:
        return relations.sum_of_parts(whole, relations.positive(parts))
    if len(parts) == 1 and listing.kind is not Parts.ALL:
        return _single(listing)
    if exceeds(listing.whole, listing.parts):
        return _above(listing)
    return _below(listing)


def _single(listing: Listing) -> Finding | None:
    """One part of a whole stays within it."""
    finding = relations.parts_within(listing.whole.figure, [listing.parts[0].figure])
    if finding.verdict is Verdict.CONTRADICTION and not listing.certain:
        return doubted(finding, "句中所指的整体不够明确，请核对。")
    return finding


def _above(listing: Listing) -> Finding:
    """Parts that are together more than the whole."""
    whole, parts = listing.whole.figure, [item.figure for item in listing.parts]
    complete = listing.kind is Parts.ALL
    if complete:
        finding = relations.sum_of_parts(whole, relations.positive(parts))
    else:
        finding = relations.parts_within(whole, parts)
    if finding.verdict is not Verdict.CONTRADICTION:
        return finding
    if not listing.certain or not all(exceeds(listing.whole, other) for other in listing.other):
        return doubted(finding, "句中各项与整体的从属关系不够明确，请核对。")
    largest = max(listing.parts, key=lambda item: item.amount)
    if complete or not _may_overlap(listing) or exceeds(listing.whole, [largest]):
        return finding
    if any(_OVERLAPPING.search(item.phrase.label) for item in listing.parts):
        return relations.parts_within(whole, [largest.figure])
    return doubted(finding, _OVERLAP)


def _below(listing: Listing) -> Finding | None:
    """Parts that are together less than the whole: wrong only where nothing else can belong to it."""
    whole, parts = listing.whole.figure, [item.figure for item in listing.parts]
    if listing.kind is Parts.SOME:
        return relations.parts_within(whole, parts)
    finding = relations.sum_of_parts(whole, relations.positive(parts))
    if finding.verdict is not Verdict.CONTRADICTION:
        return finding
    if not listing.certain:
        meant = listing.kind is Parts.ALL and nearly_closes(listing.whole, listing.parts)
        return doubted(finding, _DOUBT) if meant else relations.parts_within(whole, parts)
    if listing.kind is Parts.ALL or _ends_with_rest(listing):
        return finding
    if _may_overlap(listing) or not _nearly_all(listing):
        return relations.parts_within(whole, parts)
    return doubted(finding, _DOUBT)


def _nearly_all(listing: Listing) -> bool:
    """Whether so little is missing that the list was probably meant to be complete."""
    share = _missing(listing) / listing.whole.amount
    if listing.whole.kind is UnitKind.MONEY:
        return share < _SMALL_FOR_MONEY
    return share < (_SMALL_FOR_COUNTS if _same_kind([item.phrase.label for item in listing.parts]) else _SMALL)


def _ends_with_rest(listing: Listing) -> bool:
    """Whether the last part is 其他…, so that nothing is left out; a longer name must come with a tiny gap."""
    label = listing.parts[-1].phrase.label
    if len(listing.parts) < _SEVERAL or not _OTHER.search(label):
        return False
    return bool(_CATCH_ALL.search(label)) or _missing(listing) * _TINY < listing.whole.amount


def _missing(listing: Listing) -> Decimal:
    """By how much the parts fall short of the whole."""
    return listing.whole.amount - sum((item.amount for item in listing.parts), Decimal(0))


def _may_overlap(listing: Listing) -> bool:
    """Whether one can be in several parts: people whose groups are no kinds of one thing, things by their state."""
    if listing.whole.kind is not UnitKind.COUNT:
        return False
    labels = [item.phrase.label for item in listing.parts]
    if any(_OVERLAPPING.search(label) for label in labels):
        return True
    people = count_family(listing.whole.quantity.unit_name) in _PEOPLE
    return people and not _same_kind(labels)


def _same_kind(labels: Sequence[str]) -> bool:
    """Whether names end alike (行政人员、事业人员) or count what the whole is called."""
    ends = {label[-_SUFFIX:] for label in labels}
    return len(ends) == 1 or all(label.endswith(("名额", "编制", "人员", "干部", "用车")) for label in labels)


def _mirror(left: Item, right: Item) -> bool:
    """Whether two neighbours are income and spending of one kind."""
    if not all(item.kind is UnitKind.MONEY and item.role is Role.AMOUNT for item in (left, right)):
        return False
    name, other = left.phrase.label, right.phrase.label
    ends = ("收入总计", "收入合计", "总收入", "决算收入", "收入")
    if "支出" not in other or not name.endswith(ends) or "预算" in name + other:
        return False
    return other in ("支出", "支出数", "总支出", "支出总计", "支出合计", "决算支出", name.replace("收入", "支出"))
