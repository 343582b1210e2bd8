"""名单与数目: announced numbers of offices, places and points against the names that follow or precede them."""

import re
from collections.abc import Iterator
from decimal import Decimal

from rongji.checks.registry import document_check
from rongji.checks.stated.grammar.enumerations import Enumeration, counted_markers, enumeration
from rongji.checks.stated.grammar.outline import Item, Outline, items_of
from rongji.checks.stated.grammar.syntax import WIDE, squeezed
from rongji.checks.stated.model import Passage, StatedDocument
from rongji.checks.stated.phrase import Role
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.place import Spot
from rongji.kernel.quantity import Quantity
from rongji.kernel.units import UnitKind

_NAMED_AFTER = re.compile(
    r"^(?P<noun>[^，。；：（()、]{0,16})(?:[，,]?\s*(?:分别|依次|具体|即|包括)(?:为|是|有|指|包括)?[：:]?|[：:]|[，,]\s*(?:即|有|为)(?=[^，。；]{1,12}、))"
)
_IN_BRACKET = re.compile(
    r"^(?P<noun>[^，。；：（()、]{0,16})[（(](?:即|分别为|分别是|包括|含)?(?P<names>[^（()）]{4,200})[)）]"
)
_CLAUSE_ENDS = re.compile(r"[。；;！？\n]")
_VERB = re.compile(
    r"^.*(?:设有|内设|下设|下辖|设立|设置|分设|包括|辖有|管辖|成立|创建|建成|建设|打造|组建|共有|现有|分别是|分别为|有)(?=[^、])"
)
_COUNTED = frozenset("个家处所项类块支条座间种")
_UNDER = re.compile(r"设有|内设|下设|下辖|辖有|管辖|分设|设立|设置")
_OFFICES = re.compile(
    r"(?:内设|职能|业务|二级|下属|直属|所属|预算|事业)*(?:股室|科室|处室|机构|部门|单位|股|科|中心|站所|办公室|乡镇|镇街|街道|社区|学校|医院)"
)
_MOST = 40
_MOST_BEFORE = 12
_POINTS = re.compile(r"方面|部分|板块|大块|环节|问题|原因|措施|举措|特点|亮点")
_REMEDY = "逐一核对名单与数目，补齐漏列的名称或改正数目。"


@document_check(title="列举的名称与所写数目")
def announced_list_matches(document: StatedDocument) -> Iterator[Finding]:
    """Where a sentence says how many and names them (内设科室 3 个，分别是…), it names as many as it says.

    Lists with 等 are open; 和 may join two names or stand inside one, so counts are compared as ranges.
    """
    for outline, item in items_of(document):
        if _announces(item):
            yield from _listed(outline, item)


@document_check(title="所写几个方面与一是、二是", level=Verdict.QUESTION)
def announced_points_match(document: StatedDocument) -> Iterator[Finding]:
    """三个方面：一是…二是…三是…: as many points follow as are announced."""
    for outline, item in items_of(document):
        passage = outline.passage
        if not _announces(item) or not _POINTS.search(passage.text[item.mention.end : item.mention.end + 6]):
            continue
        found = counted_markers(passage.text[item.mention.end :])
        if found:
            yield _counted(passage, item, found, found, (item.mention.start, item.mention.end), sure=False)


def _announces(item: Item) -> bool:
    number = item.quantity.value
    whole = number == int(number) and 2 <= number <= _MOST
    counted = item.kind is UnitKind.COUNT and item.quantity.unit_name in _COUNTED
    return whole and counted and item.is_exact and item.role is Role.AMOUNT


def _listed(outline: Outline, item: Item) -> Iterator[Finding]:
    for judge in (_behind, _bracketed, _in_front):
        finding = judge(outline, item)
        if finding:
            yield finding
            return


def _behind(outline: Outline, item: Item) -> Finding | None:
    """The names stand behind the number: 3 个，分别是…; 4 个二级机构：…"""
    passage, start = outline.passage, item.mention.end
    rest = _wide(passage.text[start : start + 600])
    found = _NAMED_AFTER.match(rest)
    if found is None:
        return None
    return _best(passage, item, start + found.end(), rest[found.end() :])


def _best(passage: Passage, item: Item, start: int, rest: str) -> Finding | None:
    """Names up to the end of the clause; of the ways to divide them the one that fits the number."""
    sentence = re.split("[。！？\n]", rest)[0]
    part = _CLAUSE_ENDS.split(rest)[0]
    ways = ((part, "、"), (part, "，,、"), (part, "，,"), (sentence, "；;"), (re.split("[，,]", part)[0], "、"))
    number = int(item.quantity.value)
    read = [(text, names) for text, marks in ways if (names := enumeration(text, marks)) and names.most > 1]
    for text, names in read:
        if names.least <= number <= names.most:
            return _counted(passage, item, names.least, names.most, (start, start + len(text)))
    if not read or read[0][1].open or not read[0][1].plain:
        return None
    text, names = read[0]
    return _counted(passage, item, names.least, names.most, (start, start + len(text)), sure=_is_clean(part, names))


def _is_clean(text: str, names: Enumeration) -> bool:
    """Whether the clause holds nothing but names divided by 、."""
    return names.plain and "，" not in text and "," not in text and not names.open


def _bracketed(outline: Outline, item: Item) -> Finding | None:
    """The names stand in brackets behind the number: 3 个科室（办公室、…）."""
    passage, start = outline.passage, item.mention.end
    found = _IN_BRACKET.match(_wide(passage.text[start : start + 260]))
    names = enumeration(found["names"], "、，") if found else None
    if found is None or names is None or names.most < 2:
        return None
    span = (start + found.start("names"), start + found.end("names"))
    if names.least <= item.quantity.value <= names.most:
        return _counted(passage, item, names.least, names.most, span)
    if names.open or not names.plain:
        return None
    return _counted(passage, item, names.least, names.most, span)


def _in_front(outline: Outline, item: Item) -> Finding | None:
    """The names stand before the number: 办公室、财务科 2 个科室."""
    passage, end = outline.passage, item.mention.start
    begin = max(item.phrase.start, end - 300)
    text = _wide(passage.text[begin:end])
    if "、" not in text or item.quantity.value > _MOST_BEFORE:
        return None
    is_open = squeezed(text).endswith("等")
    verb = _VERB.match(text.split("、")[0])
    names = enumeration(text[verb.end() :] if verb else text, "、")
    if names is None or names.most < 2:
        return None
    span = (begin + (verb.end() if verb else 0), end)
    if names.least <= item.quantity.value <= names.most:
        return _counted(passage, item, names.least, names.most, span)
    if is_open or names.open or not names.plain or not verb:
        return None
    sure = bool(_UNDER.search(text.split("、")[0]) and _OFFICES.match(passage.text[item.mention.end :].lstrip()))
    return _counted(passage, item, names.least, names.most, span, sure=sure)


def _counted(
    passage: Passage, item: Item, least: int, most: int, span: tuple[int, int], *, sure: bool = True
) -> Finding:
    """What the comparison of a number with its names says."""
    number = int(item.quantity.value)
    holds = least <= number <= most
    nearest = number if holds else least if number < least else most
    shown = f"{squeezed(item.figure.printed)}{'' if item.phrase.label in item.figure.printed else item.phrase.label}"
    names = squeezed(passage.text[span[0] : span[1]])[:60]
    outcome = "相符" if holds else f"只列出 {nearest} 个" if nearest < number else f"却列出 {nearest} 个"
    verdict = Verdict.HOLDS if holds else Verdict.CONTRADICTION if sure else Verdict.QUESTION
    return Finding(
        check="",
        verdict=verdict,
        explanation=f"所写数目为{shown}，所列名称“{names}”{outcome}。",
        figures=(item.figure,),
        stated=item.quantity,
        computed=Quantity(Decimal(nearest), item.quantity.unit_name, 0),
        difference=Decimal(number - nearest),
        tolerance=Decimal(0),
        remedy="" if holds else _REMEDY,
        spots=(Spot(passage.place_of(*span), passage.text[span[0] : span[1]]),),
    )


def _wide(text: str) -> str:
    """The text with its half-width marks written wide, each in its place."""
    return text.translate(WIDE)
