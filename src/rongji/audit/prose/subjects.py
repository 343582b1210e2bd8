"""How a number of running text is called in a finding: with the thing it is about, where its own words leave it out."""

import re
from collections.abc import Sequence

from rongji.checks.stated.grammar.basis import bare_basis, without_basis
from rongji.checks.stated.phrase import Phrase, Role

_MARKS = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]+|第[一二三四五六七八九十]+(?:部分|章))\s*")
_ENTRY = re.compile(r"^(?P<name>[^，。；：]{2,60})[。：]")
_FROM = re.compile("[由从较比与和]")
_TO = re.compile("(?:增|升|降|减|提|调|扩|压|追)(?:加|长|高|少|低|整|大|缩|减)?[到至为]?$")
_STEP = re.compile(r"追加|调增|调减")  # on the way from one budget to the next, no thing of its own
_LONGEST = 40
_THINGS = ("）", ")", "支出", "收入", "经费", "资金", "费", "费用")  # 行政运行（项）, 基本支出, 公务接待费


class Subjects:
    """What the sentences of a passage are about, number by number."""

    def __init__(self, heading: Sequence[str], text: str, year: int | None) -> None:
        self._year = year
        entry = _ENTRY.match(_MARKS.sub("", text.strip()))
        above = "".join(_MARKS.sub("", heading[-1]).split()) if heading else ""
        called = "".join(entry["name"].split()) if entry else above
        self._entry = called if called.endswith(_THINGS) and len(called) <= _LONGEST else ""
        self._thing = ""
        self._sentence = -1

    def shown(self, phrase: Phrase, sentence: int, *, inside: bool = False) -> str:
        """The number's name as a finding prints it; what stands inside a bracket is no subject of what follows."""
        kept = self._thing, self._sentence
        name = self._shown(phrase, sentence)
        if inside:
            self._thing, self._sentence = kept
        return name

    def _shown(self, phrase: Phrase, sentence: int) -> str:
        if phrase.role in (Role.AMOUNT, Role.EACH, Role.LIMIT):
            name = self._value(phrase, sentence)
            return self._opening(phrase) + name if phrase.is_past and name and "年" not in name else name
        near = self._thing if sentence <= self._sentence + 1 and self._thing else self._entry
        thing = without_basis(near)
        match phrase.role:
            case Role.BEFORE:
                self._thing, self._sentence = _FROM.split(phrase.label)[0] or thing, sentence
                return f"{self._thing}（变动前）"
            case Role.AFTER:
                own = _TO.sub("", phrase.label) or thing
                return f"{own}（变动后）"
            case Role.SHARE:
                return f"{thing}占{phrase.of}的比重" if phrase.of else f"{thing}占比"
            case Role.GROWTH:
                return f"{thing}增长率" if phrase.sign > 0 else f"{thing}下降率"
            case Role.CHANGE:
                return f"{thing}增加额" if phrase.sign > 0 else f"{thing}减少额"
            case _:
                return f"{thing}完成{phrase.of}的比率" if phrase.of else phrase.label or f"{thing}比率"

    def _opening(self, phrase: Phrase) -> str:
        is_last = self._year is not None and phrase.year == self._year - 1
        return "上年" if is_last else f"{phrase.year}年"

    def _value(self, phrase: Phrase, sentence: int) -> str:
        if phrase.label and _STEP.search(phrase.label):
            return phrase.label
        if phrase.label and not bare_basis(phrase.label):
            self._thing, self._sentence = phrase.label, sentence
            return phrase.label
        known = self._thing if self._sentence == sentence else self._entry
        if not phrase.label:
            return known
        thing = without_basis(known)
        return thing.removesuffix("支出") + phrase.label if phrase.label.startswith("支出") else thing + phrase.label
