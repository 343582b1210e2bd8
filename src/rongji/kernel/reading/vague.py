"""Approximating words: which there are, and on which side of the printed number the true one lies."""

from enum import StrEnum


class Sense(StrEnum):
    """Where the true number lies when an approximating word stands with the printed one."""

    ABOUT = "about"  # 约、左右: on either side, near
    ABOVE = "above"  # 余、多: a little more
    BELOW = "below"  # 近、接近: a little less
    AT_LEAST = "at least"  # 以上、超过、不低于、≥: more, without end
    AT_MOST = "at most"  # 以内、不足、不超过、≤: less, without end


# What is written before the number. Signs of comparison are read as the word that says the same.
_BEFORE: dict[Sense, str] = {
    Sense.ABOUT: "约 大约 约为 约合 约计 约占 ≈",
    Sense.BELOW: "近 将近 接近 几近 几乎 临近 已近",
    Sense.AT_LEAST: "超 超过 已超 逾 已逾 超出 突破 不少于 "
    "不低于 不小于 不下 不下于 至少 最少 最低 高于 多于 大于 ≥ > >=",
    Sense.AT_MOST: "不足 不到 未满 不满 不超过 不超 未超过 不高于 不多于 不大于 至多 最多 最高 少于 低于 小于 ≤ < <=",
}
# What is written between the number and its unit, and what behind the unit.
_BETWEEN: dict[Sense, str] = {Sense.ABOVE: "余 多 几", Sense.ABOUT: "来"}
_BEHIND: dict[Sense, str] = {
    Sense.ABOUT: "左右 上下 许",
    Sense.AT_LEAST: "以上 及以上 +",
    Sense.AT_MOST: "以内 之内 以下 及以下 内",
}
_SIGNS = {
    "≥": "以上",
    ">": "以上",
    ">=": "以上",
    "+": "以上",
    "≤": "以下",
    "<": "以下",
    "<=": "以下",
    "≈": "约",
    "内": "以内",
    "几": "多",
}


def _words(table: dict[Sense, str]) -> frozenset[str]:
    return frozenset(word for words in table.values() for word in words.split())


_TABLES = (_BEFORE, _BETWEEN, _BEHIND)
SENSES = {word: sense for table in _TABLES for sense, words in table.items() for word in words.split()}
WRITTEN_BEFORE, WRITTEN_BETWEEN, WRITTEN_BEHIND = (_words(table) for table in _TABLES)
_LONGEST_BEFORE = max(map(len, WRITTEN_BEFORE))

# 合约 5 份, 节约 12 万元, 最近 3 年, 附近 2 家: the last character belongs to another word.
_OF_ANOTHER_WORD = {
    "约": frozenset("签合节预契条履违公协制特邀续解毁相赴租"),
    "近": frozenset("最附新亲靠贴邻远走"),
    "超": frozenset("赶反高"),
    "不足": frozenset("存在有些的之"),
}


def sense_of(word: str) -> Sense | None:
    """On which side the true number lies; None for a word that is not known."""
    return SENSES.get(word)


def word_before(text: str, start: int, floor: int = 0) -> tuple[str, int]:
    """The approximating word that ends where the number starts, and where it begins; empty and `start` when none."""
    end = start
    while end > floor and text[end - 1] in " \n":
        end -= 1
    for length in range(min(_LONGEST_BEFORE, end - floor), 0, -1):
        word = text[end - length : end]
        if word in WRITTEN_BEFORE:
            before = text[end - length - 1 : end - length]
            blocked = before and before in _OF_ANOTHER_WORD.get(word, ())
            return ("", start) if blocked else (word, end - length)
    return "", start


def as_word(sign: str) -> str:
    """The approximating word in the form in which figures carry it: ≥ is 以上, ≤ is 以下."""
    return _SIGNS.get(sign, sign)
