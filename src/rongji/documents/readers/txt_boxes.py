"""Tables drawn with lines (┌─┬─┐ or +--+): cells reach from bar to bar and from rule to rule, so spans are exact."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rongji.documents.model import Block, Cell
from rongji.documents.readers import signs
from rongji.documents.readers.cells import cell_of
from rongji.documents.readers.flow import Line, text_width
from rongji.documents.readers.rectangle import Claim, spanned
from rongji.documents.readers.txt_lines import RawLine

_RULES = frozenset("─━═—-=┄┈")
_BARS = frozenset("│┃║|")
_CROSSES = frozenset("┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝┏┳┓┣╋┫┗┻┛╒╤╕╞╪╡╘╧╛+")
_BAR = re.compile("[│┃║|]")
_DRAWING = _RULES | _BARS | _CROSSES


def begins_box(text: str) -> bool:
    """Whether a drawn table begins with this line: a corner with a rule, or a drawn bar."""
    bare = text.strip()
    has_corner = bare[:1] in _CROSSES and len(bare) > 3 and bare[1] in _RULES
    return bool(bare) and (has_corner or bare[0] in "│┃║")


def is_box_line(text: str) -> bool:
    """Whether a line can belong to a drawn table."""
    bare = text.strip()
    return bool(bare) and (bare[0] in _BARS or bare[0] in _CROSSES)


@dataclass(slots=True)
class _Piece:
    """A cell as it grows. first, last: the bars between which it stands, by number; lines: its words."""

    first: int
    last: int
    lines: list[Line] = field(default_factory=list)
    down: int = 1


def box_blocks(lines: list[RawLine]) -> list[Block]:
    """The table that these lines draw."""
    width = min((1, 2), key=lambda wide: len(_bars(lines, wide)))
    box = _Box(lines, width)
    place = lines[0].line().place
    claims = [[Claim(piece, piece.last - piece.first, piece.down) for piece in row] for row in box.rows()]
    table = spanned(claims, place.file, _cell, place=place) if len(box.bars) > 2 else None
    return [table] if table else []


def _cell(piece: _Piece, _row: int, _column: int, across: int, down: int) -> Cell:
    made = cell_of(piece.lines)
    return Cell(made.paragraphs, across, down, place=made.place)


def _columns(text: str, wide: int) -> list[int]:
    """In which column of the page each character stands; drawn lines are one or two columns wide, by the program."""
    made, at = [], 0
    for char in text:
        made.append(at)
        is_ascii = char.isascii()
        at += 1 if is_ascii else wide if char in _DRAWING else int(text_width(char))
    return made


def _bars(lines: Sequence[RawLine], wide: int) -> set[int]:
    """Where bars stand in the lines of content."""
    return {
        at
        for line in lines
        if not _is_rule(line.text)
        for at, char in zip(_columns(line.text, wide), line.text, strict=True)
        if char in _BARS
    }


def _is_rule(text: str) -> bool:
    return all(char in _RULES or char in _CROSSES or char.isspace() for char in text)


class _Box:
    """A drawn table: its bars, and its cells from the first line to the last."""

    def __init__(self, lines: list[RawLine], wide: int) -> None:
        self.lines = lines
        self.wide = wide
        self.bars = sorted(_bars(lines, wide))
        self.number = {at: index for index, at in enumerate(self.bars)}

    def rows(self) -> list[list[_Piece]]:
        """The cells that begin in each row; one that no rule closes below goes on."""
        rows: list[list[_Piece]] = []
        above: dict[int, _Piece] = {}
        for rule, lines in self._stretches():
            above = self._left_open(rule, above) if rule else {}
            parted = len(lines) > 1 and self._counts_twice(lines)
            for number, line in enumerate(lines):
                begins = parted or number == 0
                if begins:
                    rows.append([])
                above = self._take(line, {} if parted and number else above, rows[-1], begins=begins)
        return rows

    def _stretches(self) -> Iterator[tuple[str, list[RawLine]]]:
        """The lines of content between rules, each stretch with the rule above it."""
        rule, content = "", list[RawLine]()
        for line in self.lines:
            if any(char in _CROSSES for char in line.text):
                if content:
                    yield rule, content
                rule, content = line.text, []
            if not _is_rule(line.text):
                content.append(line)
        if content:
            yield rule, content

    def _counts_twice(self, lines: Sequence[RawLine]) -> bool:
        """Whether two lines between the same rules hold a number under each other: then every line is a row."""
        seen: set[int] = set()
        for line in lines:
            found = {at for at, text in enumerate(_BAR.split(line.text)) if signs.is_number(text)}
            if seen & found:
                return True
            seen |= found
        return False

    def _left_open(self, text: str, above: dict[int, _Piece]) -> dict[int, _Piece]:
        """The cells that go on below a line with rules."""
        ruled = {at for at, char in zip(_columns(text, self.wide), text, strict=True) if char in _RULES}
        return {
            first: piece
            for first, piece in above.items()
            if ruled.isdisjoint(range(self.bars[first] + 1, self.bars[piece.last]))
        }

    def _take(self, line: RawLine, above: dict[int, _Piece], row: list[_Piece], *, begins: bool) -> dict[int, _Piece]:
        """The stretches of a line of content go to the cells in which they stand."""
        at = _columns(line.text, self.wide)
        edges = _BARS | (_CROSSES - {"+"})
        cuts = [index for index, char in enumerate(line.text) if char in edges and at[index] in self.number]
        reached: dict[int, _Piece] = {}
        for start, end in pairwise(cuts):
            first, last = self.number[at[start]], self.number[at[end]]
            words = line.piece(start + 1, end)
            if words.text and _is_rule(words.text):
                continue
            piece = above.get(first)
            if piece is None or piece.last != last:
                piece = _Piece(first, last)
                row.append(piece)
            elif begins:
                piece.down += 1
            if words.text:
                piece.lines.append(words)
            reached[first] = piece
        return reached
