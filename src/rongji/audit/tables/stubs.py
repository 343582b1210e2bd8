"""The rows of a block: what each is called, what number, code and depth it has."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rongji.audit.tables.blocks import LONG_TEXT, Block
from rongji.audit.tables.frame import Frame
from rongji.audit.tables.lattice import Slot
from rongji.audit.tables.numbers import is_number, nil_of
from rongji.audit.tables.words import bare_heading, folded, row_kind_of, sign_of
from rongji.checks.stated.model import Column, ColumnKind, RowKind
from rongji.kernel.figure import Nil

_MARKERS = (
    re.compile(r"^[一二三四五六七八九十]{1,3}[、.．]"),
    re.compile(r"^\([一二三四五六七八九十]{1,3}\)"),
    re.compile(r"^\d{1,2}[、.．](?!\d)"),
    re.compile(r"^(?:\(\d{1,2}\)|\d{1,2}\))"),
    re.compile(r"^[①-⑳]"),
)
_NUMBERS = (
    re.compile(r"[一二三四五六七八九十]{1,3}[、.．]?"),
    re.compile(r"\([一二三四五六七八九十]{1,3}\)"),
    re.compile(r"\d{1,2}[、.．]?"),
    re.compile(r"\(\d{1,2}\)"),
)
_NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2}){1,3}")
_LEADING_CODE = re.compile(r"^([235](?:\d{6}|\d{4}|\d\d))(?=[^\d.,、.)万亿千百十元年月日人个台套件名户位次级类号%])")
_PART = re.compile(r"^其中[:：]?")
_NAMES = ("名称", "姓名")
_ONLY_PART = re.compile(r"其中[:：]?")


@dataclass(frozen=True, slots=True)
class Stub:
    """What stands in front of a row's numbers.

    path: labels it stands under, its own last. own: the cell with its own label. marker_level: depth of its list
    marker from 1, 0 without one. indent: leading blanks of its label. block: the labels that it shares with others.
    unit: what a column of units says of it. bounded: it stands beside a cell that says 其中 for it.
    """

    row: int
    path: tuple[str, ...]
    kind: RowKind
    number: str = ""
    code: str = ""
    marker_level: int = 0
    indent: int = 0
    own: Slot | None = None
    block: tuple[str, ...] = ()
    unit: str = ""
    bounded: bool = False

    @property
    def label(self) -> str:
        """The row's own label."""
        return self.path[-1] if self.path else ""


def stubs_of(block: Block, frame: Frame, kept: Sequence[int]) -> list[Stub]:
    """Every row below the headings; rows without anything printed are left out."""
    labels = _naming(block, frame.labels(), kept)
    found: list[Stub] = []
    carried: dict[int, Slot] = {}
    for r in block.body:
        line = block.lattice.rows[r]
        if not any(line[c].words for c in kept if line[c].row == r):
            continue
        found.append(_stub(block, frame, kept, labels, r, carried))
    return _ordered_by_numbers(found)


def _naming(block: Block, labels: Sequence[Column], kept: Sequence[int]) -> list[Column]:
    """The columns that name the rows: behind one that names each row by itself (姓名, 项目名称) come attributes."""
    names = [column for column in labels if column.kind is ColumnKind.LABEL]
    if len(names) < 2 or not bare_heading(names[0].title).endswith(_NAMES):
        return list(labels)
    slots = [block.lattice.rows[r][kept[names[0].index]] for r in block.body]
    own = [slot for slot in slots if slot.words and row_kind_of(slot.text) is RowKind.ITEM]
    itself = len(own) > 1 and all(slot.rows == 1 for slot in own) and len({slot.words for slot in own}) == len(own)
    if not itself or any(not slot.words for slot in slots):
        return list(labels)
    return [column for column in labels if column.kind is not ColumnKind.LABEL or column is names[0]]


def _ordered_by_numbers(stubs: list[Stub]) -> list[Stub]:
    """Depths out of a column of numbers, where it orders the rows (一、（一）、1) and does not merely count them."""
    levels = [number_level(stub.number) if not stub.marker_level else 0 for stub in stubs]
    if len({level for level in levels if level}) < 2:
        return stubs
    return [replace(s, marker_level=level) if level else s for s, level in zip(stubs, levels, strict=True)]


def number_level(number: str) -> int:
    """Depth of a number that stands in a column of its own: 一 1, （一） 2, 1 3, （1） 4, 1.1 deeper."""
    text = folded(number)
    for level, pattern in enumerate(_NUMBERS, 1):
        if pattern.fullmatch(text):
            return level
    return 3 + text.count(".") if _NUMBERED.fullmatch(text) else 0


def _stub(
    block: Block, frame: Frame, kept: Sequence[int], labels: Sequence[Column], r: int, carried: dict[int, Slot]
) -> Stub:
    cells = [(column, block.lattice.rows[r][kept[column.index]]) for column in labels]
    named = _carried_down(cells, carried)
    texts = [slot for column, slot in named if column.kind is ColumnKind.LABEL and slot.words]
    plain_numbers = [slot.words for column, slot in named if column.kind is ColumnKind.NUMBER and slot.words]
    codes = [slot.words for slot in _each_once([s for c, s in named if c.kind is ColumnKind.CODE and s.words])]
    if not texts:
        texts = [slot for _, slot in named if slot.words and not slot.words.isdigit()]
    unique = _each_once(texts)
    own = unique[-1] if unique else None
    path = tuple(slot.words for slot in unique)
    if row_kind_of(path[0] if path else "") is RowKind.TOTAL and all(t == path[0] or is_number(t) for t in path):
        path = path[:1]  # 合计 | 50 | 合计 | 50, 合计 | 100 | 100: one total under every level
    under_part = any(_ONLY_PART.fullmatch(text) for text in path[:-1])
    path = tuple(text for text in path[:-1] if not _ONLY_PART.fullmatch(text)) + path[-1:]
    label = folded(path[-1]) if path else ""
    code = _code(codes, label)
    return Stub(
        row=r,
        path=path,
        kind=RowKind.PART if under_part else _kind(block, frame, kept, r, path, own),
        number=next((text for text in plain_numbers if text not in path), "") or marker_of(label),
        code=code,
        marker_level=marker_level(label),
        indent=_indent(own.text) if own else 0,
        own=own,
        block=path[:-1],
        bounded=under_part,
        unit=block.lattice.rows[r][kept[frame.unit_column]].words if frame.unit_column is not None else "",
    )


def _carried_down(cells: list[tuple[Column, Slot]], carried: dict[int, Slot]) -> list[tuple[Column, Slot]]:
    """An empty label in front of a printed one goes on from the row above (a vertical merge that the file lost)."""
    last = max((number for number, (_, slot) in enumerate(cells) if slot.words), default=-1)
    goes_on = last >= 0 and row_kind_of(cells[last][1].text) is not RowKind.TOTAL
    made: list[tuple[Column, Slot]] = []
    for number, (column, slot) in enumerate(cells):
        if slot.words:
            if carried.get(column.index) is not slot:
                for later in [key for key in carried if key >= column.index]:
                    del carried[later]
                carried[column.index] = slot
        elif goes_on and number < last and column.kind is ColumnKind.LABEL:
            slot = carried.get(column.index, slot)
        made.append((column, slot))
    return made


def _each_once(slots: Sequence[Slot]) -> list[Slot]:
    found: list[Slot] = []
    for slot in slots:
        if slot not in found:
            found.append(slot)
    return found


def _code(codes: list[str], label: str) -> str:
    joined = "".join(codes)
    if joined.isdigit():
        return joined
    leading = _LEADING_CODE.match(label)
    return leading.group(1) if leading else ""


def _kind(block: Block, frame: Frame, kept: Sequence[int], r: int, path: tuple[str, ...], own: Slot | None) -> RowKind:
    said = row_kind_of(path[-1]) if path else RowKind.ITEM
    values = list(_stated(block, frame, kept, r, own))
    across = own is not None and own.columns > 1 and own.column <= kept[0] and own.last_column >= kept[-1]
    if said is RowKind.NOTE or (across and own is not None and len(own.words) > LONG_TEXT):
        return RowKind.NOTE
    if not values and said in (RowKind.ITEM, RowKind.PART) and _is_heading(frame, path, own, block.lattice.width):
        return RowKind.GROUP
    return said


def _is_heading(frame: Frame, path: tuple[str, ...], own: Slot | None, width: int) -> bool:
    """Whether a row without numbers names those below it: it runs across, or it is numbered and no indicator."""
    if own is None or own.columns * 2 > width:
        return True
    is_indicator = bool(frame.of_kind(ColumnKind.TARGET, ColumnKind.ACTUAL, ColumnKind.SCORE))
    label = folded(path[-1])
    return not is_indicator and (marker_level(label) > 0 or label.endswith(":"))


def _stated(block: Block, frame: Frame, kept: Sequence[int], r: int, own: Slot | None) -> Iterator[Slot]:
    """What a row states behind its label: numbers, words, dashes."""
    labels = frame.labels()
    for column in frame.columns:
        slot = block.lattice.rows[r][kept[column.index]]
        if column not in labels and slot is not own and slot.row == r and nil_of(slot.text) is not Nil.BLANK:
            yield slot


def marker_level(label: str) -> int:
    """Depth of a list marker: 一、 1, （一） 2, 1. 3, （1） 4, ① 5; 0 without one."""
    text = _PART.sub("", label)
    if dotted := _NUMBERED.match(text):
        return 3 + dotted.group().count(".")
    return next((level for level, pattern in enumerate(_MARKERS, 1) if pattern.match(text)), 0)


def marker_of(label: str) -> str:
    """The list marker itself, 其中 included."""
    part = _PART.match(label)
    if part:
        return part.group()
    return next((found.group() for pattern in _MARKERS if (found := pattern.match(label))), "")


def _indent(text: str) -> int:
    lead = text[: len(text) - len(text.lstrip())].replace("\n", "")
    return sum(2 if char == "\u3000" else 1 for char in lead)


def sign_of_stub(stub: Stub) -> int:
    """−1 for 减：…"""
    return sign_of(stub.label)
