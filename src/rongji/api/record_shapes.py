"""The JSON shapes of the registers. Amounts and decimals are strings as people write them; nothing passes a float."""

from typing import Any

from ninja import Schema

from rongji.law.asked import Asked
from rongji.law.registers import Register
from rongji.services.imports.outcome import RecordOutcome
from rongji.services.types import RecordList, RecordPage, RecordRow, RegisterEntry


class RegisterOut(Schema):
    """A register in the list; records: how many stand in it, in words where they are not counted to the end."""

    id: str
    label: str
    area: str
    unit: str
    records: str
    last_day: str

    @classmethod
    def of(cls, entry: RegisterEntry) -> "RegisterOut":
        """Out of the selector's entry."""
        item = entry.register
        return cls(
            id=item.id, label=item.label, area=item.area, unit=item.unit, records=entry.counted,
            last_day=str(entry.last_day or ""),
        )  # fmt: skip


class FieldOut(Schema):
    """One field of a declaration."""

    id: str
    label: str
    kind: str
    needed: bool
    hint: str
    unit: str
    choices: list[str]
    of: str

    @classmethod
    def of_asked(cls, item: Asked) -> "FieldOut":
        """Out of the declaration."""
        return cls(
            id=item.id, label=item.label, kind=item.kind.value, needed=item.is_always_needed, hint=item.hint,
            unit=item.unit, choices=list(item.choices), of=item.of,
        )  # fmt: skip


class MeasureOut(Schema):
    """One measure of a declaration, with the concept of the catalogue that it fills."""

    concept: str
    label: str
    unit: str
    definition: str


class DeclarationOut(Schema):
    """A register as it is declared."""

    id: str
    label: str
    area: str
    unit: str
    note: str
    fields: list[FieldOut]
    one: list[str]
    day: str
    until: str
    title: str
    category: str
    person: str
    station: str
    parent: str
    measures: list[MeasureOut]

    @classmethod
    def of(cls, item: Register) -> "DeclarationOut":
        """Out of the declaration."""
        named = ("id", "label", "area", "unit", "note", "day", "until", "title", "category", "person", "station")
        return cls(
            **{name: getattr(item, name) for name in named},
            parent=item.parent,
            one=list(item.one),
            fields=[FieldOut.of_asked(asked) for asked in item.fields],
            measures=[
                MeasureOut(concept=item.concept(one), label=one.label, unit=one.unit, definition=one.definition)
                for one in item.measures
            ],
        )


class RecordOut(Schema):
    """A record: its answers as they can be written again."""

    id: int
    register_id: str
    version: int
    day: str
    until: str
    title: str
    category: str
    station: str
    answers: dict[str, str]
    withdrawn_on: str

    @classmethod
    def of(cls, row: RecordRow) -> "RecordOut":
        """Out of the selector's row."""
        return cls(
            id=row.id, register_id=row.register, version=row.version, day=str(row.day), until=str(row.until or ""),
            title=row.title, category=row.category, station=row.station,
            answers={name: text for name, text in row.cells.items() if text},
            withdrawn_on=str(row.withdrawn_on or ""),
        )  # fmt: skip


class RecordListOut(Schema):
    """A page of records. after: mark of the next page, empty on the last; count: in words (1000+)."""

    rows: list[RecordOut]
    after: str
    count: str
    totals: dict[str, str]
    note: str

    @classmethod
    def of(cls, found: RecordList) -> "RecordListOut":
        """Out of the selector's list."""
        return cls(
            rows=[RecordOut.of(row) for row in found.rows], after=found.after, count=found.counted,
            totals=dict(found.totals), note=found.note,
        )  # fmt: skip


class HistoryOut(Schema):
    """One change: field, before, after."""

    at: str
    by: str
    reason: str
    fields: list[list[str]]


class RecordPageOut(Schema):
    """A record with its history and its files."""

    record: RecordOut
    entered_by: str
    history: list[HistoryOut]
    files: list[dict[str, str]]
    parent: int | None
    children: dict[str, list[int]]

    @classmethod
    def of(cls, page: RecordPage) -> "RecordPageOut":
        """Out of the selector's page."""
        return cls(
            record=RecordOut.of(page.row),
            entered_by=page.entered_by,
            history=[
                HistoryOut(
                    at=item.at.isoformat(), by=item.actor, reason=item.reason, fields=[list(f) for f in item.fields]
                )
                for item in page.history
            ],
            files=[{"id": str(item.id), "title": item.title, "digest": item.digest} for item in page.files],
            parent=page.parent[0] if page.parent else None,
            children={group.register.id: [row.id for row in group.rows] for group in page.children},
        )


class NewRecordIn(Schema):
    """A new record: field → answer as it would be typed."""

    answers: dict[str, Any]


class ChangeIn(Schema):
    """A change of a record from a version on."""

    version: int
    answers: dict[str, Any]
    reason: str


class ReasonIn(Schema):
    """Why a record is withdrawn."""

    reason: str


class RowsIn(Schema):
    """Rows of a grid: field → cell; `#` → number of the record that a row corrects."""

    rows: list[dict[str, Any]]


class MadeOut(Schema):
    """The record that was written, and its version."""

    id: int
    version: int


class OutcomeOut(Schema):
    """What taking over rows did, or would do."""

    rows: int
    added: int
    changed: int
    unchanged: int
    errors: int
    warnings: int
    findings: list[dict[str, Any]]
    changes: list[str]
    notes: list[str]
    ids: list[int]

    @classmethod
    def of(cls, outcome: RecordOutcome) -> "OutcomeOut":
        """Out of the import's outcome."""
        named = ("rows", "added", "changed", "unchanged", "errors", "warnings")
        return cls(
            **{name: getattr(outcome, name) for name in named},
            findings=[
                {"sheet": item.cell.sheet, "row": item.row, "field": item.field, "cell": item.cell.address,
                 "level": item.cell.level.value, "message": item.sentence}
                for item in outcome.findings
            ],
            changes=[item.line for item in outcome.changes],
            notes=list(outcome.notes),
            ids=list(outcome.ids),
        )  # fmt: skip
