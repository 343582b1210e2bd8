"""The words around a number in running text: what it is called, in which role it stands, against what."""

import re
from collections import deque
from dataclasses import dataclass

from rongji.audit.context import Context
from rongji.audit.prose.labels import named_after, named_before
from rongji.audit.prose.periods import period
from rongji.checks.stated.phrase import Against, Phrase, Role
from rongji.kernel.reading import Reading
from rongji.kernel.units import UnitKind

_UP = "增收|增支|增产|多收|多支|增长|增加|上升|提高|提升|增幅|增速|涨幅|升高|净增|上涨|增|多|升"
_DOWN = "减收|减支|减产|少收|少支|减少|下降|降低|减幅|降幅|压减|缩减|节约|节省|核减|净减|下调|减|少|降"
_CHANGED = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|额|率|幅度|金额|数)?(?:分别)?(?:为|达|达到|约|近)?$")
_GROWN_TO = re.compile(
    r"(?:增加|增长|上升|提高|减少|下降|降低|扩大|压缩|压减|提升|调整|追加)(?:到|至|为)$|(?:增|升|降|减|调)至$"
)
_THEN_GROWN = re.compile(
    r"^[^，。；]{0,12}?(?:增加|增长|上升|提高|减少|下降|降低|扩大|压减|提升|调整|增|降|减|升|调)(?:到|至|为)"
)
_THEN_CHANGED = re.compile(rf"^(?:，|,)?(?:相比)?(?:，|,)?(?:分别|各|净)?(?:{_UP}|{_DOWN}|持平|有所)")
_CLAUSE = re.compile("[，,；;。：:]")
_ANY_CHANGE = re.compile(r"增|减|升|降|涨|节")
_FROM = re.compile(r"(?:由|从)(?P<what>[^，。；：]{0,24})$")
_COMPARED = re.compile(
    r"较(?P<a>[^，。；：]{1,30})|(?<![占百对反评])比(?![例重率赛选武])(?P<b>[^，。；：]{1,30})"
    r"|与(?P<c>[^，。；：]{1,24}?)相?比(?!例)|(?P<d>同比|环比)|对比(?P<e>[^，。；：]{1,24})|和(?P<f>[^，。；：]{1,16}?)相比"
)
_PRIOR = re.compile(r"上年|去年|上一年|往年|同期|前一年|前年|(?:19|20)\d\d年|同比")
_SHARE_TAIL = re.compile(r"(?:的?(?:比重|比例|份额|百分比|比率|比))?(?:约|为|是|达到?|均|仅)*$")
_COMPLETED = re.compile(
    r"(?:完成|为|是|占|达到?|相当于)(?P<of>(?:调整后?|全年|年初|本年|当年|年度|部门)*(?:的)?(?:预算|计划|任务|目标|指标)(?:数|值|安排|总额|安排数)?)的?(?:比例|比重|比率)?(?:为|是)?$"
)
_RATE = re.compile(r"率(?:均|已|仅|高|全部)*(?:为|达|达到|是|有|约)*[：:]?$")
_EACH = re.compile(
    r"(?:每[^，。；：、]{1,8}|人均[^，。；：、]{0,8}|户均[^，。；：、]{0,6}|平均[^，。；：、]{0,6}|单价|标准)(?:为|是|由|从|提高到|达|达到)*$"
)
_EACH_AFTER = re.compile(r"^(?:/|／|每)(?:人|名|户|月|年|次|件|天|亩|米|平方)")
_LIMIT = re.compile(
    r"(?:不超过|不高于|不低于|不少于|不多于|不大于|不小于|控制在|限额|上限|≥|≤|>|<|＞|＜|大于等于|小于等于|至少|最多)(?:为|是|达|到)*$"
)
_AT_MOST = frozenset({"不超过", "不低于", "不少于", "不高于", "不多于", "至少", "最多", "不大于", "不小于"})
_CALLED_AFTER = re.compile(r"^(?:为|是|系|属于|来自|用于|投向)(?P<name>[^，。；：、（(]{2,16})")  # 500万元为中央资金
_BOUNDS = frozenset({"以上", "以下", "以内", "以外"})


@dataclass(frozen=True, slots=True)
class Around:
    """A number with the words of its clause before it, and those that follow up to the next number or clause.

    begin: where the words before begin. sentence: the words of its sentence up to the clause. name: the words before,
    with short brackets.
    """

    reading: Reading
    begin: int
    before: str
    after: str
    sentence: str
    name: str


def phrase_of(around: Around, context: Context, years: list[Reading]) -> Phrase:
    """How that number stands in its sentence."""
    role, sign, of = role_of(around)
    against = compared_with(around) if role in (Role.CHANGE, Role.GROWTH, Role.BEFORE) else Against.UNSAID
    label, start = _label(around, role)
    year, stage = period(around.begin, around.reading, around.before, around.sentence, years, context)
    past = bool(year and context.year and year < context.year)
    return Phrase(role, label, start, stage=stage, year=year, is_past=past, sign=sign, against=against, of=of)


def role_of(around: Around) -> tuple[Role, int, str]:
    """The role of a number, the direction of a change, and what a share or rate is of."""
    quantity = around.reading.quantity
    if quantity is not None and quantity.unit.kind is UnitKind.RATIO:
        return _ratio_role(around, quantity.unit_name)
    before = around.before
    if around.reading.vague in _BOUNDS and (around.reading.vague != "以上" or _names_next(around.after)):
        return Role.LIMIT, 1, ""
    if _LIMIT.search(before) or around.reading.vague in _AT_MOST:
        return Role.LIMIT, 1, ""
    if _FROM.search(before) and _THEN_GROWN.match(around.after):
        return Role.BEFORE, 1, ""
    if _EACH.search(before) or _EACH_AFTER.match(around.after):
        return Role.EACH, 1, ""
    if _GROWN_TO.search(before):
        return Role.AFTER, -1 if re.search(_DOWN, before[-6:]) else 1, ""
    changed = _CHANGED.search(before)
    if changed and (_COMPARED.search(around.sentence + before) or before == changed.group(0)):
        return Role.CHANGE, -1 if changed["down"] else 1, ""
    if _ends_compared(before) and _THEN_CHANGED.match(around.after):
        return Role.BEFORE, 1, ""
    return Role.AMOUNT, 1, ""


def _ratio_role(around: Around, unit_name: str) -> tuple[Role, int, str]:
    before = around.before
    completed = _COMPLETED.search(before)
    if completed:
        return Role.RATE, 1, completed["of"]
    if _GROWN_TO.search(before) or _LIMIT.search(before):
        return Role.LIMIT, 1, ""
    changed = _CHANGED.search(before)
    if changed:
        return Role.CHANGE if unit_name == "百分点" else Role.GROWTH, -1 if changed["down"] else 1, ""
    if _FROM.search(before) and _THEN_GROWN.match(around.after):
        return Role.BEFORE, 1, ""
    share = before.rfind("占")
    if share >= 0 and not _RATE.search(before):
        return Role.SHARE, 1, _whole_of_share(before[share + 1 :])
    if re.search(r"(?:比重|比例|份额)(?:为|是|达|达到|约)*$", before):
        return Role.SHARE, 1, ""
    return Role.RATE, 1, ""


def _whole_of_share(text: str) -> str:
    rest = _SHARE_TAIL.sub("", text)
    rest = _SHARE_TAIL.sub("", rest).removesuffix("的").removeprefix("比").removeprefix("了")
    return rest.removeprefix("到").strip("为约：:")


def compared_with(around: Around) -> Against:
    """What a change is measured against: the last comparison that the sentence names up to the number."""
    found = _last_comparison(around.sentence + around.before)
    if found is None:
        return Against.UNSAID
    words = "".join(item for item in found.groups() if item)
    if "年初" in words and "预算" in words:
        return Against.INITIAL
    if _PRIOR.search(words):
        return Against.PRIOR
    return Against.BUDGET if "预算" in words or "计划" in words else Against.UNSAID


def _last_comparison(words: str) -> re.Match[str] | None:
    return deque(_COMPARED.finditer(words), maxlen=1).pop() if _COMPARED.search(words) else None


def _ends_compared(before: str) -> bool:
    found = _last_comparison(before)
    return found is not None and found.end() == len(before) and not _ANY_CHANGE.search(found.group(0))


def _names_next(after: str) -> bool:
    return bool(after) and after[0] not in "，。；、：）)"


def _label(around: Around, role: Role) -> tuple[str, int]:
    quantity = around.reading.quantity
    is_count = quantity is not None and quantity.unit.kind is UnitKind.COUNT
    before = named_before(around.name)
    if is_count or not before:
        after = named_after(around.after)
        if after and (not before or is_count):
            return after, around.begin
    if not before:
        called = _CALLED_AFTER.match(around.after)
        if called:
            return called["name"], around.begin
    if not before and around.sentence.endswith(("：", ":")):
        before = named_before(_CLAUSE.split(around.sentence[:-1])[-1])
    return before, around.begin
