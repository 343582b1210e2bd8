"""占比（正文）: shares in running text against their number and their whole, and against 100 % together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from rongji.checks import relations
from rongji.checks.excuses import asked, doubted, noted, unless_cut_off
from rongji.checks.registry import document_check
from rongji.checks.stated.grammar.listing import Listing
from rongji.checks.stated.grammar.listings import listings_of
from rongji.checks.stated.grammar.named import Named
from rongji.checks.stated.grammar.neighbours import before_in_sentence, series_of
from rongji.checks.stated.grammar.outline import Item, Outline, outlines_of
from rongji.checks.stated.model import StatedDocument
from rongji.checks.stated.phrase import Role
from rongji.checks.stated.prose.share_terms import (
    alike_by_noun,
    denominators,
    fits_as_whole,
    is_of_all,
    names_another,
    numerator,
    own_name,
    respective,
    rows,
)
from rongji.kernel.figure import Figure, FigureKey, Source, SourceKind
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.quantity import Quantity
from rongji.kernel.units import UnitKind

_ALL = Quantity(Decimal(100), "%", 8)
_GENERAL = re.compile(r"总|合计|全部|全年|整体|本年|支出|收入|资金")
_OF_SHARE = re.compile(r"(?:的?(?:比重|比例|份额|占比))+$")
_SEVERAL, _MANY = 2, 3
_MOST_EARLIER = 60
_UNCLEAR = "句中所占的整体不够明确，请核对。"
_BY_NAME = "句中只写名称，所指的数不能断定。"
_NOT_ALL = "各项占比合计为 100%，各项之和却不是这个总数，请核对总数和各项。"
_REMEDY = "核对占比和所占的整体。"


@dataclass
class _Shares:
    """The shares of a document as they are read. meant: what words turned out to stand for. earlier: values told."""

    named: Named = field(default_factory=Named)
    meant: dict[str, Item] = field(default_factory=dict)
    earlier: list[Item] = field(default_factory=list)

    def of(self, outline: Outline) -> Iterator[Finding]:
        """Every share of a passage."""
        self.named.add(outline.items)
        lists = listings_of(outline.passage)
        open_shares: list[tuple[Item, Item]] = []
        for item in outline.items:
            if item.role is Role.SHARE and item.kind is UnitKind.RATIO:
                yield from self._one(outline, item, lists, open_shares)
        pool = [*outline.items, *self.earlier[-_MOST_EARLIER:][::-1]]
        yield from _of_one_unknown(open_shares, pool)
        self.earlier += [item for item in outline.items if item.kind in (UnitKind.COUNT, UnitKind.MONEY)]

    def _one(
        self, outline: Outline, share: Item, lists: Sequence[Listing], unknown: list[tuple[Item, Item]]
    ) -> Iterator[Finding]:
        row = series_of(outline, share)
        part = numerator(outline, share) if len(row) == 1 else respective(outline, row, row.index(share))
        if part is None:
            yield from _of_names(outline, share, self.named)
            return
        wholes, certain = denominators(share, part, lists, self.named)
        more = [self.meant.get(share.phrase.of), alike_by_noun(share, part, outline.items)] if share.phrase.of else []
        further = [item for item in more if item and item not in wholes and fits_as_whole(item, part)]
        groups = [(part,), *(rows(outline, part) if share.phrase.of or is_of_all(share) else ())]
        good = _fitting(share, groups, [*wholes, *further])
        if good:
            whole, finding = good
            if share.phrase.of:
                self.meant[share.phrase.of] = whole
            yield finding
        elif not share.quantity.value or _is_of_its_list(share, part, lists, outline):
            return
        elif wholes and certain:
            yield unless_cut_off(_ratio(share, groups[-1] if is_of_all(share) else groups[0], wholes[0]))
        elif wholes and _may_be_of(share.phrase.of, wholes[0]):
            yield _asked(_ratio(share, groups[0], wholes[0]), _UNCLEAR)
        elif further:
            yield _asked(_ratio(share, groups[-1], further[0]), _UNCLEAR)
        elif share.phrase.of:
            unknown.append((share, part))


@document_check(title="正文：占比")
def prose_shares(document: StatedDocument) -> Iterator[Finding]:
    """A share (占比、占…的) is the number before it divided by the whole that the words name or that the list is of.

    Shares of something that the words do not name clearly are held to the number that most of them fit.
    """
    shares = _Shares()
    for outline in outlines_of(document):
        yield from shares.of(outline)


@document_check(title="正文：占比之和为 100%")
def prose_shares_close(document: StatedDocument) -> Iterator[Finding]:
    """Where every part of a complete list has its share, the shares add up to 100 %.

    Where shares that do are of the sum of the parts, and not of the total printed before them, that total is wrong.
    """
    for outline in outlines_of(document):
        for listing in listings_of(outline.passage):
            shares = _shares_of(outline, listing)
            if shares:
                yield from _closing(listing, shares)
                if not listing.closed and _are_of_parts(listing, shares):
                    yield _not_the_total(listing)


def _ratio(share: Item, group: Sequence[Item], whole: Item) -> Finding:
    top = relations.positive([item.figure for item in group])
    several = f"{group[0].figure.label}等 {len(group)} 项占{share.phrase.of}的比重"
    of = replace(share.figure, label=several) if len(group) > 1 else share.figure
    return relations.ratio_of_sums(of, top, [(1, whole.figure)])


def _fitting(share: Item, groups: Sequence[Sequence[Item]], wholes: Sequence[Item]) -> tuple[Item, Finding] | None:
    """The first number, or row of numbers, and whole that give the share."""
    for group in groups:
        for whole in wholes:
            finding = _ratio(share, group, whole)
            if finding.agrees:
                return whole, finding
    return None


def _of_one_unknown(unknown: Sequence[tuple[Item, Item]], pool: Sequence[Item]) -> Iterator[Finding]:
    """Shares of the same words whose whole nothing tells: of the number that most of them fit, if there is one."""
    by_words: dict[str, list[tuple[Item, Item]]] = {}
    for share, part in unknown:
        by_words.setdefault(share.phrase.of, []).append((share, part))
    for pairs in by_words.values():
        if len(pairs) < _MANY:
            continue
        largest = max((part for _, part in pairs), key=lambda part: part.quantity.base)
        for whole in (item for item in pool if fits_as_whole(item, largest)):
            findings = [_ratio(share, (part,), whole) for share, part in pairs]
            fitting = sum(1 for item in findings if item.agrees)
            if fitting >= _SEVERAL and fitting * 2 > len(findings):
                yield from (item if item.agrees else _asked(item, _UNCLEAR) for item in findings)
                break


def _is_of_its_list(share: Item, part: Item, lists: Sequence[Listing], outline: Outline) -> bool:
    """Whether a share is of the sum of the list that its number stands in, all of whose shares make 100 %."""
    of = [item for item in lists if part in item.parts and not item.closed]
    return any((shares := _shares_of(outline, item)) and _are_of_parts(item, shares) for item in of)


def _shares_of(outline: Outline, listing: Listing) -> list[Item]:
    """The shares behind all parts of a list, nothing unless every part has its own."""
    shares = [share_behind(outline, part) for part in listing.parts]
    known = [item for item in shares if item]
    whole = len(known) == len(shares) >= _SEVERAL and len({item.phrase.of for item in known}) == 1
    return known if whole and all(item.is_exact for item in known) else []


def _are_of_parts(listing: Listing, shares: Sequence[Item]) -> bool:
    """Whether the shares are of the sum of the parts themselves."""
    total = relations.positive([item.figure for item in listing.parts])
    if len(listing.parts) < _MANY or not any(item.quantity.value for item in listing.parts):
        return False
    ratios = (
        relations.ratio_of_sums(share.figure, [(1, part.figure)], total)
        for share, part in zip(shares, listing.parts, strict=True)
    )
    return all(item.agrees for item in ratios)


def _not_the_total(listing: Listing) -> Finding:
    parts = relations.positive([item.figure for item in listing.parts])
    finding = relations.sum_of_parts(listing.whole.figure, parts)
    sure = listing.certain or finding.verdict is not Verdict.CONTRADICTION
    return noted(finding, _NOT_ALL) if sure else doubted(finding, _NOT_ALL)


def _may_be_of(words: str, whole: Item) -> bool:
    """Whether a total may be what the words of a share call it: by part of its name, or by a general word."""
    name = whole.phrase.label
    return bool(words) and (bool(_GENERAL.search(words)) or words in name or name in words)


def _of_names(outline: Outline, share: Item, named: Named) -> Iterator[Finding]:
    """A share whose part and whole were stated before and are only named (农业增加值占地区生产总值的比重为 8.6%).

    第二产业增加值比重为 39.8% behind it is of the same whole.
    """
    name = own_name(share) if "占" in share.lead else _OF_SHARE.sub("", share.phrase.label)
    words = share.phrase.of or _of_before(outline, share)
    parts, wholes = named.called(name) if len(name) > 2 else (), named.called(words) if words else ()
    if not parts or not wholes or parts[0].phrase.is_past != wholes[0].phrase.is_past:
        return
    part, whole = parts[0], wholes[0]
    if part is whole or not part.quantity.unit.is_comparable_with(whole.quantity.unit) or not whole.quantity.value:
        return
    finding = relations.ratio(replace(share.figure, label=f"{name}占{words}的比重"), part.figure, whole.figure)
    yield _asked(finding, _BY_NAME) if finding.verdict is Verdict.CONTRADICTION else finding


def _of_before(outline: Outline, share: Item) -> str:
    """What the share before it in its sentence is of."""
    before = next((item for item in before_in_sentence(outline, share) if item.role is Role.SHARE), None)
    return before.phrase.of if before else ""


def share_behind(outline: Outline, part: Item) -> Item | None:
    """The share that stands right behind a number, in the text or in a bracket."""
    inside = outline.inside(part)
    if inside and inside[0].role is Role.SHARE:
        return inside[0]
    first = next((item for item in outline.behind(part) if item.role not in (Role.CHANGE, Role.GROWTH)), None)
    usable = first is not None and first.role is Role.SHARE and first.sentence == part.sentence
    return first if first and usable and not names_another(first) else None


def _closing(listing: Listing, shares: Sequence[Item]) -> Iterator[Finding]:
    total = Figure(FigureKey("占比合计"), "各项占比合计", Source(SourceKind.DERIVED), _ALL, "100%")
    finding = relations.sum_of_parts(total, relations.positive([item.figure for item in shares]))
    if not finding.agrees and not listing.closed:
        return
    places = max(item.quantity.places for item in shares)
    found = Quantity(sum((item.quantity.value for item in shares), Decimal(0)), "%", places)
    terms = " + ".join(f"{item.figure.label} {item.quantity.shown()}" for item in shares)
    outcome = {Verdict.HOLDS: "合计为 100%，相符", Verdict.ROUNDING: "与 100% 的差额在进位允许的范围之内"}
    text = f"各项占比 {terms} = {found}，{outcome.get(finding.verdict, '应为 100%')}。"
    yield replace(finding, figures=finding.figures[1:], explanation=text, computed=found)


def _asked(finding: Finding, why: str) -> Finding:
    return asked(finding, why, _REMEDY) if finding.verdict is Verdict.CONTRADICTION else finding
