"""Decisions that all writers share: column widths and type size that never cut a text, balanced titles, alignment."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from rongji.documents.grid import Grid, grid
from rongji.documents.model import Align, Cell, Run, Table
from rongji.documents.paper import DATE_INDENT, POINTS_PER_MM, TABLE_SIZES
from rongji.kernel.units import UnitKind

CELL_PADDING_MM = 1.2
# Widths of the packaged fonts in em, rounded up; the official fonts are narrower.
_MARK_EM, _DIGIT_EM, _LETTER_EM = 0.4, 0.57, 0.72
_MARKS, _DIGITS, _WIDE = frozenset(".,:;-/()[]|!' il"), frozenset("0123456789+=<>"), frozenset("%mwMW@")
_UNBREAKABLE = re.compile(r"[0-9A-Za-z.,%+\-/:=≥≤]+")
_ZERO_WIDTH_SPACE = "\u200b"
_SHORT_TEXT = 14  # characters: up to here a cell reads as a label and stands in the middle
_ROUNDING = 1e-6
_JUSTIFIED_FROM = 12  # characters in a line
_ROW_KEPT_WHOLE = 8  # lines: a shorter row is not split over two pages
_NO_LINE_START = "的了和与及、，。；：！？）》”〉】%"
_NO_LINE_END = "（《“〈【"
_CLOSING_MARKS = "，。；：！？、）》”〉】%"
_GOOD_LINE_END = "局县市区省年度会厅委部"
# Words that a balanced title or label is not cut through.
_WHOLE_WORDS = tuple(
    (
        "退役军人 事务局 部门 整体 支出 绩效 自评 评价 报告 项目 财政 预算 执行 指标 目标 完成 实际 全年 年度 "
        "情况 偏差 原因 分析 改进 措施 可持续 影响 满意度 服务 对象 经济 社会 生态 效益 质量 数量 时效 成本 产出 "
        "一级 二级 三级 资金 来源 结构 单位 名称 机构 政府 基金 拨款 收入 结转 结余 其他 公用 人员 基本 运行 购置 "
        "公务 接待 用车 固定 资产 实施 计划 工作 职责 编制 人数 总体 主要 概述 运行 采购 控制 合计 经费 管理 评价 人员 "
        "公众 纳入 专户 非税 包含 公共 决算 变动 增减 措施 上年 本年 其中 三公 因公 出国"
    ).split()
)
_LINE_WEIGHT, _BAD_EDGE = 1000.0, 5.0  # a line more weighs more than any unevenness
_LABEL_WORD = re.compile("|".join((*_WHOLE_WORDS, "（[^）]{1,2}）", r"\([^)]{1,2}\)")))
_LABEL_PIECE = re.compile(f"{_LABEL_WORD.pattern}|{_UNBREAKABLE.pattern}|.", re.DOTALL)


def printable(text: str) -> str:
    """The text without characters that no file format may hold; tabs become spaces."""
    if text.isprintable():
        return text
    kept = []
    for character in text.replace("\r\n", "\n").replace("\t", " ").replace("\v", "\n"):
        category = unicodedata.category(character)
        noncharacter = ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF
        if category == "Cs" or noncharacter:
            kept.append("\ufffd")
        elif character == "\n" or category != "Cc":
            kept.append(character)
    return "".join(kept)


def width_in_em(text: str) -> float:
    """About how wide a line of text is, in character widths (an over-estimate for Latin letters)."""
    return sum(_character_em(character) for character in text)


def _character_em(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    if unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return 0.0
    if character in _WIDE:
        return 1.0
    return _MARK_EM if character in _MARKS else _DIGIT_EM if character in _DIGITS else _LETTER_EM


def longest_piece(text: str) -> float:
    """Width in em of the widest piece of the text that must not be broken over lines."""
    pieces = [width_in_em(piece) for piece in _UNBREAKABLE.findall(text)]
    return max([*pieces, 1.0 if text.strip() else 0.0])


@dataclass(frozen=True, slots=True)
class Fitted:
    """A table fitted to a page: type size in points, column widths in mm (they add up to the width given)."""

    size: float
    widths: tuple[float, ...]

    def span(self, first: int, count: int) -> float:
        """Width in mm of columns that a cell covers."""
        return sum(self.widths[first : first + count])


_MOST_SQUEEZED = 0.62
"""A column may lose this much of its asked width to numbers beside it before a smaller type is taken."""


def fit(table: Table, width_mm: float) -> Fitted:
    """The largest type size at which no number is broken and every column is near the width asked for it.

    Does not cover: a single number wider than the page at the smallest size; `breakable` splits that one.
    """
    laid = grid(table)
    sizes = _sizes_for(len(table.columns))
    fitting: list[Fitted] = []
    for size in sizes:
        least = _least_widths(laid, len(table.columns), size)
        if sum(least) <= width_mm + _ROUNDING:
            fitting.append(Fitted(size, _spread(table.columns, least, width_mm)))
            if _is_near(table.columns, fitting[-1].widths):
                return fitting[-1]
    if fitting:
        return max(fitting, key=lambda found: _nearness(table.columns, found.widths))
    shrink = width_mm / sum(least)
    return Fitted(sizes[-1], tuple(width * shrink for width in least))


def _is_near(asked: Sequence[int], widths: Sequence[float]) -> bool:
    """Whether no column was squeezed so far that a text meant for it would run down the page."""
    return _nearness(asked, widths) >= _MOST_SQUEEZED


def _nearness(asked: Sequence[int], widths: Sequence[float]) -> float:
    """The smallest share of its asked width that any column got."""
    whole, total = sum(asked), sum(widths)
    return min(width * whole / (total * part) for part, width in zip(asked, widths, strict=True))


def _sizes_for(columns: int) -> tuple[float, ...]:
    """Wide tables start smaller: 小四 up to six columns, 五号 up to eight, 小五 beyond.

    Forms of nine columns are filled once per project: they look alike however long the amounts are.
    """
    start = 0 if columns <= 6 else 1 if columns <= 8 else 2
    return TABLE_SIZES[start:]


def _least_widths(laid: Grid, columns: int, size: float) -> list[float]:
    least = [0.0] * columns
    for placed in sorted(laid.cells, key=lambda item: item.cell.colspan):
        words = _LABEL_WORD.findall(placed.cell.text) if placed.cell.header else []
        piece = max(longest_piece(placed.cell.text), *map(width_in_em, words), 0.0)
        need = piece * size / POINTS_PER_MM + 2 * CELL_PADDING_MM
        lacking = need - sum(least[c] for c in placed.columns)
        if lacking > 0:
            for c in placed.columns:
                least[c] += lacking / placed.cell.colspan
    return least


def _spread(asked: Sequence[int], least: Sequence[float], width: float) -> tuple[float, ...]:
    """Widths in the asked proportion, none below its least; what is lent comes from those with room."""
    fixed: dict[int, float] = {}
    while True:
        free = [c for c in range(len(asked)) if c not in fixed]
        scale = (width - sum(fixed.values())) / sum(asked[c] for c in free) if free else 0.0
        narrow = [c for c in free if asked[c] * scale < least[c]]
        if not narrow:
            return tuple(fixed[c] if c in fixed else asked[c] * scale for c in range(len(asked)))
        fixed.update((c, least[c]) for c in narrow)


def breakable(text: str, width_mm: float, size: float) -> str:
    """The text, with break points put into pieces that are wider than their cell even so (long links, codes)."""
    room = max(width_mm - 2 * CELL_PADDING_MM, 1.0) * POINTS_PER_MM / size
    room += _ROUNDING
    if longest_piece(text) <= room:
        return text
    return _UNBREAKABLE.sub(
        lambda match: _ZERO_WIDTH_SPACE.join(match[0]) if width_in_em(match[0]) > room else match[0], text
    )


def lines_needed(text: str, width_mm: float, size: float) -> int:
    """About how many lines a text takes in a cell of that width."""
    room = max((width_mm - 2 * CELL_PADDING_MM) * POINTS_PER_MM / size, 1.0)
    return sum(max(1, -int(-width_in_em(line) // room)) for line in text.split("\n"))


def lines_in_row(laid: Grid, row: int, fitted: Fitted) -> int:
    """About how many lines the tallest cell takes that stands in this row alone."""
    own = [placed for placed in laid.slots[row] if placed.row == row and placed.cell.rowspan == 1]
    widths = [fitted.span(placed.column, placed.cell.colspan) for placed in own]
    needs = (lines_needed(p.cell.text, width, fitted.size) for p, width in zip(own, widths, strict=True))
    return max(needs, default=1)


def is_kept_whole(laid: Grid, row: int, fitted: Fitted) -> bool:
    """Whether a row is short enough to stay on one page."""
    return lines_in_row(laid, row, fitted) <= _ROW_KEPT_WHOLE


def alignment(cell: Cell, width_mm: float, size: float) -> Align:
    """How a cell's text stands: as asked; else bare money right, labels and short words centred, long text justified.

    In a column of few characters nothing is justified: the gaps would be wider than the characters.
    """
    if cell.align is not Align.AUTO:
        return cell.align
    if cell.quantity is not None and not cell.header:
        is_bare_money = cell.quantity.unit.kind is UnitKind.MONEY and cell.text[-1:].isdigit()
        return Align.RIGHT if is_bare_money else Align.CENTER
    is_short = len(cell.paragraphs) <= 1 and len(cell.text) <= _SHORT_TEXT and "。" not in cell.text
    if cell.header or is_short:
        return Align.CENTER
    return Align.JUSTIFY if width_mm * POINTS_PER_MM / size >= _JUSTIFIED_FROM else Align.LEFT


def balanced(title: str, room: int) -> tuple[str, ...]:
    """A title over as few lines as fit `room` characters, of near-equal length, broken where words end."""
    lines: list[str] = []
    rest = title
    while width_in_em(rest) > room and len(rest) > 1:
        cut = _best_cut(rest, room)
        lines.append(rest[:cut])
        rest = rest[cut:]
    return (*lines, rest)


def _best_cut(text: str, room: int) -> int:
    count = -int(-width_in_em(text) // room)
    aim = width_in_em(text) / count
    inside = _inside_words(text)

    def cost(cut: int) -> float:
        before, after = text[cut - 1], text[cut]
        bad = before in _NO_LINE_END or after in _NO_LINE_START or (before.isascii() and after.isascii())
        too_wide = width_in_em(text[:cut]) > room
        rest_too_wide = width_in_em(text[cut:]) > room * (count - 1)
        uneven = abs(width_in_em(text[:cut]) - aim) - 3 * (before in _GOOD_LINE_END)
        return uneven + 20 * bad + 25 * (cut in inside) + 50 * rest_too_wide + 1000 * too_wide

    return min(range(1, len(text)), key=cost)


def _inside_words(text: str) -> set[int]:
    return {cut for match in _LABEL_WORD.finditer(text) for cut in range(match.start() + 1, match.end())}


def label_lines(text: str, width_mm: float, size: float) -> tuple[str, ...]:
    """A label over as many lines as its cell needs, broken between words where that costs no line."""
    room = (width_mm - 2 * CELL_PADDING_MM) * POINTS_PER_MM / size + _ROUNDING
    is_broken = "\n" not in text and room >= 2 and width_in_em(text) > room
    return (_broken_between_words(text, room) or balanced(text, int(room))) if is_broken else (text,)


def label_words(text: str) -> tuple[str, ...]:
    """The pieces of a label that stay whole where its cell is narrow; marks stay with the word they belong to."""
    words: list[str] = []
    for piece in _LABEL_PIECE.findall(text):
        if words and (piece in _CLOSING_MARKS or words[-1][-1] in _NO_LINE_END):
            words[-1] += piece
        else:
            words.append(piece)
    return tuple(words)


def _broken_between_words(text: str, room: float) -> tuple[str, ...]:
    """As few lines as whole words allow, as even as can be; nothing when a single word is wider than the room."""
    words = label_words(text)
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]  # for the first n words: cost and lines
    for end in range(1, len(words) + 1):
        ways = []
        for start in range(end - 1, -1, -1):
            line = "".join(words[start:end])
            if width_in_em(line) > room:
                break
            cost, lines = best[start]
            ways.append((cost + _line_cost(line, text, room), (*lines, line)))
        if not ways:
            return ()
        best.append(min(ways))
    return best[-1][1]


def _line_cost(line: str, text: str, room: float) -> float:
    opens = line[0] in _NO_LINE_START and not text.startswith(line)
    closes = line[-1] in _NO_LINE_END
    return _LINE_WEIGHT + (room - width_in_em(line)) ** 2 + _BAD_EDGE * (opens + closes)


def signature_indents(lines: Sequence[Sequence[Run]]) -> tuple[float, ...]:
    """Right indents in characters: the date four in from the edge, every line above centred over it."""
    widths = [width_in_em("".join(run.text for run in line)) for line in lines]
    return tuple(max(0.0, DATE_INDENT + (widths[-1] - width) / 2) for width in widths) if widths else ()
