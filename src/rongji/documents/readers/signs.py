"""What a line looks like, whatever file it comes from: heading, title, list item, unit line, caption, note.

Only the shape of official writing stands here (numbering, punctuation, length), no name of any form.
"""

import re

CHINESE_DIGITS = "一二三四五六七八九十百零〇"
TERMINAL = frozenset("。！？；：!?;:…")
_CLOSERS = "”’」』）】》)]\"'"
# Numbering of official documents: 一、 （一） 1. （1） (GB/T 9704), and 第一部分 above them.
_LEVELS = (
    (1, re.compile(rf"第[{CHINESE_DIGITS}\d]{{1,4}}(?:部分|章|篇)")),
    (1, re.compile(rf"[{CHINESE_DIGITS}]{{1,4}}[、.．，]")),
    (2, re.compile(rf"[（(〔\[][{CHINESE_DIGITS}]{{1,4}}[）)〕\]]")),
    (3, re.compile(r"\d{1,2}[.．、](?!\d)|\d{1,2}、")),
    (4, re.compile(r"[（(]\d{1,2}[）)]")),
)
_ITEM = re.compile(
    rf"[①-⑳❶-❿]|第[{CHINESE_DIGITS}\d]{{1,4}}(?:部分|章|篇|条)|[{CHINESE_DIGITS}]{{1,4}}、"
    rf"|[（(〔\[](?:[{CHINESE_DIGITS}]{{1,4}}|\d{{1,2}})[）)〕\]]|\d{{1,2}}[.．](?!\d)|\d{{1,2}}、(?!\d)|\d{{1,2}}、(?=20\d\d)"
    r"|(?:任务|指标|目标|附件|附表|注)\s?\d{0,2}\s?[:：.]|[—－-]{2}|[●○■◆▪•·※☆★]"
)
_AMOUNT = re.compile(r"\d\s*(?:万|亿|千|百)?(?:元|人|名|户|件|个|次|%|％|‰)")
_UNIT_LINE = re.compile(
    r"[（(]?\s*(?:金额|货币|计量)?\s*(?:单\s*位|计量单位)\s*[:：]\s*(?:人民币)?\s*[（(]?\s*"
    r"((?:[百千万亿]{0,2}元)(?:[、/，,]\s*[人个%％户件次辆台套]+)*|[人个户%％])\s*[）)]?\s*[）)]?"
)
_UNIT_IN_NAME = re.compile(r"[（(]\s*(?:单位\s*[:：]\s*)?([百千万亿]{0,2}元)\s*[）)]\s*$")
_CAPTION = re.compile(
    rf"(?:附?表\s*[\d{CHINESE_DIGITS}]+|附件\s*[\d{CHINESE_DIGITS}]*|[^。；，,;]{{0,40}}(?:表|情况|明细|一览))"
    r"(?:[（(][^（()）]{0,24}[）)])*"
)
_TITLE_END = re.compile(
    r"(?:报告|报告书|自评表|评价表|评分表|申报表|情况表|汇总表|目标表|一览表|明细表|决算|预算|公开|公示|总结|说明|分析)"
    r"(?:[（(][^（()）]{0,16}[）)])?$"
)
_FORM_NUMBER = re.compile(rf"[^\d{CHINESE_DIGITS}]{{0,4}}[\d{CHINESE_DIGITS}]{{1,3}}(?:[-—]\d{{1,2}})?\s*表")
_ATTACHMENT = re.compile(rf"附\s*(?:件|表|录)\s*[\d{CHINESE_DIGITS}]{{0,3}}(?:[-—]\d{{1,2}})?\s*[:：]?$")
_NOTE = re.compile(r"(?:注|备注|说明|填表说明)\s*\d{0,2}\s*[:：]")
_DATE_LINE = re.compile(
    rf"(?:\d{{4}}|[{CHINESE_DIGITS}○Ｏ]{{4}})\s*年\s*(?:\d{{1,2}}|[{CHINESE_DIGITS}]{{1,3}})\s*月"
    rf"\s*(?:(?:\d{{1,2}}|[{CHINESE_DIGITS}]{{1,3}})\s*日)?$"
)
_PAGE_NUMBER = re.compile(
    r"[-—–－·\s]*(?:第\s*)?\d{1,4}\s*(?:页(?:[，,\s]*共\s*\d{1,4}\s*页)?)?(?:\s*/\s*\d{1,4})?[-—–－·\s]*"
)
_NUMBER = re.compile(r"[-+－]?[\d０-９][\d０-９,，.．]*\s*[%％]?")
_LEADER = re.compile(r"[.．…·]{3,}\d{0,4}$")  # a line of a table of contents
_GAP = "    "
_HEADING_ROOM = 44
_TITLE_ROOM = 48


def squeezed(text: str) -> str:
    """The text without any white space."""
    return "".join(text.split())


def has_gaps(text: str) -> bool:
    """Whether words stand far apart, as the fields of a row do."""
    return _GAP in text.strip() or "\u3000\u3000\u3000" in text.strip()


def heading_level(text: str) -> int:
    """Level 1 to 4 of a heading by its number, 0 when it is none: it is short, unpunctuated, states no amount."""
    words = squeezed(text)
    if (
        has_gaps(text)
        or not 2 < len(words) <= _HEADING_ROOM
        or words[-1] in "。；;，,、"
        or "。" in words
        or _AMOUNT.search(words)
    ):
        return 0
    return 0 if _LEADER.search(words) else numbering_level(words)


def numbering_level(text: str) -> int:
    """The level of the number that a text begins with, 0 when it begins with none."""
    return next((level for level, pattern in _LEVELS if pattern.match(text)), 0)


def begins_item(text: str) -> bool:
    """Whether the text begins with the number or mark of a heading, a list item or a note."""
    return bool(_ITEM.match(text))


def ends_sentence(text: str) -> bool:
    """Whether nothing is missing after these words."""
    bare = text.rstrip(_CLOSERS) or text
    if bare[-1:] == ".":
        return not bare[-2:-1].isdigit()
    return bare[-1:] in TERMINAL


def is_title(text: str) -> bool:
    """Whether a line by itself reads as the title of a report or form."""
    words = squeezed(text)
    return not has_gaps(text) and (
        3 < len(words) <= _TITLE_ROOM
        and bool(_TITLE_END.search(words))
        and not numbering_level(words)
        and not any(mark in words for mark in "。；：:，")
    )


def is_attachment(text: str) -> bool:
    """附件 2, 附表1 on a line of its own."""
    return bool(_ATTACHMENT.match(squeezed(text)))


def is_note(text: str) -> bool:
    """注：…, 说明：…"""
    return bool(_NOTE.match(text.strip()))


def is_date_line(text: str) -> bool:
    """A line that is nothing but a date."""
    return bool(_DATE_LINE.match(text.strip()))


def is_page_number(text: str) -> bool:
    """A line that is nothing but the number of a page."""
    return bool(_PAGE_NUMBER.fullmatch(text.strip()))


def has_page_dashes(text: str) -> bool:
    """A page number that cannot be anything else: between dashes, or as 第 3 页."""
    words = squeezed(text)
    return is_page_number(words) and ((words[0] in "-—–－·" and words[-1] in "-—–－·") or "页" in words)


def is_number(text: str) -> bool:
    """Whether a text is a number alone, percent sign allowed."""
    return bool(_NUMBER.fullmatch(text.strip()))


def is_blank_mark(text: str) -> bool:
    """Whether a cell holds nothing but what people put for nothing: －, —, /, 无."""
    return squeezed(text) in {"", "-", "－", "—", "——", "–", "/", "／", "\\", "无", "*", "……", "…"}


def unit_phrase(text: str) -> str:
    """The words of a line that state a unit (单位：万元, 金额单位：元), empty when it states none."""
    found = _UNIT_LINE.search(text)
    return found[0].strip("（）() ") if found else ""


def is_unit_line(text: str) -> bool:
    """Whether a line says nothing but the unit of the table that follows."""
    words = squeezed(text)
    found = _UNIT_LINE.search(words)
    return bool(found) and len(words) - len(found[0]) <= 2 if found else False


def unit_in_name(text: str) -> str:
    """The unit that a caption ends with: 年度收入情况（万元）."""
    found = _UNIT_IN_NAME.search(text)
    return found[1] if found else ""


def is_form_number(text: str) -> bool:
    """公开01表, 附表3: the number of a form in its corner."""
    return bool(_FORM_NUMBER.fullmatch(squeezed(text)))


def is_caption(text: str) -> bool:
    """Whether a short line can be the name of the table that follows."""
    words = squeezed(text)
    return 2 < len(words) <= _HEADING_ROOM and bool(_CAPTION.fullmatch(words)) and not is_form_number(words)
