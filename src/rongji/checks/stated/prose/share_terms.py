"""What a share in running text is made of: the number (or the row of numbers) before it, and what it can be of."""

import re
from collections.abc import Sequence
from itertools import accumulate

from rongji.checks.stated.grammar.basis import basis_of
from rongji.checks.stated.grammar.listing import Listing
from rongji.checks.stated.grammar.named import Named
from rongji.checks.stated.grammar.neighbours import before_in_sentence, is_value, owner_of, series_of
from rongji.checks.stated.grammar.outline import Item, Outline
from rongji.checks.stated.phrase import Role
from rongji.kernel.units import UnitKind

_CHANGING = (Role.SHARE, Role.RATE, Role.GROWTH, Role.CHANGE)
_JOINED = re.compile(r"^[、，和及与](?!其中|比|较|占)[^。；：]*$")
_TOGETHER = re.compile(r"(?:合计|共计|共|总共|[两三四五六]项|[两三四五六]类)[^，。；：]{0,4}$")
_AMOUNT_WORDS = re.compile(r"总量|总数|总额|总和|全部|合计|数量|的|总|数|量|全[省市县区州院校局]")
_LONGEST_ROW = 12
_MOST = 60
_LEVELS = 4


def numerator(outline: Outline, share: Item) -> Item | None:
    """The number whose share it is: right before it, or before the bracket in which it stands."""
    before = before_in_sentence(outline, share)
    owner = owner_of(outline, share) if not before else None
    if owner:
        return owner if is_value(owner) else None
    if names_another(share):
        name = own_name(share)
        return next(
            (item for item in before if is_value(item) and item.phrase.label and item.phrase.label in name), None
        )
    nearest = next((item for item in before if item.role not in _CHANGING), None)
    return nearest if nearest and is_value(nearest) and nearest.kind is not UnitKind.RATIO else None


def respective(outline: Outline, row: Sequence[Item], index: int) -> Item | None:
    """Of several numbers in a row the one that a share of a row of shares is of (分别为 A 和 B，占…的 a 和 b)."""
    before = next((item for item in before_in_sentence(outline, row[0]) if is_value(item)), None)
    values = series_of(outline, before) if before else ()
    return values[index] if len(values) == len(row) else None


def rows(outline: Outline, part: Item) -> list[tuple[Item, ...]]:
    """The rows of like numbers that end with one (A 类 172 件、B 类 80 件、C 类 50 件，占…), the shortest first."""
    row = [part]
    for other in outline.before(part)[:_LONGEST_ROW]:
        like = is_value(other) and other.quantity.unit.is_comparable_with(part.quantity.unit)
        if not like or other.sentence != part.sentence or not _JOINED.match(row[-1].lead):
            break
        row.append(other)
    grown = accumulate(((item,) for item in row), lambda left, right: (*right, *left))
    return [found for found in grown if len(found) > 1]


def is_of_all(share: Item) -> bool:
    """Whether the words of a share say that it is of several numbers together (合计占)."""
    return bool(_TOGETHER.search(share.lead.rpartition("占")[0]))


def own_name(share: Item) -> str:
    """What the words before 占 name as their own."""
    return share.lead.rpartition("占")[0].lstrip("，；。：、")


def names_another(share: Item) -> bool:
    """Whether the words before 占 name something of their own (…合同金额占…的)."""
    before = own_name(share)
    return len(before) > 2 and not before.endswith(("所", "约", "仅", "各", "分别")) and not is_of_all(share)


def denominators(share: Item, part: Item, lists: Sequence[Listing], named: Named) -> tuple[tuple[Item, ...], bool]:
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


def alike_by_noun(share: Item, part: Item, earlier: Sequence[Item]) -> Item | None:
    """The first number told whose name holds the noun of what a share is of (占工单总量 of 办理热线工单 2495 件)."""
    noun = _AMOUNT_WORDS.sub("", share.phrase.of)
    if len(noun) < 2:
        return None
    return next((item for item in earlier[:_MOST] if noun in item.phrase.label and fits_as_whole(item, part)), None)


def fits_as_whole(item: Item, part: Item) -> bool:
    """Whether a number can hold another one as a part."""
    like = item.quantity.unit.is_comparable_with(part.quantity.unit) and is_value(item) and item is not part
    return like and item.is_exact and item.quantity.base >= part.quantity.base and bool(item.quantity.value)


def _wholes_of(part: Item, lists: Sequence[Listing]) -> tuple[Item, ...]:
    """The wholes of the lists in which a number stands (outturn before budget), the wholes of these, and so on."""
    found: list[Item] = []
    current: Item | None = part
    while current is not None and len(found) < _LEVELS:
        owners = [item.whole for item in lists if current in item.parts and item.whole not in found]
        owners.sort(key=lambda item: basis_of(item) not in ("actual", ""))
        found += owners
        current = owners[0] if owners else None
    return tuple(found)
