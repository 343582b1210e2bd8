"""Which word behind a number is its unit: 件, 人次, 万元; and which only begins like one: 人员, 支出, 项目."""

import re
from functools import cache
from typing import NamedTuple

from rongji.kernel.units import UNITS

# What a word goes on with when it is no counting word there: 12 支出, 3 部门, 2021 项目, 303 对个人.
_GOES_ON: dict[str, str] = {
    "人": "员|民|均|才|物|身保|身安|身份|数|社局|社厅|社部|武部|大代|大常|大主|事局|事科|事管|事档|事代",
    "名": "次|称|义|额|录|片|誉|数",
    "位": "于|置|居全|居前|居第|列|次|数",
    "户": "籍|口|均|数|主|用|型",
    "件": "均",
    "宗": "旨|教|地|族",
    "批": "准|示|评|改|阅|办",
    "次": "性|序|均|贷|席|生",
    "人次": "日|年|月",
    "场": "所|景|馆|均|合|地租|地费|地建",
    "期": "间|限|满|末|初|望|货",
    "座": "谈",
    "块": "链|钱",
    "家": "庭|访|禽",
    "个": "体工商|体户|体经|别单|别人|别项|性化|人所得|人账户|人和家|人信息|人独资",
    "支": "出|付|持|部(?!队)|撑",
    "条": "件|例|款|目|约",
    "份": "额",
    "封": "闭|存|控",
    "天": "津|然气|气|花板|心区",
    "日": "常|均|程|记|益|照",
    "岁": "末|入",
    "年": "级|龄|均|限|鉴|检|轻|货|味|俸|薪|夜",
    "台": "账|帐|湾|胞|阶",
    "套": "餐|路|取|用",
    "张": "家界|贴|掖",
    "篇": "幅|章",
    "处": "理|置|级|分决|分的|室|长|罚|于",
    "所": "有|在地|在的|在单|得|属|需|长|谓|示|述",
    "项": "目(?!标(?!准|段))",
    "对": "个人|企|社|下|附|机|事|其他|口|象|标|外|接|应|照|策|于|比",
    "级": "别|差|配|数|次|联",
    "本": "级|单|局|年|次|报告|部|科|区|县|市|省|镇|乡|身|人|地|辖|系统|着|项|季|月|期|金|土|质|行",
    "部": "门|分|队|署|长|委|级|件|位|属|省|、",
    "幅": "度",
    "册": "子",
    "间": "接|隔|的|断",
    "床": "上|单|垫|头",
    "类": "别|型|似|推|比|同",
    "例": "如|会|外|行",
    "笔": "记|试",
    "起": "草|步|点|源",
    "组": "织|成|建|长|员|合|件|团",
    "只": "有|要|能|是|需|限",
    "头": "部",
    "班": "子|长|委|级",
    "轮": "换|训|流|岗|椅|候",
    "届": "时|满",
    "队": "伍|员|长|部",
    "根": "据|本|源|治|除|基",
    "株": "洲",
    "层": "级|面|次|高",
    "节": "约|能|日|点|前|后|余|支|水|俭|假|目|省|气",
    "道": "路|德|口|具|理",
    "段": "落",
    "瓶": "颈",
    "周": "岁|年|边|转|期|围|末|报|一|二|三|四|五|六|日|密",
    "米": "粉|面|饭|油|线",
    "克": "服|拉|己|扣",
    "升": "级|学|高|温|旗|值|为|至|到|幅|降|入|格|任",
    "亩": "产|均",
    "堂": "食",
    "卷": "烟|宗",
    "页": "岩|码|面",
    "字": "号|样|体|数|面|段|画",
    "集": "中|体|团|合|市|贸|约|成|聚|资|结|镇|采|群|训",
    "架": "构|空|设",
    "束": "缚",
    "分": "别|析|类|期|管|布|散|配|级|之|店|局|公司|院|批|项|值|段|块|工|数|设|步|解|发|流|行|红|拆|割|包|享"
    "|支|开|层|歧|组|片|送|区|担|摊|部|立|会|中心|队|成",
    "成": "立|为|功|员|果|效|本|绩|都|长|就|熟|分|品|人|交|型|像|形|因",
    "倍": "增|加|数|率|感|受",
    "折": "算|合|旧|抵|现|价|叠|射|扣",
    "元": "旦|首|素|件|老|宵|谋",
}
# These count only a few things, and begin many other words: 双拥, 把关, 副局长, 面向, 门户, 包括.
_COUNTS_ONLY: dict[str, str] = {
    "双": "鞋|手|袜|筷|靴|棉|球|皮|运动",
    "顶": "帐|安全|帽|头盔",
    "把": "椅|伞|锁|钥|雨|刀|座|轮椅|扫|铁",
    "门": "课|专业|功课|学|培训",
    "排": "房|座|树",
    "包": "米|面|食|药|水|方便",
    "副": "眼|担|手|拐|对联|棋|桌|球",
    "面": "锦|旗|墙|国旗|红旗|党旗",
    "首": "歌|诗|曲",
    "口": "井|人|塘|池|锅",
}
_CLAUSE_END = r"\s*(?:[，。、；：,;)]|$)"

# Words that are printed differently and say the same unit.
_SAME: dict[str, str] = {
    **dict.fromkeys(("圆", "块钱", "元整", "元人民币"), "元"),
    **dict.fromkeys(("个百分点", "百分点"), "百分点"),
    **dict.fromkeys(("周岁", "岁"), "岁"),
    **dict.fromkeys(("㎡", "m²", "m2", "M2", "平米", "平方", "平方米"), "平方米"),
    **dict.fromkeys(("立方米", "立方", "m³", "m3"), "立方米"),
    **dict.fromkeys(("km", "KM", "公里"), "公里"),
    **dict.fromkeys(("kg", "KG", "公斤"), "公斤"),
    **dict.fromkeys(("平方千米", "平方公里"), "平方公里"),
    **dict.fromkeys(("张床位", "个床位", "床位"), "床位"),
    **dict.fromkeys(("度电", "千瓦时", "kWh"), "千瓦时"),
    **dict.fromkeys(("星期", "个星期", "个周"), "周"),
    **{f"个{word}": word for word in ("小时", "课时", "学时", "季度", "班次", "批次", "标段", "轮次")},
    "个年度": "年",
    "个自然日": "日",
    "个自然月": "个月",
    "个工作日": "工作日",
}

# A number may stand directly before the noun that it counts: 194 行政村, 22 街道.
_COUNTED_NOUNS = tuple("行政村 自然村 建制村 村民小组 乡镇 镇街 街镇 镇(街 街道 社区 县市区 县区 市州".split())
_LONGEST_BREAK = 3
_NOT_IN_PROSE = frozenset({"文字"})


class Word(NamedTuple):
    """A unit as printed: the canonical name, and the place behind its last character."""

    name: str
    end: int


class _Entry(NamedTuple):
    printed: str
    name: str


@cache
def _goes_on(printed: str) -> re.Pattern[str] | None:
    """What may not follow a counting word; made when the word is met for the first time."""
    if only := _COUNTS_ONLY.get(printed):
        return re.compile(rf"(?!{_CLAUSE_END}|{only})")
    other = _GOES_ON.get(printed)
    return re.compile(other) if other else None


def _is_other_word(printed: str, text: str, end: int) -> bool:
    pattern = _goes_on(printed)
    return pattern is not None and pattern.match(text, end) is not None


def _entries() -> dict[str, tuple[_Entry, ...]]:
    """Every printed unit under its first character, the longest first."""
    same = {printed: name for printed, name in _SAME.items() if name in UNITS}
    names = {name: name for name in UNITS if name not in _NOT_IN_PROSE} | same
    by_first: dict[str, list[_Entry]] = {}
    for printed, name in names.items():
        by_first.setdefault(printed[0], []).append(_Entry(printed, name))
    return {first: tuple(sorted(found, key=lambda item: -len(item.printed))) for first, found in by_first.items()}


_BY_FIRST = _entries()


def word_at(text: str, start: int) -> Word | None:
    """The unit that begins at `start`, the longest that fits: 人次 before 人; None for 人员, 支出, 项目.

    A unit may be broken by the end of a line; money may also be spaced (万 元).
    """
    entries = _BY_FIRST.get(text[start : start + 1])
    if not entries:
        return None
    following = text[start + 1 : start + 2]
    for entry in entries:
        end = start + len(entry.printed)
        if text.startswith(entry.printed, start):
            if not _is_other_word(entry.printed, text, end):
                return Word(entry.name, end)
        elif (
            len(entry.printed) > 1
            and following in (" ", "\n", entry.printed[1])
            and (end := _broken_end(text, start, entry))
        ):
            return Word(entry.name, end)
    return None


def _broken_end(text: str, start: int, entry: _Entry) -> int:
    """Where a unit ends whose characters stand apart, at a line's end or (money) spaced; 0 when it is not there."""
    apart = " \n" if entry.name.endswith(("元", "百分点")) else "\n"
    place, breaks = start + 1, 0
    for char in entry.printed[1:]:
        while breaks < _LONGEST_BREAK and text[place : place + 1] in apart and place < len(text):
            place += 1
            breaks += 1
        if text[place : place + 1] != char:
            return 0
        place += 1
    return 0 if _is_other_word(entry.printed, text, place) else place


def counts_a_noun(text: str, start: int) -> bool:
    """Whether a noun of places begins there that is counted without a counting word: 194 行政村."""
    return text.startswith(_COUNTED_NOUNS, start)
