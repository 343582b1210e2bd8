"""Initials of Chinese names, as offices type them: by the readings that characters have as surnames."""

from functools import cache

# Characters that are read otherwise when they are a surname (GB/T 28039 and the dictionaries of surnames).
SURNAME_READINGS = {
    "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "曾": "zeng", "区": "ou", "朴": "piao", "任": "ren",
    "盖": "ge", "乐": "yue", "翟": "zhai", "尉": "wei", "缪": "miao", "宓": "mi", "秘": "bi", "冼": "xian",
    "员": "yun", "万": "wan", "折": "she", "重": "chong", "黑": "he", "种": "chong", "繁": "po", "逄": "pang",
    "召": "shao", "句": "gou", "阚": "kan", "洗": "xian", "那": "na", "晁": "chao", "都": "du", "长": "zhang",
    "华": "hua", "覃": "qin", "隗": "wei", "牟": "mou", "燕": "yan", "应": "ying", "宁": "ning", "纪": "ji",
    "相": "xiang", "过": "guo", "祭": "zhai", "适": "kuo", "撒": "sa", "卜": "bu", "石": "shi", "葛": "ge",
    "车": "che", "降": "jiang", "藏": "zang", "贾": "jia",
}  # fmt: skip
COMPOUND_READINGS = {
    "尉迟": ("yu", "chi"), "万俟": ("mo", "qi"), "澹台": ("tan", "tai"), "长孙": ("zhang", "sun"),
    "令狐": ("ling", "hu"), "单于": ("chan", "yu"), "鲜于": ("xian", "yu"), "夏侯": ("xia", "hou"),
    "皇甫": ("huang", "fu"), "司马": ("si", "ma"), "上官": ("shang", "guan"), "欧阳": ("ou", "yang"),
    "诸葛": ("zhu", "ge"), "尉缭": ("wei", "liao"),
}  # fmt: skip
LONGEST = 64


@cache
def _letters(character: str) -> tuple[str, ...]:
    """First letters of the readings of one character, the usual one first; a letter or digit stands for itself."""
    if character.isascii():
        return (character.upper(),) if character.isalnum() else ()
    # its dictionary takes half a second to load: only who writes or searches names pays for it
    from pypinyin import Style, pinyin

    readings = pinyin(character, style=Style.FIRST_LETTER, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(letter.upper() for letter in (readings[0] if readings else ()) if letter))


def initials(name: str) -> str:
    """The initials by which a name is looked for first: 单国强 → SGQ, 尉迟敬德 → YCJD."""
    surname = COMPOUND_READINGS.get(name[:2])
    if surname:
        return ("".join(part[0].upper() for part in surname) + _given(name[2:]))[:LONGEST]
    reading = SURNAME_READINGS.get(name[:1])
    first = reading[0].upper() if reading else _usual(name[:1])
    return (first + _given(name[1:]))[:LONGEST]


def other_initials(name: str) -> str:
    """The initials by another reading of the first character, for whoever types that one: 单国强 → DGQ; often none."""
    chosen = initials(name)
    others = [letter for letter in _letters(name[:1]) if letter != chosen[:1]]
    return (others[0] + chosen[1:])[:LONGEST] if name and others and chosen else ""


def _given(text: str) -> str:
    return "".join(_usual(character) for character in text)


def _usual(character: str) -> str:
    found = _letters(character) if character else ()
    return found[0] if found else ""
