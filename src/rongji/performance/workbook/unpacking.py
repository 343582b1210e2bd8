"""Refuses workbooks that would grow without measure in memory, before any reader takes them up.

Two ways lead there: parts that unpack into gigabytes, and a lone cell at the far corner of a sheet, for which the
reader lays out every cell before it. Either may be a mistake as well as malice.
"""

import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree

from rongji.performance.workbook.xlsx_marks import DAMAGED, UnreadableWorkbook

MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_ROWS = 5_000
MAX_COLUMNS = 200
_PIECE = 1024 * 1024
_HEAD = 4096
_SHEET = re.compile(rb"[<:]worksheet[\s>]")
_ADDRESS = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")


def refuse_oversized(data: bytes, file: str) -> None:
    """Unpack every part of the archive piece by piece and count; what the archive says of its own sizes may be a lie.

    Raises: UnreadableWorkbook. A file that is no archive passes.
    """
    if not zipfile.is_zipfile(BytesIO(data)):
        return
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            room = MAX_UNPACKED_BYTES
            for item in archive.infolist():
                room -= _unpacked(archive, item, room)
                if room < 0:
                    raise UnreadableWorkbook(file=file, why="解压后过大，可能带有大量图片或空白格式")
            for item in archive.infolist():
                _refuse_far_cells(archive, item, file)
    except DAMAGED:
        raise UnreadableWorkbook(file=file, why="文件已损坏或加了密码") from None


def too_large(sheet: str, file: str) -> UnreadableWorkbook:
    """The refusal of a sheet beyond the limits."""
    where = f"工作表“{sheet}”" if sheet else "有一张工作表"
    return UnreadableWorkbook(file=file, why=f"{where}超过 {MAX_ROWS} 行或 {MAX_COLUMNS} 列，请删除多余的空白行列")


def _unpacked(archive: zipfile.ZipFile, item: zipfile.ZipInfo, room: int) -> int:
    """How much a part unpacks into, counted no further than the room there is."""
    item.file_size = max(item.file_size, MAX_UNPACKED_BYTES + _PIECE)  # read on to the real end
    size = 0
    with archive.open(item) as part:
        while size <= room and (piece := part.read(_PIECE)):
            size += len(piece)
    return size


def _refuse_far_cells(archive: zipfile.ZipFile, item: zipfile.ZipInfo, file: str) -> None:
    with archive.open(item) as part:
        if not _SHEET.search(part.read(_HEAD)):
            return
    row = column = 0
    with archive.open(item) as part:
        for event, element in ElementTree.iterparse(part, events=("start", "end")):
            name = element.tag.rpartition("}")[2]
            if name == "row" and event == "start":
                row, column = _number(element.get("r")) or row + 1, 0
            elif name == "c" and event == "end":
                row, column = _place(element.get("r"), row, column)
                if len(element) and (row > MAX_ROWS or column > MAX_COLUMNS):
                    raise too_large("", file)
                element.clear()


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _place(address: str | None, row: int, column: int) -> tuple[int, int]:
    """Row and column of a cell; without an address it follows the one before."""
    found = _ADDRESS.fullmatch(address or "")
    if found is None:
        return (MAX_ROWS + 1, 0) if address else (row, column + 1)
    letters = 0
    for letter in found[1].upper():
        letters = letters * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), letters
