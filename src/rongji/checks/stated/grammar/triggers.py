"""The words by which running text opens a list of parts, closes it with a total, or turns to something else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rongji.checks.stated.grammar.outline import Item
from rongji.checks.stated.model import Parts

_OPENS = re.compile(
    r"(?P<among>其中)|(?P<all>分别(?:为|是|有)|由以下[^，。；：]{0,8}(?:构成|组成)|(?:构成|组成)(?:如下|情况|为|是)*(?=[：，]))"
    r"|(?P<some>主要(?:用于|有|是|包括|为|由)|用于)|(?P<names>(?<!不)(?:包括|包含|含|涵盖))|(?P<by>由(?=[^，。；]{2,30}$))"
    r"|(?P<numbered>(?<![一-鿿])一是|(?:^|[：，。；])(?:1|一)[、.．]|①)"
    r"|(?P<along>(?:^|[，。；])(?:按|从)[^，。；：]{2,14}?(?:统计|划分|分类|分|看|构成|性质|来源|类型)[，：])"
    r"|(?P<colon>^：|(?:如下|情况|方面|部分|来源|明细)：)"
    r"|(?P<inside>^中，|^(?![^，。；：]{0,4}[其年期集执过工活途程])[^，。；：]{0,5}中(?:，有|有|，))"
)
_CLAUSES = re.compile("[，；。：、]")
_PUNCTUATION = re.compile(r"^[，；。：、]*$")
_NEXT_POINT = re.compile(r"(?:^|[，。；：])(?:[二三四五六七八九]是|(?:[2-9]|1\d)[、.．]|[②-⑳])")
_AFTER_OPENING = re.compile(r"^[，：、]*(?:1[、.．]|①|一是|（1）)?")
_ANEW = re.compile(r"(?:^|[，；。])(?:另有|另外|另|此外|除此|截至|截止|累计|历年|同时|还有)")
_TOTAL = re.compile(
    r"(?:^|[，；。：、])(?:以上|上述)?(?:[两二三四五六七八九十]项|各项)?(?:支出|收入|资金|金额|经费|投入|人数|费用)?"
    r"(?:合计|共计|总计|小计)(?:支出|收入|资金|金额|经费|投入|使用|安排|约|为|达到?|是)*$"
)
# 共计下达转移支付资金: a total only where the numbers before it make it up.
_LOOSE_TOTAL = re.compile(r"(?:^|[，；。：])(?:以上|上述)?(?:合计|共计|总计|共)[^，。；：]{2,20}$")
_NAMED = re.compile(
    r"(?:^|[，。；])(?:在)?(?P<name>[^，。；：]{2,14}?)(?:当中|之中|中(?!心|学|国|央|级|小|医|层|介|部|型|药|原|山|期|途|断|止|共|华|队|专|职|等|间|标|高))[，：]?[^，。；：中]{1,30}$"
)
_NO_WHOLE = re.compile(r"[其年月期集空手心程途其过]$|工作|活动|预算执行|疫情")
_DEED = re.compile(
    r"(?:共|累计|全年|本月)?(?:查处|破获|破|抓获|发生|造成|办理|办结|受理|组织|开展|举办|完成|新增|新建|走访|慰问|救助|化解|处置|出动|"
    r"收缴|挽回|培训|发放|建成|检查|整改|下达|投入)"
)
_MADE_UP = re.compile(r"^[^，。；]{0,6}(?:组成|构成|[两三四五六七八九]部分)")


@dataclass(frozen=True, slots=True)
class Trigger:
    """What opens a list. word: which kind of opening. adjacent: it follows the number before it at once.

    opens_sentence: it begins a new sentence, so that the whole stands in the one before. name: the whole when the
    words call it (`固定资产中…`).
    """

    word: str
    adjacent: bool = True
    opens_sentence: bool = False
    name: str = ""

    def kind_with(self, tail: str) -> Parts | None:
        """How sure the list names everything, seeing the words behind it; None when it is no list at all."""
        if _MADE_UP.search(tail) and self.word in ("by", "among", "all"):
            return Parts.ALL
        if self.word == "by":
            return None
        if re.match(r"^等", tail):
            return Parts.SOME
        return {"all": Parts.ALL, "some": Parts.SOME, "named": Parts.SOME}.get(self.word, Parts.UNKNOWN)


BRACKET = Trigger("bracket")


def opening(lead: str) -> Trigger | None:
    """The opening of a list in the words before its first number, None when they open none."""
    if _NEXT_POINT.search(lead):
        return None
    for found in _OPENS.finditer(lead):
        word = found.lastgroup or ""
        before, after = lead[: found.start()], lead[found.end() :]
        after = _AFTER_OPENING.sub("", after)
        if "。" in after or "；" in after or after.count("，") > (word == "among"):
            continue
        adjacent = bool(_PUNCTUATION.match(before))
        if not adjacent and word in ("colon", "numbered", "by", "some"):
            continue
        if word == "names" and len(_CLAUSES.split(before)[-1]) > 2:  # 本年支出含上解资金: of the words right before
            continue
        opens = before.endswith("。") or found.group(0).startswith("。")
        return Trigger(word, adjacent, opens_sentence=opens)
    named = _NAMED.search(lead)
    if named and not _NO_WHOLE.search(named["name"]):
        return Trigger("named", adjacent=True, opens_sentence=True, name=named["name"])
    return None


def is_total_behind(lead: str) -> bool:
    """Whether the words before a number call it the total of the numbers before it."""
    return bool(_TOTAL.search(lead))


def may_be_total_behind(lead: str) -> bool:
    """Whether the words before a number may sum up the numbers before it, if they add up."""
    return bool(_LOOSE_TOTAL.search(lead))


def starts_anew(lead: str) -> bool:
    """Whether the words before a number leave the list and turn to something else."""
    return bool(_ANEW.search(lead))


def tells_deed(item: Item) -> bool:
    """Whether the name of a number begins with what was done (查处、发生…): it is a statement of its own."""
    return bool(_DEED.match(item.phrase.label))


def wholes_named(items: Sequence[Item], name: str) -> list[Item]:
    """What the words call, the nearest of that very name, else the nearest whose name contains it; never 净值."""
    held = [item for item in items if name in item.phrase.label and not item.phrase.label.startswith(f"{name}中")]
    exact = [item for item in held if item.phrase.label.endswith(name)]
    return (exact or [item for item in held if not item.phrase.label.endswith("净值")])[:1]
