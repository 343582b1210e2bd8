"""Tables as offices make them, for the tests of importing."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook


def table(*rows: tuple[Any, ...], merge: str = "", title: str = "登记") -> bytes:
    """An .xlsx file of these rows."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    return saved(book)


def sheets(named: Mapping[str, Iterable[Sequence[Any]]]) -> bytes:
    """An .xlsx file of several sheets."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in named.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """A workbook as a file."""
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def opened(data: bytes) -> Workbook:
    """A file as a workbook."""
    return load_workbook(BytesIO(data))
