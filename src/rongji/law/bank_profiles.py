"""Bank profiles (legal/payments/bank_profiles): how a bank wants its batch file and how it writes its answer.

They are no dated legal values, so they are read without the lawbook, as strictly as the forms are.
"""

import codecs
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from rongji.law.fields import Fields, fields_of
from rongji.law.locate import find_legal
from rongji.law.reading import Problems, read_yaml
from rongji.law.refusals import LawNotUsable, UnknownBankProfile

FOLDER = ("payments", "bank_profiles")


class FileFormat(StrEnum):
    """How the lines of a file are cut into columns."""

    DELIMITED = "delimited"
    FIXED = "fixed"
    XLSX = "xlsx"


class Field(StrEnum):
    """What stands in a column of a payment line or of a control line."""

    SEQUENCE = "sequence"
    ACCOUNT = "account"
    PAYEE = "payee"
    BANK = "bank"
    AMOUNT = "amount"
    PAID = "paid"
    STATUS = "status"
    REASON = "reason"
    PURPOSE = "purpose"
    BATCH = "batch"
    DAY = "day"
    COUNT = "count"
    SUM = "sum"
    PAID_COUNT = "paid_count"
    PAID_SUM = "paid_sum"
    CONSTANT = "constant"
    OTHER = "other"


class Outcome(StrEnum):
    """What a word of the bank says of a payment."""

    PAID = "paid"
    PARTIAL = "partial"
    RETURNED = "returned"
    UNKNOWN = "unknown"


class AmountUnit(StrEnum):
    """In what the file counts money."""

    FEN = "fen"
    YUAN = "yuan"


class LineEnd(StrEnum):
    """What ends a line of text."""

    CRLF = "crlf"
    LF = "lf"


class Side(StrEnum):
    """On which side of a fixed-width column its content stands."""

    LEFT = "left"
    RIGHT = "right"


DAY_FORMATS = {"yyyymmdd": "%Y%m%d", "yyyy-mm-dd": "%Y-%m-%d", "yyyy/mm/dd": "%Y/%m/%d", "yymmdd": "%y%m%d"}
LINE_ENDS = {LineEnd.CRLF: "\r\n", LineEnd.LF: "\n"}
_NEEDED_TO_SEND = (Field.ACCOUNT, Field.PAYEE, Field.AMOUNT)
_NEEDED_IN_ANSWER = (Field.ACCOUNT, Field.AMOUNT, Field.STATUS)


@dataclass(frozen=True, slots=True)
class Column:
    """One column. width: bytes in the file's encoding, of a fixed-width line; text: of a constant."""

    field: Field
    heading: str = ""
    width: int = 0
    side: Side = Side.LEFT
    fill: str = " "
    text: str = ""


@dataclass(frozen=True, slots=True)
class FileLayout:
    """One direction of the traffic with a bank: its format, and the columns of each kind of line.

    header, trailer: the control lines before and after the payments, empty where there are none.
    headings: whether a line of headings stands before the payments. day: a strftime pattern.
    """

    format: FileFormat
    encoding: str
    delimiter: str
    line_end: str
    amount_unit: AmountUnit
    day: str
    headings: bool
    header: tuple[Column, ...]
    columns: tuple[Column, ...]
    trailer: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class BankProfile:
    """A bank's way of paying in bulk. file_name: with {batch} and {day}; purpose: with {month}, told to the payee.

    words: the bank's status words; reasons: its reason codes in words. A status word that is not listed is unknown.
    """

    id: str
    label: str
    file_name: str
    purpose: str
    send: FileLayout
    answer: FileLayout
    words: Mapping[str, Outcome]
    reasons: Mapping[str, str]
    note: str = ""


def bank_profile_ids(root: Path | str | None = None) -> tuple[str, ...]:
    """Every profile by id, in order."""
    return tuple(path.stem for path in _paths(find_legal(root)))


def bank_profile(profile_id: str, root: Path | str | None = None) -> BankProfile:
    """One profile.

    Raises: UnknownBankProfile, LawNotUsable when the file cannot be read strictly.
    """
    return _profile(profile_id, str(find_legal(root)))


@lru_cache(maxsize=16)
def _profile(profile_id: str, folder: str) -> BankProfile:
    path = Path(folder).joinpath(*FOLDER, f"{profile_id}.yaml")
    if path not in set(_paths(Path(folder))):
        raise UnknownBankProfile(id=profile_id, known="、".join(bank_profile_ids(folder)))
    problems = Problems()
    found = _read(path, problems)
    if found is None or problems.found:
        raise LawNotUsable(count=len(problems.found), first=str(problems.found[0]))
    return found


def check_bank_profiles(folder: Path, problems: Problems) -> None:
    """Everything wrong with the profiles of a folder of legal data."""
    for path in _paths(folder):
        _read(path, problems)


def _paths(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.joinpath(*FOLDER).glob("*.yaml"))


def _read(path: Path, problems: Problems) -> BankProfile | None:
    file = "/".join((*FOLDER, path.name))
    content = read_yaml(path, file, problems)
    if content is None:
        return None
    fields = Fields(content, file, "", problems)
    if fields.text("id") != path.stem:
        fields.wrong(f"id 应与文件名“{path.stem}”一致")
    found = BankProfile(
        id=path.stem,
        label=fields.text("label"),
        file_name=fields.text("file_name"),
        purpose=fields.text("purpose"),
        send=_layout(fields, "send", _NEEDED_TO_SEND),
        answer=_layout(fields, "answer", _NEEDED_IN_ANSWER),
        words=_words(fields),
        reasons=_pairs(fields, "reasons", "code", "text"),
        note=fields.text("note", required=False),
    )
    states_part = any(column.field is Field.PAID for column in found.answer.columns)
    if Outcome.PARTIAL in found.words.values() and not states_part:
        fields.wrong("有“部分到账”的用词，回盘却没有 paid 一栏写到账多少；请补这一栏，或删去这个用词")
    fields.finish()
    return found


def _layout(profile: Fields, name: str, needed: tuple[Field, ...]) -> FileLayout:
    fields = profile.part(name) or fields_of({}, profile.file, name, Problems())
    form = fields.choice("format", FileFormat)
    layout = FileLayout(
        format=form,
        encoding=_encoding(fields, form),
        delimiter=fields.text("delimiter", required=form is FileFormat.DELIMITED),
        line_end=LINE_ENDS[fields.choice("line_end", LineEnd, default=LineEnd.CRLF)],
        amount_unit=fields.choice("amount_unit", AmountUnit),
        day=_day(fields),
        headings=fields.flag("headings", default=False),
        header=_columns(fields, "header", form),
        columns=_columns(fields, "columns", form),
        trailer=_columns(fields, "trailer", form),
    )
    fields.finish()
    present = {column.field for column in layout.columns}
    missing = [field for field in needed if field not in present]
    if missing:
        fields.wrong(f"“{name}”的 columns 缺少 {'、'.join(missing)}")
    return layout


def _encoding(fields: Fields, form: FileFormat) -> str:
    name = fields.text("encoding", required=form is not FileFormat.XLSX) or "utf-8"
    try:
        return codecs.lookup(name).name
    except LookupError:
        fields.wrong(f"不认识编码“{name}”，请写 gbk、gb18030 或 utf-8")
        return "utf-8"


def _day(fields: Fields) -> str:
    name = fields.text("day")
    if name and name not in DAY_FORMATS:
        fields.wrong(f"日期格式“{name}”不在规定的写法内（{'、'.join(DAY_FORMATS)}）")
    return DAY_FORMATS.get(name, "%Y%m%d")


def _columns(layout: Fields, name: str, form: FileFormat) -> tuple[Column, ...]:
    return tuple(_column(cells, form) for cells in layout.each(name, required=name == "columns"))


def _column(cells: Fields, form: FileFormat) -> Column:
    field = cells.choice("field", Field)
    column = Column(
        field=field,
        heading=cells.text("heading", required=False),
        width=cells.whole("width", default=None if form is FileFormat.FIXED else 0),
        side=cells.choice("side", Side, default=Side.LEFT),
        fill=cells.text("fill", required=False) or " ",
        text=cells.text("text", required=field is Field.CONSTANT),
    )
    if form is FileFormat.FIXED and column.width < 1:
        cells.wrong("定长格式的每一栏都要写 width（按编码后的字节数）")
    if len(column.fill) != 1:
        cells.wrong("“fill”应为一个字符")
    cells.finish()
    return column


def _words(profile: Fields) -> dict[str, Outcome]:
    found: dict[str, Outcome] = {}
    for entry in profile.each("words"):
        state = entry.choice("state", Outcome)
        for word in entry.texts("words", required=True):
            if found.setdefault(word, state) is not state:
                entry.wrong(f"“{word}”既表示 {found[word]} 又表示 {state}，请只留一处")
        entry.finish()
    return found


def _pairs(profile: Fields, name: str, key: str, value: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in profile.each(name, required=False):
        found[entry.text(key)] = entry.text(value)
        entry.finish()
    return found
