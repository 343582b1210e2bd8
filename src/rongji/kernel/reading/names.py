"""What is written with digits and counts nothing: document numbers, telephones, codes, ordinals, markers, names."""

import re

from rongji.kernel.reading.counting import word_at
from rongji.kernel.reading.model import Reading, ReadingKind
from rongji.kernel.reading.numerals import NUMERAL_CHARS
from rongji.kernel.reading.source import GAP, Source
from rongji.kernel.units import UNITS, UnitKind

_G = GAP
_NUMERAL = rf"[{NUMERAL_CHARS}]"
_CJK = r"[\u4e00-\u9fff]"

_UNUSUAL = re.compile(r"0\d|\d{3}|\d{1,2}(?:[A-Za-z:/·+×*℃°室星-]|\.\d+[.A-Za-z℃°]| ?[×*])")
_ENDS_OF_CODE_WORDS = frozenset("号码编话机真式线Q:")

# --- document numbers -------------------------------------------------------------------------
_AFTER_BRACKET = re.compile(
    rf"(?:19|20)\d\d[\])]{_G}(?:第{_G})?[^\s，。；、()\[\]]{{0,8}}?\d{{1,6}}{_G}号(?:之[一二三四五\d])?"
)
_ISSUE = re.compile(rf"\d{{1,5}}{_G}号(?P<paper>文|令|公告|通告|通知|文件|决议|议案)?")

# --- telephones -------------------------------------------------------------------------------
_PHONE = re.compile(
    r"(?:0\d{2,3}[-—] ?\d{7,8}(?:[-—]\d{1,5})?|1[3-9]\d(?:\d{8}|[- ]\d{4}[- ]\d{4}|\*{4}\d{4})"
    r"|[48]00[- ]\d{3}[- ]?\d{4}|0\d{2,3}\) ?\d{7,8})(?!\d)"
)
_HOTLINE = re.compile(
    rf"(?:12345|12\d{{3}}|9[56]\d{{3}}|11[0-9]|12[0-2])(?!\d)(?={_G}[”’\"]?{_G}"
    r"(?:热线|政府|政务|市民|平台|服务|投诉|举报|报警|便民|信访|工单|来电|系统|联动|指挥|、1\d))"
    r"|12345(?![\d.,，]| ?[余多万]|$)"
)
_AFTER_TELEPHONE = re.compile(r"(?:电话|手机|传真|联系方式|联系人|号码|热线|QQ)[^，。；\d]{0,8}$")
_TELEPHONE_DIGITS = re.compile(r"\d{7,12}(?:-\d{1,5})?(?!\d)")

# --- codes ------------------------------------------------------------------------------------
_CODE_BEFORE = re.compile(
    r"(?:编号|编码|代码|账号|帐号|卡号|证号|工号|档号|批号|文号|案号|学号|邮编|邮政编码|统一社会信用代码|身份证号码?)[是为]?[:\s]{0,3}$"
)
_STANDARD_BEFORE = re.compile(r"[A-Z]{2,4}\d{0,4}(?:/[A-Z]{1,2})? $")  # GB/T 9704
_CODE_CHARS = re.compile(r"[\dA-Za-z][\dA-Za-z_/.-]*")
_LETTERS_BEHIND = re.compile(r"\d(?:[\d._-]{0,20}\d)?[A-Za-z][\dA-Za-z_-]*|\d+(?:-\d+){2,10}")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee][+-]?\d{1,3}(?!\d)")
_CREDIT = re.compile(r"[0-9][0-9A-HJ-NP-RT-UW-Y]{17}(?![0-9A-Za-z])")
_LONG = re.compile(r"\d{12,}[Xx]?(?![\d.])")
_CLASSIFIED = re.compile(
    rf"(?:2(?:0[1-9]|[12]\d|3[0-4])(?:\d\d){{0,2}}|30[1-9]\d{{0,2}}|31[0-9]\d{{0,2}}|39\d{{1,3}})(?!\d)(?=[ \n]+{_CJK})"
)
_CLASSIFIED_ALONE = re.compile(r"2(?:0[1-9]|[12]\d|3[0-4])\d{4}(?![\d.,])")
_LEADING_ZERO = re.compile(r"0\d+(?![\d.])")
_SECTIONED = re.compile(r"\d+(?:\.\d+){2,8}")

# --- ordinals and ranks -----------------------------------------------------------------------
_N = rf"(?:\d{{1,5}}|{_NUMERAL}{{1,6}})"
_ORDINAL = re.compile(
    rf"第{_G}{_N}(?:{_G}(?:[-—~]|至|到|和|及|与){_G}第?{_G}{_N}(?={_G}{_CJK}))?(?:、第?{_N}(?=、|{_G}(?:个|项|条|季|批|期|名|类|章|节|款|点|号|次|轮)))*"
)
_DECREE = re.compile(rf"{_G}号")
_RANK = re.compile(
    rf"{_G}(?:级(?!别)|届|期(?=工程|项目|建设|规划|改造)|等(?=功|奖|品|残)|年级|季度|周年|型|次方|[-~—至到]{_G}\d{{1,2}}{_G}(?:级|季度|届|年级))"
)
_BEFORE_FIRST = frozenset("目之此以当年日会天月提史空战眼跟面")
_TIMES_OVER = ("连续", "蝉联", "历经", "历", "连任")

# --- list markers -----------------------------------------------------------------------------
_IN_BRACKETS = re.compile(r"\d{1,2}(?=\))")
_MARKER = re.compile(
    rf"\d{{1,2}}(?:[ ]?(?:、(?!\d{{1,2}}、\d{{1,2}}月)|\)|\.(?!\d)|:(?!\d))|\.(?=(?:19|20)\d\d{_G}年))"
)
_HEADING = re.compile(rf"\d{{1,2}}\.\d{{1,2}}(?= +{_CJK})")
_LINE_NUMBER = re.compile(rf"\d{{1,2}}(?= +{_CJK})")
_THINGS = tuple(
    "目标 任务 指标 附件 附表 附录 附图 图 表 序号 行次 栏次 专栏 举措 案例 议题 问题 措施 方案 步骤 阶段 课题 "
    "标段 类型 情形 组别 地块 专题 主题 清单".split()
)
_THING_NUMBER = re.compile(r"\d{1,3}(?:[-.—]\d{1,2}){0,2}(?![\d.%])")
_ENCLOSED = re.compile("[①-⑳⑴-⒇⒈-⒛㈠-㈩❶-❿➀-➓]")
_CHINESE_MARKER = re.compile(r"[一二三四五六七八九十]{1,3}(?:[ ]?、|是(?!否)|要(?=[\u4e00-\u9fff]))")
_CHINESE_IN_BRACKETS = re.compile(r"[一二三四五六七八九十]{1,3}(?=\))")

# --- other names ------------------------------------------------------------------------------
_NAMES = re.compile(
    r"\d{1,2}·\d{1,2}(?![\d.])|\d{1,2}(?:\+(?:\d{1,2}|[A-ZXN]|[\u4e00-\u9fff]{1,4}(?=[+”])))+(?![\d.%=])"
    r"|\d{1,4}(?:-\d{1,4})?室(?![内外长主温])|\d{1,3}(?::\d{1,3}(?:\.\d+)?){1,3}(?![\d.])|\d{1,4}/\d{1,4}(?![\d.])"
)
_MEASURES = re.compile(r"\d{1,4} ?[×*] ?\d{1,4}(?![\d.])|\d{1,3}(?:\.\d+)?(?:℃|°C?|星级?)")


def read_label(source: Source, start: int, floor: int) -> Reading | None:
    """What its surroundings make a name before its digits are looked at: 〔2020〕10号, P03, 任务1, 2、."""
    return (
        _document(source, start, floor)
        or _after_letters(source, start, floor)
        or _numbered_thing(source, start, floor)
        or _marker(source, start, floor)
    )


def read_name(source: Source, start: int, floor: int) -> Reading | None:
    """What its own digits make a name: telephones, codes, 9·30, 1+3+N. Looked for after dates."""
    if not _UNUSUAL.match(source.plain, start) and source.before(start, floor) not in _ENDS_OF_CODE_WORDS:
        return None
    return (
        _telephone(source, start, floor)
        or _lettered(source, start)
        or _code(source, start)
        or _other_name(source, start)
    )


def read_ordinal(source: Source, start: int) -> Reading | None:
    """第三, 第2次, 第3至5项, 第一、二、三批; 第12号令 is a document."""
    text = source.plain
    found = _ORDINAL.match(text, start)
    if not found:
        return None
    end = found.end()
    if decree := _DECREE.match(text, end):
        return source.reading(start, decree.end(), ReadingKind.DOCUMENT_NUMBER, number_end=end)
    word = word_at(text, end)
    return source.reading(start, word.end if word else end, ReadingKind.ORDINAL, number_end=end)


def read_enclosed(source: Source, start: int) -> Reading | None:
    """①, ⑵, ㈢."""
    return source.reading(start, start + 1, ReadingKind.MARKER) if _ENCLOSED.match(source.plain, start) else None


def read_chinese_marker(source: Source, start: int, floor: int) -> Reading | None:
    """一、 （二） 三是 at the start of a line or after punctuation."""
    text = source.plain
    if text[start - 1 : start] == "(" and start > floor and (found := _CHINESE_IN_BRACKETS.match(text, start)):
        return source.reading(start - 1, found.end() + 1, ReadingKind.MARKER)
    found = _CHINESE_MARKER.match(text, start)
    if found and source.starts_item(start):
        return source.reading(start, found.end(), ReadingKind.MARKER)
    return None


def is_rank(source: Source, start: int, end: int, floor: int) -> int:
    """Where a rank ends whose digits end at `end` (3级, 10 周年, 2 期工程, 19届); 0 when it is none.

    A cell that holds nothing else states a number: 3级 as the target of an indicator.
    """
    found = _RANK.match(source.plain, end)
    if not found or (start == 0 and found.end() == len(source.plain) and source.plain[-1] == "级"):
        return 0
    return 0 if source.plain.endswith(_TIMES_OVER, floor, start) else found.end()


def says_the_first(text: str, start: int) -> bool:
    """前3名, 前十位: those of the first ranks; but 目前3名 counts."""
    return text[start - 1 : start] == "前" and text[start - 2 : start - 1] not in _BEFORE_FIRST


def _document(source: Source, start: int, floor: int) -> Reading | None:
    text = source.plain
    if text[start - 1 : start] in ("[", "(") and start > floor and (found := _AFTER_BRACKET.match(text, start)):
        return source.reading(start - 1, found.end(), ReadingKind.DOCUMENT_NUMBER)
    if found := _ISSUE.match(text, start):
        kind = ReadingKind.DOCUMENT_NUMBER if found["paper"] else ReadingKind.NAME
        return source.reading(start, found.end(), kind)
    return None


def _after_letters(source: Source, start: int, floor: int) -> Reading | None:
    """P03, GB/T 33240-2016, A4."""
    text = source.plain
    before = text[start - 1 : start]
    if before == "-":  # COVID-19
        before = text[start - 2 : start - 1] if start - 1 > floor else ""
    lettered = before.isascii() and (before.isalpha() or before == "_") and not _is_value(text, start)
    if start > floor and (lettered or (before == " " and _STANDARD_BEFORE.search(text, max(0, start - 10), start))):
        found = _CODE_CHARS.match(text, start)
        return source.reading(start, found.end() if found else start + 1, ReadingKind.CODE)
    return None


def _lettered(source: Source, start: int) -> Reading | None:
    """5G, 3D, 4.3E+17, 91110000MA0000000X: letters in or behind the digits."""
    text = source.plain
    if found := _SCIENTIFIC.match(text, start):
        trouble = "科学计数法，数字已失真"
        return source.reading(start, found.end(), ReadingKind.CODE, trouble=trouble)
    if (found := _CREDIT.match(text, start)) and not _all_digits_with_unit(text, found):
        return source.reading(start, found.end(), ReadingKind.CODE)
    if (found := _LETTERS_BEHIND.match(text, start)) and not word_at(text, _digits_end(text, start)):
        kind = ReadingKind.NAME if found.group()[-1].isalpha() else ReadingKind.CODE
        return source.reading(start, found.end(), kind)
    return None


def _numbered_thing(source: Source, start: int, floor: int) -> Reading | None:
    """任务1, 附件 2, 表3-1: the number names the thing, unless a counting word follows (任务 3 项)."""
    text = source.plain
    end = start
    while end > floor and text[end - 1] == " ":
        end -= 1
    if not text.endswith(_THINGS, max(0, end - 4), end) or not (found := _THING_NUMBER.match(text, start)):
        return None
    behind = found.end()
    while text[behind : behind + 1] == " ":
        behind += 1
    if word_at(text, behind) or text[behind : behind + 1] in ("余", "多", "万", "亿"):
        return None
    return source.reading(start, found.end(), ReadingKind.MARKER)


def _marker(source: Source, start: int, floor: int) -> Reading | None:
    text = source.plain
    if text[start - 1 : start] == "(" and start > floor and (found := _IN_BRACKETS.match(text, start)):
        return source.reading(start - 1, found.end() + 1, ReadingKind.MARKER)
    before = source.before(start, 0)
    if before in ("", "”") or source.starts_item(start) or text[start - 1 : start] == " ":
        found = _MARKER.match(text, start)
        if found and (source.starts_item(start) or found.group()[-1] == "、"):
            return source.reading(start, found.end(), ReadingKind.MARKER)
    if before == "" and text[start - 1 : start] != " ":
        for pattern in (_HEADING, _LINE_NUMBER):
            if (found := pattern.match(text, start)) and not _unit_follows(text, found.end()):
                return source.reading(start, found.end(), ReadingKind.MARKER)
    return None


def _telephone(source: Source, start: int, floor: int) -> Reading | None:
    text = source.plain
    if text[start] in "01489" and (found := _PHONE.match(text, start)) and not _unit_follows(text, found.end()):
        begin = start - 1 if ")" in found.group() and start > floor and text[start - 1] == "(" else start
        return source.reading(begin, found.end(), ReadingKind.PHONE)
    if text[start] in "19" and (found := _HOTLINE.match(text, start)) and not _unit_follows(text, found.end()):
        return source.reading(start, found.end(), ReadingKind.PHONE)
    if (found := _TELEPHONE_DIGITS.match(text, start)) and _AFTER_TELEPHONE.search(text, max(0, start - 14), start):
        return source.reading(start, found.end(), ReadingKind.PHONE)
    return None


def _code(source: Source, start: int) -> Reading | None:
    text = source.plain
    for pattern in (_LONG, _LEADING_ZERO, _CLASSIFIED, _SECTIONED):
        if (found := pattern.match(text, start)) and not _unit_follows(text, found.end()):
            return source.reading(start, found.end(), ReadingKind.CODE)
    found = None if source.unit_name else _CLASSIFIED_ALONE.match(text, start)
    if found and not _unit_follows(text, found.end()):
        return source.reading(start, found.end(), ReadingKind.CODE)
    if _CODE_BEFORE.search(text, max(0, start - 14), start) and (found := _CODE_CHARS.match(text, start)):
        return source.reading(start, found.end(), ReadingKind.CODE)
    return None


def _other_name(source: Source, start: int) -> Reading | None:
    text = source.plain
    found = _MEASURES.match(text, start)
    if not found:
        found = _NAMES.match(text, start)
        if not found or word_at(text, found.end()):
            return None
    return source.reading(start, found.end(), ReadingKind.NAME)


def _unit_follows(text: str, end: int) -> bool:
    while text[end : end + 1] in (" ", "\n"):
        end += 1
    return text[end : end + 1] in ("余", "多", "万", "亿") or word_at(text, end) is not None


def _is_value(text: str, start: int) -> bool:
    """GDP5.6万元: money and ratios are no names."""
    word = word_at(text, _digits_end(text, start))
    return word is not None and UNITS[word.name].kind in (UnitKind.MONEY, UnitKind.RATIO)


def _digits_end(text: str, start: int) -> int:
    while text[start : start + 1].isdigit() or text[start : start + 1] == ".":
        start += 1
    return start


def _all_digits_with_unit(text: str, found: re.Match[str]) -> bool:
    return found.group().isdigit() and _unit_follows(text, found.end())
