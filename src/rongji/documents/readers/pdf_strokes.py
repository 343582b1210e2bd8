"""What is drawn on a PDF page besides text: ruling lines however they are made, filled areas, pictures."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from rongji.documents.readers.pdf_frame import Box, Frame

_THIN = 3.0  # points: a filled area no thicker is a rule
_STRAIGHT = 1.0  # points that a rule may slant
_LONGEST_PATH = 40_000  # segments; more is a drawing
_ONE_BOX = 5  # segments of a filled box
_DEEPEST_FORM = 8
_MOST_OBJECTS = 30_000  # of one page; more is a drawing
_WHITE = 250


class Stroke(NamedTuple):
    """A ruling line. at: its height (horizontal) or its distance from the left (vertical); start, end: along it."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Drawn:
    """The rules, filled areas and pictures of a page, upright as read."""

    horizontal: list[Stroke] = field(default_factory=list)
    vertical: list[Stroke] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    is_cut: bool = False

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Add a straight line, whichever way it runs."""
        if abs(y1 - y0) <= _STRAIGHT and abs(x1 - x0) > _STRAIGHT:
            self.horizontal.append(Stroke((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= _STRAIGHT and abs(y1 - y0) > _STRAIGHT:
            self.vertical.append(Stroke((x0 + x1) / 2, min(y0, y1), max(y0, y1)))

    def thin(self, box: Box) -> None:
        """Add a thin box as the rule that it looks like."""
        left, top, right, bottom = box
        if bottom - top <= right - left:
            self.horizontal.append(Stroke((top + bottom) / 2, left, right))
        else:
            self.vertical.append(Stroke((left + right) / 2, top, bottom))


Matrix = tuple[float, float, float, float, float, float]
_UNTURNED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def drawn_on(page: Any, frame: Frame) -> Drawn:
    """Everything drawn on a page that can be part of a table."""
    drawn = Drawn()
    for count, (thing, matrix) in enumerate(_objects(page)):
        if count >= _MOST_OBJECTS:
            drawn.is_cut = True
            break
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            _take_path(drawn, thing, matrix, frame)
        elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
            _take_picture(drawn, thing, matrix, frame)
    return drawn


def _objects(page: Any) -> Iterator[tuple[Any, Matrix]]:
    """Objects of the page and of the forms on it, with the matrix that puts them on the page."""
    for index in range(raw.FPDFPage_CountObjects(page)):
        yield from _inside(raw.FPDFPage_GetObject(page, index), _UNTURNED, 0)


def _inside(thing: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    if raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_FORM:
        yield thing, matrix
    elif depth < _DEEPEST_FORM:
        inner = _times(_matrix(thing), matrix)
        for index in range(raw.FPDFFormObj_CountObjects(thing)):
            yield from _inside(raw.FPDFFormObj_GetObject(thing, index), inner, depth + 1)


def _matrix(thing: Any) -> Matrix:
    made = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(thing, made)
    return (made.a, made.b, made.c, made.d, made.e, made.f)


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


def _take_picture(drawn: Drawn, thing: Any, matrix: Matrix, frame: Frame) -> None:
    box = _bounds(thing, matrix, frame)
    left, top, right, bottom = box
    if min(right - left, bottom - top) <= _THIN:
        drawn.thin(box)
    else:
        drawn.pictures.append(box)


_EDGES = tuple(ctypes.c_float() for _ in range(4))  # filled by one call and read at once, under the lock of pdfium
_FILL, _STROKE = ctypes.c_int(), ctypes.c_int()
_COLOUR = tuple(ctypes.c_uint() for _ in range(4))


def _bounds(thing: Any, matrix: Matrix, frame: Frame) -> Box:
    raw.FPDFPageObj_GetBounds(thing, *_EDGES)
    left, bottom, right, top = (edge.value for edge in _EDGES)
    (x0, y0), (x1, y1) = _at(matrix, left, bottom), _at(matrix, right, top)
    return frame.upright(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _take_path(drawn: Drawn, thing: Any, matrix: Matrix, frame: Frame) -> None:
    segments = raw.FPDFPath_CountSegments(thing)
    raw.FPDFPath_GetDrawMode(thing, _FILL, _STROKE)
    is_filled, is_stroked = bool(_FILL.value), bool(_STROKE.value)
    is_filled = is_filled and not is_white(thing, raw.FPDFPageObj_GetFillColor)
    is_stroked = is_stroked and not is_white(thing, raw.FPDFPageObj_GetStrokeColor)
    if not (is_filled or is_stroked) or segments > _LONGEST_PATH:
        return
    if not is_stroked and segments <= _ONE_BOX:
        _take_area(drawn, _bounds(thing, matrix, frame))
        return
    for points in _outlines(thing, _times(_matrix(thing), matrix), frame):
        if is_filled:
            _take_area(drawn, _around(points))
        if is_stroked:
            for (x0, y0), (x1, y1) in pairwise(points):
                drawn.rule(x0, y0, x1, y1)


def _around(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs), min(ys), max(xs), max(ys))


def _take_area(drawn: Drawn, box: Box) -> None:
    if min(box[2] - box[0], box[3] - box[1]) <= _THIN:
        drawn.thin(box)
    else:
        drawn.fills.append(box)


def is_white(thing: Any, colour_of: Any) -> bool:
    """Whether an object is drawn in white or not at all. colour_of: which of its colours."""
    red, green, blue, alpha = _COLOUR
    if not colour_of(thing, red, green, blue, alpha):
        return False
    return alpha.value == 0 or min(red.value, green.value, blue.value) >= _WHITE


def _outlines(thing: Any, matrix: Matrix, frame: Frame) -> Iterator[list[tuple[float, float]]]:
    """The straight outlines of a path as read; those with curves are left out."""
    points: list[tuple[float, float]] = []
    is_curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(raw.FPDFPath_CountSegments(thing)):
        segment = raw.FPDFPath_GetPathSegment(thing, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO and points:
            if not is_curved and len(points) > 1:
                yield points
            points, is_curved = [], False
        is_curved = is_curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(_upright_point(_at(matrix, x.value, y.value), frame))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if not is_curved and len(points) > 1:
        yield points


def _upright_point(point: tuple[float, float], frame: Frame) -> tuple[float, float]:
    x, y = point
    left, top, _, _ = frame.upright(x, y, x, y)
    return left, top
