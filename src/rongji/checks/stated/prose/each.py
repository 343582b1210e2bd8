"""人均、户均、每人（正文）: what each one gets, times how many there are, against the total."""

import re
from collections.abc import Iterator, Sequence

from rongji.checks import relations
from rongji.checks.excuses import asked
from rongji.checks.registry import document_check
from rongji.checks.stated.grammar.neighbours import is_value
from rongji.checks.stated.grammar.outline import Item, Outline, items_of
from rongji.checks.stated.model import StatedDocument
from rongji.checks.stated.phrase import Role
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.units import UnitKind, count_family

_OF = re.compile(
    r"(?P<person>人均|每人|每名|每位)|(?P<home>户均|每户)|(?:平均)?每(?P<unit>[一-鿿]{1,2}?)(?:补助|投入|发放|均)?$"
)
_TIME = re.compile(r"每[年月日天周季]|按[月年季]|月均|年均")
_OPEN = re.compile(r"标准|最高|最低|不超过|左右|以上|限额")
_MANY_WAYS = "人数、期数或资金口径可能不同，不能断定。"
_REMEDY = "核对标准、人数和总额，写明发放几期。"


@document_check(title="正文：人均与总额、人数", level=Verdict.QUESTION)
def prose_each_times_count(document: StatedDocument) -> Iterator[Finding]:
    """慰问 250 人，每人 500 元，共 12.5 万元: the one times the other is the total.

    Only where the sentence states one total and one number of people (or homes, things); a standard that is paid by
    the month is left alone.
    """
    for outline, item in items_of(document):
        family = _family(item) if item.role is Role.EACH and item.is_exact else ""
        if family:
            yield from _held(outline, item, family)


def _family(item: Item) -> str:
    """What there is one each of (人、户、件), empty when the words do not tell or name a time."""
    words = item.lead[-12:] + item.tail[:4]
    found = (
        None if _TIME.search(words) or _OPEN.search(words) else _OF.search(item.phrase.label) or _OF.search(item.lead)
    )
    if found is None:
        return ""
    return "人" if found["person"] else "户" if found["home"] else count_family(found["unit"])


def _held(outline: Outline, each: Item, family: str) -> Iterator[Finding]:
    near = [item for item in outline.groups[each.group] if item.sentence == each.sentence and is_value(item)]
    near = [item for item in near if item is not each and item.is_exact and item.quantity.value]
    counts = [item for item in near if item.kind is UnitKind.COUNT and count_family(item.quantity.unit_name) == family]
    totals = [item for item in near if item not in counts and _alike(item, each)]
    if len(counts) == len(totals) == 1:
        yield _judged(each, counts[0], totals)


def _alike(item: Item, each: Item) -> bool:
    return item.quantity.unit.is_comparable_with(each.quantity.unit) and item.quantity.base > each.quantity.base


def _judged(each: Item, count: Item, totals: Sequence[Item]) -> Finding:
    finding = relations.product(totals[0].figure, [each.figure, count.figure])
    return asked(finding, _MANY_WAYS, _REMEDY) if finding.verdict is Verdict.CONTRADICTION else finding
