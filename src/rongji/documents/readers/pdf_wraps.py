"""Lines in a cell: which of them the width of the cell broke, and which begin something new."""

import re
from collections.abc import Sequence

from rongji.documents.readers import signs
from rongji.documents.readers.pdf_tables import CellLine

_WIDEST_PADDING = 9.0  # points between a rule and the words
_SLACK = 0.45  # of the type size: what justification leaves
_CENTRED = 1.2  # of the type size: by how much both sides of a centred line differ
_LABEL = 24  # characters: what is longer does not read as one label that the author broke
_NUMERIC = frozenset("0123456789.,，．%％-－ ")
_REST = re.compile(r"\d{1,2}[%％]?")  # what is left of a decimal that its cell was too narrow for
_NEVER_FIRST = frozenset("，。、；：！？）》”’】,.;:!?)]%％")


def paragraphs(lines: Sequence[CellLine]) -> list[list[CellLine]]:
    """Printed lines of a cell by paragraphs: what the width of the cell broke is put together again."""
    padding = padding_of(lines)
    made: list[list[CellLine]] = []
    for line in lines:
        if made and _continues(made[-1], line, padding):
            made[-1].append(line)
        else:
            made.append([line])
    return made


def padding_of(lines: Sequence[CellLine]) -> float:
    """The space that stays free at the rules of a cell."""
    return min(_WIDEST_PADDING, *(line.before for line in lines), *(line.after for line in lines)) if lines else 0.0


def is_full(line: CellLine, following: str, padding: float) -> bool:
    """Whether the first word or character that follows had no more room on the line."""
    need = _first_word(following) * line.size
    room = line.after - padding
    if abs(line.before - line.after) <= _CENTRED * line.size:
        room = line.before + line.after - 2 * padding
    return room <= need + _SLACK * line.size


def _first_word(text: str) -> float:
    """Width, in type sizes, of what cannot be broken at the head of a text."""
    width = 0.0
    for index, char in enumerate(text):
        is_part = char in _NEVER_FIRST or (char.isascii() and text[index - 1].isascii() and not char.isspace())
        if index and not is_part:
            break
        width += 0.5 if char.isascii() else 1.0
    return width


def _continues(group: Sequence[CellLine], line: CellLine, padding: float) -> bool:
    before = group[-1]
    full = is_full(before, line.text, padding)
    if _is_number_part(before.text) and _is_number_part(line.text):
        return _is_one_number("".join(item.text for item in group), line.text, is_full=full)
    if line.text[0] in _NEVER_FIRST:
        return True
    if signs.begins_item(line.text):
        is_list = signs.ends_sentence(before.text) or signs.begins_item(group[0].text)
        return full and not is_list
    if full:
        return True
    if signs.ends_sentence(before.text):
        return False
    is_label = not any(char.isdigit() for char in line.text + before.text.lstrip("（(0123456789"))
    return is_label and sum(len(item.text) for item in group) + len(line.text) <= _LABEL


def _is_number_part(text: str) -> bool:
    return all(char in _NUMERIC for char in text)


def _is_one_number(before: str, after: str, *, is_full: bool) -> bool:
    """Whether two pieces are one number that the cell was too narrow for."""
    if before[-1] in ".,，．" or after[0] in ".,，．%％":
        return True
    if is_full and "." in before and _REST.fullmatch(after):
        return True
    is_whole = "." in before or signs.is_blank_mark(before) or before[-1] in "%％"
    return is_full and not is_whole and "." in after
