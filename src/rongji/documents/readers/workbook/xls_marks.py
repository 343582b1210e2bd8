"""What calamine does not tell about an .xls file: number formats, hiding ([MS-XLS], records of the Workbook stream)."""

import struct
from collections.abc import Iterator

from rongji.documents.readers.ole import Container
from rongji.documents.readers.workbook.number_format import built_in, of_code
from rongji.documents.readers.workbook.raw import column_letters
from rongji.documents.readers.workbook.unpacking import Limits, UnreadableWorkbook
from rongji.documents.readers.workbook.xlsx_marks import Marks

_BOF, _EOF, _FILEPASS = 0x0809, 0x000A, 0x002F
_BOUNDSHEET, _FORMAT, _XF = 0x0085, 0x041E, 0x00E0
_ROW, _COLINFO = 0x0208, 0x007D
_ONE_CELL = frozenset((0x0203, 0x027E, 0x00FD, 0x0006, 0x0204, 0x0205))  # number, RK, string, formula, label, bool
_MULRK = 0x00BD
_HEAD = struct.Struct("<HH")


def read_xls_marks(data: bytes, file: str, limits: Limits) -> dict[str, Marks]:
    """The marks of every sheet by its title.

    Raises: UnreadableWorkbook, also where a sheet reaches beyond the limits.
    """
    try:
        stream = _workbook_stream(Container(data))
        return _Walk(stream, file, limits).marks()
    except (ValueError, LookupError, struct.error):
        raise UnreadableWorkbook(file=file, why="文件已损坏，或不是 Excel 工作簿") from None


def _workbook_stream(container: Container) -> bytes:
    name = next((name for name in ("Workbook", "Book") if name in container.names()), "Workbook")
    return container.stream(name)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, length = _HEAD.unpack_from(stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


class _Walk:
    """The records of the globals, then those of each sheet."""

    def __init__(self, stream: bytes, file: str, limits: Limits) -> None:
        self.stream = stream
        self.file = file
        self.limits = limits
        self.codes: dict[int, str] = {}
        self.styles: list[int] = []
        self.sheets: list[tuple[str, int, bool]] = []

    def marks(self) -> dict[str, Marks]:
        """The marks of every sheet."""
        self._globals()
        return {title: self._sheet(title, at, is_hidden=hidden) for title, at, hidden in self.sheets}

    def _globals(self) -> None:
        for kind, body in _records(self.stream, 0):
            if kind == _FILEPASS:
                raise UnreadableWorkbook(file=self.file, why="文件加了打开密码，请先去掉密码")
            if kind == _EOF:
                return
            if kind == _BOUNDSHEET and body[5] == 0:
                at, state = struct.unpack_from("<IB", body)
                self.sheets.append((_text(body[6:], length_bytes=1), at, bool(state & 3)))
            elif kind == _FORMAT:
                self.codes[struct.unpack_from("<H", body)[0]] = _text(body[2:], length_bytes=2)
            elif kind == _XF:
                self.styles.append(struct.unpack_from("<H", body, 2)[0])

    def _sheet(self, title: str, at: int, *, is_hidden: bool) -> Marks:
        marks = Marks(is_hidden=is_hidden)
        last_row = last_column = depth = 0
        for kind, body in _records(self.stream, at):
            depth += (kind == _BOF) - (kind == _EOF)
            if depth <= 0:
                break
            if depth > 1:
                continue  # a chart inside the sheet
            for row, column, style in _cells(kind, body):
                self.limits.refuse_beyond(row + 1, column + 1, title, self.file)
                last_row, last_column = max(last_row, row + 1), max(last_column, column + 1)
                self._format(marks, row, column, style)
            _hiding(kind, body, marks)
        self.limits.refuse_larger(last_row, last_column, title, self.file)
        return marks

    def _format(self, marks: Marks, row: int, column: int, style: int) -> None:
        number = self.styles[style] if style < len(self.styles) else 0
        code = self.codes.get(number) or built_in(str(number))
        if code and code.lower() != "general":
            marks.formats[f"{column_letters(column)}{row + 1}"] = of_code(code)


def _cells(kind: int, body: bytes) -> Iterator[tuple[int, int, int]]:
    """Row, column and style of the cells with content in a record."""
    if kind in _ONE_CELL:
        yield struct.unpack_from("<HHH", body)
    elif kind == _MULRK:
        row, first = struct.unpack_from("<HH", body)
        for number, at in enumerate(range(4, len(body) - 2, 6)):
            yield row, first + number, struct.unpack_from("<H", body, at)[0]


def _hiding(kind: int, body: bytes, marks: Marks) -> None:
    if kind == _ROW and struct.unpack_from("<H", body, 12)[0] & 0x20:
        marks.hidden_rows.add(struct.unpack_from("<H", body)[0] + 1)
    elif kind == _COLINFO:
        first, last, _, _, flags = struct.unpack_from("<5H", body)
        if flags & 1:
            marks.hidden_columns.update(range(first, min(last, 255) + 1))


def _text(body: bytes, *, length_bytes: int) -> str:
    """A string with its length before it: one byte a character, or two."""
    length = body[0] if length_bytes == 1 else struct.unpack_from("<H", body)[0]
    flags, rest = body[length_bytes], body[length_bytes + 1 :]
    if flags & 1:
        return rest[: 2 * length].decode("utf-16-le", "replace")
    return rest[:length].decode("latin-1")
