"""Lines into paragraphs: which lines are one sentence that the page's width broke, and which begin something new.

For every format that keeps lines instead of paragraphs (text files, pdf). Widths are counted in half characters: a
Chinese character is two wide, a digit one. Cost is linear in the number of lines.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rongji.documents.model import Block, Heading, Paragraph, SignatureBlock, Style, Text, Title
from rongji.documents.readers import signs
from rongji.kernel.place import Place

_INDENT = 2.5  # half characters that a first line stands in at least
_SLACK = 3.0  # what justification, punctuation and narrow spaces take or give
_FIRST_LINE = 4.0  # two characters, where the file lost the indent
_NARROWEST, _WIDEST = 24, 150
_LONG_LINE = 40
_HALF_SPACE = 0.5
_FIRST_WORD = re.compile(r"[（(“《]{0,2}[0-9A-Za-z.,%]+[）)”》：:，。；、]{0,3}")
_LONGEST_WORD = 16.0
_WHITE = {" ": 1, "\xa0": 1, "\t": 4, "\u3000": 2}  # a tab stands for an indent of two characters


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line without white space at its ends.

    left, right: where it begins and ends, in half characters from any common edge. gap: blank lines before it.
    page_start: it is the first line of a page.
    """

    text: str
    place: Place
    left: float = 0.0
    right: float = 0.0
    gap: int = 0
    page_start: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """How the body of a document is set.

    left, right: edges of full lines, the widest of them; right is 0 when lines are not broken by width. usual: where a
    full line usually ends. gap: usual blank lines between lines. indents: whether paragraphs show by an indented first
    line.
    """

    left: float = 0.0
    right: float = 0.0
    usual: float = 0.0
    gap: int = 0
    indents: bool = False


def text_width(text: str) -> float:
    """Width in half characters; spaces that conversions put between digits and words count half.

    The national encoding takes two bytes for a full character and one for a half one.
    """
    return len(text.encode("gb18030", "replace")) - text.count(" ") * _HALF_SPACE


def indent_of(text: str) -> float:
    """Width in half characters of the white space before the words."""
    return float(sum(_WHITE.get(char, 1) for char in text[: len(text) - len(text.lstrip())]))


def measured(lines: Sequence[Line]) -> Measure:
    """The set of the body, from all its lines: where most lines that stop in the middle of a sentence end."""
    gaps = Counter(line.gap for line in lines[1:])
    gap = min(gaps.most_common(1)[0][0], 1) if gaps else 0
    prose = [line for line in lines if _NARROWEST <= line.right - line.left <= _WIDEST and _is_prose(line.text)]
    right = _densest(sorted(line.right for line in prose))
    full = [line for line in prose if right and abs(line.right - right) <= 2 * _SLACK]
    beyond = sum(line.right > right + 2 * _SLACK for line in lines)
    broken = sum(not signs.ends_sentence(line.text) and not signs.heading_level(line.text) for line in full)
    if len(full) < 3 or broken * 2 < len(full) or len(full) * 5 < len(lines) or beyond * 10 > len(lines):
        return Measure(gap=gap)
    left = Counter(round(line.left) for line in full).most_common(1)[0][0]
    indented = sum(line.left >= left + _INDENT for line in lines)
    usual = sorted(line.right for line in full)[len(full) // 2]
    return Measure(float(left), right, usual, gap, indents=indented * 8 >= len(lines) and indented > 1)


def _is_prose(text: str) -> bool:
    """Whether a line can be the middle of a sentence: mostly characters, not a label with a number."""
    return sum(char.isascii() for char in text) * 2 <= len(text)


def _densest(ends: Sequence[float]) -> float:
    """The right end under which most lines crowd within the slack (two pointers over sorted ends)."""
    best, most, first = 0.0, 0, 0
    for last, end in enumerate(ends):
        while ends[first] < end - 2 * _SLACK:
            first += 1
        if last - first + 1 >= most:
            best, most = end, last - first + 1
    return best if most >= 3 else 0.0


def paragraphs(lines: Sequence[Line], measure: Measure | None = None) -> list[list[Line]]:
    """The lines grouped into paragraphs, in order."""
    if not lines:
        return []
    set_as = measure or measured(lines)
    groups = [[lines[0]]]
    for before, line in pairwise(lines):
        if _continues(before, line, set_as, is_first=len(groups[-1]) == 1):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _continues(before: Line, line: Line, measure: Measure, *, is_first: bool) -> bool:
    """Whether a line carries on the sentence or paragraph of the line before."""
    if line.text[0] in "，。、；：！？）》”’】,;!?)":
        return True
    is_whole = signs.ends_sentence(before.text)
    is_full = _is_full(before, line, measure, is_first=is_first)
    if _stands_alone(before, line) and not _is_forced(before, line, measure, is_full=is_full):
        return False
    if signs.begins_item(line.text):
        weak = line.text[0].isascii() and line.text[0].isdigit()
        return weak and is_full and not is_whole and not signs.heading_level(line.text)
    if line.left >= _INDENT + (measure.left if measure.indents else before.left) and (measure.indents or is_whole):
        return False  # it stands in as first lines do
    if is_full:
        is_first_line = not measure.indents and _is_short_first(line, measure)
        return not is_whole or (line.gap <= measure.gap and not is_first_line)
    return _breaks_off(before, measure) and (line.gap <= measure.gap or line.page_start)


def _stands_alone(before: Line, line: Line) -> bool:
    """Whether one of two lines reads as a number, a heading or a title by itself, or as fields with gaps between."""
    if signs.has_gaps(before.text) or signs.has_gaps(line.text):
        return True
    is_number = signs.is_number(before.text) or signs.is_number(line.text)
    return is_number or signs.heading_level(before.text) > 0 or signs.is_title(before.text)


def _is_forced(before: Line, line: Line, measure: Measure, *, is_full: bool) -> bool:
    """Whether the width broke even such a line: it reaches the very edge, is half a sentence, or the next line, where
    first lines are indented, is none."""
    is_at_edge = measure.right > 0 and before.right >= measure.right - _SLACK - 1
    is_flush = measure.indents and line.left < measure.left + _INDENT <= before.left
    is_half = "，" in before.text and (is_full or _breaks_off(before, measure))
    return is_at_edge or is_half or (is_full and is_flush)


def _is_full(before: Line, line: Line, measure: Measure, *, is_first: bool) -> bool:
    """Whether a line reaches the right edge, or would with the first word of the next (a number is not broken)."""
    if not measure.right:
        return False
    if (before.right - before.left) * 2 < measure.right - measure.left:
        return False
    token = _first_word(line.text)
    lost = _FIRST_LINE if is_first and before.left < measure.left + _INDENT and not measure.indents else 0.0
    return before.right + token >= measure.right - 2 * _SLACK - lost


def _first_word(text: str) -> float:
    """Width of the number or Latin word that a line begins with, the brackets around it included; 0 for others."""
    found = _FIRST_WORD.match(text)
    return min(text_width(found[0]), _LONGEST_WORD) if found else 0.0


def _is_short_first(line: Line, measure: Measure) -> bool:
    """Whether a line that does not end its sentence is short by the two characters that its lost indent took."""
    is_short = line.right <= measure.usual - _FIRST_LINE + 1
    return is_short and not signs.ends_sentence(line.text) and line.text[1:2] != "是"


def _breaks_off(before: Line, measure: Measure) -> bool:
    """Whether a line that does not fill the width still asks for more words."""
    last = before.text[-1]
    if last in "，、（“《,(":
        return before.right - before.left >= _LONG_LINE / 2
    if measure.right:
        return False
    return before.right - before.left >= _LONG_LINE and not signs.ends_sentence(before.text)


def joined_runs(lines: Iterable[Line]) -> tuple[Text, ...]:
    """One text per line; only between two Latin words a space is needed, it goes with the first."""
    group = list(lines)
    runs = []
    for line, after in zip(group, [*group[1:], None], strict=True):
        is_word = after is not None and _is_latin(line.text[-1]) and _is_latin(after.text[0])
        runs.append(Text(line.text + (" " if is_word else ""), place=line.place))
    return tuple(runs)


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def blocks(groups: Sequence[list[Line]], *, opens: bool = False) -> list[Block]:
    """Paragraphs as blocks: title, headings, notes, signature. opens: the groups begin the document."""
    made: list[Block] = []
    rest = list(groups)
    if opens:
        made, rest = _opening(rest)
    at = _signature_at(rest)
    for number, group in enumerate(rest):
        if number == at:
            lines = tuple(joined_runs(group) for group in rest[at : at + 2])
            made.append(SignatureBlock(lines, place=group[0].place))
        elif not 0 <= at == number - 1:
            made.append(_block(group))
    return made


def heading(level: int, runs: tuple[Text, ...], place: Place | None) -> Heading:
    """A heading of a level that the file itself gives."""
    return Heading(max(1, min(level, 4)), runs, place=place)


def _block(group: list[Line]) -> Block:
    runs = joined_runs(group)
    text, place = "".join(run.text for run in runs), group[0].place
    if level := signs.heading_level(text):
        return Heading(level, runs, place=place)
    if signs.is_title(text) and len(group) <= 2:
        return Title(tuple(line.text for line in group), place=place)
    if signs.is_attachment(text):
        return Paragraph(runs, style=Style.ATTACHMENT, place=place)
    return Paragraph(runs, style=Style.NOTE if signs.is_note(text) else Style.BODY, place=place)


_TITLE_LINES = 3
_AFTER_SIGNATURE = 6


def _opening(groups: list[list[Line]]) -> tuple[list[Block], list[list[Line]]]:
    """The title at the head: short lines up to one that ends as titles end, an attachment mark above them kept."""
    made: list[Block] = []
    while groups and signs.is_attachment(_text(groups[0])):
        made.append(_block(groups.pop(0)))
    for count in range(1, _TITLE_LINES + 1):
        heads = [line for group in groups[:count] for line in group]
        if len(heads) > _TITLE_LINES or len(groups) < count or not _can_be_title(groups[count - 1]):
            break
        if signs.is_title(_text(groups[count - 1])):
            made.append(Title(tuple(line.text for line in heads), place=heads[0].place))
            return made, groups[count:]
    return made, groups


def _can_be_title(group: list[Line]) -> bool:
    text = _text(group)
    return len(text) <= _LONG_LINE * 1.5 and not signs.numbering_level(text) and not any(c in text for c in "。；：:")


def _text(group: list[Line]) -> str:
    return "".join(line.text for line in group)


def _signature_at(groups: list[list[Line]]) -> int:
    """Where the signature stands: a short name and under it a date, near the end; -1 when there is none."""
    for at in range(len(groups) - 1, max(len(groups) - 1 - _AFTER_SIGNATURE, 0), -1):
        who = _text(groups[at - 1])
        if not signs.is_date_line(_text(groups[at])) or len(who) > _LONG_LINE:
            continue
        if not (signs.numbering_level(who) or signs.ends_sentence(who) or signs.is_title(who)):
            return at - 1
    return -1
