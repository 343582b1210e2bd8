"""A batch as the bytes of the bank's file: the same batch gives the same bytes."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import xlsxwriter

from rongji.documents.writers.archive import without_clock
from rongji.kernel.month import Month
from rongji.law.bank_profiles import AmountUnit, BankProfile, Column, Field, FileFormat, FileLayout, Side
from rongji.payments.bank.refusals import PayeeUnfit

FEN_PER_YUAN = 100
COLUMN_LABELS = {
    Field.ACCOUNT: "账号",
    Field.PAYEE: "户名",
    Field.BANK: "开户行",
    Field.AMOUNT: "金额",
    Field.PURPOSE: "摘要",
    Field.SEQUENCE: "序号",
}
_EPOCH = datetime(1980, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Line:
    """One payment as it is sent."""

    sequence: int
    account: str
    payee: str
    bank: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Batch:
    """What goes to the bank in one file."""

    number: str
    day: date
    month: Month
    lines: tuple[Line, ...]

    @property
    def sum_fen(self) -> int:
        """Control total of the amounts."""
        return sum(line.amount_fen for line in self.lines)


def file_name(profile: BankProfile, batch: Batch) -> str:
    """What the bank wants the file to be called."""
    return profile.file_name.format(batch=batch.number, day=batch.day.strftime(profile.send.day))


def render(profile: BankProfile, batch: Batch) -> bytes:
    """The file of a batch.

    Raises: PayeeUnfit when a name or number does not fit the bank's columns or characters.
    """
    layout = profile.send
    if layout.format is FileFormat.XLSX:
        return _workbook(profile, batch)
    lines = (b"".join(_text_line(layout, values)) for values in _lines(profile, batch))
    end = layout.line_end.encode(layout.encoding)
    return b"".join(line + end for line in lines)


def amount_text(layout: FileLayout, fen: int) -> str:
    """An amount as the file counts it: whole fen, or yuan with two places."""
    if layout.amount_unit is AmountUnit.FEN:
        return str(fen)
    yuan, rest = divmod(fen, FEN_PER_YUAN)
    return f"{yuan}.{rest:02d}"


@dataclass(frozen=True, slots=True)
class _Cell:
    column: Column
    text: str
    line: Line | None


def _lines(profile: BankProfile, batch: Batch) -> Iterator[list[_Cell]]:
    layout = profile.send
    control = _control(layout, batch)
    if layout.header:
        yield _cells(layout.header, control, None)
    if layout.headings:
        yield [_Cell(column, column.heading, None) for column in layout.columns]
    purpose = profile.purpose.format(month=batch.month.label)
    for line in batch.lines:
        own = {
            Field.SEQUENCE: str(line.sequence),
            Field.ACCOUNT: line.account,
            Field.PAYEE: line.payee,
            Field.BANK: line.bank,
            Field.AMOUNT: amount_text(layout, line.amount_fen),
            Field.PURPOSE: purpose,
        }
        yield _cells(layout.columns, {**control, **own}, line)
    if layout.trailer:
        yield _cells(layout.trailer, control, None)


def _control(layout: FileLayout, batch: Batch) -> dict[Field, str]:
    return {
        Field.BATCH: batch.number,
        Field.DAY: batch.day.strftime(layout.day),
        Field.COUNT: str(len(batch.lines)),
        Field.SUM: amount_text(layout, batch.sum_fen),
    }


def _cells(columns: Iterable[Column], values: dict[Field, str], line: Line | None) -> list[_Cell]:
    return [
        _Cell(column, column.text if column.field is Field.CONSTANT else values.get(column.field, ""), line)
        for column in columns
    ]


def _text_line(layout: FileLayout, cells: list[_Cell]) -> Iterator[bytes]:
    for index, cell in enumerate(cells):
        if layout.format is FileFormat.FIXED:
            yield _fixed(layout, cell)
        else:
            yield (layout.delimiter.encode(layout.encoding) if index else b"") + _delimited(layout, cell)


def _delimited(layout: FileLayout, cell: _Cell) -> bytes:
    if layout.delimiter in cell.text or "\n" in cell.text or "\r" in cell.text:
        raise _unfit(cell, f"含有分隔符“{layout.delimiter}”或换行，请在人员档案里改正")
    return _encoded(layout, cell)


def _fixed(layout: FileLayout, cell: _Cell) -> bytes:
    content, column = _encoded(layout, cell), cell.column
    room = column.width - len(content)
    if room < 0:
        raise _unfit(cell, f"超出银行规定的 {column.width} 个字节，请在人员档案里改短")
    fill = column.fill.encode(layout.encoding) * room
    return fill + content if column.side is Side.RIGHT else content + fill


def _encoded(layout: FileLayout, cell: _Cell) -> bytes:
    try:
        return cell.text.encode(layout.encoding)
    except UnicodeEncodeError as error:
        bad = cell.text[error.start : error.end]
        raise _unfit(cell, f"里的“{bad}”不在银行接口的字库（{layout.encoding}）里，请按开户时的写法登记户名") from None


def _unfit(cell: _Cell, why: str) -> PayeeUnfit:
    line = cell.line
    label = COLUMN_LABELS.get(cell.column.field, cell.column.heading or str(cell.column.field))
    shown = f"尾号 {cell.text[-4:]}" if cell.column.field is Field.ACCOUNT else cell.text
    return PayeeUnfit(
        sequence=line.sequence if line else 0, payee=line.payee if line else "", column=label, text=shown, why=why
    )


def _workbook(profile: BankProfile, batch: Batch) -> bytes:
    """Everything as text, amounts too: a workbook that turns an account into a number loses its last digits."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False})
    book.set_properties({"created": _EPOCH})
    sheet, as_text = book.add_worksheet("代发"), book.add_format({"num_format": "@"})
    for row, cells in enumerate(_lines(profile, batch)):
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell.text, as_text)
    for column, spec in enumerate(profile.send.columns):
        sheet.set_column(column, column, 24 if spec.field in (Field.ACCOUNT, Field.BANK, Field.BATCH) else 14)
    book.close()
    return without_clock(buffer.getvalue())
