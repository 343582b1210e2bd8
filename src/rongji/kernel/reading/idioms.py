"""Words that hold a Chinese numeral and count nothing: names of policies, ranks, set phrases."""

import re

# Each begins with its numeral and goes on with what could be a counting word; other words with a numeral in them
# (三公经费, 一卡通, 双拥) are never read. Phrases of two numerals (一人一档, 三会一课) need no entry.
_PHRASES = """
一次性 一次次 一次办 一次告知 一次分配 一次采购 一项项 一条条 一条龙 一条心 一条边 一件事 一件件 一把手
一班人 一家人 一家亲 一家家 一户户 一户多 一人多 一张网 一张图 一张表 一张蓝图 一本账 一本通 一本正经 一起
一批 一段时 一句话 一届接 一年到头 一年四季 一年年 一年一度 一天天 一天到晚 一成不变 一对一 一对多
一对夫妇 一套班子 一组组 一支部 一层层 一道道
二次分配 二次供水 二次报销 二次创业 二次开发 二次污染
三班倒 三轮车 三轮摩托 三次产业 三次分配 三套班子 三个代表 三个一 三个务必 三个有利于 三个区分开来 三项制度
三项机制 三张清单 三本账 三件套 三部曲 三支一扶
四个意识 四个自信 四个全面 四个一 四个服从 四个伟大 四个革命 四个不摘 四个到位 四个最严 四项基本原则 四套班子
五个一 五个全覆盖 五个文明 五项机制 五年规划 五年计划 五年行动
六个一 六个聚焦
七个有之
八项规定 八个坚持 八个明确
十个一 十个明确
两个维护 两个确立 两个一百年 两个务必 两个责任 两个覆盖 两个确保 两个健康 两个纳入 两个大局 两个必须 两个转变
两个毫不动摇 两个不变 两个结合 两个先行 两个清零 两项待遇 两张皮 两本账 两部制 两条腿
"""
_BY_FIRST: dict[str, tuple[str, ...]] = {}
for _phrase in _PHRASES.split():
    _BY_FIRST[_phrase[0]] = (*_BY_FIRST.get(_phrase[0], ()), _phrase)
_BY_FIRST = {first: tuple(sorted(found, key=len, reverse=True)) for first, found in _BY_FIRST.items()}

_ONE = "[一二两三四五六七八九十]"
_NO_NUMERAL = r"[^\W零〇一二两三四五六七八九十百千万亿\da-zA-Z_]"
_COUNTED = "个名位家户人支项种次批条处所座件台辆套张篇份场期年天月至到和与及或比"
# 一人一档, 一案一专班, 三会一课, 两学一做; but 一个一级机构 and 两家三级医院 count.
_PAIRED = re.compile(
    rf"一(?![个名支])({_NO_NUMERAL})一(?![个名]){_NO_NUMERAL}{{1,2}}|{_ONE}(?![{_COUNTED}]){_NO_NUMERAL}{_ONE}{_NO_NUMERAL}"
)
# 二、三等功, 三级, 一季度: ranks named one after the other.
_RANKS = re.compile(
    rf"{_ONE}{{1,3}}(?P<listed>(?:[、和及至到]{_ONE}){{0,5}})"
    rf"(?:级(?:[、和及至到]?{_ONE}级){{0,5}}(?!别)|等(?:功|奖|品|舱|座)|季度|期(?=工程|项目|建设|规划)"
    rf"|类(?=事业|地区|岗位|公益|主责|开支|支出)|年级|线(?:城市)?|号|届)"
)
_TIMES_OVER = ("连续", "蝉联", "历")
_LISTED_AT_LEAST = 4  # 一、二、三等功 at the start of an item is a list, 一、二级机构 a heading


def phrase_at(text: str, start: int) -> int:
    """Where a set phrase ends that begins with the numeral at `start`; 0 when there is none."""
    for phrase in _BY_FIRST.get(text[start : start + 1], ()):
        if text.startswith(phrase, start):
            return start + len(phrase)
    return 0


def rank_at(text: str, start: int, *, starts_item: bool) -> int:
    """Where a rank ends that begins with the numeral at `start` (三级, 二、三等功, 一季度); 0 when there is none."""
    found = _RANKS.match(text, start)
    if not found or (text[found.end() - 1] == "届" and text.endswith(_TIMES_OVER, 0, start)):
        return 0
    short = 0 < len(found["listed"]) < _LISTED_AT_LEAST and not found.group().endswith("季度")
    return 0 if starts_item and short else found.end()


def pair_at(text: str, start: int) -> int:
    """Where a phrase of two numerals ends (一人一档, 三会一课); 0 when there is none."""
    found = _PAIRED.match(text, start)
    return found.end() if found else 0
