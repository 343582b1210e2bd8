"""The skeleton of a paragraph: brackets within brackets, sentences, clauses. Cost is linear in its length."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

_PAIRS = {"（": "）", "(": ")", "〔": "〕", "[": "]", "【": "】"}
_CLOSING = {"）": "（", ")": "(", "〕": "〔", "]": "[", "】": "【"}
_QUOTES = {"“": "”", "《": "》", "「": "」", "‘": "’"}
WIDE = str.maketrans(",;:!?", "，；：！？")
_LONGEST_QUOTE = 60
_SHORT_BRACKET = 5
_BRACKET = re.compile(r"[（）()〔〕\[\]【】]")
_BREAKS = re.compile(r"[，,；;：:。！？!?\n]")
_ENDS = re.compile(r"[。！？!?\n]")


@dataclass(frozen=True)
class Syntax:
    """The brackets of one text. group: of each character the innermost bracket around it, 0 outside of all.

    opens, closes: places of the bracket characters of each group (−1 and the length for group 0); the bracket
    characters belong to the group around them. parents: the group around each group.
    """

    text: str
    group: tuple[int, ...]
    opens: tuple[int, ...]
    closes: tuple[int, ...]
    parents: tuple[int, ...]

    @cached_property
    def _quoted(self) -> frozenset[int]:
        """Places inside quotation marks and book titles, where punctuation divides nothing."""
        inside: set[int] = set()
        for mark, end_mark in _QUOTES.items():
            start = self.text.find(mark)
            while start >= 0:
                end = self.text.find(end_mark, start, start + _LONGEST_QUOTE)
                inside.update(range(start, end) if end > 0 else ())
                start = self.text.find(mark, max(start + 1, end))
        return frozenset(inside)

    @cached_property
    def breaks(self) -> tuple[int, ...]:
        """Where clauses end: the places of ，；：。 and line ends outside of quotation marks."""
        places = (found.start() for found in _BREAKS.finditer(self.text))
        return tuple(place for place in places if place not in self._quoted and not self._inside_number(place))

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each sentence begins; full stops in brackets or quotation marks end nothing outside of them."""
        ends = (found.start() for found in _ENDS.finditer(self.text))
        found = [place + 1 for place in ends if self.group[place] == 0 and place not in self._quoted]
        return (0, *found)

    def sentence_at(self, place: int) -> int:
        """The number of the sentence in which a character stands."""
        return bisect_right(self.starts, place) - 1

    def _inside_number(self, place: int) -> bool:
        around = self.text[place - 1 : place], self.text[place + 1 : place + 2]
        return self.text[place] in ",:" and all(mark.isascii() and mark.isdigit() for mark in around)

    def outer(self, start: int, end: int, group: int) -> str:
        """The words of a stretch that stand in that group itself: no brackets in it, no white space, wide marks."""
        if group == 0 and len(self.opens) == 1:
            return squeezed(self.text[start:end]).translate(WIDE)
        marks = (
            mark
            for place, mark in enumerate(self.text[start:end], start)
            if self.group[place] == group and mark not in _CLOSING and mark not in _PAIRS
        )
        return squeezed("".join(marks)).translate(WIDE)

    def named(self, start: int, end: int, group: int) -> str:
        """As `outer`, with the short brackets that belong to names: 因公出国（境）费, 行政运行（项）."""
        marks: list[str] = []
        for place in range(start, end):
            inner = self.group[place]
            if inner == group:
                mark = self.text[place]
                is_bracket = place in self._ends
                marks.append(mark if not is_bracket or self._ends[place] else "")
            elif self.parents[inner] == group and self._is_short(inner):
                marks.append(self.text[place])
        return squeezed("".join(marks))

    @cached_property
    def _ends(self) -> dict[int, bool]:
        """The bracket characters, and whether their bracket is short."""
        pairs = (
            (place, number)
            for number in range(1, len(self.opens))
            for place in (self.opens[number], self.closes[number])
        )
        return {place: self._is_short(number) for place, number in pairs}

    def _is_short(self, number: int) -> bool:
        return self.closes[number] - self.opens[number] <= _SHORT_BRACKET

    def bracket_after(self, place: int) -> int | None:
        """The group of the bracket that opens right behind that place, None when there is none."""
        if not self._group_at:
            return None
        while place < len(self.text) and self.text[place].isspace():
            place += 1
        if self.text[place : place + 1] in ("。", "，", ",") and self.text.startswith("其中", place + 2):
            place += 1  # 资金 100 万元。（其中：…）
        if place >= len(self.text) or self.text[place] not in _PAIRS or place not in self._group_at:
            return None
        return self._group_at[place]

    @cached_property
    def _group_at(self) -> dict[int, int]:
        return {place: number for number, place in enumerate(self.opens) if number}


def syntax_of(text: str) -> Syntax:
    """Read the brackets of a text; a bracket without its partner is an ordinary character."""
    partner = _partners(text)
    group, opens, closes, parents = [0] * len(text), [-1], [len(text)], [0]
    current, last = 0, 0
    for place in sorted(partner):
        if current:
            group[last:place] = [current] * (place - last)
        last = place + 1
        if partner[place] > place:
            group[place] = current
            parents.append(current)
            opens.append(place)
            closes.append(partner[place])
            current = len(opens) - 1
        else:
            current = parents[current]
            group[place] = current
    return Syntax(text, tuple(group), tuple(opens), tuple(closes), tuple(parents))


def _partners(text: str) -> dict[int, int]:
    stack: list[int] = []
    found: dict[int, int] = {}
    for hit in _BRACKET.finditer(text):
        place, mark = hit.start(), hit.group()
        if mark in _PAIRS:
            stack.append(place)
        elif stack and _is_pair(text[stack[-1]], mark):
            start = stack.pop()
            found[start], found[place] = place, start
    return found


def _is_pair(opening: str, closing: str) -> bool:
    """（…) with ends of different width is still one bracket."""
    return _PAIRS[opening] == closing or {opening, closing} in ({"（", ")"}, {"(", "）"})


_SPACE = re.compile(r"\s+")


def squeezed(text: str) -> str:
    """The text without white space."""
    return _SPACE.sub("", text)
