"""Takes over a table of records: every row judged, held against the register, then all of it written or nothing."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.sealed_numbers import comparable
from rongji.accounts.types import Actor
from rongji.kernel.digest import canonical_json, file_digest
from rongji.law.asked import AskedKind
from rongji.law.registers import Register
from rongji.law.registers import register as declared_register
from rongji.people.imports.source import open_roster
from rongji.rules.answers import AnswerMissing, AnswerRefused
from rongji.services.entering import Judge, Prepared, as_answers, one_of
from rongji.services.imports.headings import NUMBER
from rongji.services.imports.outcome import RecordOutcome, RowChange, RowFinding, RowState
from rongji.services.imports.reading import TableReader, TableRow, posted_rows
from rongji.services.models import Record
from rongji.services.policies import KEEP_RECORDS
from rongji.services.refusals import RecordFileRefused
from rongji.services.services.adding import same_record, same_row, standing_by_one, tell_many, write_rows
from rongji.services.services.changing import write_changes
from rongji.services.showing import Shown

AT_ONCE = 2_000
_IDS_AT_ONCE = 400
Report = Callable[[str, int], None]


def preview(*, actor: Actor, bureau: str, register: str, source: Path | bytes, file_name: str = "") -> RecordOutcome:
    """What importing a table would do, with everything that is wrong; nothing is written.

    Raises: NotAllowed, OrganisationUnknown, UnknownRegister, UnreadableWorkbook.
    """
    return _file_job(actor, bureau, register, source, file_name).preview()


def import_file(
    *, actor: Actor, bureau: str, register: str, source: Path | bytes, file_name: str = ""
) -> RecordOutcome:
    """Take over a table, all of it or nothing; the same table a second time changes nothing.

    Raises: NotAllowed, OrganisationUnknown, UnknownRegister, UnreadableWorkbook, RecordFileRefused with the outcome.
    """
    return _file_job(actor, bureau, register, source, file_name).run()


def preview_rows(*, actor: Actor, bureau: str, register: str, rows: Sequence[Mapping[str, Any]]) -> RecordOutcome:
    """The same for rows of a grid: field → cell; `#` → number of the record that a row corrects. Rows count from 1.

    Raises: NotAllowed, OrganisationUnknown, UnknownRegister.
    """
    return _rows_job(actor, bureau, register, rows).preview()


def import_rows(*, actor: Actor, bureau: str, register: str, rows: Sequence[Mapping[str, Any]]) -> RecordOutcome:
    """Take over the rows of a grid, all or nothing.

    Raises: NotAllowed, OrganisationUnknown, UnknownRegister, RecordFileRefused with the outcome.
    """
    return _rows_job(actor, bureau, register, rows).run()


def _file_job(actor: Actor, bureau: str, register: str, source: Path | bytes, file_name: str) -> "_Job":
    KEEP_RECORDS.require_role(actor)
    declared = declared_register(register)
    data = source if isinstance(source, bytes) else source.read_bytes()
    name = file_name or (source.name if isinstance(source, Path) else f"{declared.label}.xlsx")
    opened = open_roster(data, name)
    return _Job(actor, bureau, TableReader(declared, opened), file_digest(data))


def _rows_job(actor: Actor, bureau: str, register: str, rows: Sequence[Mapping[str, Any]]) -> "_Job":
    KEEP_RECORDS.require_role(actor)
    return _Job(actor, bureau, posted_rows(declared_register(register), rows), "")


@dataclass
class _Job:
    """One table on its way in."""

    actor: Actor
    bureau: str
    reader: TableReader
    digest: str
    added: list[Prepared] = field(default_factory=list)
    changed: list[tuple[Record, Prepared]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.register: Register = self.reader.register
        self.judge = Judge(self.actor, self.register, self.bureau)
        self.outcome = RecordOutcome(self.register.id, self.reader.source.name)
        self._first: dict[str, int] = {}
        self._rows_of: dict[int, int] = {}
        self._twins_met: Counter[str] = Counter()

    def preview(self) -> RecordOutcome:
        """Judge and compare."""
        for rows in self._portions():
            self._take(rows)
        for problem in self.reader.problems.kept:
            self.outcome.note_finding(RowFinding(problem.row, "", problem))
        self.outcome.notes = self.reader.notes()
        return self.outcome

    def run(self) -> RecordOutcome:
        """Judge, compare and write in one transaction. Raises: RecordFileRefused."""
        with transaction.atomic():
            trail.lock_head()
            outcome = self.preview()
            if outcome.errors:
                raise RecordFileRefused(file=outcome.file, count=outcome.errors, outcome=outcome)
            if outcome.is_empty:
                return outcome
            outcome.ids = write_rows(self.actor, self.register, self.bureau, self.added)
            write_changes(self.actor, self.changed, f"导入“{outcome.file}”"[:255])
            counts = {"added": outcome.added, "changed": outcome.changed, "unchanged": outcome.unchanged}
            detail = {**counts, "file": outcome.file, "digest": self.digest}
            told = (
                f"导入“{outcome.file}”，新增 {outcome.added} 条，变更 {outcome.changed} 条，未变 {outcome.unchanged} 条"
            )
            tell_many(self.actor, self.register, self.bureau, detail, "services.import_records", told)
        return outcome

    def _portions(self) -> Iterator[list[TableRow]]:
        rows: list[TableRow] = []
        for row in self.reader.rows():
            rows.append(row)
            if len(rows) == AT_ONCE:
                yield rows
                rows = []
        if rows:
            yield rows

    def _take(self, rows: list[TableRow]) -> None:
        """One portion: read, matched with what stands, judged whole, compared."""
        self.judge.links.prepare(self.register.fields, [row.answers for row in rows])
        read = [self.judge.read_values(row.answers) for row in rows]
        ones = [one_of(self.register, values) for values, _ in read]
        matches = _matches(self.register, self.bureau, rows, ones)
        days = {day for values, _ in read if (day := self.judge.day_of(values)) is not None}
        twins = None if self.register.one else _Twins(self.register, self.bureau, days, self._twins_met)
        for row, (values, refused), one, match in zip(rows, read, ones, matches, strict=True):
            self.outcome.rows += 1
            if match is None:
                self._fresh(row, values, refused, one, twins)
            else:
                self._known(row, match)

    def _fresh(
        self, row: TableRow, values: dict[str, Any], refused: list[AnswerRefused], one: str, twins: "_Twins | None"
    ) -> None:
        """A row that no record stands for yet."""
        if row.number:
            what = f"没有编号为 {row.number} 的{self.register.label}登记，或它已经撤销"
            row.problem(NUMBER, what, "新登记的请把编号留空", found=str(row.number))
        elif one and self._first.setdefault(one, row.row) != row.row:
            self._refuse(row, same_row(self.register, self._first[one]))
        prepared = self._judged(row, *self.judge.complete(values, refused))
        if prepared is None:
            self._close(row, RowState.REFUSED)
        elif twins is not None and twins.take(prepared.values):
            self._close(row, RowState.UNCHANGED)
        else:
            self.added.append(prepared)
            self._close(row, RowState.ADDED)

    def _known(self, row: TableRow, record: Record) -> None:
        """A row about a record that stands: what it leaves blank stays as it is."""
        before = self._rows_of.setdefault(record.pk, row.row)
        if before != row.row:
            row.problem(NUMBER, f"与第 {before} 行说的是同一条登记（编号 {record.pk}）", "请只保留一行")
        merged = {**as_answers(self.register, record.values), **row.answers}
        prepared = self._judged(row, *self.judge.read(merged, record.values))
        if prepared is not None and not KEEP_RECORDS.permits(self.actor, record):
            self._not_allowed(row)
            prepared = None
        if prepared is None or self._is_taken(row, record, prepared):
            self._close(row, RowState.REFUSED)
        elif prepared.values == record.values:
            self._close(row, RowState.UNCHANGED)
        else:
            self.changed.append((record, prepared))
            self._note_changes(row, record, prepared)
            self._close(row, RowState.CHANGED)

    def _is_taken(self, row: TableRow, record: Record, prepared: Prepared) -> bool:
        """Whether a row would make its record the same as another: one that stands, or one of another row."""
        one = prepared.one
        if not one or one == record.one:
            return False
        other = standing_by_one(self.register, self.bureau, [one]).get(one)
        first = self._first.setdefault(one, row.row)
        if other is not None:
            self._refuse(row, same_record(self.register, other))
        elif first != row.row:
            self._refuse(row, same_row(self.register, first))
        return other is not None or first != row.row

    def _judged(self, row: TableRow, prepared: Prepared | None, refused: list[AnswerRefused]) -> Prepared | None:
        """The record of a row, None with its problems noted; what was not readable is not told as missing, too."""
        unread = {name for name, _ in row.problems}
        for refusal in refused:
            if not (isinstance(refusal, AnswerMissing) and refusal.facts["name"] in unread):
                self._refuse(row, refusal)
        if prepared is not None and not KEEP_RECORDS.permits(self.actor, prepared.scope):
            self._not_allowed(row)
        return None if any(problem.is_error for _, problem in row.problems) else prepared

    def _not_allowed(self, row: TableRow) -> None:
        name = self.register.station if self.register.station in row.columns else self.register.day
        row.problem(name, "这一条不在您的权限范围内", "请由该站点或县局的人员登记")

    def _refuse(self, row: TableRow, refusal: AnswerRefused) -> None:
        name = str(refusal.facts["name"])
        asked = self.register.by_id.get(name)
        is_secret = asked is not None and asked.kind is AskedKind.SECRET
        value = "" if is_secret else str(row.answers.get(name, ""))[:40]
        row.problem(name, *_parted(str(refusal)), found=value)

    def _note_changes(self, row: TableRow, record: Record, prepared: Prepared) -> None:
        after = Record(values=prepared.values)
        shown = Shown(self.actor, self.register, self.judge.places, [record, after])
        for asked in self.register.fields:
            before, now = record.values.get(asked.id), prepared.values.get(asked.id)
            if before != now:
                texts = (shown.cell(asked, before), shown.cell(asked, now))
                self.outcome.note_change(RowChange(row.row, record.pk, record.title, asked.label, *texts))

    def _close(self, row: TableRow, state: RowState) -> None:
        for name, problem in row.problems:
            self.outcome.note_finding(RowFinding(row.row, name, problem))
        self.outcome.note_state(row.row, state)


class _Twins:
    """Records without identifying fields: one that says exactly the same is the same, as often as it stands there."""

    def __init__(self, register: Register, bureau: str, on: Set[date], met: Counter[str]) -> None:
        """on: the days of the rows; met: what the rows of the table before stood for."""
        days = sorted(on)
        standing = Record.objects.filter(bureau=bureau, register=register.id, withdrawn_on__isnull=True).order_by()
        self.met = met
        self.known: Counter[str] = Counter()
        for start in range(0, len(days), _IDS_AT_ONCE):
            for values in standing.filter(day__in=days[start : start + _IDS_AT_ONCE]).values_list("values", flat=True):
                self.known[_said(values)] += 1

    def take(self, values: Mapping[str, Any]) -> bool:
        """Whether a record stands for these values; each stands for one row only."""
        key = _said(values)
        if self.known[key] <= self.met[key]:
            return False
        self.met[key] += 1
        return True


def _said(values: Mapping[str, Any]) -> str:
    """What a record says, the same for equal numbers however they are sealed."""
    return canonical_json({name: comparable(value) for name, value in values.items()})


def _matches(register: Register, bureau: str, rows: Sequence[TableRow], ones: Sequence[str]) -> list[Record | None]:
    """The record that each row is about, by its number, else by what it has in common with no other."""
    standing = Record.objects.filter(bureau=bureau, register=register.id, withdrawn_on__isnull=True)
    by_id: dict[int, Record] = {}
    by_one: dict[str, Record] = {}
    for chunk in _chunks(sorted({row.number for row in rows if row.number})):
        by_id |= standing.in_bulk(chunk)
    wanted = {one for row, one in zip(rows, ones, strict=True) if one and not row.number}
    for chunk in _chunks(sorted(wanted)):
        by_one |= {record.one: record for record in standing.filter(one__in=chunk).exclude(one="")}
    pairs = zip(rows, ones, strict=True)
    return [by_id.get(row.number) if row.number else by_one.get(one) if one else None for row, one in pairs]


def _parted(sentence: str) -> tuple[str, str]:
    """What is wrong, and what to do about it."""
    plain = sentence.rstrip("。")
    for mark in ("，请", "；请"):
        what, found, remedy = plain.partition(mark)
        if found:
            return what, f"请{remedy}"
    return (plain, "请填写") if plain.startswith("请填写") else (plain, "请改正")


def _chunks(items: list[Any]) -> Iterator[list[Any]]:
    return (items[start : start + _IDS_AT_ONCE] for start in range(0, len(items), _IDS_AT_ONCE))
