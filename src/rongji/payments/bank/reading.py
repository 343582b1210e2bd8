"""The bank's answer: from the bytes of its file to rows, with the totals it states held against them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rongji.kernel.fen import yuan
from rongji.kernel.quantity import NotANumber, NotWholeFen, Quantity
from rongji.law.bank_profiles import AmountUnit, BankProfile, Column, Field, FileFormat, FileLayout, Outcome
from rongji.payments.bank.cells import Row, raw_rows
from rongji.payments.bank.refusals import (
    AnswerNotOfProfile,
    AnswerRowsRefused,
    AnswerTotalsDiffer,
    AnswerTruncated,
)
from rongji.payments.bank.writing import COLUMN_LABELS

LISTED_PROBLEMS = 30
_ACCOUNT_SIGNS = " \u3000-"


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One line of the answer: account and amount as the bank states them, and what it says became of the payment.

    paid_fen: what arrived, as far as the bank's words agree with each other; finding: where they do not.
    """

    number: int
    account: str
    payee: str
    amount_fen: int
    paid_fen: int
    outcome: Outcome
    reason: str = ""
    finding: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole file of answers. batch: the number it names, empty when it names none."""

    batch: str
    rows: tuple[AnswerRow, ...]


@dataclass(frozen=True, slots=True)
class _Reader:
    profile: BankProfile
    file: str

    @property
    def layout(self) -> FileLayout:
        return self.profile.answer

    def refuse(self, why: str) -> AnswerNotOfProfile:
        return AnswerNotOfProfile(file=self.file, profile=self.profile.label, why=why)


def read_answer(profile: BankProfile, data: bytes, file: str) -> Answer:
    """The answer in a file.

    Raises: AnswerGarbled, AnswerTruncated, AnswerNotOfProfile, AnswerRowsRefused, AnswerTotalsDiffer.
    """
    reader = _Reader(profile, file)
    rows = raw_rows(profile.answer, data, file)
    header, body, trailer = _parts(reader, rows)
    stated = {**_control(reader, header, reader.layout.header), **_control(reader, trailer, reader.layout.trailer)}
    numbers = {stated.get(Field.BATCH, "")}
    answered, problems, paid_as_stated = _answers(reader, _noting_batches(_by_field(reader, body), numbers))
    if problems:
        listing = "\n".join(problems[:LISTED_PROBLEMS])
        raise AnswerRowsRefused(file=file, count=len(problems), listing=listing)
    _compare_totals(reader, stated, answered, paid_as_stated)
    numbers.discard("")
    if len(numbers) > 1:
        raise reader.refuse(f"一个文件里出现了几个批次号：{'、'.join(sorted(numbers))}")
    return Answer(next(iter(numbers), ""), tuple(answered))


# --- control lines ----------------------------------------------------------------------------------


def _parts(reader: _Reader, rows: Sequence[Row]) -> tuple[Row | None, Sequence[Row], Row | None]:
    layout, first, last = reader.layout, 0, len(rows)
    if not rows:
        raise AnswerTruncated(file=reader.file, why="里面什么也没有")
    header = trailer = None
    if layout.header:
        header, first = rows[0], 1
        if not _is_of(header, layout.header):
            raise reader.refuse(f"第一行应以“{_mark(layout.header)}”开头")
    if layout.trailer:
        trailer, last = rows[-1], last - 1
        if last < first or not _is_of(trailer, layout.trailer):
            raise AnswerTruncated(file=reader.file, why="末尾没有合计行")
    return header, rows[first:last], trailer


def _is_of(row: Row, columns: Sequence[Column]) -> bool:
    """Whether the row has the columns of a control line: enough cells, and its constants where they belong."""
    texts = row.cut(columns)
    if texts is None:
        return False
    return all(text == column.text for text, column in zip(texts, columns, strict=True) if column.text.strip())


def _mark(columns: Sequence[Column]) -> str:
    return next((column.text for column in columns if column.field is Field.CONSTANT), "")


def _control(reader: _Reader, row: Row | None, columns: Sequence[Column]) -> dict[Field, str]:
    if row is None:
        return {}
    texts = row.cut(columns) or []
    return {column.field: text for column, text in zip(columns, texts, strict=True) if text}


def _compare_totals(
    reader: _Reader, stated: Mapping[Field, str], rows: Sequence[AnswerRow], paid: Sequence[int]
) -> None:
    counted = {Field.COUNT: len(rows), Field.PAID_COUNT: sum(1 for fen in paid if fen)}
    summed = {Field.SUM: sum(row.amount_fen for row in rows), Field.PAID_SUM: sum(paid)}
    differences = []
    for field, label in ((Field.COUNT, "笔数"), (Field.PAID_COUNT, "成功笔数")):
        if field in stated and stated[field].lstrip("0") != str(counted[field]).lstrip("0"):
            differences.append(f"{label}写 {stated[field]}，明细有 {counted[field]} 笔")
    for field, label in ((Field.SUM, "金额"), (Field.PAID_SUM, "成功金额")):
        if field in stated and (fen := _fen(reader.layout, stated[field])) != summed[field]:
            said = yuan(fen) if fen is not None else stated[field]
            differences.append(f"{label}写 {said} 元，明细相加 {yuan(summed[field])} 元")
    if differences:
        raise AnswerTotalsDiffer(file=reader.file, differences="；".join(differences))


# --- payment lines ----------------------------------------------------------------------------------


def _by_field(reader: _Reader, rows: Sequence[Row]) -> Iterator[tuple[Row, dict[Field, str]]]:
    layout = reader.layout
    places = {column.field: index for index, column in enumerate(layout.columns)}
    if layout.headings:
        if not rows:
            raise reader.refuse("没有列名")
        places, rows = _headed(reader, rows[0]), rows[1:]
    for row in rows:
        if layout.headings:
            texts: Sequence[str] | None = row.texts
        else:
            texts = row.cut(layout.columns)
        if texts is None:
            raise reader.refuse(f"第 {row.number} 行的栏数或长度不对")
        yield row, {field: texts[index] if index < len(texts) else "" for field, index in places.items()}


def _noting_batches(
    cells: Iterable[tuple[Row, dict[Field, str]]], numbers: set[str]
) -> Iterator[tuple[Row, dict[Field, str]]]:
    """The same rows; the batch numbers that they name are added to the set on the way."""
    for row, values in cells:
        numbers.add(values.get(Field.BATCH, ""))
        yield row, values


def _headed(reader: _Reader, row: Row) -> dict[Field, int]:
    titles = {_plain(text): index for index, text in reversed(list(enumerate(row.texts)))}
    wanted = [column for column in reader.layout.columns if column.heading]
    missing = [column.heading for column in wanted if _plain(column.heading) not in titles]
    if missing:
        raise reader.refuse(f"第 {row.number} 行缺少列名：{'、'.join(missing)}")
    return {column.field: titles[_plain(column.heading)] for column in wanted}


def _plain(heading: str) -> str:
    return "".join(heading.split()).translate(str.maketrans("（）：", "():"))


def _answers(
    reader: _Reader, cells: Iterable[tuple[Row, Mapping[Field, str]]]
) -> tuple[list[AnswerRow], list[str], list[int]]:
    """The rows, the problems of cells that cannot be read, and what the bank says arrived, row by row."""
    found, problems, paid = [], [], []
    for row, values in cells:
        own = _row_problems(reader, row, values)
        problems += own
        if own:
            continue
        answered, arrived = _answer(reader, row, values)
        found.append(answered)
        paid.append(arrived)
    return found, problems, paid


def _row_problems(reader: _Reader, row: Row, values: Mapping[Field, str]) -> list[str]:
    found = []
    account = _account(values[Field.ACCOUNT])
    if row.is_lossy(values[Field.ACCOUNT]):
        found.append(f"第 {row.number} 行账号存成了数字，末几位已丢失，请银行按文本导出")
    elif not account.isdigit():
        found.append(f"第 {row.number} 行账号“{account[-4:]}”不是数字")
    amount = _fen(reader.layout, values[Field.AMOUNT])
    if amount is None or amount <= 0:
        found.append(f"第 {row.number} 行金额“{values[Field.AMOUNT]}”不是大于零的金额")
    arrived = values.get(Field.PAID, "")
    if arrived and ((fen := _fen(reader.layout, arrived)) is None or fen < 0):
        found.append(f"第 {row.number} 行到账金额“{arrived}”不是金额")
    if not values[Field.STATUS]:
        found.append(f"第 {row.number} 行没有处理结果")
    return found


def _answer(reader: _Reader, row: Row, values: Mapping[Field, str]) -> tuple[AnswerRow, int]:
    word, said = values[Field.STATUS], values.get(Field.REASON, "")
    amount = _fen(reader.layout, values[Field.AMOUNT]) or 0
    outcome = reader.profile.words.get(word)
    answered = AnswerRow(
        number=row.number,
        account=_account(values[Field.ACCOUNT]),
        payee=values.get(Field.PAYEE, ""),
        amount_fen=amount,
        paid_fen=0,
        outcome=outcome or Outcome.UNKNOWN,
        reason=reader.profile.reasons.get(said, said),
    )
    stated = values.get(Field.PAID, "")
    arrived = _fen(reader.layout, stated) if stated else None
    if outcome is None:
        unread = replace(answered, finding=f"{COLUMN_LABELS.get(Field.STATUS, '处理结果')}“{word}”不在接口的用词表里")
        return unread, arrived or 0
    full = amount if outcome is Outcome.PAID else 0
    return _weighed(answered, arrived), full if arrived is None else arrived


def _weighed(row: AnswerRow, arrived: int | None) -> AnswerRow:
    """The outcome with what arrived; words and amount that do not agree leave the payment in doubt."""
    if arrived is None:
        if row.outcome is Outcome.PARTIAL:
            return replace(row, outcome=Outcome.UNKNOWN, finding="银行答部分到账，没有写到账多少")
        return replace(row, paid_fen=row.amount_fen if row.outcome is Outcome.PAID else 0)
    fitting = {
        Outcome.PAID: arrived == row.amount_fen,
        Outcome.PARTIAL: 0 < arrived < row.amount_fen,
        Outcome.RETURNED: arrived == 0,
        Outcome.UNKNOWN: arrived == 0,
    }
    if fitting[row.outcome]:
        return replace(row, paid_fen=arrived)
    finding = f"处理结果与到账金额 {yuan(arrived)} 元不符（送盘 {yuan(row.amount_fen)} 元）"
    return replace(row, outcome=Outcome.UNKNOWN, finding=finding)


def _account(text: str) -> str:
    return "".join(char for char in text if char not in _ACCOUNT_SIGNS)


def _fen(layout: FileLayout, text: str) -> int | None:
    if layout.amount_unit is AmountUnit.FEN and layout.format is not FileFormat.XLSX:
        return int(text) if text.isascii() and text.isdigit() else None
    unit = "元" if layout.amount_unit is AmountUnit.YUAN else "分"
    try:
        return Quantity.parse(text, unit).fen
    except (NotANumber, NotWholeFen):
        return None
