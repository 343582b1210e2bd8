"""One page of a PDF: its tables, the lines around them and what is only a picture, in reading order."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rongji.documents.readers.pdf_frame import Box, Frame
from rongji.documents.readers.pdf_glyphs import Glyph
from rongji.documents.readers.pdf_grids import Line, Ruled, frames, joined
from rongji.documents.readers.pdf_open import is_bare, open_tables, part_rows
from rongji.documents.readers.pdf_raw import RawPage
from rongji.documents.readers.pdf_rows import with_rows
from rongji.documents.readers.pdf_runs import Run, box_of, lines_of, runs_of, text_of
from rongji.documents.readers.pdf_slots import slots_of
from rongji.documents.readers.pdf_strokes import Drawn
from rongji.documents.readers.pdf_tables import ReadTable, filled, ruled_tables

_APART = 2.0  # of the type size: parts of a line farther apart are read as lines of their own
_WIDEST = 9.0  # of the type size: the gap within a word set wide
_ONE_COLUMN = 2  # lines at both sides of it
_MOST_COMPARED = 1_000_000
_SPREAD = 4  # short parts of a line that are one word set wide: 目　　录
_PICTURE_SHARE = 0.4  # of the page: a larger picture is what the page shows
_FEW = 20  # characters: fewer beside a large picture are a stamp or a page number


@dataclass(frozen=True, slots=True)
class TextLine:
    """A printed line outside tables. base: of all that stands on the same line; size: type size.

    is_beside: other words stand on the same line, far enough away to be no part of it.
    """

    text: str
    page: int
    box: Box
    base: float
    size: float
    is_beside: bool = False


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page as read. items: lines and tables from top to bottom; furniture: lines left out as every page has them.

    is_picture: it shows a picture and hardly any text; is_recognised: its text lies hidden under a picture;
    unknown: characters for which the file gives no code; is_damaged: it could not be read; is_drawing: it has more
    lines than any table; sideways: characters that stand sideways outside tables and were not read.
    """

    number: int
    frame: Frame
    items: tuple[TextLine | ReadTable, ...]
    furniture: tuple[TextLine, ...] = ()
    is_picture: bool = False
    is_recognised: bool = False
    unknown: int = 0
    is_damaged: bool = False
    is_drawing: bool = False
    sideways: int = 0


def read_page(page: RawPage) -> ReadPage:
    """A page with its tables and lines."""
    text, drawn = page.text, page.drawn
    has_picture = _has_large_picture(drawn, text.frame)
    is_recognised = has_picture and len(text.glyphs) < _FEW and len(text.hidden) >= _FEW
    glyphs = text.hidden if is_recognised else (*text.glyphs, *_visible(text.pale, drawn))
    runs = runs_of(glyphs)
    found = _drawn_frames(drawn, runs)
    tables, rest = ruled_tables(found, runs, text.turned, page.number)
    unframed, rest = _open_tables(rest, drawn, found, page.number)
    return ReadPage(
        page.number,
        text.frame,
        _in_order([*tables, *unframed], _text_lines(rest, page.number)),
        is_picture=has_picture and len(glyphs) < _FEW,
        is_recognised=is_recognised,
        unknown=text.unknown,
        is_damaged=page.is_damaged,
        is_drawing=drawn.is_cut,
        sideways=sum(not any(_is_inside(glyph, table.box) for table in tables) for glyph in text.turned),
    )


def _visible(pale: Sequence[Glyph], drawn: Drawn) -> list[Glyph]:
    """The white characters that stand on something; all of them where too much is drawn to say."""
    grounds = [*drawn.fills, *drawn.pictures]
    if len(grounds) * len(pale) > _MOST_COMPARED:
        return list(pale)
    return [glyph for glyph in pale if any(_is_inside(glyph, box) for box in grounds)]


def _drawn_frames(drawn: Drawn, runs: Sequence[Run]) -> list[Ruled]:
    """The frames whose columns are drawn, too."""
    found = frames(drawn)
    if all(len(ruled.xs) > _ONE_COLUMN for ruled in found):
        return found
    rows = part_rows(lines_of(runs))
    return [ruled for ruled in found if not is_bare(ruled, rows)]


def _is_inside(glyph: Glyph, box: Box) -> bool:
    return box[0] <= (glyph.left + glyph.right) / 2 <= box[2] and box[1] <= (glyph.top + glyph.bottom) / 2 <= box[3]


def _open_tables(
    runs: Sequence[Run], drawn: Drawn, found: Sequence[Ruled], page: int
) -> tuple[list[ReadTable], list[Run]]:
    """Tables by alignment, and the runs that stand in none."""
    across = [line for line in joined(drawn.horizontal) if not any(_is_within(line, ruled) for ruled in found)]
    made: list[ReadTable] = []
    taken: set[int] = set()
    for table in open_tables(part_rows(lines_of(runs)), across):
        inside = [part for row in table.lines for part in row.parts]
        ruled, is_certain = with_rows(table.ruled, inside)
        read = filled(slots_of(ruled), inside, page)
        read.is_sure = read.is_sure and table.is_sure and is_certain
        made.append(read)
        taken.update(id(glyph) for part in inside for glyph in part.glyphs)
    return made, [run for run in runs if id(run.glyphs[0]) not in taken]


def _is_within(line: Line, ruled: Ruled) -> bool:
    left, top, right, bottom = ruled.box
    return top - 1 <= line.at <= bottom + 1 and line.start < right and line.end > left


def _has_large_picture(drawn: Drawn, frame: Frame) -> bool:
    whole = max(frame.width * frame.height, 1.0)
    return sum((right - left) * (bottom - top) for left, top, right, bottom in drawn.pictures) >= _PICTURE_SHARE * whole


def _text_lines(runs: Sequence[Run], page: int) -> list[TextLine]:
    made = []
    for row in lines_of(runs):
        parts = _parts(row)
        for group in parts:
            glyphs = [glyph for run in group for glyph in run.glyphs]
            size = Counter(glyph.size for glyph in glyphs).most_common(1)[0][0]
            made.append(TextLine(text_of(glyphs), page, box_of(glyphs), row[0].base, size, len(parts) > 1))
    return made


def _parts(row: Sequence[Run]) -> list[list[Run]]:
    groups: list[list[Run]] = []
    for run in row:
        if groups and run.left - groups[-1][-1].right <= _APART * run.size:
            groups[-1].append(run)
        else:
            groups.append([run])
    if 1 < len(groups) <= _SPREAD and _is_one_word(groups):
        return [[run for group in groups for run in group]]
    return groups


def _is_one_word(groups: Sequence[Sequence[Run]]) -> bool:
    """Whether short parts of a line are one word set wide."""
    short = all(sum(len(run.glyphs) for run in group) <= 2 for group in groups)
    return short and all(
        after[0].left - before[-1].right <= _WIDEST * after[0].size for before, after in pairwise(groups)
    )


def _in_order(tables: Sequence[ReadTable], lines: Sequence[TextLine]) -> tuple[TextLine | ReadTable, ...]:
    """From top to bottom; what stands side by side from left to right."""
    return tuple(sorted([*tables, *lines], key=_order))


def _order(item: TextLine | ReadTable) -> tuple[int, float]:
    height = item.base if isinstance(item, TextLine) else item.box[1]
    return round(height), item.box[0]
