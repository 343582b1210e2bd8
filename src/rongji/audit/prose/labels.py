"""The name of a number in running text: the noun before it, or behind it when it counts what follows."""

import re

_LEADING = re.compile(
    r"^(?:[、和及与并以至，,：:；;。\s]+|其中[:：]?|分别(?:为|是|有)|主要(?:用于|包括|有|为|是)|包括|用于|另有|还有|另外|此外|同时|"
    r"全年(?![预执支收总])|当年(?![结财])|本年度?内|今年以?来?|年末(?![结实])|年底|截至|截止|目前|现有|现|我局|我单位|我部门|本单位|本部门|本局|全局|"
    r"[一二三四五六七八九十]是|[①-⑳]|\d{1,2}[、.．)）](?!\d)|"
    r"(?:19|20)\d\d年度?(?:底|末|初)?(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:份|底|\d{1,2}日)?|"
    r"(?:占|完成|达到?|为)(?=(?:年初|全年|年度|调整后?|本年|上年)*(?:的)?(?:预算|计划|任务|目标)(?:数|总额|安排数?)?$)|"
    r"涉及|\d{3}年(?!度?计划)|(?:19|20)\d\d(?=[一-鿿])(?!年)|上年度?(?!结|末|决|预)|去年|一共|总共|共有|设有|配有|其余|而)"
)
_TRAILING = re.compile(
    r"(?:[：:，、\s]|(?<![行认作称因人])为|(?<![凡都只倒])是|达到|达|共计|约|近|超过|均为|各为|一共|(?<![合总小预统设会审累])计|(?<![所享特])有|共|(?<![人户月年日平])均|各|仅|了|的|分别|数额|金额为|人数为)$"
)
_STOP_AFTER = re.compile(
    r"[（(](?![^（()）]{1,4}[)）])|[，。；：、！？,;:）)“”《》\s]|发放|办理|开展|解决|完成|进行|获|达到|达标|创建|验收|全部|提供|给予|落实|实行|实施|得到|领取|享受|参加|接受|加入|纳入|予以|"
    r"均|都|已|被|在|由|为|于|按|向|到|与|和|及|并|等|是|有|共|约|以上|左右|用于|增加|减少|增长|下降"
)
# Who has it: 某某局共有在职人员, 编办核定行政编制.
_HOLDER = re.compile(
    r"^[一-鿿（）()]{0,24}(?:局|委|委员会|办|院|校|中心|单位|部门|系统|机关|部|厅|会|所|站|队|馆)(?:（单位）|全系统|系统|机关)?(?:现|共|实|总|核定|批复|下达|设)+有?"
    r"(?=[一-鿿])(?!公|管|服|工|立|施|备|置)"
)
_OF_YEAR = re.compile(
    r"^[一-鿿（）()]{2,40}?(?:局|部|委|委员会|办|院|校|中心|单位|部门|会|所|站|队)(?:19|20)\d\d年度?(?=[一-鿿])"
)
_LONGEST_AFTER = 16
_LONGEST_BEFORE = 40


def named_before(words: str) -> str:
    """The noun phrase that ends right before a number, without the words that only lead up to it."""
    text = _HOLDER.sub("", _OF_YEAR.sub("", words)[-_LONGEST_BEFORE:])
    for pattern in (_LEADING, _TRAILING):
        for _ in range(4):
            shorter = pattern.sub("", text)
            if shorter == text:
                break
            text = shorter
    return text


def named_after(words: str) -> str:
    """The noun that a counting word counts: 4113名优抚对象 → 优抚对象. Empty when something else follows."""
    if words[:1] in ("（", "("):
        return ""
    end = _STOP_AFTER.search(words)
    text = words[: end.start()] if end else words
    return text[:_LONGEST_AFTER].removesuffix("的")
