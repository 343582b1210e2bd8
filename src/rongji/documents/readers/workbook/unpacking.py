"""Refuses workbooks that would grow without measure in memory, before any reader takes them up.

Two ways lead there: parts that unpack into gigabytes, and a lone cell at the far corner of a sheet, for which the
reader lays out every cell before it. Either may be a mistake as well as malice.
"""

import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from rongji.kernel.refusal import Refusal

# What the readers of archives and of XML say to damage, each in its own way.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, ParseError, ExpatError,
    LookupError, ValueError, NotImplementedError, RuntimeError, EOFError, OSError,
)  # fmt: skip
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_TAGS = 8_000_000
_PIECE = 1024 * 1024


class UnreadableWorkbook(Refusal):
    """A file that is no workbook, or one that cannot be opened safely."""

    code = "unreadable-workbook"
    sentence = "文件“{file}”无法作为工作簿读取：{why}。请用 Excel 或 WPS 另存为 .xlsx 后重试。"


@dataclass(frozen=True, slots=True)
class Limits:
    """How far the cells of one sheet may reach. slots: rows times columns, blank ones included."""

    rows: int
    columns: int
    slots: int

    def refuse_beyond(self, row: int, column: int, sheet: str, file: str) -> None:
        """Refuse a cell beyond the limits (both counted from 1).

        Raises: UnreadableWorkbook.
        """
        if row > self.rows or column > self.columns:
            where = f"工作表“{sheet}”" if sheet else "有一张工作表"
            why = f"{where}超过 {self.rows} 行或 {self.columns} 列，请删除多余的空白行列"
            raise UnreadableWorkbook(file=file, why=why)

    def refuse_larger(self, rows: int, columns: int, sheet: str, file: str) -> None:
        """Refuse a sheet whose used area is too large.

        Raises: UnreadableWorkbook.
        """
        self.refuse_beyond(rows, columns, sheet, file)
        if rows * columns > self.slots:
            raise UnreadableWorkbook(file=file, why=f"工作表“{sheet}”超过 {self.slots} 个单元格，请拆成几个文件")


YEAR = Limits(rows=5_000, columns=200, slots=1_000_000)
ANY = Limits(rows=100_000, columns=500, slots=300_000)


def refuse_oversized(data: bytes, file: str, unpacked: int = MAX_UNPACKED_BYTES, tags: int = MAX_TAGS) -> None:
    """Unpack every part of the archive piece by piece and count; what the archive says of its own sizes may be a lie.

    unpacked, tags: the most bytes and the most XML tags of all parts together.

    Raises: UnreadableWorkbook. A file that is no archive passes.
    """
    if not zipfile.is_zipfile(BytesIO(data)):
        return
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            room = unpacked
            for item in archive.infolist():
                size, opened = _unpacked(archive, item, room)
                room, tags = room - size, tags - opened
                if room < 0 or tags < 0:
                    raise UnreadableWorkbook(file=file, why="解压后过大，可能带有大量图片或空白格式")
    except DAMAGED:
        raise UnreadableWorkbook(file=file, why="文件已损坏或加了密码") from None


def _unpacked(archive: zipfile.ZipFile, item: zipfile.ZipInfo, room: int) -> tuple[int, int]:
    """How much a part unpacks into and how many tags it opens, counted no further than the room there is."""
    item.file_size = max(item.file_size, room + _PIECE)  # read on to the real end
    size = tags = 0
    with archive.open(item) as part:
        while size <= room and (piece := part.read(_PIECE)):
            size += len(piece)
            tags += piece.count(b"<")
    return size, tags
