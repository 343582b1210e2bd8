"""Printed lines outside tables into paragraphs, headings and titles, with the width of the page they stand on."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from statistics import median

from rongji.documents.model import Block, Title
from rongji.documents.readers import signs
from rongji.documents.readers.flow import Line, Measure, blocks, measured, paragraphs
from rongji.documents.readers.pdf_frame import Box
from rongji.documents.readers.pdf_pages import TextLine
from rongji.documents.readers.pdf_tables import ReadTable
from rongji.kernel.place import Place

_OTHER_SIZE = 0.12  # share by which type sizes differ when something else begins
_TITLE_SIZE = 1.25  # of the body's type size
_TITLE_LINES = 4
_TITLE_ROOM = 70
_CAPTION_LINES = 6  # over a table, among which its name stands
_CENTRED = 0.06  # of the table's width
_WIDE_MARGIN = 0.12  # of the table's width: what stands free on both sides of a centred line

Placing = Callable[[int, Box], Place]


@dataclass(frozen=True, slots=True)
class Setting:
    """How pages of one width are set. half: half a character of the body in points; pitch: from line to line."""

    half: float
    pitch: float
    measure: Measure


class Prose:
    """The lines of a document outside tables, and how pages of each width are set. is_opening: nothing came yet."""

    def __init__(self, lines: Sequence[TextLine], widths: dict[int, int], placing: Placing) -> None:
        self._widths, self._placing = widths, placing
        classes: dict[int, list[TextLine]] = {}
        for line in lines:
            classes.setdefault(widths[line.page], []).append(line)
        self._settings = {width: self._setting(group) for width, group in classes.items()}
        self.is_opening = True

    def blocks(self, lines: Sequence[TextLine]) -> Iterator[Block]:
        """The lines that stand together, as blocks."""
        for stretch in _stretches(lines):
            yield from self._stretch(stretch)

    def _stretch(self, lines: Sequence[TextLine]) -> list[Block]:
        opens, self.is_opening = self.is_opening, False
        setting = self._settings[self._widths[lines[0].page]]
        if opens and _is_title(lines, setting):
            return [Title(tuple(line.text for line in lines), place=self._at(lines[0]))]
        return blocks(paragraphs(self._measured(lines, setting), setting.measure), opens=opens)

    def _at(self, line: TextLine) -> Place:
        return self._placing(line.page, line.box)

    def _setting(self, lines: Sequence[TextLine]) -> Setting:
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
        half = sizes.most_common(1)[0][0] / 2
        steps = Counter(round(after.base - line.base) for line, after in pairwise(lines) if after.page == line.page)
        steps = Counter({step: count for step, count in steps.items() if step > half})
        pitch = float(steps.most_common(1)[0][0]) if steps else 4 * half
        draft = Setting(half, pitch, Measure())
        return Setting(half, pitch, measured(self._measured(lines, draft)))

    def _measured(self, lines: Sequence[TextLine], setting: Setting) -> list[Line]:
        made: list[Line] = []
        before: TextLine | None = None
        for line in lines:
            is_new = before is None or before.page != line.page
            gap = 0 if before is None or is_new else max(0, round((line.base - before.base) / setting.pitch) - 1)
            left, right = line.box[0] / setting.half, line.box[2] / setting.half
            made.append(Line(line.text, self._at(line), left, right, gap, is_new and before is not None))
            before = line
        return made


def _stretches(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Lines that can belong together: of one type size, none beside another."""
    made: list[list[TextLine]] = []
    for line in lines:
        before = made[-1][-1] if made else None
        if before and not line.is_beside and not before.is_beside and _is_same_size(before, line):
            made[-1].append(line)
        else:
            made.append([line])
    return made


def _is_same_size(before: TextLine, line: TextLine) -> bool:
    return abs(before.size - line.size) <= _OTHER_SIZE * max(before.size, line.size)


def _is_title(lines: Sequence[TextLine], setting: Setting) -> bool:
    text = "".join(line.text for line in lines)
    return (
        len(lines) <= _TITLE_LINES
        and len(text) <= _TITLE_ROOM
        and median(line.size for line in lines) >= _TITLE_SIZE * 2 * setting.half
        and not signs.ends_sentence(text)
        and not signs.numbering_level(text)
        and not signs.is_attachment(text)
    )


def name_over(table: ReadTable, lines: Sequence[TextLine]) -> TextLine | None:
    """The line over a table that names it: centred over it, free on both sides.

    Of several the nearest that reads as the name of a table, else the largest.
    """
    over = takewhile(lambda line: _can_be_over(line, table), reversed(lines[-_CAPTION_LINES:]))
    near = [line for line in over if _is_centred(line, table)]
    named = [line for line in near if signs.is_caption(line.text) or signs.is_title(line.text)]
    return named[0] if named else max(near, key=lambda line: (line.size, line.base), default=None)


def _can_be_over(line: TextLine, table: ReadTable) -> bool:
    """Whether a line can stand between a table and its name: no heading, no sentence."""
    is_prose = bool(signs.numbering_level(line.text)) or line.text.endswith("。")
    return line.page == table.page and line.base <= table.box[1] + 1 and not is_prose


def _is_centred(line: TextLine, table: ReadTable) -> bool:
    left, right = line.box[0] - table.box[0], table.box[2] - line.box[2]
    width = table.box[2] - table.box[0]
    is_plain = not signs.ends_sentence(line.text) and not signs.unit_phrase(line.text) and "：" not in line.text
    is_name = (
        is_plain and not line.is_beside and not signs.numbering_level(line.text) and not signs.is_page_number(line.text)
    )
    return is_name and min(left, right) >= _WIDE_MARGIN * width and abs(left - right) <= _CENTRED * width
